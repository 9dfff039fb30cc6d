"""A base as it was at a commit."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kbtool.records.assemble import assemble
from kbtool.store.read import NoBase, read_base
from kbtool.store.revisions import read_revision
from tests.rules.bases import tiny_base


def git(folder: Path, *words: str) -> None:
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    both = names | {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **both}, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose one commit holds the tiny base."""
    for name, raw in tiny_base().items():
        path = tmp_path / (name if name.startswith("schema/") else f"claims/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    (tmp_path / ".gitattributes").write_text("*.yaml text eol=crlf\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "First")
    return tmp_path


def files(found: object) -> dict[str, bytes]:
    return {file.name: file.raw for file in found.files.base}  # type: ignore[attr-defined]


def test_a_commit_gives_the_bytes_that_were_committed(repository: Path) -> None:
    (repository / "claims/kb.yaml").write_text("title: another\n")
    found = read_revision(repository, "main", None, repository / "claims")
    assert files(found) == {name: raw for name, raw in tiny_base().items() if not name.startswith("schema/")}
    assert assemble(found.files).diagnostics == ()
    assert found.shown == "main:claims"
    assert found.diagnostics == ()


def test_the_folder_can_be_named_and_the_place_does_not_matter(repository: Path) -> None:
    below = repository / "claims/evidence"
    assert files(read_revision(below, "HEAD", "claims/", Path())) == files(read_base_of(repository))


def read_base_of(repository: Path) -> object:
    return read_base(repository / "claims", "claims")


def test_a_base_at_the_top_of_its_repository(tmp_path: Path) -> None:
    for name, raw in tiny_base().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw.replace(b"folder: ../schema", b"folder: schema"))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "First")
    found = read_revision(tmp_path, "HEAD", None, tmp_path)
    assert assemble(found.files).base is not None


def test_links_and_hidden_files_are_not_read(repository: Path) -> None:
    (repository / "claims/evidence/link.yaml").symlink_to("made-up-trial.yaml")
    (repository / "claims/.hidden.yaml").write_text("x\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "Second")
    found = read_revision(repository, "HEAD", None, repository / "claims")
    assert "evidence/link.yaml" not in files(found)
    assert ".hidden.yaml" not in files(found)
    assert [(d.rule, d.subject) for d in found.diagnostics] == [("symbolic-link", "evidence/link.yaml")]


@pytest.mark.parametrize(
    ("revision", "folder", "message"),
    [
        ("nope", None, "'nope' is neither a folder nor a revision"),
        ("--output=x", None, "is no revision"),
        ("", None, "'' is no revision"),
        ("a\x00b", None, "is no revision"),
        ("HEAD", "nothing", "there is no 'kb.yaml' in 'nothing' at revision 'HEAD'"),
        ("HEAD", "../elsewhere", "lies outside the repository"),
    ],
)
def test_what_is_not_there_is_said(repository: Path, revision: str, folder: str | None, message: str) -> None:
    with pytest.raises(NoBase) as caught:
        read_revision(repository, revision, folder, repository / "claims")
    assert message in str(caught.value)
    assert caught.value.hint


def test_a_base_outside_the_repository_is_said(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NoBase, match="is not in this repository"):
        read_revision(repository, "HEAD", None, tmp_path_factory.mktemp("elsewhere"))


@pytest.mark.parametrize(
    ("folder", "is_read"),
    [("../../elsewhere", False), ("/schema", True), ("none", True)],
    ids=["out", "absolute", "none"],
)
def test_the_schema_folder_stays_in_the_repository(repository: Path, folder: str, is_read: bool) -> None:
    config = repository / "claims/kb.yaml"
    config.write_text(config.read_text().replace("folder: ../schema", f"folder: {folder}"))
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "Second")
    if not is_read:
        with pytest.raises(NoBase, match="lies outside the repository"):
            read_revision(repository, "HEAD", None, repository / "claims")
    else:
        found = read_revision(repository, "HEAD", None, repository / "claims")
        assert (found.files.vocabulary is None) == (folder == "none")


def test_without_git_the_reason_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(NoBase) as caught:
        read_revision(repository, "HEAD", None, repository / "claims")
    assert "git is not installed" in str(caught.value)


def test_a_git_that_does_not_run_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = repository / "bin/git"
    program.parent.mkdir()
    program.write_bytes(b"\x00no program")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    with pytest.raises(NoBase, match="git cannot be run"):
        read_revision(repository, "HEAD", None, repository / "claims")
