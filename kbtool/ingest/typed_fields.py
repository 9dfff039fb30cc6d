"""The fields of a claim type, filled with words of the sentence alone; what it does not say stays out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kbtool.ingest.clauses import main_clause
from kbtool.ingest.cue_pattern import COUNTS, Cues, any_of
from kbtool.model.base import NOT_STATED
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.quantity import UNITS
from kbtool.rules.measures import Measure, measures
from kbtool.rules.statement import stands_whole
from kbtool.yamlsource.problems import Data

_UNIT = "|".join(re.escape(unit) for unit in sorted((*UNITS, "%"), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?:(?:about|up to|at least|at most|more than|less than|fewer than|over|under|nearly|around)\s+"
    rf"|[<>\u2264\u2265$\u00a3\u20ac]\s?)*"
    rf"\d[\d,.]*(?:\s?(?:-|\u2013|to)\s?\d[\d,.]*)?(?<![,.])(?:\s?(?:{_UNIT})(?![^\W\d_]))?"
)
_FREQUENCY = re.compile(
    r"(?:about |up to |nearly |almost |more than )?(?:\d[\d.,]*\s?(?:%|percent|per cent)|(?:one|two|three|four"
    r"|\d[\d,.]*) (?:in|out of)"
    r" (?:\d[\d,]*(?: (?:million|thousand|hundred|billion))?|[a-z]+)|\d[\d.,]* (?:million|thousand|people|patients)"
    r"|\d[\d.,]* per \d[\d,]*)(?: of (?:[\w-]+ ){0,2}(?:people|patients|adults|children|women|men|cases"
    r"|participants))?",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$\u00a3\u20ac]\s?\d[\d,.]*\d|[$\u00a3\u20ac]\s?\d|\d[\d,.]* (?:dollars|pounds|euros)")
_PEOPLE = re.compile(
    r"(?:(?:in|among|for|of) )((?:(?:most|some|many|all|adult|older|younger|pregnant|healthy|[a-z]+) ){0,3}"
    r"(?:people|patients|adults|children|women|men|infants|babies|teenagers)(?: (?:with|who|aged|over"
    r"|under) [\w -]{2,40})?)",
    re.IGNORECASE,
)
_NOUNS = ("people", "patients", "adults", "children", "men", "infants", "babies", "teenagers")
"""What every match of `_PEOPLE` has."""
_ROUTE = any_of(
    r"by mouth|orally|intravenous(?:ly)?|by (?:injection|infusion)|injected into [\w ]{2,20}|through (?:a"
    r"|the) [\w ]{2,15}"
    r"|nasal spray|on the skin"
)
_SCHEDULE = any_of(
    rf"(?:once|twice|{COUNTS} times) (?:a|per|each) (?:day|week|month|year)|daily|every (?:\w+ )?(?:hours?|days?"
    r"|weeks?|months?)"
)
_SERIOUSNESS = {"mild": any_of("mild|minor|slight"), "moderate": any_of("moderate")}
_SERIOUS = any_of(r"serious|severe|life[- ]threatening|fatal|dangerous|deadly")
_IMPROVES = any_of(
    r"(?:improv|reliev|protect|prevent|reduc|lower|benefit|alleviat)\w*|eas(?:e|es|ed|ing)|cure[sd]?|heal(?:s|ed)?"
    r"|treat(?:s|ed|ing)?|help(?:s|ed|ful)?|effective|superior"
)
_WORSENS = any_of(r"worsen\w*|aggravat\w*|exacerbat\w*|harm\w*")
_NO_EFFECT = any_of(
    r"no (?:effect|benefit|difference|better)|(?:does|do|did|was|were|is|are)(?: not|n't) (?:\w+ )?(?:help|improve"
    r"|work|reduce"
    r"|relieve|effective|affect|prevent|cure|treat)|ineffective"
)
_CAN = any_of(r"may|might|can|could|possibly|likely")
_STRENGTHS = {
    "requires": any_of(r"must|need(?:s)? to|ha(?:ve|s) to|essential|required|vital|crucial"),
    "recommends": any_of(r"should|recommend\w*|advis\w*|ought to|important"),
    "suggests": any_of(r"consider\w*|try|worth|suggest\w*|help to"),
    "permits": any_of(r"can|may|could"),
}
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?")

Fields = Mapping[str, Data]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence's words with its parts: before the verb, the verb, behind it; the whole where they are not parted."""

    whole: str
    subject: str
    verb: str
    rest: str
    parted: bool


def words_of(text: str) -> Words:
    """The parts of a sentence with single spaces."""
    clause = main_clause(text)
    whole = _plain(text)
    if clause is None:
        return Words(whole, whole, whole, whole, parted=False)
    subject, verb, rest = (_plain(text[slice(*part)]) for part in (clause.subject, clause.verb, clause.rest))
    return Words(whole, subject, verb, rest, parted=True)


def typed_fields(type_: str, words: Words, vocabulary: Vocabulary) -> Fields:
    """The fields of a claim of a type other than those of a study; required ones are always there."""
    return {name: value for name, value in _FILLS[type_](words, vocabulary) if value is not None}


def fitting(fields: Fields, around: str, instead: Sequence[str]) -> Fields:
    """The fields with words that stand nowhere in the quotes replaced by the first of others that do.

    Words are put together of several parts of a passage only in statements; `around` is the parts with single spaces
    and a few words on either side. Where a part itself cuts a word, the last of the others is taken, and found out.
    """
    return {name: _fit(value, around, instead) for name, value in fields.items()}


