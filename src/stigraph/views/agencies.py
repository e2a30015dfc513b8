"""Who answers for, runs and pays for which programmes?"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from stigraph.classes import BODIES
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.model import Labels, View
from stigraph.views.narrowing import closure, narrowed, reverse, steps_of

__all__ = ["agencies"]

SHARE = "sti:amount"
_WORDS: Mapping[str, Labels] = {
    SHARE: {"ja": "予算のうちこの機関の分", "en": "share of the budget"},
    "no-ministry": {
        "ja": "所管の記載なし（上位・下位の事業にも）",
        "en": "no ministry named, nor for its whole or a part",
    },
    "no-agency": {
        "ja": "実施機関の記載なし（上位・下位の事業にも）",
        "en": "no agency named, nor for its whole or a part",
    },
    "several-ministries": {"ja": "複数の府省が所管", "en": "several ministries answer for it"},
    "several-agencies": {"ja": "複数の機関が実施", "en": "several agencies run it"},
}
_MONEY = ("sti:agency", "sti:programme", "sti:fiscalYear", "sti:phase", "sti:amount", "sti:asPrinted", "sti:isEstimate")
_PASSING = ("sti:payer", "sti:payee", "sti:programme", "sti:fiscalYear", "sti:amount", "sti:asPrinted")
_PRINTED_AMOUNT = re.compile(r"約?\d[\d,.]*\s*(?:兆|億|千万|百万|万|千)?円")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{1,6}")
_ENDS = (("sti:payer", "sti:payee", "へ", "to"), ("sti:payee", "sti:payer", "から", "from"))
_SHOWN_AMOUNTS = 4
_ROOT_WEIGHT = 100.0


class _Money(NamedTuple):
    """An amount as a caption says it: who pays or is paid, the year, the phase, the amount in yen and as printed."""

    year: int
    phase: Labels
    amount: int | None
    printed: str
    estimate: bool
    other: Labels

    def caption(self, lang: str) -> str:
        """Write it in a line."""
        year = "" if not self.year else f"{self.year}年度" if lang == "ja" else f"FY{self.year}"
        head = " ".join(filter(None, [self.other.get(lang, ""), year, self.phase.get(lang, "")]))
        return (f"{head}: " if lang == "en" else f"{head} ") + self._amount(lang)

    def _amount(self, lang: str) -> str:
        if self.amount is None:
            return "金額の記録なし" if lang == "ja" else "no amount recorded"
        million = f"{self.amount / 1_000_000:,.3f}".rstrip("0").rstrip(".")
        if lang == "en":
            return f"{million} million yen" + (" (estimate)" if self.estimate else "")
        found = _PRINTED_AMOUNT.search(unicodedata.normalize("NFKC", self.printed))
        return (found[0] if found else f"{million}百万円") + ("（推計）" if self.estimate else "")


class _Tie(NamedTuple):
    """A programme, a body and what the one is to the other; what shows it, and how much it is about."""

    programme: Term
    body: Term
    predicate: str
    fact: Fact
    money: _Money | None = None


def agencies(store: Store, thing: str | None = None, *, sheets: int = SHEETS_READ) -> View:
    """Show who answers for (所管), runs (実施機関) and pays for which programmes, and which body is part of which.

    An edge leads from a programme to a body. ``sti:ministry`` is who answers for it, ``sti:agency`` who runs it,
    ``sti:amount`` the body whose share an amount of its budget is, ``sti:payer`` and ``sti:payee`` who pays and is paid
    in the transfers of its money. Captions of the last three give each amount, with year and phase, as printed; the
    same money printed by two documents is not added up. ``dcterms:isPartOf`` and ``org:subOrganizationOf`` say what is
    part of what. Flags mark programmes for which no document names a ministry or an agency, and those with several.

    Args:
        store: an open store.
        thing: an organization (its programmes, those of bodies within it, and who else has a hand in them) or a
            programme (with what it is part of and its parts); None for all that curated documents speak of.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is neither an organization nor a programme.

    >>> from stigraph.store import open_store
    >>> graph = agencies(open_store(), "SICORP")
    >>> sorted(graph.nodes[body]["labels"]["en"] for _, body, key in graph.edges(keys=True) if key == "sti:agency")
    ['Japan Agency for Medical Research and Development', 'Japan Science and Technology Agency']
    """
    types = {"sti:Programme", *BODIES}
    wanted = "an organization or a programme"
    root = narrowed(store, thing, types, view="agencies", wanted=wanted) if thing is not None else None
    extent = extent_of(store, root, sheets)
    store = extent.store
    programmes = [programme.number for programme in store.of_type("sti:Programme")]
    wholes = steps_of(store, programmes, "dcterms:isPartOf")
    within = steps_of(store, [body.number for body in store.of_type(*BODIES)], "org:subOrganizationOf")
    every = [*_named(store, programmes), *_shares(store), *_transfers(store)]
    kept = every if root is None else _about(root, every, wholes, within)
    draft = Draft(store)
    for (programme, body, predicate), ties in _grouped(kept).items():
        caption = _caption([tie.money for tie in ties if tie.money is not None])
        attributes: dict[str, Any] = {"caption": caption} if caption else {}
        draft.edge(programme, body, predicate, facts=[tie.fact for tie in ties], **attributes)
    if root is not None:
        draft.node(root.number, weight=_ROOT_WEIGHT)
    _add_parts(draft, wholes, within, root)
    _mark(draft, every, wholes, programmes)
    title, sentence = _said(root, kept, len(programmes))
    return extent.tell(draft.finish("agencies", title=title, sentence=sentence, root=root, words=_WORDS))


def _named(store: Store, programmes: Iterable[Term]) -> Iterator[_Tie]:
    """Yield who is named as the ministry or the agency of each programme."""
    for fact in store.facts_of(programmes, ["sti:ministry", "sti:agency"]):
        if fact.object is not None:
            yield _Tie(fact.subject, fact.object, fact.predicate, fact)


def _shares(store: Store) -> Iterator[_Tie]:
    """Yield the amounts that are one body's share of a programme's budget."""
    lines = _records(store, "sti:BudgetLine", _MONEY)
    phases = store.things({line["sti:phase"].object or 0 for line in lines if "sti:phase" in line})
    for line in lines:
        fact, programme = line.get("sti:agency"), line.get("sti:programme")
        if fact and fact.object is not None and programme and programme.object is not None:
            phase = phases.get(line["sti:phase"].object or 0) if "sti:phase" in line else None
            yield _Tie(programme.object, fact.object, SHARE, fact, _money(line, phase, {}))


def _transfers(store: Store) -> Iterator[_Tie]:
    """Yield who pays and who is paid in each transfer of a programme's money, each with the other."""
    transfers = _records(store, "sti:Transfer", _PASSING)
    ends = {transfer[end].object or 0 for transfer in transfers for end in _PASSING[:2] if end in transfer}
    names = _short_names(store, ends)
    for transfer in transfers:
        programme = transfer.get("sti:programme")
        for end, other_end, ja, en in (
            ("sti:payer", "sti:payee", "へ", "to"),
            ("sti:payee", "sti:payer", "から", "from"),
        ):
            fact, other = transfer.get(end), transfer.get(other_end)
            if fact and fact.object is not None and programme and programme.object is not None:
                name = names[other.object] if other and other.object is not None else {}
                who = {"ja": name["ja"] + ja, "en": f"{en} {name['en']}"} if name else {}
                yield _Tie(programme.object, fact.object, end, fact, _money(transfer, None, who))


