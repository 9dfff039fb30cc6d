"""The passage of a document that a claim stands in, with the claim's own words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kbtool.cli.page import clean, marked
from kbtool.quotes.resolve import Span

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


def passages(text: str, spans: list[Span]) -> list[str]:
    """The paragraphs of `text` that the spans stand in, in order, each as one clean line with the spans marked."""
    words = joined(spans)
    return [_with_marks(text, around, words) for around in joined(_paragraph(text, span) for span in words)]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _paragraph(text: str, span: Span) -> Span:
    """The paragraph around a span, or the paragraphs where it runs over several."""
    start = max((match.end() for match in _PARAGRAPH_END.finditer(text, 0, span[0])), default=0)
    close = _PARAGRAPH_END.search(text, span[1])
    return (start, close.start() if close else len(text))


def _with_marks(text: str, around: Span, words: list[Span]) -> str:
    parts, at = [], around[0]
    for start, end in words:
        if around[0] <= start and end <= around[1]:
            parts += [_kept(text[at:start]), marked(_kept(text[start:end]))]
            at = end
    return "".join([*parts, _kept(text[at : around[1]])]).strip()


def _kept(text: str) -> str:
    """Clean text that keeps one blank at each end that had any, since more text stands beside it."""
    middle = clean(text)
    before = " " if text[:1].isspace() else ""
    after = " " if middle and text[-1:].isspace() else ""
    return f"{before}{middle}{after}"
