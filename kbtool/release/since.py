"""Finding what a release changed since an earlier one, claim by claim; without one, everything is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from kbtool.release.changed import KINDS, Changed, ChangedClaim, Changes, Earlier
from kbtool.release.compare import compare
from kbtool.release.snapshot import snapshot_of

if TYPE_CHECKING:
    from kbtool.model.vocabulary import Term
    from kbtool.release.changed import State
    from kbtool.release.compare import Difference
    from kbtool.release.parts import Release
    from kbtool.release.snapshot import EarlierRelease, Snapshot


def published(release: Release) -> Changes:
    """A release as if there had been none before it."""
    found = {each.claim.id: [Changed("published", "", "", "")] for each in release.claims}
    found |= {each.id: [Changed("held", "", "", each.reason)] for each in release.held}
    found |= {each.id: [Changed("withdrawn", "", "", each.reason)] for each in release.tombstones}
    return Changes(None, _by_claim(found, _states(release)))


def changes_since(earlier: EarlierRelease, release: Release) -> Changes:
    """What a release changed since an earlier one."""
    before, after = earlier.snapshot, snapshot_of(release)
    found: dict[str, list[Changed]] = defaultdict(list)
    difference = compare(before, after)
    for source in (
        _comings_and_goings(difference, before, after),
        _contents(difference, release.vocabulary.caveat_kinds),
        _surroundings(difference, before.contents.keys() & after.contents.keys()),
        _standings(difference, release.vocabulary.statuses),
    ):
        for id_, changed in source:
            found[id_].append(changed)
    return Changes(Earlier(earlier.id, earlier.as_of, earlier.policy), _by_claim(found, _states(release)))


_Found = Iterator[tuple[str, Changed]]
_ORDER = {kind: position for position, kind in enumerate(KINDS)}


def _states(release: Release) -> dict[str, State]:
    states: dict[str, State] = {each.claim.id: "released" for each in release.claims}
    states |= {each.id: "held" for each in release.held}
    return states | {each.id: "withdrawn" for each in release.tombstones}


def _by_claim(found: Mapping[str, Iterable[Changed]], states: Mapping[str, State]) -> tuple[ChangedClaim, ...]:
    return tuple(
        ChangedClaim(id_, states.get(id_, "gone"), tuple(sorted(changes, key=lambda each: _ORDER[each.kind])))
        for id_, changes in sorted(found.items())
    )


def _comings_and_goings(difference: Difference, before: Snapshot, after: Snapshot) -> _Found:
    """A claim that was held, and now goes out, was not there for readers: it is added."""
    for old, new in difference.renamed:
        yield old, Changed("renamed", "now", old, new)
        yield new, Changed("renamed", "before", old, new)
    names = {new for _, new in difference.renamed}
    for id_ in sorted(after.contents.keys() - before.contents.keys() - names):
        yield id_, Changed("added", "it was held back" if id_ in before.unread else "", "", "")
    for id_ in sorted(after.unread - before.unread):
        yield id_, Changed("held", "", "", after.standings[id_].reason)
    for id_, reason in difference.withdrawn:
        yield id_, Changed("withdrawn", "", "", reason)
    for id_ in difference.vanished:
        yield id_, Changed("vanished", "", "", "")


_KIND_OF = {"caveats": "caveat-changed", "drafted anew": "drafted-anew"}
"""Our names for those kinds of `kbtool.release.compare` that are called otherwise there."""


def _contents(difference: Difference, caveat_kinds: Mapping[str, Term]) -> _Found:
    for claim in difference.changed:
        for kind, changes in claim.parts:
            for change in changes:
                yield claim.claim, Changed(_KIND_OF.get(kind, kind), change.what, change.before, change.after)
    for caveat in difference.caveats_added:
        yield caveat.claim, Changed("caveat-added", _label(caveat_kinds, caveat.kind), "", caveat.text)
    for caveat in difference.caveats_dropped:
        yield caveat.claim, Changed("caveat-dropped", _label(caveat_kinds, caveat.kind), caveat.text, "")


def _surroundings(difference: Difference, both: AbstractSet[str]) -> _Found:
    """Changes of cited evidence and of terms, told at every claim of both sides that uses them."""
    for kind, things in (("evidence-changed", difference.evidence), ("term-changed", difference.terms)):
        for thing in things:
            for id_ in both & set(thing.claims):
                yield from ((id_, Changed(kind, each.what, each.before, each.after)) for each in thing.changes)


def _standings(difference: Difference, statuses: Mapping[str, Term]) -> _Found:
    for each in difference.standings:
        if each.after != "withdrawn":
            labels = _label(statuses, each.before), _label(statuses, each.after)
            yield each.claim, Changed("standing-changed", each.reason, *labels)


def _label(terms: Mapping[str, Term], code: str) -> str:
    return terms[code].label if code in terms else code