def _records(store: Store, type_: str, predicates: Collection[str]) -> list[dict[str, Fact]]:
    """Read each thing of a class as its facts by property, where it has one of each."""
    found: dict[Term, dict[str, Fact]] = {record.number: {} for record in store.of_type(type_)}
    for fact in store.facts_of(found, list(predicates)):
        found[fact.subject].setdefault(fact.predicate, fact)
    return list(found.values())


def _money(record: Mapping[str, Fact], phase: Thing | None, other: Labels) -> _Money:
    values = {name: fact.value for name, fact in record.items()}
    amount = values.get("sti:amount")
    return _Money(
        year=int(values.get("sti:fiscalYear") or 0),
        phase={"ja": phase.label("ja"), "en": phase.label("en")} if phase else {},
        amount=int(amount) if amount else None,
        printed=values.get("sti:asPrinted") or "",
        estimate=values.get("sti:isEstimate") in {"true", "1"},
        other=other,
    )


def _short_names(store: Store, numbers: Collection[Term]) -> dict[Term, Labels]:
    """Give each body's Japanese label and its Latin abbreviation, or its English label where it has none."""
    names: dict[Term, list[str]] = {}
    for number, text in store.names_of(numbers):
        names.setdefault(number, []).append(text)
    return {
        number: {
            "ja": body.label("ja"),
            "en": next(filter(_ABBREVIATION.fullmatch, names.get(number, [])), body.label("en")),
        }
        for number, body in store.things(numbers).items()
    }


def _about(
    root: Thing, ties: Iterable[_Tie], wholes: Mapping[Term, list[Term]], within: Mapping[Term, list[Term]]
) -> list[_Tie]:
    """Keep what concerns a programme with its wholes and parts, or a body, the bodies in it and their programmes."""
    ties = list(ties)
    if root.type == "sti:Programme":
        kept = closure([root.number], wholes) | closure([root.number], reverse(wholes))
    else:
        bodies = closure([root.number], reverse(within))
        kept = closure([tie.programme for tie in ties if tie.body in bodies], wholes)
    return [tie for tie in ties if tie.programme in kept]


def _grouped(ties: Iterable[_Tie]) -> dict[tuple[Term, Term, str], list[_Tie]]:
    grouped: dict[tuple[Term, Term, str], list[_Tie]] = {}
    for tie in ties:
        grouped.setdefault((tie.programme, tie.body, tie.predicate), []).append(tie)
    return grouped


