"""The RO-Crate metadata of the payload: every file with its size, kind and digest, for programs that archive data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from kbtool.audit.held import Held
from kbtool.audit.layout import CRATE, PAYLOAD
from kbtool.review.content import digest_of

_KINDS = {
    ".html": "text/html",
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".pem": "application/x-pem-file",
    ".tsv": "text/tab-separated-values",
    ".yaml": "application/yaml",
    ".tlog-proof": "text/plain",
    ".txt": "text/plain",
}
_VERSION = "https://w3id.org/ro/crate/1.1"


def crate_of(held: Held, payload: Mapping[str, bytes]) -> bytes:
    """The metadata file over all other files of the payload, by name in the bag; one entity a line, however many."""
    files = [_file(name.removeprefix(PAYLOAD), raw) for name, raw in sorted(payload.items()) if name != CRATE]
    graph = [_descriptor(), _root(held, files), *_context(held), *files]
    context = json.dumps([f"{_VERSION}/context", {"sha256": "https://schema.org/sha256"}])
    lines = ",\n".join(f"    {json.dumps(entity, ensure_ascii=False, sort_keys=True)}" for entity in graph)
    return f'{{\n  "@context": {context},\n  "@graph": [\n{lines}\n  ]\n}}\n'.encode()


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _VERSION},
    }


def _root(held: Held, files: list[dict[str, Any]]) -> dict[str, Any]:
    config = held.base.config.model
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Audit bundle: {config.title}",
        "description": config.description,
        "datePublished": held.as_of.isoformat(),
        "inLanguage": config.language,
        "license": {"@id": "#licence"},
        "publisher": {"@id": "#publisher"},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }


def _context(held: Held) -> list[dict[str, Any]]:
    config = held.base.config.model
    publisher = {"@id": "#publisher", "@type": "Organization", "name": config.publisher.name}
    if config.publisher.url:
        publisher["url"] = config.publisher.url
    words = f"Records: {config.licences.data}. Texts: {config.licences.texts}"
    return [publisher, {"@id": "#licence", "@type": "CreativeWork", "name": config.licences.data, "description": words}]


def _file(name: str, raw: bytes) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "contentSize": str(len(raw)),
        "encodingFormat": _KINDS.get(PurePosixPath(name).suffix, "application/octet-stream"),
        "sha256": digest_of(raw),
    }
