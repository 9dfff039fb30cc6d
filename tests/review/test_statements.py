"""Reading signed files: what is refused before anybody looks at a signature."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.records.layout import BaseFile
from kbtool.review.statements import read_decisions, read_governance, read_json, read_reports
from tests.review.planted import digest
from tests.review.scratch import DENIAL

REFUSED: Mapping[str, bytes] = {
    "not UTF-8": b'"\xff"',
    "not JSON": b"{",
    "a key twice": b'{"a": 1, "a": 1}',
    "a key twice further in": b'[{"a": {"b": 1, "b": 2}}]',
    "a float": b"[1.0]",
    "a large float": b"1e400",
    "no number": b"[NaN]",
    "infinity": b"-Infinity",
    "deep": b"[" * 9_000 + b"]" * 9_000,
    "many brackets": b"[" + b"[],".join([b""] * 11_000) + b"[]]",
    "nothing": b"",
    "a number of five thousand digits": b"9" * 5_000,
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_json_that_is_refused(raw: bytes) -> None:
    assert read_json(raw) is None


def test_json_that_is_read() -> None:
    assert read_json(b'{"a": [1, "b", null, true]}') == {"a": [1, "b", None, True]}


@given(st.binary(max_size=60))
def test_no_bytes_bring_the_reader_down(raw: bytes) -> None:
    """Hostile input is normal input."""
    name = f"{digest(raw)}.json"
    files = [f"decisions/{DENIAL}/{name}", f"governance/0001-{name}", f"reports/{DENIAL}/{name}"]
    base = {file: BaseFile(file, file, raw) for file in files}
    assert [problem.rule for problem in read_decisions(base)[1]] == ["malformed-decision"]
    assert [problem.rule for problem in read_governance(base)[1]] == ["malformed-decision"]
    assert [problem.rule for problem in read_reports(base)[1]] == ["malformed-report"]


def test_other_files_are_not_read() -> None:
    base = {"log/checkpoint": BaseFile("log/checkpoint", "log/checkpoint", b"x")}
    assert read_decisions(base) == ([], [])
    assert read_governance(base) == ([], [])
    assert read_reports(base) == ({}, [])
