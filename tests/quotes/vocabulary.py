"""A small vocabulary whose word lists are those that the tests are about."""

from __future__ import annotations

from typing import Any

from kbtool.model.vocabulary import Hedge, Vocabulary
from kbtool.quotes.words import Lexicon, lexicon

HEDGES = {
    "possibility": ("may", "might", "could", "possibly"),
    "ability": ("can", "able to"),
    "likelihood": ("likely", "suggests", "seems"),
    "generality": ("generally", "most people", "in general"),
    "quantity": ("some", "some degree of", "several"),
}
NEGATIONS = ("not", "no", "never", "none", "without", "cannot", "nor", "n't", "n’t")
CONNECTIVES = ("and", "but", "however", "which", "found that", "that’s", "but not", "and may")


def small_lexicon(
    hedges: dict[str, tuple[str, ...]] = HEDGES,
    negations: tuple[str, ...] = NEGATIONS,
    connectives: tuple[str, ...] = CONNECTIVES,
) -> Lexicon:
    """The lexicon of a vocabulary with these words."""
    groups = {group: Hedge(label=group, definition=group, words=words) for group, words in hedges.items()}
    lists: dict[str, Any] = {"hedges": groups, "negations": negations, "connectives": connectives}
    return lexicon(Vocabulary.model_construct(placeholders=("todo", "n/a", "lorem ipsum"), **lists))
