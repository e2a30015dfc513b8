"""Files of a year → one `Sheet` for each project."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stigraph.errors import DataError
from stigraph.ingest.model import EarlierSheet, Sheet
from stigraph.ingest.refusals import REMARK, Refusal
from stigraph.ingest.rs_system.budget import accounts_of, amounts_of
from stigraph.ingest.rs_system.cells import Misfit, Row, fiscal_year, marked
from stigraph.ingest.rs_system.indicators import measures_of, reason_for_no_target
from stigraph.ingest.rs_system.kinds import FILES, PROJECT, file_name
from stigraph.ingest.rs_system.payments import payments_of
from stigraph.ingest.rs_system.plans import plans_named
from stigraph.ingest.rs_system.reviews import reviews_of
from stigraph.ingest.rs_system.steps import reason_for_one_stage, steps_of
from stigraph.ingest.rs_system.tables import Rows, Table, YearFiles, examine, files_of, opened

__all__ = ["read", "read_year"]

_SHEETS = "1-1"
_METHODS = ("直接実施", "補助", "負担", "交付", "分担金・拠出金", "その他")


def _words(row: Row, columns: Sequence[str]) -> str | None:
    return " ".join(part for part in map(row.get, columns) if part) or None


def _ministry(row: Row) -> str | None:
    """Give the ministry whose policy it is; an agency under it (国税庁) is named as its bureau."""
    return row.get("所管府省庁") or row.get("府省庁")


def _bureau(row: Row) -> str | None:
    agency, bureau = row.get("府省庁"), row.get("局・庁")
    parts = dict.fromkeys((agency if agency != _ministry(row) else None, bureau))
    return " ".join(part for part in parts if part) or None


def _methods(row: Row) -> tuple[str, ...]:
    return tuple(name for name in _METHODS if marked(row.get(f"実施方法ー{name}")))


def _earlier(row: Row) -> tuple[EarlierSheet, ...]:
    number = row.get("旧事業番号")
    return () if number is None else (EarlierSheet(None, None, number),)


def _pages(row: Row) -> tuple[str, ...]:
    """Give the addresses in the field 事業概要URL, which are set apart by blanks."""
    words = dict.fromkeys((row.get("事業概要URL") or "").split())
    return tuple(word for word in words if word.isascii() and word.startswith(("http://", "https://")))


def _check(rows: Mapping[str, Sequence[Row]]) -> None:
    for of_file in rows.values():
        for row in of_file:
            if row.fault is not None:
                raise row.misfit("", row.fault)


def _fingerprint(rows: Mapping[str, Sequence[Row]]) -> str:
    """Give a fingerprint of everything the files say of a project; it does not change with the other projects."""
    fingerprint = hashlib.sha256()
    for number, of_file in rows.items():
        for row in of_file:
            fingerprint.update("\x1f".join((number, *row.cells, "\x1e")).encode())
    return fingerprint.hexdigest()


def _sheet(project: int, year: int, rows: Mapping[str, Sequence[Row]], years: Sequence[tuple[int, int]]) -> Sheet:
    """Put together what the files say of one project."""
    _check(rows)
    unit = rows[_SHEETS][0]
    name, ministry = unit.get("事業名"), _ministry(unit)
    if name is None or ministry is None:
        raise unit.misfit("事業名" if name is None else "所管府省庁", "the cell is empty")
    outline = rows["1-2"][0] if rows["1-2"] else Row(unit.file, unit.line, [], {})
    unknown_start = marked(outline.get("開始年度不明"))
    return Sheet(
        database="rs-system",
        year=year,
        ministry=ministry,
        number=str(project),
        project=str(project),
        name=name,
        start=None if unknown_start else fiscal_year(outline, "事業開始年度"),
        end=fiscal_year(outline, "事業終了（予定）年度"),
        bureau=_bureau(unit),
        division=_words(unit, ("部", "課", "室", "班", "係")),
        accounts=accounts_of(rows["2-1"]),
        methods=_methods(outline),
        areas=(),
        purpose=outline.get("事業の目的"),
        outline=outline.get("事業の概要"),
        no_target_reason=reason_for_no_target(rows["3-1"]),
        url=None,
        amounts=amounts_of(rows["2-1"]),
        measures=measures_of(rows["3-1"], years),
        payments=payments_of(rows["5-1"], rows["5-2"], year),
        earlier=_earlier(outline),
        plans=plans_named(rows["1-3"], rows["3-1"]),
        sha256=_fingerprint(rows),
        issues=outline.get("現状・課題"),
        steps=steps_of(rows["3-1"], rows["3-2"]),
        one_stage_reason=reason_for_one_stage(rows["3-2"]),
        pages=_pages(outline),
        reviews=reviews_of(rows["4-1"]),
    )


def _refusal(project: int, year: int, unit: Row, misfit: Misfit) -> Refusal:
    place = f"{PROJECT} {project}, line {misfit.line}"
    place = f"{place}, {misfit.column}" if misfit.column else place
    ministry = None if unit.fault else _ministry(unit)
    return Refusal(misfit.file, place, misfit.reason, year, ministry, str(project))


def _orphans(file: str, rows: Rows, before: int | None) -> Iterator[Refusal]:
    """Pass over the rows of projects that 1-1 does not have, and say so once for each."""
    while rows.project is not None and (before is None or rows.project < before):
        project = rows.project
        line = rows.take(project)[0].line
        yield Refusal(file, f"{PROJECT} {project}, line {line}", "there is no such project in 1-1", kind=REMARK)


def _joined(year: int, tables: Mapping[str, Table]) -> Iterator[Sheet | Refusal]:
    """Go through the files side by side."""
    years = tables["3-1"].binding.years if "3-1" in tables else ()
    with opened(tables) as files:
        sheets = files[_SHEETS]
        others = {number: rows for number, rows in files.items() if number != _SHEETS}
        while (project := sheets.project) is not None:
            for number, rows in others.items():
                yield from _orphans(tables[number].file.label, rows, project)
            own = {number: files[number].take(project) if number in files else [] for number in FILES}
            try:
                yield _sheet(project, year, own, years)
            except Misfit as misfit:
                yield _refusal(project, year, own[_SHEETS][0], misfit)
        for number, rows in others.items():
            yield from _orphans(tables[number].file.label, rows, None)


def _missing(files: YearFiles) -> Iterator[Refusal]:
    folder = os.path.dirname(files.files[0].path)
    for kind in FILES.values():
        name = file_name(kind.number, files.year)
        if name in files.missing:
            loss = f"the sheets come in without {kind.gives}" if kind.gives else "no sheet is the poorer for it"
            yield Refusal(os.path.join(folder, name), "", f"the file is missing; {loss}", kind=REMARK)


def read_year(files: YearFiles) -> Iterator[Sheet | Refusal]:
    """Give the sheets of one year in the order of their project IDs, and what did not fit where it is met.

    First every file is read through once, so that a damaged one is an error before any sheet is given.

    Raises:
        DataError: file 1-1 is missing, or a file is damaged.
    """
    there = {file.number: file for file in files.files}
    if _SHEETS not in there:
        name = file_name(_SHEETS, files.year)
        raise DataError(f"{name} is missing, and without it no sheet can be told.", Path(files.files[0].path).parent)
    reports = [*_missing(files)]
    for copy in files.left_out:
        reason = f"a second {copy.number} of {copy.year}; {there[copy.number].label} is read"
        reports.append(Refusal(copy.label, "", reason, kind=REMARK))
    tables: dict[str, Table] = {}
    for number, file in there.items():
        if not FILES[number].gives:
            continue
        table, refusals = examine(file)
        reports += refusals
        if table is not None:
            tables[number] = table
        elif number == _SHEETS:
            raise DataError(f"{refusals[-1].reason}.", Path(file.label))
    yield from reports
    yield from _joined(files.year, tables)


def read(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Sheet | Refusal]:
    """Give the sheets of the RS system in files, ZIPs and folders, year by year.

    One project that does not fit is refused whole and the rest goes on; what is missing of the fifteen files of a year,
    and columns that are missing or unknown, are said in the same manner.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "1-1_RS_2024_基本情報_組織情報.csv")
    ...     _ = path.write_text("予算事業ID,事業名,所管府省庁\\n884,法教育の推進,法務省\\n", encoding="utf-8")
    ...     [found.key for found in read([folder]) if isinstance(found, Sheet)]
    [(2024, '法務省', '884')]

    Raises:
        DataError: a path is no file of the RS system, a file is damaged, or 1-1 of a year is missing.
    """
    for files in files_of(paths):
        yield from read_year(files)