def _caption(amounts: Collection[_Money]) -> Labels | None:
    """List the amounts of an edge, one printed by two documents once: the years in order, the largest first."""
    once: dict[tuple[int, str, str, int | None], _Money] = {}
    for money in sorted(amounts, key=lambda money: (money.year or 9999, -(money.amount or 0), money.printed)):
        once.setdefault((money.year, money.phase.get("en", ""), money.other.get("en", ""), money.amount), money)
    known = {(money.other.get("en"), money.year) for money in once.values() if money.amount is not None}
    told = [
        money for money in once.values() if money.amount is not None or (money.other.get("en"), money.year) not in known
    ]
    if not told:
        return None
    more = len(told) - _SHOWN_AMOUNTS
    shown = {lang: [money.caption(lang) for money in told[:_SHOWN_AMOUNTS]] for lang in ("ja", "en")}
    return {
        "ja": "、".join(shown["ja"]) + (f" ほか{more}件" if more > 0 else ""),
        "en": "; ".join(shown["en"]) + (f"; {more} more" if more > 0 else ""),
    }


def _add_parts(
    draft: Draft, wholes: Mapping[Term, list[Term]], within: Mapping[Term, list[Term]], root: Thing | None
) -> None:
    """Add which programme is part of which, among those drawn, and which body is part of which, around those drawn."""
    drawn = set(draft.nodes)
    for fact in draft.store.facts_of(drawn & set(wholes), ["dcterms:isPartOf"]):
        if fact.object in drawn:
            draft.follow(fact)
    around = closure(drawn if root is None else [root.number], reverse(within)) | drawn
    for fact in draft.store.facts_of(closure(around, within) & set(within), ["org:subOrganizationOf"]):
        if fact.object is not None:
            draft.follow(fact)


def _mark(draft: Draft, ties: Iterable[_Tie], wholes: Mapping[Term, list[Term]], programmes: Iterable[Term]) -> None:
    """Flag what is missing or shared, and weigh each node by how much hangs on it."""
    roles = {role: _by_programme(ties, role) for role in ("sti:ministry", "sti:agency")}
    parts = reverse(wholes)
    counts: dict[Term, set[Term]] = {}
    for tie in ties:
        counts.setdefault(tie.body, set()).add(tie.programme)
        counts.setdefault(tie.programme, set()).add(tie.body)
    known = set(programmes)
    for number in list(draft.nodes):
        if number in known:
            family = closure([number], wholes) | closure([number], parts)
            for role, plural in (("ministry", "ministries"), ("agency", "agencies")):
                bodies = roles[f"sti:{role}"]
                missing = not any(bodies.get(relative) for relative in family)
                shared = len(bodies.get(number, ())) > 1
                draft.node(number, flags=[f"no-{role}"] * missing + [f"several-{plural}"] * shared)
        if "weight" not in draft.nodes[number]:
            draft.node(number, weight=1.0 + len(counts.get(number, ())))


def _by_programme(ties: Iterable[_Tie], predicate: str) -> dict[Term, set[Term]]:
    found: dict[Term, set[Term]] = {}
    for tie in ties:
        if tie.predicate == predicate:
            found.setdefault(tie.programme, set()).add(tie.body)
    return found


def _said(root: Thing | None, ties: Collection[_Tie], known: int) -> tuple[Labels, Labels]:
    """Write the title and the sentence, with counts of what is drawn."""
    pairs = {(tie.predicate, tie.programme, tie.body) for tie in ties}
    programmes = len({tie.programme for tie in ties})
    links = {
        predicate: sum(1 for pair in pairs if pair[0] == predicate)
        for predicate in ("sti:ministry", "sti:agency", SHARE, "sti:payer", "sti:payee")
    }
    bodies = len({tie.body for tie in ties})
    title = {"ja": "誰が所管し、実施し、支出するか", "en": "Who answers for, runs and pays for the programmes"}
    of = {"ja": f"{known}事業のうち{programmes}事業", "en": f"{programmes} of {known} programmes"}
    if root is not None:
        title = {
            "ja": f"{root.label('ja')}：所管・実施・支出",
            "en": f"{root.label('en')}: who answers, runs and pays",
        }
        of = {
            "ja": f"「{root.label('ja')}」に関わる{programmes}事業",
            "en": f"{programmes} programme{'s' * (programmes != 1)} around {root.label('en')}",
        }
    if root is not None and not ties:
        return title, {
            "ja": f"「{root.label('ja')}」について、所管・実施・支出を記した資料はない。",
            "en": f"No document names who answers for, runs or pays for anything of {root.label('en')}.",
        }
    money = links["sti:payer"] + links["sti:payee"]
    sentence = {
        "ja": f"{of['ja']}と{bodies}機関の結び付き：所管{links['sti:ministry']}件、実施{links['sti:agency']}件、"
        f"予算のうち機関の分{links[SHARE]}件、資金の支出元・支出先{money}件。",
        "en": f"{of['en']} and {bodies} bod{'ies' if bodies != 1 else 'y'}, linked by who answers for them "
        f"({links['sti:ministry']}), who runs them ({links['sti:agency']}), whose share of the budget it is "
        f"({links[SHARE]}), and who pays or is paid ({money}).",
    }
    return title, sentence
