"""The groups of rows that are kept of a base: which records have rows in which, and how their keys name files."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.engine.decided import WEIGHED
from kbtool.records.layout import FileKind

GROUPS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.CLAIM: ("links", "cites", "words", "statuses", "shown", "below", "astray", WEIGHED),
    FileKind.EVIDENCE: ("works", "seen"),
    FileKind.SOURCE: ("places", "titles", "accounts"),
}
"""The groups in which a record of a kind has rows, under its id; `days` and `found` go by file name."""
COUNTED = ("links", "works", "places", "accounts")
"""Groups with a row for each claim, evidence record and source that could be read, and each text that is there."""
ORDER = {"works": ("evidence/", ".yaml"), "places": ("sources/", ".yaml"), "accounts": ("sources/", ".yaml")}
"""What stands before and behind the keys of a group in the names of the files."""
