"""Limits that a document states itself ("not a cure", "may", "in some patients"), each with the words that state it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kbtool.ingest.cue_pattern import Cues, any_of
from kbtool.quotes.cut import cut_at
from kbtool.quotes.resolve import Span

_SAID: Mapping[str, Cues] = {
    "not-a-cure": any_of(
        r"not a cure|no cure|(?:can(?:not|'t)|can not|never|does(?:n't| not)|do(?:n't"
        r"| not)) (?:be )?(?:completely )?cured?"
    ),
    "individual-variation": any_of(
        r"(?:in |for )?some (?:people|patients|cases|children|adults|women|men|individuals)",
        r"var(?:y|ies) (?:from|between|among|greatly|widely|by|depending)|differs? from (?:person|one)|depend(?:s"
        r"|ing) on",
        r"not (?:everyone|everybody|all (?:people|patients))|(?:may|might|does|do) not (?:work|help|respond|benefit)",
        r"each (?:person|patient)|different (?:people|for everyone)",
    ),
    "cost-and-coverage": any_of(
        r"expensive|costly|out[- ]of[- ]pocket|not (?:be )?covered|insur\w+ (?:may|might|does|do|will"
        r"|companies may) not"
        r"(?: \w+)?"
    ),
    "limited-availability": any_of(
        r"not (?:yet )?(?:widely |generally |commonly )?(?:available|offered)|limited availability|only available"
        r"|hard to find"
    ),
    "medical-supervision": any_of(
        r"(?:medical|close|under|clinical) (?:\w+ )?supervision|supervised|under the care of|medical professionals?",
        r"(?:talk|speak) (?:to|with) (?:your|a) (?:doctor|gp|health\s?care provider|pharmacist)"
        r"|ask (?:your|a) (?:doctor|gp|pharmacist)|monitored",
    ),
    "adverse-effects": any_of(r"side[- ]effects?|adverse (?:effects?|events?|reactions?)|complications?"),
    "short-lived-effect": any_of(r"short[- ](?:term|lived)|temporar(?:y|ily)|wears? off|only lasts?"),
    "off-label-use": any_of(r"off[- ]label|not (?:been )?approved"),
    "comprehensive-plan": any_of(
        r"(?:as |is )?(?:only )?(?:one )?part of a|in combination with|along with other|together with other"
        r"|comprehensive"
    ),
    "limited-evidence": any_of(
        r"(?:more|further|additional) (?:research|studies|evidence|trials)|(?:limited|little|insufficient|no|weak"
        r"|not enough)"
        r" evidence|small (?:stud(?:y|ies)|trials?|samples?)|not (?:been )?(?:well )?(?:studied|proven|known"
        r"|understood|clear)"
        r"|unclear|unknown|preliminary|may|might|could|possibly|perhaps"
    ),
}
"""Cues of each kind of caveat, in the order in which they are listed."""
_TURNS = re.compile(r"(?:however|but|unfortunately|still|nevertheless|that said|although|yet)\b", re.IGNORECASE)
"""How a sentence begins that limits the one before it."""
_BREAK = re.compile(r"[,;:()\u2013\u2014]")


@dataclass(frozen=True, slots=True)
class SaidCaveat:
    """A caveat kind, the words that state it and their place in the text."""

    kind: str
    cue: str
    span: Span
    text: str | None = None
    """What to say of it, where another drafter worded it."""


def said_caveats(text: str, span: Span, kinds: Collection[str]) -> tuple[SaidCaveat, ...]:
    """The limits stated in a span of a text, one of each of the kinds, with a whole clause as quote."""
    return tuple(_found(text, span, kinds))


def limits_what_precedes(sentence: str) -> bool:
    """Whether a sentence begins as one does that limits the sentence before it."""
    return _TURNS.match(sentence) is not None


def _found(text: str, span: Span, kinds: Collection[str]) -> Iterator[SaidCaveat]:
    own = text[slice(*span)]
    for kind, cues in _SAID.items():
        match = cues.search(own) if kind in kinds else None
        if match:
            place = (span[0] + match.start(), span[0] + match.end())
            yield SaidCaveat(kind, " ".join(match[0].lower().split()), _clause_around(text, span, place))


def _clause_around(text: str, span: Span, cue: Span) -> Span:
    """The clause that a cue stands in, where it can be cut out of its sentence; else the sentence."""
    start = max((each.end() for each in _BREAK.finditer(text, span[0], cue[0])), default=span[0])
    after = _BREAK.search(text, cue[1], span[1])
    end = after.start() if after else span[1]
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    is_whole = cut_at(text, start, end) is None and end - start > cue[1] - cue[0]
    return (start, end) if is_whole else span
