"""What becomes of quotes, as one HTML page for editors: nothing else is needed to read it, and nothing in it runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from kbtool import __version__
from kbtool.cli.base import NOT_REVIEWED
from kbtool.cli.source_page import shown_place
from kbtool.cli.source_report import NAMES, UpdateReport, by_urgency
from kbtool.report.visible import is_hidden
from kbtool.review.changes import word_difference

if TYPE_CHECKING:
    from kbtool.ingest.update import Followed
    from kbtool.quotes.candidates import Candidate

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.25rem .75rem;border-bottom:1px solid #bbb}
article{border:1px solid #bbb;border-left:.4rem solid #555;margin:1rem 0;padding:.5rem 1rem}
article.needs{border-left-color:#a40000}blockquote{margin:.5rem 0;padding-left:1rem;border-left:2px solid #bbb}
del{color:#8c0000;background:#fff0f0}ins{color:#00561b;background:#eefbf1}.mind{color:#8c0000;font-weight:bold}
code{font-size:.9em}.note{color:#444}h3{margin:.25rem 0}
"""
_HIDDEN = re.compile(r"[^\x20-\x7e]")
_MEANINGS = {
    "changed": "its words changed",
    "ambiguous": "several places are possible",
    "missing": "it is gone",
    "retyped": "only the style of quotation marks or dashes differs",
    "reflowed": "only white space differs",
    "moved": "the same words, at another place",
    "same": "the same words, at the same place",
}


def update_html(report: UpdateReport) -> str:
    """The report as a page of HTML with a final newline."""
    title = f"{report.update.document}: what a new revision does to its quotes"
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return "\n".join([head + "<main>", *_body(report, title), "</main>", "</body>", "</html>", ""])


def _body(report: UpdateReport, title: str) -> Iterator[str]:
    update = report.update
    stored = "The new text is stored." if report.applied else "Nothing is written yet."
    yield f"<h1>{_text(title)}</h1>"
    yield f"<p>{_text(report.title)}</p>"
    yield (
        f'<p class="note">Text <code>{update.before}</code> and its revision <code>{update.after}</code>, as of '
        f"{report.as_of}. {stored} Made by kbtool {_text(__version__)}; machine comparison, and no review: "
        f"{NOT_REVIEWED}</p>"
    )
    yield from (f'<p class="note">Remark: {_text(remark)}.</p>' for remark in report.remarks)
    yield from _counts(report)
    rows = by_urgency(report)
    yield from _section("To decide", [each for each in rows if not each.carried.stands], update.text)
    yield from _standings(report)
    yield from _left(report)
    yield from _section("Stands", [each for each in rows if each.carried.stands], update.text)


def _counts(report: UpdateReport) -> Iterator[str]:
    yield "<table><thead><tr><th>Outcome</th><th>Quotes</th><th>Meaning</th></tr></thead><tbody>"
    for outcome, number in report.counts.items():
        yield f"<tr><td>{outcome}</td><td>{number}</td><td>{_MEANINGS[outcome]}</td></tr>"
    yield "</tbody></table>"


def _section(title: str, rows: Iterable[Followed], text: str) -> Iterator[str]:
    shown = [line for each in rows for line in _quote(each, text)]
    yield f"<h2>{title}</h2>"
    yield from shown or ["<p>None.</p>"]


def _quote(each: Followed, text: str) -> Iterator[str]:
    tracked, carried = each.tracked, each.carried
    needs = ' class="needs"' if not carried.stands or not each.is_unique else ""
    new = f", now at {shown_place(carried.new)}" if carried.new else ""
    yield f"<article{needs}>"
    yield f"<h3>{carried.outcome}: {_text(tracked.record)}, {NAMES[tracked.kind]} {tracked.number}</h3>"
    yield f'<p class="note">It stood at {shown_place(carried.old)}{new}.</p>'
    yield f"<blockquote>{_compared(tracked.quote.exact, carried.words or tracked.quote.exact)}</blockquote>"
    yield from (f'<p class="mind">Mind: {_text(alarm)}.</p>' for alarm in carried.alarms)
    if not each.is_unique:
        yield '<p class="mind">Mind: the words stand more than once now; add a prefix or suffix.</p>'
    if not carried.stands and carried.outcome != "changed":
        yield from _candidates(carried.candidates, tracked.quote.exact, text)
    yield "</article>"


def _candidates(found: Iterable[Candidate], exact: str, text: str) -> Iterator[str]:
    rows = [
        f"<li>{each.start}:{each.end}, score {each.score:.2f} ({_text('; '.join(each.reasons))})"
        f"<blockquote>{_compared(exact, text[each.start : each.end])}</blockquote></li>"
        for each in found
    ]
    yield f"<p>It may stand here:</p><ol>{''.join(rows)}</ol>" if rows else "<p>Nothing in the new text is like it.</p>"


def _compared(old: str, new: str) -> str:
    """The new words, with those that came and went marked."""
    tags = {"dropped": "del", "added": "ins"}
    pieces = word_difference(old, new) if old != new else ()
    parts = (
        f"<{tags[piece.kind]}>{_text(piece.text)}</{tags[piece.kind]}>" if piece.kind in tags else _text(piece.text)
        for piece in pieces
    )
    return "".join(parts) if pieces else _text(old)


def _left(report: UpdateReport) -> Iterator[str]:
    spans, text = report.update.unaccounted, report.update.text
    yield "<h2>Not accounted for in the new text</h2>"
    items = "".join(f"<li>{a}:{b} <blockquote>{_text(text[a:b])}</blockquote></li>" for a, b in spans)
    yield f"<ul>{items}</ul>" if items else "<p>None.</p>"


def _standings(report: UpdateReport) -> Iterator[str]:
    if report.standings:
        yield "<h2>Claims that stand otherwise</h2>"
        items = (f"{each.claim}: {each.before} → {each.after}: {each.cause}" for each in report.standings)
        yield f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"


def _text(text: str) -> str:
    """Text from data, escaped, with characters that hide or steer written out; line breaks stay white space."""
    return escape(_HIDDEN.sub(_shown, text))


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\n\t\u00a0\u202f":
        return " " if character in "\n\t" else character
    return f"<U+{ord(character):04X}>" if is_hidden(character) else character
