"""The base made for measuring: the same every time, whole, and the beginning of every larger one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.runs import REPOSITORY, check_failed, environment, kbtool, run, tree

GENERATE = (sys.executable, str(REPOSITORY / "bench" / "generate.py"))


def generate(out: Path, claims: int, seed: int = 1) -> dict[str, str]:
    command = (*GENERATE, str(out), "-n", str(claims), "--seed", str(seed))
    subprocess.run(command, check=True, env=environment(PYTHONHASHSEED=str(claims)), timeout=120)
    return tree(out)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "200"
    generate(folder, 200)
    return folder


def test_same_seed_same_bytes(small: Path, tmp_path: Path) -> None:
    assert generate(tmp_path / "again", 200) == tree(small)
    assert generate(tmp_path / "other", 200, seed=2) != tree(small)


def test_small_base_is_the_beginning_of_a_larger_one(small: Path, tmp_path: Path) -> None:
    assert generate(tmp_path / "larger", 260).items() >= tree(small).items()


def test_nothing_is_found(small: Path) -> None:
    done = kbtool("validate", cwd=small)
    assert done.status == 0, done.said
    assert done.out.startswith("0 errors, 0 warnings, 0 notes, 0 waived; 324 files, 314 records, ")


def test_size_and_shape(small: Path) -> None:
    claims = [path.read_text() for path in (small / "claims").glob("doc-*/*.yaml")]
    assert len(claims) == 200
    assert 1200 < sum(map(len, claims)) / len(claims) < 2500
    caveats = {text.count("\n  - kind: ") for text in claims}
    assert caveats >= {0, 1, 2, 3, 4}
    assert max(caveats) == 4
    assert {text.count("\n  - ref: ") for text in claims} == {0, 1, 2, 3}
    assert {text.count("claim: doc-") > 0 for text in claims} == {True, False}


@pytest.mark.parametrize(("claims", "words"), [("30", "a multiple of 20"), ("0", "a multiple of 20"), ("x", "invalid")])
def test_numbers_that_will_not_do(tmp_path: Path, claims: str, words: str) -> None:
    check_failed(run((*GENERATE, "out", "-n", claims), tmp_path), 2, words)
    assert tree(tmp_path) == {}


def test_nothing_is_overwritten(small: Path) -> None:
    before = tree(small)
    check_failed(run((*GENERATE, str(small), "-n", "20"), small), 2, "holds a base already")
    assert tree(small) == before
