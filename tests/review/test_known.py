"""What is known of an earlier time changes nothing of what is weighed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kbtool.review.content import ContentReader, content_of
from kbtool.review.known import known_of
from kbtool.review.state import review_state
from tests.review.planted import PEOPLE, SIGNED_FILES, Planted, good
from tests.review.scratch import AS_OF, TRIAL, knowledge, state


@cache
def verified() -> dict[str, tuple[str, ...]]:
    """Whose signatures hold in the good base."""
    return dict(state(good()).verified)


@pytest.mark.parametrize("fault", [*SIGNED_FILES.values(), *PEOPLE.values()], ids=[*SIGNED_FILES, *PEOPLE])
def test_signatures_that_are_known_to_hold_hide_no_fault(fault: Planted) -> None:
    """What a signature check gave rests on bytes and key alone: not on who is trusted now, nor on the log."""
    base = knowledge(fault.make())
    known = replace(known_of(base), verified=verified())
    assert review_state(base, AS_OF, known) == review_state(base, AS_OF)


def test_evidence_that_is_let_go_meanwhile_is_written_again() -> None:
    index = knowledge(good())
    reader = ContentReader(index, {str(number): b"" for number in range(5_000)})
    assert reader.content(index.claims[TRIAL].model) == content_of(index.claims[TRIAL].model, index)
    assert len(reader.evidence) == 1
