"""How strongly a sentence ties cause to effect: causal, conditional causal, correlational, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kbtool.ingest.causal_cues import (
    ADVICE,
    ASSOCIATION,
    CAUSE_NOUN,
    CAUSE_PAST,
    CAUSE_VERB,
    COMPARISON,
    MODAL,
    PURPOSE,
)
from kbtool.ingest.cue_pattern import all_found, first_found, last_word

CausalKind = Literal["causal", "conditional-causal", "correlational", "none"]

_MODAL_REACH = 45
"""Code points between a modal verb and what it makes a possibility."""
_MODAL_WORDS = 5
_BEFORE_NOUNS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "of",
        "with",
        "no",
        "any",
        "its",
        "their",
        "these",
        "significant",
        "was",
        "were",
        "is",
        "are",
        "high",
        "risk",
        "for",
        "in",
    ]
)
"""Words after which a form like "increased" or "influence" is a noun or an adjective."""
_ADJECTIVAL = frozenset(
    ["with", "an", "a", "the", "of", "and", "in", "for", "to", "by", "between", "from", "were", "was"]
)


@dataclass(frozen=True, slots=True)
class Causal:
    """The kind of causal language of a sentence, and the words that decided."""

    kind: CausalKind
    cues: tuple[str, ...]


def causal_language(text: str) -> Causal:
    """The kind of causal language of one sentence."""
    causes = sorted((*_verbs(text), *CAUSE_NOUN.finditer(text)), key=lambda match: match.start())
    advice = all_found(ADVICE, text)
    together = ASSOCIATION.search(text)
    is_conditional = _conditional(text, causes) and not (together and together.start() < causes[0].start())
    if len(_mentions(ADVICE, text)) > 1:
        return Causal("none", advice)
    if is_conditional:
        return Causal("conditional-causal", (*all_found(MODAL, text)[:1], _shown(causes[0])))
    if together:
        return Causal("correlational", (_shown(together),))
    if advice:
        return Causal("none", advice)
    if causes:
        return Causal("causal", (_shown(causes[0]),))
    compared = first_found(COMPARISON, text)
    return Causal("correlational", (compared.lower(),)) if compared else Causal("none", ())


def _mentions(pattern: re.Pattern[str], text: str) -> list[str]:
    return pattern.findall(text)


def _verbs(text: str) -> Iterator[re.Match[str]]:
    """The verbs that tie cause to effect in the sentence itself, not in an aim that it names."""
    for match in CAUSE_VERB.finditer(text):
        word, before = match[0].lower(), last_word(text, match.start())
        if PURPOSE.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        if before not in _BEFORE_NOUNS or word.endswith("s") or word in {"affected", "influenced"}:
            yield match
    for match in CAUSE_PAST.finditer(text):
        if last_word(text, match.start()) not in _ADJECTIVAL:
            yield match


def _conditional(text: str, causes: Sequence[re.Match[str]]) -> bool:
    """Whether a modal stands shortly before what names an effect."""
    return any(
        0 <= cause.start() - modal.end() <= _MODAL_REACH
        and len(text[modal.end() : cause.start()].split()) <= _MODAL_WORDS
        for modal in MODAL.finditer(text)
        for cause in causes
    )


def _shown(match: re.Match[str]) -> str:
    return " ".join(match[0].lower().split())
