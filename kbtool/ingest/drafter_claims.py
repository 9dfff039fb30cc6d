"""What another drafter answered, as drafts: quotes found, every word accounted for, the rest refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kbtool.ingest.causal import causal_language
from kbtool.ingest.central import centrality
from kbtool.ingest.document import Document
from kbtool.ingest.draft import in_order, skips_in_order
from kbtool.ingest.draft_one import polarity_of
from kbtool.ingest.draft_values import Draft, Drafts, Skipped
from kbtool.ingest.drafter_lines import PROTOCOL, Answer, Answers, fields_of, may_draft
from kbtool.ingest.passages import Passage
from kbtool.ingest.said_caveats import SaidCaveat
from kbtool.model.claim import CLAIM_TYPES
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.coverage import coverage
from kbtool.quotes.resolve import Span
from kbtool.quotes.words import Lexicon, hedges, is_connective, lexicon, negations, numbers
from kbtool.yamlsource.problems import Data

_CLAIM_KEYS = frozenset({"statement", "type", "fields", "quotes", "caveats"})
_CAVEAT_KEYS = frozenset({"kind", "text", "quote"})
_VALUE_KEYS = frozenset({"as_stated", "value", "unit", "code"})
_CONFIDENCE = 0.5
"""Of a draft that another program made: it is as likely to be changed as not."""


class _Refused(Exception):  # noqa: N818 - it says what happened
    """An answer is not taken, and why."""


@dataclass(frozen=True, slots=True)
class _Desk:
    document: Document
    vocabulary: Vocabulary
    words: Lexicon
    name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The drafts with the answers in them, and why others were not taken."""

    drafts: Drafts
    refused: tuple[str, ...]
    answered: int
    """How many sentences have the other drafter's answer now."""


def take_answers(document: Document, ours: Drafts, answers: Answers, name: str, vocabulary: Vocabulary) -> Taken:
    """Our drafts with those of another drafter called `name` in their place, where they can be taken."""
    desk = _Desk(document, vocabulary, lexicon(vocabulary), name)
    claims, skipped, joints = list(ours.drafts), list(ours.skipped), list(ours.connectives)
    refused, taken = list(answers.refused), 0
    for number, answer in sorted(answers.by_sentence.items()):
        try:
            unit = _unit(ours, number)
            new, aside, between = _taken(desk, unit, answer)
        except _Refused as why:
            refused.append(f"sentence {number}: {why}")
            continue
        claims = [each for each in claims if not _within(each.quotes[-1], unit.span)] + new
        skipped = [each for each in skipped if not _within(each.span, unit.span)] + aside
        joints = [each for each in joints if not _within(each, unit.span)] + between
        taken += 1
    drafts = replace(
        ours,
        drafts=in_order(claims),
        skipped=skips_in_order(skipped),
        connectives=tuple(sorted(joints)),
    )
    return Taken(drafts, tuple(refused), taken)


def _unit(ours: Drafts, number: int) -> Passage:
    if not 0 <= number < len(ours.units) or ours.units[number].leads:
        raise _Refused("there is no such sentence")
    return ours.units[number]


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _taken(desk: _Desk, unit: Passage, answer: Answer) -> tuple[list[Draft], list[Skipped], list[Span]]:
    """The drafts, skips and joining words of one answer; raises _Refused."""
    if answer.skip is not None:
        return [], [_skip(desk, unit, answer.skip)], []
    drafts = [_claim(desk, unit, claim) for claim in answer.claims]
    return drafts, [], list(_joints(desk, unit, drafts))


def _skip(desk: _Desk, unit: Passage, reason: str) -> Skipped:
    text = unit.words(desk.document.text)
    if reason not in desk.vocabulary.skip_reasons:
        raise _Refused(f"{reason!r} is no skip reason of the vocabulary")
    is_question = reason == "question" and text.rstrip().endswith("?")
    is_marked = unit.kind in {"heading", "boiler-plate", "marker"}
    tells = numbers(text) or negations(desk.words, text) or hedges(desk.words, text)
    if len(unit.parts) > 1 or (tells and not (is_question or is_marked)):
        raise _Refused("skips words that count, deny, hedge or go on with a list")
    return Skipped(unit.span, reason, f"said by {desk.name}")


