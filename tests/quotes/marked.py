"""Texts with a span marked by two bars: "in|effective| drugs"."""

from __future__ import annotations


def unmarked(marked: str) -> tuple[str, int, int]:
    """The text without its two bars, and the span between them."""
    before, within, after = marked.split("|")
    return before + within + after, len(before), len(before) + len(within)
