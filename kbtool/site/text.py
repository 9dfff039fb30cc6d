"""Words for pages: days, numbers, addresses that may be links, and texts that every browser reads as what they are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote

from pydantic_core import to_json

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n?")
_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def web_address(text: str | None) -> str | None:
    """The text where it may become a link: an http or https address without blanks or brackets; else None."""
    return text if text and _WEB.fullmatch(text) else None


def identifier_links(identifiers: dict[str, object]) -> list[tuple[str, str, str | None]]:
    """Name, number and web address of each identifier that was seen; the address is None where no form is known.

    The addresses are those at which the DOI Foundation, PubMed, PubMed Central and ClinicalTrials.gov resolve theirs.
    """
    found: list[tuple[str, str, str | None]] = []
    for key, name, stem in _RESOLVERS:
        if number := identifiers.get(key):
            found.append((name, str(number), f"{stem}{quote(str(number), safe='/()')}"))
    for number in _texts(identifiers.get("registry")):
        is_nct = re.fullmatch(r"NCT[0-9]{8}", number)
        found.append(("Registration", number, f"https://clinicaltrials.gov/study/{number}" if is_nct else None))
    return [*found, *(("Other", number, None) for number in _texts(identifiers.get("other")))]


_RESOLVERS = (
    ("doi", "DOI", "https://doi.org/"),
    ("pmid", "PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
    ("pmcid", "PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/"),
)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def long_day(day: str | None) -> str:
    """A day in words, the same in every locale; empty for none.

    >>> long_day("2026-11-03")
    '3 November 2026'
    """
    if not day:
        return ""
    found = date.fromisoformat(day)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "claim"), counted(2, "study", "studies"), counted(1200, "claim")
    ('1 claim', '2 studies', '1,200 claims')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(part: int, whole: int) -> str:
    """A share as text: whole percents, but neither 0 nor 100 for what is neither none nor all.

    >>> percent(0, 0), percent(1, 3), percent(1, 999), percent(998, 999), percent(5, 5)
    ('0%', '33%', 'under 1%', 'over 99%', '100%')
    """
    if part <= 0 or whole <= 0:
        return "0%"
    share = 100 * part / whole
    if part < whole and share > 99:
        return "over 99%"
    return "under 1%" if share < 1 else f"{round(share)}%"


def cleaned(value: Any) -> Any:
    r"""JSON values in which every text can stand in a page: line ends LF, and U+FFFD for each control character.

    Browsers drop some controls, show others and disagree on which. A text may get shorter where it has `\r\n`; texts
    that positions point into go through `cleaned_text` instead. A value without any such text is given back itself.
    """
    return value if _is_clean(value) else _cleaned(value)


def _is_clean(value: Any) -> bool:
    """Tell whether no text has anything odd, from the whole as JSON, which is far sooner than text by text.

    JSON writes controls below U+0020 as escapes, of which those of line feed and tab may stay; where a text holds a
    backslash before one of these letters it only looks so, and is gone through for nothing. All others it keeps.
    """
    text = to_json(value).decode()
    return text.isprintable() and not _ESCAPED.search(text)


_ESCAPED = re.compile(r"\\[bfru]")


def _cleaned(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return _BREAKS.sub("\n", _CONTROLS.sub("\ufffd", value))
    if kind is dict:
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if kind is list else value


def cleaned_text(text: str) -> str:
    """A text with U+FFFD for each control character and a blank for each carriage return, at the same positions."""
    return _CONTROLS.sub("\ufffd", text).replace("\r", " ")


TOP = "\x01"
"""Stands in a page, until it is finished, for the way up to the site's folder; no cleaned text has this character."""


def html_bytes(page: str, root: str) -> bytes:
    """A finished page: addresses that begin with `TOP` made relative. One byte is found far sooner than several."""
    return page.encode().replace(TOP.encode(), root.encode())
