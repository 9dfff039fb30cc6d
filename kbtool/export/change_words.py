"""An entry of a feed in words: its title, and its paragraphs with every caveat, for readers who see nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kbtool.export.readable import account_of

if TYPE_CHECKING:
    from kbtool.export.readable import Citation
    from kbtool.release.jsontext import JsonObject

_HIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]")
_SHOWN = (
    {chr(code): chr(0x2400 + code) for code in range(0x20)}
    | {"\x7f": "\u2421"}
    | dict.fromkeys("\ufffe\uffff", "\ufffd")
)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with its words, which are the same in both feeds."""

    entry: JsonObject
    title: str
    paragraphs: tuple[str, ...]
    html: str
    """The paragraphs as HTML."""


def told(entry: JsonObject, release: JsonObject, citation: Citation) -> Told:
    """An entry with its words."""
    paragraphs = tuple(paragraphs_of(entry, release, citation))
    return Told(entry, title_of(entry), paragraphs, as_html(paragraphs))


def title_of(entry: JsonObject) -> str:
    """Kinds of change and statement, with verdict and notice: a list of titles must not look like a list of facts."""
    kinds = ", ".join(dict.fromkeys(change["label"] for change in entry["changes"]))
    if entry["claim"] is None:
        return f"{kinds}: {entry['id']}"
    notice = entry["claim"]["review"]["notice"]
    said = f"{kinds}: \u201c{entry['claim']['statement']}\u201d [{entry['claim']['verdict']['label']}"
    return f"{said}; {notice}]" if notice else f"{said}]"


def paragraphs_of(entry: JsonObject, release: JsonObject, citation: Citation) -> Iterator[str]:
    """The claim with its verdict, notice and caveats, or why it is not shown; what changed; which release says so."""
    if entry["claim"] is not None:
        yield f"A document says: \u201c{entry['claim']['statement']}\u201d"
        yield f"Verdict: {entry['claim']['verdict']['label']}."
        yield from account_of(entry["claim"], release["as_of"], citation)
    elif entry["withdrawn"] is not None:
        yield from _tombstone(entry["withdrawn"])
    elif entry["held"] is not None:
        held = entry["held"]
        yield f"Held back: {held['reason']}. Standing: {held['standing_label']}. Do not show this claim any more."
    else:
        yield "This id is in the release no more. Do not show this claim any more."
    yield from map(_change, entry["changes"])
    until = f", valid until {release['valid_until']}" if release["valid_until"] else ""
    yield f"Release {release['id']} as of {release['as_of']}{until}."


def _tombstone(gone: JsonObject) -> Iterator[str]:
    on = f" on {gone['on']}" if gone["on"] else ""
    yield f"Withdrawn{on}: {gone['reason']}. Do not show this claim any more."
    if gone["successor"]:
        yield f"In its place: {gone['successor']}"


def _change(change: JsonObject) -> str:
    """One change on one line, e.g. `Reworded (statement): was “a”; is “b”`."""
    head = f"{change['label']} ({change['what']})" if change["what"] else change["label"]
    sides = [
        f"{verb} \u201c{change[side]}\u201d" for verb, side in (("was", "before"), ("is", "after")) if change[side]
    ]
    return f"{head}: {'; '.join(sides)}" if sides else f"{head}."


def as_html(paragraphs: Iterable[str]) -> str:
    """The paragraphs as HTML, each in its own direction; nothing in them is markup."""
    text = escape("\0".join(map(showable, paragraphs))).replace("\0", '</p><p dir="auto">')
    return f'<p dir="auto">{text}</p>'


def showable(text: str) -> str:
    """The text with a picture in the place of each character that XML cannot hold, such as \u241b for escape."""
    return text if text.isprintable() else _HIDDEN.sub(lambda found: _SHOWN[found[0]], text)
