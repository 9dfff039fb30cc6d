"""Every rule against its cases: small bases with an expectation on each line that must be flagged, and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.diagnostics import INTERNAL_ERROR
from kbtool.rules import PAGES
from kbtool.rules.review_pages import review_pages
from tests.rules.bases import CASES, diagnose, expected, laid_over, seen, tiny_base
from tests.rules.test_made_cases import MADE_RULES

REVIEW_RULES = {page.name for page in review_pages()}
"""Rules on signed files; their cases need keys and stand with the tests of review."""

FOLDERS = tuple(sorted(case for rule in CASES.iterdir() if rule.name != "base" for case in rule.iterdir()))


def test_the_tiny_base_is_good() -> None:
    assert diagnose(tiny_base()) == ()


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_gives_exactly_what_its_comments_expect(case: Path) -> None:
    base = laid_over(case)
    diagnostics = diagnose(base)
    assert seen(diagnostics) == expected(base), "\n".join(f"{d.location} {d.rule}: {d.message}" for d in diagnostics)


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_expects_its_own_rule_unless_it_is_good(case: Path) -> None:
    rules = {rule for _, _, rule in expected(laid_over(case))}
    assert not rules if case.name.startswith("good-") else case.parent.name in rules or rules <= {"unknown-term"}


def test_every_rule_has_a_case() -> None:
    shown = {rule for case in FOLDERS for _, _, rule in expected(laid_over(case))}
    assert set(PAGES) - {INTERNAL_ERROR} - REVIEW_RULES == (shown | MADE_RULES) - REVIEW_RULES
