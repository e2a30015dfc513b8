"""`stigraph totals`."""

import json
from collections.abc import Callable, Mapping, Sequence

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option, store_option
from stigraph.store import Thing, open_store
from stigraph.tables import markdown_table, text_table
from stigraph.totals import DIMENSIONS, PHASES, Total, add_up

__all__ = ["command"]

_HEADS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "ministry": "府省庁",
        "payee": "支出先",
        "year": "年度",
        "published": "公表年度",
        "yen": "百万円",
        "lines": "件数",
        "none": "（記載なし）",
    },
    "en": {
        "ministry": "ministry",
        "payee": "payee",
        "year": "fiscal year",
        "published": "published",
        "yen": "million yen",
        "lines": "lines",
        "none": "(none)",
    },
}
_MILLION = 1_000_000
_PAIR = 2


@click.command("totals")
@click.option(
    "--by",
    type=click.Choice(DIMENSIONS),
    multiple=True,
    default=("ministry", "year"),
    show_default="ministry, year",
    help="What to add up by; may be given again. By payee, payments are added up instead of budgets.",
)
@click.option(
    "--phase",
    type=click.Choice([name.lower() for name in PHASES]),
    default="initial",
    show_default=True,
    help="Which amount of a budget.",
)
@click.option("--ministry", metavar="NAME", help="Only this ministry.")
@click.option("--payee", metavar="NAME", help="Only what this body was paid.")
@click.option("--year", type=int, metavar="YEAR", help="Only amounts of this fiscal year.")
@click.option("--published", type=int, metavar="YEAR", help="Only sheets of this fiscal year, and all years they give.")
@click.option("-n", "--limit", type=click.IntRange(min=1), metavar="N", help="Only the N largest.")
@format_option(["table", "csv", "json", "md"], "table")
@lang_option
@output_option
@store_option
def command(
    by: tuple[str, ...],
    phase: str,
    ministry: str | None,
    payee: str | None,
    year: int | None,
    published: int | None,
    limit: int | None,
    form: str,
    lang: str,
    output: str | None,
    store: str | None,
) -> None:
    """Add up the amounts of all review sheets.

    Each amount is taken from one sheet, so that nothing is counted twice: a year's plan from the sheets of that year,
    its execution from those of the year after. Payments are listed by payee and not to be added up: a body that pays on
    what it was paid is a payee like those it pays. CSV and JSON are in yen.

    \b
    Example:
      stigraph totals --by ministry --year 2020 --phase executed
      stigraph totals --by payee --year 2020 -n 20
      stigraph totals --by year --phase executed --ministry 文部科学省
    """
    named = {name.lower(): name for name in PHASES}[phase]
    by = tuple(dict.fromkeys(by))
    found = add_up(
        open_store(store),
        by,
        phase=named,
        ministry=ministry,
        payee=payee,
        year=year,
        published=published,
    )[:limit]
    emit({"table": _table, "csv": _csv, "json": _json, "md": _markdown}[form](found, by, lang), output)


def _named(key: Thing | int | None, lang: str) -> str:
    if key is None:
        return _HEADS[lang]["none"]
    return str(key) if isinstance(key, int) else key.label(lang)


def _table(found: Sequence[Total], by: Sequence[str], lang: str) -> str:
    return _laid_out(found, by, lang, text_table)


def _markdown(found: Sequence[Total], by: Sequence[str], lang: str) -> str:
    return _laid_out(found, by, lang, markdown_table)


def _laid_out(found: Sequence[Total], by: Sequence[str], lang: str, write: Callable[..., str]) -> str:
    """Set years in columns beside what else is asked for, else a line a sum; in million yen."""
    heads = _HEADS[lang]
    if len(by) == _PAIR and by[1] in {"year", "published"}:
        return _crossed(found, heads[by[0]], lang, write)
    if by[0] in {"year", "published"}:
        found = sorted(found, key=lambda total: str(total.keys[0]))
    rows = [
        [*(_named(key, lang) for key in total.keys), f"{total.yen / _MILLION:,.0f}", f"{total.lines:,}"]
        for total in found
    ]
    right = [*(place for place, one in enumerate(by) if one in {"year", "published"}), len(by), len(by) + 1]
    return write([*(heads[one] for one in by), heads["yen"], heads["lines"]], rows, right=right)


def _crossed(found: Sequence[Total], head: str, lang: str, write: Callable[..., str]) -> str:
    years = sorted({year for _, year in (total.keys for total in found) if isinstance(year, int)})
    sums: dict[Thing | int | None, dict[int, int]] = {}
    for total in found:
        first, year = total.keys
        if isinstance(year, int):
            sums.setdefault(first, {})[year] = total.yen
    rows = [
        [_named(first, lang), *(f"{those[year] / _MILLION:,.0f}" if year in those else "" for year in years)]
        for first, those in sums.items()
    ]
    return write([f"{head} ({_HEADS[lang]['yen']})", *map(str, years)], rows, right=range(1, len(years) + 1))


def _csv(found: Sequence[Total], by: Sequence[str], lang: str) -> str:
    import csv
    import io

    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    heads = [head for one in by for head in ((one, f"{one}_label") if one in {"ministry", "payee"} else (one,))]
    table.writerow([*heads, "yen", "lines"])
    for total in found:
        cells: list[str | int] = []
        for one, key in zip(by, total.keys, strict=True):
            if one in {"ministry", "payee"}:
                cells += [key.iri, key.label(lang)] if isinstance(key, Thing) else ["", ""]
            else:
                cells.append(key if isinstance(key, int) else "")
        table.writerow([*cells, total.yen, total.lines])
    return buffer.getvalue()


def _json(found: Sequence[Total], by: Sequence[str], lang: str) -> str:
    content = [
        {
            **{
                one: {"id": key.iri, "label": key.label(lang)} if isinstance(key, Thing) else key
                for one, key in zip(by, total.keys, strict=True)
            },
            "yen": total.yen,
            "lines": total.lines,
        }
        for total in found
    ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
