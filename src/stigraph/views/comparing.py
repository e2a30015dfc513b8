"""Documents on one programme, compared two by two: what each says, and how the one stands to the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from stigraph.discrepancies import Discrepancy, discrepancies
from stigraph.errors import NameNotFoundError, NoAnswerError, UsageError
from stigraph.japanese import fold
from stigraph.lineage.model import Evidence
from stigraph.names import resolve
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.accounts import SIZES, Account, Matter, Values, accounts_of, in_order, matters_of
from stigraph.views.amounts import Amount, amounts_of, facts_by_subject, in_yen, rounded, short_name
from stigraph.views.evidence import passages_of
from stigraph.views.model import Labels
from stigraph.views.wording import alike, difference, matches
from stigraph.vocab import BACKGROUND, CATALOGUE, SHEETS, curie, slug

__all__ = ["Change", "Pages", "changes_between", "disputes_between", "places_of", "read_pages"]

_COURSE = ("Request", "Draft", "Initial", "BudgetedOrExecuted", "Executed")


@dataclass(slots=True)
class Pages:
    """What the documents that are compared say of a programme."""

    programme: Thing
    documents: list[Term]
    matters: list[Matter]
    nodes: Mapping[Term, Mapping[str, list[Term]]]
    amounts: Mapping[Term, list[Amount]]
    bodies: Mapping[Term, Labels]
    shown: Mapping[Term, Mapping[Term, Evidence]]

    def own_page(self, document: Term) -> bool:
        """Say whether a document has a page of its own on the programme, not a mention in passing."""
        sized = any(
            matter.predicate in SIZES
            or (matter.predicate == "^dcterms:isPartOf" and isinstance(matter.said[document].key, str))
            for matter in self.matters
            if document in matter.said
        )
        budgeted = any(slug(line.phase.iri) in ("Draft", "Initial") for line in self.amounts.get(document, ()))
        return sized or budgeted

    def lists(self, document: Term, predicate: str) -> bool:
        """Say whether a document lists things of a kind, so that one is missing if it is not among them."""
        told = any(
            matter.predicate == predicate and document in matter.said for matter in self.matters if matter.listed
        )
        return told and self.own_page(document)

    def written(self, line: Amount, lang: str) -> str:
        """Write an amount with its year, phase and body."""
        return line.caption(lang, self.bodies[line.agency.number][lang] if line.agency else "")

    def places(self, node: Term) -> tuple[Evidence, ...]:
        """Where a budget line, a transfer or a passage is printed."""
        return tuple(self.shown.get(node, {}).values())


class Change(NamedTuple):
    """One comparison: its kind, the property, the nodes of both sides, and what each document says."""

    kind: str
    predicate: str
    documents: tuple[Term, Term]
    nodes: tuple[Term | None, Term | None]
    before: Account | None
    after: Account | None
    caption: Labels | None = None

    def told(self, store: Store) -> dict[str, Any]:
        """Give it as a row with plain values."""
        node = self.nodes[1] if self.nodes[1] is not None else self.nodes[0]
        assert node is not None
        things = store.things({node, *self.documents})
        sides = zip((self.before, self.after), self.documents, strict=True)
        before, after = (_side(account, things[document].iri) for account, document in sides)
        return {
            "kind": self.kind,
            "property": self.predicate,
            "thing": things[node].iri,
            "documents": [things[document].iri for document in self.documents],
            "before": before,
            "after": after,
        }


def _side(account: Account | None, document: str) -> dict[str, Any] | None:
    if account is None:
        return None
    return {"text": dict(account.text), "document": document, "locator": places_of(account)}


def places_of(account: Account) -> str | None:
    """Give the places of an account as one locator."""
    return ";".join(dict.fromkeys(item.locator for item in account.evidence if item.locator)) or None


def read_pages(store: Store, programme: Thing, between: tuple[str, str] | None) -> Pages:
    """Read what the documents say of a programme: those named, else all that speak of it, in the order of their dates.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the names of ``between``.
        UsageError: a name of ``between`` is no document, or both are one.
        NoAnswerError: fewer than two documents speak of the programme, or one of ``between`` does not.
    """
    matters, nodes = matters_of(store, programme.number), accounts_of(store, programme.number)
    speaking = {document for matter in matters for document in matter.said} | set(nodes)
    documents = in_order(store, speaking)
    if between is not None:
        documents = in_order(store, _chosen(store, programme, documents, between))
    if len(documents) < 2:
        only = f"only {store.thing(documents[0]).label('en')} speaks" if documents else "no document speaks"
        raise NoAnswerError(f"Nothing to compare: {only} of {programme.label('en')}; drift needs two documents.")
    amounts: dict[Term, list[Amount]] = {}
    for amount in amounts_of(store, [programme.number]):
        amounts.setdefault(amount.source.number, []).append(amount)
    bodies = short_name(store, {line.agency for lines in amounts.values() for line in lines if line.agency})
    shown = passages_of(store, [number for own in nodes.values() for many in own.values() for number in many])
    return Pages(programme, documents, matters, nodes, amounts, bodies, shown)


def _chosen(store: Store, programme: Thing, speaking: Sequence[Term], names: tuple[str, str]) -> list[Term]:
    chosen = list(dict.fromkeys(_document(store, name) for name in names))
    if len(chosen) < 2:
        raise UsageError(f"“{names[0]}” and “{names[1]}” are one document; name two.")
    for document in chosen:
        if document not in speaking:
            known = "; ".join(thing.label("en") for thing in store.things(speaking).values())
            raise NoAnswerError(
                f"{store.thing(document).label('en')} does not speak of {programme.label('en')}. "
                + (f"These do: {known}." if known else "No document does.")
            )
    return chosen


def _document(store: Store, name: str) -> Term:
    """Find the source that a name means: by its code, the end of its IRI or its title."""
    read = [thing for thing in store.of_type("sti:Source") if thing.iri not in (BACKGROUND, CATALOGUE, SHEETS)]
    sources = {thing.number: thing for thing in read}
    wanted = fold(name)
    named = {number for number, text in store.names_of(sources) if wanted and fold(text) == wanted}
    named |= {number for number, thing in sources.items() if slug(thing.iri) == name.strip()}
    if len(named) == 1:
        return named.pop()
    try:
        found = resolve(store, name)
    except NameNotFoundError as error:
        labels = [(thing.label("en"), curie(thing.iri)) for thing in sources.values()]
        raise NameNotFoundError(name, labels) from error
    if found.number not in sources:
        known = ", ".join(slug(thing.iri) for thing in sources.values())
        raise UsageError(f"“{found.label('en')}” is no document that the graph was read from; name one of {known}.")
    return found.number


def changes_between(store: Store, pages: Pages) -> list[Change]:
    """Compare each document with the next one, in everything they say.

    >>> from stigraph.store import open_store
    >>> store = open_store()
    >>> pages = read_pages(store, resolve(store, "SICORP"), ("002", "004"))
    >>> sorted({store.thing(change.nodes[1]).ja for change in changes_between(store, pages) if change.kind == "added"})
    ['インド', '中国', '東南アジア諸国連合']
    """
    return [change for old, new in pairwise(pages.documents) for change in _compare(store, pages, old, new)]


def _compare(store: Store, pages: Pages, old: Term, new: Term) -> Iterator[Change]:
    yield from _changed_matters(pages, old, new)
    yield from _changed_amounts(pages, old, new)
    yield from _changed_transfers(store, pages, old, new)
    yield from _changed_words(store, pages, old, new)


def _changed_matters(pages: Pages, old: Term, new: Term) -> Iterator[Change]:
    for matter in pages.matters:
        before, after = matter.said.get(old), matter.said.get(new)
        if before and after:
            kind = _kind(before, after)
        elif before:
            kind = "removed" if pages.own_page(old) and pages.lists(new, matter.predicate) else "not-mentioned"
        elif after:
            kind = "added" if pages.own_page(new) and pages.lists(old, matter.predicate) else "not-mentioned"
        else:
            continue
        kind = kind if matter.listed or (before and after) else "not-mentioned"
        yield Change(kind, matter.predicate, (old, new), (matter.node, matter.node), before, after)


def _kind(before: Account, after: Account) -> str:
    if before.agrees(after):
        return "kept"
    if isinstance(before.key, Values) and isinstance(after.key, Values) and before.key.of_others(after.key):
        return "scope-differs"
    return "changed"


class _Couple(NamedTuple):
    """Two amounts that belong together, and how."""

    kind: str
    before: Amount
    after: Amount

    @property
    def same_scope(self) -> bool:
        return self.before.agency == self.after.agency


def _changed_amounts(pages: Pages, old: Term, new: Term) -> Iterator[Change]:
    before, after = pages.amounts.get(old, []), pages.amounts.get(new, [])
    couples = [*_same_year(before, after)]
    couples += _next_year(before, after)
    for couple in couples:
        caption = {
            lang: f"{pages.written(couple.before, lang)} → {pages.written(couple.after, lang)}" for lang in ("ja", "en")
        }
        kind = couple.kind if couple.same_scope else "scope-differs"
        yield Change(
            kind,
            "^sti:programme",
            (old, new),
            (couple.before.line.number, couple.after.line.number),
            _amount(couple.before, pages),
            _amount(couple.after, pages),
            caption,
        )
    met = {line.line for couple in couples for line in couple[1:]}
    for line in before:
        if line.line not in met:
            yield Change(
                "not-mentioned", "^sti:programme", (old, new), (line.line.number, None), _amount(line, pages), None
            )
    for line in after:
        if line.line not in met:
            yield Change(
                "not-mentioned", "^sti:programme", (old, new), (None, line.line.number), None, _amount(line, pages)
            )


def _amount(line: Amount, pages: Pages) -> Account:
    text = {lang: pages.written(line, lang) for lang in ("ja", "en")}
    return Account(text, line.yen, pages.places(line.line.number))


def _same_year(before: Sequence[Amount], after: Sequence[Amount]) -> Iterator[_Couple]:
    """Couple amounts for one year, phase and body, then what is left with the next stage that the later page prints."""
    met: set[Amount] = set()
    for one in before:
        fitting = [two for two in after if _of(one) == _of(two)]
        equal = [two for two in fitting if two.yen == one.yen]
        met.update([one] * bool(fitting), fitting)
        for two in equal or fitting:
            near = rounded((one.yen, one.printed), (two.yen, two.printed))
            yield _Couple("kept" if one.yen == two.yen else "spelling" if near else "changed", one, two)
    for one in before:
        if one in met or slug(one.phase.iri) not in _COURSE:
            continue
        later = [
            two for two in after if two.year == one.year and two.stage > one.stage and slug(two.phase.iri) in _COURSE
        ]
        later = [two for two in later if two not in met]
        for stage in sorted({two.stage for two in later})[:1]:
            for two in later:
                if two.stage == stage:
                    yield _Couple("next-phase", one, two)


def _of(line: Amount) -> tuple[object, ...]:
    return (line.year, line.phase, line.agency)


def _next_year(before: Sequence[Amount], after: Sequence[Amount]) -> Iterator[_Couple]:
    """Couple the last year's amount of the earlier page with the next year's of the later one."""
    planned = ("Draft", "Initial")
    old = [line for line in before if slug(line.phase.iri) in planned]
    last = max((line.year for line in old), default=0)
    new = [line for line in after if slug(line.phase.iri) in planned and line.year > last]
    first = min((line.year for line in new), default=0)
    for one in old:
        for two in new:
            if (
                one.year == last
                and two.year == first
                and (one.agency == two.agency or None in (one.agency, two.agency))
            ):
                yield _Couple("next-year", one, two)


def _changed_transfers(store: Store, pages: Pages, old: Term, new: Term) -> Iterator[Change]:
    """Compare what passes from one body to another."""
    both = [pages.nodes.get(document, {}).get("transfers", []) for document in (old, new)]
    said = facts_by_subject(store, [number for numbers in both for number in numbers])
    things = store.things([number for numbers in both for number in numbers])
    before, after = ({number: _Transfer(said[number]) for number in numbers} for numbers in both)

    def account(number: Term) -> Account:
        return Account(
            {"ja": things[number].label("ja"), "en": things[number].label("en")},
            said[number]["sti:amount"][0].value if "sti:amount" in said[number] else None,
            pages.places(number),
        )

    left = dict(after)
    for number, one in before.items():
        same = [other for other, two in left.items() if one.ends == two.ends]
        equal = [other for other in same if left[other].yen == one.yen]
        other = next(iter(equal or same), None)
        if other is None:
            yield Change("not-mentioned", "sti:Transfer", (old, new), (number, None), account(number), None)
            continue
        two = left.pop(other)
        kind = one.compared(two)
        caption = {lang: f"{one.money[lang]} → {two.money[lang]}" for lang in ("ja", "en")}
        yield Change(kind, "sti:Transfer", (old, new), (number, other), account(number), account(other), caption)
    for other in left:
        yield Change("not-mentioned", "sti:Transfer", (old, new), (None, other), None, account(other))


class _Transfer:
    """Between whom a transfer passes, and how much."""

    def __init__(self, said: Mapping[str, list[Fact]]) -> None:
        self.ends = tuple(fact.object for name in ("sti:payer", "sti:payee") for fact in said.get(name, ()))
        self.yen = int(said["sti:amount"][0].value or 0) if "sti:amount" in said else None
        self.printed = said["sti:asPrinted"][0].value or ""
        self.money: Labels = {"ja": "額の記載なし", "en": "no amount"} if self.yen is None else in_yen(self.yen)

    def compared(self, other: "_Transfer") -> str:
        """Say how the amount of the later page stands to this one."""
        if self.yen == other.yen:
            return "kept"
        if self.yen is None or other.yen is None:
            return "not-mentioned"
        return "spelling" if rounded((self.yen, self.printed), (other.yen, other.printed)) else "changed"


def _changed_words(store: Store, pages: Pages, old: Term, new: Term) -> Iterator[Change]:
    """Compare the passages that stand for each other, where both documents have a page of their own."""
    both = [pages.nodes.get(document, {}).get("passages", []) for document in (old, new)]
    quotes = {
        fact.subject: fact.value or "" for fact in store.facts_of([n for many in both for n in many], ["sti:quote"])
    }
    before, after = ({number: quotes[number] for number in numbers if number in quotes} for numbers in both)

    def account(number: Term) -> Account:
        return Account({"ja": quotes[number], "en": quotes[number]}, quotes[number], pages.places(number))

    pairs = matches(before, after) if pages.own_page(old) and pages.own_page(new) else []
    for one, two in pairs:
        marked = difference(before[one], after[two])
        differs = "spelling" if marked.spelling else "shorter" if marked.cut else "changed"
        kind = "kept" if alike(before[one], after[two]) else differs
        caption = {"ja": marked.marked, "en": marked.marked}
        yield Change(kind, "sti:quote", (old, new), (one, two), account(one), account(two), caption)
    met = {number for pair in pairs for number in pair}
    for one in (number for number in before if number not in met):
        yield Change("not-mentioned", "sti:quote", (old, new), (one, None), account(one), None)
    for two in (number for number in after if number not in met):
        yield Change("not-mentioned", "sti:quote", (old, new), (None, two), None, account(two))


def disputes_between(store: Store, pages: Pages) -> list[Discrepancy]:
    """List the discrepancies on the programme, its parts or its own nodes that lie between two of the documents."""
    own = {number for many in pages.nodes.values() for numbers in many.values() for number in numbers}
    about = {pages.programme.number} | {m.node for m in pages.matters if m.predicate == "^dcterms:isPartOf"}
    return [
        found
        for found in discrepancies(store)
        if (about & {subject.number for subject in found.subjects} or own & {side.node.number for side in found.sides})
        and len({side.source.number for side in found.sides if side.source} & set(pages.documents)) > 1
    ]
