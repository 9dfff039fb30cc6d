"""A person's answer for a quote that an update left behind: where it stands now, in their judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbtool.ingest.context import is_ambiguous, selector_of
from kbtool.ingest.tracked import Tracked, place_in
from kbtool.ingest.update_edits import changed_parts, edit_of, record_of
from kbtool.quotes.alarms import alarms
from kbtool.quotes.carry import Carried, carry
from kbtool.quotes.cut import cut_at
from kbtool.quotes.near import differing
from kbtool.quotes.resolve import Span
from kbtool.quotes.tokens import tokenise
from kbtool.records.base import KnowledgeBase
from kbtool.review.edits import Edit, Refusal
from kbtool.yamlsource.drop import without_item
from kbtool.yamlsource.splice import SpliceError


@dataclass(frozen=True, slots=True)
class Loose:
    """A quote that does not stand in the text under check, with what became of it."""

    tracked: Tracked
    carried: Carried | None
    """None where it stands in no older text either, so that nobody can tell where it stood."""


@dataclass(frozen=True, slots=True)
class Reanchored:
    """A quote at the place that a person chose."""

    edit: Edit | None
    """None where the record says so already."""
    words: str
    differences: tuple[tuple[str, str], ...]
    """Pairs of (old words, new words)."""
    alarms: tuple[str, ...]
    is_unique: bool


def loose_quotes(quotes: Sequence[Tracked], text: str) -> tuple[Loose, ...]:
    """Those of the quotes that do not stand in `text`, the one under check."""
    return tuple(_loose(each, text) for each in quotes if place_in(text, each.quote) is None)


def _loose(tracked: Tracked, text: str) -> Loose:
    return Loose(tracked, carry(tracked.text, text, [tracked.place])[0] if tracked.place else None)


def chosen(quotes: Iterable[Tracked], loose: Sequence[Loose], number: int | None) -> Tracked | Refusal:
    """The quote that is meant: the one of this number, or without one the only one that is loose."""
    by_number = {each.number: each for each in quotes}
    if number is not None:
        numbers = f"its quotes are numbered from 1 to {len(by_number)}" if by_number else "it has no quotes"
        return by_number.get(number) or Refusal(f"the record has no quote {number}", numbers)
    if len(loose) == 1:
        return loose[0].tracked
    if len(by_number) == 1:
        return by_number[1]
    which = ", ".join(str(each.tracked.number) for each in loose) or "none"
    return Refusal("it is not clear which quote is meant", f"add --quote N; those that do not stand: {which}")


def reanchored(base: KnowledgeBase, tracked: Tracked, text: str, place: Span) -> Reanchored | Refusal:
    """The quote moved to a place of `text`, the one under check, or why that is not done."""
    if refusal := _unfit(text, place):
        return refusal
    selector = selector_of(tracked, text, place)
    mine, theirs = tokenise(tracked.quote.exact), tokenise(selector.exact)
    regions = differing(mine, theirs)
    try:
        edit = edit_of(base, tracked.record, changed_parts(tracked, selector))
    except SpliceError as error:
        return Refusal(f"the quote cannot be written: {error}", "lay the record out with 'kbtool fmt', and try again")
    return Reanchored(
        edit=edit if edit.content != edit.expects else None,
        words=selector.exact,
        differences=tuple((mine.words(a, b), theirs.words(c, d)) for a, b, c, d in regions),
        alarms=alarms(mine, theirs, regions),
        is_unique=tracked.is_passage or not is_ambiguous(selector, text),
    )


def dropped(base: KnowledgeBase, tracked: Tracked, text: str) -> Edit | Refusal:
    """The source record without a passage that is gone from `text`, the one under check, or why that is not done."""
    if not tracked.is_passage:
        hint = f"give it a place with --to, or withdraw the claim: 'kbtool review withdraw {tracked.record}'"
        return Refusal("only skipped passages and connectives can be dropped", hint)
    if place_in(text, tracked.quote):
        return Refusal("the passage stands in the text under check", "its words would be accounted for by nothing")
    raw = record_of(base, tracked.record).raw
    try:
        return Edit(f"{tracked.record}.yaml", without_item(raw, tracked.path), raw)
    except SpliceError as error:
        return Refusal(f"the entry cannot be taken out: {error}", "lay the record out with 'kbtool fmt', and try again")


def _unfit(text: str, place: Span) -> Refusal | None:
    start, end = place
    if not 0 <= start < end <= len(text):
        return Refusal(f"the text has no place {start}:{end}", f"it has {len(text):,} characters, counted from 0")
    if text[start:end].strip() != text[start:end]:
        return Refusal(f"the place {start}:{end} begins or ends with white space", "take it off")
    if cut := cut_at(text, start, end):
        return Refusal(f"the place {start}:{end} cuts {cut}", "take the whole of it")
    return None
