"""Citations on one line."""

from __future__ import annotations

from typing import Any

import pytest

from kbtool.model.evidence import Reference
from kbtool.release.citation import citation_line

CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "[no title seen]"),
    ({"title": "A page", "issued": "2020"}, "(2020). A page"),
    (
        {
            "author": [{"family": "Doe", "given": "J"}, {"family": "Roe"}, {"literal": "et al."}],
            "title": "What was found.",
            "container-title": "Journal of Tests",
            "volume": "1",
            "issue": "2",
            "page": "3-4",
            "issued": "2011-05",
        },
        "Doe J, Roe, et al. (2011-05). What was found. Journal of Tests, 1(2), 3-4",
    ),
    ({"title": "Policy", "genre": "policy", "publisher": "An Agency"}, "Policy. policy. An Agency"),
    ({"title": "No volume", "issue": "7", "author": [{}]}, "No volume. (7)"),
]


@pytest.mark.parametrize(("fields", "line"), CASES)
def test_only_what_was_seen(fields: dict[str, Any], line: str) -> None:
    assert citation_line(Reference.model_validate({"type": "x", **fields})) == line
