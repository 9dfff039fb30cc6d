"""Released claims, held ones and tombstones as Web Annotations.

Each annotation carries its own context, so that it stands alone when it is taken out of its page. Its body says the
whole account twice: as text for readers, and as the node that the `jsonld` export has of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.iri import iri
from kbtool.export.linked_claim import claim_node
from kbtool.export.linked_compact import compact
from kbtool.export.linked_nodes import midnight, present
from kbtool.export.linked_release import LICENCES, heading, held_node, withdrawn_node
from kbtool.export.linked_word import PREFIXES
from kbtool.export.quote_place import selectors
from kbtool.export.readable import Citation, account_of
from kbtool.release.jsontext import rows_of
from kbtool.release.uris import claim_uri, release_uri, source_uri, text_uri
from kbtool.release.view import document_parts, shelf_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject, Parts
    from kbtool.release.release import Release

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {name: PREFIXES[name] for name in ("kb", "prov")}]
"""The standard's context, then those prefixes of `linked_word` that it lacks."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every annotation of a release shares."""

    stem: str
    """Stem of every public identifier."""
    header: JsonObject
    """What the release says of itself."""
    parts: Parts
    """The release as its JSON has it."""
    sources: Mapping[str, JsonObject]
    """The documents under check, by id."""
    citation: Citation
    """Gives the citation of an evidence record on one line, by slug."""
    creator: JsonObject
    """The publisher as an agent."""
    rights: JsonObject
    """`rights`, where the licence of the records has a well-known address."""
    release: JsonObject
    """Which release it is, as a part of a node."""

    def address(self, path: str) -> str:
        """Of a file of the release."""
        return f"{release_uri(self.stem, self.header['id'])}/{path}"


def desk_of(release: Release) -> Desk:
    """What the annotations of a release share."""
    parts, shelf = document_parts(release), shelf_of(release)
    header: JsonObject = parts["release"]
    publisher = header["publisher"]
    url = publisher.get("url")
    return Desk(
        stem=iri(header["base_url"]),
        header=header,
        parts=parts,
        sources={source["document"]: source for source in rows_of(parts, "sources")},
        citation=lambda slug: str(shelf.card(slug)["citation"]),
        creator={**present(homepage=iri(url) if url else None), "name": publisher["name"], "type": "Organization"},
        rights=present(rights=LICENCES.get(header["licences"]["data"])),
        release=compact({"isPartOf": heading(header, iri(header["base_url"]))}),
    )


def annotations_of(claim: JsonObject, desk: Desk) -> Iterator[JsonObject]:
    """One annotation for each quote of the claim; every one has the whole account, and sorted keys on every level."""
    quotes = claim["source"]["quotes"]
    node = dict(sorted((compact(claim_node(claim, desk.stem)) | desk.release).items()))
    for number, quote in enumerate(quotes, start=1):
        part = f"Part {number} of {len(quotes)} of the passage that makes the claim." if len(quotes) > 1 else None
        yield {
            "@context": CONTEXT,
            "body": [_text(_account(claim, part, desk), "assessing", desk), node],
            "created": midnight(claim["drafted"]["on"]),
            **_frame(f"{node['id']}#quote-{number}", "assessing", desk),
            "target": _target(quote, desk.sources[claim["source"]["document"]], desk.stem),
            "type": "Annotation",
        }


def notice_annotations(desk: Desk) -> Iterator[JsonObject]:
    """What is held and what was withdrawn, each as an annotation on the address of the claim."""
    address = release_uri(desk.stem, desk.header["id"])
    for held in rows_of(desk.parts, "held"):
        said = [f"Held back: {held['reason']}", f"Standing on {desk.header['as_of']}: {held['standing_label']}."]
        yield _notice(f"{held['id']}#held", said, held_node(held, desk.stem, address), desk)
    for gone in rows_of(desk.parts, "withdrawn"):
        said = [f"Withdrawn{_on(gone['on'])}: {gone['reason']}"]
        if gone["successor"]:
            said.append(f"Its place is taken by {claim_uri(desk.stem, gone['successor'])}")
        yield _notice(f"{gone['id']}#withdrawn", said, withdrawn_node(gone, desk.stem, address), desk)


def _on(day: str | None) -> str:
    return f" on {day}" if day else ""


def _frame(id_: str, motivation: str, desk: Desk) -> JsonObject:
    return {
        "creator": desk.creator,
        "generated": midnight(desk.header["as_of"]),
        "generator": {"name": "kbtool", "type": "Software"},
        "id": id_,
        "motivation": motivation,
        **desk.rights,
    }


def _notice(name: str, said: list[str], node: JsonObject, desk: Desk) -> JsonObject:
    text = "\n".join([f"Claim {name.partition('#')[0]}", *said, _release_words(desk)])
    return {
        "@context": CONTEXT,
        "body": [_text(text, "moderating", desk), compact(node)],
        **_frame(claim_uri(desk.stem, name), "moderating", desk),
        "target": node["id"],
        "type": "Annotation",
    }


def _text(words: str, purpose: str, desk: Desk) -> JsonObject:
    return {
        "format": "text/plain",
        "language": desk.header["language"],
        "purpose": purpose,
        "textDirection": "auto",
        "type": "TextualBody",
        "value": words,
    }


def _account(claim: JsonObject, part: str | None, desk: Desk) -> str:
    """Statement and verdict in one text with every caveat, so that no reader shows the one without the other."""
    said = [f"Claim: {claim['statement']}", f"Verdict: {claim['verdict']['label']}"]
    account = account_of(claim, desk.header["as_of"], desk.citation)
    return "\n".join([*said, *account, *([part] if part else []), _release_words(desk)])


def _release_words(desk: Desk) -> str:
    until = desk.header["valid_until"]
    said = f"Release {desk.header['id']}, as of {desk.header['as_of']}"
    return f"{said}, valid until {until}." if until else f"{said}."


def _target(quote: JsonObject, source: JsonObject, stem: str) -> JsonObject:
    return {
        "selector": list(selectors(quote, source["full_text"])),
        "source": _document(source, stem),
        "state": _state(source, stem),
        "type": "SpecificResource",
    }


def _document(source: JsonObject, stem: str) -> JsonObject:
    """The document under check; `via` holds the addresses at which the stored text was found, copies left out."""
    seen = [iri(place["url"]) for place in source["found"] if "url" in place]
    return {
        **compact({"title": source["title"]}),
        "format": source["text"]["media_type"],
        "id": source_uri(stem, source["document"]),
        "language": source["language"],
        "type": "Text",
        **present(via=list(dict.fromkeys(seen))),
    }


def _state(source: JsonObject, stem: str) -> JsonObject:
    """The stored text that the selectors are of: its day, its digest, and its address where it may go out."""
    text = source["text"]
    cached = text_uri(stem, source["document"], text["digest"]) if source["full_text"] is not None else None
    return {
        **present(cached=cached),
        **compact({"digest": text["digest"]}),
        "sourceDate": midnight(text["stored"]),
        "type": "TimeState",
    }
