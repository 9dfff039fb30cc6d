from __future__ import annotations

import io
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.audit import archive
from kbtool.audit.archive import ArchiveProblem, is_plain, read_archive, write_archive
from tests.audit.made import signed, unsigned

GOOD = {"bagit.txt": b"one", "data/a/b.txt": b"two", "data/c": b""}


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, mode << 16
    return info


def made(*entries: tuple[zipfile.ZipInfo | str, bytes], kind: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as written:
        for info, raw in entries:
            written.writestr(info if isinstance(info, zipfile.ZipInfo) else entry(info), raw, compress_type=kind)
    return out.getvalue()


def named(name: str, other: str | None = None) -> bytes:
    """An archive with an odd name: names of the same length are put in afterwards, so that nothing mends them."""
    stand_in = "audit-bundle/" + "q" * (len(name) - 13) if len(name) > 13 else "q" * len(name)
    raw = made((stand_in, b"x"), *([(other, b"y")] if other else []))
    return raw.replace(stand_in.encode(), name.encode())


def encrypted() -> bytes:
    raw = bytearray(made(("audit-bundle/a", b"x")))
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.index(signature) + at] |= 1
    return bytes(raw)


def overlapping() -> bytes:
    """Two entries of the central directory that point to the same bytes."""
    one, two = "audit-bundle/a", "audit-bundle/b"
    raw = made((one, b"x" * 5000), (two, b""))
    at = raw.rindex(b"PK\1\2")
    directory = raw.index(b"PK\1\2")
    first = bytearray(raw[directory:at])
    first[46 : 46 + len(two)] = two.encode()
    return raw[:at] + bytes(first) + raw[raw.index(b"PK\5\6") :]


HOSTILE: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("no archive", lambda: b"not a zip", "no ZIP archive"),
    ("nothing", lambda: b"", "no ZIP archive"),
    ("cut short", lambda: signed()[:-30], "no ZIP archive"),
    ("out of the folder", lambda: named("audit-bundle/../../etc/x"), "leads out of its folder"),
    ("absolute", lambda: named("/etc/passwd/long"), "has an absolute name"),
    ("drive letter", lambda: named("C:/windows/longer"), "has an absolute name"),
    ("backslash", lambda: named("audit-bundle\\a"), "has a backslash"),
    ("zero byte", lambda: named("audit-bundle/a\0b"), "has a control character"),
    ("line feed", lambda: named("audit-bundle/a\nb"), "has a control character"),
    ("odd character", lambda: made(("audit-bundle/a b", b"")), "odd character"),
    ("dot", lambda: made(("audit-bundle/./a", b"")), "odd character"),
    ("empty part", lambda: made(("audit-bundle//a", b"")), "odd character"),
    ("outside", lambda: made(("elsewhere/a", b"")), "lies outside"),
    ("link", lambda: made((entry("audit-bundle/a", stat.S_IFLNK | 0o777), b"/etc/passwd")), "is a link"),
    ("device", lambda: made((entry("audit-bundle/a", stat.S_IFCHR | 0o644), b"")), "is no regular file"),
    ("folder", lambda: made((entry("audit-bundle/a/"), b"")), "is no regular file"),
    ("same twice", lambda: named("audit-bundle/a", "audit-bundle/a"), "stands twice"),
    ("case", lambda: made(("audit-bundle/a", b""), ("audit-bundle/A", b"")), "are one name to some systems"),
    ("accents", lambda: made(("audit-bundle/\u00e9", b""), ("audit-bundle/e\u0301", b"")), "are one name"),
    ("swelling", lambda: made(("audit-bundle/a", bytes(10**7)), kind=zipfile.ZIP_DEFLATED), "is compressed"),
    ("other packing", lambda: made(("audit-bundle/a", b"x" * 99), kind=zipfile.ZIP_LZMA), "is compressed"),
    ("encrypted", encrypted, "is encrypted"),
    ("overlapping", overlapping, "claim more bytes"),
    ("other order", lambda: made(("audit-bundle/b", b""), ("audit-bundle/a", b"")), "packed in another way"),
    ("bytes in front", lambda: b"#!/bin/sh\n" + unsigned(), "beside its files"),
    ("bytes behind", lambda: unsigned() + b"more", "beside its files"),
    ("other mode", lambda: made((entry("audit-bundle/a", stat.S_IFREG | 0o777), b"")), "packed in another way"),
)


@pytest.mark.parametrize(("make", "message"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_bad_archive_is_not_read(make: Callable[[], bytes], message: str) -> None:
    outcome = read_archive(make())
    assert isinstance(outcome, ArchiveProblem)
    assert message in outcome.message
    assert outcome.message.isprintable()


def test_a_huge_archive_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    outcome = read_archive(unsigned())
    assert isinstance(outcome, ArchiveProblem)
    assert "more than 10" in outcome.message


def test_an_archive_inside_is_not_opened() -> None:
    files = {**GOOD, "data/inner.zip": made(("audit-bundle/a", bytes(10**6)), kind=zipfile.ZIP_DEFLATED)}
    assert read_archive(write_archive(files)) == files


def test_files_come_back_as_they_were() -> None:
    assert read_archive(write_archive(GOOD)) == GOOD


def test_an_archive_is_the_same_bytes_in_whatever_order_its_files_come() -> None:
    assert write_archive(dict(reversed(GOOD.items()))) == write_archive(GOOD)


def test_entries_are_stored_with_one_time_and_mode() -> None:
    with zipfile.ZipFile(io.BytesIO(signed())) as opened:
        assert opened.testzip() is None
        seen = {(e.compress_type, e.date_time, e.external_attr, e.create_system) for e in opened.infolist()}
    assert seen == {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), (stat.S_IFREG | 0o644) << 16, 3)}


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_unzip_finds_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(signed())
    subprocess.run(["unzip", "-tq", tmp_path / "b.zip"], check=True, stdout=subprocess.DEVNULL)


@given(
    at=st.integers(min_value=0, max_value=len(write_archive(GOOD)) - 1), flip=st.integers(min_value=1, max_value=255)
)
def test_any_byte_of_the_archive_changed_is_seen(at: int, flip: int) -> None:
    """Proves "refuses whatever `write_archive` would not have written"."""
    raw = bytearray(write_archive(GOOD))
    raw[at] ^= flip
    outcome = read_archive(bytes(raw))
    assert isinstance(outcome, ArchiveProblem) or outcome != GOOD


@given(raw=st.binary(max_size=200))
def test_no_bytes_make_reading_raise(raw: bytes) -> None:
    """Proves "nothing is unpacked or raised"."""
    assert isinstance(read_archive(b"PK\3\4" + raw), ArchiveProblem)


@pytest.mark.parametrize("name", ["", "/a", "a/", "a//b", "a/../b", ".", "a b", "a\\b", "é", "a" * 256])
def test_names_that_are_not_plain(name: str) -> None:
    assert not is_plain(name)
