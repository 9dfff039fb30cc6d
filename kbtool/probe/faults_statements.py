"""Faults of statements and typed fields: negations and hedges lost or added, numbers and units invented or changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.base import Coded, Quantity, Stated
from kbtool.model.claim import ClaimBase
from kbtool.probe.edits import on_claim
from kbtool.probe.fault import Fault, Plant, Scratch, caught_by

INVENTED = "7919"
"""A number that the probe invents."""

_NUMBER = re.compile(r"(?<![\w.,])\d{1,6}(?![\d.,]\d|\w)")
_UNIT = re.compile(r"(?<=\d)( ?(?:%|mg|hours?|weeks?|minutes?))(?!\w)")
_NOT = re.compile(r"\b(not|no|never|without) (?=\w)")
_HEDGE = re.compile(r"\b(may|can|might|could|generally|usually|typically|often|some|many) (?=\w)")
_MAY = re.compile(r"\b(?:may|might|could|can)\b")
_LONG = re.compile(r"\b[a-z]{6,}\b")


def quoted(claim: ClaimBase) -> str:
    """The words of all quotes of a claim."""
    return "\n".join(quote.exact for quote in claim.source.quotes)


def _statement(change: Callable[[str, str], str | None], lacking: str) -> Plant:
    """Another statement in the first claim for which the function, given statement and quotes, has one."""

    @on_claim(lacking)
    def plant(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
        del scratch
        other = change(claim.statement, quoted(claim))
        return None if other is None else {("statement",): other}

    return plant


def _lost(pattern: re.Pattern[str]) -> Callable[[str, str], str | None]:
    """The statement without a word that the quotes have as well."""

    def change(statement: str, quotes: str) -> str | None:
        for found in pattern.finditer(statement):
            if re.search(rf"\b{found[1]}\b", quotes):
                return statement[: found.start()] + statement[found.end() :]
        return None

    return change


def _added_hedge(statement: str, quotes: str) -> str | None:
    return None if re.search("report|alleg|suppos|thought|believ|appar", quotes) else f"Allegedly: {statement}"


def _firmer(statement: str, quotes: str) -> str | None:
    found = _MAY.search(statement)
    if (
        not found
        or not re.search(rf"\b{found[0]}\b", quotes)
        or re.search("typical|general|usual|often|common", quotes)
    ):
        return None
    return f"{statement[: found.start()]}typically do{statement[found.end() :]}"


def _other_number(statement: str, quotes: str) -> str | None:
    found = _NUMBER.search(statement)
    if not found or found[0] not in quotes or str(int(found[0]) + 1) in quotes:
        return None
    return statement[: found.start()] + str(int(found[0]) + 1) + statement[found.end() :]


def _other_unit(unit: str) -> Callable[[str, str], str | None]:
    def change(statement: str, quotes: str) -> str | None:
        found = _UNIT.search(statement)
        if not found or quotes.count(found[1].strip()) == 0:
            return None
        return statement[: found.start()] + unit + statement[found.end() :]

    return change


def _negated_word(statement: str, quotes: str) -> str | None:
    for word in _LONG.findall(statement):
        if re.search(rf"\b{word}\b", quotes) and f"non{word}" not in quotes:
            return re.sub(rf"(?i)\b{word}\b", f"non{word}", statement)
    return None


@on_claim("no claim that asserts has quotes without a negation")
def _denied(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    words = scratch.base.vocabulary.model.negations
    plain = not any(word in quoted(claim).lower() for word in words)
    return {("polarity",): "denied"} if claim.polarity == "asserted" and plain else None


@on_claim("no claim lists a hedge")
def _hedges_unlisted(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    return {("hedges",): []} if claim.hedges else None


def typed(claim: ClaimBase) -> Iterator[tuple[str, Stated | Quantity | Coded]]:
    """The fields of a claim's type that hold words of the document."""
    for name in type(claim).model_fields:
        if isinstance(value := getattr(claim, name), Stated | Quantity | Coded):
            yield name, value


