"""A release's directory appears whole or not at all."""

from __future__ import annotations

import json
import os
import re
import stat
import tracemalloc
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kbtool.release.artifact import Artifact, Streamed
from kbtool.release.manifest import FileEntry, entry_of, manifest_of
from kbtool.store.exchange import exchange
from kbtool.store.write import WriteRefused, write_release
from tests.export.small import outputs, small_release
from tests.store.faults import NOT_REACHED, REFUSED, at_each_line, break_line, kept_at_each_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RELEASE = small_release()
OLD = (Artifact("claims.json", b"old"), Artifact("only-old.txt", b"old"))
NEW = (Artifact("claims.json", b"new"), Artifact("site/pages/index.html", b"<p>"))


def _manifest(artifacts: tuple[Artifact, ...]) -> Artifact:
    return manifest_of(RELEASE, map(entry_of, artifacts))


STATES = {
    "old": {each.path: each.content for each in (*OLD, _manifest(OLD))},
    "new": {each.path: each.content for each in (*NEW, _manifest(NEW))},
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The directory of a knowledge base."""
    folder = tmp_path / "claims"
    folder.mkdir()
    return folder


def write(target: Path, artifacts: tuple[Artifact, ...], base: Path) -> None:
    """Write a release of some artifacts."""
    write_release(target, artifacts, partial(manifest_of, RELEASE), base)


def refusal(target: Path, base: Path, artifacts: tuple[Artifact, ...] = NEW) -> str:
    """The message with which a release is refused."""
    with pytest.raises(WriteRefused) as caught:
        write(target, artifacts, base)
    assert caught.value.hint
    assert str(caught.value) == caught.value.message
    return caught.value.message


def beside(target: Path) -> list[str]:
    """What lies in the target's folder, without the base."""
    return sorted(path.name for path in target.parent.iterdir() if path.name != "claims")


def test_new_empty_and_earlier(tmp_path: Path, base: Path) -> None:
    target = tmp_path / "release"
    write(target, OLD, base)
    assert outputs(target) == STATES["old"]
    write(target, NEW, base)
    assert outputs(target) == STATES["new"]
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", OLD, base)
    assert beside(target) == ["empty", "release"]


def test_a_streamed_file_is_written_as_it_comes_and_digested(tmp_path: Path, base: Path) -> None:
    asked = []

    def chunks() -> Iterator[bytes]:
        asked.append("from the beginning")
        yield from (b"one\n", b"", b"two\n")

    write_release(tmp_path / "release", (Streamed("lines.ndjson", chunks),), partial(manifest_of, RELEASE), base)
    assert outputs(tmp_path / "release")["lines.ndjson"] == b"one\ntwo\n"
    (listed,) = json.loads(outputs(tmp_path / "release")["manifest.json"])["files"]
    assert (listed["bytes"], listed["sha256"]) == (8, sha256(b"one\ntwo\n").hexdigest())
    assert entry_of(Streamed("lines.ndjson", chunks)) == FileEntry("lines.ndjson", 8, listed["sha256"])
    assert len(asked) == 2


def test_a_streamed_file_is_never_whole_in_memory(tmp_path: Path, base: Path) -> None:
    """Memory is flat for files that grow with the number of claims line by line."""
    files = (Streamed("big.ndjson", lambda: (b"x" * 999 + b"\n" for _ in range(20_000))),)
    tracemalloc.start()
    try:
        write_release(tmp_path / "release", files, partial(manifest_of, RELEASE), base)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "release" / "big.ndjson").stat().st_size == 20_000_000
    assert peak < 2_000_000


