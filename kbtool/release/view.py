"""A release as plain JSON values: what the JSON files say, and what a release's digest is taken over.

Fixed parts are always there, null where empty; a type's own fields are there where the document states them.
Editors' notes do not go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kbtool.release.claim_view import Shelf, claim_view, decision_view, evidence_card
from kbtool.release.jsontext import Rows, whole
from kbtool.release.uris import claim_uri, stem_of
from kbtool.review.standing import NOT_REVIEWED, notice_of

if TYPE_CHECKING:
    from kbtool.model.base import Model
    from kbtool.model.vocabulary import Term
    from kbtool.release.jsontext import JsonObject, Parts
    from kbtool.release.parts import Held, Release, ReleasedSource, Tombstone


def document_of(release: Release) -> JsonObject:
    """The whole release: `{release, vocabulary, sources, evidence, claims, held, withdrawn}`."""
    return whole(document_parts(release))


def document_parts(release: Release) -> Parts:
    """The same, with its long lists made one item at a time."""
    return {**body_parts(release), "release": header_of(release)}


def header_of(release: Release) -> JsonObject:
    """What the release says of itself, with its id and digest."""
    return {"id": release.id, "digest": release.digest, **_header(release)}


def with_views(release: Release) -> Release:
    """The same release with all views of its claims in it: about 5 KB a claim, for those who go through them often."""
    return replace(release, views=tuple(claim_views(release)))


def claim_views(release: Release) -> Iterator[JsonObject]:
    """Each claim as in `document_of(release)["claims"]`, one at a time: none is kept that the release does not keep."""
    if release.views is not None:
        return iter(release.views)
    shelf = shelf_of(release)
    return (claim_view(released, shelf) for released in release.claims)


def body_parts(release: Release) -> Parts:
    """The whole release without its own id and digest: what the digest is taken over."""
    return {
        "release": _header(release),
        "vocabulary": _dumped(release.vocabulary),
        "sources": Rows(lambda: map(_source, release.sources)),
        "evidence": Rows(lambda: (_dumped(each, {"notes"}) for each in release.evidence)),
        "claims": Rows(lambda: claim_views(release)),
        "held": held_views(release),
        "withdrawn": tombstone_views(release),
    }


def held_views(release: Release) -> list[JsonObject]:
    """The claims that are kept back, by id."""
    return [_held(held, release.vocabulary.statuses) for held in release.held]


def tombstone_views(release: Release) -> list[JsonObject]:
    """The claims that were withdrawn, by id."""
    stem = stem_of(release.config.base_url)
    return [_tombstone(tombstone, stem) for tombstone in release.tombstones]


def shelf_of(release: Release) -> Shelf:
    """What the claims of a release refer to, by id; cards are made when they are asked for, and the last ones kept."""
    kinds = release.vocabulary.evidence_kinds
    by_slug = {evidence.id: evidence for evidence in release.evidence}
    return Shelf(
        base_url=stem_of(release.config.base_url),
        vocabulary=release.vocabulary,
        titles={released.source.document: released.source.title for released in release.sources},
        card=lru_cache(_CARDS)(lambda slug: evidence_card(by_slug[slug], kinds)),
    )


_CARDS = 1024
"""How many evidence cards are kept: claims that stand together cite the same, and all would be too many."""


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
        "base_url": stem_of(config.base_url),
        "publisher": _dumped(config.publisher),
        "licences": _dumped(config.licences),
        "intended_use": _dumped(config.intended_use),
        "notice": notice_of_release(release),
        "counts": _counts(release),
        "valid_until": release.valid_until.isoformat() if release.valid_until else None,
        "checkpoint": checkpoint_of(release),
        "policy": release.policy,
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
    return {**source, "full_text": released.text, "coverage": asdict(released.coverage)}


def _held(held: Held, statuses: Mapping[str, Term]) -> JsonObject:
    value = held.standing.value
    label = statuses[value].label if value in statuses else value
    return {"id": held.id, "standing": value, "standing_label": label, "reason": held.reason}


def _tombstone(tombstone: Tombstone, base_url: str) -> JsonObject:
    return {
        "id": tombstone.id,
        "uri": claim_uri(base_url, tombstone.id),
        "on": tombstone.on.isoformat() if tombstone.on else None,
        "reason": tombstone.reason,
        "successor": tombstone.successor,
        "decision": decision_view(tombstone.decision) if tombstone.decision else None,
    }


def _dumped(model: Model, exclude: set[str] | None = None) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=exclude)
