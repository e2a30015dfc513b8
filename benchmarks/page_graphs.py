"""Graphs of any size that are shaped like those of the store: many passages around few hubs. The same at every run."""

import random
from typing import Any

import networkx as nx

__all__ = ["policy_graph"]

_KINDS = [
    ("sti:Plan", "計画", "plan", 0.01),
    ("sti:Strategy", "戦略", "strategy", 0.02),
    ("sti:FundingAgency", "資金配分機関", "agency", 0.005),
    ("sti:Ministry", "府省庁", "ministry", 0.005),
    ("sti:Objective", "政策目標", "objective", 0.03),
    ("sti:Country", "国", "country", 0.03),
    ("sti:Programme", "事業", "programme", 0.15),
    ("sti:Statement", "政策記述", "statement", 0.40),
    ("sti:BudgetLine", "予算額", "budget line", 0.35),
]
_PASSAGE = (
    "国際共同研究の推進に当たっては、相手国との合意に基づき、重点分野を定めて支援を行う。"
    "あわせて、若手研究者の交流を促し、研究成果の社会実装に向けた取組を強化する（{}）。"
)
_WORDS = {kind: {"ja": ja, "en": en} for kind, ja, en, _ in _KINDS} | {
    "sti:cites": {"ja": "依拠する", "en": "cites"},
    "sti:statedIn": {"ja": "記載された政策文書", "en": "stated in"},
    "sti:underObjective": {"ja": "属する目標", "en": "under objective"},
    "sti:agency": {"ja": "実施機関", "en": "agency"},
    "sti:ministry": {"ja": "所管", "en": "ministry"},
    "sti:partner": {"ja": "協力相手", "en": "partner"},
    "sti:programme": {"ja": "対象事業", "en": "programme"},
}


def policy_graph(nodes: int, edges: int) -> "nx.MultiDiGraph":
    """Make a graph with so many nodes and edges; each edge carries a passage, each node its names and facts.

    >>> graph = policy_graph(100, 200)
    >>> len(graph), graph.size()
    (100, 200)
    """
    draw = random.Random(nodes)
    graph = nx.MultiDiGraph(
        view="benchmark",
        title={"ja": f"{nodes}件のグラフ", "en": f"A graph of {nodes} things"},
        sentence={"ja": "速さをはかるためのグラフ。", "en": "A graph to measure speed with."},
        words=_WORDS,
        links=0,
    )
    members = _members(graph, nodes)
    for statement in members["sti:Statement"]:
        _link(graph, statement, _hub(draw, members["sti:Plan"] + members["sti:Strategy"]), "sti:statedIn")
        _link(graph, _hub(draw, members["sti:Programme"]), statement, "sti:cites")
    for line in members["sti:BudgetLine"]:
        _link(graph, line, _hub(draw, members["sti:Programme"]), "sti:programme")
    for programme in members["sti:Programme"]:
        _link(graph, programme, _hub(draw, members["sti:FundingAgency"]), "sti:agency")
        _link(graph, programme, _hub(draw, members["sti:Ministry"]), "sti:ministry")
    while graph.graph["links"] < edges:
        predicate, ends = draw.choice([("sti:cites", "sti:Statement"), ("sti:partner", "sti:Country")])
        if draw.random() < 0.3:
            start, end = draw.choice(members["sti:Statement"]), draw.choice(members["sti:Objective"])
            _link(graph, start, end, "sti:underObjective")
        else:
            _link(graph, _hub(draw, members["sti:Programme"]), _hub(draw, members[ends]), predicate)
    del graph.graph["links"]
    return graph


def _members(graph: "nx.MultiDiGraph", nodes: int) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for kind, ja, en, share in _KINDS:
        last = kind == _KINDS[-1][0]
        count = nodes - len(graph) if last else max(1, round(nodes * share))
        for number in range(1, count + 1):
            iri = f"https://example.org/{en.replace(' ', '-')}/{number}"
            fact = {"property": "rdfs:label", "value": f"{en} {number}", "thing": None, "document": None}
            graph.add_node(
                iri,
                type=kind,
                label=f"{ja}{number}",
                labels={"ja": f"{ja}{number}", "en": f"{en} {number}"},
                names=[f"{ja}{number}", f"{en} {number}", f"{en[:2].upper()}-{number:05}"],
                facts=[fact],
                evidence=[],
                flags=[],
            )
            members.setdefault(kind, []).append(iri)
    return members


def _hub(draw: random.Random, among: list[str]) -> str:
    """Choose one, the first ones far more often."""
    return among[int(len(among) * draw.random() ** 2)]


def _link(graph: "nx.MultiDiGraph", source: str, target: str, predicate: str) -> None:
    number = graph.graph["links"] = graph.graph["links"] + 1
    evidence: dict[str, Any] = {
        "statement": f"https://example.org/statement/{number}",
        "document": f"https://example.org/document/{number % 40}",
        "locator": f"L{number}",
        "quote": _PASSAGE.format(number),
        "citedAs": None,
        "basis": "Stated" if number % 5 else "Inferred",
        "note": None,
    }
    graph.add_edge(source, target, predicate=predicate, evidence=[evidence])
