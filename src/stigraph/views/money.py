"""Where does a programme's money come from, and where does it go?"""

from collections.abc import Mapping, Sequence

from stigraph.discrepancies import Discrepancy, discrepancies
from stigraph.names import resolve
from stigraph.store.reading import Store, Term, Thing
from stigraph.views.amounts import (
    Amount,
    amounts_chart,
    facts_by_subject,
    in_yen,
    shares_chart,
)
from stigraph.views.drafting import Draft
from stigraph.views.extent import SHEETS_READ, extent_of
from stigraph.views.flows import Scope, levels_of, scope_of, thinned
from stigraph.views.model import Chart, Labels, View
from stigraph.views.payments import bundle_money
from stigraph.views.timeline import heading

__all__ = ["amounts_chart", "money", "shares_chart"]

_WORDS: Mapping[str, Labels] = {
    "disagree": {"ja": "不一致の記録あり", "en": "a disagreement is recorded"},
    "estimate": {"ja": "推計額", "en": "estimate"},
    "share": {"ja": "一機関分の金額", "en": "one body's share"},
    "repeated": {
        "ja": "同じ年度・段階を他の箇所も記載（合計しない）",
        "en": "the same year and phase is printed elsewhere too (never added)",
    },
    "part": {"ja": "内訳の事業（全体の額に加えない）", "en": "part of a programme (never added to the whole)"},
    "whole": {"ja": "この事業を含むまとまり", "en": "a programme that contains this one"},
    "no-amount": {"ja": "金額の記載なし", "en": "no amount printed"},
}
_Column = tuple[int, int, int]
_PAYERS: _Column = (0, 0, 0)
_WHOLES: _Column = (1, 0, 0)
_PROGRAMMES: _Column = (1, 1, 0)
_PARTS: _Column = (1, 2, 0)
_YEARS, _FLOW = 2, 3
_HEADINGS: Mapping[_Column, Labels] = {
    _PAYERS: {"ja": "所管・資金の出し手", "en": "Ministries and payers"},
    _WHOLES: {"ja": "まとまり", "en": "Umbrella"},
    _PROGRAMMES: {"ja": "事業", "en": "Programmes"},
    _PARTS: {"ja": "内訳の事業", "en": "Parts"},
    (_FLOW, 1, 0): {"ja": "資金の移転", "en": "Transfers"},
    (_FLOW, 1, 1): {"ja": "実施機関・受け手", "en": "Agencies and payees"},
    (_FLOW, 2, 0): {"ja": "その先への移転", "en": "Transfers onward"},
    (_FLOW, 2, 1): {"ja": "支払先", "en": "Payees further down"},
}
_MOST = 150


def money(store: Store, thing: str, *, sheets: int = SHEETS_READ, most: int = _MOST) -> View:
    """Show a programme's money: its amounts by year and phase, the shares of bodies, and transfers down to payees.

    Columns run from who answers for and pays, over the programme and its amounts by fiscal year, to the transfers and
    who receives them. Every budget line stands for itself: two documents that print one year and phase are two
    statements, and neither they nor the amounts of a programme and its parts are ever added up.

    Args:
        store: an open store.
        thing: a programme; or a ministry, an agency or a payee, for the money of all its programmes.
        sheets: read at most so many of the review sheets that speak of the thing, the newest first.
        most: draw at most so many amounts, those of the newest years, and so many transfers, the largest.

    Raises:
        NameNotFoundError, AmbiguousNameError: by the name.
        UsageError: the thing is neither a programme nor a body.
        NoAnswerError: the body answers for, runs, pays and receives nothing.

    >>> from stigraph.store import open_store
    >>> graph = money(open_store(), "ASPIRE")
    >>> print(graph.graph["sentence"]["en"])
    3 documents print 22 amounts for Adopting Sustainable Partnerships for Innovative Research Ecosystem (ASPIRE)
    (FY2022 to FY2024) and 6 transfers of money; amounts for one year and phase stand side by side and are never added
    up.
    """
    root = resolve(store, thing)
    extent = extent_of(store, root, sheets)
    store = extent.store
    whole = scope_of(store, root)
    scope = thinned(whole, root, most)
    draft = Draft(store)
    levels = levels_of(scope)
    disputes = _disputes(store)
    columns = {
        **_draw_programmes(draft, whole),
        **_draw_lines(draft, scope, root, disputes),
        **_draw_transfers(draft, scope, levels, disputes),
    }
    bodies = scope.bodies()
    columns |= {number: (_FLOW, levels[number], 1) if levels.get(number) else _PAYERS for number in bodies}
    for number in bodies:
        draft.node(number, weight=6.0)
    layers = {column: place for place, column in enumerate(sorted(set(columns.values())))}
    for number, column in columns.items():
        draft.node(number, layer=layers[column])
    draft.node(root.number, weight=10.0)
    view = draft.finish(
        "money",
        root=root,
        title={"ja": f"{root.label('ja')}の資金", "en": f"The money of {root.label('en')}"},
        sentence=_sentence(root, whole),
        arrangement="layered",
        layers=[_heading(column) for column in layers],
        charts=_charts(store, scope),
        words=_WORDS,
    )
    _tell_disputes(store, view, disputes)
    bundle_money(store, view, scope)
    if told := _left_out(len(whole.lines) - len(scope.lines), len(whole.transfers) - len(scope.transfers)):
        view.graph["sentence"] = {lang: text + told[lang] for lang, text in view.graph["sentence"].items()}
    return extent.tell(view)


