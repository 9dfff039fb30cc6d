"""The main verb of a sentence, what stands before and behind it, and where a sentence holds two statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kbtool.ingest.cue_pattern import any_of, last_word
from kbtool.quotes.resolve import Span

AUXILIARY = (
    r"(?:is|are|was|were|has|have|had|does|do|did|can|could|would|should)(?:n't)?|may|might|must|will|won't|can't"
    r"|cannot"
)
_VERBS = (
    "affects? causes? leads? results? prevents? promotes? enhances? induces? inhibits? suppresses stimulates? "
    "benefits? "
    "contributes? protects? helps? improves? increases? reduces? decreases? lowers? triggers? alters? regulates? "
    "eases? "
    "relieves? worsens? produces? delays? blocks? binds? acts? works? happens? occurs? includes? contains? consists? "
    "means? refers? depends? requires? needs? costs? pays? covers? treats? cures? uses? takes? makes? gives? gets? "
    "goes "
    "comes? becomes? remains? stays? seems? appears? tends? shows? suggests? found finds? reported reports? "
    "experienced "
    "experiences? develops? developed suffers? received receives? carries spreads? passes runs? begins? starts? stops? "
    "lasts? ends? varies vary differs? ranges? offers? provides? allows? helped improved reduced increased decreased "
    "caused led resulted showed published concluded recommends? recommended advises? warns? approved said says lives? "
    "affected accounts? kills? died dies grows? forms? builds? breaks? absorbs? receives? supplies removes? controls?"
)
VERB = any_of(AUXILIARY, *_VERBS.split())
_SUBORDINATE = frozenset(
    [
        "who",
        "which",
        "that",
        "to",
        "if",
        "when",
        "because",
        "while",
        "where",
        "although",
        "whose",
        "unless",
        "until",
        "whether",
        "and",
        "or",
    ]
)
_OPENING = re.compile(
    r"(?:if|when|although|though|because|since|while|unless|after|before|until|as|in|for|with|without|during|despite"
    r"|however|unfortunately|fortunately|therefore|thus|moreover|furthermore|also|but|and|rarely|sometimes|usually"
    r"|by|for example|in addition|in conclusion|overall)\b[^,;:]{0,160},\s+"
    r"|(?:however, |but )?it(?:['\u2019]s| is) (?:also )?(?:important|essential|worth|good) (?:to )?(?:note|noting"
    r"|know|remember"
    r"|remembering|mentioning) that\s+",
    re.IGNORECASE,
)
_JOINT = re.compile(r";\s+(?=\w)|,\s+(?=(?:and|but)\s)")
_JOINING = re.compile(r"(?:and|but)\s+")
_OWN_SUBJECT = re.compile(
    r"(?:it|they|he|she|this|these|those|there|the|a|an|some|most|many|people|patients|doctors|researchers|your"
    r"|their)\b",
    re.IGNORECASE,
)
_DEPENDENT = any_of(
    "if|because|although|though|unless|until|whether|while|whereas|since|except|either|neither|both|not only|than"
)
_BRACKETS = ("()", "[]", "\u201c\u201d")
_ADVERB_ENDS = ("also", "often", "still", "now", "then", "ly")
_ADVERBS = re.compile(r"(?:\s+(?:also|often|still|now|then|\w+ly))+$")
_REPORTS = re.compile(r"\b(?:found|showed|shown|reported|concluded|suggest(?:s|ed)?|demonstrated|revealed) that\s+")
_VERB_REACH = 90
"""Code points in which a clause must show its verb."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The main verb of a sentence and the words around it, as places in the text."""

    subject: Span
    verb: Span
    rest: Span


@lru_cache(maxsize=64)
def main_clause(text: str) -> Clause | None:
    """The first verb with something before and behind it that is in no clause of its own; None where none is found."""
    begin = _begin(text)
    for match in VERB.finditer(text, begin):
        before = text[begin : match.start()].rstrip()
        adverbs = _ADVERBS.search(before) if before.endswith(_ADVERB_ENDS) else None
        subject = _trimmed(text, begin, begin + adverbs.start() if adverbs else match.start())
        rest = _trimmed(text, match.end(), len(text))
        if subject and rest and last_word(text, match.start()) not in _SUBORDINATE:
            return Clause(subject, match.span(), rest)
    return None


def reported_part(text: str) -> str:
    """What a sentence says that somebody found; the whole sentence where it names nobody who did."""
    found = _REPORTS.search(text)
    return text[found.end() :] if found else text


def _begin(text: str) -> int:
    """Where the clause begins, behind openings like "However," and "It's worth noting that"."""
    at = 0
    while opening := _OPENING.match(text, at):
        at = opening.end()
    return at


def has_verb(text: str) -> bool:
    """Whether a text has a verb at all."""
    return VERB.search(text) is not None


def joint_of(text: str) -> tuple[int, int, int] | None:
    """Where a sentence joins two statements of their own: end of the first, start and end of the joining word.

    None where no safe place is found. The joining word is empty after a semicolon.
    """
    for match in _JOINT.finditer(text):
        joining = _JOINING.match(text, match.end())
        second = joining.end() if joining else match.end()
        if _stands_alone(text[: match.start()]) and _stands_alone(text[second:]) and _OWN_SUBJECT.match(text, second):
            return match.start(), match.end(), second
    return None


def joins_more(text: str) -> bool:
    """Whether a sentence looks as if it held more than one statement."""
    return _JOINT.search(text) is not None and len(VERB.findall(text)) > 1


def _stands_alone(part: str) -> bool:
    """Whether words are a clause with a verb, on which nothing outside hangs."""
    balanced = all(part.count(pair[0]) == part.count(pair[1]) for pair in _BRACKETS)
    verb = VERB.search(part)
    return (
        balanced
        and part.count('"') % 2 == 0
        and verb is not None
        and 0 < verb.start() <= _VERB_REACH
        and not _DEPENDENT.search(part)
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without the space and punctuation around it; None where no letter or digit is left."""
    edges = " \t\n\u00a0.,;:!?\"'\u201c\u201d\u2018\u2019-\u2013\u2014"
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return (start, end) if any(letter.isalnum() for letter in text[start:end]) else None
