"""All files made for a schema folder: the schemas of the records and of the export, and the linked-data context."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kbtool.export.changes_contract import changes_schema
from kbtool.export.contract import claims_schema
from kbtool.export.linked_context import context_document
from kbtool.schemas.catalogue import SCHEMAS, headed, record_schemas

if TYPE_CHECKING:
    from kbtool.model.vocabulary import Vocabulary
    from kbtool.release.jsontext import JsonObject

_EXPORTS: Mapping[str, tuple[str, Callable[[], JsonObject]]] = {
    "claims-export": ("The export claims.json of a release", claims_schema),
    "changes-export": ("The export changes.json of a release", changes_schema),
}
"""What each schema of an export describes, and what makes it."""

_CONTEXT = "context"

PURPOSES: Mapping[str, str] = {
    **{name: entry.purpose for name, entry in SCHEMAS.items()},
    **{name: purpose for name, (purpose, _) in _EXPORTS.items()},
    _CONTEXT: "The JSON-LD context of the linked-data exports",
}
"""What each schema describes, by name, in the order in which they are listed."""


def schema_texts(vocabulary: Vocabulary) -> dict[str, bytes]:
    """The bytes of every schema by name: JSON, two spaces deep, UTF-8, with a line end at the end."""
    exports = {name: headed(name, purpose, make()) for name, (purpose, make) in _EXPORTS.items()}
    made = {**record_schemas(vocabulary), **exports}
    made[_CONTEXT] = context_document()
    return {name: f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n".encode() for name, schema in made.items()}


def file_name(name: str) -> str:
    """The file of a schema in its folder."""
    return "context.jsonld" if name == _CONTEXT else f"{name}.schema.json"
