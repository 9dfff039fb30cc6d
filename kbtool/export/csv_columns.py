"""What each column of the CSV tables holds and of which type it is, for their descriptor; which columns are keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Column = tuple[str, str]
"""Table Schema's type, and what the column holds in one sentence."""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """What the descriptor says of one table."""

    holds: str
    """What a row of it is, in one sentence."""
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    columns: Mapping[str, Column]
    """Every column, in the order of the table."""
    of_claim: bool = False
    """Whether `claim` is the id of a row of `claims.csv`."""


_NOTICE: Column = ("string", "What must be shown with the claim; empty where it is approved.")
_RELEASE: Mapping[str, Column] = {
    "release": ("string", "Id of the release."),
    "gate": ("string", "What was let out."),
    "as_of": ("date", "The UTC day for which the standings hold."),
    "valid_until": ("date", "The last day on which every approval in the release holds; empty where none ever lapses."),
    "licence": ("string", "Licence of the records."),
}

CSV_TABLES: Mapping[str, CsvTable] = {
    "claims.csv": CsvTable(
        "One claim that is out, with every caveat that must be shown with it.",
        ("id",),
        {
            "id": ("string", "Id of the claim, <document>/<slug>."),
            "type": ("string", "The kind of claim, a code."),
            "type_label": ("string", "The kind of claim, for readers."),
            "statement": ("string", "What the document says, which is not yet what is true."),
            "review_notice": _NOTICE,
            "caveats": ("string", "Every caveat that must be shown with the statement, each on a line."),
            "rating": ("string", "What checking found, a code."),
            "rating_label": ("string", "What checking found, for readers."),
            "rationale": ("string", "Why, in plain words."),
            "certainty": ("string", "Certainty that a review states, with outcome and source; empty where none does."),
            "polarity": ("string", "Whether the document asserts or denies it."),
            "hedges": ("string", "The words of the quote that weaken it, each on a line."),
            "fields": ("string", "The fields that claims of its type have, each on a line."),
            "document": ("string", "Id of the document that makes the claim."),
            "document_title": ("string", "Title of the document."),
            "quotes": ("string", "The words of the document that make the claim, each part on a line."),
            "evidence": ("string", "The evidence it cites and which way each points, each on a line."),
            "relations": ("string", "Links to other claims, each on a line."),
            "standing": ("string", "How the claim stands on the day of the release, a code."),
            "standing_label": ("string", "How it stands, for readers."),
            "standing_reason": ("string", "Why it stands so."),
            "approved_on": ("date", "The day of the oldest approval that it takes; empty where it is not approved."),
            "lapses_on": ("date", "The first day on which the approval no longer holds; empty where it never lapses."),
            "approvers": ("string", "Who approved exactly this content, with their roles, each on a line."),
            "drafted_by": ("string", "Who drafted the record."),
            "drafted_on": ("date", "The day of drafting."),
            "drafted_method": ("string", "How it was drafted."),
            "drafted_machine": ("boolean", "Whether a program wrote any of the words."),
            "tags": ("string", "Free labels, each on a line."),
            "uri": ("string", "Public identifier."),
            **_RELEASE,
        },
    ),
    "caveats.csv": CsvTable(
        "One limit of a claim, which must be shown with it.",
        ("claim", "position"),
        {
            "claim": ("string", "Id of the claim."),
            "position": ("integer", "Place among the claim's caveats, from 1."),
            "kind": ("string", "The kind of limit, a code."),
            "label": ("string", "The kind of limit, for readers."),
            "text": ("string", "The caveat."),
            "basis_kind": ("string", "What it rests on: quote, evidence, claim; empty where on nothing."),
            "basis": ("string", "The words quoted, or the id of the evidence or claim."),
            "review_notice": _NOTICE,
            **_RELEASE,
        },
        of_claim=True,
    ),
    "evidence.csv": CsvTable(
        "What one evidence record has to say about a claim.",
        ("claim", "position"),
        {
            "claim": ("string", "Id of the claim."),
            "position": ("integer", "Place among the claim's evidence, from 1."),
            "ref": ("string", "Id of the evidence record."),
            "stance": ("string", "Which way the finding points for this claim, a code."),
            "stance_label": ("string", "Which way it points, for readers."),
            "directness": ("string", "How closely what was studied fits what the claim speaks of, a code."),
            "directness_label": ("string", "How closely it fits, for readers."),
            "finding": ("string", "What it found that bears on this claim, in our own words."),
            "locator": ("string", "Where in the work the finding stands."),
            "kind": ("string", "What kind of work it is, a code."),
            "kind_label": ("string", "The kind of work, for readers."),
            "citation": ("string", "How to cite it, on one line."),
            "doi": ("string", "Digital Object Identifier, bare and in lower case."),
            "pmid": ("string", "PubMed id."),
            "pmcid": ("string", "PubMed Central id, with its PMC."),
            "other_identifiers": ("string", "Registrations and other identifiers, each on a line."),
            "status": ("string", "Whether the work still stands."),
            "status_on": ("date", "The day this was established."),
            "seen": ("string", "How the work was seen: full-text, abstract, second-hand, not-seen."),
            "seen_at": ("string", "The addresses looked at, each on a line."),
            "review_notice": _NOTICE,
            **_RELEASE,
        },
        of_claim=True,
    ),
    "held.csv": CsvTable(
        "One claim that is kept back.",
        ("id",),
        {
            "id": ("string", "Id of the claim."),
            "standing": ("string", "How it stands, a code."),
            "standing_label": ("string", "How it stands, for readers."),
            "reason": ("string", "Why it is kept back."),
            **_RELEASE,
        },
    ),
    "withdrawn.csv": CsvTable(
        "What remains of a withdrawn claim, which may not be shown any more.",
        ("id",),
        {
            "id": ("string", "Id of the claim."),
            "on": ("date", "The day of the decision; empty where no decision is kept."),
            "reason": ("string", "Why it was withdrawn."),
            "successor": ("string", "Id of the claim that takes its place."),
            "uri": ("string", "Its public identifier."),
            **_RELEASE,
        },
    ),
}
"""Every CSV table by the path of its file."""
