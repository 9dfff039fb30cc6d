"""How strongly a sentence ties cause to effect: causal, conditional causal, correlational, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kbtool.ingest.causal_cues import (
    ADVICE,
    ASSOCIATION,
    BACKGROUND,
    CAUSE_NOUN,
    CAUSE_PAST,
    CAUSE_VERB,
    COMPARISON,
    MODAL,
    POSSIBLE,
    PURPOSE,
    RAISES_RISK,
)
from kbtool.ingest.cue_pattern import all_found, first_found, last_word

CausalKind = Literal["causal", "conditional-causal", "correlational", "none"]

_MODAL_REACH = 45
"""Code points between a modal verb and what it makes a possibility."""
_MODAL_WORDS = 5
_LONGEST_NAME = 24
"""Code points looked back for the word before."""
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


@lru_cache(maxsize=64)
def causal_language(text: str) -> Causal:
    """The kind of causal language of one sentence."""
    return next(_readings(text), Causal("none", ()))


def _readings(text: str) -> Iterator[Causal]:
    """What each cue says by itself, what outweighs the others first."""
    advice = all_found(ADVICE, text)
    if len(ADVICE.findall(text)) > 1:
        yield Causal("none", advice)
    if known := first_found(BACKGROUND, text):
        yield Causal("none", (known.lower(),))
    causes = sorted((*_verbs(text), *CAUSE_NOUN.finditer(text)), key=lambda match: match.start())
    together = _together(text, causes)
    if _conditional(text, causes) and not (together and together.start() < causes[0].start()):
        yield Causal("conditional-causal", (*all_found(MODAL, text)[:1], _shown(causes[0])))
    if together:
        yield Causal("correlational", (_shown(together),))
    if possible := first_found(POSSIBLE, text):
        yield Causal("conditional-causal", (possible.lower(),))
    if advice:
        yield Causal("none", advice)
    if causes:
        yield Causal("causal", (_shown(causes[0]),))
    if compared := first_found(COMPARISON, text):
        yield Causal("correlational", (compared.lower(),))


def _together(text: str, causes: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """What says that two things go together; no name of an association, and no risk that something changes."""
    changed = RAISES_RISK.search(text) if causes else None
    for match in ASSOCIATION.finditer(text):
        is_changed = changed is not None and changed.start() <= match.start() < changed.end()
        if not is_changed and not _is_name(text, match):
            return match
    return None


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word is part of a name, as in "American Heart Association"."""
    before = text[max(0, match.start() - _LONGEST_NAME) : match.start()].split()
    return match[0][0].isupper() and bool(before) and before[-1][0].isupper()


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