def _left_out(lines: int, transfers: int) -> Labels | None:
    """Say how many amounts and transfers are not drawn, and how to ask for them."""
    ja = [f"古い年度の金額{lines:,}件"] * bool(lines) + [f"小さい移転{transfers:,}件"] * bool(transfers)
    en = [f"{_some(lines, 'amount')} of earlier years"] * bool(lines)
    en += ["the " + _some(transfers, "smaller transfer")] * bool(transfers)
    if not ja:
        return None
    return {
        "ja": f"このうち{'と'.join(ja)}は図に描かない（--most で増やせる）。",
        "en": f" Not drawn: {' and '.join(en)} (--most draws more).",
    }


def _disputes(store: Store) -> dict[Term, list[Discrepancy]]:
    """Give for each node the discrepancies that have it as one of their places."""
    found: dict[Term, list[Discrepancy]] = {}
    for discrepancy in discrepancies(store):
        for side in discrepancy.sides:
            found.setdefault(side.node.number, []).append(discrepancy)
    return found


def _draw_programmes(draft: Draft, scope: Scope) -> dict[Term, _Column]:
    told = {line.programme for line in scope.lines}
    told |= {fact.object for fact in scope.of_transfers("sti:programme") if fact.object is not None}
    for number in scope.own:
        draft.node(number, weight=7.0, flags=[] if number in told else ["no-amount"])
    for number in scope.parts:
        draft.node(number, weight=4.0, flags=["part"])
    for number in scope.wholes:
        draft.node(number, weight=3.0, flags=["whole"])
    for fact in scope.ties:
        draft.follow(fact, backwards=fact.predicate != "sti:agency")
    return {
        **dict.fromkeys(scope.wholes, _WHOLES),
        **dict.fromkeys(scope.parts, _PARTS),
        **dict.fromkeys(scope.own, _PROGRAMMES),
    }


def _draw_lines(
    draft: Draft, scope: Scope, root: Thing, disputes: Mapping[Term, Sequence[Discrepancy]]
) -> dict[Term, _Column]:
    times: dict[tuple[object, ...], int] = {}
    for line in scope.lines:
        times[_about(line)] = times.get(_about(line), 0) + 1
    facts = facts_by_subject(draft.store, [line.line.number for line in scope.lines])
    for line in scope.lines:
        marks = {
            "share": line.agency is not None,
            "estimate": line.estimate,
            "repeated": times[_about(line)] > 1,
            "part": line.programme in scope.parts,
            "disagree": line.line.number in disputes,
        }
        labels = _line_labels(line, scope, root)
        draft.node(
            line.line.number,
            flags=[flag for flag, holds in marks.items() if holds],
            label=labels["ja"],
            labels=labels,
            weight=2.0 + 2.0 * (line.programme in scope.own) + (line.agency is None),
        )
        said = facts[line.line.number]
        draft.follow(said["sti:programme"][0], backwards=True)
        for fact in said.get("sti:agency", ()):
            draft.follow(fact, caption={"ja": line.money("ja"), "en": line.money("en")})
    return {line.line.number: (_YEARS, line.year, 0) for line in scope.lines}


def _about(line: Amount) -> tuple[object, ...]:
    return (line.programme, line.year, line.stage, line.agency)


def _line_labels(line: Amount, scope: Scope, root: Thing) -> Labels:
    """Write the caption of a line; the programme is named where it is not the one that was asked for."""
    body = scope.labels[line.agency.number] if line.agency else {"ja": "", "en": ""}
    named = {"ja": "", "en": ""}
    if line.programme != root.number:
        programme = scope.labels[line.programme]
        named = {"ja": f"{programme['ja']} ", "en": f"{programme['en']}, "}
    return {lang: named[lang] + line.caption(lang, body[lang]) for lang in ("ja", "en")}


