"""The W3C's own assertions about Web Annotations, read for tests: every MUST of annotations, collections and pages."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.shared import SHARED

Json = dict[str, Any]

MUSTS = {
    "Annotation": "annotations/annotationMusts.test",
    "AnnotationCollection": "collections/collectionMusts.test",
    "AnnotationPage": "collections/pages/pageMusts.test",
}
"""The list of assertions for each type."""

_FORMATS = FormatChecker()


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z\[\]_a-z~%]+", value))


def broken(document: Json) -> list[str]:
    """The MUSTs that a document breaks, by file name; its `type` says which list it is held against."""
    return [
        name
        for name, schema in _assertions(str(document.get("type")))
        if Draft4Validator(schema, registry=_registry(), format_checker=_FORMATS).is_valid(document)
        != (schema.get("expectedResult", "valid") == "valid")
    ]


@cache
def _assertions(kind: str) -> list[tuple[str, Json]]:
    """Only what the list calls a must: the lists of musts also name the checks of advice, which say so themselves."""
    names = [each for each in _read(MUSTS[kind])["assertions"] if isinstance(each, str)]
    found = [(name, _read(name)) for name in names]
    return [(name, schema) for name, schema in found if str(schema.get("assertionType", "must")).lower() == "must"]


def _read(path: str) -> Json:
    assert SHARED is not None
    content: Json = json.loads((SHARED / "testdata/web-annotation-tests" / path).read_bytes())
    return content


@cache
def _registry() -> Registry[Any]:
    assert SHARED is not None
    registry: Registry[Any] = Registry()
    for path in sorted((SHARED / "testdata/web-annotation-tests").rglob("*.json")):
        content = json.loads(path.read_bytes())
        names = {path.name, str(content.get("id", path.name))}
        found = DRAFT4.create_resource(content)
        registry = registry.with_resources((name, found) for name in names)
    return registry
