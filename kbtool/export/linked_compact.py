"""Nodes of the linked-data formats with every name written by prefix, for files that have another context of their own.

Read with the prefixes alone, they say the same triples as with the whole context of `linked_context`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kbtool.export.linked_context import WORDS
from kbtool.export.linked_word import IRI, LIST, TEXT, TRUTH

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


_TYPES = {name: word.iri for name, word in WORDS.items()}

_Write = Callable[[Any], Any]


def compact(node: JsonObject) -> JsonObject:
    """The node with names such as `kb:statement`, and with types and lists written out; keys are sorted.

    >>> compact({"id": "https://example.org/x", "type": "Caveat", "text": "mind"})
    {'id': 'https://example.org/x', 'kb:text': 'mind', 'type': 'kb:Caveat'}
    """
    return {written: node[name] if write is None else write(node[name]) for written, name, write in _plan(tuple(node))}


@lru_cache(maxsize=1024)
def _plan(names: tuple[str, ...]) -> list[tuple[str, str, _Write | None]]:
    """How the keys of a node are written, in order; with each its key, and what writes its values but words.

    Kept, since the nodes of a release have few forms.
    """
    found = ((name, *_rule(name)) for name in names)
    return sorted(((written, name, write) for name, written, write in found), key=itemgetter(0))


def _rule(name: str) -> tuple[str, _Write | None]:
    if name in _KEPT:
        return name, _KEPT[name]
    word = WORDS[name]
    return word.iri, _WRITES[word.values] if word.values in _WRITES else partial(_typed, word.values)


def _types(value: str | list[str]) -> str | list[str]:
    return [_TYPES[each] for each in value] if isinstance(value, list) else _TYPES[value]


def _linked(value: Any) -> Any:
    """What an address or a node is written as, or several of them."""
    if type(value) is str:
        return {"id": value}
    if type(value) is list:
        return [_linked(each) for each in value]
    return _term(**value) if value.keys() == _OF_A_TERM else compact(value)


_OF_A_TERM = {"id", "prefLabel"}


@lru_cache(maxsize=1024)
def _term(id: str, prefLabel: str) -> JsonObject:  # noqa: A002, N803 - the keys of the node
    """A term of the vocabulary as it is written; a release has few, and every claim has several."""
    return {"id": id, _PREF_LABEL: prefLabel}


_PREF_LABEL = WORDS["prefLabel"].iri


def _listed(value: list[Any]) -> JsonObject:
    return {"@list": value}


def _typed(datatype: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(datatype, each) for each in value]
    return value if isinstance(value, dict) else {"@type": datatype, "@value": value}


_KEPT: Mapping[str, _Write | None] = {"id": None, "type": _types}
_WRITES: Mapping[str, _Write | None] = {TEXT: None, TRUTH: None, IRI: _linked, LIST: _listed}
