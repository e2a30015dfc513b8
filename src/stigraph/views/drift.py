"""What changed between two documents' pages on the same programme?"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stigraph.discrepancies import Discrepancy
from stigraph.errors import UsageError
from stigraph.japanese import clip
from stigraph.names import resolve
from stigraph.store.reading import Store, Term, Thing
from stigraph.views.accounts import Account
from stigraph.views.amounts import amounts_chart
from stigraph.views.comparing import Change, Pages, changes_between, disputes_between, places_of, read_pages
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.model import Labels, View
from stigraph.views.timeline import UNDATED, heading
from stigraph.views.wording import difference
from stigraph.vocab import curie

__all__ = ["drift"]

_WORDS: Mapping[str, Labels] = {
    "added": {"ja": "後の資料で加わった", "en": "added in the later document"},
    "removed": {"ja": "後の資料の一覧にない", "en": "not among those the later document lists"},
    "changed": {"ja": "変わった", "en": "changed"},
    "kept": {"ja": "変わらない", "en": "kept"},
    "spelling": {"ja": "表記だけが違う", "en": "printed otherwise, meaning the same"},
    "shorter": {
        "ja": "一方が短い（頁の文言又は抜き出した範囲）",
        "en": "one is shorter (the page's words, or what was taken of them)",
    },
    "next-phase": {"ja": "同じ年度の次の段階", "en": "next stage of the same year"},
    "next-year": {"ja": "次の年度", "en": "next year"},
    "scope-differs": {
        "ja": "範囲が違う（全体と一機関分、別の集団など）",
        "en": "scope differs (the whole and one body's share, other groups)",
    },
    "not-mentioned": {"ja": "一方の資料に記載なし（変化とは限らない）", "en": "one document is silent (not a change)"},
    "disagree": {"ja": "不一致の記録", "en": "recorded disagreement"},
    "view:spokenOf": {"ja": "述べる資料", "en": "spoken of in"},
    "view:compared": {"ja": "比べた相手", "en": "compared with"},
    "owl:DatatypeProperty": {"ja": "記載項目", "en": "item of the page"},
}
_NO_CHANGE = ("kept", "spelling", "not-mentioned")
_STEPS = ("next-phase", "next-year", "scope-differs")
_WEIGHTS = {
    "changed": 7.0,
    "added": 6.0,
    "removed": 6.0,
    "next-phase": 5.0,
    "next-year": 5.0,
    "scope-differs": 5.0,
    "shorter": 4.0,
    "kept": 3.0,
}
_PAYMENT, _DRAWN_FROM = 3.5, 4.0
_MANY = 120
_BEGINNING: Labels = {
    "ja": "図は変わったものから始まり、変わらないもの、一方の資料だけにあるもの、支払先への移転は後から加えられる。",
    "en": " The picture begins with what changed; what was kept, what one document alone has and the transfers to "
    "payees can be added.",
}
"""Where so many things are compared, what is no change waits to be asked for, and so do the payments of each year."""
_Column = tuple[int, int]
"""The place of a document among those compared (-1 for the programme), and a side of what follows it."""

_PROGRAMME: _Column = (-1, 0)
_DOCUMENT, _EARLIER, _CHANGED, _KEPT, _LATER = range(5)
_SIDES: Mapping[int, Labels] = {
    _EARLIER: {"ja": "前の資料から", "en": "From the earlier"},
    _CHANGED: {"ja": "変わった", "en": "Changed"},
    _KEPT: {"ja": "変わらない", "en": "Kept"},
    _LATER: {"ja": "後の資料から", "en": "From the later"},
}
_CAPTION = 44
_LONG_CAPTION = 100


def drift(
    store: Store,
    thing: str,
    *,
    between: tuple[str, str] | None = None,
    passages: bool = False,
    sheets: int = SHEETS_READ,
) -> View:
    """Show what changed from one document's page on a programme to the next one's.

    The documents stand in the order of their dates; between two of them stands, from left to right, what the earlier
    one alone has, what changed, what was kept, and what the later one alone has: documents cited, bodies, partners,
    parts and their sizes, sizes and periods, values of indicators, amounts (for the same year and phase, the next phase
    of a year, and the next year), transfers, and the wording of passages that both print. A shorter page is no change
    of policy: what a document does not speak of is flagged ``not-mentioned``; only what is missing from a list that a
    document gives on a page of its own is ``removed`` (or ``added``). Discrepancies that the graph records between the
    documents are shown too.

    An edge from a document to a thing carries the property that the document gives the programme, with its evidence.
    ``graph["changes"]`` lists every comparison: ``kind``, ``property``, ``thing``, and ``before`` and ``after`` with
    text, document and locator.

    Args:
        store: an open store.
        thing: a programme.
        between: the names of two documents; by default all that speak of the programme, each compared with the next.
        passages: also show the passages that both print in the same words, or that only one prints.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is no programme, or a name of ``between`` no document.
        NoAnswerError: fewer than two documents speak of the programme, or one of ``between`` does not.

    >>> from stigraph.store import open_store
    >>> graph = drift(open_store(), "SICORP", between=("004", "001"))
    >>> changed = [change for change in graph.graph["changes"] if change["property"] == "sti:supportPeriod"]
    >>> [(change["kind"], change["before"]["text"]["ja"], change["after"]["text"]["ja"]) for change in changed]
    [('changed', '3年間', '3年間（タイプにより異なる）')]
    """
    programme = resolve(store, thing)
    if programme.type != "sti:Programme":
        raise UsageError(
            f"“{programme.label('en')}” is a {curie(programme.type)}; drift compares pages on a programme."
        )
    extent = extent_of(store, programme, sheets)
    store = extent.store
    pages = read_pages(store, programme, between)
    changes = changes_between(store, pages)
    disputes = disputes_between(store, pages)
    draft = Draft(store)
    _draw_documents(draft, pages)
    _draw_matters(draft, pages, changes)
    _draw_nodes(draft, pages, changes, passages=passages)
    _draw_disputes(draft, pages, disputes)
    draft.node(programme.number, layer=_PROGRAMME, weight=10.0)
    columns = _number_columns(draft)
    chart = amounts_chart(store, programme)
    view = draft.finish(
        "drift",
        root=programme,
        title={
            "ja": f"{programme.label('ja')}の記載の変化",
            "en": f"What changed in the pages on {programme.label('en')}",
        },
        sentence=_sentence(store, pages, changes),
        arrangement="layered",
        layers=[_heading(store, pages, column) for column in columns],
        charts=[chart] if chart else [],
        words=_WORDS,
    )
    if len(view) > _MANY:
        view.graph["drawn_from"] = _DRAWN_FROM
        view.graph["sentence"] = {lang: text + _BEGINNING[lang] for lang, text in view.graph["sentence"].items()}
    view.graph["changes"] = [change.told(store) for change in changes]
    _tell_accounts(store, view, pages)
    _tell_wording(store, view, changes)
    return extent.tell(view)


def _draw_documents(draft: Draft, pages: Pages) -> None:
    for place, document in enumerate(pages.documents):
        accounts = [matter.said[document] for matter in pages.matters if document in matter.said]
        nodes = [number for numbers in pages.nodes.get(document, {}).values() for number in numbers]
        evidence = dict.fromkeys(item for account in accounts for item in account.evidence)
        evidence |= dict.fromkeys(item for number in nodes for item in pages.places(number))
        count = len(accounts) + len(nodes)
        draft.node(document, layer=(place, _DOCUMENT), weight=9.0)
        draft.edge(
            pages.programme.number,
            document,
            "view:spokenOf",
            evidence=evidence,
            caption={"ja": f"記載{count}件", "en": f"{count} items"},
        )


def _number_columns(draft: Draft) -> list[_Column]:
    """Number the columns that are used, from the left, and give them in this order."""
    columns = sorted({attributes["layer"] for attributes in draft.nodes.values()})
    for number, attributes in draft.nodes.items():
        draft.node(number, layer=columns.index(attributes["layer"]))
    return columns


def _draw_matters(draft: Draft, pages: Pages, changes: Iterable[Change]) -> None:
    kinds: dict[tuple[Term, str], list[Change]] = {}
    for change in changes:
        if change.nodes[0] is not None and change.nodes[0] == change.nodes[1]:
            kinds.setdefault((change.nodes[0], change.predicate), []).append(change)
    things = draft.store.things(node for node, _ in kinds)
    for matter in pages.matters:
        met = kinds.get((matter.node, matter.predicate), [])
        if not met:
            continue
        _place(draft, pages, matter.node, met)
        accounts = [matter.said[document] for document in pages.documents if document in matter.said]
        told = not matter.listed or any(change.kind == "changed" for change in met)
        if told:
            labels = _told_labels(things[matter.node], accounts, marked=matter.listed)
            draft.node(matter.node, label=labels["ja"], labels=labels)
        for document in pages.documents:
            if document in matter.said:
                account = matter.said[document]
                extra: dict[str, Any] = {"caption": _short(account.text)} if told else {}
                draft.edge(document, matter.node, matter.predicate, evidence=account.evidence, **extra)


def _place(draft: Draft, pages: Pages, node: Term, changes: Sequence[Change]) -> None:
    """Put a thing where it first changed, else where it was first compared, with the flags of what happened to it."""
    kinds = list(dict.fromkeys(change.kind for change in changes))
    telling = [kind for kind in kinds if kind not in _NO_CHANGE] or [min(kinds, key=_NO_CHANGE.index)]
    first = next(change for change in changes if change.kind == telling[0])
    known = draft.nodes.get(node, {})
    weight = max(_WEIGHTS.get(kind, 2.0) for kind in telling)
    weight = min(weight, _PAYMENT) if first.predicate == "sti:Transfer" else weight
    column = (pages.documents.index(first.documents[0]), _side(first, node))
    draft.node(node, flags=telling)
    draft.node(node, layer=known.get("layer", column), weight=max(weight, known.get("weight", 0.0)))


def _side(change: Change, node: Term) -> int:
    """Say on which side a thing stands: with one of the documents, or between them."""
    if change.before and change.after and change.nodes[0] == change.nodes[1]:
        return _KEPT if change.kind == "kept" else _CHANGED
    return _EARLIER if change.before and change.nodes[0] == node else _LATER


def _told_labels(thing: Thing, accounts: Sequence[Account], *, marked: bool) -> Labels:
    """Write what was said before and after: ``支援期間：3年間 → 3年間（タイプにより異なる）``.

    ``marked`` is for several sizes in one text: only what differs is written twice.
    """
    steps = [account for place, account in enumerate(accounts) if not place or not accounts[place - 1].agrees(account)]
    labels = {}
    for lang, colon in (("ja", "："), ("en", ": ")):
        texts = [step.text[lang] for step in steps]
        told = " → ".join(clip(text, _CAPTION) for text in texts)
        if marked and len(texts) == 2:
            told = clip(difference(*texts).marked, _LONG_CAPTION)
        labels[lang] = f"{thing.label(lang)}{colon}{told}"
    return labels


def _draw_nodes(draft: Draft, pages: Pages, changes: Iterable[Change], *, passages: bool) -> None:
    """Draw budget lines, transfers and passages, each beside its document, and what they were compared with."""
    met: dict[Term, list[Change]] = {}
    for change in changes:
        fact_nodes = change.predicate in ("^sti:programme", "sti:Transfer", "sti:quote")
        quiet = change.predicate == "sti:quote" and change.kind in _NO_CHANGE
        if not fact_nodes or (quiet and not passages):
            continue
        for node in change.nodes:
            if node is not None:
                met.setdefault(node, []).append(change)
        one, two = change.nodes
        if one is not None and two is not None:
            evidence = [
                *(change.before.evidence if change.before else ()),
                *(change.after.evidence if change.after else ()),
            ]
            draft.edge(one, two, "view:compared", evidence=evidence, caption=_short(change.caption), weight=2.0)
    captions = {
        line.line.number: {lang: pages.written(line, lang) for lang in ("ja", "en")}
        for lines in pages.amounts.values()
        for line in lines
    }
    for node, found in met.items():
        _place(draft, pages, node, found)
        if node in captions:
            draft.node(node, label=captions[node]["ja"], labels=captions[node])
    _derive(draft, met)


def _short(caption: Labels | None) -> Labels:
    """Cut a caption to what an edge can carry: of two wordings only what differs, of another text its beginning."""
    texts = {}
    for lang, text in (caption or {}).items():
        marked = re.findall(r"［(?:＋|－|[^］]*→)[^］]*］", text)
        texts[lang] = clip("…".join(marked) or text, _LONG_CAPTION)
    return texts


def _derive(draft: Draft, nodes: Iterable[Term]) -> None:
    for fact in draft.store.facts_of(nodes, ["prov:wasDerivedFrom"]):
        draft.follow(fact, backwards=True)


def _draw_disputes(draft: Draft, pages: Pages, disputes: Iterable[Discrepancy]) -> None:
    for found in disputes:
        sides = [side for side in found.sides if side.source and side.source.number in pages.documents]
        last = max(pages.documents.index(side.source.number) for side in sides if side.source)
        draft.node(found.thing.number, flags=["disagree"], layer=(last - 1, _CHANGED), weight=8.0)
        new = [side for side in sides if side.node.number not in draft.nodes]
        for side in new:
            place = pages.documents.index(side.source.number) if side.source else last
            column = (last - 1, _LATER) if place == last else (place, _EARLIER)
            draft.node(side.node.number, layer=column, weight=3.0)
            if not (side.node.ja or side.node.en):
                printed = clip(side.printed or side.locator or "", _LONG_CAPTION)
                draft.node(side.node.number, label=printed, labels={"ja": printed})
        _derive(draft, [side.node.number for side in new])
        wanted = {side.node.number for side in sides}
        for fact in draft.store.facts_of([found.thing.number], ["sti:between"]):
            if fact.object in wanted:
                draft.follow(fact)


def _heading(store: Store, pages: Pages, column: _Column) -> Labels:
    place, side = column
    if column == _PROGRAMME:
        return {"ja": "事業", "en": "Programme"}
    if side != _DOCUMENT:
        return _SIDES[side]
    spans = store.spans([pages.documents[place]])
    return next((_date(*span) for span in spans.values()), UNDATED)


def _date(earliest: str, latest: str) -> Labels:
    year, month = earliest.split("-")[:2]
    if month == "04" and latest.startswith(f"{int(year) + 1}-03"):
        return heading(int(year))
    return heading(earliest[:7] if earliest[:7] == latest[:7] else year)


def _sentence(store: Store, pages: Pages, changes: Sequence[Change]) -> Labels:
    things = store.things(pages.documents)
    first, last = things[pages.documents[0]], things[pages.documents[-1]]
    count = len(pages.documents)
    kinds = Counter(change.kind for change in changes if change.predicate != "sti:quote")
    words = Counter(change.kind for change in changes if change.predicate == "sti:quote")
    steps = sum(change.predicate == "^sti:programme" and change.kind in _STEPS for change in changes)
    ja = (
        f"{pages.programme.label('ja')}について「{first.label('ja')}」から「{last.label('ja')}」までの{count}資料を"
        f"順に比べると、追加{kinds['added']}件、後の一覧にないもの{kinds['removed']}件、変更{kinds['changed']}件、"
        f"次の段階・年度の金額{steps}組、変わらないもの{kinds['kept']}件、文言の変わった記述{words['changed']}件で、"
        f"一方だけが述べる{kinds['not-mentioned']}件と記述{words['not-mentioned']}件は変化に数えない。"
    )
    en = (
        f"From {first.label('en')} to {last.label('en')} ({count} documents on {pages.programme.label('en')}, each "
        f"compared with the next): {kinds['added']} added, {kinds['removed']} no longer listed, "
        f"{kinds['changed']} changed, {kinds['kept']} kept, amounts for the next stage or year: {steps}, passages "
        f"reworded: {words['changed']}; what one document alone has (things: {kinds['not-mentioned']}, passages: "
        f"{words['not-mentioned']}) is not counted as a change."
    )
    return {"ja": ja, "en": en}


def _tell_accounts(store: Store, view: View, pages: Pages) -> None:
    """Say with each thing what each document says of it, before what is known of the thing elsewhere."""
    things = store.things({matter.node for matter in pages.matters} | set(pages.documents))
    told: dict[str, list[dict[str, Any]]] = {}
    for matter in pages.matters:
        for document in pages.documents:
            if document in matter.said:
                account = matter.said[document]
                told.setdefault(things[matter.node].iri, []).append(
                    {
                        "property": matter.predicate.removeprefix("^"),
                        "value": account.text["ja"],
                        "thing": None,
                        "lang": "ja",
                        "document": things[document].iri,
                        "locator": places_of(account),
                    }
                )
    for node, rows in told.items():
        if node in view:
            data = view.nodes[node]
            own = [] if data["type"] == "owl:DatatypeProperty" else data["facts"]
            data["facts"] = rows + own


def _tell_wording(store: Store, view: View, changes: Iterable[Change]) -> None:
    """Say with each passage, in full, how it differs from the one it was compared with."""
    for change in changes:
        one, two = change.nodes
        if change.predicate != "sti:quote" or one is None or two is None or not change.caption or not change.after:
            continue
        node = store.thing(two).iri
        if node in view and change.kind != "kept":
            view.nodes[node]["facts"].append(
                {
                    "property": "view:compared",
                    "value": change.caption["ja"],
                    "thing": store.thing(one).iri,
                    "lang": "ja",
                    "document": store.thing(change.documents[1]).iri,
                    "locator": places_of(change.after),
                }
            )