def _draw_transfers(
    draft: Draft, scope: Scope, levels: Mapping[Term, int], disputes: Mapping[Term, Sequence[Discrepancy]]
) -> dict[Term, _Column]:
    columns: dict[Term, _Column] = {}
    for number, said in scope.transfers.items():
        amount = said["sti:amount"][0].value if "sti:amount" in said else None
        printed = said["sti:asPrinted"][0].value if "sti:asPrinted" in said else None
        caption = in_yen(int(amount), printed or "") if amount else _WORDS["no-amount"]
        draft.node(
            number,
            flags=["no-amount"] * (not amount) + ["disagree"] * (number in disputes),
            weight=5.0 if amount else 3.0,
        )
        for fact in (*said.get("sti:payer", ()), *said.get("sti:programme", ())):
            draft.follow(fact, backwards=True)
        for fact in said.get("sti:payee", ()):
            draft.follow(fact, caption=caption)
            columns[number] = (_FLOW, levels[fact.object] if fact.object is not None else 1, 0)
    return columns


def _heading(column: _Column) -> Labels:
    return heading(column[1]) if column[0] == _YEARS else _HEADINGS[column]


def _charts(store: Store, scope: Scope) -> list[Chart]:
    """Set out the amounts of every programme of the view and the shares in them, its own programmes first."""
    drawn = store.things([*scope.own, *scope.parts])
    charts = [
        chart(store, drawn[number]) for number in (*scope.own, *scope.parts) for chart in (amounts_chart, shares_chart)
    ]
    return [chart for chart in charts if chart]


def _sentence(root: Thing, scope: Scope) -> Labels:
    documents = {line.source.number for line in scope.lines}
    documents |= {fact.source for fact in scope.of_transfers("sti:payee")}
    if not documents:
        return {
            "ja": f"{root.label('ja')}の金額も資金の移転も、どの資料にも記載がない。",
            "en": f"No document prints an amount or a transfer of money for {root.label('en')}.",
        }
    return {"ja": _sentence_ja(root, scope, len(documents)), "en": _sentence_en(root, scope, len(documents))}


def _sentence_ja(root: Thing, scope: Scope, documents: int) -> str:
    years = sorted({line.year for line in scope.lines})
    span = f"（{'～'.join(str(year) for year in dict.fromkeys((years[0], years[-1])))}年度）" if years else ""
    inner = sum(line.programme in scope.parts for line in scope.lines)
    inside = f"（うち内訳の事業{inner}件）" if inner else ""
    about = root.label("ja") if root.number in scope.own else f"{root.label('ja')}が関わる{len(scope.own)}事業"
    return (
        f"{about}について、{documents}資料が金額{len(scope.lines)}件{inside}{span}と"
        f"資金の移転{len(scope.transfers)}件を載せ、同じ年度・段階の金額は並べるだけで合計しない。"
    )


def _sentence_en(root: Thing, scope: Scope, documents: int) -> str:
    years = sorted({line.year for line in scope.lines})
    span = f" ({' to '.join(f'FY{year}' for year in dict.fromkeys((years[0], years[-1])))})" if years else ""
    inner = sum(line.programme in scope.parts for line in scope.lines)
    inside = f", {inner} of them for its parts," if inner else ""
    about = root.label("en")
    if root.number not in scope.own:
        about = f"the {_some(len(scope.own), 'programme')} that {about} answers for, runs, pays or is paid for"
        inside = inside.replace("its parts", "parts of the programmes")
    return (
        f"{_some(documents, 'document')} print{'s' if documents == 1 else ''} {_some(len(scope.lines), 'amount')}"
        f"{inside} for {about}{span} and {_some(len(scope.transfers), 'transfer')} of money; "
        "amounts for one year and phase stand side by side and are never added up."
    )


def _some(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _tell_disputes(store: Store, view: View, disputes: Mapping[Term, Sequence[Discrepancy]]) -> None:
    """Say with each amount and transfer what the recorded disagreement is about."""
    words = view.graph["words"]
    words.setdefault("sti:Discrepancy", {"ja": "不一致", "en": "discrepancy"})
    for node, data in view.nodes(data=True):
        number = store.number(node)
        if "disagree" not in data["flags"] or number is None:
            continue
        for discrepancy in disputes[number]:
            origin = store.thing(next(store.facts_of([discrepancy.thing.number], ["sti:between"])).source)
            words.setdefault(origin.iri, {"ja": origin.label("ja"), "en": origin.label("en")})
            data["facts"] += [
                {
                    "property": "sti:Discrepancy",
                    "value": text,
                    "thing": None,
                    "lang": lang or None,
                    "document": origin.iri,
                    "locator": discrepancy.locator,
                }
                for lang, text in sorted(discrepancy.descriptions.items())
            ]
