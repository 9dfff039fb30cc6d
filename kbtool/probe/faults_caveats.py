"""Faults of caveats: dropped, copied, invented, resting on nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import Caveat, ClaimBase
from kbtool.probe.edits import DROP, on_claim, planted
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.probe.faults_statements import INVENTED
from kbtool.probe.faults_support import _NO_CAVEAT
from kbtool.review.conditions import holds


def _caveat(change: Callable[[Caveat, int, ClaimBase], dict[Path, Any] | None], lacking: str) -> Plant:
    """A change in the first caveat, of the first claim, for which the function has one."""

    @on_claim(lacking)
    def plant(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
        del scratch
        found = (change(caveat, index, claim) for index, caveat in enumerate(claim.caveats))
        return next((each for each in found if each), None)

    return plant


@on_claim("policy asks no claim for a caveat of one kind")
def _required_caveat_dropped(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    for need in scratch.base.policy.model.caveats:
        left = [i for i, caveat in enumerate(claim.caveats) if caveat.kind in need.any_of]
        if holds(need.when, claim) and len(left) == 1:
            return {("caveats", left[0]): DROP}
    return None


def _all_kinds_alike(kind: str, lacking: str) -> Plant:
    return _caveat(lambda _c, index, _claim: {("caveats", index, "kind"): kind}, lacking)


def _two_bases(caveat: Caveat, index: int, claim: ClaimBase) -> dict[Path, Any] | None:
    if caveat.basis is None or caveat.basis.evidence is None or not claim.evidence:
        return None
    return {("caveats", index, "basis", "claim"): "probe/another-claim"}


def _same_text_twice(caveat: Caveat, index: int, claim: ClaimBase) -> dict[Path, Any] | None:
    del caveat
    return {("caveats", index, "text"): claim.caveats[0].text} if index > 0 else None


def _copied_caveat(scratch: Scratch) -> Planted | NotApplicable:
    """Needs two claims, each with a caveat that rests on no claim."""
    found = [
        (id_, index, caveat.text)
        for id_, record in sorted(scratch.base.claims.items())
        for index, caveat in enumerate(record.model.caveats)
        if caveat.basis is None or caveat.basis.claim is None
    ]
    first = next(iter(found), None)
    other = next((each for each in found if first and each[0] != first[0]), None)
    if not first or not other:
        return NotApplicable("no two claims have caveats of their own")
    return planted(scratch, f"{other[0]}.yaml", {("caveats", other[1], "text"): first[2]})


def _number_in_caveat(caveat: Caveat, index: int, claim: ClaimBase) -> dict[Path, Any] | None:
    del claim
    return {("caveats", index, "text"): f"{caveat.text} It was so in {INVENTED} people."}


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "required-caveat-dropped",
        "a caveat that policy asks for is gone",
        caught_by("caveat-missing"),
        _required_caveat_dropped,
    ),
    Fault(
        "caveat-basis-dropped",
        "a caveat that rests on nothing",
        caught_by("caveat-without-basis"),
        _caveat(lambda c, i, _: {("caveats", i, "basis"): DROP} if c.basis else None, _NO_CAVEAT),
    ),
    Fault(
        "caveat-of-two-bases",
        "a caveat that names two grounds",
        caught_by("caveat-without-basis"),
        _caveat(_two_bases, "no caveat rests on evidence"),
    ),
    Fault(
        "caveat-twice",
        "the same caveat text twice in a claim",
        caught_by("caveat-repeated"),
        _caveat(_same_text_twice, "no claim has two caveats"),
    ),
    Fault(
        "caveat-on-own-claim",
        "a caveat that rests on its own claim",
        caught_by("caveat-rests-on-itself"),
        _caveat(lambda _, i, claim: {("caveats", i, "basis"): {"claim": claim.id}}, _NO_CAVEAT),
    ),
    Fault(
        "number-in-caveat",
        "a number in a caveat that its basis does not give",
        caught_by("caveat-number-without-basis"),
        _caveat(_number_in_caveat, _NO_CAVEAT),
    ),
    Fault("caveat-copied", "a caveat text copied from another claim", caught_by("copied-caveat"), _copied_caveat),
    Fault(
        "unknown-caveat-kind",
        "a caveat of a kind that the vocabulary lacks",
        caught_by("unknown-term"),
        _all_kinds_alike("probe-no-such-kind", _NO_CAVEAT),
    ),
    Fault(
        "placeholder-caveat",
        "a caveat that is still to be written",
        caught_by("placeholder-text"),
        _caveat(lambda _, i, _claim: {("caveats", i, "text"): "To be written: TODO."}, _NO_CAVEAT),
    ),
    Fault(
        "dangling-caveat-basis",
        "a caveat that rests on a record that is not there",
        caught_by("dangling-evidence"),
        _caveat(lambda _, i, _claim: {("caveats", i, "basis"): {"evidence": "probe-no-such-record"}}, _NO_CAVEAT),
    ),
)
"""Faults of caveats, as a literal list."""
