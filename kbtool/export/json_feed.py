"""`feed.json`: what a release changed, as a JSON Feed 1.1, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kbtool.release.jsontext import Rows
from kbtool.release.uris import feed_uri

if TYPE_CHECKING:
    from kbtool.export.change_words import Told
    from kbtool.release.jsontext import JsonObject, Parts

JSON_FEED_FILE = "feed.json"
JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(release: JsonObject, entries: Callable[[], Iterator[Told]]) -> Parts:
    """The feed of some entries; what only we have stands in the extension `_kbtool`."""
    stem, publisher = release["base_url"], release["publisher"]
    author = {"name": publisher["name"], **({"url": publisher["url"]} if publisher.get("url") else {})}
    return {
        "version": JSON_FEED_VERSION,
        "title": f"{release['title']}: changes",
        "description": release["description"],
        "home_page_url": stem,
        "feed_url": feed_uri(stem, JSON_FEED_FILE),
        "language": release["language"],
        "authors": [author],
        "items": Rows(lambda: (_item(entry, release) for entry in entries())),
        "_kbtool": {
            "release": release["id"],
            "as_of": release["as_of"],
            "valid_until": release["valid_until"],
            "notice": release["notice"],
            "intended_use": release["intended_use"],
            "licence": release["licences"]["data"],
        },
    }


def _item(told: Told, release: JsonObject) -> JsonObject:
    entry = told.entry
    return {
        "id": entry["change_uri"],
        "url": entry["uri"],
        "title": told.title,
        "content_html": told.html,
        "content_text": "\n\n".join(told.paragraphs),
        "date_modified": f"{release['as_of']}T00:00:00Z",
        "tags": list(dict.fromkeys(change["kind"] for change in entry["changes"])),
        "_kbtool": {name: entry[name] for name in ("id", "state", "changes", "claim", "held", "withdrawn")},
    }
