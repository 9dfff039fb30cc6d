"""Programs that may be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.store import tools
from kbtool.store.tools import version_of


def program(folder: Path, lines: str) -> None:
    """Make the only program on the path."""
    path = folder / "tool"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("echo tool 1.2", "tool 1.2"),
        ("echo; echo tool 1.2; echo more", "tool 1.2"),
        ("exit 1", None),
        ("true", None),
        ("sleep 5", None),
        ("printf '\\377'", "\ufffd"),
    ],
)
def test_a_program_names_its_version_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, said: str | None
) -> None:
    program(tmp_path, lines)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(tools, "_PATIENCE", 0.5)
    assert version_of("tool") == said


def test_a_program_that_is_not_there_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert version_of("tool") is None
