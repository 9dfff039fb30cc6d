"""All files of a base to one index; one bad file never hides another."""

from __future__ import annotations

import pytest

from kbtool.records.assemble import Files, assemble, assembled, read_file, read_files
from kbtool.records.layout import BaseFile, FileKind
from tests.rules.bases import loaded, tiny_base

BROKEN = "plumberry-tea/may-not-relieve.yaml"


def test_records_stand_by_id_and_texts_by_document() -> None:
    base = loaded(tiny_base()).base
    assert base is not None
    assert sorted(base.claims) == [
        "plumberry-tea/may-not-relieve",
        "plumberry-tea/restated-at-the-end",
        "plumberry-tea/trial-of-two-doses",
    ]
    assert sorted(base.evidence) == ["made-up-review", "made-up-trial"]
    assert list(base.sources) == list(base.texts) == ["plumberry-tea"]
    assert base.texts["plumberry-tea"].startswith("Plumberry tea may not")
    assert base.reviewers.model.reviewers == ()


def test_a_broken_record_is_absent_and_all_others_are_there() -> None:
    """One bad record never hides another."""
    read = loaded(tiny_base() | {BROKEN: b"id: [\n", "kb.yml": b"", "evidence/made-up-review.yaml": b"\xff"})
    assert read.base is not None
    assert len(read.base.claims) == 2
    assert {d.location.file for d in read.diagnostics} == {BROKEN, "kb.yml", "evidence/made-up-review.yaml"}
    assert (("plumberry-tea/may-not-relieve", BROKEN)) in read.subjects


def test_files_records_and_checks_are_counted() -> None:
    read = loaded(tiny_base() | {"README.md": b"words\n"})
    assert (read.files, read.records, read.checks) == (12, 10, 10 * 3 + 1)
    assert len(read.subjects) == 8


def test_without_a_reviewers_file_nobody_may_review() -> None:
    files = {name: raw for name, raw in tiny_base().items() if name != "reviewers.yaml"}
    base = loaded(files).base
    assert base is not None
    assert base.reviewers.model.reviewers == ()


def test_without_vocabulary_and_policy_there_is_no_base() -> None:
    read = assemble(Files((BaseFile("kb.yaml", "kb.yaml", tiny_base()["kb.yaml"]),), None, None))
    assert (read.base, read.diagnostics, read.records) == (None, (), 1)


@pytest.mark.parametrize("version", [b"one", b"[]", b"'1234567890123'"])
def test_a_version_that_is_no_number_is_left_to_the_schema(version: bytes) -> None:
    config = tiny_base()["kb.yaml"].replace(b"version: 1", b"version: " + version)
    assert config != tiny_base()["kb.yaml"]
    read = assemble(Files((BaseFile("kb.yaml", "kb.yaml", config),), None, None))
    assert {d.rule for d in read.diagnostics} <= {"schema-value", "schema-type"}
    assert read.base is None
    assert read.diagnostics


def test_one_file_is_read_without_the_others() -> None:
    """A function of the file's name, printed name and bytes and of nothing else."""
    raw = tiny_base()[BROKEN]
    read = read_file(BaseFile(BROKEN, "shown.yaml", raw))
    assert read is not None
    assert read.record is not None
    assert (read.kind, read.id, read.record.file) == (FileKind.CLAIM, BROKEN.removesuffix(".yaml"), "shown.yaml")
    assert read_file(BaseFile(BROKEN, "shown.yaml", raw)) == read
    stray = read_file(BaseFile("kb.yml", "kb.yml", raw))
    assert stray is not None
    assert [d.rule for d in stray.diagnostics] == ["stray-file"]
    for name in ("README.md", "log/checkpoint", f"sources/a/{'0' * 64}.txt"):
        assert read_file(BaseFile(name, name, raw)) is None


def test_what_was_read_elsewhere_makes_the_same_base() -> None:
    files = Files(tuple(BaseFile(name, name, raw) for name, raw in tiny_base().items()), None, None)
    assert assembled(files, read_files(reversed(files.base))) == assemble(files)
