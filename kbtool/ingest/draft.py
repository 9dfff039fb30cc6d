"""Sentences to draft claims and skipped passages, by rules that can be read; every letter of the text has its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kbtool.ingest.central import gives_numbers
from kbtool.ingest.clauses import joint_of
from kbtool.ingest.document import Document
from kbtool.ingest.draft_one import Desk, draft_of, plain_draft_of
from kbtool.ingest.draft_values import Draft, Drafts, Skipped
from kbtool.ingest.passages import Passage, passages, whole_spans
from kbtool.ingest.said_caveats import limits_what_precedes
from kbtool.ingest.set_aside import set_aside
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.cut import cut_at
from kbtool.quotes.resolve import Span
from kbtool.quotes.words import is_connective, lexicon

Place = tuple[int, int, int]
"""Position of a sentence in its section, from 0, how many the section has, and how many before it give numbers."""


def draft(
    document: Document, spans: Sequence[Span], vocabulary: Vocabulary, plain: frozenset[Span] = frozenset()
) -> Drafts:
    """Drafts and skipped passages for the sentences of a document, linear in its length.

    Sentences in `plain` are drafted without splitting them, with as little read into them as possible.
    """
    desk = Desk(document, vocabulary, lexicon(vocabulary))
    units = passages(document, spans, desk.words)
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    joints: list[Span] = []
    for position, (unit, place) in enumerate(zip(units, _places(document.text, units), strict=True)):
        if unit.leads:
            continue
        if found := set_aside(unit.words(document.text), unit.kind, desk.words.placeholder):
            skipped.append(Skipped(unit.span, found.reason, found.cue))
        elif unit.span in plain:
            drafts.append(plain_draft_of(desk, unit, place))
        else:
            pieces, between = _pieces(desk, unit)
            limit = _limit_behind(desk, units, position)
            drafts += (draft_of(desk, piece, place, limit) for piece in pieces)
            joints += between
    for unit in left_leads(units, drafts):
        if unit.kind == "heading":
            skipped.append(Skipped(unit.span, "heading", "the block is a heading"))
        else:
            drafts.append(plain_draft_of(desk, unit, (0, 1, 0)))
    sentences = whole_spans(document.text, [unit.span for unit in units])
    return Drafts(sentences, in_order(drafts), skips_in_order(skipped), tuple(sorted(joints)), units)


def in_order(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts in the order of the text."""
    return tuple(sorted(drafts, key=lambda each: (each.quotes[-1], each.quotes)))


def skips_in_order(skipped: Sequence[Skipped]) -> tuple[Skipped, ...]:
    """Skipped passages in the order of the text."""
    return tuple(sorted(skipped, key=lambda each: each.span))


def left_leads(units: Sequence[Passage], drafts: Sequence[Draft]) -> Iterator[Passage]:
    """The passages that lead in to items of which none became a draft."""
    quoted = {quote for each in drafts for quote in each.quotes}
    return (unit for unit in units if unit.leads and unit.span not in quoted)


def _places(text: str, units: Sequence[Passage]) -> Iterator[Place]:
    """Where each passage stands among those of its section."""
    totals = Counter(unit.trail for unit in units)
    seen: Counter[tuple[str, ...]] = Counter()
    counted: Counter[tuple[str, ...]] = Counter()
    for unit in units:
        yield seen[unit.trail], totals[unit.trail], counted[unit.trail]
        seen[unit.trail] += 1
        counted[unit.trail] += gives_numbers(text[slice(*unit.span)])


def _pieces(desk: Desk, unit: Passage) -> tuple[list[Passage], list[Span]]:
    """The statements that a sentence plainly joins, and the joining words between them."""
    text, pieces, joints = desk.document.text, list[Passage](), list[Span]()
    start, end = unit.span
    while len(unit.parts) == 1 and unit.kind != "table-cell" and (joint := joint_of(text[start:end])):
        stop, joining, second = (start + place for place in joint)
        if not _is_safe(desk, (start, stop), (joining, second), (second, end)):
            break
        pieces.append(_part(unit, (start, stop)))
        joints += [(joining, joining + len(text[joining:second].rstrip()))] if second > joining else []
        start = second
    pieces.append(_part(unit, (start, end)) if pieces else unit)
    return pieces, joints


def _part(unit: Passage, span: Span) -> Passage:
    return Passage((span,), unit.kind, unit.trail, unit.paragraph)


def _is_safe(desk: Desk, first: Span, joint: Span, second: Span) -> bool:
    """Whether nothing is cut and the joining word is one that may stand between claims."""
    text = desk.document.text
    joining = text[slice(*joint)]
    listed = not joining.strip() or is_connective(desk.words, joining)
    return listed and cut_at(text, *first) is None and cut_at(text, *second) is None


def _limit_behind(desk: Desk, units: Sequence[Passage], position: int) -> Span | None:
    """The sentence right behind in the same paragraph, where it limits this one ("However, ...")."""
    behind = units[position + 1] if position + 1 < len(units) else None
    if behind is None or behind.paragraph != units[position].paragraph or len(behind.parts) > 1:
        return None
    return behind.span if limits_what_precedes(desk.document.text[slice(*behind.span)]) else None
