"""`datapackage.json`: a Data Package (version 2) that says what the tables beside it hold.

https://datapackage.org/standard/data-package/ (and /data-resource/, /table-schema/, /table-dialect/). The package
carries the release's notice and what it is not for, so that who gets only tables and descriptor learns it too.
Properties that the standard does not have are ours and described in `docs/export-csv-datapackage.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kbtool.release.uris import release_uri, source_uri

if TYPE_CHECKING:
    from kbtool.export.measured import Measure
    from kbtool.release.jsontext import JsonObject

DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
DATA_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of a package."""

    name: str
    holds: str
    """What a row of it is, in one sentence."""
    path: str
    """Relative to the descriptor."""
    measure: Measure
    form: Mapping[str, Any]
    """How it is written: `format`, `mediatype`, and for text `encoding` and `dialect`."""
    fields: tuple[JsonObject, ...]
    """The columns as Table Schema fields."""
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    keys_of: tuple[JsonObject, ...] = ()
    """Table Schema foreign keys, see `foreign_key`."""


def package_of(
    header: JsonObject, sources: Iterable[JsonObject], resources: Iterable[Resource], **ours: str
) -> JsonObject:
    """The descriptor of some tables of a release, given its header and its documents; `ours` is added as it is."""
    return {
        "$schema": DATA_PACKAGE,
        "name": _name(header["title"]),
        "id": release_uri(header["base_url"], header["id"]),
        "title": header["title"],
        "description": _description(header),
        "homepage": header["base_url"],
        "version": header["id"],
        "created": f"{header['as_of']}T00:00:00Z",
        "licenses": [_licence(header["licences"]["data"])],
        "contributors": [_publisher(header["publisher"])],
        "sources": [_source(header["base_url"], source) for source in sources],
        "resources": [_resource(resource) for resource in resources],
        **{name: header[name] for name in ("as_of", "valid_until", "gate", "notice", "intended_use", "previous")},
        **ours,
    }


def field_of(name: str, kind: str, holds: str, **constraints: object) -> JsonObject:
    """A Table Schema field; `kind` is its type there."""
    field: JsonObject = {"name": name, "type": kind, "description": holds}
    return {**field, "constraints": constraints} if constraints else field


def foreign_key(column: str, table: str, key: str) -> JsonObject:
    """Say that a column's values are keys of another table of the package."""
    return {"fields": [column], "reference": {"resource": table, "fields": [key]}}


def _name(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "claims"


def _description(header: JsonObject) -> str:
    use = header["intended_use"]
    words = [header["description"], f"It is for: {use['is_for']}", f"It is not: {'; '.join(use['is_not'])}"]
    if header["notice"]:
        words.insert(0, f"Holds claims {header['notice']}, and each of them says so")
    return " ".join(f"{each.rstrip('.')}." for each in words)


def _licence(spdx: str) -> JsonObject:
    return {"name": re.sub(r"[^-a-zA-Z0-9._]+", "-", spdx).strip("-") or "licence", "title": spdx}


def _publisher(publisher: JsonObject) -> JsonObject:
    path = {"path": publisher["url"]} if "url" in publisher else {}
    return {"title": publisher["name"], **path, "roles": ["publisher"]}


def _source(stem: str, source: JsonObject) -> JsonObject:
    return {"title": source["title"], "path": next(_addresses(stem, source)), "version": source["text"]["digest"]}


def _addresses(stem: str, source: JsonObject) -> Iterator[str]:
    """Where a document was found, or else its own identifier."""
    yield from (place["url"] for place in source["found"] if "url" in place)
    yield source_uri(stem, source["document"])


def _resource(resource: Resource) -> JsonObject:
    schema: JsonObject = {
        "$schema": TABLE_SCHEMA,
        "fields": list(resource.fields),
        "primaryKey": list(resource.key),
        "missingValues": [""],
    }
    if resource.keys_of:
        schema["foreignKeys"] = list(resource.keys_of)
    return {
        "$schema": DATA_RESOURCE,
        "name": resource.name,
        "type": "table",
        "path": resource.path,
        "description": resource.holds,
        **resource.form,
        "bytes": resource.measure.size,
        "hash": f"sha256:{resource.measure.sha256}",
        "schema": schema,
    }
