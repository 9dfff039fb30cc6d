"""The JSON Schemas of the JSON exports: closed, every field described, draft 2020-12."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kbtool.export.record_schemas import record_schemas
from kbtool.export.schema_words import closed, list_of, or_null, ref, said, with_more, without
from kbtool.model.claim import CLAIM_CLASSES
from kbtool.release.decided import LABELS
from kbtool.release.gate import GATES

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE = re.compile(r'"#/\$defs/([^"]+)"')
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_RELEASE_ID = {"type": "string", "pattern": "^[0-9a-f]{16}$"}


def claims_schema() -> JsonObject:
    """The schema of `claims.json`."""
    return rooted("claims.json: one release of a knowledge base", _document(), definitions())


def claim_schema() -> JsonObject:
    """The schema of one line of `claims.ndjson`, and of one item of `claims` in `claims.json`."""
    return rooted("One released claim", _claim(), definitions())


def rooted(title: str, schema: JsonObject, definitions: dict[str, JsonObject]) -> JsonObject:
    """One schema with the definitions that it reaches."""
    reached: dict[str, JsonObject] = {}
    waiting = _referred(schema)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = definitions[name]
            waiting |= _referred(definitions[name])
    return {"$schema": _DIALECT, "title": title, **schema, "$defs": dict(sorted(reached.items()))}


def _referred(schema: JsonObject) -> set[str]:
    return set(_REFERENCE.findall(json.dumps(schema)))


def _document() -> JsonObject:
    return closed(
        "A release: the claims that went out, what they rest on, and what did not go out.",
        release=ref("Release", "Which release this is, and what it is for."),
        vocabulary=ref("Vocabulary", "Labels and definitions of every code in the claims."),
        sources=list_of(ref("Source"), "The documents of which claims are made, by id."),
        evidence=list_of(ref("Evidence"), "Every evidence record that a claim here cites, by id."),
        claims=list_of(_claim(), "The claims that went out, by id."),
        held=list_of(ref("Held"), "The claims that are kept back, by id."),
        withdrawn=list_of(
            ref("Withdrawn"), "The claims that were withdrawn, by id; none of them may be shown any more."
        ),
    )


def _claim() -> JsonObject:
    return {"oneOf": [ref(kind.__name__) for kind in CLAIM_CLASSES]}


def definitions() -> dict[str, JsonObject]:
    """Every definition that a schema of ours can refer to, by name."""
    records = record_schemas()
    records["Evidence"] = without(records["Evidence"], "notes")
    records["Skip"] = without(records["Skip"], "exact")
    records["Connective"] = without(records["Connective"], "exact")
    records["Source"] = with_more(
        records["Source"],
        full_text=or_null(_TEXT, "The stored text; null where its rights allow quotes only."),
        coverage=ref("Coverage", "How much of the text is accounted for."),
    )
    return {**records, **_release_parts(), **_claim_parts(records), **_claims(records)}


def _claims(records: dict[str, JsonObject]) -> dict[str, JsonObject]:
    return {kind.__name__: _released(records[kind.__name__]) for kind in CLAIM_CLASSES}


def _released(record: JsonObject) -> JsonObject:
    return with_more(
        without(record, "notes"),
        uri=said({"type": "string"}, "Public identifier: the base's stem and the id."),
        type_label=said(_TEXT, "The kind of claim, for readers."),
        source=ref("ReleasedPassage", "The words of the document that make the claim."),
        caveats=list_of(ref("ReleasedCaveat"), "The limits that must be shown with the claim."),
        evidence=list_of(ref("ReleasedLink"), "What speaks for the claim, against it or about it."),
        verdict=ref("ReleasedVerdict", "What checking found."),
        relations=list_of(ref("ReleasedRelation"), "Links to other claims, which may be held or withdrawn."),
        review=ref("ReleasedReview", "Whether qualified people have approved it."),
    )


def _claim_parts(records: dict[str, JsonObject]) -> dict[str, JsonObject]:
    position = {"anyOf": [_COUNT, {"type": "null"}]}
    card = {name: records["Evidence"]["properties"][name] for name in ("kind", "identifiers", "status", "seen")}
    return {
        "ReleasedPassage": with_more(
            records["Passage"],
            title=said(_TEXT, "Title of the document."),
            quotes=list_of(ref("ReleasedQuote"), "The ordered parts of one passage.") | {"minItems": 1},
        ),
        "ReleasedQuote": with_more(
            records["Selector"],
            start=said(position, "Position of the first character in the stored text, from 0, in code points."),
            end=said(position, "Position just after the last character."),
        ),
        "ReleasedCaveat": with_more(
            records["Caveat"],
            label=said(_TEXT, "The kind of limit, for readers."),
            basis=or_null(ref("Basis"), "What the caveat rests on."),
        ),
        "ReleasedLink": with_more(
            records["EvidenceLink"],
            locator=or_null(_TEXT, "Where in the work the finding stands."),
            stance_label=said(_TEXT, "The stance, for readers."),
            directness_label=said(_TEXT, "The directness, for readers."),
            kind_label=said(_TEXT, "The kind of work, for readers."),
            citation=said(_TEXT, "How to cite it, on one line; its fields are in the release's `evidence`."),
            **card,
        ),
        "ReleasedVerdict": with_more(
            records["Verdict"],
            label=said(_TEXT, "The rating, for readers."),
            certainty=or_null(ref("ReleasedCertainty"), "Certainty that a review states; null where none does."),
        ),
        "ReleasedCertainty": with_more(records["Certainty"], label=said(_TEXT, "The level, for readers.")),
        "ReleasedRelation": with_more(records["Relation"], label=said(_TEXT, "The kind of link, for readers.")),
        "ReleasedReview": with_more(
            records["Review"],
            standing=said(_TEXT, "How the claim stands on the release's `as_of`."),
            standing_label=said(_TEXT, "The standing, for readers."),
            reason=said(_TEXT, "Why it stands so."),
            notice=or_null(_TEXT, "What must be shown with the claim; null where it is approved."),
            approved_on=or_null(_DAY, "The day of the oldest approval that it takes; null where it is not approved."),
            lapses_on=or_null(_DAY, "The first day on which the approval no longer holds; null where it never lapses."),
            approvers=list_of(ref("Approver"), "Who approved exactly this content, by id; nobody where not approved."),
            decisions=list_of(ref("Decision"), "Every decision made by `as_of`, in the order in which they hold."),
        ),
    }


def _release_parts() -> dict[str, JsonObject]:
    return {
        "Release": closed(
            "Which release this is, and what it is for.",
            id=said(_RELEASE_ID, "The first 16 digits of the digest."),
            digest=said(_SHA256, "SHA-256 of the release's canonical content."),
            previous=or_null(_RELEASE_ID, "Id of the release that this one follows."),
            gate=said({"enum": sorted(GATES)}, "What was let out."),
            gate_explanation=said(_TEXT, "The gate in words."),
            as_of=said(_DAY, "The UTC day for which the standings hold."),
            schema_version=said(_COUNT, "Version of the record format."),
            title=said(_TEXT, "Title of the base."),
            description=said(_TEXT, "What the base holds."),
            language=said(_TEXT, "Language of the records, as a BCP 47 tag."),
            base_url=said(_TEXT, "Stem of every public identifier."),
            publisher=ref("Publisher", "Who publishes the base."),
            licences=ref("Licences", "Licences of records, code and texts."),
            intended_use=ref("IntendedUse", "What the base is for and what it is not."),
            notice=or_null(_TEXT, "What must be shown with the release; null where every claim is approved."),
            counts=ref("Counts", "How many of each there are."),
            valid_until=or_null(_DAY, "The last day on which every approval in it holds; null where none ever lapses."),
            checkpoint=or_null(ref("Checkpoint"), "The log of decisions at that time; null where there is none."),
            policy=said(_SHA256, "SHA-256 of the policy's file."),
        ),
        "Decision": closed(
            "What one reviewer decided about one content of a claim; notes stay in the base.",
            kind=said({"enum": [*LABELS]}, "What was decided."),
            kind_label=said(_TEXT, "The kind of decision, for readers."),
            reviewer=said(_TEXT, "Id of the reviewer; names are in the base only."),
            roles=list_of(_TEXT, "Roles of the reviewer; none where the base does not know the reviewer."),
            on=said(_DAY, "The day, as the reviewer states it."),
            content=said(_SHA256, "SHA-256 of the exact content decided about."),
            file=said(_SHA256, "SHA-256 of the signed file."),
            counts=said({"type": "boolean"}, "Whether anything rests on it."),
        ),
        "Coverage": closed(
            "The account of a text; every letter, digit and sign is in exactly one of the four parts.",
            letters=said(_COUNT, "Letters, digits and signs of the text."),
            quoted=said(_COUNT, "Those in a quote of a claim of the base, whatever became of the claim."),
            skipped=said(_COUNT, "Those in a skipped passage and in no quote."),
            connectives=said(_COUNT, "Those in a listed connective and in neither."),
            unaccounted=said(_COUNT, "The rest."),
        ),
        "Approver": closed(
            "Somebody who approved a claim.",
            id=said(_TEXT, "Id of the reviewer; names are in the base only."),
            roles=list_of(_TEXT, "Roles of the reviewer, as the root keys' holders agreed."),
        ),
        "Checkpoint": closed(
            "The log of decisions, as its newest signed checkpoint has it.",
            size=said(_COUNT, "Number of entries."),
            root=said(_TEXT, "Root hash of their RFC 9162 tree, base64."),
        ),
        "Counts": closed(
            "How many of each a release holds.",
            claims=said(_COUNT, "Claims that went out."),
            caveats=said(_COUNT, "Caveats of those claims."),
            evidence=said(_COUNT, "Evidence records."),
            sources=said(_COUNT, "Documents."),
            held=said(_COUNT, "Claims kept back."),
            withdrawn=said(_COUNT, "Claims withdrawn."),
        ),
        "Held": closed(
            "A claim that is kept back.",
            id=said(_TEXT, "Id of the claim."),
            standing=said(_TEXT, "How it stands."),
            standing_label=said(_TEXT, "The standing, for readers."),
            reason=said(_TEXT, "Why it is kept back."),
        ),
        "Withdrawn": closed(
            "What remains of a withdrawn claim.",
            id=said(_TEXT, "Id of the claim."),
            uri=said(_TEXT, "Its public identifier."),
            on=or_null(_DAY, "The day of the decision; null where no decision is kept."),
            reason=said(_TEXT, "Why it was withdrawn."),
            successor=or_null(_TEXT, "Id of the claim that takes its place."),
            decision=or_null(ref("Decision"), "The decision to withdraw; null where none is kept."),
        ),
    }
