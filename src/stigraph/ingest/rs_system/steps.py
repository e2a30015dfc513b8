"""Files 3-1 and 3-2: what is done, and how that leads to the outcomes (効果発現経路), in the words of the sheet.

3-1 has the activities, 3-2 a row for each link: from an activity to an output, from there to an outcome, from one
outcome to the next. The texts at both ends of a link are those of 3-1, but for line breaks.
"""

from collections.abc import Iterator, Mapping, Sequence

from stigraph.ingest.model import Step
from stigraph.ingest.rs_system.cells import Row

__all__ = ["reason_for_one_stage", "steps_of"]

_NUMBER = "アクティビティ・アウトプット・アウトカムの番号"
_KIND = "種別（アクティビティ・アウトプット・アウトカム）"
_PERIOD = "アウトカムの期間"
_FROM, _TO = "派生元ー", "派生先ー"
_ACTIVITY = "アクティビティ"
_TEXT = "アクティビティ／活動目標／成果目標"
_ORIGIN = "派生元ーアクティビティの内容/ 活動目標／成果目標"
_GOAL = "派生先ー 活動目標／成果目標"
_WHY = "後続アウトカムへのつながり"
_ONE_STAGE = "アウトカムを複数段階で設定できない理由"


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


def _end(link: Row, side: str) -> str:
    """Name one end of a link: アウトカム 短期 1."""
    return " ".join(filter(None, (link.get(side + column) for column in (_KIND, _PERIOD, _NUMBER))))


def _place(link: Row) -> str:
    return f"3-2[{_end(link, _FROM)} → {_end(link, _TO)}]"


def _activities(rows: Sequence[Row], links: Sequence[Row], goals: Mapping[str, str]) -> Iterator[Step]:
    """Give each activity once, with the goals of the outputs that it leads to."""
    leads: dict[tuple[str | None, str], list[Row]] = {}
    for link in links:
        if link.get(_FROM + _KIND) == _ACTIVITY and _bare(link.get(_GOAL)) in goals:
            leads.setdefault((link.get(_FROM + _NUMBER), _bare(link.get(_ORIGIN))), []).append(link)
    named = dict.fromkeys((row.get(_NUMBER), row.get(_TEXT)) for row in rows if row.get(_KIND) == _ACTIVITY)
    for number, text in named:
        if text is not None:
            onward = leads.get((number, _bare(text)), [])
            places = dict.fromkeys((f"3-1[{_ACTIVITY} {number}].{_TEXT}", *map(_place, onward)))
            aims = dict.fromkeys(goals[_bare(link.get(_GOAL))] for link in onward)
            yield Step(text, "; ".join(places), None, tuple(aims))


def _reasons(links: Sequence[Row], goals: Mapping[str, str]) -> Iterator[Step]:
    """Give why a goal leads to the next, where the sheet says it."""
    for link in links:
        why, origin, goal = link.get(_WHY), _bare(link.get(_ORIGIN)), _bare(link.get(_GOAL))
        if why is not None:
            aims = (goals[goal],) if goal in goals else ()
            yield Step(why, f"{_place(link)}.{_WHY}", goals.get(origin, ""), aims)


def steps_of(rows: Sequence[Row], links: Sequence[Row]) -> tuple[Step, ...]:
    """Give the activities of a sheet and what it says of its links, from its rows of 3-1 and of 3-2."""
    goals = {_bare(text): text for row in rows if row.get(_KIND) != _ACTIVITY and (text := row.get(_TEXT))}
    return (*_activities(rows, links, goals), *dict.fromkeys(_reasons(links, goals)))


def reason_for_one_stage(links: Sequence[Row]) -> str | None:
    """Give why there are no outcomes in several stages; several reasons stand one below the other."""
    reasons = dict.fromkeys(link.get(_ONE_STAGE) for link in links)
    return "\n".join(reason for reason in reasons if reason) or None
