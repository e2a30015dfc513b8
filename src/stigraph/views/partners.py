"""Which programmes work with which countries, groups and frameworks, in which years?"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stigraph.classes import BODIES, PARTNERS
from stigraph.errors import UsageError
from stigraph.store.reading import Fact, Store, Term, Thing
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.model import Labels, View
from stigraph.views.narrowing import closure, narrowed, reverse, steps_of
from stigraph.vocab import ID

__all__ = ["partners"]

_ACTORS = ("sti:Programme", "sti:Project")
_OCCASIONS = ("sti:Event", "sti:Agreement")
_LINKS = ("sti:partner", "sti:party", "sti:hasMember")
_JAPAN = ID + "partner/jp"
_WORDS: Mapping[str, Labels] = {
    "through-group": {"ja": "国グループ・枠組みを通じてのみ", "en": "only through a group or framework"},
    "no-year": {"ja": "年の記載のない会合・合意・成果", "en": "meeting, agreement or result without a year"},
}
_WEIGHTS = {"sti:Programme": 6.0, "sti:Project": 3.0, **dict.fromkeys(PARTNERS, 4.0)}
_WEIGHT_AROUND = 1.0
_ROOT_WEIGHT = 100.0
_TITLE: Labels = {
    "ja": "どの事業が、どの国・グループ・枠組みと、どの年に協力しているか",
    "en": "Which programmes work with which countries, groups and frameworks, and when",
}
_COUNTED = [
    ("Programme", "{}事業", ("programme", "programmes")),
    ("Project", "{}課題", ("project", "projects")),
    ("Country", "{}か国", ("country", "countries")),
    ("CountryGroup", "{}国グループ", ("group of countries", "groups of countries")),
    ("CooperationFramework", "{}枠組み", ("framework", "frameworks")),
    ("Result", "成果の記載{}件", ("entry of a result", "entries of results")),
    ("Event", "会合の記載{}件", ("entry of a meeting", "entries of meetings")),
    ("Agreement", "合意の記載{}件", ("entry of an agreement", "entries of agreements")),
]


class _Year(NamedTuple):
    """A year of a link, and whether it is a fiscal year."""

    number: int
    fiscal: bool


class _Link(NamedTuple):
    """A fact that ties something to a partner, and the years it tells of."""

    fact: Fact
    source: Term
    target: Term
    years: Collection[_Year]


def partners(
    store: Store, thing: str | None = None, *, years: tuple[int, int] | None = None, sheets: int = SHEETS_READ
) -> View:
    """Show which programmes and projects work with which countries, groups and frameworks, and in which years.

    The links are those that documents print: ``sti:partner`` of a programme, a project or a result, ``sti:party`` of an
    agreement or of a meeting with a party from abroad, ``sti:hasMember`` of a group whose members a page names. Around
    them stand ``^dcterms:isPartOf`` (from a programme to its part or project), ``^sti:programme`` (to a result credited
    to it) and ``^sti:about`` (to a meeting or agreement about it). A country that works with a programme through its
    group is at the end of a path (programme, group, member), never linked to the programme itself. Japan, a party to
    everything, is left out unless it is asked for.

    Every link carries ``years`` (a sorted list of numbers) and says them in its caption. For ``sti:partner`` of a
    programme or project and for ``sti:hasMember`` they are the Japanese fiscal years (from April) of the documents that
    print the link, written FY2021; for a result the year printed for it, fiscal where the page says so; for a meeting
    or an agreement the calendar years of its dates. Where a page gives a result, a meeting or an agreement no year, it
    is the fiscal year of the document (and the node is flagged ``no-year``).

    Args:
        store: an open store.
        thing: a country, group or framework (with the groups it is named a member of), a programme (with its parts and
            projects), a project, or a body that is party to a meeting or agreement; None for all.
        years: keep only the links of the years from the first to the last of these two, ``(2021, 2023)``.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is none of these, or the first year is after the last.

    >>> from stigraph.store import open_store
    >>> from stigraph.vocab import ID
    >>> graph = partners(open_store(), "SICORP")
    >>> graph.edges[ID + "programme/sicorp", ID + "partner/de", "sti:partner"]["caption"]["en"]
    'FY2021, FY2023'
    """
    if years is not None and years[0] > years[1]:
        raise UsageError(f"The years {years[0]} to {years[1]} run backwards; give the earlier one first.")
    wanted = "a country, group or framework, a programme or project, or a body that is party to an agreement"
    types = {*PARTNERS, *_ACTORS, *BODIES}
    root = narrowed(store, thing, types, view="partners", wanted=wanted) if thing is not None else None
    extent = extent_of(store, root, sheets)
    reading = _Reading(extent.store)
    links = [link for link in reading.links(root) if root is None or reading.concerns(link, root)]
    kept = [link for link in (_within(link, years) for link in links) if link.years or years is None]
    kept = _attached(kept, root)
    draft = Draft(extent.store)
    for (source, target, predicate), same in _grouped(kept).items():
        found = sorted({year for link in same for year in link.years})
        draft.edge(
            source,
            target,
            predicate,
            facts=[link.fact for link in same],
            years=sorted({year.number for year in found}),
            caption=_caption(found),
        )
    for fact in reading.around(draft.nodes, root):
        draft.follow(fact, backwards=True)
    _mark(draft, reading, kept, root)
    title, sentence = _said(draft, reading, root, years)
    return extent.tell(draft.finish("partners", title=title, sentence=sentence, root=root, words=_WORDS))


class _Reading:
    """What the store says of partners: who names whom, who is part of what, and when."""

    def __init__(self, store: Store) -> None:
        self.store = store
        listed = store.of_type(*_ACTORS, "sti:Result", *_OCCASIONS, *PARTNERS)
        self.things = {thing.number: thing for thing in listed}
        self.japan = store.number(_JAPAN)
        self.wholes = steps_of(store, self._of(*_ACTORS), "dcterms:isPartOf")
        self.parts = reverse(self.wholes)
        self.programmes = steps_of(store, self._of("sti:Result"), "sti:programme")
        self.about = steps_of(store, self._of("sti:Result", *_OCCASIONS), "sti:about")
        self.groups = reverse(steps_of(store, self._of(*PARTNERS), "sti:hasMember"))
        self.printed = self._printed()
        self.said = self._said()
        self.facts = [fact for fact in store.facts_of(self.things, list(_LINKS)) if fact.object is not None]
        self.ends = store.things({fact.object for fact in self.facts if fact.object is not None})
        self.parties: dict[Term, set[Term]] = {}
        for fact in self.facts:
            if fact.predicate == "sti:party" and fact.object is not None:
                self.parties.setdefault(fact.subject, set()).add(fact.object)

    def _of(self, *types: str) -> list[Term]:
        return [number for number, thing in self.things.items() if thing.type in types]

    def _printed(self) -> dict[Term, _Year]:
        """Give the fiscal year of each source."""
        sources = [source.number for source in self.store.of_type("sti:Source")]
        facts = self.store.facts_of(sources, ["sti:fiscalYear"])
        return {fact.subject: _Year(int(fact.value or 0), True) for fact in facts}

    def _said(self) -> dict[Term, set[_Year]]:
        """Give the years that pages print for results, meetings and agreements."""
        dated = self._of("sti:Result", *_OCCASIONS)
        kinds = {
            fact.subject
            for fact in self.store.facts_of(dated, ["sti:yearKind"])
            if fact.object == self.store.number("https://w3id.org/stigraph/ns#FiscalYear")
        }
        said: dict[Term, set[_Year]] = {}
        for fact in self.store.facts_of(dated, ["sti:year", "sti:startsOn", "sti:endsOn"]):
            fiscal = fact.predicate == "sti:year" and fact.subject in kinds
            said.setdefault(fact.subject, set()).add(_Year(int((fact.value or "")[:4]), fiscal))
        return said

    def links(self, root: Thing | None) -> Iterator[_Link]:
        """Yield every link to a partner, or to a party of a meeting or agreement that a partner takes part in."""
        hidden = {self.japan} if root is None or root.number != self.japan else set()
        for fact in self.facts:
            if fact.object is None or fact.object in hidden:
                continue
            if fact.predicate == "sti:party" and not self._from_abroad(fact.subject, root):
                continue
            printed = {self.printed[fact.source]} if fact.source in self.printed else set()
            yield _Link(fact, fact.subject, fact.object, self.said.get(fact.subject) or printed)

    def _from_abroad(self, occasion: Term, root: Thing | None) -> bool:
        """Say whether a meeting has a party from abroad; every agreement is taken, and what a body was asked for."""
        parties = self.parties.get(occasion, set())
        if self.things[occasion].type == "sti:Agreement" or (root is not None and root.number in parties):
            return True
        abroad = {*PARTNERS, "sti:InternationalOrganization"}
        return any(self.ends[party].type in abroad for party in parties - {self.japan})

    def concerns(self, link: _Link, root: Thing) -> bool:
        """Say whether a link belongs to the view of one thing."""
        if root.type in _ACTORS:
            return self._concerns_actor(link, root.number)
        if root.type in PARTNERS:
            return self._concerns_partner(link, root.number)
        return root.number in self.parties.get(link.source, ())

    def _concerns_actor(self, link: _Link, actor: Term) -> bool:
        family = closure([actor], self.parts)
        if link.fact.predicate == "sti:hasMember":
            return True  # what no programme of the view names is taken out by `_attached`
        if self.things[link.source].type in _ACTORS:
            return link.source in family
        concerned = {*self.about.get(link.source, ())}
        if self.things[actor].type == "sti:Programme":
            concerned |= {*self.programmes.get(link.source, ())}
        return bool(concerned & family)

    def _concerns_partner(self, link: _Link, partner: Term) -> bool:
        whole = closure([partner], self.groups)
        if link.fact.predicate == "sti:hasMember":
            return link.source in whole and (link.target in whole or link.source == partner)
        body = link.fact.predicate == "sti:party" and self.ends[link.target].type in BODIES
        return link.target in whole or (body and bool(self.parties[link.source] & whole))

    def around(self, drawn: Iterable[Term], root: Thing | None) -> Iterator[Fact]:
        """Yield what ties results, meetings and projects to programmes, and programmes to what they are part of."""
        drawn = {number for number in drawn if number in self.things}
        if root is not None and root.type in _ACTORS:
            drawn |= closure([root.number], self.wholes) & {fact.subject for fact in self.facts}
        told = {number for number in drawn if self.things[number].type not in (*_ACTORS, *PARTNERS)}
        for fact in self.store.facts_of(told, ["sti:programme", "sti:about"]):
            if fact.object in self.things and self.things[fact.object].type in _ACTORS:
                drawn.add(fact.object)
                yield fact
        projects = {number for number in drawn if self.things[number].type == "sti:Project"}
        drawn |= {whole for project in projects for whole in self.wholes.get(project, ())}
        for fact in self.store.facts_of(drawn & set(self.wholes), ["dcterms:isPartOf"]):
            if fact.object in drawn:
                yield fact


def _within(link: _Link, years: tuple[int, int] | None) -> _Link:
    """Leave of a link the years that are asked for."""
    if years is None:
        return link
    return link._replace(years={year for year in link.years if years[0] <= year.number <= years[1]})


def _attached(links: Sequence[_Link], root: Thing | None) -> list[_Link]:
    """Take out the members of groups that nothing of the view works with, and that were not asked for."""
    named = {link.target for link in links if link.fact.predicate != "sti:hasMember"}
    named |= {root.number} if root is not None else set()
    members: dict[Term, list[Term]] = {}
    for link in links:
        if link.fact.predicate == "sti:hasMember":
            members.setdefault(link.source, []).append(link.target)
    reached = closure(named, members)
    return [link for link in links if link.fact.predicate != "sti:hasMember" or link.source in reached]


def _grouped(links: Iterable[_Link]) -> dict[tuple[Term, Term, str], list[_Link]]:
    grouped: dict[tuple[Term, Term, str], list[_Link]] = {}
    for link in links:
        grouped.setdefault((link.source, link.target, link.fact.predicate), []).append(link)
    return grouped


def _caption(years: Iterable[_Year]) -> Labels:
    years = list(years)
    return {
        "ja": "、".join(f"{year.number}{'年度' if year.fiscal else '年'}" for year in years),
        "en": ", ".join(f"{'FY' if year.fiscal else ''}{year.number}" for year in years),
    }


def _mark(draft: Draft, reading: _Reading, links: Iterable[_Link], root: Thing | None) -> None:
    """Flag who is reached through a group alone and what has no year; weigh programmes and partners by their links."""
    links = list(links)
    direct = {link.target for link in links if link.fact.predicate != "sti:hasMember"}
    members = {link.target for link in links if link.fact.predicate == "sti:hasMember"}
    degree: dict[Term, set[Term]] = {}
    for link in links:
        degree.setdefault(link.target, set()).add(link.source)
        degree.setdefault(link.source, set()).add(link.target)
    for number in list(draft.nodes):
        known = reading.things.get(number)
        flags = ["through-group"] * (number in members - direct)
        if known is not None and known.type in (*_OCCASIONS, "sti:Result") and number not in reading.said:
            flags.append("no-year")
        basic = _WEIGHTS.get(known.type) if known is not None else None
        weight = basic + 0.5 * len(degree.get(number, ())) if basic else _WEIGHT_AROUND
        draft.node(number, flags=flags, weight=weight)
    if root is not None:
        draft.node(root.number, weight=_ROOT_WEIGHT)


def _said(draft: Draft, reading: _Reading, root: Thing | None, years: tuple[int, int] | None) -> tuple[Labels, Labels]:
    """Write the title and the sentence, with counts of what is drawn."""
    drawn = [reading.things[number] for number in draft.nodes if number in reading.things]
    types = [thing.type for thing in drawn if root is None or thing.number != root.number]
    links = {(step.source, step.target, step.predicate) for step in draft.steps if step.predicate in _LINKS}
    title = _TITLE
    if root is not None:
        title = {
            "ja": f"{root.label('ja')}：協力の相手と年",
            "en": f"{root.label('en')}: who works with whom, and when",
        }
    of = {
        "ja": f"「{root.label('ja')}」をめぐる" if root is not None else "",
        "en": f" around {root.label('en')}" if root is not None else "",
    }
    if years is not None:
        asked = list(map(str, sorted(set(years))))
        of["ja"] += f"{'～'.join(asked)}年（年度を含む）の"
        of["en"] += f" in {' to '.join(asked)} (calendar or fiscal)"
    if not links:
        return title, {
            "ja": f"{of['ja']}協力の相手を記した資料はない。",
            "en": f"No document prints a link to a partner{of['en']}.",
        }
    counted = [(types.count(f"sti:{name}"), ja, en) for name, ja, en in _COUNTED if f"sti:{name}" in types]
    ja = "、".join(ja.format(number) for number, ja, _ in counted)
    en = ", ".join(f"{number} {one if number == 1 else many}" for number, _, (one, many) in counted)
    return title, {
        "ja": f"{of['ja']}{ja}と、それらを結ぶ{len(links)}のつながりを、それぞれの年とともに示す。",
        "en": f"Shown{of['en']}: {en}, tied by {len(links)} link{'s' * (len(links) != 1)}, each with its years.",
    }
