"""Whether a release may be written to a place, and which file paths it may hold; anything doubtful is refused."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from kbtool.release.artifact import Artifact
from kbtool.release.manifest import MANIFEST_PATH, NotAManifest, read_manifest

_PLAIN_PATH = re.compile(r"[A-Za-z0-9._-]{1,255}(/[A-Za-z0-9._-]{1,255})*")
_ELSEWHERE = "choose another place for the release, or move away what is there"


class WriteRefused(Exception):  # noqa: N818 - it says what happened, as messages do
    """A release was not written; `message` is one sentence, `hint` says what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def check_paths(files: Iterable[Artifact]) -> None:
    """Raise WriteRefused where a path could leave the release's directory or meet another one."""
    seen: set[str] = set()
    for file in files:
        if not _PLAIN_PATH.fullmatch(file.path) or {".", ".."} & set(file.path.split("/")):
            raise WriteRefused(f"{file.path!r} is not a plain path below the release", "leave out its exporter")
        key = unicodedata.normalize("NFC", file.path).casefold()
        if key in seen:
            raise WriteRefused(f"two files of the release have the path '{file.path}'", "leave out one exporter")
        seen.add(key)


def target_of(directory: Path, base: Path) -> Path:
    """The place to write to, its parent without symbolic links.

    Raises WriteRefused where it is a symbolic link, lies in the base or holds it; OSError where its parent is missing.
    """
    if directory.name in {"", ".."}:
        raise WriteRefused(f"'{directory}' names no new directory", "name the release's own directory, e.g. 'release'")
    target = directory.parent.resolve(strict=True) / directory.name
    if target.is_symlink():
        raise WriteRefused(f"'{directory}' is a symbolic link", "name the directory that it points to")
    if _within(target, base) or _within(base.resolve(), target):
        raise WriteRefused(f"'{directory}' and the knowledge base '{base}' are one inside the other", _ELSEWHERE)
    return target


def holds_release(target: Path) -> bool:
    """Tell whether the target holds an earlier release and nothing else; False where it is missing or empty.

    Raises WriteRefused where it is a file, or holds something that no release put there.
    """
    if not target.exists():
        return False
    if not target.is_dir():
        raise WriteRefused(f"'{target}' is not a directory", _ELSEWHERE)
    found = sorted(_files(target))
    if not found:
        return False
    digests = _digests_of_release(target)
    for path in found:
        if path not in digests:
            raise WriteRefused(f"'{target}' holds '{path}', which its release did not put there", _ELSEWHERE)
        if path != MANIFEST_PATH and sha256((target / path).read_bytes()).hexdigest() != digests[path]:
            raise WriteRefused(f"'{path}' in '{target}' was changed after its release was written", _ELSEWHERE)
    return True


def _within(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it, however either is spelled."""
    return any(part.exists() and folder.exists() and part.samefile(folder) for part in (path, *path.parents))


def _files(folder: Path) -> Iterator[str]:
    """Relative paths of everything below a folder but folders with something in them."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*names, *links):
            yield (here / name).relative_to(folder).as_posix()
        if not folders and not names and here != folder:
            yield here.relative_to(folder).as_posix()


def _digests_of_release(target: Path) -> dict[str, str]:
    """SHA-256 of each file by path, as the manifest has them; the manifest itself with none."""
    manifest = target / MANIFEST_PATH
    if not manifest.exists():
        raise WriteRefused(f"'{target}' is not empty and holds no '{MANIFEST_PATH}'", _ELSEWHERE)
    if not stat.S_ISREG(manifest.lstat().st_mode):
        raise WriteRefused(f"'{manifest}' is not a plain file", _ELSEWHERE)
    earlier = read_manifest(manifest.read_bytes())
    if isinstance(earlier, NotAManifest):
        raise WriteRefused(f"'{manifest}' is not the manifest of a release: {earlier.reason}", _ELSEWHERE)
    return {**earlier.digests, MANIFEST_PATH: ""}
