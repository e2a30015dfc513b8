"""The view of a programme's money, against SPARQL, the data files and the print."""

import re
from pathlib import Path

import networkx as nx
import pytest
from tests.views.asking import source_texts, text_of

import stigraph
from stigraph.errors import NameNotFoundError, NoAnswerError, UsageError
from stigraph.japanese import squeeze
from stigraph.names import resolve
from stigraph.passages import lines_at
from stigraph.views.model import Chart, View
from stigraph.views.money import amounts_chart, money, shares_chart
from stigraph.vocab import ID, expand

ROOT = Path(__file__).resolve().parents[2]
SAID = """SELECT ?line ?programme ?year ?amount ?printed ?source ?locator WHERE {
  ?line a sti:BudgetLine ; sti:programme ?programme ; sti:fiscalYear ?year ; sti:amount ?amount ;
    sti:asPrinted ?printed ; prov:wasDerivedFrom ?source ; sti:locator ?locator }"""


def _column(store: stigraph.Store, query: str) -> set[str]:
    return {text_of(row[0]) for row in stigraph.query(store, query).rows}


def _of(view: View, type_: str) -> set[str]:
    return {node for node, data in view.nodes(data=True) if data["type"] == type_}


def _values(view: View, node: str, name: str) -> list[str]:
    return [fact["value"] for fact in view.nodes[node]["facts"] if fact["property"] == name]


def test_every_budget_line_of_the_data_files_is_in_the_view_of_its_programme(store: stigraph.Store) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/sources").glob("*.ttl")))
    lines = {
        ID + "budget/" + name for name in re.findall(r"^budget:(\S+)\n    a sti:BudgetLine", written, re.MULTILINE)
    }
    by_programme: dict[str, set[str]] = {}
    for row in stigraph.query(store, SAID).rows:
        by_programme.setdefault(text_of(row[1]), set()).add(text_of(row[0]))
    assert set().union(*by_programme.values()) == lines
    for programme, own in by_programme.items():
        parts = _column(store, f"SELECT ?part WHERE {{ ?part dcterms:isPartOf+ <{programme}> }}")
        inner = set().union(*(by_programme.get(part, set()) for part in parts))
        assert _of(money(store, programme), "sti:BudgetLine") == own | inner


@pytest.mark.parametrize(
    "name", ["ASPIRE", "SICORP", "WPI", "SIP", "programme/global-young-researchers", "JST", "MEXT"]
)
def test_every_edge_is_a_triple_of_the_graph_or_its_inverse_and_has_its_place(store: stigraph.Store, name: str) -> None:
    view = money(store, name)
    triples = {
        (text_of(s), text_of(p), text_of(o))
        for s, p, o in stigraph.query(
            store,
            """CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o
            VALUES ?p { sti:programme sti:agency sti:ministry sti:payer sti:payee dcterms:isPartOf } }""",
        ).triples
        or ()
    }
    assert view.number_of_edges() > 5
    for source, target, key, data in view.edges(keys=True, data=True):
        plain = expand(key.removeprefix("^"))
        ends = (target, plain, source) if key.startswith("^") else (source, plain, target)
        assert ends in triples
        assert data["evidence"] and all(item["document"] for item in data["evidence"])


