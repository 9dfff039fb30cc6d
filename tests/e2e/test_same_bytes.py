"""Same files, same `as_of`, same bytes: whatever the machine is set to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.runs import COMMAND, environment, kbtool, run, tree

EXPORT = ("export", "all", "--gate", "any", "--as-of", "2026-11-23")


@pytest.fixture(scope="module")
def plain(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The release that every other must be equal to, modes included."""
    out = tmp_path_factory.mktemp("plain") / "out"
    done = kbtool(*EXPORT, "--out", str(out), cwd=shipped)
    assert done.status == 0, done.said
    return tree(out)


@pytest.mark.parametrize(
    ("changes", "mask"),
    [
        ({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, 0o077),
        ({"TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "4294967295", "LC_ALL": "C"}, 0o000),
        ({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONIOENCODING": "ascii", "COLUMNS": "20"}, 0o777),
        ({"SOURCE_DATE_EPOCH": "1", "PYTHONOPTIMIZE": "1", "PYTHONHASHSEED": "2"}, 0o027),
    ],
)
def test_settings_change_no_byte(
    shipped: Path, tmp_path: Path, plain: dict[str, str], changes: dict[str, str], mask: int
) -> None:
    before = tree(shipped)
    command = f'umask {mask:03o}; exec "$@"'
    arguments = (*EXPORT, "--out", str(tmp_path / "out"))
    done = run(("sh", "-c", command, "sh", *COMMAND, *arguments), shipped, environment(**changes))
    assert done.status == 0, done.said
    assert tree(tmp_path / "out") == plain
    assert tree(shipped) == before


def test_place_and_order_of_files_change_no_byte(shipped: Path, tmp_path: Path, plain: dict[str, str]) -> None:
    """Nothing depends on the machine or on file order: the same base elsewhere, its files made in another order."""
    for path in sorted(shipped.rglob("*"), key=lambda path: path.name[::-1], reverse=True):
        if path.is_file():
            copy = tmp_path / "copy" / path.relative_to(shipped)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            os.utime(copy, (1, 1))
    done = kbtool(*EXPORT, "--kb", "copy/claims", "--out", "out", cwd=tmp_path)
    assert done.status == 0, done.said
    assert tree(tmp_path / "out") == plain


def test_another_day_is_another_release(shipped: Path, tmp_path: Path, plain: dict[str, str]) -> None:
    arguments = ("export", "json", "--gate", "any", "--as-of", "2026-11-24", "--out", str(tmp_path / "out"))
    assert kbtool(*arguments, cwd=shipped).status == 0
    assert tree(tmp_path / "out")["claims.json"] != plain["claims.json"]
