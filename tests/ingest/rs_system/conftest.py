"""What the tests of the RS system share: the real samples, and files of a year made for one test."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from stigraph.ingest.model import Sheet
from stigraph.ingest.rs_system import FILES, file_name, read

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "rs-sample"

Rows = Iterable[Mapping[str, object]]


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("needs the samples of the RS system (../shared/corpus/rs-sample)")
    return SAMPLES


@pytest.fixture(scope="session")
def sheets(samples: Path) -> Mapping[tuple[int, str], Sheet]:
    """The sheets of the samples by year and project."""
    found = [item for item in read([samples]) if isinstance(item, Sheet)]
    return {(sheet.year, sheet.number): sheet for sheet in found}


@pytest.fixture(scope="session")
def columns() -> Callable[[str], list[str]]:
    """Give the headings of one of the fifteen files."""

    def given(number: str) -> list[str]:
        kind = FILES[number]
        years = [str(year) for year in range(2021, 2031)] if kind.by_year else []
        return [*kind.needed, *kind.columns, *years]

    return given


def _as_published(headings: Sequence[str], rows: Rows, number: str, year: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    unit = "所管府省庁" if number == "1-1" else "政策所管府省庁"
    for row in rows:
        given: Mapping[str, object] = {
            "シート種別": "レビューシート",
            "事業年度": year,
            "事業名": f"事業{row.get('予算事業ID')}",
            unit: "文部科学省",
            "府省庁": "文部科学省",
            **row,
        }
        writer.writerow([given.get(heading, "") for heading in headings])
    return ("\ufeff" + text.getvalue()).encode()


@pytest.fixture
def write(tmp_path: Path, columns: Callable[[str], list[str]]) -> Callable[..., Path]:
    """Write one of the fifteen files as it is published: byte order mark, CRLF, quotes where needed."""

    def written(number: str, rows: Rows, headings: Sequence[str] | None = None, year: int = 2024) -> Path:
        path = tmp_path / file_name(number, year)
        path.write_bytes(_as_published(headings or columns(number), rows, number, year))
        return path

    return written


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """Pack files into a ZIP, as bytes: names and contents by turns."""

    def packed(*names_and_contents: str | bytes) -> bytes:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in zip(names_and_contents[::2], names_and_contents[1::2], strict=True):
                target.writestr(str(name), content)
        return archive.getvalue()

    return packed
