"""A release as plain JSON values: what the JSON files say, and what a release's digest is taken over.

Fixed parts are always there, null where empty; a type's own fields are there where the document states them.
Editors' notes do not go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kbtool.release.claim_view import Shelf, claim_view, evidence_card
from kbtool.review.standing import NOT_REVIEWED, notice_of

if TYPE_CHECKING:
    from kbtool.model.base import Model
    from kbtool.model.vocabulary import Term
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.parts import Held, Release, ReleasedSource, Tombstone


def document_of(release: Release) -> JsonObject:
    """The whole release: `{release, vocabulary, sources, evidence, claims, held, withdrawn}`."""
    body = body_of(release)
    return {**body, "release": {"id": release.id, "digest": release.digest, **body["release"]}}


def body_of(release: Release) -> JsonObject:
    """The whole release without its own id and digest."""
    shelf = shelf_of(release)
    return {
        "release": _header(release),
        "vocabulary": _dumped(release.vocabulary),
        "sources": [_source(source) for source in release.sources],
        "evidence": [_dumped(evidence, {"notes"}) for evidence in release.evidence],
        "claims": [claim_view(released, shelf) for released in release.claims],
        "held": [_held(held, release.vocabulary.statuses) for held in release.held],
        "withdrawn": [_tombstone(tombstone, shelf.base_url) for tombstone in release.tombstones],
    }


def shelf_of(release: Release) -> Shelf:
    """What the claims of a release refer to, by id."""
    kinds = release.vocabulary.evidence_kinds
    return Shelf(
        base_url=f"{release.config.base_url.rstrip('/')}/",
        vocabulary=release.vocabulary,
        titles={released.source.document: released.source.title for released in release.sources},
        evidence={evidence.id: evidence_card(evidence, kinds) for evidence in release.evidence},
    )


def notice_of_release(release: Release) -> str | None:
    """What must be shown with a release: that it is not reviewed, while any claim in it is not; else None."""
    return NOT_REVIEWED if any(notice_of(released.standing) for released in release.claims) else None


def _header(release: Release) -> JsonObject:
    config = release.config
    return {
        "previous": release.previous,
        "gate": release.gate.name,
        "gate_explanation": release.gate.explanation,
        "as_of": release.as_of.isoformat(),
        "schema_version": release.schema_version,
        "title": config.title,
        "description": config.description,
        "language": config.language,
        "base_url": f"{config.base_url.rstrip('/')}/",
        "publisher": _dumped(config.publisher),
        "licences": _dumped(config.licences),
        "intended_use": _dumped(config.intended_use),
        "notice": notice_of_release(release),
        "counts": _counts(release),
        "valid_until": release.valid_until.isoformat() if release.valid_until else None,
        "checkpoint": checkpoint_of(release),
    }


def checkpoint_of(release: Release) -> JsonObject | None:
    """The log that the decisions stand in, as its newest checkpoint has it."""
    found = release.checkpoint
    return {"size": found.size, "root": found.root} if found else None


def _counts(release: Release) -> JsonObject:
    return {
        "claims": len(release.claims),
        "caveats": sum(len(released.claim.caveats) for released in release.claims),
        "evidence": len(release.evidence),
        "sources": len(release.sources),
        "held": len(release.held),
        "withdrawn": len(release.tombstones),
    }


def _source(released: ReleasedSource) -> JsonObject:
    """The source without the words of skipped passages: those go out with the whole text or not at all."""
    source: JsonObject = released.source.model_dump(
        mode="json",
        by_alias=True,
        exclude_none=True,
        exclude={"skipped": {"__all__": {"exact"}}, "connectives": {"__all__": {"exact"}}},
    )
    return {**source, "full_text": released.text}


def _held(held: Held, statuses: Mapping[str, Term]) -> JsonObject:
    value = held.standing.value
    label = statuses[value].label if value in statuses else value
    return {"id": held.id, "standing": value, "standing_label": label, "reason": held.reason}


def _tombstone(tombstone: Tombstone, base_url: str) -> JsonObject:
    return {
        "id": tombstone.id,
        "uri": f"{base_url}{tombstone.id}",
        "on": tombstone.on.isoformat() if tombstone.on else None,
        "reason": tombstone.reason,
        "successor": tombstone.successor,
    }


def _dumped(model: Model, exclude: set[str] | None = None) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=exclude)
