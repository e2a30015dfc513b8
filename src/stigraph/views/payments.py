"""What a picture of money draws as one mark: an amount that several places print, what a body is paid over years."""

from collections.abc import Iterator, Mapping, Sequence

from stigraph.lineage.sayings import years_told
from stigraph.store.reading import Fact, Store, Term
from stigraph.views.bundling import bundle, times
from stigraph.views.flows import Scope
from stigraph.views.model import Labels, View

__all__ = ["bundle_money"]

_Transfers = dict[Term, Mapping[str, Sequence[Fact]]]
"""What is said of transfers, by their numbers."""

_MANY = 40
"""From so many transfers on, those of one programme to one payee are one mark."""

_BUNDLING: Labels = {
    "ja": "同じ金額を載せる箇所や、同じ支払先への毎年の移転はまとめて描く（{0}件を{1}個に。印を選ぶと内訳を示す）。",
    "en": " Places that print the same amount, and transfers to one payee over the years, are drawn together ({0} as "
    "{1}; choose a mark for its parts).",
}


def bundle_money(store: Store, view: View, scope: Scope) -> None:
    """Bundle the amounts that are printed alike for one programme, year, phase and body, and repeated payments."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for line in scope.lines:
        of = (line.programme, line.year, line.stage, line.agency, line.yen, line.estimate)
        alike.setdefault(of, []).append(line.line.iri)
    for iris in alike.values():
        if len(iris) > 1:
            bundle(view, iris, times(view.nodes[iris[0]]["labels"], len(iris)))
    for payee, transfers in _repeated(scope):
        iris = [thing.iri for thing in store.things(transfers).values()]
        years = [int(fact.value or 0) for said in transfers.values() for fact in said["sti:fiscalYear"]]
        bundle(view, iris, _paid_over(scope.labels[payee], years, len(iris)))
    view.graph["bundling"] = _BUNDLING


def _repeated(scope: Scope) -> Iterator[tuple[Term, _Transfers]]:
    """Yield, where there are many transfers, each payee with those that pass to it between the same ends."""
    if len(scope.transfers) <= _MANY:
        return
    between: dict[tuple[Term | None, ...], _Transfers] = {}
    for number, said in scope.transfers.items():
        if "sti:payee" in said and "sti:fiscalYear" in said:
            ends = [fact.object for name in ("sti:payee", "sti:payer", "sti:programme") for fact in said.get(name, ())]
            between.setdefault(tuple(ends), {})[number] = said
    for (payee, *_), transfers in between.items():
        if payee is not None and len(transfers) > 1:
            yield payee, transfers


def _paid_over(payee: Labels, years: Sequence[int], count: int) -> Labels:
    """Write whom transfers go to, over which years, and how many they are.

    >>> _paid_over({"ja": "京都大学", "en": "Kyoto University"}, [2014, 2015, 2017], 3)["ja"]
    '京都大学 2014〜2015、2017年度 移転3件'
    """
    return {
        "ja": f"{payee['ja']} {years_told(years, 'ja')} 移転{count}件",
        "en": f"{payee['en']} {years_told(years, 'en')}, {count} transfers",
    }
