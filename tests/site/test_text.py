"""Words for pages."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kbtool.site
from kbtool.site.text import (
    TOP,
    _cleaned,
    _is_clean,
    cleaned,
    cleaned_text,
    html_bytes,
    identifier_links,
    long_day,
    web_address,
)

MODULES = [each.name for each in pkgutil.iter_modules(kbtool.site.__path__)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_right(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"kbtool.site.{name}")).failed == 0


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onclick=x', False),
        ("https://example.org/<b>", False),
        (" https://example.org/", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(text: str | None, *, is_link: bool) -> None:
    """URL schemes of data are harmless: only http and https addresses are links."""
    assert (web_address(text) is not None) is is_link


def test_identifiers_lead_to_where_they_are_resolved() -> None:
    found = identifier_links(
        {
            "doi": "10.5555/a<b>",
            "pmid": "12",
            "pmcid": "PMC3",
            "registry": ["NCT00000001", "ISRCTN00000001", "NCT1?x=javascript"],
            "other": ["something else"],
        }
    )
    assert found == [
        ("DOI", "10.5555/a<b>", "https://doi.org/10.5555/a%3Cb%3E"),
        ("PubMed", "12", "https://pubmed.ncbi.nlm.nih.gov/12"),
        ("PubMed Central", "PMC3", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3"),
        ("Registration", "NCT00000001", "https://clinicaltrials.gov/study/NCT00000001"),
        ("Registration", "ISRCTN00000001", None),
        ("Registration", "NCT1?x=javascript", None),
        ("Other", "something else", None),
    ]
    assert identifier_links({}) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x1b[31mc\x7fd\x85e\ufffef", "a\ufffdb\ufffd[31mc\ufffdd\ufffde\ufffdf"),
        ("\u202eturned", "\u202eturned"),
    ],
)
def test_control_characters_do_not_reach_a_page(text: str, clean: str) -> None:
    assert cleaned({"a": [text, None, 1]}) == {"a": [clean, None, 1]}


@given(JSON)
def test_cleaning_twice_is_cleaning_once(value: object) -> None:
    once = cleaned(value)
    assert cleaned(once) == once


@given(JSON)
@example({"a": ["\\u0001 and \\r are no controls", "\u2028", "\xa0"]})
@example([{"b": "\x7f"}, "\t\n"])
def test_a_value_without_anything_odd_is_left_as_it_is(value: object) -> None:
    """A value without any such text is given back itself: what tells it apart sees all that going through it finds."""
    assert cleaned(value) == _cleaned(value)
    assert cleaned(value) is value or not _is_clean(value)


@given(st.text())
def test_a_cleaned_text_keeps_every_position(text: str) -> None:
    """Positions count Unicode code points of the stored text."""
    assert len(cleaned_text(text)) == len(text)


def test_only_addresses_that_templates_wrote_are_made_relative() -> None:
    assert html_bytes(f'<a href="{TOP}a.html">"~/b {cleaned(TOP)}</a>', "../") == (
        '<a href="../a.html">"~/b \ufffd</a>'.encode()
    )


def test_no_day_is_no_words() -> None:
    assert [long_day(day) for day in (None, "", "2026-12-01")] == ["", "", "1 December 2026"]
