"""What an evidence record is called on pages: a short name from authors and year, and how it was seen, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

SEEN: Mapping[str, str] = {
    "full-text": "full text",
    "abstract": "abstract only",
    "second-hand": "second hand",
    "not-seen": "not seen",
}
"""How a work was seen, in words."""

_LONGEST = 60


def short_name(record: JsonObject) -> str:
    """Authors and year; of a work without authors its issuer, container or title and the year; never blank.

    >>> short_name({"id": "x", "citation": {"author": [{"family": "Doe"}, {"family": "Roe"}], "issued": "2011-05"}})
    'Doe & Roe 2011'
    """
    citation = record["citation"]
    names = [_family(name) for name in citation.get("author", ())]
    who = _who([name for name in names if name])
    what = who or citation.get("publisher") or citation.get("container-title") or citation.get("title") or record["id"]
    return f"{_cut(what)} {citation.get('issued', '')[:4]}".strip()


def _family(name: JsonObject) -> str:
    return str(name.get("literal") or name.get("family") or name.get("given") or "")


def _who(names: list[str]) -> str:
    if len(names) == 2 and "et al" not in names[1]:
        return " & ".join(names)
    return f"{names[0]} et al." if len(names) > 1 else "".join(names)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def state_words(record: JsonObject) -> str:
    """Its status where readers must be warned of it; empty for a work that stands as it is."""
    state = str(record["status"]["state"])
    return "" if state == "current" else state.capitalize()
