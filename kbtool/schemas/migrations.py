"""Every migration there is, in a literal table. Version 1 is the first, so none leads to it."""

from __future__ import annotations

from kbtool.model.base import SCHEMA_VERSION
from kbtool.schemas.migration import Migration, RecordFormat

FIRST_VERSION = 1
"""The first version of the record format that was ever published."""

MIGRATIONS: tuple[Migration, ...] = ()
"""One from each version to the next, from `FIRST_VERSION` on; a test demands that none is left out."""

FORMAT = RecordFormat(SCHEMA_VERSION, MIGRATIONS)
"""The record format as this kbtool knows it."""
