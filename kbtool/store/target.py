"""Whether a release may be written to a place, and which file paths it may hold; anything doubtful is refused."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from kbtool.release.manifest import MANIFEST_PATH, NotAManifest, read_manifest
from kbtool.store.find import CONFIG
from kbtool.yamlsource.parse import parse

_PLAIN_PATH = re.compile(r"[A-Za-z0-9._-]{1,255}(/[A-Za-z0-9._-]{1,255})*")
_ELSEWHERE = "choose another place for the release, or move away what is there"


class WriteRefused(Exception):  # noqa: N818 - it says what happened, as messages do
    """A release was not written; `message` is one sentence, `hint` says what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def check_paths(paths: Iterable[str]) -> None:
    """Raise WriteRefused where a path could leave the release's directory or meet another one."""
    seen: set[str] = set()
    for path in paths:
        if not _PLAIN_PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
            raise WriteRefused(f"{path!r} is not a plain path below the release", "leave out its exporter")
        key = path.lower()
        if key in seen:
            raise WriteRefused(f"two files of the release have the path '{path}'", "leave out one exporter")
        seen.add(key)


def target_of(directory: Path, base: Path) -> Path:
    """The place to write to, its parent without symbolic links.

    Raises WriteRefused where it is a symbolic link, or where it lies in the base or its schema folder or holds one of
    them; OSError where its parent is missing.
    """
    if directory.name in {"", ".."}:
        raise WriteRefused(f"'{directory}' names no new directory", "name the release's own directory, e.g. 'release'")
    target = directory.parent.resolve(strict=True) / directory.name
    if target.is_symlink():
        raise WriteRefused(f"'{directory}' is a symbolic link", "name the directory that it points to")
    for folder, what in ((base, "knowledge base"), (schema_folder(base), "schema folder")):
        if _within(target, folder) or _within(folder.resolve(), target):
            message = f"'{directory}' and the {what} '{_relative(folder)}' are one inside the other"
            raise WriteRefused(message, _ELSEWHERE)
    return target


def schema_folder(base: Path) -> Path:
    """The folder of vocabulary and policy that `kb.yaml` names, or the usual one where it names none."""
    try:
        data = parse((base / CONFIG).read_bytes()).data
    except OSError:
        data = None
    schema = data.get("schema") if isinstance(data, dict) else None
    folder = schema.get("folder") if isinstance(schema, dict) else None
    return base / (folder if isinstance(folder, str) else "../schema")


def _relative(path: Path) -> str:
    """A path as people see it from where they are."""
    return Path(os.path.relpath(path)).as_posix()


def holds_release(target: Path, shown: Path) -> bool:
    """Tell whether the target holds an earlier release and nothing else; False where it is missing or empty.

    `shown` is how the person named it. Raises WriteRefused where it is a file, or holds what no release put there.
    """
    if not target.exists():
        return False
    if not target.is_dir():
        raise WriteRefused(f"'{shown}' is not a directory", _ELSEWHERE)
    found = sorted(_files(target))
    if not found:
        return False
    digests = _digests_of_release(target, shown)
    for path in found:
        if path not in digests:
            raise WriteRefused(f"'{shown}' holds '{path}', which its release did not put there", _ELSEWHERE)
        if path != MANIFEST_PATH and sha256((target / path).read_bytes()).hexdigest() != digests[path]:
            raise WriteRefused(f"'{path}' in '{shown}' was changed after its release was written", _ELSEWHERE)
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


def _digests_of_release(target: Path, shown: Path) -> dict[str, str]:
    """SHA-256 of each file by path, as the manifest has them; the manifest itself with none."""
    manifest = target / MANIFEST_PATH
    if not manifest.exists():
        raise WriteRefused(f"'{shown}' is not empty and holds no '{MANIFEST_PATH}'", _ELSEWHERE)
    if not stat.S_ISREG(manifest.lstat().st_mode):
        raise WriteRefused(f"'{shown / MANIFEST_PATH}' is not a plain file", _ELSEWHERE)
    earlier = read_manifest(manifest.read_bytes())
    if isinstance(earlier, NotAManifest):
        raise WriteRefused(f"'{shown / MANIFEST_PATH}' is not the manifest of a release: {earlier.reason}", _ELSEWHERE)
    return {**earlier.digests, MANIFEST_PATH: ""}
