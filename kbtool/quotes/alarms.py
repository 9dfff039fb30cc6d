"""What in a difference changes the meaning: said loudly, however many of the words are the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kbtool.quotes.characters import APOSTROPHES, ARITHMETIC, COMPARISONS, CURRENCY, HYPHENS, PARTS, SUPERSCRIPTS
from kbtool.quotes.quantity import UNITS
from kbtool.quotes.tokens import Tokens

NEGATIONS = frozenset({"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "non"})
"""English words that deny, known without any vocabulary; words that end in n't are added to them."""

MODALS = frozenset({"may", "might", "can", "could", "should", "must", "shall", "will", "would", "likely", "unlikely"})
"""English words that say how surely or how bindingly, known without any vocabulary."""

QUANTIFIERS = frozenset(
    {
        *(
            "all",
            "any",
            "both",
            "each",
            "either",
            "every",
            "everybody",
            "everyone",
            "everything",
            "most",
            "many",
            "much",
        ),
        *("more", "fewer", "less", "least", "several", "some", "somebody", "someone", "something", "few", "little"),
        *("half", "majority", "minority", "only", "almost", "nearly", "hardly", "rarely", "seldom", "sometimes"),
        *("often", "usually", "generally", "mostly", "always", "certain", "numerous", "various", "anyone", "enough"),
        *("once", "twice", "double", "triple", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        *("ten", "eleven", "twelve", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "million"),
        *("millions", "billion", "third", "thirds", "quarter", "quarters"),
    }
)
"""English words that say how many or how often, known without any vocabulary; numbers written in words are of them."""

_OPPOSED = ("", "un", "in", "im", "ir", "il", "non", "non-", "dis", "anti", "hyper", "hypo", "de")
_SIGN = re.compile(f"[{COMPARISONS}{ARITHMETIC}{CURRENCY}{PARTS}{SUPERSCRIPTS}]")
_BEFORE_DIGIT = re.compile(f"[{HYPHENS}/:.\u00b7]")
_HYPHENS = re.compile("[\\-\u2010\u2011]")
_CONTRACTED = re.compile(rf"n[{APOSTROPHES}]t\Z")
_UNIT_NAMES = frozenset(UNITS)
_MOST_COMPARED = 400

Region = tuple[int, int, int, int]
"""Begin and end among the quote's words, begin and end among the passage's."""


class _Kind(NamedTuple):
    name: str
    holds: Callable[[Tokens, int], bool]


def alarms(quote: Tokens, passage: Tokens, regions: Sequence[Region]) -> tuple[str, ...]:
    """One sentence for each number, sign, unit, negation, modal verb, quantifier, turning prefix or look-alike.

    A region is where quote and passage differ; what is the same in both is not looked at.
    """
    kinds = [said for kind in _KINDS for region in regions for said in _differing(kind, quote, passage, region)]
    mine, theirs = quote.shown(), passage.shown()
    turned = [said for a, b, c, d in regions for said in _turned(mine[a:b], theirs[c:d])]
    alike = [said for region in regions for said in _look_alike(quote, passage, region)]
    return tuple(dict.fromkeys([*kinds, *turned, *alike]))


def _differing(kind: _Kind, quote: Tokens, passage: Tokens, region: Region) -> Iterator[str]:
    """Say what quote and text have of one kind, where it is not the same."""
    a, b, c, d = region
    mine = [n for n in range(a, b) if kind.holds(quote, n)]
    theirs = [n for n in range(c, d) if kind.holds(passage, n)]
    if not (mine or theirs) or [quote.folded[n] for n in mine] == [passage.folded[n] for n in theirs]:
        return
    has, stands = _listed(quote, mine), _listed(passage, theirs)
    if mine and theirs:
        yield f"a {kind.name} differs: {has} in the quote, {stands} in the text"
    else:
        yield (
            f"the {kind.name} {stands} is missing from the quote"
            if theirs
            else f"the {kind.name} {has} is not in the text"
        )


def _listed(tokens: Tokens, positions: Sequence[int]) -> str:
    return ", ".join(repr(tokens.words(n, n + 1)) for n in positions)


def _is_number(tokens: Tokens, n: int) -> bool:
    return tokens.words(n, n + 1)[:1].isdecimal()


def _is_sign(tokens: Tokens, n: int) -> bool:
    """A comparison, arithmetic, currency or percent sign, or a minus, slash or point right before a digit."""
    at = tokens.starts[n]
    if _SIGN.match(tokens.text, at):
        return True
    return _BEFORE_DIGIT.match(tokens.text, at) is not None and tokens.text[at + 1 : at + 2].isdigit()


def _is_unit(tokens: Tokens, n: int) -> bool:
    """A unit by name, behind a number or behind another unit's slash."""
    if tokens.words(n, n + 1) not in _UNIT_NAMES or n == 0:
        return False
    return tokens.folded[n - 1][-1:].isdigit() or tokens.folded[n - 1] in {"/", "per", "million", "thousand"}


def _is_negation(tokens: Tokens, n: int) -> bool:
    word = tokens.folded[n]
    return word in NEGATIONS or word.startswith("non-") or _CONTRACTED.search(word) is not None


def _is_modal(tokens: Tokens, n: int) -> bool:
    return tokens.folded[n] in MODALS


def _is_quantifier(tokens: Tokens, n: int) -> bool:
    return not QUANTIFIERS.isdisjoint(_HYPHENS.split(tokens.folded[n]))


_KINDS = (
    _Kind("number", _is_number),
    _Kind("sign", _is_sign),
    _Kind("unit", _is_unit),
    _Kind("negation", _is_negation),
    _Kind("modal verb", _is_modal),
    _Kind("quantifier", _is_quantifier),
)


def _turned(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """Say which words are the same but for a prefix that turns them: effective and ineffective, hypo- and hyper-."""
    if len(mine) * len(theirs) > _MOST_COMPARED:
        return
    for left in mine:
        for right in theirs:
            if left.lower() != right.lower() and _stems(left) & _stems(right):
                yield f"a prefix turns the word: {left!r} in the quote, {right!r} in the text"


def _stems(word: str) -> frozenset[str]:
    low = word.lower()
    return frozenset(low[len(p) :] for p in _OPPOSED if low.startswith(p) and len(low) - len(p) > 2)


def _look_alike(quote: Tokens, passage: Tokens, region: Region) -> Iterator[str]:
    """Say where only the kind of character differs, written out as code points since nobody can see it."""
    a, b, c, d = region
    mine, theirs = quote.words(a, b), passage.words(c, d)
    if quote.folded[a:b] == passage.folded[c:d] and mine.lower() != theirs.lower():
        yield f"the same to the eye, other characters: {mine!a} in the quote, {theirs!a} in the text"
