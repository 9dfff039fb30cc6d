"""The JSON Schema of `changes.json`: closed, every field described, draft 2020-12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.export.change_entries import CHANGES_FORMAT, SHOWN
from kbtool.export.contract import definitions, rooted
from kbtool.export.schema_words import closed, list_of, or_null, ref, said
from kbtool.release.changed import KINDS, STATES

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_RELEASE_ID = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_DAY = {"type": "string", "format": "date"}
_NO_TEXT = "Empty where it was not there."


def changes_schema() -> JsonObject:
    """The schema of `changes.json`."""
    known = definitions()
    return rooted("changes.json: what a release changed", _document(), {**known, **_parts(known)})


def _document() -> JsonObject:
    return closed(
        "What a release changed since an earlier one, by claim.",
        format=said({"const": CHANGES_FORMAT}, "Name and version of this contract."),
        release=ref("Release", "The newer release."),
        since=or_null(ref("Earlier"), "The release it is compared with; null where everything is published anew."),
        policy_changed=or_null({"type": "boolean"}, "Whether the policy is another one; null where that is not known."),
        counts=said(
            closed("Counts by kind.", **{kind: said(_COUNT, label) for kind, label in KINDS.items()}),
            "How many claims have a change of each kind.",
        ),
        claims=list_of(ref("ChangedClaim"), "The claims that changed, by id; no other claim is here."),
    )


def _parts(known: dict[str, JsonObject]) -> dict[str, JsonObject]:
    shared = known["Usage"]["properties"]
    return {
        "Earlier": closed(
            "The earlier release.",
            id=said(_RELEASE_ID, "Its id."),
            as_of=said(_DAY, "The UTC day for which its standings held."),
            policy=or_null(_SHA256, "SHA-256 of its policy's file; null where it does not say."),
        ),
        "Change": closed(
            "One thing that changed.",
            kind=said({"enum": [*KINDS]}, "The kind of change."),
            label=said(_TEXT, "The kind of change, for readers."),
            what=said(
                _TEXT, "Which field, caveat, record or term; for a standing, why; empty where the kind says all."
            ),
            before=said(_TEXT, f"What it was. {_NO_TEXT}"),
            after=said(_TEXT, "What it is. Empty where it is there no more."),
        ),
        "ShownClaim": closed(
            "The parts of a released claim that must be shown together.",
            **{name: said({}, "The kind of claim.") | shared[name] for name in SHOWN if name != "type"},
            type=said(_TEXT, "The kind of claim, as a code."),
        ),
        "ChangedClaim": closed(
            "What changed about one claim, and what may be shown of it now.",
            id=said(_TEXT, "Id of the claim."),
            uri=said(_TEXT, "Its public identifier."),
            change_uri=said(_TEXT, "Public identifier of this change; the id of its entry in the feeds."),
            state=said({"enum": [*STATES]}, "What became of it; 'gone' is neither held nor withdrawn, and an error."),
            changes=list_of(ref("Change"), "What changed, in the order of the kinds.") | {"minItems": 1},
            claim=or_null(ref("ShownClaim"), "The claim where it is out; its caveats must be shown with it."),
            held=or_null(ref("Held"), "Why it is kept back, where it is."),
            withdrawn=or_null(ref("Withdrawn"), "What remains of it, where it was withdrawn."),
        ),
    }
