"""The ids of a base's records from its file names alone, for completion at the prompt: nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kbtool.records.layout import FileKind, id_of, kind_of

_SHOWN = frozenset({FileKind.CLAIM, FileKind.EVIDENCE, FileKind.SOURCE})


def record_names(root: Path) -> Iterator[tuple[FileKind, str]]:
    """Kind and id of every claim, evidence record and source whose file stands in the base, in order of names."""
    for folder in sorted(_entries(root), key=lambda entry: entry.name):
        for entry in sorted(_entries(Path(folder.path)), key=lambda each: each.name):
            name = f"{folder.name}/{entry.name}"
            if (kind := kind_of(name)) in _SHOWN:
                yield kind, id_of(name)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
