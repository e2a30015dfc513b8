"""The sheets that a store was given, as they were read: one row a sheet, replaced when it is read again."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from stigraph.ingest.identity import sheet_key
from stigraph.ingest.model import Amount, EarlierSheet, Measure, Payment, PlanNamed, Review, Sheet, Step, Value

__all__ = ["KeptSheet", "KeptSheets", "keep"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sheet (
  key TEXT PRIMARY KEY, year INTEGER, ministry TEXT, number TEXT, name TEXT, body BLOB
) WITHOUT ROWID
"""


class KeptSheet(NamedTuple):
    """A sheet as a row: its key, what names it, and the whole of it, compressed."""

    key: str
    year: int
    ministry: str
    number: str
    name: str
    body: bytes


def keep(sheet: Sheet) -> KeptSheet:
    """Make the row of a sheet; equal sheets make equal rows."""
    text = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
    body = zlib.compress(text.encode("utf-8", "surrogatepass"), 3)
    return KeptSheet(sheet_key(sheet), sheet.year, sheet.ministry, sheet.number, sheet.name, body)


class KeptSheets:
    """A file of sheets, in the order of their keys; without a path one that has no name and ends with its process."""

    def __init__(self, path: Path | None) -> None:
        self._file = sqlite3.connect(path or "", isolation_level=None)
        self._file.execute(_SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        """Count the sheets."""
        (count,) = self._file.execute("SELECT count(*) FROM sheet").fetchone()
        return int(count)

    def add(self, rows: Iterable[KeptSheet]) -> int:
        """Add sheets, each in place of what bears its key; give how many were replaced."""
        before, added = len(self), 0
        self._file.execute("BEGIN")
        for row in rows:
            self._file.execute("INSERT OR REPLACE INTO sheet VALUES (?, ?, ?, ?, ?, ?)", row)
            added += 1
        self._file.execute("COMMIT")
        return before + added - len(self)

    def all(self) -> Iterator[KeptSheet]:
        """Give every row, in the order of their keys."""
        return (KeptSheet(*row) for row in self._file.execute("SELECT * FROM sheet ORDER BY key"))

    def groups(self) -> dict[str, tuple[int, str]]:
        """Give the year and the ministry of each sheet, by its key."""
        return {
            key: (year, ministry) for key, year, ministry in self._file.execute("SELECT key, year, ministry FROM sheet")
        }

    def keys(self) -> list[str]:
        """List the keys, in order."""
        return [row[0] for row in self._file.execute("SELECT key FROM sheet ORDER BY key")]

    def between(self, first: str, last: str) -> Iterator[Sheet]:
        """Read the sheets from one key to another, both included, in order."""
        rows = self._file.execute("SELECT body FROM sheet WHERE key BETWEEN ? AND ? ORDER BY key", [first, last])
        return (_sheet(json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))) for (body,) in rows)

    def digest(self) -> str:
        """Give a fingerprint of everything that is kept."""
        digest = hashlib.sha256()
        for key, body in self._file.execute("SELECT key, body FROM sheet ORDER BY key"):
            digest.update(f"{key} {len(body)}\n".encode())
            digest.update(body)
        return digest.hexdigest()


def _sheet(fields: list[Any]) -> Sheet:
    """Make a sheet again of what JSON made of it."""
    told = dict(zip(Sheet._fields, fields, strict=False))
    told |= {name: tuple(told[name]) for name in ("accounts", "methods", "areas")}
    told["amounts"] = tuple(Amount(*item) for item in told["amounts"])
    told["payments"] = tuple(Payment(*item) for item in told["payments"])
    told["earlier"] = tuple(EarlierSheet(*item) for item in told["earlier"])
    told["plans"] = tuple(PlanNamed(*item) for item in told["plans"])
    told["measures"] = tuple(_measure(item) for item in told["measures"])
    told["steps"] = tuple(_step(*item) for item in told.get("steps", ()))
    told["pages"] = tuple(told.get("pages", ()))
    told["reviews"] = tuple(Review(*item) for item in told.get("reviews", ()))
    return Sheet(**told)


def _measure(fields: list[Any]) -> Measure:
    measure = Measure(*fields)
    return measure._replace(values=tuple(Value(*item) for item in measure.values))


def _step(text: str, place: str, origin: str | None, goals: list[str]) -> Step:
    return Step(text, place, origin, tuple(goals))
