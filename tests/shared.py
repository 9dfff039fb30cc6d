"""Test data that is not part of the repository: found beside the checkout, or the tests that need it are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"

SHARED: Path | None = _BESIDE if (_BESIDE / "testdata").is_dir() else None
"""The folder `shared` beside the checkout, or None."""

needs_shared = pytest.mark.skipif(SHARED is None, reason="NOT RUN: ../shared/testdata is not beside the checkout")
"""Marks a test that reads from `SHARED`."""
