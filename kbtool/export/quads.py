"""RDF statements as plain tuples, and how nodes of linked data become statements.

No blank nodes: what has no address of its own gets one below that of the whole. The statements are those that a
JSON-LD reader finds in the same nodes with the context of `linked_context`.

Plain tuples, because a large release has millions of them, and because their order is the one that trusty URIs ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kbtool.export.linked_context import WORDS
from kbtool.export.linked_word import CLASS, INDIVIDUAL, IRI, LIST, PREFIXES, TEXT, full

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

STRING = full("xsd:string")
RDF_TYPE, _FIRST, _REST, _NIL = (full(f"rdf:{name}") for name in ("type", "first", "rest", "nil"))

Triple = tuple[str, str, bool, str, str]
"""Subject and predicate as IRIs; whether the object is a literal; its words, or its IRI; the IRI of its datatype.

The last is empty for an IRI; for words in a language it is the language's tag with an `@` before it.
"""

Graph = tuple[str, Sequence[Triple]]
"""The IRI of a graph, and its triples: sorted, each one once."""


def link(subject: str, predicate: str, address: str) -> Triple:
    """A statement whose object is an IRI."""
    return (subject, predicate, False, address, "")


def literal(subject: str, predicate: str, text: str, datatype: str = STRING) -> Triple:
    """A statement whose object is a literal."""
    return (subject, predicate, True, text, datatype)


def statements(node: JsonObject, parts: str) -> list[Triple]:
    """What a node with an id says, and its parts; `parts` is the stem of the addresses of those without an id."""
    said = _Statements(parts)
    said.node(node, _expanded(node["id"]), "")
    return said.triples


class _Statements:
    """Takes up statements; `path` says where in the whole a node stands, and names it if nothing else does."""

    __slots__ = ("_parts", "triples")

    def __init__(self, parts: str) -> None:
        self._parts = parts
        self.triples: list[Triple] = []

    def node(self, node: JsonObject, subject: str, path: str) -> None:
        triples = self.triples
        for key, value in node.items():
            if key == "id":
                continue
            say, predicate, datatype = _RULES[key]
            if type(value) is not str:
                say(self, subject, predicate, datatype, value, f"{path}{key}")
            elif say is _Statements.literals:
                triples.append((subject, predicate, True, value, datatype))
            elif say is _Statements.links:
                triples.append((subject, predicate, False, value, ""))
            else:
                triples.append((subject, predicate, False, _CLASSES[value], ""))

    def types(self, subject: str, predicate: str, datatype: str, value: Any, path: str) -> None:
        del datatype, path
        self.triples += [(subject, predicate, False, _CLASSES[name], "") for name in value]

    def literals(self, subject: str, predicate: str, datatype: str, value: Any, path: str) -> None:
        del path
        if isinstance(value, str):
            self.triples.append((subject, predicate, True, value, datatype))
        elif isinstance(value, list):
            self.triples += [(subject, predicate, True, text, datatype) for text in value]
        elif isinstance(value, dict):
            self.triples.append((subject, predicate, True, value["@value"], full(value["@type"])))
        else:
            self.triples.append((subject, predicate, True, str(value).lower(), datatype))

    def links(self, subject: str, predicate: str, datatype: str, value: Any, path: str) -> None:
        if isinstance(value, list):
            for place, each in enumerate(value, 1):
                self.links(subject, predicate, datatype, each, f"{path}-{place}")
        elif isinstance(value, dict):
            part = _expanded(value["id"]) if "id" in value else f"{self._parts}{path}"
            self.triples.append((subject, predicate, False, part, ""))
            self.node(value, part, f"{path}-")
        else:
            self.triples.append((subject, predicate, False, value, ""))

    def ordered(self, subject: str, predicate: str, datatype: str, value: Any, path: str) -> None:
        """An RDF list, whose cells are parts like any other."""
        for place, each in enumerate(value, 1):
            cell = f"{self._parts}{path}-{place}"
            self.triples.append((subject, predicate, False, cell, ""))
            say = _Statements.links if isinstance(each, dict) else _Statements.literals
            say(self, cell, _FIRST, datatype, each, f"{path}-{place}-item")
            subject, predicate = cell, _REST
        self.triples.append((subject, predicate, False, _NIL, ""))


_Say = Callable[[_Statements, str, str, str, Any, str], None]
_CLASSES: Mapping[str, str] = {name: full(word.iri) for name, word in WORDS.items()}


def _rule(iri: str, values: str) -> tuple[_Say, str, str]:
    if values in {IRI, LIST}:
        return (_Statements.links if values == IRI else _Statements.ordered), full(iri), STRING
    return _Statements.literals, full(iri), STRING if values == TEXT else full(values)


_RULES: Mapping[str, tuple[_Say, str, str]] = {
    "type": (_Statements.types, RDF_TYPE, ""),
    **{name: _rule(word.iri, word.values) for name, word in WORDS.items() if word.values not in {CLASS, INDIVIDUAL}},
}
"""How the values of each word are said, its IRI, and the datatype of its literals."""


def _expanded(address: str) -> str:
    """An address, written out where it is one of kbtool's own words."""
    return f"{PREFIXES['kb']}{address[3:]}" if address.startswith("kb:") else address
