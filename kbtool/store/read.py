"""Find a base on disk and read its files; links and unreadable files become diagnostics, never exceptions."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kbtool.diagnostics import Diagnostic, Location, Severity
from kbtool.records.assemble import Files
from kbtool.records.layout import BaseFile
from kbtool.store.find import CONFIG, NoBase, find_base, is_file
from kbtool.store.journal import read_journal
from kbtool.store.lock import steady
from kbtool.store.overlay import overlaid, under
from kbtool.yamlsource.parse import parse

__all__ = ["CONFIG", "MOST_BYTES", "NoBase", "ReadBase", "find_base", "read_base"]

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of the largest file that is read at all."""
_FILE_ENDINGS = (".yaml", ".yml", ".txt", ".json")
"""Ends of the names of a base's files; no folder of a base has a name like that."""


@dataclass(frozen=True, slots=True)
class ReadBase:
    """What was read of a base, and what could not be."""

    root: Path
    shown: str
    files: Files
    diagnostics: tuple[Diagnostic, ...]


def read_base(root: Path, shown: str) -> ReadBase:
    """Every file of the base at `root`, printed under `shown`, with its schema folder's vocabulary and policy.

    The files are those of one moment: a change that is made counts whole, finished or not. Nothing is written.
    Raises NoBase where the schema folder or one of its two files cannot be read, or where changes never pause.
    """
    read = steady(root, partial(_read_once, root, shown))
    if read is None:
        raise NoBase(f"{shown!r} never stops changing", "wait until the other kbtool process has ended")
    return read


def _read_once(root: Path, shown: str) -> ReadBase:
    diagnostics: list[Diagnostic] = []
    files, odd = overlaid(read_journal(root), tuple(_walk(root, shown, diagnostics)), shown)
    diagnostics += odd
    folder = _schema_folder(files)
    vocabulary = _schema_file(root, shown, folder, "vocabulary.yaml", diagnostics)
    policy = _schema_file(root, shown, folder, "policy.yaml", diagnostics)
    return ReadBase(root, shown, Files(files, vocabulary, policy), tuple(diagnostics))


def _walk(root: Path, shown: str, diagnostics: list[Diagnostic]) -> Iterator[BaseFile]:
    """The regular files below the base, folder by folder; a folder of any depth is walked without recursion."""
    folders = [""]
    while folders:
        inside = folders.pop()
        for entry in _entries(root / inside, inside, shown, diagnostics):
            name = f"{inside}/{entry.name}" if inside else entry.name
            if entry.is_symlink():
                diagnostics.append(_link(shown, name))
            elif entry.name.startswith("."):
                continue
            elif entry.is_dir(follow_symlinks=False):
                if entry.name.endswith(_FILE_ENDINGS):
                    diagnostics.append(_problem("unreadable-file", shown, name, "is a folder where a file is due"))
                folders.append(name)
            elif file := _read(Path(entry.path), name, shown, diagnostics):
                yield file


def _entries(folder: Path, inside: str, shown: str, diagnostics: list[Diagnostic]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        diagnostics.append(_unreadable(shown, inside, error))
        return []


def _read(path: Path, name: str, shown: str, diagnostics: list[Diagnostic]) -> BaseFile | None:
    """The file's bytes; a pipe, a device, a huge file or one that refuses to be read is reported, never waited for."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            diagnostics.append(_problem("unreadable-file", shown, name, "is no regular file"))
        elif status.st_size > MOST_BYTES:
            diagnostics.append(_problem("unreadable-file", shown, name, f"has more than {MOST_BYTES:,} bytes"))
        else:
            return BaseFile(_printable(name), under(shown, _printable(name)), path.read_bytes())
    except OSError as error:
        diagnostics.append(_unreadable(shown, name, error))
    return None


def _schema_folder(files: tuple[BaseFile, ...]) -> str:
    """The schema folder that `kb.yaml` names, or the usual one where it cannot be read."""
    raw = next((file.raw for file in files if file.name == CONFIG), b"")
    data = parse(raw).data
    schema = data.get("schema") if isinstance(data, dict) else None
    folder = schema.get("folder") if isinstance(schema, dict) else None
    return folder if isinstance(folder, str) else "../schema"


def _schema_file(root: Path, shown: str, folder: str, name: str, diagnostics: list[Diagnostic]) -> BaseFile:
    path = root / folder / name
    printed = os.path.normpath(under(shown, f"{folder}/{name}")).replace(os.sep, "/")
    config = under(shown, CONFIG)
    hint = f"'schema.folder' of {config!r} must name the folder that holds vocabulary.yaml and policy.yaml"
    if Path(folder).is_absolute():
        raise NoBase(f"the schema folder {folder!r} is not relative to the base", hint)
    if not is_file(path):
        raise NoBase(f"there is no {printed!r}", hint)
    if path.is_symlink() or path.parent.is_symlink():
        raise NoBase(f"{printed!r} is, or stands behind, a symbolic link", "put the file itself there")
    file = _read(path, name, posixpath.dirname(printed), diagnostics)
    if file is None:
        raise NoBase(f"{printed!r} cannot be read", "give the user who runs kbtool the right to read it")
    return file


def _link(shown: str, name: str) -> Diagnostic:
    return _problem("symbolic-link", shown, name, "is a symbolic link, and nothing behind it is read")


def _unreadable(shown: str, name: str, error: OSError) -> Diagnostic:
    return _problem(
        "unreadable-file", shown, name or ".", f"cannot be read: {(error.strerror or 'no reason is given').lower()}"
    )


_HINTS = {
    "symbolic-link": "put the file itself there",
    "unreadable-file": "give the right to read it, or put the file back",
}


def _problem(rule: str, shown: str, name: str, what: str) -> Diagnostic:
    printed = _printable(name)
    where = shown if name == "." else under(shown, printed)
    return Diagnostic(rule, Severity.ERROR, f"{printed!r} {what}", Location(where), hint=_HINTS[rule], subject=printed)


def _printable(name: str) -> str:
    """A file name with bytes that are not UTF-8 written as escapes, so that every report can be written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
