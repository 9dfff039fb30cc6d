"""A new base on disk: the example with the schema folder, which appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kbtool.store.files import FileRefused, force_to_disk
from kbtool.store.interrupt import undone_on_interrupt
from kbtool.store.read import CONFIG
from kbtool.store.shipped import example_files, shipped_schema_files

_FOLDER_MODE = 0o755
_FILE_MODE = 0o644
_NEW_NAME = "name a folder that does not exist yet"


def start_base(directory: Path) -> tuple[str, ...]:
    """Make `directory` a folder with a new base in it, and give the paths of its files in order.

    Folders above it that are missing are made, and taken away again where the base is not made.

    Raises FileRefused where something is in the way or the disk does not take it, NotShipped where the installation
    is not whole.
    """
    files = {**example_files(), **{f"schema/{name}": raw for name, raw in shipped_schema_files().items()}}
    try:
        target = _target(directory)
        with undone_on_interrupt(), _parents(target.parent):
            _build(target, files)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "see that the folders above it can be written to, that none of them is a file, and that there is room"
        raise FileRefused(f"{directory.as_posix()!r} cannot be made: {reason}", hint) from error
    return tuple(sorted(files))


def _target(directory: Path) -> Path:
    """The place of the new folder, its parent without links; raises FileRefused, or OSError."""
    shown = directory.as_posix()
    if directory.name in {"", ".."}:
        raise FileRefused(f"{shown!r} names no new folder", _NEW_NAME)
    target = directory.parent.resolve() / directory.name
    if target.is_symlink():
        raise FileRefused(f"{shown!r} is a symbolic link", _NEW_NAME)
    if target.exists() and not target.is_dir():
        raise FileRefused(f"{shown!r} is a file", _NEW_NAME)
    if target.exists() and target.samefile(Path.cwd()):
        raise FileRefused(f"{shown!r} is the folder that you are in", "go up one folder and name it, or name a new one")
    if target.exists() and any(target.iterdir()):
        raise FileRefused(f"{shown!r} is not empty", _NEW_NAME)
    inside = next((folder for folder in target.parents if (folder / CONFIG).is_file()), None)
    if inside is not None:
        raise FileRefused(f"{shown!r} lies inside the base {_relative(inside)!r}", "start the new base outside of it")
    return target


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """The folder and those above it, made where they are missing; those go again where what they are for fails."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    made: list[Path] = []
    try:
        for each in reversed(missing):
            each.mkdir()
            made.append(each)
            force_to_disk(each.parent)
        yield
    except BaseException:
        for each in reversed(made):
            with suppress(OSError):
                each.rmdir()
        raise


def _relative(path: Path) -> str:
    return Path(os.path.relpath(path)).as_posix()


def _build(target: Path, files: Mapping[str, bytes]) -> None:
    """Write everything into a hidden folder beside the target and give it the target's name."""
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.kbtool-", dir=target.parent))
    try:
        for name, raw in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, raw)
        for folder, _, _ in os.walk(staging):
            Path(folder).chmod(_FOLDER_MODE)
            force_to_disk(Path(folder))
        staging.rename(target)
        force_to_disk(target.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(path: Path, raw: bytes) -> None:
    with path.open("xb") as out:
        out.write(raw)
        out.flush()
        path.chmod(_FILE_MODE)
        os.fsync(out.fileno())
