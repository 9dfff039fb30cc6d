"""Where a quote whose words do not plainly stand in a new text may have gone: places with a score and the reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kbtool.quotes.align import Pair, common
from kbtool.quotes.revision import Revision
from kbtool.quotes.tokens import Tokens
from kbtool.quotes.votes import likely_places

KEPT = "the words that were kept stand here, in order"
BETWEEN = "it stands between what stood before and after"
"""Reasons that tell of the place, not of the words alone."""

Span = tuple[int, int]
"""Start and end: code points of a text, or positions among its words; end exclusive."""

_AROUND = 12
"""Words looked at on either side of a passage."""
_WORDS_COUNT = 0.85
"""Share of the score that the passage's own words have; the rest is what stands around it."""
_MOST = 5
_MOST_ALIKE = 3
_ENDING = frozenset(".!?:\u2026\u3002")
_STRAY = 6
"""Words that may have come in between two kept words of one passage, besides a quarter of the quote's own number."""
_APART = 3
"""Words that may have come in between the outermost kept word of a passage and the next."""
_REPLACED = 2
"""New words that may stand in place of the quote's outermost ones."""
_SIGN = 0.15
"""Weight of a sign of punctuation, where a word that stands once has 1."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text where the quote may have gone."""

    start: int
    end: int
    score: float
    """0 to 1: how much of the words, rare ones counting more, and of what stands around is the same."""
    reasons: tuple[str, ...]
    """Why it was looked at."""


def candidates(revision: Revision, span: Span, places: Iterable[Span]) -> tuple[Candidate, ...]:
    """The likeliest places of the quote at `span` of the old text, the best first, none overlapping a better one.

    `places` are where its very words stand in the new text.
    """
    begin, end = revision.words_of(*span)
    if begin == end:
        return ()
    found: dict[Span, list[str]] = {}
    for words, reason in _looked_at(revision, (begin, end), places):
        found.setdefault(words, []).append(reason)
    scored = [_scored(revision, (begin, end), words, tuple(dict.fromkeys(reasons))) for words, reasons in found.items()]
    kept: list[Candidate] = []
    for each in sorted(scored, key=lambda one: (-one.score, one.start, one.end)):
        if not any(each.start < better.end and better.start < each.end for better in kept):
            kept.append(each)
    return tuple(kept[:_MOST])


