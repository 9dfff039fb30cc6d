"""Laying out records for people at a terminal: wrapped lines, labels, highlighted words, nothing that steers it."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from kbtool.report.visible import visible

OPEN, CLOSE = "\x02", "\x03"
"""Stand around words to highlight until a line is finished; `clean` lets neither through from data."""

_BLANKS = re.compile("[ \t\n\u00a0\u202f]+")
_NARROWEST = 40
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: its width in columns, and whether words can be made bold."""

    width: int = 80
    bold: bool = False


def terminal_page(*, bold: bool) -> Page:
    """The terminal's page; 80 columns where the output goes elsewhere, and never more than 100, for reading."""
    wide = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return Page(max(_NARROWEST, min(wide, 100)), bold)


def clean(text: str) -> str:
    """Text from data as one line: blanks folded, and every character shown that hides or steers a terminal."""
    if text.isascii() and text.isprintable() and "  " not in text:  # the only blanks are single spaces
        return text.strip()
    return visible(_BLANKS.sub(" ", text).strip())


def marked(text: str) -> str:
    """The text as words to highlight."""
    return f"{OPEN}{text}{CLOSE}"


def heading(page: Page, text: str) -> list[str]:
    """A blank line and a heading."""
    return ["", f"{_BOLD}{text}{_PLAIN}" if page.bold else text]


def paragraph(page: Page, text: str, indent: int = 2, *, first: str = "") -> list[str]:
    """The clean text in lines; `first` stands before it, and later lines are indented by `indent` columns."""
    lead = f"{first:{indent}}" if first else " " * indent
    wrapper = textwrap.TextWrapper(page.width, initial_indent=lead, subsequent_indent=" " * indent)
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    return _highlighted(page, wrapper.wrap(text))


def fields(page: Page, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Labels with their clean texts in a column beside them; a row without text is left out."""
    kept = [(label, text) for label, text in rows if text]
    wide = max((len(label) for label, _ in kept), default=0)
    return [line for label, text in kept for line in paragraph(page, text, wide + 4, first=f"  {label:{wide}}  ")]


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 claim`, `3 claims`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _highlighted(page: Page, lines: list[str]) -> list[str]:
    """The lines with bold words, or with »…« around them; bold never runs over the end of a line."""
    if not page.bold:
        return [line.replace(OPEN, "»").replace(CLOSE, "«") for line in lines]
    done, is_open = [], False
    for line in lines:
        begins, is_open = is_open, line.rfind(OPEN) > line.rfind(CLOSE) or (is_open and CLOSE not in line)
        text = line.replace(OPEN, _BOLD).replace(CLOSE, _PLAIN)
        done.append(f"{_BOLD if begins else ''}{text}{_PLAIN if is_open else ''}")
    return done
