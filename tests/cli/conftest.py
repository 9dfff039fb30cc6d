"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.store.scaffold import start_base
from tests.review.scratch import Scratch, scratch


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example base in `claims`; the commands run in it."""
    start_base(tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path / "project"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A scratch base in which people can decide; the commands run in the folder that holds it."""
    made = scratch(tmp_path)
    monkeypatch.chdir(made.root)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("KBTOOL_PASSPHRASE", raising=False)
    return made