def _looked_at(revision: Revision, quote: Span, places: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Places as positions among the new words, each with the reason to look there."""
    for place in places:
        yield revision.new_words_of(*place), "the same words stand here"
    for words in _runs(revision, quote):
        yield words, KEPT
    if between := _between(revision, quote):
        yield between, BETWEEN
    for words in _alike(revision, quote):
        yield words, "many of its words stand here together"


def _runs(revision: Revision, quote: Span) -> Iterator[Span]:
    """Where the kept words of the quote stand: one passage, or the parts of it that are far from each other."""
    kept = [(at - quote[0], there) for at in range(*quote) if (there := revision.kept.get(at)) is not None]
    return (_reaching(revision, quote, run) for run in _together(kept, quote[1] - quote[0]))


def _alike(revision: Revision, quote: Span) -> Iterator[Span]:
    """Passages anywhere in the new text that share the quote's rarer words."""
    words, text = revision.old.folded[slice(*quote)], revision.new.tokens.folded
    slack = _STRAY + len(words) // 4
    for place in likely_places(words, revision.new, _MOST_ALIKE):
        first = max(0, place - slack)
        pairs = common(words, text[first : place + len(words) + slack])
        runs = _together([(at, first + there) for at, there in pairs], len(words))
        yield from (_reaching(revision, quote, run) for run in sorted(runs, key=len, reverse=True)[:1])


def _together(pairs: Sequence[Pair], length: int) -> list[list[Pair]]:
    """Pairs of positions, within a quote and among the new words, parted where they are far apart."""
    most = _STRAY + length // 4
    runs: list[list[Pair]] = []
    for pair in pairs:
        if not runs or _gap(runs[-1][-1], pair) > most:
            runs.append([])
        runs[-1].append(pair)
    return [_without_strays(run) for run in runs]


def _without_strays(run: list[Pair]) -> list[Pair]:
    """The pairs without single ones at the ends that stand apart from the rest."""
    begin, end = 0, len(run)
    while end - begin > 2 and _gap(run[begin], run[begin + 1]) > _APART:
        begin += 1
    while end - begin > 2 and _gap(run[end - 2], run[end - 1]) > _APART:
        end -= 1
    return run[begin:end]


def _gap(left: Pair, right: Pair) -> int:
    """How many words more lie between two pairs in the new text than in the quote."""
    return (right[1] - left[1]) - (right[0] - left[0])


def _reaching(revision: Revision, quote: Span, run: Sequence[Pair]) -> Span:
    """The passage of a run, out to words that may have taken the place of the quote's first and last ones."""
    begin, end = run[0][1], run[-1][1] + 1
    before, after = min(_REPLACED, run[0][0]), min(_REPLACED, quote[1] - quote[0] - run[-1][0] - 1)
    while before and begin and _is_replaced(revision, begin - 1) and not _is_edge(revision.new.tokens, begin):
        before, begin = before - 1, begin - 1
    while after and not _is_edge(revision.new.tokens, end) and _is_replaced(revision, end):
        after, end = after - 1, end + 1
    return begin, end


def _is_replaced(revision: Revision, at: int) -> bool:
    """Whether a new word may have taken the place of an old one: it was not kept from anywhere, and is no sign."""
    return at not in revision.taken and revision.new.tokens.folded[at][:1].isalnum()


def _whole(revision: Revision, quote: Span, words: Span) -> Span:
    """The passage out to the ends of its sentence, where the quote is one and they are not far."""
    reach = (quote[1] - quote[0]) // 2
    old, new = revision.old, revision.new.tokens
    begin, end = words
    if _is_edge(old, quote[0]):
        begin = next((at for at in range(begin, max(-1, begin - reach - 1), -1) if _is_edge(new, at)), begin)
    if _is_edge(old, quote[1]):
        end = next((at for at in range(end, min(len(new.folded), end + reach) + 1) if _is_edge(new, at)), end)
    return begin, end


def _is_edge(tokens: Tokens, at: int) -> bool:
    """Whether a sentence, line of a list or paragraph may begin at this word."""
    if at in (0, len(tokens.folded)):
        return True
    gap = tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
    return (
        "\n\n" in gap
        or (bool(gap) and tokens.folded[at - 1] in _ENDING)
        or ("\n" in gap and not tokens.folded[at][:1].isalnum())
    )


def _between(revision: Revision, quote: Span) -> Span | None:
    """What stands between the nearest kept words before and after the quote, where it is about as long as the quote."""
    before = next(
        (revision.kept[at] for at in range(quote[0] - 1, quote[0] - _AROUND, -1) if at in revision.kept), None
    )
    after = next((revision.kept[at] for at in range(quote[1], quote[1] + _AROUND) if at in revision.kept), None)
    if before is None or after is None:
        return None
    size = after - before - 1
    return (before + 1, after) if 0 < size <= 2 * (quote[1] - quote[0]) + _STRAY else None


def _scored(revision: Revision, quote: Span, words: Span, reasons: tuple[str, ...]) -> Candidate:
    old, new = revision.old.folded, revision.new.tokens.folded
    own = _likeness(revision, old[slice(*quote)], new[slice(*words)])
    around = (
        _likeness(revision, old[max(0, quote[0] - _AROUND) : quote[0]], new[max(0, words[0] - _AROUND) : words[0]])
        + _likeness(revision, old[quote[1] : quote[1] + _AROUND], new[words[1] : words[1] + _AROUND])
    ) / 2
    tokens, words = revision.new.tokens, _whole(revision, quote, words)
    score = round(_WORDS_COUNT * own + (1 - _WORDS_COUNT) * around, 3)
    return Candidate(tokens.starts[words[0]], tokens.ends[words[1] - 1], score, reasons)


def _likeness(revision: Revision, mine: Sequence[str], theirs: Sequence[str]) -> float:
    """0 to 1: twice the weight of the words in common, in order, by the weight of all; 1 where both are empty."""
    whole = sum(_weight(revision, word) for word in (*mine, *theirs))
    if not whole:
        return 1.0
    return 2 * sum(_weight(revision, mine[at]) for at, _ in common(mine, theirs)) / whole


def _weight(revision: Revision, word: str) -> float:
    """1 for a word that stands once in the new text or not at all, less for frequent ones and for signs."""
    if not word[:1].isalnum():
        return _SIGN
    return 1 / (1 + math.log2(max(1, len(revision.new.places.get(word, ())))) / 4)
