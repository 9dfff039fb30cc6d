"""Ground for tests that force thousands of files to the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Path]:
    """An empty folder in memory where the system has such a place, else on the disk: the same calls, only faster."""
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="kbtool-tests-", dir=_MEMORY))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
