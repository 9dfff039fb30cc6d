"""Scratch folders with a base in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.runs import REPOSITORY, lay_out


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with the tiny good base in `claims` and the project's schema in `schema`."""
    return lay_out(tmp_path / "tiny", REPOSITORY / "tests" / "cases" / "base")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the shipped base; nobody may write to it."""
    return lay_out(tmp_path_factory.mktemp("shipped") / "copy", REPOSITORY / "claims")


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base that takes a run some seconds: the shipped claims under a hundred other document names."""
    folder = lay_out(tmp_path_factory.mktemp("large") / "copy", REPOSITORY / "claims")
    claims = folder / "claims"
    records = sorted((claims / "ketamine-fibromyalgia").iterdir())
    for number in range(100):
        name = f"copy-{number:03d}"
        (claims / name).mkdir()
        for record in records:
            text = record.read_text().replace("id: ketamine-fibromyalgia/", f"id: {name}/", 1)
            (claims / name / record.name).write_text(text)
    return folder
