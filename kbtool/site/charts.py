"""Bars: a table of numbers and shares, with a bar beside each that readers of the text do not need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.site.templates import fragment
from kbtool.site.text import percent

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Bar:
    """One row."""

    name: Markup | str
    """What is counted; text is escaped."""
    number: int
    css: str
    """The class that gives the bar its colour."""


def chart(caption: str, what: str, bars: Iterable[Bar], whole: int, *, hide_caption: bool = False) -> Markup:
    """The table; shares and lengths are parts of `whole`."""
    rows = [
        {
            "name": bar.name,
            "number": f"{bar.number:,}",
            "share": percent(bar.number, whole),
            "css": bar.css,
            "width": f"{100 * bar.number / whole:.1f}" if whole else "0",
        }
        for bar in bars
    ]
    return fragment("chart.html", caption=caption, what=what, rows=rows, hide_caption=hide_caption)
