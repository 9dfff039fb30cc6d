"""The tables of the evidence that claims cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.export.rows import label_of, listed, numbered
from kbtool.export.sqlite_table import SqlTable, day, position, text, text_or_null
from kbtool.model.evidence import Reference
from kbtool.release.citation import citation_line
from kbtool.release.uris import evidence_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


def _evidence(document: JsonObject) -> Iterator[JsonObject]:
    kinds = document["vocabulary"]["evidence_kinds"]
    for evidence in document["evidence"]:
        reference = evidence["citation"]
        yield {
            **{name.replace("-", "_").lower(): value for name, value in reference.items()},
            **evidence,
            "uri": evidence_uri(document["release"]["base_url"], evidence["id"]),
            "kind_label": label_of(kinds, evidence["kind"]),
            "citation": citation_line(Reference.model_validate(reference)),
            "csl_type": reference["type"],
            "seen": evidence["seen"]["how"],
            "seen_detail": evidence["seen"].get("detail"),
            "status": evidence["status"]["state"],
            "status_on": evidence["status"]["on"],
            "status_source": evidence["status"]["source"],
            "checked_on": evidence["checked"]["on"],
            "checked_how": evidence["checked"]["how"],
        }


def _authors(document: JsonObject) -> Iterator[JsonObject]:
    for evidence in document["evidence"]:
        yield from numbered(evidence["citation"]["author"], evidence=evidence["id"])


def _identifiers(document: JsonObject) -> Iterator[JsonObject]:
    for evidence in document["evidence"]:
        for scheme, found in evidence["identifiers"].items():
            values = [found] if isinstance(found, str) else found
            yield from listed("value", values, evidence=evidence["id"], scheme=scheme)


def _seen_at(document: JsonObject) -> Iterator[JsonObject]:
    for evidence in document["evidence"]:
        yield from listed("url", evidence["seen"]["at"], evidence=evidence["id"])


def _overlaps(document: JsonObject) -> Iterator[JsonObject]:
    for evidence in document["evidence"]:
        yield from listed("other", evidence["overlaps"], evidence=evidence["id"])


_OF_EVIDENCE = text("evidence", "Id of the evidence record", "REFERENCES evidence (id)")

EVIDENCE_TABLES: tuple[SqlTable, ...] = (
    SqlTable(
        "evidence",
        "One study, guideline, notice or page that a claim here cites",
        (
            text("id", "Id of the evidence record", "PRIMARY KEY"),
            text("uri", "Its public identifier"),
            text("kind", "What kind of work it is, a code"),
            text("kind_label", "The kind of work, for readers"),
            text("citation", "How to cite it, on one line"),
            text("csl_type", "CSL item type of the citation"),
            text_or_null("title", "Title as seen"),
            text_or_null("container_title", "Journal, site or book"),
            text_or_null("publisher", "Publisher or issuing body"),
            text_or_null("volume", "Volume"),
            text_or_null("issue", "Issue"),
            text_or_null("page", "Pages or article number"),
            text_or_null("issued", "Year, month or day of publication"),
            text_or_null("genre", "What sort of document, where the type does not say"),
            text_or_null("url", "The publication's own address, where seen"),
            text_or_null("design", "The study's design in words"),
            text_or_null("population", "Who or what was studied"),
            text_or_null("n", "How many, in words where a bare number would mislead"),
            text("result", "What it found, on both sides, in our own words"),
            text_or_null("certainty_stated", "Certainty that the work itself states, with the outcome"),
            text_or_null("limits", "Limits of the work or of the way it was seen"),
            text("seen", "How it was seen: full-text, abstract, second-hand, not-seen"),
            text_or_null("seen_detail", "What exactly was looked at"),
            text("status", "Whether it still stands: current, corrected, retracted, superseded, untraced"),
            day("status_on", "The day this was established"),
            text("status_source", "How it was established"),
            day("checked_on", "The day the record was last held against what was seen"),
            text("checked_how", "How, and what is still open"),
        ),
        _evidence,
    ),
    SqlTable(
        "evidence_author",
        "One author of a work, as seen",
        (
            _OF_EVIDENCE,
            position(),
            text_or_null("family", "Family name"),
            text_or_null("given", "Given names or initials"),
            text_or_null("literal", "The whole name, for a group or where the parts are not known"),
        ),
        _authors,
        ("evidence", "position"),
    ),
    SqlTable(
        "identifier",
        "One identifier of a work that was actually seen",
        (
            _OF_EVIDENCE,
            text("scheme", "Kind of identifier: doi, pmid, pmcid, registry, other"),
            position("Place among those of its kind, from 1"),
            text("value", "The identifier, bare"),
        ),
        _identifiers,
        ("evidence", "scheme", "position"),
    ),
    SqlTable(
        "evidence_seen_at",
        "One address at which a work was looked at",
        (_OF_EVIDENCE, position(), text("url", "The address")),
        _seen_at,
        ("evidence", "position"),
    ),
    SqlTable(
        "evidence_overlap",
        "One evidence record that shares data or authors with another, so that the two are not independent",
        (_OF_EVIDENCE, position(), text("other", "Id of the other record, which may not be in this release")),
        _overlaps,
        ("evidence", "position"),
    ),
)
"""In an order in which each refers only to those before it."""
