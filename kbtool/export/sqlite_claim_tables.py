"""The tables of the claims that are out and of everything that travels with them but reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.export.rows import listed, numbered, own_fields
from kbtool.export.sqlite_table import (
    SqlTable,
    count_or_null,
    day,
    day_or_null,
    number,
    of_claim,
    position,
    text,
    text_or_null,
    truth,
)

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


def _claims(document: JsonObject) -> Iterator[JsonObject]:
    for place, claim in enumerate(document["claims"], start=1):
        certainty = claim["verdict"]["certainty"] or {}
        yield {
            **claim,
            **claim["review"],
            "number": place,
            "document": claim["source"]["document"],
            "caveats": caveat_lines(claim),
            "standing_reason": claim["review"]["reason"],
            "rating": claim["verdict"]["rating"],
            "rating_label": claim["verdict"]["label"],
            "rationale": claim["verdict"]["rationale"],
            **{f"certainty_{name}": value for name, value in certainty.items()},
            **{f"drafted_{name}": value for name, value in claim["drafted"].items()},
            "drafted_machine": int(claim["drafted"]["machine"]),
        }


def caveat_lines(claim: JsonObject) -> str:
    """Every caveat of a claim, each on a line with its label; empty where it has none."""
    return "\n".join(f"{caveat['label']}: {caveat['text']}" for caveat in claim["caveats"])


def _hedges(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        yield from listed("words", claim["hedges"], claim=claim["id"])


def _tags(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        yield from listed("tag", claim["tags"], claim=claim["id"])


def _quotes(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        yield from numbered(map(_selector, claim["source"]["quotes"]), claim=claim["id"])


def _selector(quote: JsonObject) -> JsonObject:
    return {**quote, "start_at": quote.get("start"), "end_at": quote.get("end")}


def _caveats(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        caveats = ({**caveat, **_basis(caveat["basis"] or {})} for caveat in claim["caveats"])
        yield from numbered(caveats, claim=claim["id"])


def _basis(basis: JsonObject) -> JsonObject:
    quote = basis.get("quote")
    return {
        "basis": next(iter(basis), None),
        "basis_evidence": basis.get("evidence"),
        "basis_claim": basis.get("claim"),
        **(_selector(quote) if quote else {}),
    }


def _fields(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        fields = ({**field, "not_stated": int(field["not_stated"])} for field in own_fields(claim))
        yield from numbered(fields, claim=claim["id"])


def _links(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        yield from numbered(({**link, "evidence": link["ref"]} for link in claim["evidence"]), claim=claim["id"])


def _relations(document: JsonObject) -> Iterator[JsonObject]:
    for claim in document["claims"]:
        others = ({"kind": each["kind"], "label": each["label"], "other": each["claim"]} for each in claim["relations"])
        yield from numbered(others, claim=claim["id"])


_NOT_REVIEWED = "CHECK ((standing = 'approved') = (notice IS NULL))"
_ONE_BASIS = (
    "CHECK ((basis IS 'quote') = (exact IS NOT NULL) AND (basis IS 'evidence') = (basis_evidence IS NOT NULL) "
    "AND (basis IS 'claim') = (basis_claim IS NOT NULL))"
)

CLAIM_TABLES: tuple[SqlTable, ...] = (
    SqlTable(
        "claim",
        "One claim that is out",
        (
            number("number", "Number of the claim, in the order of ids; only this file uses it"),
            text("id", "Id of the claim, <document>/<slug>", "UNIQUE"),
            text("uri", "Its public identifier"),
            text("document", "Id of the document that makes the claim", "REFERENCES source (document)"),
            text("type", "The kind of claim, a code"),
            text("type_label", "The kind of claim, for readers"),
            text("statement", "What the document says, which is not yet what is true"),
            text("caveats", "Every caveat that must be shown with the statement, each on a line; one by one in caveat"),
            text_or_null("notice", "What must be shown with the claim; null where it is approved", _NOT_REVIEWED),
            text("polarity", "Whether the document asserts or denies it", "CHECK (polarity IN ('asserted', 'denied'))"),
            text("rating", "What checking found, a code"),
            text("rating_label", "What checking found, for readers"),
            text("rationale", "Why, in plain words"),
            text_or_null("certainty_level", "Certainty that a review states, a code; null where none does"),
            text_or_null("certainty_label", "The certainty, for readers"),
            text_or_null("certainty_outcome", "The outcome for which it is stated"),
            text_or_null("certainty_stated_by", "Id of the evidence that states it", "REFERENCES evidence (id)"),
            text("status", "The review status that the record bears"),
            text("standing", "How the claim stands on the release's as_of, a code"),
            text("standing_label", "How it stands, for readers"),
            text("standing_reason", "Why it stands so"),
            day_or_null("approved_on", "The day of the oldest approval that it takes; null where it is not approved"),
            day_or_null("lapses_on", "The first day on which the approval no longer holds; null where it never lapses"),
            text("drafted_by", "Who drafted the record"),
            day("drafted_on", "The day of drafting"),
            text("drafted_method", "How it was drafted"),
            truth("drafted_machine", "1 where a program wrote any of the words"),
        ),
        _claims,
    ),
    SqlTable(
        "caveat",
        "One limit of a claim, which must be shown with it",
        (
            of_claim(),
            position(),
            text("kind", "The kind of limit, a code"),
            text("label", "The kind of limit, for readers"),
            text("text", "The caveat"),
            text_or_null("basis", "What it rests on: quote, evidence, claim; null where on nothing", _ONE_BASIS),
            text_or_null("basis_evidence", "Id of the evidence it rests on", "REFERENCES evidence (id)"),
            text_or_null("basis_claim", "Id of the claim it rests on, which may be held or withdrawn"),
            text_or_null("exact", "The words of the claim's own document that it rests on, verbatim"),
            text_or_null("prefix", "The words just before, where given"),
            text_or_null("suffix", "The words just after, where given"),
            count_or_null("start_at", "Position of the first character in the stored text, from 0, in code points"),
            count_or_null("end_at", "Position just after the last character"),
        ),
        _caveats,
        ("claim", "position"),
    ),
    SqlTable(
        "quote",
        "One part of the passage that makes a claim",
        (
            of_claim(),
            position(),
            text("exact", "The words, verbatim as they stand in the stored text"),
            text_or_null("prefix", "The words just before, where given"),
            text_or_null("suffix", "The words just after, where given"),
            count_or_null("start_at", "Position of the first character in the stored text, from 0, in code points"),
            count_or_null("end_at", "Position just after the last character"),
        ),
        _quotes,
        ("claim", "position"),
    ),
    SqlTable(
        "hedge",
        "Words of the quote that weaken a claim",
        (of_claim(), position(), text("words", "The words")),
        _hedges,
        ("claim", "position"),
    ),
    SqlTable(
        "claim_field",
        "One field that claims of this type have, e.g. dose, population or result",
        (
            of_claim(),
            position(),
            text("name", "Name of the field"),
            truth("not_stated", "1 where the document is known to give nothing for it"),
            text_or_null("as_stated", "The words of the document, verbatim"),
            text_or_null("value", "The number that those words give, as decimal text"),
            text_or_null("unit", "The unit of the number, in UCUM where one exists"),
            text_or_null("code", "The code of those words, where the vocabulary has a list for them"),
            text_or_null("ref", "Id of the study's evidence record", "REFERENCES evidence (id)"),
        ),
        _fields,
        ("claim", "name"),
    ),
    SqlTable(
        "claim_evidence",
        "What one evidence record has to say about a claim",
        (
            of_claim(),
            position(),
            text("evidence", "Id of the evidence record", "REFERENCES evidence (id)"),
            text("stance", "Which way the finding points for this claim, a code"),
            text("stance_label", "Which way it points, for readers"),
            text("directness", "How closely what was studied fits what the claim speaks of, a code"),
            text("directness_label", "How closely it fits, for readers"),
            text("finding", "What it found that bears on this claim, in our own words"),
            text_or_null("locator", "Where in the work the finding stands"),
        ),
        _links,
        ("claim", "position"),
    ),
    SqlTable(
        "relation",
        "One link of a claim to another",
        (
            of_claim(),
            position(),
            text("kind", "The kind of link, a code"),
            text("label", "The kind of link, for readers"),
            text("other", "Id of the other claim, which may be held or withdrawn"),
        ),
        _relations,
        ("claim", "position"),
    ),
    SqlTable(
        "tag",
        "One free label of a claim",
        (of_claim(), position(), text("tag", "The label")),
        _tags,
        ("claim", "position"),
    ),
)
"""In an order in which each refers only to those before it, to sources and to evidence."""
