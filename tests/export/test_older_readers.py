"""An older reader still reads a newer file: the programs of our pages, on files with more in them than they know of."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from kbtool.export import EXPORTERS, run_exporters
from kbtool.release.manifest import manifest_of
from kbtool.store.write import write_release
from tests.export.older import ADDED, newer, programs_in, said_by
from tests.export.small import small_release

FORMATS = ("json", "ndjson", "csv", "changes")
READERS = {
    "claims.json": programs_in("use-the-exports.md")[0],
    "claims.ndjson": programs_in("use-the-exports.md")[1],
    "claims.csv": programs_in("use-the-exports.md")[2],
    "manifest.json": programs_in("use-the-exports.md")[3],
    "changes.json": programs_in("export-changes.md")[0],
}
"""The reader of each contract that a page of ours gives, by the file that it opens."""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small release in the formats of these contracts."""
    folder, made = tmp_path_factory.mktemp("older"), small_release()
    files = run_exporters((EXPORTERS[name] for name in FORMATS), made).artifacts
    write_release(folder / "release", files, partial(manifest_of, made), folder / "claims")
    return folder / "release"


@pytest.mark.parametrize("name", READERS)
def test_within_a_version_things_are_only_added(release: Path, tmp_path: Path, name: str) -> None:
    """Within a version, fields, columns, files and terms are only ever added."""
    program = READERS[name]
    assert f'open("{name}"' in program
    shutil.copytree(release, tmp_path / "newer")
    for path in (tmp_path / "newer").iterdir():
        if path.suffix in {".json", ".ndjson", ".csv"}:
            path.write_bytes(newer(path))
            assert ADDED.encode() in path.read_bytes()
    said = said_by(program, tmp_path / "newer")
    assert said == said_by(program, release)
    assert said.count("\n") >= 1


@pytest.mark.parametrize("name", ["claims.json", "claims.ndjson", "claims.csv", "changes.json"])
def test_the_readers_show_notice_and_caveats(release: Path, name: str) -> None:
    said = said_by(READERS[name], release)
    assert "not reviewed by a qualified person" in said
    assert "Caveat three of usage" in said
