"""Evidence records and documents under check as nodes of linked data, made of their JSON views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.export.iri import iri
from kbtool.export.linked_nodes import partial_day, present, term
from kbtool.release.uris import evidence_uri, source_uri, text_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


_PLAIN = ("title", "volume", "issue", "page", "genre")
"""Fields of a citation that keep their names."""


def evidence_node(evidence: JsonObject, stem: str, vocabulary: JsonObject) -> JsonObject:
    """An evidence record: the citation, what was found, how it was seen."""
    kind = evidence["kind"]
    return {
        "id": evidence_uri(stem, evidence["id"]),
        "type": ["Evidence", "Entity"],
        "identifier": evidence["id"],
        "evidenceKind": term(stem, "evidence_kinds", kind, label_of(vocabulary, "evidence_kinds", kind)),
        **_citation(evidence["citation"]),
        **card(evidence),
        **{name: evidence[name] for name in ("design", "population", "n", "result", "limits") if name in evidence},
        **present(
            certaintyStated=evidence.get("certainty_stated"),
            overlaps=[evidence_uri(stem, slug) for slug in evidence["overlaps"]],
        ),
        "checkedOn": evidence["checked"]["on"],
        "checkedHow": evidence["checked"]["how"],
    }


def card(evidence: JsonObject) -> JsonObject:
    """What every citing claim shows too: identifiers, whether the work still stands, how it was seen."""
    identifiers, seen, status = evidence["identifiers"], evidence["seen"], evidence["status"]
    return {
        **{name: identifiers[name] for name in ("doi", "pmid", "pmcid") if name in identifiers},
        **present(registration=identifiers["registry"], otherIdentifier=identifiers["other"]),
        "seenHow": seen["how"],
        **present(seenAt=[iri(url) for url in seen["at"]], seenDetail=seen.get("detail")),
        "workState": status["state"],
        "workStateOn": status["on"],
        "workStateSource": status["source"],
    }


def label_of(vocabulary: JsonObject, name: str, code: str) -> str:
    """The label of a term; its code where the vocabulary has no such term."""
    found: JsonObject = vocabulary[name].get(code, {})
    return str(found.get("label", code))


def _citation(citation: JsonObject) -> JsonObject:
    plain: JsonObject = {name: citation[name] for name in _PLAIN if name in citation}
    issued, url = citation.get("issued"), citation.get("URL")
    return {
        "itemType": citation["type"],
        **plain,
        **present(
            authors=[_author(author) for author in citation["author"]],
            containerTitle=citation.get("container-title"),
            publisherName=citation.get("publisher"),
            issued=partial_day(issued) if issued else None,
            url=iri(url) if url else None,
        ),
    }


def _author(author: JsonObject) -> JsonObject:
    names = present(familyName=author.get("family"), givenName=author.get("given"), name=author.get("literal"))
    return {"type": "Agent", **names}


def source_node(source: JsonObject, stem: str, vocabulary: JsonObject) -> JsonObject:
    """A document: whose it is, its stored text, and what every passage of it is."""
    document, text, rights = source["document"], source["text"], source["rights"]
    return {
        "id": source_uri(stem, document),
        "type": ["Source", "Entity"],
        "identifier": document,
        "title": source["title"],
        "language": source["language"],
        **present(publisherName=source.get("publisher"), published=source.get("published")),
        "rightsUse": rights["use"],
        "rightsHolder": rights["holder"],
        "rights": rights["statement"],
        "found": [_place(place) for place in source["found"]],
        **present(copies=[_place(place) for place in source["copies"]]),
        "storedText": _stored(text, source["full_text"], text_uri(stem, document, text["digest"])),
        **present(
            sentences=[{"type": "Span", "start": start, "end": end} for start, end in source["sentences"]],
            skipped=[_skipped(passage, stem, vocabulary) for passage in source["skipped"]],
            connectives=[{"type": "Connective", **_span(words)} for words in source["connectives"]],
        ),
        "textCoverage": _coverage(source["coverage"]),
    }


def _place(place: JsonObject) -> JsonObject:
    url = place.get("url")
    known = present(url=iri(url) if url else None, title=place.get("title"))
    return {"type": "Place", **known, "date": place["on"], "note": place["note"]}


def _stored(text: JsonObject, full: str | None, address: str) -> JsonObject:
    return {
        "id": address,
        "digest": text["digest"],
        "bytes": text["bytes"],
        "characters": text["characters"],
        "mediaType": text["media_type"],
        "storedOn": text["stored"],
        **present(fullText=full),
    }


def _span(passage: JsonObject) -> JsonObject:
    return {"start": passage["start"], "end": passage["end"]}


def _skipped(passage: JsonObject, stem: str, vocabulary: JsonObject) -> JsonObject:
    why = passage["reason"]
    return {
        "type": "SkippedPassage",
        **_span(passage),
        "skipReason": term(stem, "skip_reasons", why, label_of(vocabulary, "skip_reasons", why)),
        **present(note=passage.get("note")),
    }


def _coverage(account: JsonObject) -> JsonObject:
    return {
        "type": "Coverage",
        "letters": account["letters"],
        "quoted": account["quoted"],
        "setAside": account["skipped"],
        "joining": account["connectives"],
        "unaccounted": account["unaccounted"],
    }
