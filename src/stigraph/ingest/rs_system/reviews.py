"""File 4-1: what reviews of a project found, and what is done about it (点検・評価), in the words of the sheet.

The bureau that runs the project looks at it itself, then experts from outside and the review team of the ministry do;
beside them stand what earlier reviews and others (audits, inquiries) found. A project may have several rows, of which
only the columns on earlier findings need differ.
"""

from collections.abc import Sequence
from typing import NamedTuple

from stigraph.ingest.model import Review
from stigraph.ingest.rs_system.cells import NONE_NAMED, Row

__all__ = ["reviews_of"]


class _Text(NamedTuple):
    """A column: what was found (Finding) or what is done about it (Measure), and which columns tell its rows apart."""

    kind: str
    column: str
    told_by: tuple[str, ...] = ()


_BUREAU = "事業所管部局による点検・改善"
_TEAM = "行政事業レビュー推進チームの所見"
_REFLECTED = "所見を踏まえた改善点／概算要求における反映状況"
_PAST = ("過去に受けた指摘事項－取りまとめ年度", "過去に受けた指摘事項－区分")
_OTHER = ("その他の指摘事項－指摘年度", "その他の指摘事項－調査等の名称")
_TEXTS = (
    _Text("Finding", f"{_BUREAU}ー点検結果"),
    _Text("Measure", f"{_BUREAU}ー改善の方向性"),
    _Text("Finding", f"{_BUREAU}－目標年度における効果測定に関する評価"),
    _Text("Finding", "外部有識者による点検ー所見"),
    _Text("Finding", _TEAM),
    _Text("Finding", f"{_TEAM}の詳細"),
    _Text("Measure", _REFLECTED),
    _Text("Measure", f"{_REFLECTED}の詳細"),
    _Text("Finding", "過去に受けた指摘事項－取りまとめ内容", _PAST),
    _Text("Measure", "過去に受けた指摘事項－対応状況", _PAST),
    _Text("Finding", "その他の指摘事項－指摘内容", _OTHER),
    _Text("Measure", "その他の指摘事項－対応状況", _OTHER),
)


def _place(row: Row, count: int, text: _Text) -> str:
    """Name a cell; where rows differ, by year and kind of the review, or by the number of the row if it has neither."""
    if not text.told_by:
        return f"4-1.{text.column}"
    told = " ".join(" ".join(word.split()) for word in map(row.get, text.told_by) if word)
    return f"4-1[{told or count}].{text.column}"


def reviews_of(rows: Sequence[Row]) -> tuple[Review, ...]:
    """Give what the rows of a project say, column by column; a text that comes again is one, with all its places."""
    places: dict[tuple[str, str], list[str]] = {}
    for text in _TEXTS:
        for count, row in enumerate(rows, start=1):
            said = row.get(text.column)
            if said is not None and said not in NONE_NAMED:
                places.setdefault((said, text.kind), []).append(_place(row, count, text))
    return tuple(Review(said, "; ".join(dict.fromkeys(where)), kind) for (said, kind), where in places.items())
