"""A rule and its page."""

from __future__ import annotations

import pytest

from kbtool.diagnostics import Severity
from kbtool.rules import BASE_RULES, CLAIM_RULES, EVIDENCE_RULES, PAGES, SOURCE_RULES
from kbtool.rules.rule import page_of, rule


def test_a_page_comes_from_the_docstring() -> None:
    @rule(Severity.WARNING, locked=True)
    def tea_is_cold() -> None:
        """The tea is cold.

        Why: cold tea
        pleases nobody.

        Mend: make new tea.
        """

    assert tea_is_cold.name == "tea-is-cold"
    assert tea_is_cold.page.summary == "The tea is cold."
    assert tea_is_cold.page.why == "cold tea pleases nobody."
    assert tea_is_cold.page.mend == "make new tea."
    assert tea_is_cold.page.severity is Severity.WARNING
    assert tea_is_cold.page.locked


@pytest.mark.parametrize("text", ["", "What.", "What.\n\nWhy: so.", "What.\n\nMend: so.", "\n\nWhy: so.\n\nMend: so."])
def test_a_page_without_all_three_parts_is_no_page(text: str) -> None:
    with pytest.raises(ValueError, match="tea-is-cold"):
        page_of("tea-is-cold", text, Severity.ERROR)


def test_every_page_is_whole_and_named_in_lower_case_words() -> None:
    for name, page in PAGES.items():
        assert name == page.name
        assert name == "-".join(name.lower().split("-"))
        assert page.summary.endswith(".")
        assert page.why.endswith(".")
        assert page.mend.endswith(".")


@pytest.mark.parametrize("rules", [CLAIM_RULES, EVIDENCE_RULES, SOURCE_RULES, BASE_RULES])
def test_no_table_names_a_rule_twice(rules: tuple[object, ...]) -> None:
    names = [getattr(rule, "name", "") for rule in rules]
    assert len(names) == len(set(names))
