"""Rules on quotes: they stand verbatim in the stored text, whole, where they say, and cut off no negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kbtool.diagnostics import Finding, Severity
from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.source import Skip
from kbtool.quotes.cut import cut_at
from kbtool.quotes.resolve import MOST_PLACES, Span
from kbtool.quotes.words import Cue, hedges, negations
from kbtool.rules.context import Cited, ClaimRule, Placed
from kbtool.rules.rule import rule

if TYPE_CHECKING:
    from kbtool.quotes.near import Near

_NEIGHBOURS = 60
"""Code points looked at on each side of a quote for a negation or hedge that it leaves out."""
_NEGATION_REACH = 2
"""Words over which a negation reaches: "not a cure", "not yet widely available"."""
_LIGHT = frozenset(
    (
        "a",
        "an",
        "the",
        "be",
        "been",
        "have",
        "still",
        "also",
        "even",
        "then",
        "yet",
        "well",
        "only",
        "just",
        "now",
        "not",
    )
)
"""Words over which a hedge reaches: "may still experience"; a full verb takes the hedge to itself."""
_FORWARD_ONLY = frozenset({"quantity"})
"""Groups of hedges that weaken what follows them and never what stands before: "some", "many"."""
_CLAUSE_END = re.compile(r"[,;:.!?()—–]|\n\s*\n")  # noqa: RUF001 - the dash is meant
_STOP = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*\Z")
_CONJUNCTIONS = frozenset({"and", "but", "or", "which", "that", "who", "because", "although", "while", "if", "as"})


@rule(Severity.ERROR, locked=True)
def unknown_source(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A claim names a document that has no readable source record.

    Why: without the stored text nobody can hold the quote against the document.

    Mend: write the document's id as in `sources/<document>.yaml`, or add that record.
    """
    if cited.document is None:
        yield Finding(
            ("source", "document"), f"document {claim.source.document!r} has no source record that can be read"
        )


