"""All schemas that stand in a schema folder: those of the records and that of the export."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kbtool.export.contract import claims_schema
from kbtool.schemas.catalogue import SCHEMAS, headed, record_schemas

if TYPE_CHECKING:
    from kbtool.model.vocabulary import Vocabulary

_EXPORT = "claims-export"
_EXPORT_PURPOSE = "The export claims.json of a release"

PURPOSES: Mapping[str, str] = {**{name: entry.purpose for name, entry in SCHEMAS.items()}, _EXPORT: _EXPORT_PURPOSE}
"""What each schema describes, by name, in the order in which they are listed."""


def schema_texts(vocabulary: Vocabulary) -> dict[str, bytes]:
    """The bytes of every schema by name: JSON, two spaces deep, UTF-8, with a line end at the end."""
    made = {**record_schemas(vocabulary), _EXPORT: headed(_EXPORT, _EXPORT_PURPOSE, claims_schema())}
    return {name: f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n".encode() for name, schema in made.items()}


def file_name(name: str) -> str:
    """The file of a schema in its folder."""
    return f"{name}.schema.json"
