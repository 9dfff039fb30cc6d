"""Cases that no file with an expectation in it can hold: bytes, hostile sizes, edits of the project's vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import pytest

from tests.rules.bases import POLICY, VOCABULARY, Base, diagnose, edited, seen, tiny_base

CLAIM = "plumberry-tea/may-not-relieve.yaml"
EXTRA = "plumberry-tea/extra.yaml"
SOURCE = "sources/plumberry-tea.yaml"

Made = Callable[[], Base]


def _extra(raw: bytes) -> Made:
    return lambda: tiny_base() | {EXTRA: raw}


def _claim(change: Callable[[bytes], bytes]) -> Made:
    """The tiny base with its first claim as a record of its own again, changed as a whole."""
    return lambda: tiny_base() | {EXTRA: change(tiny_base()[CLAIM])}


def _vocabulary(old: str, new: str) -> Made:
    return lambda: edited(tiny_base(), VOCABULARY, old, new)


def _text_not_utf8() -> Base:
    raw = "Tee für zwei\n".encode("latin-1")
    base = tiny_base()
    old = hashlib.sha256(base[next(name for name in base if name.endswith(".txt"))]).hexdigest()
    digest = hashlib.sha256(raw).hexdigest()
    record = base[SOURCE].replace(old.encode(), digest.encode())
    return base | {SOURCE: record, f"sources/plumberry-tea/{digest}.txt": raw}


MADE: Mapping[str, tuple[Made, frozenset[tuple[str, int, str]]]] = {
    "empty file": (_extra(b""), frozenset({(EXTRA, 1, "yaml-empty-document")})),
    "byte order mark": (_claim(lambda raw: b"\xef\xbb\xbf" + raw), frozenset({(EXTRA, 1, "yaml-byte-order-mark")})),
    "CRLF": (_claim(lambda raw: raw.replace(b"\n", b"\r\n")), frozenset({(EXTRA, 1, "yaml-carriage-return")})),
    "no final newline": (_claim(lambda raw: raw[:-1]), frozenset({(EXTRA, 45, "yaml-no-final-newline")})),
    "not UTF-8": (_extra(b"id: caf\xe9\n"), frozenset({(EXTRA, 1, "yaml-not-utf8")})),
    "NUL": (_extra(b"id: x\x00y\n"), frozenset({(EXTRA, 1, "yaml-control-character")})),
    "100,000 brackets": (_extra(b"id: " + b"[" * 100_000 + b"\n"), frozenset({(EXTRA, 1, "yaml-too-large")})),
    "60,000 brackets": (
        _extra(b"id: " + b"[" * 60_000 + b"\n"),
        frozenset({(EXTRA, 1, "yaml-line-too-long"), (EXTRA, 1, "yaml-too-deep")}),
    ),
    "30,000 brackets on lines": (_extra(b"id:\n" + b" [\n" * 20_000), frozenset({(EXTRA, 33, "yaml-too-deep")})),
    "5,000-digit number": (
        _extra(b"number: " + b"9" * 5_000 + b"\n"),
        frozenset({(EXTRA, 1, "yaml-line-too-long")}),
    ),
    "too large": (_extra(b"# a comment of some length\n" * 3_000), frozenset({(EXTRA, 1, "yaml-too-large")})),
    "source text not UTF-8": (
        _text_not_utf8,
        frozenset({(SOURCE, 18, "source-text-not-utf8")}),
    ),
    "claim type without a label": (
        _vocabulary('  usage: {label: "Use"', '  uses: {label: "Use"'),
        frozenset({(VOCABULARY, 0, "claim-types-at-odds"), (POLICY, 0, "unknown-term")}),
    ),
    "connective that denies": (
        _vocabulary("  - moreover\n", "  - and not\n"),
        frozenset({(VOCABULARY, 0, "vocabulary-at-odds")}),
    ),
    "hedge in two groups": (
        _vocabulary("[sometimes, occasionally, rarely]", "[sometimes, may]"),
        frozenset({(VOCABULARY, 0, "vocabulary-at-odds")}),
    ),
    "stance of a rating that is none": (
        _vocabulary("needs: [contradicts]", "needs: [contradict]"),
        frozenset({(VOCABULARY, 0, "unknown-term")}),
    ),
}
"""Name, how the base is made, and file, line and rule of all that must be found; line 0 for any line."""

ON_DISK = frozenset({"symbolic-link", "unreadable-file"})
"""Rules whose cases need a disk; they stand with the tests of reading."""

MADE_RULES = ON_DISK | {rule for _, expected in MADE.values() for _, _, rule in expected}


@pytest.mark.parametrize(("make", "expected"), MADE.values(), ids=MADE)
def test_a_made_case_gives_exactly_what_is_expected(make: Made, expected: frozenset[tuple[str, int, str]]) -> None:
    anywhere = {(file, rule) for file, line, rule in expected if line == 0}
    found = frozenset(
        (file, 0 if (file, rule) in anywhere else line, rule) for file, line, rule in seen(diagnose(make()))
    )
    assert found == expected
