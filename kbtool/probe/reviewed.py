"""A scratch copy in which made-up people have approved a few claims of the base, all in order and logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kbtool.model.claim import ClaimBase
from kbtool.model.references import claims_rested_on
from kbtool.probe.copy import reduced, with_claims_named
from kbtool.probe.deciding import checkpointed, decide
from kbtool.probe.fault import NotApplicable, Scratch
from kbtool.probe.people import DRAFTER, governed, knowledge, reviewer, with_people
from kbtool.records.base import KnowledgeBase
from kbtool.review.state import review_state
from kbtool.yamlsource.splice import splice

_ORDINALS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the copy's story, all before the day of the check."""

    begin: date
    """Keys count and interests are stated."""
    first: date
    """The first claims are approved, and logged the day after."""
    second: date
    """The others are approved, and logged the day after."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The copy with its cast; everything in it stands, until something is planted."""

    files: Mapping[str, bytes]
    base: KnowledgeBase
    as_of: date
    days: Days
    claim: str
    """A claim that was approved first; it cites evidence and has a caveat."""
    other: str
    """Another approved claim."""
    above: str | None
    """An approved claim that rests on another one, where the base has such."""
    below: str | None
    """The claim that it rests on."""
    people: tuple[str, ...]
    """Ids of those who approved; the one who drafted `claim` is a reviewer of another id."""
    unapproved: Mapping[str, bytes]
    """The files before `claim` was approved; all else as in `files`, and nothing logged."""

    def decisions(self, claim: str) -> list[str]:
        """Names of the files of a claim's decisions."""
        return sorted(name for name in self.files if name.startswith(f"decisions/{claim}/"))

    @property
    def scratch(self) -> Scratch:
        """The copy without its cast."""
        return Scratch(self.files, self.base, self.as_of)


def reviewed_copy(scratch: Scratch) -> Reviewed | NotApplicable:
    """The copy with a trust root, reviewers and approvals, or why it cannot be had."""
    cast = _cast(scratch.base)
    if isinstance(cast, NotApplicable):
        return cast
    claim, other, above, below = cast
    days = Days(*(scratch.as_of - timedelta(days=n) for n in (40, 30, 20)))
    named = with_claims_named({id_ for id_ in cast if id_}, scratch.base)
    files = reduced(scratch.files, [f"{id_}.yaml" for id_ in named], scratch.base)
    people = _people(scratch.base)
    roles = _roles(scratch.base)
    cards = [reviewer(id_, f"Scratch Reviewer {_ORDINALS[i]}", roles, days.begin) for i, id_ in enumerate(people)]
    drafter = reviewer(DRAFTER, scratch.base.claims[claim].model.drafted.by, roles, days.begin)
    governing = governed(with_people(files, [*cards, drafter]), days.begin)
    later = [id_ for id_ in dict.fromkeys((below, above, other)) if id_ and id_ != claim]
    done = checkpointed(_approved(governing, [claim], people, days.first), days.first + timedelta(days=1))
    done = checkpointed(_approved(done, later, people, days.second), days.second + timedelta(days=1))
    unapproved = _synced(_approved(governing, later, people, days.second), scratch.as_of)
    files = _synced(done, scratch.as_of)
    made = Reviewed(files, knowledge(files), scratch.as_of, days, claim, other, above, below, people, unapproved)
    return _standing(made, [claim, *later])


def _standing(made: Reviewed, approved: list[str]) -> Reviewed | NotApplicable:
    """The copy, if what was approved in it stands."""
    review = review_state(made.base, made.as_of)
    for id_ in approved:
        standing = review.claims[id_].standing
        if standing.value != "approved":
            return NotApplicable(f"{id_!r} could not be approved in the scratch copy: {standing.reason}")
    for problem in review.problems:
        return NotApplicable(f"the scratch copy does not hold: {problem.message}")
    return made


def _cast(base: KnowledgeBase) -> tuple[str, str, str | None, str | None] | NotApplicable:
    vocabulary = base.vocabulary.model
    rests = {id_: claims_rested_on(r.model, vocabulary) & base.claims.keys() for id_, r in sorted(base.claims.items())}
    claim = next((id_ for id_ in rests if _is_rich(base.claims[id_].model, base)), None)
    other = next((id_ for id_ in rests if id_ != claim), None)
    if claim is None or other is None:
        return NotApplicable("no two claims are there, one of them with evidence, caveat and stored text")
    above = next((id_ for id_, below in rests.items() if len(below) == 1), None)
    return claim, other, above, min(rests[above]) if above else None


def _is_rich(claim: ClaimBase, base: KnowledgeBase) -> bool:
    seen = any(link.ref in base.evidence for link in claim.evidence)
    return bool(seen and claim.caveats and claim.source.document in base.texts)


def _roles(base: KnowledgeBase) -> tuple[str, ...]:
    """Every role that policy asks for."""
    asked = dict.fromkeys(role for need in base.policy.model.approvals for role in need.roles)
    return tuple(asked) or ("reviewer",)


def _people(base: KnowledgeBase) -> tuple[str, ...]:
    """As many reviewers as policy asks for, two at least."""
    count = max(2, *(need.people for need in base.policy.model.approvals), 2)
    return tuple(f"scratch-reviewer-{number}" for number in range(1, min(count, len(_ORDINALS)) + 1))


def _approved(files: Mapping[str, bytes], claims: list[str], people: tuple[str, ...], on: date) -> dict[str, bytes]:
    for claim in claims:
        for person in people:
            files = decide(files, claim, person, on)
    return dict(files)


def _synced(files: Mapping[str, bytes], as_of: date) -> dict[str, bytes]:
    """The files with every record's status as its decisions have it."""
    changed = dict(files)
    for id_, review in review_state(knowledge(files), as_of).claims.items():
        changed[f"{id_}.yaml"] = splice(changed[f"{id_}.yaml"], ("review", "status"), review.status)
    return changed