def test_a_stream_that_fails_leaves_nothing(tmp_path: Path, base: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one\n"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_release(tmp_path / "release", (Streamed("a", broken),), partial(manifest_of, RELEASE), base)
    assert beside(tmp_path / "release") == []


def test_permissions_do_not_depend_on_the_umask(tmp_path: Path, base: Path) -> None:
    before = os.umask(0o077)
    try:
        write(tmp_path / "release", NEW, base)
    finally:
        os.umask(before)
    found = {stat.filemode(path.stat().st_mode) for path in (tmp_path / "release").rglob("*")}
    assert found == {"-rw-r--r--", "drwxr-xr-x"}
    assert stat.filemode((tmp_path / "release").stat().st_mode) == "drwxr-xr-x"


@pytest.mark.parametrize(
    "path",
    ["", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a", "..", "a\\b", "c:x", "a\0b", "a\nb", "\u00e9", "a" * 256],
)
def test_paths_that_could_leave_the_directory(tmp_path: Path, base: Path, path: str) -> None:
    target = tmp_path / "release"
    message = refusal(target, base, (Artifact(path, b""),))
    assert message == f"{path!r} is not a plain path below the release"
    assert beside(target) == []


@pytest.mark.parametrize(("one", "two"), [("a.txt", "a.txt"), ("a.txt", "A.TXT"), ("manifest.json", "b")])
def test_two_files_of_one_path(tmp_path: Path, base: Path, one: str, two: str) -> None:
    message = refusal(tmp_path / "release", base, (Artifact(one, b""), Artifact(two, b"")))
    assert message.startswith("two files of the release have the path '")
    assert beside(tmp_path / "release") == []


def test_a_file_that_is_also_a_folder(tmp_path: Path, base: Path) -> None:
    message = refusal(tmp_path / "release", base, (Artifact("a", b""), Artifact("a/b", b"")))
    assert "could not be written" in message
    assert beside(tmp_path / "release") == []


def test_a_place_in_the_base_or_around_it(tmp_path: Path, base: Path) -> None:
    (base / "sources").mkdir()
    (tmp_path / "detour").symlink_to(base, target_is_directory=True)
    places = (base, base / "release", base / "sources" / "release", tmp_path, tmp_path / "detour" / "x")
    assert all(refusal(place, base).endswith("are one inside the other") for place in places)
    assert [path.name for path in base.rglob("*")] == ["sources"]


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        (b"schema: {folder: ../contract, version: 1}\n", "contract"),
        (b"schema: {folder: inside}\n", "claims/inside"),
        (b"schema: {folder: [x]}\n", "schema"),
        (b"schema: x\n", "schema"),
        (b"[", "schema"),
        (None, "schema"),
    ],
)
def test_a_place_in_the_schema_folder(tmp_path: Path, base: Path, config: bytes | None, folder: str) -> None:
    if config is not None:
        (base / "kb.yaml").write_bytes(config)
    (tmp_path / folder).mkdir(exist_ok=True)
    for place in (tmp_path / folder, tmp_path / folder / "release"):
        assert refusal(place, base).endswith("are one inside the other")
    assert not list((tmp_path / folder).iterdir())


def test_messages_name_places_as_people_see_them(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(Path("claims/x"), base) == "'claims/x' and the knowledge base 'claims' are one inside the other"
    Path("file").write_bytes(b"")
    assert refusal(Path("file"), base) == "'file' is not a directory"
    Path("full").mkdir()
    Path("full/x").write_bytes(b"")
    assert refusal(Path("full"), base) == "'full' is not empty and holds no 'manifest.json'"


def test_symbolic_links(tmp_path: Path, base: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert refusal(tmp_path / "link", base) == f"'{tmp_path / 'link'}' is a symbolic link"
    assert refusal(tmp_path / "dangling", base) == f"'{tmp_path / 'dangling'}' is a symbolic link"
    write(tmp_path / "link" / "release", NEW, base)
    assert outputs(tmp_path / "real" / "release") == STATES["new"]


@pytest.mark.parametrize("name", [".", "..", "/"])
def test_places_without_a_name(name: str, base: Path) -> None:
    assert "names no new directory" in refusal(Path(name), base)


def test_a_missing_parent(tmp_path: Path, base: Path) -> None:
    assert refusal(tmp_path / "no" / "release", base).endswith("could not be written: no such file or directory")


def _file(target: Path) -> None:
    target.write_bytes(b"mine")


def _no_manifest(target: Path) -> None:
    target.mkdir()
    (target / "thesis.txt").write_bytes(b"mine")


def _other_manifest(target: Path) -> None:
    target.mkdir()
    (target / "manifest.json").write_bytes(b'{"name": "a web app"}')


def _manifest_folder(target: Path) -> None:
    (target / "manifest.json" / "x").mkdir(parents=True)


def _manifest_link(target: Path) -> None:
    target.mkdir()
    (target.parent / "elsewhere.json").write_bytes(STATES["old"]["manifest.json"])
    (target / "manifest.json").symlink_to(target.parent / "elsewhere.json")


def _stranger(target: Path) -> None:
    write(target, OLD, target.parent / "claims")
    (target / "thesis.txt").write_bytes(b"mine")


def _strange_folder(target: Path) -> None:
    write(target, OLD, target.parent / "claims")
    (target / "drafts").mkdir()


def _strange_link(target: Path) -> None:
    write(target, OLD, target.parent / "claims")
    (target / "more").symlink_to(target.parent, target_is_directory=True)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_file, "is not a directory"),
        (_no_manifest, "is not empty and holds no 'manifest.json'"),
        (_other_manifest, "is not the manifest of a release: its format is not"),
        (_manifest_folder, "is not a plain file"),
        (_manifest_link, "is not a plain file"),
        (_stranger, "holds 'thesis.txt', which its release did not put there"),
        (_strange_folder, "holds 'drafts', which its release did not put there"),
        (_strange_link, "holds 'more', which its release did not put there"),
    ],
)
def test_what_is_not_a_release_is_never_replaced(
    tmp_path: Path, base: Path, make: Callable[[Path], None], words: str
) -> None:
    """Nothing is lost: writes refuse to overwrite what the person has not seen."""
    target = tmp_path / "release"
    make(target)
    before = outputs(tmp_path)
    assert words in refusal(target, base)
    assert outputs(tmp_path) == before


