"""Canonical layout of a file: same data, every comment, nothing more to do the second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given

from kbtool.diagnostics import Path
from kbtool.yamlsource.comments import comments
from kbtool.yamlsource.format import FormatRefused, lost_comment, reformat
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.places import locate
from tests.yamlsource.samples import RECORD, anything


def order(path: Path) -> Sequence[str]:
    """An order that moves keys."""
    return ("id", "plain", "d", "z") if not path else ("start", "b")


LAYOUTS: tuple[tuple[str, str], ...] = (
    ("a: b\n\nz: c\n", "z: c\na: b\n"),
    ("a:   b\n", "a: b\n"),
    ("# top\n\n\na: b\nz: c\n", "# top\n\nz: c\na: b\n"),
    ("\n\na: b\n\n\nc: d\n\n", "a: b\n\nc: d\n"),
    ("a: 'b'  # why\n", "# why\na: b\n"),
    ("a: b\n# of c\nc: d\n", "a: b\n# of c\nc: d\n"),
    ("a: b\n# end\n\n\n# last\n", "a: b\n# end\n\n# last\n"),
    ("a: b\n# of z\nz: d\n", "# of z\nz: d\na: b\n"),
    ("a: {c: e, b: d} # f\n", "# f\na: {b: d, c: e}\n"),
    ("a: {c: 'e', # of c\n  # of b\n  b: d}\n", "a:\n  # of b\n  b: d\n  # of c\n  c: e\n"),
    ("a: ['b', # of b\n  c]\n", "a:\n  # of b\n  - b\n  - c\n"),
    ("a:\n  - # of item\n    c: d\n", "a:\n  # of item\n  - {c: d}\n"),
    ("a:\n  - c: d\n    # of b\n    b: e\n", "a:\n  # of b\n  - b: e\n    c: d\n"),
    ("a:\n  - c: d\n\n  - e\n\n    \n  - f\n", "a:\n  - {c: d}\n\n  - e\n\n  - f\n"),
    ("a: |  # why\n  b\nc: d\n", '# why\na: "b\\n"\nc: d\n'),
    ("a: |\n  b\n\n# of c\nc: d\n", 'a: "b\\n"\n\n# of c\nc: d\n'),
    ("--- # top\na: b\n... # end\n", "# top\n# end\na: b\n"),
)


@pytest.mark.parametrize(("text", "wanted"), LAYOUTS)
def test_comments_stay_with_what_they_speak_of(text: str, wanted: str) -> None:
    new = reformat(text.encode(), order)
    assert isinstance(new, bytes)
    assert new.decode() == wanted


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (b"a: b\nc: ~\n", FormatRefused("the plain '~' means no value to other readers", 2, 4)),
        (b"? " + b"k" * 1_100 + b"\n: b\n", FormatRefused(f"the key '{'k' * 57}...' has more than 100 characters")),
        (b"\xff", FormatRefused("byte 0xff is not UTF-8", 1, 1)),
    ],
)
def test_refuses_what_does_not_parse(raw: bytes, refused: FormatRefused) -> None:
    assert reformat(raw, order) == refused


def test_a_layout_that_loses_a_comment_is_refused() -> None:
    """The proof behind every new layout."""
    assert lost_comment(b"# a\nb: c\n# a\n", b"b: c\n# a\n") == FormatRefused("the comment '# a' cannot be placed", 3)
    assert lost_comment(b"# a\nb: c\n", b"b: c\n# a\n") is None


def _comments(raw: bytes) -> Counter[str]:
    places = locate(raw)
    return Counter(comment.text for comment in comments(places.text, places.spans))


@given(raw=anything)
def test_data_and_comments_stay_and_a_second_time_changes_nothing(raw: bytes) -> None:
    """Proves "Idempotent; data equal", and every comment is kept."""
    new = reformat(raw, order)
    if isinstance(new, FormatRefused):
        assert parse(raw).data is None
        return
    assert parse(new).data == parse(raw).data
    assert _comments(new) == _comments(raw)
    assert reformat(new, order) == new


def test_the_sample_record_keeps_its_comments() -> None:
    new = reformat(RECORD.encode(), order)
    assert isinstance(new, bytes)
    assert _comments(new) == _comments(RECORD.encode())
    assert reformat(new, order) == new
