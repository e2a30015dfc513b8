"""What the things of a review sheet are called: ministries, sheets, bodies. ASCII, and the same from run to run.

A sheet is named by year, ministry and number. From these comes its key ``rs2019-mext-0266``, with which the IRI of
everything that only this sheet says begins.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from stigraph.ingest.model import Sheet
from stigraph.vocab import ID, SHEETS

__all__ = [
    "CATALOGUE_OF_SHEETS",
    "Bodies",
    "bodies",
    "corporate_number",
    "duplicate_keys",
    "is_ministry",
    "ministry_in_english",
    "ministry_iri",
    "ministry_slug",
    "number_slug",
    "programme_iri",
    "sheet_key",
    "sheet_slug",
    "source_iri",
]

CATALOGUE_OF_SHEETS = SHEETS

_SLUGS = {
    "内閣官房": "cas",
    "内閣法制局": "clb",
    "人事院": "jinjiin",
    "内閣府": "cao",
    "宮内庁": "iha",
    "公正取引委員会": "jftc",
    "国家公安委員会": "npsc",
    "警察庁": "npa",
    "個人情報保護委員会": "ppc",
    "カジノ管理委員会": "jcrc",
    "金融庁": "fsa",
    "消費者庁": "caa",
    "こども家庭庁": "cfa",
    "デジタル庁": "digital",
    "復興庁": "reconstruction",
    "総務省": "mic",
    "法務省": "moj",
    "外務省": "mofa",
    "財務省": "mof",
    "文部科学省": "mext",
    "厚生労働省": "mhlw",
    "農林水産省": "maff",
    "経済産業省": "meti",
    "国土交通省": "mlit",
    "環境省": "env",
    "原子力規制委員会": "nra",
    "防衛省": "mod",
}
_ENGLISH = {
    "cas": "Cabinet Secretariat",
    "clb": "Cabinet Legislation Bureau",
    "jinjiin": "National Personnel Authority",
    "cao": "Cabinet Office",
    "iha": "Imperial Household Agency",
    "jftc": "Japan Fair Trade Commission",
    "npsc": "National Public Safety Commission",
    "npa": "National Police Agency",
    "ppc": "Personal Information Protection Commission",
    "jcrc": "Japan Casino Regulatory Commission",
    "fsa": "Financial Services Agency",
    "caa": "Consumer Affairs Agency",
    "cfa": "Children and Families Agency",
    "digital": "Digital Agency",
    "reconstruction": "Reconstruction Agency",
    "mic": "Ministry of Internal Affairs and Communications",
    "moj": "Ministry of Justice",
    "mofa": "Ministry of Foreign Affairs",
    "mof": "Ministry of Finance",
    "mext": "Ministry of Education, Culture, Sports, Science and Technology",
    "mhlw": "Ministry of Health, Labour and Welfare",
    "maff": "Ministry of Agriculture, Forestry and Fisheries",
    "meti": "Ministry of Economy, Trade and Industry",
    "mlit": "Ministry of Land, Infrastructure, Transport and Tourism",
    "env": "Ministry of the Environment",
    "nra": "Nuclear Regulation Authority",
    "mod": "Ministry of Defense",
}
_SHORT_FORMS = {
    "官房": "cas",
    "法制": "clb",
    "人事": "jinjiin",
    "府": "cao",
    "宮内": "iha",
    "公取": "jftc",
    "警察": "npa",
    "個情": "ppc",
    "カジノ": "jcrc",
    "金融": "fsa",
    "消費": "caa",
    "こども": "cfa",
    "デジ": "digital",
    "復興": "reconstruction",
    "総務": "mic",
    "法務": "moj",
    "外務": "mofa",
    "財務": "mof",
    "文科": "mext",
    "厚労": "mhlw",
    "農水": "maff",
    "経産": "meti",
    "国交": "mlit",
    "環境": "env",
    "原規": "nra",
    "防衛": "mod",
}
_MINISTRY = re.compile(r"[一-鿿ぁ-んァ-ヶー]{1,20}(?:省|府|庁|院|局|官房|委員会|本部)")
_YEAR_AND_MINISTRY = re.compile(rf"(\d{{4}})-({'|'.join(_SHORT_FORMS)})-")
_SEPARATORS = re.compile(r"[\s‐-―−_/・.]+")
_SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNSAFE = re.compile(r"[^a-z0-9-]+")
_DIGITS = 13
_ROUNDED = "000000"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


@cache
def is_ministry(name: str) -> bool:
    """Tell whether a name can be that of a ministry.

    >>> is_ministry("文部科学省"), is_ministry("防災庁"), is_ministry("2019"), is_ministry("")
    (True, True, False, False)
    """
    return _MINISTRY.fullmatch(_plain(name)) is not None


def ministry_in_english(name: str) -> str | None:
    """Give the English name that a ministry goes by; None for one that is not in the list.

    >>> ministry_in_english("復興庁"), ministry_in_english("防災庁")
    ('Reconstruction Agency', None)
    """
    return _ENGLISH.get(ministry_slug(name))


@cache
def ministry_slug(name: str) -> str:
    """Give the short name of a ministry; one that is not in the list gets one from its letters.

    >>> ministry_slug("文部科学省"), ministry_slug("復興庁")
    ('mext', 'reconstruction')
    """
    plain = _plain(name)
    return _SLUGS.get(plain) or f"ministry-{_hash(plain)}"


def number_slug(number: str, year: int, ministry: str) -> str:
    """Give the number of a sheet in the letters of an IRI.

    From FY2021 the printed number repeats year and ministry, which the key has already. A few numbers repeat another
    ministry than that of the sheet; it then stays in the slug, since the ministry's own sheet of that number is there
    too. Where something is left that no IRI can hold, a fingerprint of the printed number keeps it apart from others.

    >>> number_slug("新27-0047-1", 2015, "国土交通省"), number_slug("2021-カジノ-20-0001", 2021, "カジノ管理委員会")
    ('new27-0047-1', '20-0001')
    >>> number_slug("2021-経産-20-0437", 2021, "国土交通省")
    'meti-20-0437'
    """
    form = _SEPARATORS.sub("-", unicodedata.normalize("NFKC", number).strip().lower())
    match = _YEAR_AND_MINISTRY.match(form)
    if match and match[1] == str(year):
        other = _SHORT_FORMS[match[2]]
        form = form[match.end() :] if other == ministry_slug(ministry) else f"{other}-{form[match.end() :]}"
    form = form.replace("新", "new")
    if _SAFE.fullmatch(form):
        return form
    rest = re.sub("-{2,}", "-", _UNSAFE.sub("-", form)).strip("-")
    return f"{rest}-{_hash(number)}" if rest else _hash(number)


@lru_cache(maxsize=4096)
def sheet_slug(year: int, ministry: str, number: str) -> str:
    """Give the key of a sheet.

    >>> sheet_slug(2021, "カジノ管理委員会", "2021-カジノ-20-0001")
    'rs2021-jcrc-20-0001'
    """
    return f"rs{year}-{ministry_slug(ministry)}-{number_slug(number, year, ministry)}"


def sheet_key(sheet: Sheet) -> str:
    """Give the key with which the IRIs of a sheet begin."""
    return sheet_slug(sheet.year, sheet.ministry, sheet.number)


def source_iri(sheet: Sheet) -> str:
    """Give the IRI of a sheet, which is that of its named graph too."""
    return f"{ID}source/{sheet_key(sheet)}"


def programme_iri(first: Sheet) -> str:
    """Give the IRI of a programme that is known only from sheets, from the first of them."""
    return f"{ID}programme/rs-{sheet_key(first).removeprefix('rs')}"


def duplicate_keys(sheets: Iterable[tuple[int, str, str]]) -> dict[str, list[tuple[int, str, str]]]:
    """Find sheets (year, ministry, number) that would share a key; none do in the whole corpus of FY2015-2023.

    >>> duplicate_keys([(2019, "文部科学省", "0001"), (2019, "文部科学省", "０００１")])
    {'rs2019-mext-0001': [(2019, '文部科学省', '0001'), (2019, '文部科学省', '０００１')]}
    """
    found: dict[str, list[tuple[int, str, str]]] = {}
    for sheet in sheets:
        found.setdefault(sheet_slug(*sheet), []).append(sheet)
    return {key: those for key, those in found.items() if len(those) > 1}


def corporate_number(text: str | None) -> str | None:
    """Read a corporate number (法人番号): 13 digits of which the first checks the others; None for anything else.

    One that ends in six zeros was rounded by a spreadsheet (4.0104E+12) and is no body's, though its digits may check.

    >>> corporate_number("４０３０００５０１２５７０"), corporate_number("4030005012571"), corporate_number("0")
    ('4030005012570', None, None)
    >>> corporate_number("1000020200000"), corporate_number("4010400000000")
    ('1000020200000', None)
    """
    if text is None:
        return None
    digits = text
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdecimal()):
        digits = unicodedata.normalize("NFKC", text).strip()
        if len(digits) != _DIGITS or not (digits.isascii() and digits.isdecimal()):
            return None
    if digits.endswith(_ROUNDED):
        return None
    numerals = digits.encode()
    total = sum(numerals[12:0:-2]) + 2 * sum(numerals[11:0:-2]) - 18 * ord("0")
    return digits if 9 - total % 9 == numerals[0] - ord("0") else None


class Bodies(NamedTuple):
    """The curated bodies that sheets speak of, and what curated programmes are called.

    Attributes:
        by_number: corporate number to IRI.
        by_name: a full Japanese name, without blanks and in one width, to IRI; names that are two bodies' are left out.
        labels: IRI to Japanese label.
        programmes: IRI of a programme to its Japanese label.
    """

    by_number: dict[str, str]
    by_name: dict[str, str]
    labels: dict[str, str]
    programmes: dict[str, str]


_SHORTEST_NAME = 3
_ORGANIZATION = ID + "organization/"
_PROGRAMME = ID + "programme/"


@cache
def bodies() -> Bodies:
    """Read the curated bodies and programmes from the catalogue and the source documents, once."""
    import pyoxigraph as ox

    from stigraph.resources import data_folder, input_files, ontology_folder

    numbers: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    programmes: dict[str, str] = {}
    for file in input_files(data_folder(), ontology_folder()):
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            iri, value = quad.subject.value, quad.object
            term = quad.predicate.value.rpartition("#")[2]
            if iri.startswith(_PROGRAMME) and term == "prefLabel" and value.language == "ja":
                programmes[iri] = value.value
            if not iri.startswith(_ORGANIZATION):
                continue
            if term == "notation" and corporate_number(value.value):
                numbers[value.value] = iri
            elif term in {"prefLabel", "altLabel"} and value.language == "ja":
                names.setdefault(_plain(value.value), set()).add(iri)
                if term == "prefLabel":
                    labels[iri] = value.value
    unique = {name: min(iris) for name, iris in names.items() if len(iris) == 1 and len(name) >= _SHORTEST_NAME}
    return Bodies(numbers, unique, labels, programmes)


@cache
def ministry_iri(name: str) -> str:
    """Give the IRI of a ministry: the curated one where there is one of this name.

    >>> ministry_iri("文部科学省"), ministry_iri("厚生労働省")
    ('https://w3id.org/stigraph/id/organization/mext', 'https://w3id.org/stigraph/id/organization/mhlw')
    """
    return bodies().by_name.get(_plain(name)) or f"{ID}organization/{ministry_slug(name)}"
