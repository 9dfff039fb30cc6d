"""Rules on what hangs on a number or a word: its unit, its bound and its negating prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.base import Quantity
from kbtool.model.claim import ClaimBase
from kbtool.quotes.numbers import plain
from kbtool.rules.caveats import basis_text
from kbtool.rules.context import Cited, ClaimRule
from kbtool.rules.rule import rule

UNIT_WORDS: Mapping[str, str] = {
    "%": "%",
    "kg": "kg kilogram kilograms",
    "g": "g gram grams",
    "mg": "mg milligram milligrams",
    "ug": "ug mcg µg μg microgram micrograms",
    "ng": "ng nanogram nanograms",
    "L": "l L litre litres liter liters",
    "mL": "ml mL millilitre millilitres milliliter milliliters",
    "s": "s sec second seconds",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours",
    "d": "d day days",
    "wk": "wk week weeks",
    "mo": "mo month months",
    "a": "a year years",
}
"""UCUM code of each unit that is told apart, and the words for it."""

_CODE_OF = {word: code for code, words in UNIT_WORDS.items() for word in words.split()} | {
    "percent": "%",
    "per cent": "%",
}
_UNIT = "|".join(re.escape(word) for word in sorted(_CODE_OF, key=lambda word: -len(word)) if word not in {"a", "d"})
_BOUNDS: Mapping[str, str] = {
    "<": "<",
    ">": ">",
    "≤": "≤",
    "≥": "≥",
    "<=": "≤",
    ">=": "≥",
    "less than": "<",
    "fewer than": "<",
    "more than": ">",
    "greater than": ">",
    "at least": "≥",
    "at most": "≤",
    "up to": "≤",
    "no more than": "≤",
    "not more than": "≤",
    "no less than": "≥",
    "not less than": "≥",
}
_BOUND = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_BOUNDS, key=lambda word: -len(word)))
_BEFORE = re.compile(rf"({_BOUND})\s*$", re.IGNORECASE)
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<number>\d+(?:[.,]\d+)*)"
    rf"(?:[ \u00a0\u202f-]?(?P<unit>{_UNIT})(?![^\W\d_])(?P<per>(?:/(?:{_UNIT})(?![^\W\d_]))*))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DIGIT_IN_ASCII = re.compile("[0-9]")
_BOUND_ENDS = tuple({word.split()[-1] for word in _BOUNDS})
"""What a text that ends in a bound ends in: quicker to look at than `_BEFORE`."""
_LONGEST_BOUND = 20
"""Code points before a number in which its bound is looked for."""
_RANGE = re.compile(r"\s*(?:[-\u2010-\u2014\u2212]|to|or)\s*")
"""What stands between two numbers that share the unit behind the second: "2-4 weeks"."""
_OPPOSITE = {"<": ">≥", "≤": ">≥", ">": "<≤", "≥": "<≤"}


class Measure(NamedTuple):
    """A number with the bound before it ("<", "" for none) and the unit behind it ("mg/kg", "" for none)."""

    number: str
    bound: str
    unit: str


def measures(text: str) -> tuple[Measure, ...]:
    """The numbers of a text, figures only, with bound and unit in one spelling each."""
    return () if text.isascii() and not _DIGIT_IN_ASCII.search(text) else _measures(text)


@lru_cache(maxsize=8192)
def _measures(text: str) -> tuple[Measure, ...]:
    found: list[Measure] = []
    behind, unit = len(text), ""
    for match in reversed(list(_numbers_with_units(text))):
        measure = _measure(match)
        if not measure.unit and _RANGE.fullmatch(text, match.end(), behind):
            measure = measure._replace(unit=unit)
        found.append(measure)
        behind, unit = match.start(), measure.unit
    return tuple(reversed(found))


def _numbers_with_units(text: str) -> Iterator[re.Match[str]]:
    """The matches of `_NUMBER`, looked for where there is a digit only."""
    digits = _DIGIT_IN_ASCII if text.isascii() else _DIGIT
    digit = digits.search(text)
    while digit:
        if match := _NUMBER.match(text, digit.start()):
            yield match
        digit = digits.search(text, match.end() if match else digit.end())


def _bound_before(text: str) -> str:
    """The bound that the text ends in, "" for none."""
    before = _BEFORE.search(text) if text.rstrip().casefold().endswith(_BOUND_ENDS) else None
    return _BOUNDS[" ".join(before[1].casefold().split())] if before else ""


def _measure(match: re.Match[str]) -> Measure:
    start = match.start()
    bound = _bound_before(match.string[max(0, start - _LONGEST_BOUND) : start])
    number, unit, per = match.groups("")
    unit = "/".join(map(_code, f"{unit}{per}".split("/"))) if per else _code(unit) if unit else ""
    return Measure(plain(number), bound, unit)


def _code(word: str) -> str:
    return _CODE_OF.get(word) or _CODE_OF.get(word.lower(), word)


@rule(Severity.ERROR, locked=True)
def measure_not_as_quoted(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A number of the statement has another unit or bound than the quotes give it.

    Why: "15 g" for "15 mg", "p > 0.05" for "p < 0.05" and "50 %" for "more than 50 %" carry the right number into a
    wrong statement.

    Mend: write the number with the unit and the bound that the quote has.
    """
    del claim
    stated = () if cited.said == cited.quoted else measures(cited.said)
    quoted = measures(cited.quoted) if stated else ()
    for said in stated:
        there = [each for each in quoted if each.number == said.number]
        if there and said.bound not in {each.bound for each in there}:
            given = there[0].bound or "no bound"
            yield Finding(("statement",), f"number {said.number!r} has {_bound(said)} here and {given!r} in the quotes")
        if there and said.unit not in {each.unit for each in there}:
            given = there[0].unit or "no unit"
            yield Finding(("statement",), f"number {said.number!r} has {_unit(said)} here and {given!r} in the quotes")