def _fit(value: Data, around: str, instead: Sequence[str]) -> Data:
    if not isinstance(value, dict) or stands_whole(str(value["as_stated"]), around):
        return value
    whole = (each for each in instead if stands_whole(each, around))
    return NOT_STATED if "code" in value else {"as_stated": next(whole, instead[-1])}


def first_quantity(text: str) -> Data | None:
    """The first number of a text with what belongs to it, as a quantity; None where there is none."""
    match = _FREQUENCY.search(text) or _QUANTITY.search(text)
    return _quantity(_whole(_plain(match[0]), text)) if match else None


def stated(words: str | None) -> Data | None:
    """Words of the document as the value of a field."""
    return {"as_stated": words} if words else None


def year_of(year: str | None) -> Data:
    """A year as the value of a field."""
    return {"as_stated": year, "value": year} if year else NOT_STATED


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".,;:!? ")


def _quantity(words: str) -> Data:
    """A quantity with its number where its words give exactly one."""
    shown = _plain(words)
    found: Sequence[Measure] = measures(shown)
    if len(found) != 1 or not _DECIMAL.fullmatch(found[0].number):
        return {"as_stated": shown}
    value: dict[str, Data] = {"as_stated": shown, "value": found[0].number}
    return value | ({"unit": found[0].unit} if found[0].unit else {})


def _search(pattern: re.Pattern[str] | Cues, text: str) -> str | None:
    match = pattern.search(text)
    return _whole(_plain(match[0]), text) if match else None


def _whole(words: str, text: str) -> str:
    """The words without a last one that is cut; all of the text where nothing whole is left."""
    while not stands_whole(words, text):
        words, _, cut = words.rpartition(" ")
        if not words or not cut:
            return text
    return words


def _quantity_by(pattern: re.Pattern[str], text: str) -> Data | None:
    words = _search(pattern, text)
    return _quantity(words) if words else None


def _people(text: str) -> Data | None:
    low = text.lower()
    match = _PEOPLE.search(text) if any(noun in low for noun in _NOUNS) else None
    return stated(_whole(_plain(match[1]), text)) if match else None


def _coded(code: str, words: str, terms: Mapping[str, object]) -> Data:
    return {"as_stated": words, "code": code} if code in terms else NOT_STATED


_Filled = Iterator[tuple[str, Any]]


def _definition(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "term", stated(words.subject)
    yield "meaning", stated(words.rest)


def _epidemiology(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "condition", stated(words.subject)
    yield "population", _people(words.whole)
    yield "frequency", _quantity_by(_FREQUENCY, words.whole)


def _mechanism(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "subject", stated(words.subject)
    yield "effect", stated(words.rest) if words.parted else None


def _efficacy(words: Words, vocabulary: Vocabulary) -> _Filled:
    yield "intervention", stated(words.subject)
    yield "outcome", stated(words.rest)
    yield "direction", _direction(words.whole, vocabulary)
    yield "population", _people(words.whole)


def _direction(text: str, vocabulary: Vocabulary) -> Data:
    if found := _search(_NO_EFFECT, text):
        return _coded("no-effect", found, vocabulary.directions)
    if found := _search(_WORSENS, text):
        return _coded("worsens", found, vocabulary.directions)
    if found := _search(_IMPROVES, text):
        return _coded("may-improve" if _CAN.search(text) else "improves", found, vocabulary.directions)
    return NOT_STATED


def _safety(words: Words, vocabulary: Vocabulary) -> _Filled:
    yield "intervention", stated(words.subject)
    yield "effect", stated(words.rest)
    yield "frequency", _quantity_by(_FREQUENCY, words.whole)
    yield "seriousness", _seriousness(words.whole, vocabulary)


def _seriousness(text: str, vocabulary: Vocabulary) -> Data | None:
    for code, pattern in (("serious", _SERIOUS), *_SERIOUSNESS.items()):
        if found := _search(pattern, text):
            return _coded(code, found, vocabulary.seriousness)
    return None


def _administration(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "intervention", stated(words.subject)
    yield "route", stated(_search(_ROUTE, words.whole))
    yield "dose", _quantity_by(re.compile(rf"\d[\d,.]*\s?(?:{_UNIT})(?:/(?:{_UNIT}))?(?!\w)"), words.whole)
    yield "schedule", stated(_search(_SCHEDULE, words.whole))


def _availability(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "intervention", stated(words.subject)
    yield "extent", stated(words.rest)


def _cost(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "item", stated(words.subject)
    yield "amount", _quantity_by(_MONEY, words.whole)


def _guidance(words: Words, vocabulary: Vocabulary) -> _Filled:
    yield "recommendation", stated(words.whole)
    yield "strength", _strength(words.whole, vocabulary)


def _strength(text: str, vocabulary: Vocabulary) -> Data:
    for code, pattern in _STRENGTHS.items():
        if found := _search(pattern, text):
            return _coded(code, found, vocabulary.strengths)
    return NOT_STATED


def _usage(words: Words, vocabulary: Vocabulary) -> _Filled:
    del vocabulary
    yield "agent", stated(words.subject)
    yield "use", stated(words.rest)


_FILLS: Mapping[str, Callable[[Words, Vocabulary], _Filled]] = {
    "definition": _definition,
    "epidemiology": _epidemiology,
    "mechanism": _mechanism,
    "efficacy": _efficacy,
    "safety": _safety,
    "administration": _administration,
    "availability": _availability,
    "cost": _cost,
    "guidance": _guidance,
    "usage": _usage,
}
"""What fills the fields of each type that needs no study."""
