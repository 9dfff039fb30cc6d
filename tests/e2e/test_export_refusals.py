"""What an export refuses: clearly, with the right status, and with nothing left on the disk."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, check_failed, kbtool, tree

EXPORT = ("export", "json", "csv", *AS_OF)
ANY = (*EXPORT, "--gate", "any")


def test_approved_gate_on_the_shipped_base(shipped: Path) -> None:
    before = tree(shipped)
    done = kbtool("export", "json", "--out", "out", cwd=shipped)
    check_failed(done, 1, "the gate 'approved' lets no claim", "held:", "--gate any")
    assert done.out == ""
    assert tree(shipped) == before


@pytest.mark.parametrize("gate", ["approved", "any"])
def test_error_in_the_base_blocks_any_gate(tiny: Path, gate: str) -> None:
    record = tiny / "claims/plumberry-tea/may-not-relieve.yaml"
    record.write_text(record.read_text().replace("may not relieve", "may relieve"))
    before = tree(tiny)
    done = kbtool(*EXPORT, "--gate", gate, "--out", "out", cwd=tiny)
    check_failed(done, 1, "so nothing is exported", "claims/plumberry-tea/may-not-relieve.yaml:")
    assert tree(tiny) == before


def _prepare(tiny: Path) -> None:
    (tiny / "mine").mkdir()
    (tiny / "mine/letter.txt").write_text("words\n")
    (tiny / "file.txt").write_text("words\n")
    (tiny / "real").mkdir()
    (tiny / "link").symlink_to("real")
    (tiny / "dangling").symlink_to("nowhere")
    os.mkfifo(tiny / "pipe")


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("mine", "is not empty and holds no 'manifest.json'"),
        ("file.txt", "is not a directory"),
        ("file.txt/out", ""),
        ("file.txt/a/b/out", ""),
        ("claims", "are one inside the other"),
        ("claims/out", "are one inside the other"),
        ("claims/new/folders/out", "lies in the base"),
        ("claims/../claims/new/out", "lies in the base"),
        ("schema", "'schema' and the schema folder 'schema' are one inside the other"),
        ("schema/out", "'schema/out' and the schema folder 'schema' are one inside the other"),
        ("schema/new/out", "schema folder"),
        (".", "names no new directory"),
        ("..", "names no new directory"),
        ("", "names no new directory"),
        ("link", "is a symbolic link"),
        ("dangling", "is a symbolic link"),
        ("dangling/out", ""),
        ("pipe", "is not a directory"),
        ("/proc/kbtool-out", "could not be written"),
        ("/proc/new/out", "cannot be made"),
        ("x" * 300, "could not be written: file name too long"),
        ("a/" + "x" * 300, "could not be written: file name too long"),
    ],
)
def test_place_that_will_not_do(tiny: Path, out: str, words: str) -> None:
    _prepare(tiny)
    before = tree(tiny)
    done = kbtool(*ANY, "--out", out, cwd=tiny)
    check_failed(done, 1, words, "kbtool: error:", "hint: ")
    assert done.out == ""
    assert tree(tiny) == before


def test_folder_above_the_base(tiny: Path) -> None:
    before = tree(tiny)
    check_failed(kbtool(*ANY, "--out", "../tiny", cwd=tiny), 1, "are one inside the other")
    assert tree(tiny) == before


def test_release_is_replaced_whole(tiny: Path) -> None:
    assert kbtool(*ANY, "--out", "new/folders/out", cwd=tiny).status == 0
    first = tree(tiny)
    assert kbtool("export", "ndjson", *AS_OF, "--gate", "any", "--out", "new/folders/out", cwd=tiny).status == 0
    files = {path.name for path in (tiny / "new/folders/out").iterdir()}
    assert files == {"claims.ndjson", "release.json", "manifest.json"}
    assert kbtool(*ANY, "--out", "new/folders/out", cwd=tiny).status == 0
    assert tree(tiny) == first
    (tiny / "new/folders/out/mine.txt").write_text("words\n")
    before = tree(tiny)
    check_failed(kbtool(*ANY, "--out", "new/folders/out", cwd=tiny), 1, "holds 'mine.txt'")
    assert tree(tiny) == before


def test_vanished_id_is_refused(tiny: Path) -> None:
    assert kbtool(*ANY, "--out", "first", cwd=tiny).status == 0
    manifest = tiny / "first/manifest.json"
    data = json.loads(manifest.read_text())
    data["claims"].append("plumberry-tea/was-here-once")
    (tiny / "earlier.json").write_text(json.dumps(data))
    before = tree(tiny)
    done = kbtool(*ANY, "--out", "second", "--previous", "earlier.json", cwd=tiny)
    check_failed(done, 1, "1 id of the previous release vanished", "plumberry-tea/was-here-once", "tombstone")
    assert tree(tiny) == before
    assert kbtool(*ANY, "--out", "second", "--previous", "first", cwd=tiny).status == 0
    follows = json.loads((tiny / "second/manifest.json").read_text())["previous"]
    assert follows == data["release"]


@pytest.mark.parametrize("previous", ["missing", "mine", "file.txt", "pipe", "mine/letter.txt", "", "x" * 5000])
def test_previous_that_is_none(tiny: Path, previous: str) -> None:
    _prepare(tiny)
    before = tree(tiny)
    done = kbtool(*ANY, "--out", "out", "--previous", previous, cwd=tiny)
    check_failed(done, 2, "kbtool: error:", "hint: ")
    assert tree(tiny) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "no export is named"),
        (("json",), "no folder to write to is named"),
        (("jsn", "--out", "out"), "did you mean 'json'?"),
        (("json", "--out", "out", "--gate", "all"), "'all' is not one of"),
        (("json", "--out"), "requires an argument"),
    ],
)
def test_arguments_that_will_not_do(tiny: Path, arguments: tuple[str, ...], words: str) -> None:
    before = tree(tiny)
    check_failed(kbtool("export", *arguments, cwd=tiny), 2, words)
    assert tree(tiny) == before