@rule(Severity.ERROR, locked=True)
def quote_not_in_source(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A quote does not stand in the stored text of its document.

    Why: readers and auditors follow the quote to the document; words that it does not hold are invented or drifted.

    Mend: copy the words from the stored text, letter by letter; the hint shows the nearest passage and what differs.
    """
    for placed in _missing(cited):
        exact, text = placed.selector.exact, cited.text or ""
        if exact not in text:
            message = f"quote {_short(exact)} does not stand in {claim.source.document!r}"
            yield Finding((*placed.path, "exact"), message, near_hint(_nearest(placed.selector, text)))


def _missing(cited: Cited) -> Iterator[Placed]:
    return (placed for placed in cited.selectors if placed.resolution.outcome == "missing")


def _nearest(quote: Selector, text: str) -> Near | None:
    from kbtool.quotes.near import index_text, nearest  # noqa: PLC0415 - only where a quote is missing

    start = quote.end - len(quote.exact) if quote.start is None and quote.end is not None else quote.start
    return nearest(quote.exact, index_text(text), start)


def near_hint(near: Near | None) -> str:
    """The nearest passage and what differs from it, for a person to judge."""
    if near is None:
        return "no passage of the stored text is like it"
    differences = "; ".join(_difference(mine, theirs) for mine, theirs in near.differences[:4])
    more = len(near.differences) - 4
    rest = f"; and {more} more" if more > 0 else ""
    only = differences or "white space or line breaks only"
    alarms = f"; mind: {', '.join(near.alarms)}" if near.alarms else ""
    return f"nearest is {_short(near.text, 160)} at {near.start}-{near.end}; differs: {only}{rest}{alarms}"


def _difference(mine: str, theirs: str) -> str:
    if not mine:
        return f"the quote lacks {theirs!r}"
    return f"the quote has {mine!r}, the text {theirs!r}" if theirs else f"the text lacks {mine!r}"


@rule(Severity.ERROR, locked=True)
def quote_at_another_place(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A quote stands in the text, but not at the stated place or not between the stated words.

    Why: a place that is off shows that text and record have drifted apart, or points the reader at other words.

    Mend: take the start and end that the hint gives; where there are several, pick the one that is meant.
    """
    del claim
    for placed in _missing(cited):
        quote = placed.selector
        if quote.exact in (cited.text or ""):
            message = f"quote {_short(quote.exact)} stands in the text, but not between its prefix and suffix"
            yield Finding(
                (*placed.path, "prefix" if quote.prefix else "suffix"), message, "copy both from the stored text"
            )
    for placed in cited.selectors:
        if placed.resolution.outcome == "elsewhere":
            quote = placed.selector
            message = f"quote {_short(quote.exact)} does not stand at {_stated(quote)}"
            yield Finding((*placed.path, "start"), message, f"it stands at {_places(placed.resolution.places)}")


def _stated(quote: Selector) -> str:
    return "-".join("?" if place is None else str(place) for place in (quote.start, quote.end))


@rule(Severity.ERROR, locked=True)
def quote_not_unique(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A quote stands in the text more than once and no context says which place is meant.

    Why: positions alone are lost at the next revision; then nobody knows which of the places was checked.

    Mend: add `prefix` or `suffix`, the words just before or after, until the place is the only one.
    """
    del claim
    for placed in cited.selectors:
        if placed.resolution.outcome == "ambiguous":
            places = placed.resolution.places
            many = f"{len(places)}{' or more' if len(places) == MOST_PLACES else ''}"
            message = f"quote {_short(placed.selector.exact)} stands at {many} places"
            yield Finding((*placed.path, "exact"), message, f"add prefix or suffix; it stands at {_places(places)}")


@rule(Severity.ERROR, locked=True)
def quote_cuts(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A quote begins or ends within a word, a number, a range, or between a number and its sign or unit.

    Why: "effective" out of "ineffective" and "5 mg" out of "15 mg" say something else than the document.

    Mend: take the whole word or the whole number with its sign and unit.
    """
    del claim
    for placed in cited.selectors:
        if placed.span and (cut := cut_at(cited.text or "", *placed.span)):
            message = f"quote {_short(placed.selector.exact)} cuts {cut}"
            yield Finding((*placed.path, "exact"), message, "quote it whole")


@rule(Severity.ERROR, locked=True)
def quote_cuts_negation(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A negation or hedge stands right beside a quote and outside every quote of the claim.

    Why: "experience relief" quoted out of "may not experience relief" turns the document round.

    Mend: begin the quote before the negation or hedge, or end it behind.
    """
    del claim
    text = cited.text or ""
    spans = [span for span in cited.spans if span]
    for index, span in enumerate(cited.spans):
        for word in _left_out(text, span, cited, spans) if span else ():
            message = f"the quote {_short(text[slice(*span)])} leaves out {word!r} beside it" if span else ""
            yield Finding(("source", "quotes", index, "exact"), message, f"take {word!r} into the quote")


def _left_out(text: str, span: Span, cited: Cited, spans: list[Span]) -> Iterator[str]:
    """The negations and hedges that govern a span from outside it and that no quote of the claim holds."""
    before = _CLAUSE_END.split(text[max(0, span[0] - _NEIGHBOURS) : span[0]])[-1]
    behind = _CLAUSE_END.split(text[span[1] : span[1] + _NEIGHBOURS], maxsplit=1)[0]
    if behind.strip() and _ends_sentence(text, span, span[1] + len(behind) - len(behind.lstrip()), cited):
        behind = ""
    begin = span[0] - len(before)
    for cue in _cues(cited, before):
        cut = cue.start == 0 and text[max(0, begin - 1) : begin].isalnum()
        if not cut and _reaches(cue, before[cue.end :]) and not _within(begin + cue.start, spans):
            yield cue.word
    for cue in _cues(cited, behind):
        touches = cue.group not in _FORWARD_ONLY and not behind[: cue.start].strip()
        if touches and not _within(span[1] + cue.start, spans):
            yield cue.word


def _ends_sentence(text: str, span: Span, following: int, cited: Cited) -> bool:
    """Whether a quote ends with its sentence: in a stop, where the source has the next one begin, with no small letter.

    All three, since the stop of "et al." ends none, and the borders in the source are written by hand. `following` is
    the place of the word behind the quote.
    """
    starts = cited.document.sentence_starts if cited.document else ()
    at = bisect_left(starts, following)
    begins = starts[at : at + 1] == (following,) and not text[following].islower()
    return begins and _STOP.search(text, *span) is not None


def _cues(cited: Cited, text: str) -> tuple[Cue, ...]:
    """The negations and hedges of the words between a quote and the nearest stop."""
    if not text.strip():
        return ()
    return (*negations(cited.terms.lexicon, text), *hedges(cited.terms.lexicon, text))


def _reaches(cue: Cue, between: str) -> bool:
    """Whether a cue governs what stands behind the words `between`, no conjunction being among them."""
    words = between.lower().split()
    if not _CONJUNCTIONS.isdisjoint(words):
        return False
    return _LIGHT.issuperset(words) or (cue.group == "negation" and len(words) <= _NEGATION_REACH)


def _within(at: int, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


@rule(Severity.ERROR, locked=True)
def quote_parts_out_of_order(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The quotes of a claim overlap or do not stand in the order of the text.

    Why: the parts of one passage are read one after the other; another order says something else.

    Mend: put the parts in the order of the text; make a repeated statement a record of its own, related by `restates`.
    """
    end = -1
    for index, span in enumerate(cited.spans):
        if span is not None and span[0] < end:
            message = f"quote {_short(claim.source.quotes[index].exact)} begins before the part above it ends"
            yield Finding(("source", "quotes", index, "start"), message)
        end = span[1] if span else end


@rule(Severity.ERROR)
def quote_in_skipped_passage(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A quote overlaps a passage that the source record skips as making no claim.

    Why: a passage is either claimed or skipped; both at once makes the account of the text worthless.

    Mend: shorten the quote, or take the passage out of `skipped` in the source record.
    """
    if cited.document is None:
        return
    for index, span in enumerate(cited.spans):
        for skip in _skips_within(cited.document.skips, span) if span else ():
            message = (
                f"quote {_short(claim.source.quotes[index].exact)} overlaps the skipped passage {_short(skip.exact)}"
            )
            yield Finding(("source", "quotes", index), message)


def _skips_within(skips: Sequence[Skip], span: Span) -> Iterator[Skip]:
    """The skipped passages that overlap a span; they are in order and do not overlap one another."""
    first = max(0, bisect_right(skips, span[0], key=lambda skip: skip.start) - 1)
    last = bisect_left(skips, span[1], key=lambda skip: skip.start)
    return (skip for skip in skips[first:last] if span[0] < skip.end)


@rule(Severity.WARNING)
def quote_over_sentences(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """One quote runs over more than one sentence.

    Why: whatever a quote takes in counts as accounted for, although the statement may speak of the first sentence only.

    Mend: quote each sentence in a claim of its own, or as a part of its own where one statement needs both.
    """
    starts = cited.document.sentence_starts if cited.document else ()
    for index, span in enumerate(cited.spans):
        if span and (more := bisect_left(starts, span[1]) - bisect_right(starts, span[0])) > 0:
            message = f"quote {_short(claim.source.quotes[index].exact)} runs over {more + 1} sentences"
            yield Finding(("source", "quotes", index), message)


def _places(places: tuple[tuple[int, int], ...]) -> str:
    shown = ", ".join(f"{start}-{end}" for start, end in places[:5])
    return f"{shown} and elsewhere" if len(places) > 5 else shown


def _short(text: str, most: int = 60) -> str:
    return repr(text if len(text) <= most else f"{text[: most - 3]}...")


RULES: tuple[ClaimRule, ...] = (
    unknown_source,
    quote_not_in_source,
    quote_at_another_place,
    quote_not_unique,
    quote_cuts,
    quote_cuts_negation,
    quote_parts_out_of_order,
    quote_in_skipped_passage,
    quote_over_sentences,
)
