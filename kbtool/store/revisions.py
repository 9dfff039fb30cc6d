"""A base as it was at a commit, read from git without touching the working tree; nothing goes through a shell."""

from __future__ import annotations

import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.records.assemble import Files
from kbtool.records.layout import BaseFile
from kbtool.store.read import CONFIG, MOST_BYTES, NoBase, ReadBase
from kbtool.yamlsource.parse import parse

_PATIENCE = 120
"""Seconds that one call of git may take."""
_REGULAR = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class _Listed:
    """One entry of a tree: its mode, object and name in the repository."""

    mode: bytes
    object_id: bytes
    name: str


class GitFailed(NoBase):
    """git ran and said no."""


def read_revision(here: Path, revision: str, folder: str | None, usual: Path) -> ReadBase:
    """The base at a revision of the repository around `here`; `folder` is its place there.

    Without one the place of `usual` is taken.

    Raises NoBase where there is no git, repository, revision or base.
    """
    commit = _commit(here, revision)
    top = Path(_git(here, "rev-parse", "--show-toplevel").decode(errors="surrogateescape").rstrip("\n"))
    inside = _inside(top, usual) if folder is None else folder.strip("/")
    shown = f"{revision}:{inside}"
    files, diagnostics = _files(top, commit, inside, shown)
    if not any(file.name == CONFIG for file in files):
        hint = "name the folder as REVISION:FOLDER"
        raise NoBase(f"there is no {CONFIG!r} in {inside or '.'!r} at revision {revision!r}", hint)
    schema = posixpath.normpath(posixpath.join(inside, _schema_folder(files)))
    both = {file.name: file for file in _files(top, commit, schema, f"{revision}:{schema}")[0]}
    return ReadBase(
        top / inside, shown, Files(files, both.get("vocabulary.yaml"), both.get("policy.yaml")), diagnostics
    )


def _commit(here: Path, revision: str) -> str:
    if revision.startswith("-") or "\x00" in revision or not revision:
        raise NoBase(f"{revision!r} is no revision", "name a commit, branch or tag")
    try:
        found = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitFailed:
        hint = "name a folder, a release, or a commit, branch or tag of the repository you are in"
        raise NoBase(f"{revision!r} is neither a folder nor a revision of a repository here", hint) from None
    return found.decode().strip()


def _inside(top: Path, usual: Path) -> str:
    """The place of the base in the repository."""
    try:
        place = usual.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        raise NoBase(f"the base {usual.as_posix()!r} is not in this repository", "name REVISION:FOLDER") from None
    return "" if place == "." else place


def _files(top: Path, commit: str, folder: str, shown: str) -> tuple[tuple[BaseFile, ...], tuple[Diagnostic, ...]]:
    """The regular files below a folder of a commit, by their names in it; links and large ones as diagnostics."""
    if folder.startswith(".."):
        raise NoBase(
            f"{folder!r} lies outside the repository", "a base and its schema folder must be in one repository"
        )
    listed = list(_listed(_git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", folder or "."), folder))
    regular = [entry for entry in listed if entry.mode in _REGULAR]
    contents = _contents(top, regular)
    files = tuple(BaseFile(e.name, f"{shown}/{e.name}", raw) for e, raw in zip(regular, contents, strict=True))
    return files, tuple(_link(shown, entry.name) for entry in listed if entry.mode not in _REGULAR)


def _listed(raw: bytes, folder: str) -> Iterator[_Listed]:
    prefix = f"{folder}/" if folder and folder != "." else ""
    for line in raw.split(b"\x00"):
        head, tab, name = line.partition(b"\t")
        path = name.decode("utf-8", "backslashreplace")
        own = path.removeprefix(prefix)
        hidden = any(part.startswith(".") for part in own.split("/"))
        if tab and path.startswith(prefix) and not hidden:
            mode, _kind, object_id = head.split(b" ")
            yield _Listed(mode, object_id, own)


def _contents(top: Path, entries: list[_Listed]) -> list[bytes]:
    """The bytes of each entry's object, from one call of git."""
    if not entries:
        return []
    asked = b"".join(entry.object_id + b"\n" for entry in entries)
    answer = _git(top, "cat-file", "--batch", given=asked)
    contents, at = [], 0
    for entry in entries:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split(b" ")[2])
        if size > MOST_BYTES:
            raise NoBase(f"{entry.name!r} has more than {MOST_BYTES:,} bytes", "no file of a base is that large")
        contents.append(answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return contents


def _schema_folder(files: tuple[BaseFile, ...]) -> str:
    """The schema folder that `kb.yaml` names, or the usual one where it cannot be read."""
    data = parse(next(file.raw for file in files if file.name == CONFIG)).data
    schema = data.get("schema") if isinstance(data, dict) else None
    folder = schema.get("folder") if isinstance(schema, dict) else None
    return folder if isinstance(folder, str) and not folder.startswith("/") else "../schema"


def _link(shown: str, name: str) -> Diagnostic:
    message = f"{name!r} is a symbolic link or a submodule, and nothing behind it is read"
    place = Location(f"{shown}/{name}")
    return Diagnostic("symbolic-link", Severity.ERROR, message, place, hint="put the file itself there", subject=name)


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """What git prints; raises NoBase where it cannot be run or fails."""
    program = shutil.which("git")
    if program is None:
        raise NoBase("git is not installed, so no revision can be read", "install git, or name folders")
    try:
        done = subprocess.run(
            [program, "--no-replace-objects", *arguments],
            cwd=folder,
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise NoBase(f"git cannot be run: {error}", "name folders instead of revisions") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitFailed(f"git failed: {said[0] if said else 'no reason is given'}", "see what 'git status' says here")
    return done.stdout
