"""Faults of what is kept: the exact words that were decided about, and the policies that somebody decided under."""

from __future__ import annotations

from kbtool.probe.deciding import statement_of
from kbtool.probe.edits import without
from kbtool.probe.fault import Fault, Planted, caught_by
from kbtool.probe.gates import POLICY
from kbtool.probe.people import governed
from kbtool.probe.reviewed import Reviewed
from kbtool.review.content import digest_of
from kbtool.review.kept_policies import kept_name


def _kept(copy: Reviewed, claim: str) -> str:
    statement = statement_of(copy.files[copy.decisions(claim)[0]])
    return f"reviewed/{statement['subject'][0]['digest']['sha256']}.json"


def _kept_gone(copy: Reviewed) -> Planted:
    name = _kept(copy, copy.claim)
    return Planted(without(copy.files, name), f"{name[:40]}…: deleted")


def _kept_swapped(copy: Reviewed) -> Planted:
    mine, theirs = _kept(copy, copy.claim), _kept(copy, copy.other)
    return Planted({**copy.files, mine: copy.files[theirs]}, f"{mine[:40]}…: the content of another claim")


def _kept_policy_edited(copy: Reviewed) -> Planted:
    """The policy in force kept as `kbtool review` keeps it, with a comment more."""
    policy = copy.files[POLICY]
    name = kept_name(digest_of(policy))
    return Planted({**copy.files, name: policy + b"# more\n"}, f"{name[:40]}…: a comment more")


def _kept_policy_gone(copy: Reviewed) -> Planted:
    """Another policy, agreed on by the root keys, and the one that decisions name nowhere to be found."""
    files = {**copy.files, POLICY: copy.files[POLICY] + b"# another one\n"}
    return Planted(governed(files, copy.days.second), f"{POLICY}: another one, and the one of before not kept")


def _kept_policy_of_nobody(copy: Reviewed) -> Planted:
    policy = copy.files[POLICY] + b"# made up\n"
    name = kept_name(digest_of(policy))
    return Planted({**copy.files, name: policy}, f"{name[:40]}…: named by nobody")


FAULTS: tuple[Fault[Reviewed], ...] = (
    Fault("kept-content-gone", "the approved words deleted", caught_by("kept-content-missing"), _kept_gone),
    Fault(
        "kept-content-swapped",
        "the approved words replaced by others",
        caught_by("kept-content-altered"),
        _kept_swapped,
    ),
    Fault(
        "kept-policy-edited", "a kept policy edited in its place", caught_by("kept-policy-altered"), _kept_policy_edited
    ),
    Fault(
        "kept-policy-gone",
        "the policy that decisions name replaced, and kept nowhere",
        caught_by("kept-policy-missing"),
        _kept_policy_gone,
    ),
    Fault(
        "kept-policy-of-nobody",
        "a kept policy that no decision names",
        caught_by("kept-policy-unnamed"),
        _kept_policy_of_nobody,
    ),
)
"""Faults of what is kept, as a literal list."""
