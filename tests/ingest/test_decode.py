"""Bytes to text, whatever they are encoded in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.decode import decoded


@pytest.mark.parametrize(
    ("content", "named", "text"),
    [
        ("caf\u00e9".encode(), None, "caf\u00e9"),
        ("caf\u00e9".encode("utf-8-sig"), None, "caf\u00e9"),
        ("caf\u00e9".encode("utf-16"), None, "caf\u00e9"),
        ("caf\u00e9 and more".encode("utf-16-le"), None, "caf\u00e9 and more"),
        ("caf\u00e9 and more".encode("utf-16-be"), None, "caf\u00e9 and more"),
        ("caf\u00e9".encode("utf-32"), None, "caf\u00e9"),
        ("\u017elu\u0165".encode("iso-8859-2"), "iso-8859-2", "\u017elu\u0165"),
        (b"it\x92s", "latin-1", "it\u2019s"),
        ("caf\u00e9".encode(), "no-such-encoding", "caf\u00e9"),
        ("caf\u00e9".encode(), "ascii", "caf\u00e9"),
        (b"", None, ""),
    ],
)
def test_the_encoding_is_found(content: bytes, named: str | None, text: str) -> None:
    found = decoded(content, named)
    assert found is not None
    assert (found.text, found.remarks) == (text, ())


def test_two_encodings_in_one_file_are_read_line_by_line() -> None:
    found = decoded("na\u00efve\n".encode() + b"it\x92s\n" + b"don\x92t\n")
    assert found is not None
    assert found.text == "na\u00efve\nit\u2019s\ndon\u2019t\n"
    assert found.remarks == ("the file mixes encodings: 2 lines are not in UTF-8 and read as Windows-1252",)


def test_one_other_encoding_is_said() -> None:
    found = decoded(b"it\x92s")
    assert found is not None
    assert found.remarks == ("the file is not in UTF-8 and was read as Windows-1252",)
    marked = decoded(b"\xef\xbb\xbfit\x92s \xc3\xa9\nna\xc3\xafve")
    assert marked is not None
    assert "1 line is not" in marked.remarks[0]


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\x00\x01", b"\xff\xfeabc", b"a\x00b\x00c\x00\xff\xdb"])
def test_what_is_no_text_is_none(content: bytes) -> None:
    assert decoded(content) is None


@given(st.text())
def test_utf_8_comes_back_as_it_is(text: str) -> None:
    """The order of trust is a byte order mark, the encoding that the file itself names, UTF-8."""
    found = decoded(b"\xef\xbb\xbf" + text.encode())
    assert found is not None
    assert found.text == text