def test_aspire_money_runs_from_the_ministry_over_the_agencies_to_the_last_payee(store: stigraph.Store) -> None:
    view = money(store, "ASPIRE")
    mext, jst, amed = (ID + "organization/" + name for name in ("mext", "jst", "amed"))
    last = ID + "organization/yatoro-denshi"
    flow = nx.DiGraph((s, t) for s, t, key in view.edges(keys=True) if key in ("^sti:payer", "sti:payee"))
    assert nx.has_path(flow, mext, last) and jst in nx.shortest_path(flow, mext, last)
    layer = {node: data["layer"] for node, data in view.nodes(data=True)}
    assert layer[mext] < layer[view.graph["root"]] < layer[jst] == layer[amed] < layer[last]
    headings = [heading["en"] for heading in view.graph["layers"]]
    assert headings[layer[ID + "budget/d000-aspire-2024-request"]] == "FY2024"
    assert [heading for heading in headings if heading.startswith("FY")] == ["FY2022", "FY2023", "FY2024"]
    grant = ID + "transfer/d000-l487-mext-jst"
    assert view.edges[grant, jst, "sti:payee"]["caption"] == {"ja": "44,000百万円", "en": "44,000 million yen"}
    assert view.edges[grant, jst, "sti:payee"]["evidence"][0]["locator"].startswith("L482-L493")
    to_last = ID + "transfer/d000-l599-jst-yatoro-denshi"
    assert view.nodes[to_last]["flags"] == ["no-amount"]
    assert view.graph["sentence"]["en"].startswith("3 documents print 22 amounts for Adopting")
    assert "6 transfers" in view.graph["sentence"]["en"] and "移転6件" in view.graph["sentence"]["ja"]


def test_amounts_stand_as_printed_and_in_yen(store: stigraph.Store) -> None:
    view = money(store, "ASPIRE")
    rounded, sheet = (
        ID + "budget/" + name for name in ("d001-aspire-2022-supplementary-rounded", "d000-aspire-2022-total")
    )
    assert _values(view, rounded, "sti:asPrinted") == ["501億円"]
    assert _values(view, rounded, "sti:amount") == ["50100000000"]
    assert view.nodes[rounded]["labels"] == {
        "ja": "2022年度 補正予算 501億円",
        "en": "FY2022 supplementary budget 50,100 million yen",
    }
    assert _values(view, sheet, "sti:asPrinted") == ["50,050"]
    assert view.nodes[sheet]["label"] == "2022年度 計 50,050百万円"


def test_flags_say_share_estimate_repetition_and_disagreement(store: stigraph.Store) -> None:
    for name in ("ASPIRE", "SICORP", "WPI", "programme/sakura-science", "programme/global-young-researchers"):
        view = money(store, name)
        lines = _of(view, "sti:BudgetLine")
        shown = lines | _of(view, "sti:Transfer")

        def flagged(flag: str, view: View = view, shown: set[str] = shown) -> set[str]:
            return {node for node in shown if flag in view.nodes[node]["flags"]}

        assert flagged("disagree") == shown & _column(
            store, "SELECT ?x WHERE { ?d a sti:Discrepancy ; sti:between ?x }"
        )
        assert flagged("share") == lines & _column(store, "SELECT ?x WHERE { ?x a sti:BudgetLine ; sti:agency ?y }")
        assert flagged("estimate") == lines & _column(store, "SELECT ?x WHERE { ?x sti:isEstimate true }")
        twice = """SELECT ?x WHERE { ?x sti:programme ?p ; sti:fiscalYear ?y ; sti:phase ?h .
          ?z sti:programme ?p ; sti:fiscalYear ?y ; sti:phase ?h . FILTER(?x != ?z)
          OPTIONAL { ?x sti:agency ?a } OPTIONAL { ?z sti:agency ?b }
          FILTER(COALESCE(STR(?a), "") = COALESCE(STR(?b), "")) }"""
        assert flagged("repeated") == lines & _column(store, twice)
        for node in flagged("disagree"):
            told = [fact for fact in view.nodes[node]["facts"] if fact["property"] == "sti:Discrepancy"]
            assert {fact["lang"] for fact in told} == {"ja", "en"}
            assert all(fact["document"] in view.graph["words"] and fact["locator"] for fact in told)
    wpi = money(store, "WPI")
    assert "disagree" in wpi.nodes[ID + "budget/d003-wpi-2023-budgeted-l1867"]["flags"]
    assert any("8,123" in text for text in _values(wpi, ID + "budget/d003-wpi-2023-budgeted-l1867", "sti:asPrinted"))


