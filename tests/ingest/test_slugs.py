"""Ids of drafts: telling words, whole ones, and never the same twice."""

from __future__ import annotations

import pytest

from kbtool.ingest.slugs import claim_slugs, slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Tea can make people feel calmer.", "tea-can-make-people-feel-calmer"),
        ("It isn\u2019t a cure.", "isnt-cure"),
        (
            "Multidisciplinary electroencephalographic administration trials",
            "multidisciplinary-electroencephalographic-administration",
        ),
        ("x" * 70, "x" * 60),
        ("and the of", "and-the-of"),
        ("\u8336", "claim"),
        ("", "claim"),
    ],
)
def test_slug_of(words: str, slug: str) -> None:
    assert slug_of(words) == slug


def test_slugs_that_come_again() -> None:
    assert claim_slugs(["Green tea", "green tea", "Green tea 2", "green  tea"]) == [
        "green-tea", "green-tea-2", "green-tea-2-2", "green-tea-3",
    ]  # fmt: skip
