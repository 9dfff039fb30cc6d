"""The words with which the linked-data formats speak of claims."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.export.linked_word import DATE, DECIMAL, IRI, LIST, TEXT, TRUTH, WHOLE, Word, own

STATED_FIELDS: tuple[str, ...] = (
    "agent",
    "amount",
    "associated",
    "comparator",
    "condition",
    "coverage",
    "direction",
    "dose",
    "duration",
    "effect",
    "extent",
    "for_whom",
    "frequency",
    "indication",
    "intervention",
    "item",
    "jurisdiction",
    "knowledge",
    "management",
    "meaning",
    "outcome",
    "payer",
    "period",
    "place",
    "population",
    "provider",
    "reason",
    "recommendation",
    "result",
    "route",
    "schedule",
    "seriousness",
    "setting",
    "site",
    "size",
    "state",
    "strength",
    "subject",
    "target",
    "term",
    "use",
    "venue",
    "year",
)
"""The fields that restate the document, of any type of claim; each has a word of its own, see `stated_name`."""


def stated_name(field: str) -> str:
    """The word for a field that restates the document.

    >>> stated_name("for_whom")
    'statedForWhom'
    """
    return "stated" + "".join(part.capitalize() for part in field.split("_"))


CLAIM: Mapping[str, Word] = {
    "claimType": own("claimType", IRI, "The kind of claim."),
    "statement": own("statement", TEXT, "What the document says; not what is true."),
    "polarity": own("polarity", TEXT, "Whether the document asserts or denies it: `asserted` or `denied`."),
    "hedges": own("hedges", LIST, "The words that weaken it, in order of appearance."),
    "asStated": own("asStated", TEXT, "The words of the document, verbatim."),
    "value": own("value", DECIMAL, "The number that those words give."),
    "unit": own("unit", TEXT, "The unit of the number."),
    "code": own("code", IRI, "The vocabulary's term for those words."),
    "study": own("study", IRI, "The study that the document speaks of."),
    "quotes": own("quote", IRI, "The ordered parts of the passage that makes the claim."),
    "hasSource": Word("oa:hasSource", IRI, "The document that the words stand in."),
    "hasSelector": Word("oa:hasSelector", IRI, "How to find the words."),
    "exact": Word("oa:exact", TEXT, "The words, verbatim."),
    "prefix": Word("oa:prefix", TEXT, "The words just before."),
    "suffix": Word("oa:suffix", TEXT, "The words just after."),
    "start": Word("oa:start", WHOLE, "Place of the first character, in code points from 0."),
    "end": Word("oa:end", WHOLE, "Place just after the last character."),
    "caveats": own("caveat", IRI, "The limits that must be shown with the claim."),
    "caveatKind": own("caveatKind", IRI, "The kind of limit."),
    "basisQuote": own("basisQuote", IRI, "The words that a caveat rests on."),
    "basisEvidence": own("basisEvidence", IRI, "The evidence that a caveat rests on."),
    "basisClaim": own("basisClaim", IRI, "The claim that a caveat rests on."),
    "evidence": own("evidence", IRI, "What speaks for the claim, against it or about it."),
    "record": own("record", IRI, "The evidence record spoken of."),
    "stance": own("stance", IRI, "Which way the finding points for the claim."),
    "directness": own("directness", IRI, "How closely what was studied fits the claim."),
    "finding": own("finding", TEXT, "What it found that bears on the claim, in our own words."),
    "locator": own("locator", TEXT, "Where in the work the finding stands."),
    "verdict": own("verdict", IRI, "What checking found; never show the statement without it."),
    "rating": own("rating", IRI, "The result."),
    "rationale": own("rationale", TEXT, "Why, in plain words."),
    "certainty": own("certainty", IRI, "The certainty that a review states."),
    "certaintyLevel": own("certaintyLevel", IRI, "The level, as the review states it."),
    "statedBy": own("statedBy", IRI, "The evidence that states it."),
    "outcome": own("outcome", TEXT, "The outcome for which it is stated."),
    "relations": own("relation", IRI, "Links to other claims."),
    "relationKind": own("relationKind", IRI, "The kind of link."),
    "relatedClaim": own("relatedClaim", IRI, "The other claim."),
    "method": own("method", TEXT, "How it was drafted."),
    "machine": own("machine", TRUTH, "Whether a program wrote any of the words."),
    "tags": own("tag", TEXT, "Free labels."),
    "status": own("status", IRI, "What the decisions alone amount to, as the record says it."),
    "standing": own("standing", IRI, "How the claim stands on the day of the release."),
    "approvedOn": own("approvedOn", DATE, "The day of the oldest approval that an approved claim takes."),
    "lapsesOn": own("lapsesOn", DATE, "The first day on which the approval no longer holds."),
    "approvers": own("approver", IRI, "Who approved exactly this content; nobody where it is not approved."),
    "decisions": own("decision", IRI, "The decisions on the claim, in the order in which they hold."),
    "decisionKind": own("decisionKind", TEXT, "What was decided."),
    "decisionLabel": own("decisionLabel", TEXT, "The same, for readers."),
    "contentDigest": own("contentDigest", TEXT, "SHA-256 of the exact content decided about."),
    "counts": own("counts", TRUTH, "Whether anything rests on the decision."),
}
"""Words of a claim, by name."""

STATED: Mapping[str, Word] = {
    stated_name(field): own(stated_name(field), IRI, f"The claim's `{field}` as the document states it.")
    for field in STATED_FIELDS
}
"""Words of the fields that restate the document, by name."""
