"""The JSON-LD context of the linked-data formats, with the definitions of kbtool's own words beside it.

It stands in the schema folder as `context.jsonld`, goes out beside `claims.jsonld` and is embedded in it, so that no
reader needs the network. It keeps to JSON-LD 1.0, which every reader knows.
"""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.export.linked_claim_words import CLAIM, STATED
from kbtool.export.linked_record_words import EVIDENCE, RELEASE, SOURCE, VOCABULARY
from kbtool.export.linked_shared_words import CLASSES, SHARED
from kbtool.export.linked_word import CLASS, INDIVIDUAL, KB, LIST, PREFIXES, TEXT, Word
from kbtool.release.jsontext import JsonObject

WORDS: Mapping[str, Word] = {**CLASSES, **SHARED, **CLAIM, **STATED, **EVIDENCE, **SOURCE, **RELEASE, **VOCABULARY}
"""Every word by the name that the files use."""

_KINDS = {CLASS: "rdfs:Class", INDIVIDUAL: "kb:Stated"}


def context() -> JsonObject:
    """What each name of the files stands for, as the value of `@context`."""
    names = {name: _mapped(word) for name, word in WORDS.items() if word.values != INDIVIDUAL}
    return {"id": "@id", "type": "@type", **PREFIXES, **names}


def context_document() -> JsonObject:
    """The context as a document of its own: a reader takes its `@context`, a person also reads the definitions."""
    return {"@context": context(), "@graph": [_defined(name, word) for name, word in WORDS.items() if _is_own(word)]}


def _mapped(word: Word) -> str | JsonObject:
    if word.values in {CLASS, TEXT}:
        return word.iri
    if word.values == LIST:
        return {"@id": word.iri, "@container": "@list"}
    return {"@id": word.iri, "@type": word.values}


def _is_own(word: Word) -> bool:
    return word.iri.startswith("kb:")


def _defined(name: str, word: Word) -> JsonObject:
    return {
        "id": word.iri,
        "type": _KINDS.get(word.values, "rdf:Property"),
        "rdfs:label": name,
        "rdfs:comment": word.means,
        "rdfs:isDefinedBy": {"id": KB.removesuffix("#")},
        **({"rdfs:range": {"id": word.values}} if word.values.startswith("xsd:") else {}),
    }
