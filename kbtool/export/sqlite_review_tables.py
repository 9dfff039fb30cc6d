"""The tables of who approved the claims, and of every decision on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.export.rows import all_decisions, listed
from kbtool.export.sqlite_table import SqlTable, count, day, number, of_claim, position, text, text_or_null, truth
from kbtool.release.uris import decision_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


def _approvers(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        yield from listed("reviewer", (each["id"] for each in claim["review"]["approvers"]), claim=claim["id"])


def _approver_roles(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        for approver in claim["review"]["approvers"]:
            yield from listed("role", approver["roles"], claim=claim["id"], reviewer=approver["id"])


def _decisions(document: JsonObject) -> Iterator[JsonObject]:
    stem = document["release"]["base_url"]
    for place, decision in enumerate(all_decisions(document), start=1):
        uri = decision_uri(stem, decision["file"])
        yield {
            **decision,
            "number": place,
            "uri": uri,
            "decided_on": decision["on"],
            "counts": int(decision["counts"]),
        }


def _decision_roles(document: JsonObject) -> Iterator[JsonObject]:
    for place, decision in enumerate(all_decisions(document), start=1):
        yield from listed("role", decision["roles"], decision=place)


REVIEW_TABLES: tuple[SqlTable, ...] = (
    SqlTable(
        "approver",
        "Somebody who approved exactly this content of a claim that is approved",
        (of_claim(), position(), text("reviewer", "Id of the reviewer; names are in the base only")),
        _approvers,
        ("claim", "reviewer"),
    ),
    SqlTable(
        "approver_role",
        "One role of an approver",
        (
            of_claim(),
            text("reviewer", "Id of the reviewer"),
            position("Place in the order of the alphabet, from 1"),
            text("role", "The role, as the root keys' holders agreed"),
        ),
        _approver_roles,
        ("claim", "reviewer", "position"),
    ),
    SqlTable(
        "decision",
        "One decision on a claim that is out, or the one that withdrew a claim",
        (
            number("number", "Number of the decision; of one claim, in the order in which they hold"),
            text("uri", "Its public identifier"),
            text_or_null("claim", "Id of the claim, where it is out", "REFERENCES claim (id)"),
            text_or_null(
                "withdrawn",
                "Id of the claim, where it was withdrawn",
                "REFERENCES withdrawn (id) CHECK ((claim IS NULL) <> (withdrawn IS NULL))",
            ),
            text("kind", "What was decided, a code"),
            text("kind_label", "What was decided, for readers"),
            text("reviewer", "Id of the reviewer; names are in the base only"),
            day("decided_on", "The day, as the reviewer states it"),
            text("content", "SHA-256 of the exact content decided about"),
            text("file", "SHA-256 of the signed file"),
            truth("counts", "1 where anything rests on it"),
        ),
        _decisions,
    ),
    SqlTable(
        "decision_role",
        "One role of whoever made a decision",
        (
            count("decision", "Number of the decision", "REFERENCES decision (number)"),
            position("Place in the order of the alphabet, from 1"),
            text("role", "The role, as the root keys' holders agreed"),
        ),
        _decision_roles,
        ("decision", "position"),
    ),
)
"""In an order in which each refers only to those before it, to claims and to what is withdrawn."""
