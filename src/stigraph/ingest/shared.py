"""What review sheets share, as N-Quads: ministries, bodies, and what programmes are called.

It stands in a graph of its own, since no single sheet says it.
"""

from collections import Counter
from collections.abc import Iterator

from stigraph.ingest.identity import CATALOGUE_OF_SHEETS, bodies, ministry_in_english, ministry_iri
from stigraph.ingest.mentions.quads import plan_quads
from stigraph.ingest.model import Sheet
from stigraph.ingest.terms import ALIAS, DESCRIPTION, LABEL, NOTATION, A, escaped, one_line, sti
from stigraph.vocab import ID

__all__ = ["Names", "catalogue_quads", "programme_quads"]

_CATALOGUE = {"@ja": "行政事業レビューシートの目録", "@en": "Catalogue of administrative review sheets"}
_CONTENT = {
    "@ja": "行政事業レビューシートに出る府省庁と支出先の名称と法人番号、引かれている計画の名称と決定日。"
    "どのシートの主張でもない。",
    "@en": "Names of ministries, names and corporate numbers of payees, names and dates of cited plans, as "
    "administrative review sheets print them. No single sheet says it.",
}
_MINISTRY = {"@ja": "日本国政府の府省庁。", "@en": "A ministry or agency of the Government of Japan."}


class Names:
    """The names that sheets print beside the things they share: bodies with a corporate number, and ministries.

    Counted while sheets are read, in any order and by any number of workers: `merge` puts the counts together.
    """

    def __init__(self) -> None:
        self.payees: dict[str, Counter[str]] = {}
        self.ministries: set[str] = set()

    def add(self, sheet: Sheet) -> None:
        """Count the names of a sheet."""
        self.ministries.add(sheet.ministry)
        for payment in sheet.payments:
            if payment.corporate_number is not None:
                names = self.payees.setdefault(payment.corporate_number, Counter())
                if payment.payee is not None:
                    names[one_line(payment.payee)] += 1

    def numbered(self) -> dict[str, str]:
        """Give, by corporate number, the bodies that are known by name alone: ministries, and curated ones.

        Where several numbers are printed with one name, it is the body with the number that most sheets print.
        """
        bearers: dict[str, tuple[int, str]] = {}
        for number in sorted(self.payees.keys() - bodies().by_number.keys()):
            printed = self.payees[number]
            name = min(printed, key=lambda one: (-printed[one], one), default="")
            iri = ministry_iri(name) if name in self.ministries else bodies().by_name.get("".join(name.split()))
            if iri is not None:
                bearers[iri] = max(bearers.get(iri, (0, "")), (printed[name], number))
        return {number: iri for iri, (_, number) in sorted(bearers.items())}

    def merge(self, other: "Names") -> None:
        """Take in what another worker counted."""
        self.ministries |= other.ministries
        for number, names in other.payees.items():
            self.payees.setdefault(number, Counter()).update(names)


def catalogue_quads(names: Names) -> Iterator[bytes]:
    """Give the graph of what sheets share: ministries, bodies and plans that the curated catalogue has not.

    A body is called by the name that most sheets print; its other names are aliases.
    """
    end = f" <{CATALOGUE_OF_SHEETS}> .\n"
    source = f"<{CATALOGUE_OF_SHEETS}>"
    lines = [f"{source} {A} {sti('Source')}{end}"]
    lines += [f'{source} {LABEL} "{text}"{tag}{end}' for tag, text in _CATALOGUE.items()]
    lines += [f'{source} {DESCRIPTION} "{text}"{tag}{end}' for tag, text in _CONTENT.items()]
    yield "".join(lines).encode()
    for name in sorted(names.ministries):
        iri = ministry_iri(name)
        if iri not in bodies().labels:
            yield _ministry_quads(f"<{iri}>", name, end)
    numbered = names.numbered()
    for number in sorted(names.payees):
        if number in numbered:
            yield f'<{numbered[number]}> {NOTATION} "{number}"{end}'.encode()
        elif number not in bodies().by_number:
            yield _body_quads(number, names.payees[number], end)
    yield from plan_quads()


def _ministry_quads(iri: str, name: str, end: str) -> bytes:
    english = ministry_in_english(name)
    lines = [f"{iri} {A} {sti('Ministry')}{end}", f'{iri} {LABEL} "{escaped(name)}"@ja{end}']
    lines += [f'{iri} {LABEL} "{english}"@en{end}'] if english else []
    lines += [f'{iri} {DESCRIPTION} "{text}"{tag}{end}' for tag, text in _MINISTRY.items()]
    return "".join(lines).encode()


def _body_quads(number: str, printed: Counter[str], end: str) -> bytes:
    iri = f"<{ID}organization/houjin-{number}>"
    ranked = sorted(printed, key=lambda name: (-printed[name], name))
    labels = {"@ja": ranked[0]} if ranked else {"@ja": f"法人番号{number}", "@en": f"Corporate number {number}"}
    named = "".join(f'{iri} {LABEL} "{escaped(label)}"{tag}{end}' for tag, label in labels.items())
    aliases = "".join(f'{iri} {ALIAS} "{escaped(name)}"@ja{end}' for name in ranked[1:])
    return f'{iri} {A} {sti("Organization")}{end}{named}{aliases}{iri} {NOTATION} "{number}"{end}'.encode()


def programme_quads(programme: str, label: str) -> bytes:
    """Give the label of a programme that several sheets speak of, in the graph of what sheets share."""
    return f'<{programme}> {LABEL} "{escaped(one_line(label))}"@ja <{CATALOGUE_OF_SHEETS}> .\n'.encode()