def _bound(said: Measure) -> str:
    return f"the bound {said.bound!r}" if said.bound else "no bound"


def _unit(said: Measure) -> str:
    return f"the unit {said.unit!r}" if said.unit else "no unit"


@rule(Severity.ERROR, locked=True)
def measure_not_in_record(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A number of a finding or a caveat has another unit, or the opposite bound, in what it comes from.

    Why: a dose in grams for milligrams, or a p value turned round, is as wrong as an invented one and looks checked.

    Mend: write the number with the unit and the bound that the evidence record, or the basis of the caveat, has.
    """
    for path, said, origin in _restated(claim, cited):
        there = [each for each in measures(origin) if each.number == said.number]
        if said.unit and there and all(each.unit and each.unit != said.unit for each in there):
            yield Finding(path, f"number {said.number!r} has the unit {said.unit!r} here and {there[0].unit!r} there")
        if said.bound and there and all(each.bound and each.bound in _OPPOSITE[said.bound] for each in there):
            yield Finding(
                path, f"number {said.number!r} has the bound {said.bound!r} here and {there[0].bound!r} there"
            )


def _restated(claim: ClaimBase, cited: Cited) -> Iterator[tuple[Path, Measure, str]]:
    """The measures of findings and caveats that have a unit or a bound, each with the text it should come from."""
    for index, link in enumerate(claim.evidence):
        marked = _marked(link.finding) if link.ref in cited.evidence else []
        for said in marked:
            yield ("evidence", index, "finding"), said, cited.evidence_texts[link.ref]
    for index, caveat in enumerate(claim.caveats):
        if marked := _marked(caveat.text):
            origin = f"{cited.quoted}\n{basis_text(caveat.basis, cited)}"
            yield from ((("caveats", index, "text"), said, origin) for said in marked)


def _marked(text: str) -> list[Measure]:
    return [measure for measure in found if measure.unit or measure.bound] if (found := measures(text)) else []


@rule(Severity.ERROR, locked=True)
def unit_not_as_stated(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The `unit` of a quantity is not the one in the words of its `as_stated`.

    Why: programs read number and unit, people read the words; both must say the same.

    Mend: write the UCUM code of the unit that the words have.
    """
    del claim
    for path, value in cited.typed:
        if not isinstance(value, Quantity) or value.value is None or value.unit is None:
            continue
        there = {each.unit for each in measures(value.as_stated) if each.number == value.value and each.unit}
        unit = "/".join(_code(part) for part in value.unit.split("/"))
        if there and unit not in there:
            yield Finding((*path, "unit"), f"unit {value.unit!r} is not the one in the words {value.as_stated!r}")


_NEGATING = ("non-", "non\u2010", "non\u2011", "non", "in", "im", "il", "ir", "un", "dis")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_LOWER = "".join(chr(code).lower() if chr(code) in f"{ascii_letters}-" else " " for code in range(128))
"""For each ASCII character what it counts for in `_words`: lower-case letters and hyphens, or a blank."""
_NOT_NEGATED = frozenset(
    {
        "impact",
        "imports",
        "important",
        "improve",
        "improved",
        "improves",
        "include",
        "increase",
        "increased",
        "increases",
        "indeed",
        "inform",
        "informed",
        "inpatient",
        "inpatients",
        "inside",
        "intake",
        "international",
        "invest",
        "involve",
        "discharge",
        "discover",
        "disease",
        "diseases",
        "disorder",
        "disorders",
        "display",
        "distinct",
        "union",
        "unit",
        "units",
        "until",
    }
)
"""Words that only look negated; their rest is a word with another meaning."""


@rule(Severity.ERROR, locked=True)
def negated_word_turned(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A word stands with its negating prefix on one side of quote and statement, and without it on the other.

    Why: "effective" for "ineffective" turns the claim round without a "not" being lost.

    Mend: use the word as the quote has it.
    """
    del claim
    if cited.said == cited.quoted:
        return
    quoted, said = _words(cited.quoted), _words(cited.said)
    for word, rest in _turned(quoted, said):
        yield Finding(("statement",), f"the quotes have {word!r} and the statement {rest!r}")
    for word, rest in _turned(said, quoted):
        yield Finding(("statement",), f"the statement has {word!r} and the quotes {rest!r}")


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    """The words of a text in lower case, hyphens within them included."""
    if text.isascii():
        plain_text = f" {text.translate(_LOWER)} "
        if "--" not in plain_text and " -" not in plain_text and "- " not in plain_text:
            return frozenset(plain_text.split())
    return frozenset(_WORD.findall(text.lower()))


def _turned(negated: frozenset[str], plain: frozenset[str]) -> list[tuple[str, str]]:
    """Each word of `negated` alone whose rest stands in `plain` alone, with that rest."""
    return sorted(
        (word, rest)
        for word in negated - plain - _NOT_NEGATED
        for prefix in _NEGATING
        if word.startswith(prefix) and len(rest := word.removeprefix(prefix)) > 3 and rest in plain - negated
    )


RULES: tuple[ClaimRule, ...] = (measure_not_as_quoted, measure_not_in_record, unit_not_as_stated, negated_word_turned)
