"""A base written to a folder of its own for a moment, to see what reading it finds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from kbtool.store.interrupt import undone_on_interrupt
from kbtool.store.read import ReadBase, read_base

SHOWN = "scratch"
"""The name under which its files are printed."""


def read_spoilt(files: Mapping[str, bytes], spoil: Callable[[Path], None]) -> ReadBase:
    """What reading finds of the files, by name inside the base, after `spoil` was called with the base's folder.

    Names under `schema/` go to the folder beside the base that its `kb.yaml` must name as `../schema`. The folder is
    gone afterwards. Raises OSError where the disk refuses.
    """
    with undone_on_interrupt(), tempfile.TemporaryDirectory(prefix="kbtool-probe-") as folder:
        root = Path(folder) / "base"
        for name, raw in files.items():
            path = root.parent / name if name.startswith("schema/") else root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        spoil(root)
        return read_base(root, SHOWN)
