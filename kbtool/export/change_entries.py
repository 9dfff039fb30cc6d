"""What a release changed, as JSON values: one entry a claim, with everything that must travel with the claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from kbtool.release.changed import KINDS
from kbtool.release.citation import citation_line
from kbtool.release.claim_view import claim_view
from kbtool.release.jsontext import Rows
from kbtool.release.since import published
from kbtool.release.uris import change_uri, claim_uri, stem_of
from kbtool.release.view import header_of, held_views, shelf_of, tombstone_views

if TYPE_CHECKING:
    from kbtool.release.changed import ChangedClaim, Changes
    from kbtool.release.jsontext import JsonObject, Parts
    from kbtool.release.parts import Release

CHANGES_FORMAT = "kbtool/changes/1"
"""Name and version of our contract for `changes.json`, in its `format`."""

SHOWN = ("type", "type_label", "statement", "verdict", "caveats", "drafted", "review")
"""The parts of a claim that stand in its entry; the whole claim is in the other formats."""


def changes_of(release: Release) -> Changes:
    """What it changed since the earlier release that it was compared with; without one, everything is published."""
    return release.changes or published(release)


def changes_parts(release: Release, made: Callable[[], Iterator[JsonObject]]) -> Parts:
    """The document of `changes.json`: which releases, how many changes of each kind, and the entries by claim id.

    `made` gives the entries each time it is called.
    """
    changes = changes_of(release)
    kinds = Counter(kind for claim in changes.claims for kind in {each.kind for each in claim.changes})
    return {
        "format": CHANGES_FORMAT,
        "release": header_of(release),
        "since": asdict(changes.since) if changes.since else None,
        "policy_changed": _policy_changed(changes, release),
        "counts": {kind: kinds[kind] for kind in KINDS},
        "claims": Rows(made),
    }


def _policy_changed(changes: Changes, release: Release) -> bool | None:
    """Whether the policy is another one; None where that is not known."""
    if changes.since is None or changes.since.policy is None:
        return None
    return changes.since.policy != release.policy


def entries(release: Release) -> Iterator[JsonObject]:
    """One entry for each claim that changed, by id, one at a time."""
    claims = _claims(release)
    held = {each["id"]: each for each in held_views(release)}
    withdrawn = {each["id"]: each for each in tombstone_views(release)}
    stem = stem_of(release.config.base_url)
    for changed in changes_of(release).claims:
        yield {
            "id": changed.id,
            "uri": claim_uri(stem, changed.id),
            "change_uri": change_uri(stem, release.id, changed.id),
            "state": changed.state,
            "changes": _changes(changed),
            "claim": claims(changed.id),
            "held": held.get(changed.id),
            "withdrawn": withdrawn.get(changed.id),
        }


def _claims(release: Release) -> Callable[[str], JsonObject | None]:
    """Gives the shown parts of a released claim by id; None where it is not out."""
    view_of = _views(release)

    def shown(id_: str) -> JsonObject | None:
        view = view_of(id_)
        return {name: view[name] for name in SHOWN} if view else None

    return shown


def _views(release: Release) -> Callable[[str], JsonObject | None]:
    """Gives the view of a released claim by id, made when it is asked for where the release does not keep it."""
    if release.views is not None:
        return {view["id"]: view for view in release.views}.get
    shelf = shelf_of(release)
    released = {each.claim.id: each for each in release.claims}
    return lambda id_: claim_view(released[id_], shelf) if id_ in released else None


def _changes(changed: ChangedClaim) -> list[JsonObject]:
    return [
        {"kind": each.kind, "label": KINDS[each.kind], "what": each.what, "before": each.before, "after": each.after}
        for each in changed.changes
    ]


def citations_of(release: Release) -> Mapping[str, str]:
    """The citation of each evidence record of a release on one line, by slug."""
    return {each.id: citation_line(each.citation) for each in release.evidence}
