"""`stigraph stats`."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option
from stigraph.coverage import LineCount, count_lines, read_coverage
from stigraph.japanese import display_width
from stigraph.stats import SourceCount, summarize
from stigraph.store import open_store
from stigraph.vocab import slug

__all__ = ["command"]


@click.command("stats")
@click.option(
    "--coverage", is_flag=True, help="Begin with the lines of each document: recorded, open, left out for a reason."
)
@format_option(["text", "json", "csv"], "text")
@lang_option
@output_option
@store_option
def command(coverage: bool, form: str, lang: str, output: str | None, store: str | None) -> None:
    """Count what the graph holds: by source document, by class, and how much is stated or inferred.

    Review sheets are counted by fiscal year and ministry.

    \b
    Example:
      stigraph stats --lang en
    """
    counts = summarize(open_store(store))
    written = {"text": _text, "csv": _csv, "json": _json}[form](counts, lang)
    if coverage:
        lines = count_lines(read_coverage())
        written = {"text": _lines_text, "csv": _lines_csv, "json": _lines_json}[form](lines, written)
    emit(written, output)


def _text(counts: Sequence[SourceCount], lang: str) -> str:
    lines = [f"{sum(count.triples for count in counts):,} triples from {len(counts)} sources"]
    for count in counts:
        lines += ["", f"[{slug(count.source.iri)}] {count.source.label(lang)}"]
        lines.append(f"  {count.triples:,} triples; {count.citations} citations of a passage")
        lines += [f"  {name.removeprefix('sti:'):<20} {number:>6,}" for name, number in count.nodes.items()]
        lines += _sheets_text(count, lang)
        if count.bases:
            lines.append("  " + ", ".join(f"{name} {number:,}" for name, number in count.bases.items()))
    return "\n".join(lines) + "\n"


def _sheets_text(count: SourceCount, lang: str) -> Iterator[str]:
    """Write a table of review sheets: the ministries down, the fiscal years across, and the sums."""
    if not count.sheets:
        return
    years = sorted(count.sheets)
    rows = [
        (ministry.label(lang), [told.get(year, 0) for year in years]) for ministry, told in count.ministries.items()
    ]
    rows.append(("合計" if lang == "ja" else "all", [count.sheets[year] for year in years]))
    width = max(display_width(name) for name, _ in rows)
    heads = [*(f"FY{year}" for year in years), "合計" if lang == "ja" else "all"]
    yield f"  {'レビューシート' if lang == 'ja' else 'review sheets'}"
    yield "  ".join(["  " + " " * width, *(" " * (7 - display_width(head)) + head for head in heads)])
    for name, numbers in rows:
        cells = [f"{number:>7,}" if number else f"{'–':>7}" for number in (*numbers, sum(numbers))]
        yield "  ".join(["  " + name + " " * (width - display_width(name)), *cells])


def _rows(counts: Sequence[SourceCount]) -> Iterator[tuple[str, str, str, int]]:
    for count in counts:
        iri = count.source.iri
        yield iri, "triples", "", count.triples
        yield iri, "citations", "", count.citations
        yield from ((iri, "class", name, number) for name, number in count.nodes.items())
        yield from ((iri, "basis", name, number) for name, number in count.bases.items())
        yield from ((iri, "sheets", str(year), number) for year, number in count.sheets.items())
        for ministry, told in count.ministries.items():
            yield from ((iri, "sheets", f"{year} {slug(ministry.iri)}", number) for year, number in told.items())


def _csv(counts: Sequence[SourceCount], lang: str) -> str:
    import csv
    import io

    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(["source", "counted", "name", "count"])
    table.writerows(_rows(counts))
    return buffer.getvalue()


def _json(counts: Sequence[SourceCount], lang: str) -> str:
    content: list[dict[str, Any]] = [
        {
            "source": count.source.iri,
            "label": count.source.label(lang),
            "triples": count.triples,
            "citations": count.citations,
            "classes": dict(count.nodes),
            "bases": dict(count.bases),
            "sheets": dict(count.sheets),
            "ministries": [
                {"ministry": ministry.iri, "label": ministry.label(lang), "sheets": dict(told)}
                for ministry, told in count.ministries.items()
            ],
        }
        for count in counts
    ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _lines_text(counts: Sequence[LineCount], rest: str) -> str:
    lines = [f"{'document':<10}{'recorded':>10}{'open':>8}{'left out':>10}   lines"]
    lines += [
        f"{count.document:<10}{count.recorded:>10,}{count.open:>8,}{count.left_out:>10,}   {sum(count[1:]):,}"
        for count in counts
    ]
    return "\n".join([*lines, "", rest])


def _lines_csv(counts: Sequence[LineCount], rest: str) -> str:
    rows = (
        f"{count.document},lines,{state},{number}\n"
        for count in counts
        for state, number in zip(LineCount._fields[1:], count[1:], strict=True)
    )
    return rest + "".join(rows)


def _lines_json(counts: Sequence[LineCount], rest: str) -> str:
    content = {"lines": [count._asdict() for count in counts], "sources": json.loads(rest)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
