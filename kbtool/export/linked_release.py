"""The release itself, what it does not carry, and the vocabulary, as nodes of linked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kbtool.export.iri import iri
from kbtool.export.linked_nodes import decision_nodes, midnight, present, term
from kbtool.release.uris import claim_uri, release_uri, term_uri

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

LICENCES: Mapping[str, str] = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-ND-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC-BY-NC-ND-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}
"""Addresses that their publishers give to licences of data, by SPDX id; other licences go out as text alone."""

_COUNTS = {
    "claims": "claimCount",
    "caveats": "caveatCount",
    "evidence": "evidenceCount",
    "sources": "sourceCount",
    "held": "heldCount",
    "withdrawn": "withdrawnCount",
}
_FLAGS = {
    "symmetric": "symmetric",
    "acyclic": "acyclic",
    "cascading": "cascading",
    "same_verdict": "sameVerdict",
    "words": "words",
}
_WORD_LISTS = ("negations", "connectives", "placeholders")


def release_node(release: JsonObject, stem: str) -> JsonObject:
    """Which release it is, of what, for what, until when."""
    publisher, previous = release["publisher"], release["previous"]
    url = publisher.get("url")
    return {
        **heading(release, stem),
        "identifier": release["id"],
        "digest": release["digest"],
        "generatedAtTime": midnight(release["as_of"]),
        "description": release["description"],
        "language": release["language"],
        "baseUrl": stem,
        "gate": release["gate"],
        "gateExplanation": release["gate_explanation"],
        "schemaVersion": release["schema_version"],
        "policyDigest": release["policy"],
        "publisher": {"type": "Agent", "name": publisher["name"], **present(url=iri(url) if url else None)},
        "codeLicence": release["licences"]["code"],
        "textLicence": release["licences"]["texts"],
        "intendedUse": intended_node(release["intended_use"]),
        **{name: release["counts"][count] for count, name in _COUNTS.items()},
        **present(
            notice=release["notice"],
            wasRevisionOf=release_uri(stem, previous) if previous else None,
            checkpoint={"type": "Checkpoint", **release["checkpoint"]} if release["checkpoint"] else None,
        ),
    }


def heading(release: JsonObject, stem: str) -> JsonObject:
    """What must go wherever a part of the release goes: address, date, end of validity, licence of the records."""
    licence = release["licences"]["data"]
    return {
        "id": release_uri(stem, release["id"]),
        "type": ["Release", "Entity"],
        "title": release["title"],
        "asOf": release["as_of"],
        "dataLicence": licence,
        **present(validUntil=release["valid_until"], license=LICENCES.get(licence)),
    }


def held_node(held: JsonObject, stem: str, release: str) -> JsonObject:
    """A claim that is kept back; `release` is the address of the release."""
    return {
        "id": claim_uri(stem, held["id"]),
        "type": "HeldClaim",
        "identifier": held["id"],
        "heldIn": release,
        "standing": term(stem, "statuses", held["standing"], held["standing_label"]),
        "reason": held["reason"],
    }


def withdrawn_node(tombstone: JsonObject, stem: str, release: str) -> JsonObject:
    """What remains of a withdrawn claim; `release` is the address of the release."""
    address, successor, on = claim_uri(stem, tombstone["id"]), tombstone["successor"], tombstone["on"]
    decisions = decision_nodes(filter(None, [tombstone["decision"]]), stem, address)
    return {
        "id": address,
        "type": ["WithdrawnClaim", "Entity"],
        "identifier": tombstone["id"],
        "withdrawnIn": release,
        "reason": tombstone["reason"],
        **present(
            date=on,
            invalidatedAtTime=midnight(on) if on else None,
            isReplacedBy=claim_uri(stem, successor) if successor else None,
            wasInvalidatedBy=list(decisions),
        ),
    }


def vocabulary_nodes(vocabulary: JsonObject, stem: str) -> Iterator[JsonObject]:
    """Every list of the vocabulary as a SKOS scheme, and every term as a concept in it."""
    for name, entries in sorted(vocabulary.items()):
        scheme = {"id": term_uri(stem, name, ""), "notation": name}
        if name in _WORD_LISTS:
            yield {**scheme, "type": ["WordList"], **present(words=sorted(entries))}
            continue
        yield {**scheme, "type": ["ConceptScheme"]}
        for code, entry in sorted(entries.items()):
            concept = {**term(stem, name, code, entry["label"]), "notation": code, **_concept(entry, stem)}
            yield {**concept, "inScheme": scheme["id"]}


def _concept(entry: JsonObject, stem: str) -> JsonObject:
    needs = [term_uri(stem, "stances", stance) for stance in entry.get("needs", ())]
    more = {name: entry[key] for key, name in _FLAGS.items() if key in entry}
    return {"type": ["Concept"], "definition": entry["definition"], **more, **present(needs=needs)}


def intended_node(use: JsonObject) -> JsonObject:
    """What the base is for and what it is not."""
    return {"type": "IntendedUse", "isFor": use["is_for"], "isNot": use["is_not"]}
