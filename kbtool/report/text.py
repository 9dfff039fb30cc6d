"""Diagnostics for a person at a terminal: a headline each, the line concerned, a hint, and the counts at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.diagnostics import Severity
from kbtool.report.excerpt import excerpt
from kbtool.report.phrases import NOTHING_CHECKED, counts_line, place
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kbtool.diagnostics import Diagnostic
    from kbtool.report.run import RunReport


@dataclass(frozen=True, slots=True)
class Palette:
    """How the parts of a diagnostic are painted: ANSI style codes by part; a part without one stays plain."""

    codes: Mapping[str, str]

    def paint(self, part: str, text: str) -> str:
        """The text in the style of the part."""
        code = self.codes.get(part)
        return f"\x1b[{code}m{text}\x1b[0m" if code else text


PLAIN = Palette({})
ANSI = Palette(
    {
        "place": "1",
        "gutter": "36",
        "hint": "36",
        Severity.ERROR: "1;31",
        Severity.WARNING: "1;33",
        Severity.NOTE: "1;36",
    }
)


def render_text(report: RunReport, *, colour: bool, width: int = 100) -> str:
    """The report as lines of text, a blank line between diagnostics; `width` (cells) bounds the excerpts.

    No character of the data can steer the terminal: the only escape sequences are the report's own styles.
    """
    palette = ANSI if colour else PLAIN
    groups = ["\n".join(_group(report, diagnostic, palette, width)) for diagnostic in report.diagnostics]
    if report.silenced:
        groups.append("\n".join(_waived(diagnostic, palette) for diagnostic in report.silenced))
    if report.checks == 0:
        groups.append(palette.paint(Severity.ERROR, NOTHING_CHECKED))
    return "\n\n".join([*groups, counts_line(report)]) + "\n"


def _group(report: RunReport, diagnostic: Diagnostic, palette: Palette, width: int) -> Iterator[str]:
    where = palette.paint("place", f"{place(diagnostic.location)}:")
    weight = palette.paint(diagnostic.severity, f"{diagnostic.severity}:")
    yield f"{where} {weight} {visible(diagnostic.message)} [{visible(diagnostic.rule)}]"
    yield from _excerpt(report, diagnostic, palette, width)
    if diagnostic.hint:
        yield f"   {palette.paint('hint', 'hint:')} {visible(diagnostic.hint)}"
    for location, remark in diagnostic.related:
        yield f"   {palette.paint('hint', 'see:')} {place(location)}: {visible(remark)}"


def _waived(diagnostic: Diagnostic, palette: Palette) -> str:
    """One line of a finding that a waiver silences: it is shown, and it does not count."""
    where = palette.paint("place", f"{place(diagnostic.location)}:")
    return f"{where} waived {diagnostic.severity}: {visible(diagnostic.message)} [{visible(diagnostic.rule)}]"


def _excerpt(report: RunReport, diagnostic: Diagnostic, palette: Palette, width: int) -> Iterator[str]:
    location = diagnostic.location
    line = report.line(location.file, location.line)
    if line is None:
        return
    number = f"{location.line:>4} | "
    shown, offset = excerpt(line.removesuffix("\n"), location.column, width - len(number))
    blank = " " * (len(number) - 2) + "| "
    yield palette.paint("gutter", number) + shown
    yield palette.paint("gutter", blank) + " " * offset + palette.paint(diagnostic.severity, "^")
