"""The DataFeed of a release without its reviews: its own properties, what is held, and tombstones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kbtool.export.property_value import property_value
from kbtool.export.rating_scale import RATING_SCALE
from kbtool.release.uris import claim_uri, release_uri

if TYPE_CHECKING:
    from kbtool.export.claimreview_item import Shelves
    from kbtool.release.jsontext import JsonObject


def feed_head(shelves: Shelves) -> JsonObject:
    """The feed's own properties: which release it is, what it is for, its scale of ratings."""
    header = shelves.header
    use = header["intended_use"]
    until = {"expires": _day_after(header["valid_until"])} if header["valid_until"] else {}
    status = {"creativeWorkStatus": header["notice"]} if header["notice"] else {}
    return {
        "@type": "DataFeed",
        "@id": release_uri(shelves.stem, header["id"]),
        "name": header["title"],
        "description": header["description"],
        "inLanguage": header["language"],
        "version": header["id"],
        "dateModified": header["as_of"],
        "publisher": shelves.publisher,
        **until,
        **status,
        "license": shelves.licence,
        "sdLicense": shelves.licence,
        "additionalProperty": [
            property_value("rating-scale", _scale(shelves)),
            property_value("intended-use", use["is_for"]),
            *(property_value("not-intended-use", words) for words in use["is_not"]),
            *([property_value("previous-release", header["previous"])] if header["previous"] else []),
            *shelves.release,
        ],
    }


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _scale(shelves: Shelves) -> str:
    """The numbers in words, e.g. `1 = Contradicted; 2 = Partly supported`, of the ratings that the vocabulary has."""
    ratings = shelves.parts["vocabulary"]["ratings"]
    return "; ".join(f"{number} = {ratings[code]['label']}" for code, number in RATING_SCALE.items() if code in ratings)


def absent_elements(shelves: Shelves) -> Iterator[JsonObject]:
    """What is held, then a tombstone for each claim that was withdrawn."""
    for held in shelves.parts["held"]:
        yield _element(claim_uri(shelves.stem, held["id"]), "Held", _held(held))
    for gone in shelves.parts["withdrawn"]:
        deleted = {"dateDeleted": gone["on"]} if gone["on"] else {}
        yield _element(gone["uri"], "Withdrawn", _withdrawn(gone, shelves.stem)) | deleted


def _element(uri: str, status: str, properties: list[JsonObject]) -> JsonObject:
    claim = {"@type": "Claim", "@id": uri, "creativeWorkStatus": status, "additionalProperty": properties}
    return {"@type": "DataFeedItem", "url": uri, "name": status, "item": [claim]}


def _held(held: JsonObject) -> list[JsonObject]:
    return [
        property_value("claim-id", held["id"]),
        property_value("held", held["reason"]),
        property_value("standing", held["standing"], name=held["standing_label"]),
    ]


def _withdrawn(gone: JsonObject, stem: str) -> list[JsonObject]:
    said = [property_value("claim-id", gone["id"]), property_value("withdrawn", gone["reason"])]
    if gone["successor"]:
        said.append(property_value("successor", gone["successor"], url=claim_uri(stem, gone["successor"])))
    return said
