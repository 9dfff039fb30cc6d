"""Kept contents: known by their bytes, read only where the base does not have them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kbtool.records.layout import BaseFile
from kbtool.review.content import CONTENT_TYPE, Content, content_of, digest_of
from kbtool.review.kept import drafter_of, kept_contents, read_content
from tests.review.scratch import TRIAL, knowledge
from tests.rules.bases import tiny_base


def kept_as(raw: bytes, digest: str | None = None) -> dict[str, BaseFile]:
    name = f"reviewed/{digest or digest_of(raw)}.json"
    return {name: BaseFile(name, name, raw)}


def of_trial() -> Content:
    index = knowledge(tiny_base())
    return content_of(index.claims[TRIAL].model, index)


def test_a_content_that_the_base_has_is_the_same_read_or_not() -> None:
    """A file with the bytes of one of the contents that are present in the base says what that one says."""
    content = of_trial()
    read, known = (kept_contents(kept_as(content.raw), present)[0] for present in ((), [content]))
    assert read == known == {content.digest: content}
    one, other = read[content.digest], known[content.digest]
    assert (one.claim, one.drafter, one.raw, one.value) == (other.claim, other.drafter, other.raw, other.value)
    assert drafter_of(one, TRIAL) == "editorial"
    assert drafter_of(one, "plumberry-tea/other") is None


def test_other_bytes_under_the_name_of_a_content_are_a_problem_though_the_base_has_it() -> None:
    content = of_trial()
    kept, problems = kept_contents(kept_as(content.raw + b" ", content.digest), [content])
    assert not kept
    assert [problem.rule for problem in problems] == ["kept-content-altered"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"_type": CONTENT_TYPE}, (None, None)),
        ({"_type": CONTENT_TYPE, "claim": "x"}, (None, None)),
        ({"_type": CONTENT_TYPE, "claim": {"id": "x"}}, (None, None)),
        ({"_type": CONTENT_TYPE, "claim": {"id": 1, "drafted": {"by": "y"}}}, (None, None)),
        ({"_type": CONTENT_TYPE, "claim": {"id": "x", "drafted": {"by": 1}}}, ("x", "1")),
    ],
)
def test_a_content_of_any_shape_says_what_it_says(value: Any, said: tuple[str | None, str | None]) -> None:
    content = read_content(json.dumps(value).encode())
    assert content is not None
    assert (content.claim, content.drafter) == said
    assert content.value == value


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"_type":"kbtool/claim-content/2"}', b'{"a":1.5}'])
def test_what_is_no_content(raw: bytes) -> None:
    assert read_content(raw) is None
    assert kept_contents(kept_as(raw))[0] == {}
