"""Forms of identifiers. The ORCID iDs are the ones that ORCID's own documentation gives as examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model.identifiers import doi_problem, orcid_problem, pmcid_problem, pmid_problem, registration_problem

Check = Callable[[str], "str | None"]

GOOD: list[tuple[Check, str]] = [
    (orcid_problem, "0000-0002-1825-0097"),
    (orcid_problem, "0000-0001-5109-3700"),
    (orcid_problem, "0000-0002-1694-233X"),
    (doi_problem, "10.1000/182"),
    (doi_problem, "10.1000/xyz(123)a;b"),
    (pmid_problem, "1"),
    (pmid_problem, "12345678"),
    (pmcid_problem, "PMC1234567"),
    (registration_problem, "NCT00000102"),
    (registration_problem, "ISRCTN00000000"),
    (registration_problem, "2004-000000-00"),
    (registration_problem, "CRD42012345678"),
    (registration_problem, "ACTRN12605000000000"),
    (registration_problem, "jRCTs000000000"),
]

BAD: list[tuple[Check, str, str]] = [
    (orcid_problem, "0000-0002-1825-0098", "check digit"),
    (orcid_problem, "0000-0002-1694-2330", "check digit"),
    (orcid_problem, "0000-0002-1825-009X", "check digit"),
    (orcid_problem, "0000-0002-1852-0097", "check digit"),
    (orcid_problem, "0000000218250097", "not the form"),
    (orcid_problem, "https://orcid.org/0000-0002-1825-0097", "not the form"),
    (orcid_problem, "0000-0002-1825-0097\n", "not the form"),
    (orcid_problem, "٠٠٠٠-0002-1825-0097", "not the form"),
    (doi_problem, "https://doi.org/10.1000/182", "not the form"),
    (doi_problem, "doi:10.1000/182", "not the form"),
    (doi_problem, "10.1000/", "not the form"),
    (doi_problem, "10.1000/a b", "not the form"),
    (doi_problem, "10.1000/ABC", "lower case"),
    (doi_problem, "10.1000/182.", "punctuation"),
    (pmid_problem, "0123", "not the form"),
    (pmid_problem, "123456789", "not the form"),
    (pmid_problem, "PMID 1", "not the form"),
    (pmcid_problem, "1234567", "not the form"),
    (pmcid_problem, "pmc1234567", "not the form"),
    (registration_problem, "NCT123", "no known register"),
    (registration_problem, "XYZ00000000", "no known register"),
]


@pytest.mark.parametrize(("check", "text"), GOOD)
def test_a_good_identifier_passes(check: Check, text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize(("check", "text", "words"), BAD)
def test_a_bad_identifier_is_told_apart(check: Check, text: str, words: str) -> None:
    assert words in (check(text) or "")


@given(st.integers(0, 14), st.integers(0, 9))
def test_one_wrong_digit_of_an_orcid_is_always_found(position: int, digit: int) -> None:
    """ISO 7064 MOD 11-2 finds every single wrong digit."""
    digits = list("000000021825009")
    changed = digits[position] != str(digit)
    digits[position] = str(digit)
    joined = "".join(digits) + "7"
    text = "-".join(joined[i : i + 4] for i in range(0, 16, 4))
    assert (orcid_problem(text) is not None) is changed


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    for check in (orcid_problem, doi_problem, pmid_problem, pmcid_problem, registration_problem):
        problem = check(text)
        assert problem is None or problem