@pytest.mark.parametrize("replaces", [True, False])
def test_a_kill_at_any_point_leaves_the_old_state_or_the_new(tmp_path: Path, base: Path, *, replaces: bool) -> None:
    """Writes survive a kill at any point."""
    before = STATES["old"] if replaces else {}
    target = tmp_path / "place" / "release"
    target.parent.mkdir()
    if replaces:
        write(target, OLD, base)
    states = kept_at_each_state(lambda: write(target, NEW, base), target.parent, tmp_path / "states")
    met = [outputs(state / "release") for state in states]
    turn = met.index(STATES["new"])
    assert met == [before] * turn + [STATES["new"]] * (len(met) - turn)
    assert turn > 5
    for state in states:
        write(state / "release", NEW, base)
        assert outputs(state / "release") == STATES["new"]


@pytest.mark.parametrize("replaces", [True, False])
def test_a_failing_disk_at_any_point(tmp_path: Path, base: Path, *, replaces: bool) -> None:
    """A refused write leaves the old state, or the new one where only the last forcing to the disk failed."""
    before = STATES["old"] if replaces else {}
    refused = 0
    for step in range(1, 2_000):
        target = tmp_path / str(step) / "release"
        target.parent.mkdir()
        if replaces:
            write(target, OLD, base)
        status = at_each_line(lambda: write(target, NEW, base), break_line, step, (WriteRefused,))  # noqa: B023
        assert outputs(target) in (before, STATES["new"])
        refused += status == REFUSED
        if status == NOT_REACHED:
            break
    assert step > 50
    assert refused > 40


@pytest.mark.parametrize("replaces", [True, False])
def test_a_full_disk_leaves_nothing_beside(tmp_path: Path, base: Path, *, replaces: bool) -> None:
    """A file that cannot be written whole: the old state stays and no temporary file does."""
    resource = pytest.importorskip("resource")
    target = tmp_path / "release"
    if replaces:
        write(target, OLD, base)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    big = (*NEW, Artifact("big.bin", b"x" * 2_000_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        message = refusal(target, base, big)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert message.endswith("could not be written: file too large")
    assert outputs(target) == (STATES["old"] if replaces else {})
    assert beside(target) == (["release"] if replaces else [])


def test_a_folder_that_may_not_be_written_to(tmp_path: Path, base: Path) -> None:
    """The superuser may write everywhere but into the kernel's own folders."""
    locked = tmp_path / "locked" if os.geteuid() else Path("/sys")
    if os.geteuid():
        locked.mkdir(mode=0o500)
    words = "could not be written: (permission denied|operation not permitted|read-only)"
    assert re.search(words, refusal(locked / "release", base))


def test_a_release_that_was_changed_by_hand_is_not_replaced(tmp_path: Path, base: Path) -> None:
    """Writes refuse to overwrite what the person has not seen."""
    target = tmp_path / "release"
    write(target, OLD, base)
    changed = target / OLD[0].path
    changed.write_bytes(b"edited")
    assert "was changed after its release was written" in refusal(target, base)
    assert changed.read_bytes() == b"edited"


def test_exchange(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange(tmp_path / "one", tmp_path / "two")
    assert set(outputs(tmp_path)) == {"one/two", "two/one"}
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "three")
    (tmp_path / "one" / "inner").mkdir()
    with pytest.raises(OSError, match="cannot let two directories change places"):
        exchange(tmp_path / "one", tmp_path / "one" / "inner")
