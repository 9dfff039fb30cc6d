"""Whether two passages are the same but for white space, or but for the style of quotation marks and dashes."""

from __future__ import annotations

import re

from kbtool.quotes.characters import ARITHMETIC, COMPARISONS

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""

_STYLE = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018\u201b\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"),
    }
)
"""Marks that typesetters change for one another; a minus sign and a prime are none of them."""
_COMPARING = re.compile(f"[{COMPARISONS}{ARITHMETIC}]")


def is_reflowed(old: str, before: Span, new: str, after: Span) -> bool:
    """Whether only white space differs, and none appeared or went where there was none or some."""
    mine, theirs = old[before[0] : before[1]], new[after[0] : after[1]]
    return mine.split() == theirs.split() and mine != theirs


def is_retyped(old: str, before: Span, new: str, after: Span) -> bool:
    """Whether the style of quotation marks and dashes differs, and white space perhaps, and nothing else.

    A mark beside a digit or a sign that compares or counts is never style: there a dash may be a minus, a quotation
    mark a unit.
    """
    mine, theirs = _set(old, before), _set(new, after)
    if mine == theirs or mine.translate(_STYLE) != theirs.translate(_STYLE):
        return False
    changed = (at for at, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b)
    return not any(_beside_figure(text, at) for at in changed for text in (mine, theirs))


def _set(text: str, span: Span) -> str:
    """The passage with what stands beside it on either side, each run of white space as one blank."""
    around = text[: span[0]][-1:].strip(), text[span[1] : span[1] + 1].strip()
    inside = " ".join(text[span[0] : span[1]].split())
    return f"{around[0] or ' '}{inside}{around[1] or ' '}"


def _beside_figure(text: str, at: int) -> bool:
    before, after = text[:at].rstrip()[-1:], text[at + 1 :].lstrip()[:1]
    return any(near.isnumeric() or _COMPARING.match(near) is not None for near in (before, after))