def test_parts_stand_beside_the_whole_and_are_not_added_to_it(store: stigraph.Store) -> None:
    view = money(store, "programme/global-young-researchers")
    whole = view.graph["root"]
    own = {t for _, t, key in view.out_edges(whole, keys=True) if key == "^sti:programme"}
    parts = {t for _, t, key in view.out_edges(whole, keys=True) if key == "^dcterms:isPartOf"}
    assert len(own) == 6 and all("part" not in view.nodes[node]["flags"] for node in own)
    assert {node.rsplit("/")[-1] for node in parts} == {
        "foreign-researcher-invitation",
        "overseas-challenge",
        "overseas-fellowships",
        "sakura-science",
    }
    assert all("part" in view.nodes[node]["flags"] for node in parts)
    lines = _of(view, "sti:BudgetLine") - own
    assert all("part" in view.nodes[node]["flags"] for node in lines)
    chart = amounts_chart(store, resolve(store, whole))
    assert chart and {p["y"] for s in chart["series"] for p in s["points"]} == {7916e6, 7367e6, 7471e6, 7704e6}
    assert {chart["about"] for chart in view.graph["charts"]} > parts


def _points(chart: Chart | None) -> list[tuple[str, str, float, str, str | None]]:
    return [
        (series["role"], point["x"], point["y"], point["printed"], point["locator"])
        for series in (chart["series"] if chart else [])
        for point in series["points"]
    ]


def test_charts_hold_printed_amounts_only_each_at_its_place(store: stigraph.Store) -> None:
    rows = [[text_of(term) for term in row] for row in stigraph.query(store, SAID).rows]
    seen = 0
    for programme in sorted({row[1] for row in rows}):
        said = [row for row in rows if row[1] == programme]
        for chart in (amounts_chart(store, resolve(store, programme)), shares_chart(store, resolve(store, programme))):
            for series in chart["series"] if chart else []:
                years = [point["x"] for point in series["points"]]
                assert years == sorted(set(years))
                for point in series["points"]:
                    seen += 1
                    places = set((point["locator"] or "").split(";"))
                    fitting = [
                        row
                        for row in said
                        if (row[2], float(row[3]), row[5]) == (point["x"], point["y"], point["document"])
                        and set(row[6].split(";")) <= places
                    ]
                    assert fitting and point["printed"] in {row[4] for row in fitting}
    assert seen > 150


def test_the_chart_of_sicorp_tells_documents_shares_and_estimates_apart(store: stigraph.Store) -> None:
    sicorp = resolve(store, "SICORP")
    points = _points(amounts_chart(store, sicorp))
    assert ("Draft", "2021", 1078e6, "1,078百万円") in [point[:4] for point in points]
    chart = amounts_chart(store, sicorp)
    assert chart
    labels = [series["label"]["ja"] for series in chart["series"]]
    assert len(labels) == len(set(labels))
    assert any(label.startswith("当初予算（JST分、推計額") for label in labels)
    assert any("推計額、令和3年度文部科学省予算 国際関係スライド" in label for label in labels)
    shares = _points(shares_chart(store, sicorp))
    assert [point[1:4] for point in shares] == [
        ("2022", 370e6, "370百万円"),
        ("2023", 299e6, "299百万円"),
        ("2022", 1160e6, "1,160百万円"),
        ("2023", 1073e6, "1,073百万円"),
    ]


def test_a_share_is_left_out_of_the_amounts_where_its_document_prints_the_whole(store: stigraph.Store) -> None:
    aspire = resolve(store, "ASPIRE")
    chart = amounts_chart(store, aspire)
    assert chart and not any("JST" in series["label"]["ja"] for series in chart["series"])
    supplementary = [series for series in chart["series"] if series["role"] == "Supplementary"]
    assert sorted(point["y"] for series in supplementary for point in series["points"]) == [50050e6, 50050e6, 50100e6]
    assert {point[2] for point in _points(shares_chart(store, aspire))} == {44000e6, 6050e6, 6100e6}
    assert shares_chart(store, resolve(store, "WPI")) is None
    assert amounts_chart(store, resolve(store, "programme/sip-3-01")) is None


