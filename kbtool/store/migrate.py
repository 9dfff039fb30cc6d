"""Putting a migrated base on the disk: the schema folder's files first, then the base in one transaction.

`kb.yaml`, which says the version, changes with the base's own files and at once with them. A process that is killed
before that leaves a base of the old version, in which a second run ends in the same state: applying a migration to a
file that it has been applied to changes nothing. Where the transaction is refused, the schema folder is put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbtool.schemas.migrate import Rewritten
from kbtool.store.files import FileRefused, replace_file
from kbtool.store.lock import PATIENCE, Busy
from kbtool.store.transaction import Write, commit


def write_migration(root: Path, folder: Path, rewritten: Sequence[Rewritten]) -> None:
    """Write the changed files of the base at `root` and of its schema folder.

    Raises what `kbtool.store.transaction.commit` raises; then nothing was changed, or (Unfinished) all of it was.
    """
    outside = [each for each in rewritten if each.in_schema_folder]
    written: list[Rewritten] = []
    try:
        for each in outside:
            replace_file(folder / each.file.name, each.file.raw, each.content)
            written.append(each)
        commit(root, [Write(e.file.name, e.content, e.file.raw) for e in rewritten if not e.in_schema_folder], PATIENCE)
    except (Busy, FileRefused):
        for each in written:
            replace_file(folder / each.file.name, each.content, each.file.raw)
        raise
