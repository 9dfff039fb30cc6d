"""What all nanopublications of a release say alike: in which release, by whom, with which program and licence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.iri import iri
from kbtool.export.linked_nodes import maker, midnight
from kbtool.export.linked_release import heading, intended_node
from kbtool.export.linked_word import PREFIXES, full
from kbtool.export.quads import RDF_TYPE, Triple, link, literal, statements
from kbtool.export.trusty import BLANK

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

CONTRACT = "nanopub/1"
NP, NPX = "http://www.nanopub.org/nschema#", "http://purl.org/nanopub/x/"
NAMESPACES: Mapping[str, str] = {"np": NP, "npx": NPX, **PREFIXES}
"""Every namespace that nanopublications use, by prefix."""

_NAME, _URL = map(full, ("foaf:name", "kb:url"))
_CREATED, _CREATOR, _MOMENT = map(full, ("dcterms:created", "dcterms:creator", "xsd:dateTime"))
_AGENT = full("prov:Agent")


@dataclass(frozen=True, slots=True)
class Setting:
    """Addresses and statements that the nanopublications of one release share."""

    header: JsonObject
    """What the release says of itself."""
    stem: str
    """Of every address, as an IRI."""
    published: tuple[Triple, ...]
    """What the publication info of each of them says."""

    @property
    def blank(self) -> str:
        """The address of a nanopublication whose code is not known yet."""
        return blank_address(self.stem)

    def part(self, name: str) -> str:
        """The address of a part of that nanopublication."""
        return f"{blank_address(self.stem)}#{name}"


def blank_address(stem: str) -> str:
    """The address of any nanopublication, with a blank for its code."""
    return f"{stem}nanopub/{BLANK}"


def setting_of(header: JsonObject) -> Setting:
    """The setting of a release, from what it says of itself."""
    stem = iri(header["base_url"])
    this = blank_address(stem)
    return Setting(header, stem, (*_release(header, this, stem), *_makers(header, this)))


def _release(header: JsonObject, this: str, stem: str) -> list[Triple]:
    named = heading(header, stem)
    licence: JsonObject = {name: named.pop(name) for name in ("dataLicence", "license") if name in named}
    release = {**named, "intendedUse": intended_node(header["intended_use"])}
    return statements({"id": this, "isPartOf": release, **maker(CONTRACT), **licence}, f"{this}#")


def _makers(header: JsonObject, this: str) -> list[Triple]:
    publisher, url = f"{this}#publisher", header["publisher"].get("url")
    return [
        literal(this, _CREATED, midnight(header["as_of"]), _MOMENT),
        link(this, _CREATOR, publisher),
        link(publisher, RDF_TYPE, _AGENT),
        literal(publisher, _NAME, header["publisher"]["name"]),
        *([link(publisher, _URL, iri(url))] if url else []),
    ]