@pytest.mark.parametrize(("name", "slug"), [("JST", "jst"), ("AMED", "amed"), ("MEXT", "mext"), ("JICA", "jica")])
def test_a_body_shows_the_money_of_all_its_programmes(store: stigraph.Store, name: str, slug: str) -> None:
    expected = _column(
        store,
        f"""SELECT ?p WHERE {{ {{ ?p sti:agency|sti:ministry organization:{slug} . ?p a sti:Programme }}
          UNION {{ ?line sti:agency organization:{slug} ; sti:programme ?p }}
          UNION {{ ?t sti:payer|sti:payee organization:{slug} ; sti:programme ?p }} }}""",
    )
    view = money(store, name)
    programmes = {n for n in _of(view, "sti:Programme") if "part" not in view.nodes[n]["flags"]}
    assert programmes == expected
    assert f" {len(expected)} programme" in view.graph["sentence"]["en"]
    assert view.graph["root"] == ID + "organization/" + slug
    silent = {n for n in programmes if "no-amount" in view.nodes[n]["flags"]}
    told = _column(
        store, "SELECT ?p WHERE { ?x a ?type ; sti:programme ?p VALUES ?type { sti:BudgetLine sti:Transfer } }"
    )
    assert silent == programmes - told


def test_a_payee_far_down_leads_back_to_the_programme(store: stigraph.Store) -> None:
    view = money(store, "ヤトロ電子株式会社")
    assert ID + "programme/aspire" in view and ID + "organization/mext" in view
    assert view.nodes[view.graph["root"]]["weight"] == 10.0


def test_a_programme_without_amounts_says_so(store: stigraph.Store) -> None:
    view = money(store, "programme/sip-3-01")
    assert view.graph["sentence"]["en"].startswith("No document prints an amount")
    assert view.nodes[view.graph["root"]]["flags"] == ["no-amount"] and view.graph["charts"] == []


def test_what_is_neither_programme_nor_body_is_refused_and_a_body_without_money_too(store: stigraph.Store) -> None:
    with pytest.raises(UsageError, match="name a programme, or a ministry") as refused:
        money(store, "6th Basic Plan")
    assert refused.value.exit_code == 2
    with pytest.raises(NoAnswerError, match="Organisation for Economic") as nothing:
        money(store, "OECD")
    assert nothing.value.exit_code == 1
    with pytest.raises(NameNotFoundError):
        money(store, "no such programme at all")


@pytest.mark.parametrize("name", ["ASPIRE", "MEXT", "SIP"])
def test_the_view_is_whole_and_the_same_every_time(store: stigraph.Store, name: str) -> None:
    view = money(store, name)
    again = money(store, name)
    assert list(view.nodes(data=True)) == list(again.nodes(data=True))
    assert list(view.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    assert view.graph == again.graph
    for _, data in view.nodes(data=True):
        assert 0 <= data["layer"] < len(view.graph["layers"])
        assert data["labels"]["ja"] and data["labels"]["en"] and data["weight"] > 0
        assert all({"ja", "en"} <= set(view.graph["words"][flag]) for flag in data["flags"])
    assert {data["layer"] for _, data in view.nodes(data=True)} == set(range(len(view.graph["layers"])))
    assert all(heading["ja"] and heading["en"] for heading in view.graph["layers"])


def test_what_the_charts_print_is_on_the_page(store: stigraph.Store) -> None:
    texts = source_texts(store)
    for name in ("SICORP", "SATREPS", "WPI", "ASPIRE", "programme/kakenhi"):
        chart = amounts_chart(store, resolve(store, name))
        for point in (point for series in (chart["series"] if chart else []) for point in series["points"]):
            lines = lines_at(point["locator"] or "", texts[point["document"] or ""])
            assert lines and squeeze(point["printed"]) in squeeze("\n".join(lines))
