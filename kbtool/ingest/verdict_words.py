"""`verdict-words.yaml`: which rating of ours the verdict words of others amount to."""

import re
import unicodedata
from typing import Annotated

from pydantic import Field

from kbtool.diagnostics import Diagnostic
from kbtool.model.base import Model, Slug, Text, term
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.layout import BaseFile
from kbtool.records.read import read_record, shape_of

NAME = "verdict-words.yaml"
"""The file in a schema folder."""

_BETWEEN = re.compile(r"[\W_]+")


class VerdictWords(Model):
    """What the verdict words of others amount to."""

    ratings: dict[Annotated[Slug, term("ratings")], tuple[Text, ...]] = Field(min_length=1)
    """Each rating with the words that mean it."""
    review_kind: Annotated[Slug, term("evidence_kinds")]
    """The kind of evidence that a review by others is recorded as."""


def read_verdict_words(file: BaseFile) -> tuple[VerdictWords | None, tuple[Diagnostic, ...]]:
    """The table in a file, or None with what is wrong with the file."""
    record, problems = read_record(file, shape_of(VerdictWords), NAME)
    return (record.model if record and not problems else None), tuple(problems)


def table_problem(table: VerdictWords, vocabulary: Vocabulary) -> str | None:
    """What is wrong with a table beyond its form, or None: terms that do not exist, a word with two meanings."""
    unknown = sorted(set(table.ratings) - set(vocabulary.ratings))
    if unknown:
        return f"{unknown[0]!r} is no rating of the vocabulary"
    if table.review_kind not in vocabulary.evidence_kinds:
        return f"{table.review_kind!r} is no kind of evidence of the vocabulary"
    meant: dict[str, str] = {}
    for rating, words in table.ratings.items():
        for word in words:
            if meant.setdefault(folded_words(word), rating) != rating:
                return f"the verdict words {word!r} stand under {meant[folded_words(word)]!r} and under {rating!r}"
    return None


def rating_of(table: VerdictWords, words: str) -> str | None:
    """The rating that verdict words amount to, or None where the table does not have them."""
    wanted = folded_words(words)
    return next((rating for rating, known in table.ratings.items() if wanted in map(folded_words, known)), None)


def folded_words(words: str) -> str:
    """Words as they are compared: without case, accents, hyphens and signs."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", plain).strip().casefold()
