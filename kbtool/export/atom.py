"""`feed.atom`: what a release changed, as an Atom feed (RFC 4287), piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kbtool.export.change_words import showable
from kbtool.release.uris import feed_uri

if TYPE_CHECKING:
    from kbtool.export.change_words import Told
    from kbtool.release.jsontext import JsonObject

ATOM_FILE = "feed.atom"

_KEPT = {"\r": "&#13;", "\t": "&#9;"}
_IN_ATTRIBUTE = {**_KEPT, "\n": "&#10;", '"': "&quot;"}


def atom_chunks(release: JsonObject, entries: Iterable[Told]) -> Iterator[bytes]:
    """The feed of some entries; each is dated with the day of the release, whatever the clock says."""
    for line in _head(release):
        yield f"{line}\n".encode()
    for entry in entries:
        yield "".join(f"{line}\n" for line in _entry(entry, release)).encode()
    yield b"</feed>\n"


def _head(release: JsonObject) -> Iterator[str]:
    stem = release["base_url"]
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_value(release["language"])}">'
    yield _element("id", feed_uri(stem, ATOM_FILE))
    yield _element("title", f"{release['title']}: changes")
    yield _element("subtitle", _subtitle(release))
    yield _element("updated", _moment(release))
    yield _author(release["publisher"])
    yield _element("rights", release["licences"]["data"])
    yield _link("self", feed_uri(stem, ATOM_FILE), "application/atom+xml")
    yield _link("alternate", stem)


def _subtitle(release: JsonObject) -> str:
    use = release["intended_use"]
    pieces = [f"For {use['is_for']}.", f"Not for: {'; '.join(use['is_not'])}."]
    return " ".join([*pieces, f"{release['notice'].capitalize()}."] if release["notice"] else pieces)


def _entry(told: Told, release: JsonObject) -> Iterator[str]:
    entry = told.entry
    yield "<entry>"
    yield _element("id", entry["change_uri"])
    yield _element("title", told.title)
    yield _element("updated", _moment(release))
    yield _link("alternate", entry["uri"])
    for kind in dict.fromkeys(change["kind"] for change in entry["changes"]):
        yield f'<category term="{_value(kind)}"/>'
    yield f'<content type="html">{_text(told.html)}</content>'
    yield "</entry>"


def _author(publisher: JsonObject) -> str:
    address = _element("uri", publisher["url"]) if publisher.get("url") else ""
    return f"<author>{_element('name', publisher['name'])}{address}</author>"


def _moment(release: JsonObject) -> str:
    """The first moment of the day of the release, UTC."""
    return f"{release['as_of']}T00:00:00Z"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _link(relation: str, address: str, media_type: str = "text/html") -> str:
    return f'<link rel="{relation}" type="{media_type}" href="{_value(address)}"/>'


def _text(text: str) -> str:
    return escape(showable(text), _KEPT)


def _value(text: str) -> str:
    return escape(showable(text), _IN_ATTRIBUTE)