@on_claim("no claim has a typed field")
def _invented_words(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    name = next((name for name, _ in typed(claim)), None)
    return {(name, "as_stated"): "words that nobody wrote"} if name else None


@on_claim("no claim has a typed field")
def _number_in_field(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    for name, value in typed(claim):
        if INVENTED not in quoted(claim):
            return {(name, "as_stated"): f"{value.as_stated} {INVENTED}"}
    return None


@on_claim("no claim has a quantity with a number")
def _other_value(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    for name, value in typed(claim):
        if isinstance(value, Quantity) and value.value is not None and INVENTED not in value.as_stated:
            return {(name, "value"): INVENTED}
    return None


@on_claim("no claim has a quantity with a number and a unit among its words")
def _other_unit_code(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    for name, value in typed(claim):
        if isinstance(value, Quantity) and value.value and value.unit and _UNIT.search(value.as_stated):
            return {(name, "unit"): "kg" if value.unit != "kg" else "mg"}
    return None


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "not-dropped",
        "a statement without the 'not' of its quotes",
        caught_by("negation-lost"),
        _statement(_lost(_NOT), "no statement shares a 'not' with its quotes"),
    ),
    Fault(
        "not-added",
        "a statement that denies what its quotes assert",
        caught_by("negation-added"),
        _statement(lambda s, _: f"It is not the case that {s}", "the base has no claim"),
    ),
    Fault(
        "may-dropped",
        "a statement without the 'may' of its quotes",
        caught_by("hedge-lost"),
        _statement(_lost(_HEDGE), "no statement shares a hedge with its quotes"),
    ),
    Fault(
        "may-made-firmer",
        "'may' made 'typically'",
        caught_by("hedge-lost"),
        _statement(_firmer, "no statement shares a 'may' or 'can' with its quotes"),
    ),
    Fault(
        "hedge-added",
        "a statement milder than its quotes",
        caught_by("hedge-added"),
        _statement(_added_hedge, "every claim's quotes hedge with hearsay"),
    ),
    Fault(
        "hedges-unlisted",
        "an empty list of hedges for quotes that hedge",
        caught_by("hedges-not-as-quoted"),
        _hedges_unlisted,
    ),
    Fault("polarity-turned", "'denied' for what the document asserts", caught_by("polarity-without-negation"), _denied),
    Fault(
        "number-in-statement",
        "a number in the statement that no quote has",
        caught_by("number-not-in-quote"),
        _statement(
            lambda s, q: f"{s.rstrip('.')} in {INVENTED} cases." if INVENTED not in q else None, "the base has no claim"
        ),
    ),
    Fault(
        "statement-number-changed",
        "another number in the statement than in the quotes",
        caught_by("number-not-in-quote"),
        _statement(_other_number, "no statement shares a number with its quotes"),
    ),
    Fault(
        "number-in-typed-field",
        "a number in a typed field that no quote has",
        caught_by("number-not-in-quote"),
        _number_in_field,
    ),
    Fault(
        "words-in-typed-field",
        "words in a typed field that the document does not have",
        caught_by("words-not-as-stated"),
        _invented_words,
    ),
    Fault("value-changed", "a value that its own words do not give", caught_by("value-not-as-stated"), _other_value),
    Fault(
        "unit-code-changed", "a unit that its own words do not give", caught_by("unit-not-as-stated"), _other_unit_code
    ),
    Fault(
        "statement-unit-changed",
        "another unit in the statement than in the quotes",
        caught_by("measure-not-as-quoted"),
        _statement(_other_unit(" kg"), "no statement shares a number with a unit with its quotes"),
    ),
    Fault(
        "statement-unit-dropped",
        "a number in the statement without its unit",
        caught_by("measure-not-as-quoted"),
        _statement(_other_unit(""), "no statement shares a number with a unit with its quotes"),
    ),
    Fault(
        "word-negated",
        "a word made its opposite by a prefix",
        caught_by("negated-word-turned"),
        _statement(_negated_word, "no statement shares a long word with its quotes"),
    ),
)
"""Faults of statements and typed fields, as a literal list."""
