"""What a word of the linked-data formats is, and the namespaces that words are taken from.

Names of W3C and Dublin Core vocabularies are used where they mean exactly what is meant here; the others are kbtool's
own. The words themselves stand in `linked_claim_words` and `linked_record_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KB = "https://kbtool.example/terms/v1#"
"""Stem of kbtool's own words, the same in every base, so that data of two bases can be read together.

It stands under a reserved domain, as the types of signed decisions do: a name that nobody serves.
"""

PREFIXES: Mapping[str, str] = {
    "kb": KB,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespaces by prefix."""

IRI, LIST, TEXT, CLASS, INDIVIDUAL = "@id", "@list", "text", "class", "individual"
DATE, TIME, WHOLE, DECIMAL, TRUTH = "xsd:date", "xsd:dateTime", "xsd:nonNegativeInteger", "xsd:decimal", "xsd:boolean"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the context."""

    iri: str
    """With a prefix of `PREFIXES`."""
    values: str
    """What its values are: `@id`, `@list` (in order), an XSD datatype or text; or else `class` or `individual`."""
    means: str
    """For readers, in one sentence."""


def own(name: str, values: str, means: str) -> Word:
    """A word of kbtool's own."""
    return Word(f"kb:{name}", values, means)


def full(compact: str) -> str:
    """A name with a prefix of `PREFIXES`, written out.

    >>> full("xsd:date")
    'http://www.w3.org/2001/XMLSchema#date'
    """
    prefix, _, rest = compact.partition(":")
    return f"{PREFIXES[prefix]}{rest}"
