"""All files of a base to one index; one bad file never hides another."""

from __future__ import annotations

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
