"""A claim's account in plain sentences, for formats whose readers show one text: notice, caveats, reasons, drafting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

Citation = Callable[[str], str]
"""Gives the citation of an evidence record on one line, by slug."""


def account_of(claim: JsonObject, as_of: str, citation: Citation) -> Iterator[str]:
    """One paragraph each, in the order in which a reader needs them: standing, caveats, verdict's reasons, drafting.

    Nothing is cut short: whoever shows the whole account shows all caveats with what they rest on.
    """
    yield standing_sentence(claim["review"], as_of)
    yield from (caveat_sentence(caveat, citation) for caveat in claim["caveats"])
    yield f"Why {_quoted(claim['verdict']['label'])}: {claim['verdict']['rationale']}"
    if certainty := claim["verdict"]["certainty"]:
        yield certainty_sentence(certainty, citation)
    yield drafting_sentence(claim["drafted"])


def standing_sentence(review: JsonObject, as_of: str) -> str:
    """The notice where there is one, how the claim stands, on which day, and why."""
    said = f"Standing on {as_of}: {review['standing_label']} ({review['reason']})."
    return f"{_sentence(review['notice'])} {said}" if review["notice"] else said


def caveat_sentence(caveat: JsonObject, citation: Citation) -> str:
    """The caveat with its kind and what it rests on."""
    return f"Caveat ({caveat['label']}): {caveat['text']} [{basis_words(caveat['basis'], citation)}]"


def basis_words(basis: JsonObject | None, citation: Citation) -> str:
    """What a caveat rests on.

    >>> basis_words({"claim": "text/slug"}, str)
    'rests on the claim text/slug'
    """
    if basis is None:
        return "no basis stated"
    if "quote" in basis:
        return f"rests on the words {_quoted(basis['quote']['exact'])}"
    if "evidence" in basis:
        return f"rests on the evidence {basis['evidence']}: {citation(basis['evidence'])}"
    return f"rests on the claim {basis['claim']}"


def certainty_sentence(certainty: JsonObject, citation: Citation) -> str:
    """The certainty that a review states, for which outcome, and which review."""
    said = f"Certainty for {_quoted(certainty['outcome'])}: {certainty['label']}"
    return f"{said}, as stated by {citation(certainty['stated_by'])}"


def drafting_sentence(drafted: JsonObject) -> str:
    """Who wrote the record and how, and whether a program wrote any of the words."""
    said = f"Drafted by {drafted['by']} on {drafted['on']} ({drafted['method']})."
    return f"{said} A program wrote some of the words." if drafted["machine"] else said


def _quoted(text: str) -> str:
    return f"\u201c{text}\u201d"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
