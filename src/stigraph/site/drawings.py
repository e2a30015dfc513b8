"""The pictures of a site: lineage as inline SVG, charts, and the interactive pages of the overviews."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from markupsafe import Markup

from stigraph.classes import BODIES, DOCUMENTS, PARTNERS
from stigraph.errors import NoAnswerError
from stigraph.site.addresses import Addresses
from stigraph.site.reading import Corpus
from stigraph.site.words import LANGUAGES
from stigraph.store.reading import Thing

if TYPE_CHECKING:
    from stigraph.site.things import Studied
    from stigraph.views import Chart, View

__all__ = ["Drawings", "Overview"]

_OVERVIEWS: Sequence[str] = ("citations", "agencies", "partners", "gaps")
_MOST_NODES = 60
_FEWEST_NODES = 3


class Overview:
    """An interactive page: where it is, its title by language, and what makes it."""

    def __init__(self, path: str, view: "View") -> None:
        self.path = path
        self.view = view
        self.title: Mapping[str, str] = view.graph["title"]

    def html(self) -> str:
        """Make the page."""
        from stigraph.page import page

        return page(self.view).html


class Drawings:
    """Draws what is seen better than read. ``explore`` gives the interactive page of a thing that has one."""

    def __init__(self, corpus: Corpus, addresses: Addresses) -> None:
        self.corpus = corpus
        self.addresses = addresses
        self.explore: dict[str, str] = {}
        self._views: dict[str, View | None] = {}
        self._overviews: list[Overview] = []

    def picture(self, thing: Thing, studied: "Studied", lang: str, path: str) -> Markup | None:
        """Draw the lineage of a thing; None where it has none worth a picture."""
        from stigraph.page import picture

        view = self._lineage(thing, studied)
        if view is None:
            return None
        up = "../" * path.count("/")

        def link(iri: str) -> str | None:
            target = self.addresses.of.get(iri)
            return up + target if target and target != path else None

        return Markup(picture(view, lang, link=link, name="lineage", most=_MOST_NODES))

    def _lineage(self, thing: Thing, studied: "Studied") -> "View | None":
        from stigraph.views import lineage

        if thing.iri not in self._views:
            down = self._direction(thing, studied)
            self._views[thing.iri] = None if down is None else lineage(self.corpus.store, thing.iri, down=down)
        return self._views[thing.iri]

    def _direction(self, thing: Thing, studied: "Studied") -> bool | None:
        """Say which way a picture looks: down from policy and partners, up from the rest.

        None where there is nothing to see, or too much for a picture that does not move.
        """
        ways = {
            True: studied.standing.answer if studied.standing else None,
            False: studied.stands.answer if studied.stands and thing.type not in BODIES else None,
        }
        policy = thing.type in (*DOCUMENTS, *PARTNERS, "sti:Objective")
        for down in (True, False) if policy else (False,):
            answer = ways[down]
            if answer and _FEWEST_NODES <= len(answer.nodes) <= _MOST_NODES:
                return down
        return None

    def view(self, name: str) -> "View | None":
        """Give one of the views of the whole graph; None where the graph holds nothing for it."""
        found = (overview.view for overview in self.overviews() if overview.view.graph["view"] == name)
        return next(found, None)

    def overviews(self) -> list[Overview]:
        """Give the interactive pages: four of the whole graph, and one for each basic plan."""
        from stigraph import views

        if not self._overviews:
            store = self.corpus.store
            for name in _OVERVIEWS:
                with suppress(NoAnswerError):
                    self._overviews.append(Overview(f"view/{name}.html", getattr(views, name)(store)))
            for thing in self._plans():
                with suppress(NoAnswerError):
                    stem = self.addresses.pages[thing.iri].rpartition("/")[2]
                    self._overviews.append(Overview(f"view/plan-{stem}", views.plan(store, thing.iri)))
                    self.explore[thing.iri] = f"view/plan-{stem}"
        return self._overviews

    def _plans(self) -> list[Thing]:
        """List the plans that follow each other, by date."""
        chained = [
            thing
            for thing in self.corpus.of("sti:Plan")
            if self.corpus.values(thing.number, "dcterms:replaces")
            or self.corpus.subjects(thing.number, "dcterms:replaces")
        ]
        return sorted(chained, key=lambda thing: (self.corpus.date(thing), thing.iri))

    def charts(self, thing: Thing) -> list[Markup]:
        """Draw the figures of a programme or an indicator."""
        from stigraph.page import figure
        from stigraph.views.indicators import indicator_chart
        from stigraph.views.money import amounts_chart, shares_chart

        charts: list[Chart | None] = []
        if thing.type == "sti:Programme":
            charts = [amounts_chart(self.corpus.store, thing), shares_chart(self.corpus.store, thing)]
        elif thing.type == "sti:Indicator":
            charts = [indicator_chart(self.corpus.store, thing.iri)]
        found = [chart for chart in charts if chart]
        drawn = [figure(chart, self._word, name=f"chart-{place}") for place, chart in enumerate(found, start=1)]
        return [Markup(_scrolling(str(chart))) for chart in drawn]

    def _word(self, iri: str) -> Mapping[str, str]:
        thing = self.corpus.by_iri.get(iri)
        return {lang: thing.label(lang) for lang in LANGUAGES} if thing else {}


def _scrolling(chart: str) -> str:
    """Let the numbers under a chart be scrolled where they are wider than the page, by keyboard too."""
    return chart.replace("<table", '<div class="scroll" tabindex="0"><table').replace("</table>", "</table></div>")
