"""What verdict words of others amount to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.ingest.import_slugs import plain_slug, unused
from kbtool.ingest.verdict_words import NAME, VerdictWords, rating_of, read_verdict_words, table_problem
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.layout import BaseFile
from kbtool.yamlsource.parse import parse

SCHEMA = Path(__file__).resolve().parents[2] / "schema"


def vocabulary() -> Vocabulary:
    return Vocabulary.model_validate(parse((SCHEMA / "vocabulary.yaml").read_bytes()).data)


def shipped() -> VerdictWords:
    table, problems = read_verdict_words(BaseFile(NAME, NAME, (SCHEMA / NAME).read_bytes()))
    assert not problems
    assert table is not None
    return table


def test_the_table_that_comes_with_kbtool_holds() -> None:
    assert table_problem(shipped(), vocabulary()) is None


@pytest.mark.parametrize(
    ("words", "rating"),
    [
        ("FALSE", "contradicted"),
        ("False!", "contradicted"),
        ("Half-True", "partly-supported"),
        (" mostly  true ", "partly-supported"),
        ("Pants on Fire!", "contradicted"),
        ("unproven", "unverifiable"),
        ("untrue-ish", None),
        ("not false", None),
    ],
)
def test_words_are_compared_without_case_and_signs(words: str, rating: str | None) -> None:
    assert rating_of(shipped(), words) == rating


@pytest.mark.parametrize(
    ("ratings", "kind", "problem"),
    [
        ({"nonsense": ("x",)}, "news-report", "'nonsense' is no rating of the vocabulary"),
        ({"supported": ("x",)}, "nonsense", "'nonsense' is no kind of evidence of the vocabulary"),
        (
            {"supported": ("Half true",), "contradicted": ("half-true",)},
            "news-report",
            "the verdict words 'half-true' stand under 'supported' and under 'contradicted'",
        ),
        ({"supported": ("x", "X")}, "news-report", None),
    ],
)
def test_a_table_that_does_not_hold(ratings: dict[str, tuple[str, ...]], kind: str, problem: str | None) -> None:
    assert table_problem(VerdictWords(ratings=ratings, review_kind=kind), vocabulary()) == problem


def test_a_file_of_another_form_is_a_diagnostic() -> None:
    table, problems = read_verdict_words(BaseFile(NAME, NAME, b"ratings: {}\n"))
    assert table is None
    assert problems


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Tea isn\u2019t 100% caf\u00e9!", "tea-isnt-100-cafe"),
        ("\u8336", "claim"),
        ("a b c d e f g h i", "a-b-c-d-e-f-g-h"),
        ("x" * 80, "x" * 60),
        ("w" * 40 + " " + "v" * 40, "w" * 40),
    ],
)
def test_slugs(words: str, slug: str) -> None:
    assert plain_slug(words, "claim") == slug
    assert unused(slug, {slug, f"{slug}-2"}) == f"{slug}-3"
