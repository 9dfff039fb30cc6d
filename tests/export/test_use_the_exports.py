"""The programs in `docs/use-the-exports.md` run on a release."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from kbtool.export import EXPORTERS, run_exporters
from kbtool.release.gate import GATES
from kbtool.release.manifest import manifest_of
from kbtool.store.write import write_release
from tests.export.small import small_release

PAGE = (Path(__file__).parents[2] / "docs" / "use-the-exports.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SHELL = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The directory of a release with the formats of that page."""
    release = small_release()
    artifacts = run_exporters((EXPORTERS[name] for name in ("json", "ndjson", "csv")), release).artifacts
    write_release(tmp_path / "release", artifacts, partial(manifest_of, release), tmp_path / "claims")
    return tmp_path / "release"


@pytest.mark.parametrize("program", PROGRAMS)
def test_python(release: Path, program: str) -> None:
    command = [sys.executable, "-X", "utf8", "-c", program]
    ran = subprocess.run(command, cwd=release, check=False, capture_output=True, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_tables_come_back_as_documented(release: Path) -> None:
    program = next(each for each in PROGRAMS if "SEPARATORS" in each)
    check = "\nimport json\nclaims = json.load(open('claims.json', encoding='utf-8'))['claims']\n"
    check += "assert [row['statement'] for row in rows] == [claim['statement'] for claim in claims]\n"
    command = [sys.executable, "-X", "utf8", "-c", program + check]
    assert subprocess.run(command, cwd=release, check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="NOT RUN: no sha256sum on this machine")
def test_shell(release: Path) -> None:
    command = SHELL[1].replace("python3", sys.executable)
    assert subprocess.run(command, shell=True, cwd=release, check=False, capture_output=True).returncode == 0
    (release / "claims.csv").write_bytes(b"changed")
    assert subprocess.run(command, shell=True, cwd=release, check=False, capture_output=True).returncode == 1


def test_the_page_names_every_file_and_gate() -> None:
    names = [path for exporter in EXPORTERS.values() for path in exporter.files if "/" not in path]
    folders = {
        f"{path.partition('/')[0]}/" for exporter in EXPORTERS.values() for path in exporter.files if "/" in path
    }
    assert len(PROGRAMS) == 5
    assert all(f"`{name}`" in PAGE for name in [*names, "manifest.json", *GATES, *EXPORTERS])
    assert all(f"`{folder}" in PAGE for folder in folders)
