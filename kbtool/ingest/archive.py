"""The members of a ZIP file (DOCX, ODT, EPUB), read within limits and parsed as XML without entities."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from kbtool.ingest.document import Refusal

MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes of all members that are read, unpacked."""
MOST_MEMBERS = 20_000
"""Members of an archive that is looked at."""
_MOST_RATIO = 200
"""How many times its packed size a member of more than `_FREE` bytes may unpack to; prose packs to a tenth at best."""
_FREE = 8 * 1024 * 1024
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,  # a place before the beginning of the file
)
"""What the library raises where a member is not as the directory says."""

BOMB = Refusal("the archive unpacks to far more than a document holds", "check where it comes from")
DAMAGED = Refusal("the archive is damaged", "open it in the program that made it, and save it anew")
LOCKED = Refusal("the archive is encrypted", "save it without a password")


class Unreadable(Exception):  # noqa: N818 - it says what the archive is, as messages do
    """An archive that no document can be read from; holds the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal."""
        super().__init__(refusal.reason)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose members may be read; its directory kept the limits."""

    file: zipfile.ZipFile
    names: frozenset[str]

    def content(self, name: str) -> bytes:
        """A member's bytes, no more than its directory says; raises Unreadable where it is missing or damaged."""
        if name not in self.names:
            raise Unreadable(DAMAGED)
        info = self.file.getinfo(name)
        try:
            with self.file.open(info) as member:
                return member.read()
        except _DAMAGE as error:
            raise Unreadable(DAMAGED) from error

    def xml(self, name: str) -> ET.Element:
        """The root of a member that is XML; raises Unreadable where it is none, or declares a document type."""
        return xml_of(self.content(name))

    def xml_or_none(self, name: str) -> ET.Element | None:
        """The root of a member, or None where there is no such member."""
        return self.xml(name) if name in self.names else None


def opened(content: bytes) -> Archive:
    """The archive of a ZIP file's bytes; raises Unreadable where it is damaged, encrypted or a bomb."""
    try:
        file = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(DAMAGED) from error
    infos = file.infolist()
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise Unreadable(LOCKED)
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_UNPACKED or any(map(_is_bomb, infos)):
        raise Unreadable(BOMB)
    return Archive(file, frozenset(info.filename for info in infos))


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _FREE and info.file_size > _MOST_RATIO * max(1, info.compress_size)


def xml_of(content: bytes) -> ET.Element:
    """The root of an XML text. One that declares a document type may define entities that grow, and is refused."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or "<!ENTITY".encode("utf-16-le") in content:
        raise Unreadable(DAMAGED)
    try:
        return ET.fromstring(content)  # noqa: S314 - no document type, so no entities
    except (ET.ParseError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
