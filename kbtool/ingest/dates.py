"""Days and languages as files spell them, in the one form that records take; None for what is neither."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"\s*([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?![0-9])")
_PACKED = re.compile(r"\s*(?:D:)?([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPELLED = re.compile(
    rf"\s*(?:(?P<before>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
    r"\s+(?:(?P<after>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>[0-9]{4})\b",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def partial_day(words: str | None) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD of a stamp in ISO 8601, of a PDF ("D:20200131…"), or in English words.

    Figures whose order nobody can tell ("03/04/2020") give None.
    """
    if words is None:
        return None
    if found := _PACKED.match(words) or _ISO.match(words):
        return _joined(*found.groups())
    if found := _SPELLED.match(words):
        month = _MONTHS.index(found["month"].lower()) + 1
        return _joined(found["year"], str(month), found["before"] or found["after"])
    return None


def _joined(year: str, month: str | None, day: str | None) -> str | None:
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else whole[:4]


def language_tag(words: str | None) -> str | None:
    """A language tag as source records take it: "en_us" becomes "en-us", nonsense None."""
    tag = (words or "").strip().replace("_", "-")
    first, dash, rest = tag.partition("-")
    tag = first.lower() + dash + rest
    return tag if _LANGUAGE.fullmatch(tag) else None


def folded_or_none(words: str | None) -> str | None:
    """Words with single spaces, or None where there are none."""
    return " ".join((words or "").split()) or None
