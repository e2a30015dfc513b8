"""Records out of files: one JSON object a line, one a file or a list of them, packed or not, alone or in folders.

A database of review sheets comes as NDJSON, as one JSON array, or as folders (year, ministry) with one JSON file for
each sheet. Lines are streamed; only a file that is one JSON document is read whole.
"""

import gzip
import hashlib
import json
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn, cast

from stigraph.errors import DataError
from stigraph.ingest.refusals import Refusal

__all__ = ["LARGEST_DOCUMENT", "LONGEST_LINE", "Record", "files_of", "records", "records_of"]

LONGEST_LINE = 64 * 1024 * 1024
LARGEST_DOCUMENT = 1024 * 1024 * 1024
_LINES = (".ndjson", ".jsonl")
_TEXTS = (*_LINES, ".json")
_PACKED = (".xz", ".gz")
_KINDS = (*_TEXTS, *_PACKED, ".zip")
_BOM = b"\xef\xbb\xbf"
# zipfile raises NotImplementedError for a compression that it does not know, RuntimeError for an encrypted member.
_UNREADABLE = (OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Record(NamedTuple):
    """One JSON object as it was found.

    Attributes:
        path: the file; for a member of an archive, both: ``sheets.zip/2019/0001.json``.
        place: where in it: ``line 12``, ``element 3``; empty where the object is the whole file.
        fields: the object.
        sha256: fingerprint of its text: of the line, of the file, or of the element written anew.
    """

    path: str
    place: str
    fields: dict[str, Any]
    sha256: str


def files_of(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """List the files that can be read, each once: those named, and those of the kinds known in the folders named.

    Raises:
        DataError: a path is not there, is of no known kind, or a folder holds nothing that can be read.
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        if path.is_dir():
            members = list(_members_of(path))
            if not members:
                raise DataError(f"this folder holds no file that can be read ({', '.join(_KINDS)}).", path)
        elif not path.exists():
            raise DataError("there is no such file or folder.", path)
        elif not path.is_file():
            raise DataError("this is no file that can be read from its beginning to its end.", path)
        elif not path.name.lower().endswith(_KINDS):
            raise DataError(f"this is no kind of file that can be read ({', '.join(_KINDS)}).", path)
        else:
            members = [path]
        for member in members:
            found.setdefault(os.path.realpath(member), member)
    return list(found.values())


def _members_of(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> NoReturn:
        raise DataError(f"this folder cannot be read ({error.strerror}).", Path(error.filename)) from error

    for parent, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.lower().endswith(_KINDS) and not name.startswith(".") and path.is_file():
                yield path


def records(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Record | Refusal]:
    """Yield every record of files and folders, in order; what is no JSON object comes as a Refusal.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.ndjson").write_text('{"公開年度": 2019}\\n[1]\\n', encoding="utf-8")
    ...     [type(found).__name__ + " " + found.place for found in records([folder])]
    ['Record line 1', 'Refusal line 2']

    Raises:
        DataError: a file is not there, cannot be unpacked or breaks off.
    """
    for path in files_of(paths):
        yield from records_of(path)


def records_of(path: Path) -> Iterator[Record | Refusal]:
    """Yield every record of one file. Raises as `records` does."""
    try:
        if path.name.lower().endswith(".zip"):
            yield from _records_of_archive(path)
        else:
            with path.open("rb") as stream:
                yield from _records_of_stream(stream, path.name, str(path))
    except DataError:
        raise
    except _UNREADABLE as error:
        raise DataError(f"this file cannot be read ({_cause(error)}); fetch it again.", path) from error


def _cause(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _records_of_archive(path: Path) -> Iterator[Record | Refusal]:
    with zipfile.ZipFile(path) as archive:
        members = [entry for entry in archive.infolist() if _is_member(entry.filename)]
        if not members:
            raise DataError(f"this archive holds no file that can be read ({', '.join((*_TEXTS, *_PACKED))}).", path)
        for member in sorted(members, key=lambda entry: entry.filename):
            with archive.open(member) as stream:
                yield from _records_of_stream(stream, member.filename, f"{path}/{member.filename}")


def _is_member(name: str) -> bool:
    """Tell whether a member may hold sheets: not what is hidden, and not what macOS puts beside each file."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return name.lower().endswith((*_TEXTS, *_PACKED)) and not hidden


def _records_of_stream(stream: IO[bytes], name: str, path: str) -> Iterator[Record | Refusal]:
    name = name.lower()
    if name.endswith(_PACKED):
        with lzma.open(stream) if name.endswith(".xz") else gzip.open(stream) as unpacked:
            yield from _records_of_stream(cast("IO[bytes]", unpacked), name[: name.rindex(".")], path)
    elif name.endswith(".json"):
        content = stream.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            limit = f"{LARGEST_DOCUMENT >> 20:,} MiB"
            raise DataError(f"one JSON text of more than {limit}; write it as .ndjson, one record a line.", Path(path))
        yield from _records_of_document(content, path)
    else:
        yield from _records_of_lines(stream, path)


def _records_of_lines(stream: IO[bytes], path: str) -> Iterator[Record | Refusal]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        place = f"line {number}"
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield Refusal(path, place, f"the line is longer than {LONGEST_LINE >> 20} MiB.")
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        text = line.strip()
        if text:
            yield _record(text, path, place)


def _record(text: bytes, path: str, place: str) -> Record | Refusal:
    value = _parse(text)
    if isinstance(value, _Broken):
        return Refusal(path, place, value.reason)
    if not isinstance(value, dict):
        return Refusal(path, place, f"not a JSON object but {_KIND_OF.get(type(value), 'a number')}.")
    return Record(path, place, value, hashlib.sha256(text).hexdigest())


def _records_of_document(content: bytes, path: str) -> Iterator[Record | Refusal]:
    text = content.removeprefix(_BOM).strip()
    value = _parse(text)
    if isinstance(value, _Broken):
        if value.more and b"\n" in text:
            lines = (line.strip() for line in text.split(b"\n"))
            yield from (_record(line, path, f"line {number}") for number, line in enumerate(lines, start=1) if line)
        else:
            yield Refusal(path, "", value.reason)
    elif isinstance(value, list):
        for number, element in enumerate(value, start=1):
            written = json.dumps(element, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
            yield _record(written, path, f"element {number}")
    else:
        yield _record(text, path, "")


class _Broken(NamedTuple):
    """Why a text is not JSON; ``more`` where one JSON text ends and another follows."""

    reason: str
    more: bool = False


_KIND_OF = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _parse(text: bytes) -> Any:
    try:
        return _DECODER.decode(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _Broken(f"not UTF-8 (byte {error.start + 1}).")
    except json.JSONDecodeError as error:
        return _broken(error)
    except RecursionError:
        return _Broken("not JSON that can be read: it is nested too deeply.")
    except ValueError as error:
        return _Broken(f"not JSON: {str(error).split(';', maxsplit=1)[0]}.")


def _broken(error: json.JSONDecodeError) -> _Broken:
    if error.msg == "Extra data":
        return _Broken("not JSON: something follows the end of the object.", more=True)
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return _Broken("not JSON: it breaks off before its end.")
    return _Broken(f"not JSON: {error.msg} (character {error.pos + 1}).")
