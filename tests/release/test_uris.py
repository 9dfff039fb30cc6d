"""Public identifiers."""

from __future__ import annotations

import pytest

from kbtool.records.layout import RESERVED
from kbtool.release import uris

STEM = uris.stem_of("https://example.org/claims")
ALL = {
    uris.claim_uri(STEM, "a/b"): "a/b",
    uris.evidence_uri(STEM, "b"): "evidence/b",
    uris.source_uri(STEM, "b"): "sources/b",
    uris.text_uri(STEM, "b", "0f"): "sources/b/0f.txt",
    uris.decision_uri(STEM, "0f"): "decisions/0f",
    uris.content_uri(STEM, "0f"): "reviewed/0f",
    uris.reviewer_uri(STEM, "b"): "reviewers/b",
    uris.release_uri(STEM, "0f"): "releases/0f",
    uris.change_uri(STEM, "0f", "a/b"): "releases/0f#a/b",
    uris.feed_uri(STEM, "feed.atom"): "feed.atom",
    uris.term_uri(STEM, "ratings", "supported"): "vocabulary/ratings/supported",
}


def test_all_stand_below_the_stem_and_apart() -> None:
    """Identifiers are stable URIs under the base URL."""
    assert len(ALL) == 11
    assert {uri: f"https://example.org/claims/{path}" for uri, path in ALL.items()} == {uri: uri for uri in ALL}


@pytest.mark.parametrize("path", sorted(set(ALL.values()) - {"a/b"}))
def test_no_claim_can_have_the_place_of_something_else(path: str) -> None:
    first, *others = path.partition("#")[0].split("/")
    assert first in RESERVED | {"feed.atom"} or len(others) != 1


def test_the_stem_has_one_slash() -> None:
    assert uris.stem_of("https://example.org//") == "https://example.org/"
