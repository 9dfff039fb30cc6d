"""The sides of a comparison: a base and the release made of it say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kbtool.release.compare import compare
from kbtool.release.gate import GATES
from kbtool.release.jsontext import pretty
from kbtool.release.release import make_release
from kbtool.release.reviewed import reviewed
from kbtool.release.snapshot import NotARelease, Snapshot, snapshot_of_base, snapshot_of_release
from kbtool.release.view import document_of
from kbtool.review.state import review_state
from tests.review.scratch import DRAFTER, TRIAL, checkpointed, decided, knowledge, reviewed_base
from tests.rules.bases import AS_OF, Base, edited, real_base, tiny_base


def side(base: Base, *unread: str) -> Snapshot:
    index = knowledge(base)
    return snapshot_of_base(index, review_state(index, AS_OF), unread)


def released(base: Base, gate: str = "any") -> dict[str, Any]:
    """The `claims.json` of a release of the base, as a value."""
    index = knowledge(base)
    state = review_state(index, AS_OF)
    release = make_release(index, GATES[gate], AS_OF, review=reviewed(index, state, AS_OF))
    found: dict[str, Any] = json.loads(pretty(document_of(release)))
    return found


def release_side(value: Any) -> Snapshot:
    found = snapshot_of_release(json.dumps(value).encode())
    assert isinstance(found, Snapshot), found
    return found


@pytest.mark.parametrize("base", [tiny_base, real_base])
def test_a_base_and_its_release_do_not_differ(base: Any) -> None:
    assert not compare(release_side(released(base())), side(base()))


def test_without_the_whole_text_quotes_are_compared_by_their_words() -> None:
    quotes_only = edited(tiny_base(), "sources/plumberry-tea.yaml", "use: full-text", "use: quotes-only")
    found = release_side(released(quotes_only))
    assert not compare(found, side(tiny_base()))
    other = edited(tiny_base(), f"{TRIAL}.yaml", "weaker tea was ineffective\n", "weaker tea was\n")
    changed = compare(found, side(other)).changed
    assert [(c.claim, [kind for kind, _ in c.parts]) for c in changed] == [(TRIAL, ["re-sourced"])]


def test_held_and_withdrawn_claims_are_there_without_their_content() -> None:
    base = checkpointed(decided(reviewed_base(), TRIAL, "withdraw", DRAFTER, note="Nobody can repeat it."))
    found = release_side(released(base, "approved"))
    assert found.contents == {}
    assert found.standings[TRIAL].value == "withdrawn"
    assert len(found.unread) == 2
    assert found.ids == side(base).ids


def test_unread_claims_of_a_base_are_there() -> None:
    assert "x/y" in side(tiny_base(), "x/y").ids


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\xff", "it is not JSON, or a record in it is not one of this version of kbtool"),
        (b"[" * 100_000, "it is not JSON, or a record in it is not one of this version of kbtool"),
        (b"[]", "it lacks a part that every release has"),
        (b"{}", "it lacks a part that every release has"),
        (b'{"claims": [{"type": "rumour"}]}', "it lacks a part that every release has"),
    ],
)
def test_what_is_no_release_is_said_so(raw: bytes, reason: str) -> None:
    assert snapshot_of_release(raw) == NotARelease(reason)


def test_a_record_of_another_version_is_refused() -> None:
    value = released(tiny_base())
    value["claims"][0]["polarity"] = "unsure"
    assert isinstance(snapshot_of_release(json.dumps(value).encode()), NotARelease)
