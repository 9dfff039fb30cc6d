"""Parts of a release document as flat items, for formats that have tables: numbered, with what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kbtool.export.fields import OWN_FIELDS

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

WORD_LISTS = frozenset({"negations", "connectives", "placeholders"})
"""Lists of the vocabulary that hold words without a definition."""


def numbered(items: Iterable[JsonObject], **owner: object) -> Iterator[JsonObject]:
    """Each item with its place, from 1, and with what it belongs to."""
    return ({**owner, "position": place, **item} for place, item in enumerate(items, start=1))


def listed(name: str, values: Iterable[object], **owner: object) -> Iterator[JsonObject]:
    """Each plain value as an item with one key of its own, its place and what it belongs to."""
    return numbered(({name: value} for value in values), **owner)


def label_of(terms: JsonObject, code: str) -> str:
    """What readers see for a code of a list of the vocabulary; the code itself where the list lacks it."""
    return str(terms[code]["label"]) if code in terms else code


def vocabulary_terms(document: JsonObject) -> Iterator[JsonObject]:
    """Every term of the vocabulary with its list, its place in it and its code."""
    for name, terms in document["vocabulary"].items():
        if name not in WORD_LISTS:
            yield from numbered(({**term, "code": code} for code, term in terms.items()), list=name)


def own_fields(claim: JsonObject) -> Iterator[JsonObject]:
    """The fields of a claim's own type that it has: name, whether the document gives nothing, and what it gives."""
    for name in OWN_FIELDS:
        if name in claim:
            given = claim[name]
            not_stated = isinstance(given, str)
            yield {"name": name, "not_stated": not_stated, **({} if not_stated else given)}


def all_decisions(document: JsonObject) -> Iterator[JsonObject]:
    """Every decision on a claim that is out (`claim`), then those that withdrew one (`withdrawn`: the claim's id)."""
    out = ({"claim": claim["id"], **each} for claim in document["claims"] for each in claim["review"]["decisions"])
    gone = ({"withdrawn": each["id"], **each["decision"]} for each in document["withdrawn"] if each["decision"])
    return chain(out, gone)
