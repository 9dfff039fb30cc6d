"""The tables of the release itself, of its vocabulary, and of what is not out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.export.rows import listed, vocabulary_terms
from kbtool.export.sqlite_table import SqlTable, count, count_or_null, day, day_or_null, position, text, text_or_null
from kbtool.release.uris import release_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


def _release(document: JsonObject) -> Iterator[JsonObject]:
    release = document["release"]
    checkpoint = release["checkpoint"] or {}
    yield {
        **release,
        "uri": release_uri(release["base_url"], release["id"]),
        "publisher": release["publisher"]["name"],
        "publisher_url": release["publisher"].get("url"),
        **{f"licence_{name}": licence for name, licence in release["licences"].items()},
        "intended_for": release["intended_use"]["is_for"],
        "checkpoint_size": checkpoint.get("size"),
        "checkpoint_root": checkpoint.get("root"),
    }


def _not_for(document: JsonObject) -> Iterator[JsonObject]:
    return listed("use", document["release"]["intended_use"]["is_not"])


def _held(document: JsonObject) -> Iterator[JsonObject]:
    yield from document["held"]


def _withdrawn(document: JsonObject) -> Iterator[JsonObject]:
    return ({**each, "withdrawn_on": each["on"]} for each in document["withdrawn"])


RELEASE_TABLES: tuple[SqlTable, ...] = (
    SqlTable(
        "release",
        "The one release that this file holds",
        (
            text("id", "The first 16 digits of the digest", "PRIMARY KEY"),
            text("uri", "Its public identifier"),
            text("digest", "SHA-256 of the release's canonical content"),
            text_or_null("previous", "Id of the release that this one follows"),
            text("gate", "What was let out"),
            text("gate_explanation", "The gate in words"),
            day("as_of", "The UTC day for which the standings hold"),
            day_or_null("valid_until", "The last day on which every approval in it holds; null where none ever lapses"),
            text_or_null("notice", "What must be shown with the release; null where every claim is approved"),
            count("schema_version", "Version of the record format"),
            text("title", "Title of the base"),
            text("description", "What the base holds"),
            text("language", "Language of the records, as a BCP 47 tag"),
            text("base_url", "Stem of every public identifier"),
            text("publisher", "Who publishes the base"),
            text_or_null("publisher_url", "The publisher's web address"),
            text("licence_data", "Licence of the records"),
            text("licence_code", "Licence of the code in the same repository"),
            text("licence_texts", "What holds for the stored texts and their quotes"),
            text("intended_for", "What the base is for"),
            text("policy", "SHA-256 of the policy's file"),
            count_or_null("checkpoint_size", "Entries of the log of decisions; null where there is no log"),
            text_or_null("checkpoint_root", "Root hash of their RFC 9162 tree, base64"),
        ),
        _release,
    ),
    SqlTable(
        "release_not_for",
        "What the base is not for",
        (position(), text("use", "What it is not for")),
        _not_for,
        ("position",),
    ),
    SqlTable(
        "term",
        "One code of the vocabulary, with what it means",
        (
            text("list", "The list it stands in, e.g. claim_types, caveat_kinds or ratings"),
            position("Place in the list, from 1"),
            text("code", "The code, as the other tables have it"),
            text("label", "What readers see"),
            text("definition", "What it means"),
        ),
        vocabulary_terms,
        ("list", "code"),
    ),
    SqlTable(
        "held",
        "One claim that is kept back",
        (
            text("id", "Id of the claim", "PRIMARY KEY"),
            text("standing", "How it stands, a code"),
            text("standing_label", "How it stands, for readers"),
            text("reason", "Why it is kept back"),
        ),
        _held,
    ),
    SqlTable(
        "withdrawn",
        "What remains of a withdrawn claim, which may not be shown any more",
        (
            text("id", "Id of the claim", "PRIMARY KEY"),
            text("uri", "Its public identifier"),
            day_or_null("withdrawn_on", "The day of the decision; null where no decision is kept"),
            text("reason", "Why it was withdrawn"),
            text_or_null("successor", "Id of the claim that takes its place"),
        ),
        _withdrawn,
    ),
)
"""In an order in which each refers only to those before it."""
