"""The sheet as a source, and the programme that it is of: names, numbers, years, and who answers for them."""

from collections.abc import Iterator

from stigraph.ingest.identity import is_ministry, ministry_iri, sheet_slug
from stigraph.ingest.model import Sheet
from stigraph.ingest.quads.graph import SheetGraph
from stigraph.ingest.terms import ABOUT, ALIAS, FISCAL_YEAR, INTEGER, LABEL, NOTATION, A, one_line, sti
from stigraph.vocab import ID, PREFIXES

__all__ = ["programme_lines", "source_lines"]

_LICENSE = f"<{PREFIXES['dcterms']}license>"
_LICENSES = {
    "judgit": "https://creativecommons.org/licenses/by/4.0/",
    "rs-system": "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
}
_FIRST_REIWA = 2019


def source_lines(graph: SheetGraph, sheet: Sheet) -> Iterator[str]:
    """Give what a sheet is: its title, number, year, licence, address, and the fields that describe it."""
    source, end = graph.source, graph.end
    yield f"{source} {A} {sti('Source')}{end}"
    yield graph.literal(
        source, LABEL, f"{_in_era(sheet.year)}年度行政事業レビューシート（{one_line(sheet.name)}）", "@ja"
    )
    yield graph.literal(source, NOTATION, sheet.number)
    yield f'{source} {FISCAL_YEAR} "{sheet.year}{INTEGER}{end}'
    yield f"{source} {_LICENSE} <{_LICENSES[sheet.database]}>{end}"
    yield f"{source} {ABOUT} {graph.programme}{end}"
    yield f"{source} {sti('ministry')} <{ministry_iri(sheet.ministry)}>{end}"
    if sheet.sha256:
        yield graph.literal(source, sti("sha256"), sheet.sha256)
    if sheet.url:
        yield graph.reference(source, sheet.url)
    yield from _field_lines(graph, sheet)
    yield from _earlier_lines(graph, sheet)


def _in_era(year: int) -> str:
    if year == _FIRST_REIWA:
        return "令和元"
    return f"令和{year - 2018}" if year > _FIRST_REIWA else f"平成{year - 1988}"


def _field_lines(graph: SheetGraph, sheet: Sheet) -> Iterator[str]:
    for property_, text in (("bureau", sheet.bureau), ("division", sheet.division)):
        if text:
            yield graph.literal(graph.source, sti(property_), one_line(text), "@ja")
    for property_, texts in (
        ("account", sheet.accounts),
        ("implementationMethod", sheet.methods),
        ("policyArea", sheet.areas),
    ):
        for text in texts:
            yield graph.literal(graph.source, sti(property_), text, "@ja")


def _earlier_lines(graph: SheetGraph, sheet: Sheet) -> Iterator[str]:
    for earlier in dict.fromkeys(sheet.earlier):
        ministry = earlier.ministry or sheet.ministry
        if earlier.fiscal_year is not None and is_ministry(ministry):
            key = sheet_slug(earlier.fiscal_year, ministry, earlier.number)
            yield f"{graph.source} {sti('earlierSheet')} <{ID}source/{key}>{graph.end}"
        else:
            yield graph.literal(graph.source, sti("earlierNumber"), earlier.number)


def programme_lines(graph: SheetGraph, sheet: Sheet, label: str | None) -> Iterator[str]:
    """Give what a sheet says of its programme; the name on it is an alias where the programme is called otherwise."""
    programme, end = graph.programme, graph.end
    name = one_line(sheet.name)
    yield f"{programme} {A} {sti('Programme')}{end}"
    if label is None:
        yield graph.literal(programme, LABEL, name, "@ja")
    elif label != name:
        yield graph.literal(programme, ALIAS, name, "@ja")
    if sheet.project:
        yield graph.literal(programme, NOTATION, sheet.project)
    yield f"{programme} {sti('ministry')} <{ministry_iri(sheet.ministry)}>{end}"
    for property_, year in (("startFiscalYear", sheet.start), ("endFiscalYear", sheet.end)):
        if year is not None:
            yield f'{programme} {sti(property_)} "{year}{INTEGER}{end}'
