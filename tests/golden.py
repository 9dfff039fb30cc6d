"""Comparing an output with the one that was accepted; `KBTOOL_ACCEPT=1` in the environment accepts the new one."""

from __future__ import annotations

import difflib
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def check_golden(path: Path, actual: str | bytes) -> None:
    """Fail with a unified diff unless `actual` equals the accepted file, byte for byte."""
    found = actual.encode() if isinstance(actual, str) else actual
    if os.environ.get("KBTOOL_ACCEPT") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
        return
    accepted = path.read_bytes() if path.exists() else b""
    if found != accepted:
        pytest.fail(f"{path.name} is not as accepted (KBTOOL_ACCEPT=1 accepts it)\n{_difference(accepted, found)}")
    assert path.exists(), f"{path.name} was never accepted"


def _difference(accepted: bytes, found: bytes) -> str:
    before, after = (side.decode(errors="backslashreplace").splitlines() for side in (accepted, found))
    lines = list(difflib.unified_diff(before, after, "accepted", "found", lineterm=""))
    return "\n".join(lines) or f"only bytes that no line shows differ: {accepted!r} / {found!r}"
