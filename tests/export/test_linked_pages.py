"""The programs on the pages about linked data run on a release, and the pages name what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kbtool.export.exporter import Exporter
from kbtool.export.jsonld import JsonldExporter
from kbtool.export.linked_shared_words import CLASSES
from kbtool.export.linked_word import KB
from kbtool.export.nanopub import NanopubExporter
from tests.export.small import HOSTILE, files_of, small_release

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[str, Exporter] = {"jsonld": JsonldExporter(), "nanopub": NanopubExporter()}


def page(name: str) -> str:
    return (DOCS / f"export-{name}.md").read_text(encoding="utf-8")


PROGRAMS = [(name, code) for name in PAGES for code in re.findall(r"```python\n(.*?)```", page(name), re.DOTALL)]


@pytest.mark.parametrize(("name", "program"), PROGRAMS)
def test_a_program_prints_every_caveat(tmp_path: Path, name: str, program: str) -> None:
    for path, content in files_of(PAGES[name], small_release()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    command = [sys.executable, "-X", "utf8", "-W", "ignore", "-c", program]
    ran = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, env={**os.environ})
    assert (ran.returncode, ran.stderr) == (0, b"")
    printed = ran.stdout.decode()
    assert printed.count("not reviewed by a qualified person") > 5
    assert all(f"Caveat one of {kind}" in printed for kind in ("definition", "cost", "usage"))
    assert printed.count("=2+2") == len(HOSTILE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_files_and_contract(name: str) -> None:
    exporter = PAGES[name]
    text = page(name)
    assert f"`{exporter.contract}`" in text
    for path in exporter.files:
        assert f"`{path.replace('*/*.trig', '<document>/<slug>.trig')}`" in text


def test_the_page_on_linked_data_names_our_stem_and_every_thing_with_an_address() -> None:
    text = page("jsonld")
    assert KB in text
    named = {"Release", "Claim", "HeldClaim", "WithdrawnClaim", "Evidence", "Source", "Decision", "Reviewer"}
    assert named < set(CLASSES)
    assert all(f"`{name}`" in text for name in named)
