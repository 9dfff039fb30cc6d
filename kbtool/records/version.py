"""The version of the record format that a base says it is in, before anything else of it is understood."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.records.layout import BaseFile
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.places import Place, locate

CONFIG = "kb.yaml"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class StatedVersion:
    """A version with the place where `kb.yaml` states it, which is looked for when it is asked for."""

    number: int
    raw: bytes
    """The bytes of `kb.yaml`."""

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self._place.line

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self._place.column

    @property
    def _place(self) -> Place:
        return locate(self.raw).nearest(("schema", "version"))


def stated_version(file: BaseFile) -> StatedVersion | None:
    """What `kb.yaml` gives as `schema.version`; None where it gives no whole number or is no YAML of the subset.

    The bytes alone are looked at: the other keys may be those of a version that no model here knows.
    """
    data = parse(file.raw, limit=len(file.raw)).data
    schema = data.get("schema") if isinstance(data, dict) else None
    said = schema.get("version") if isinstance(schema, dict) else None
    if not (isinstance(said, str) and said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        return None
    return StatedVersion(int(said), file.raw)
