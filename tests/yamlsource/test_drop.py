"""`without_item`: one item goes, with its lines, and nothing else."""

from __future__ import annotations

import pytest

from kbtool.diagnostics import Path
from kbtool.yamlsource.drop import without_item
from kbtool.yamlsource.splice import SpliceError

TWO = b"a: 1\nlist:\n  # of the first\n  - x: 1\n    y: 2\n  - {x: 3}\nb: 2\n"


@pytest.mark.parametrize(
    ("raw", "path", "left"),
    [
        (TWO, ("list", 0), b"a: 1\nlist:\n  # of the first\n  - {x: 3}\nb: 2\n"),
        (TWO, ("list", 1), b"a: 1\nlist:\n  # of the first\n  - x: 1\n    y: 2\nb: 2\n"),
        (b"list:\n  - x: 1\n    y: 2\nb: 2\n", ("list", 0), b"list: []\nb: 2\n"),
        (b"in:\n  list:\n    - one\n", ("in", "list", 0), b"in:\n  list: []\n"),
    ],
)
def test_an_item_goes_with_its_lines(raw: bytes, path: Path, left: bytes) -> None:
    assert without_item(raw, path) == left


@pytest.mark.parametrize(
    ("raw", "path", "message"),
    [
        (b"a: [\n", ("a", 0), "the file cannot be read: "),
        (TWO, ("list", 2), "no item of a list stands at 'list.2'"),
        (TWO, ("a",), "no item of a list stands at 'a'"),
        (b"list: [one, two]\n", ("list", 0), "the item shares a line with something else"),
        (b"list: # a remark\n  - one\n", ("list", 0), "the item shares a line with something else"),
    ],
)
def test_what_cannot_be_taken_out(raw: bytes, path: Path, message: str) -> None:
    with pytest.raises(SpliceError, match=f"^{message}"):
        without_item(raw, path)
