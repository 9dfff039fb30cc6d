"""What becomes of quotes, laid out for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kbtool.cli.page import Page, clean, count, heading, marked, paragraph
from kbtool.cli.source_report import NAMES, UpdateReport, by_urgency

if TYPE_CHECKING:
    from kbtool.ingest.update import Followed
    from kbtool.quotes.candidates import Candidate
    from kbtool.quotes.resolve import Span

_MOST_WORDS = 200
_SHORT = 60
_MOST_LEFT = 20


def update_lines(page: Page, report: UpdateReport, *, with_same: bool) -> Iterator[str]:
    """The report: a table of the quotes, the ones to decide about first, then what nothing accounts for yet."""
    update = report.update
    yield f"{update.document}: text {update.before[:12]} -> {update.after[:12]}"
    yield from (line for remark in report.remarks for line in paragraph(page, remark, 10, first="  remark: "))
    rows = [each for each in by_urgency(report) if with_same or each.carried.outcome != "same"]
    if rows:
        yield ""
        yield from _table(page, rows, update.text)
    yield from _left(page, report)
    yield from _standings(page, report)
    yield ""
    yield from _sum(report)


def _table(page: Page, rows: Sequence[Followed], text: str) -> Iterator[str]:
    names = [_name(each) for each in rows]
    wide = max(6, *map(len, names))
    yield f"{'OUTCOME':9}  {'QUOTE':{wide}}  {'OLD PLACE':>15}  {'NEW PLACE':>15}"
    for each, name in zip(rows, names, strict=True):
        carried = each.carried
        old, new = shown_place(carried.old), shown_place(carried.new) if carried.new else "-"
        yield f"{carried.outcome:9}  {name:{wide}}  {old:>15}  {new:>15}"
        yield from _details(page, each, text)


def _name(each: Followed) -> str:
    kind = "" if each.tracked.kind == "quote" else f" ({NAMES[each.tracked.kind]})"
    return clean(f"{each.tracked.record} {each.tracked.number}{kind}")


def _details(page: Page, each: Followed, text: str) -> Iterator[str]:
    """The words, the differences and the alarms of a quote; candidates where nothing was certain."""
    carried = each.carried
    if carried.outcome in {"same", "moved"} and each.is_unique:
        return
    yield from _labelled(page, "words", _short(each.tracked.quote.exact, _MOST_WORDS))
    for alarm in carried.alarms:
        yield from _labelled(page, "MIND", marked(clean(alarm)))
    for mine, theirs in carried.differences:
        yield from _labelled(page, "differs", difference_words(mine, theirs))
    if not each.is_unique:
        yield from _labelled(page, "MIND", "the words stand more than once now; add a prefix or suffix")
    if carried.outcome in {"ambiguous", "missing"}:
        yield from candidate_lines(page, carried.candidates, text)
    if each.tracked.is_passage and not carried.stands:
        gone = f"once stored, 'kbtool source reanchor {each.tracked.record} --quote {each.tracked.number}"
        yield from _labelled(page, "next", f"{gone} --to START:END' gives it a place, --drop takes it out")


def candidate_lines(page: Page, found: Sequence[Candidate], text: str) -> Iterator[str]:
    """The candidates of a quote, the best first, each with score, words and reasons."""
    if not found:
        yield from _labelled(page, "found", "nothing like it")
    for each in found:
        words = _short(text[each.start : each.end], _MOST_WORDS)
        yield from _labelled(page, "maybe", f"{each.start}:{each.end} (score {each.score:.2f}) {words}")
        yield from _labelled(page, "why", "; ".join(each.reasons))


def difference_words(mine: str, theirs: str) -> str:
    """One difference in words: what the quote has, and the text."""
    if not mine:
        return f"+ {_short(theirs, _MOST_WORDS)}"
    return f"- {_short(mine, _MOST_WORDS)}" + (f"  + {_short(theirs, _MOST_WORDS)}" if theirs else "")


def shown_place(place: Span) -> str:
    """A place as commands take it."""
    return f"{place[0]}:{place[1]}"


def _labelled(page: Page, label: str, text: str) -> list[str]:
    return paragraph(page, text, 20, first=f"{'':11}{label:8} ")


def _short(text: str, most: int) -> str:
    shown = clean(text)
    return f'"{shown}"' if len(shown) <= most else f'"{shown[: most - 3]}..."'


def _left(page: Page, report: UpdateReport) -> Iterator[str]:
    """The sentences that are new, or that lost their quote."""
    spans, text = report.update.unaccounted, report.update.text
    if not spans:
        return
    yield from heading(page, f"Not accounted for in the new text ({count(len(spans), 'passage')})")
    for start, end in spans[:_MOST_LEFT]:
        yield from paragraph(page, _short(text[start:end], _MOST_WORDS), 18, first=f"  {f'{start}:{end}':15} ")
    if len(spans) > _MOST_LEFT:
        yield f"  and {len(spans) - _MOST_LEFT} more; --format json lists all"


def _standings(page: Page, report: UpdateReport) -> Iterator[str]:
    if not report.standings:
        return
    yield from heading(page, "Claims that stand otherwise")
    for each in report.standings:
        yield from paragraph(page, f"{each.claim}: {each.before} -> {each.after}: {each.cause}", 4)


def _sum(report: UpdateReport) -> Iterator[str]:
    said = ", ".join(f"{number} {outcome}" for outcome, number in report.counts.items() if number)
    yield f"{count(len(report.update.followed), 'quote')}: {said or 'none'}"
    if not report.update.is_new:
        yield "this is the text under check; there is nothing to store"
    elif report.applied:
        yield "stored; quotes that stand were brought to their new places, the others are errors until you decide"
    else:
        yield "nothing was written; --apply stores the text and brings the quotes that stand to their new places"
