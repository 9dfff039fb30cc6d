"""Is every letter, digit and sign of a text accounted for by a quote, a skipped passage or a connective."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kbtool.quotes.characters import CURRENCY, DECIMAL_MARKS, HYPHENS, PARTS, SUPERSCRIPTS
from kbtool.quotes.resolve import Span

_COUNTED = re.compile(
    rf"[^\W_]+|[{PARTS}{CURRENCY}{SUPERSCRIPTS}±∓×÷−∼✓✔✗✘☐☑☒\u2190-\u21ff\u2248\u2260-\u227f\u3380-\u33df]"  # noqa: RUF001
    r"|(?<![=~^])[=~^](?![=~^])|(?m:(?!^[<>+][^\S\n]+(?!\d))[<>+])|(?<=\S)\|(?=\S)"
    rf"|[{HYPHENS}](?=[.\u00b7]?\d)|(?<=\d)[{DECIMAL_MARKS}/:](?=\d)"
)
_OPEN = re.compile(rb"\x00+")
_PLAIN_GAP = re.compile(r"\s|[\s.,;!?()\"']{2,}+")
"""What mostly stands between two passages, and never counts; a point or comma alone may stand within a number."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a text is accounted for; positions and counts in code points."""

    counted: int
    """Letters, digits and signs of the text."""
    accounted: int
    """Those within some span."""
    gaps: tuple[Span, ...]
    """The passages left over, without the white space and punctuation around them."""


def counted_places(text: str) -> list[int]:
    """The places of every letter, digit and sign of `text`, in order.

    Signs are percent, degree, currency, comparison and arithmetic signs, arrows and tick marks, the minus and the marks
    inside a number. The `>`, `+`, `===` and `|` of plain-text markup are none.
    """
    places: list[int] = []
    for run in _COUNTED.finditer(text):
        places += range(run.start(), run.end())
    return places


def coverage(text: str, spans: Iterable[Span]) -> Coverage:
    """The coverage of `text` by `spans`; punctuation and white space need no account. One pass, whatever overlaps."""
    mask = bytearray(len(text))
    for start, end in merged((max(0, start), min(end, len(text))) for start, end in spans):
        mask[start:end] = b"\x01" * (end - start)
    counted = len("".join(_COUNTED.findall(text)))
    left = [found for run in _OPEN.finditer(mask) if (found := _counted_within(text, *run.span()))]
    gaps = tuple((found[0], found[-1] + 1) for found in left)
    return Coverage(counted, counted - sum(map(len, left)), gaps)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, overlapping and touching ones joined, so that no character is marked twice; empty ones go."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _counted_within(text: str, start: int, end: int) -> list[int]:
    """The places of `counted_places` between two others; a word that reaches over one of them counts in part."""
    if _PLAIN_GAP.fullmatch(text, start, end):
        return []
    places: list[int] = []
    for run in _COUNTED.finditer(text, start):
        if run.start() >= end:
            break
        places += range(run.start(), min(run.end(), end))
    return places