def _joints(desk: _Desk, unit: Passage, drafts: list[Draft]) -> Iterator[Span]:
    """What no quote of a sentence holds; raises _Refused where that is more than joining words."""
    begin, end = unit.span
    own = (quote for each in drafts for quote in each.quotes if _within(quote, unit.span))
    found = coverage(desk.document.text[begin:end], [(start - begin, stop - begin) for start, stop in own])
    for start, stop in found.gaps:
        words = desk.document.text[begin + start : begin + stop]
        if not is_connective(desk.words, words):
            raise _Refused(f"the words {words[:80]!r} are in no quote")
        yield begin + start, begin + stop


def _claim(desk: _Desk, unit: Passage, claim: Mapping[str, Any]) -> Draft:
    """A draft of one claim of an answer; raises _Refused."""
    _check_keys(claim, _CLAIM_KEYS, "a claim")
    statement, type_ = _text(claim, "statement"), _text(claim, "type")
    if type_ not in CLAIM_TYPES or not may_draft(type_):
        raise _Refused(f"{type_!r} is no claim type that a drafter may give")
    quotes = (*unit.parts[:-1], *_quotes(desk, unit, claim.get("quotes")))
    quoted = "\n".join(desk.document.text[start:end] for start, end in quotes)
    hedged = tuple(dict.fromkeys(cue.word for cue in hedges(desk.words, quoted)))
    causal = causal_language(statement)
    return Draft(
        quotes=quotes,
        statement=" ".join(statement.split()),
        type=type_,
        fields=_fields(type_, claim.get("fields", {})),
        polarity=polarity_of(desk.words, " ".join(quoted.split())),
        hedges=hedged,
        caveats=tuple(_caveat(desk, unit, each) for each in _list(claim.get("caveats", []), "caveats")),
        mention=None,
        causal=causal,
        central=centrality(statement, 0, 1),
        confidence=_CONFIDENCE,
        trail=unit.trail,
        why=(f"drafted by {desk.name}",),
        remarks=("hold it against the quote: another program worded it",),
        drafter=desk.name,
        method=f"drafted by another program over {PROTOCOL}; its words were checked against the quotes",
    )


def _check_keys(data: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    if unknown := sorted(data.keys() - known):
        raise _Refused(f"{what} has the unknown key {unknown[0]!r}")


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Refused(f"{key!r} is no text")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Refused(f"{what!r} is no list")
    return value


def _quotes(desk: _Desk, unit: Passage, given: object) -> Iterator[Span]:
    """The places of quotes in a sentence, each behind the one before it; raises _Refused."""
    quotes, at = _list(given, "quotes"), unit.span[0]
    if not quotes:
        raise _Refused("a claim has no quote")
    for quote in quotes:
        start = desk.document.text.find(quote, at, unit.span[1]) if isinstance(quote, str) and quote.strip() else -1
        if start < 0:
            raise _Refused(f"the quote {str(quote)[:80]!r} does not stand in the sentence, in this order")
        at = start + len(quote)
        yield start, at


def _fields(type_: str, given: object) -> Mapping[str, Data]:
    """The typed fields as data; raises _Refused for what no field of the type can be."""
    if not isinstance(given, dict):
        raise _Refused("'fields' is no object")
    _check_keys(given, frozenset(name.rstrip("*") for name in fields_of(type_)), f"a claim of type {type_!r}")
    for name, value in given.items():
        is_value = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
        if value != "not-stated" and not is_value:
            raise _Refused(f"the field {name!r} is neither 'not-stated' nor an object of texts")
        if isinstance(value, dict):
            _check_keys(value, _VALUE_KEYS, f"the field {name!r}")
    return given


def _caveat(desk: _Desk, unit: Passage, given: object) -> SaidCaveat:
    if not isinstance(given, dict):
        raise _Refused("a caveat is no object")
    _check_keys(given, _CAVEAT_KEYS, "a caveat")
    kind, said = _text(given, "kind"), _text(given, "text")
    if kind not in desk.vocabulary.caveat_kinds:
        raise _Refused(f"{kind!r} is no caveat kind of the vocabulary")
    (span,) = _quotes(desk, unit, [_text(given, "quote")])
    return SaidCaveat(kind, kind, span, " ".join(said.split()))
