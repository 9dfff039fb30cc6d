"""One file to one record."""

from __future__ import annotations

import pytest

from kbtool.diagnostics import Location, Severity
from kbtool.model.evidence import Evidence
from kbtool.records.layout import BaseFile
from kbtool.records.read import CLAIM_SHAPE, RECORD_LIMIT, place_of, read_record, shape_of
from tests.rules.bases import tiny_base

NAME = "plumberry-tea/may-not-relieve.yaml"


def file_of(raw: bytes) -> BaseFile:
    return BaseFile(NAME, f"kb/{NAME}", raw)


def test_a_good_file_is_a_record_with_its_bytes() -> None:
    raw = tiny_base()[NAME]
    record, diagnostics = read_record(file_of(raw), CLAIM_SHAPE, "x")
    assert diagnostics == ()
    assert record is not None
    assert (record.file, record.raw, record.model.id) == (f"kb/{NAME}", raw, "plumberry-tea/may-not-relieve")
    assert place_of(record, ("verdict", "rating")) == Location(f"kb/{NAME}", 31, 11)
    assert place_of(record, ("verdict", "no-such-key")) == Location(f"kb/{NAME}", 30, 1)


def test_a_file_that_the_parser_refuses_has_no_schema_diagnostics() -> None:
    record, diagnostics = read_record(file_of(b"id: null\nstatement: x\n"), CLAIM_SHAPE, "x")
    assert record is None
    assert [(d.rule, d.severity, d.location, d.subject) for d in diagnostics] == [
        ("yaml-null", Severity.ERROR, Location(f"kb/{NAME}", 1, 5), "x")
    ]


@pytest.mark.parametrize("name", ["kb.yaml", "vocabulary.yaml", "policy.yaml"])
def test_nobody_is_told_to_delete_a_file_that_no_base_can_do_without(name: str) -> None:
    shape = shape_of(Evidence)
    _, (only,) = read_record(BaseFile(name, f"kb/{name}", b""), shape, "x")
    assert only.rule == "yaml-empty-document"
    assert only.hint.startswith(f"no base is read without {name}: put its text back")
    _, (other,) = read_record(file_of(b"# nothing\n"), shape, "x")
    assert other.hint == "write the record, or delete the file"


def test_an_odd_character_hides_no_schema_problem_and_stops_no_good_record() -> None:
    raw = tiny_base()[NAME].replace(b"method: Made up", "method: Made\u200b up".encode())
    record, diagnostics = read_record(file_of(raw), CLAIM_SHAPE, "x")
    assert record is not None
    assert [d.rule for d in diagnostics] == ["invisible-character"]
    record, diagnostics = read_record(file_of(raw.replace(b"polarity: denied", b"polarity: no")), CLAIM_SHAPE, "x")
    assert record is None
    assert {d.rule for d in diagnostics} == {"invisible-character", "unknown-term"}


def test_each_kind_of_file_has_its_limit() -> None:
    raw = b"# a comment\n" * (RECORD_LIMIT // 12 + 1)
    assert [d.rule for d in read_record(file_of(raw), shape_of(Evidence), "x")[1]] == ["yaml-too-large"]
    assert [d.rule for d in read_record(file_of(raw), shape_of(Evidence, 10**6), "x")[1]] == ["yaml-empty-document"]
