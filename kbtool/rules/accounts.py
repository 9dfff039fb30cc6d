"""The account of a stored text: how much of it stands in a quote, a skipped passage or a connective."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.source import Connective, Skip, Source
from kbtool.quotes.coverage import Coverage, coverage
from kbtool.quotes.resolve import Span, resolve
from kbtool.records.base import KnowledgeBase

_LONGEST = 80
"""Characters of a passage that a message shows in full."""


class Account(NamedTuple):
    """How much of a document is accounted for, and the passages left over, sentence by sentence."""

    counted: int
    accounted: int
    gaps: Sequence[Span]
    left: Sequence[tuple[int, int, int, str]]
    """Start, end, position of the sentence (-1 before the first) and words of each passage left over."""

    @property
    def coverage(self) -> Coverage:
        """The same as a coverage."""
        return Coverage(self.counted, self.accounted, tuple((start, end) for start, end in self.gaps))


def coverage_of(base: KnowledgeBase) -> dict[str, Coverage]:
    """How much of each stored text is accounted for; by document."""
    return {document: account.coverage for document, account in accounts_of(base).items()}


def accounts_of(base: KnowledgeBase) -> dict[str, Account]:
    """The account of each stored text; by document."""
    quoting: dict[str, list[ClaimBase]] = {document: [] for document in base.texts}
    for record in base.claims.values():
        if record.model.source.document in quoting:
            quoting[record.model.source.document].append(record.model)
    return {
        document: account_of(base.sources[document].model, base.texts[document], quoting[document])
        for document in quoting
    }


def account_of(source: Source, text: str, claims: Iterable[ClaimBase]) -> Account:
    """The account of one text by the claims that quote it."""
    spans = [span for claim in claims for span in _placed(claim.source.quotes, text)]
    found = coverage(text, [*spans, *_set_aside(source, text)])
    starts = [start for start, _ in source.sentences]
    left = [(start, end, index, _shown(text, start, end)) for start, end, index in _by_sentence(found.gaps, starts)]
    return Account(found.counted, found.accounted, found.gaps, left)


def _placed(quotes: Iterable[Selector], text: str) -> Iterator[Span]:
    for quote in quotes:
        if (found := resolve(quote, text)).outcome == "found":
            yield found.places[0]


def _set_aside(source: Source, text: str) -> Iterator[Span]:
    """The skipped passages and connectives that stand where the record says."""
    passages: tuple[Skip | Connective, ...] = (*source.skipped, *source.connectives)
    for passage in passages:
        if text[passage.start : passage.end] == passage.exact:
            yield passage.start, passage.end


def _by_sentence(gaps: Iterable[Span], starts: list[int]) -> Iterator[tuple[int, int, int]]:
    """The gaps cut where a sentence begins: start, end and the position of the sentence, -1 before the first."""
    for begin, end in gaps:
        first = bisect_right(starts, begin)
        cuts = [begin, *starts[first : bisect_left(starts, end)], end]
        for offset, (start, stop) in enumerate(pairwise(cuts)):
            yield start, stop, first - 1 + offset


def _shown(text: str, start: int, end: int) -> str:
    return text[start:end] if end - start <= _LONGEST else f"{text[start : start + _LONGEST - 3]}..."
