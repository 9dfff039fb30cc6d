"""The comparison with accepted outputs can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.golden import check_golden

if TYPE_CHECKING:
    from pathlib import Path


def test_accept_then_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "out.txt"
    monkeypatch.setenv("KBTOOL_ACCEPT", "1")
    check_golden(path, "one\ntwo\n")
    monkeypatch.delenv("KBTOOL_ACCEPT")
    check_golden(path, b"one\ntwo\n")
    with pytest.raises(pytest.fail.Exception, match=r"-two\n\+three"):
        check_golden(path, "one\nthree\n")
    with pytest.raises(pytest.fail.Exception, match="only bytes"):
        check_golden(path, "one\r\ntwo\r\n")


@pytest.mark.parametrize("actual", ["", "text"])
def test_never_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, actual: str) -> None:
    monkeypatch.delenv("KBTOOL_ACCEPT", raising=False)
    with pytest.raises((pytest.fail.Exception, AssertionError)):
        check_golden(tmp_path / "out.txt", actual)
