"""The archive: a ZIP that has one form only, so that the same files are the same bytes everywhere.

Entries are stored, sorted and have one fixed time and mode. Reading is in place and refuses whatever `write_archive`
would not have written: first with a sentence for each known trick, at the end by writing the archive again.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from kbtool.audit.layout import TOP

MOST_BYTES = 1024 * 1024 * 1024
"""Bytes of an archive; nothing larger is read."""

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = (stat.S_IFREG | 0o644) << 16
_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,255}(/[A-Za-z0-9._-]{1,255})*")
_DRIVE = re.compile(r"[A-Za-z]:")
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
    struct.error,
    OverflowError,
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class ArchiveProblem:
    """Why an archive is not read: one sentence and what to do next."""

    message: str
    hint: str = "ask for the bundle again, and take the file as 'kbtool audit bundle' wrote it"


def is_plain(name: str) -> bool:
    """Whether a name inside the bag is one that every system can hold: no odd character, no way out of its folder."""
    return bool(_PLAIN.fullmatch(name)) and not {".", ".."} & set(name.split("/"))


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """The archive of the files of a bag, by plain name (see `is_plain`)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(_entry(f"{TOP}{name}"), files[name])
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    entry.compress_type = zipfile.ZIP_STORED
    return entry


def read_archive(raw: bytes) -> dict[str, bytes] | ArchiveProblem:
    """The files of the bag by name, or the first reason not to read the archive; nothing is unpacked or raised."""
    if len(raw) > MOST_BYTES:
        return ArchiveProblem(f"the archive has {len(raw):,} bytes, more than {MOST_BYTES:,}")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if problem := next(_problems(archive.infolist(), len(raw)), None):
                return problem
            files = {entry.filename.removeprefix(TOP): archive.read(entry) for entry in archive.infolist()}
    except _UNREADABLE as error:
        return ArchiveProblem(f"the file is no ZIP archive that can be read: {str(error)[:200] or 'it is damaged'}")
    if write_archive(files) != raw:
        return ArchiveProblem("the archive holds bytes beside its files, or is packed in another way than a bundle is")
    return files


def _problems(entries: list[zipfile.ZipInfo], size: int) -> Iterator[ArchiveProblem]:
    seen: dict[str, str] = {}
    for entry in entries:
        if fault := _name_fault(entry.orig_filename) or _kind_fault(entry):
            yield ArchiveProblem(f"the entry '{_shown(entry.orig_filename)}' {fault}")
        key = unicodedata.normalize("NFC", entry.orig_filename).casefold()
        if key in seen:
            what = (
                "stands twice"
                if seen[key] == entry.orig_filename
                else f"and '{seen[key]}' are one name to some systems"
            )
            yield ArchiveProblem(f"the entry '{_shown(entry.orig_filename)}' {what}")
        seen[key] = entry.orig_filename
    if sum(entry.file_size for entry in entries) > size:
        yield ArchiveProblem("the entries claim more bytes than the archive has: they overlap or lie")
    for entry in entries:
        if not is_plain(entry.orig_filename):
            yield ArchiveProblem(f"the entry '{_shown(entry.orig_filename)}' has an odd character in its name")
        if not entry.orig_filename.startswith(TOP):
            yield ArchiveProblem(f"the entry '{_shown(entry.orig_filename)}' lies outside the folder '{TOP}'")


def _name_fault(name: str) -> str:
    if any(ord(character) < 0x20 or ord(character) == 0x7F for character in name):
        return "has a control character in its name"
    if "\\" in name:
        return "has a backslash in its name"
    if name.startswith("/") or _DRIVE.match(name):
        return "has an absolute name"
    if ".." in name.split("/"):
        return "leads out of its folder"
    return ""


def _kind_fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link"
    if entry.orig_filename.endswith("/") or kind not in {0, stat.S_IFREG}:
        return "is no regular file"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
        return "is compressed, so that it could swell to any size; a bundle stores its files as they are"
    return ""


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in name[:200])
