"""Which file names mean what."""

from __future__ import annotations

import pytest

from kbtool.records.layout import RESERVED, FileKind, id_of, kind_of, text_name

DIGEST = "0" * 64

TABLE = [
    ("kb.yaml", FileKind.CONFIG),
    ("reviewers.yaml", FileKind.REVIEWERS),
    ("sources/a-note.yaml", FileKind.SOURCE),
    (f"sources/a-note/{DIGEST}.txt", FileKind.TEXT),
    ("evidence/a-trial.yaml", FileKind.EVIDENCE),
    ("a-note/a-claim.yaml", FileKind.CLAIM),
    ("a/1.yaml", FileKind.CLAIM),
    ("README.md", FileKind.PROSE),
    ("a-note/README", FileKind.PROSE),
    ("LICENSE", FileKind.PROSE),
    ("kb.yml", FileKind.STRAY),
    ("KB.yaml", FileKind.STRAY),
    ("a-claim.yaml", FileKind.STRAY),
    ("a-note/a-claim.yml", FileKind.STRAY),
    ("a-note/a-claim.yaml~", FileKind.STRAY),
    ("a-note/A-claim.yaml", FileKind.STRAY),
    ("a-note/a_claim.yaml", FileKind.STRAY),
    ("a-note/a--claim.yaml", FileKind.STRAY),
    ("a-note/-claim.yaml", FileKind.STRAY),
    ("a-note/claim-.yaml", FileKind.STRAY),
    ("a-note/a claim.yaml", FileKind.STRAY),
    ("a-note/claim.yaml\n", FileKind.STRAY),
    ("a-note/deeper/claim.yaml", FileKind.STRAY),
    ("../claim.yaml", FileKind.STRAY),
    ("a-note/../../claim.yaml", FileKind.STRAY),
    ("a-note/cl\u0430im.yaml", FileKind.STRAY),
    ("sources/a-note/deeper/x.txt", FileKind.STRAY),
    (f"sources/a-note/{DIGEST[1:]}.txt", FileKind.STRAY),
    ("evidence/deeper/a-trial.yaml", FileKind.STRAY),
    ("a-note/notes.txt", FileKind.STRAY),
]


@pytest.mark.parametrize(("name", "kind"), TABLE)
def test_a_name_means_one_kind_of_file(name: str, kind: FileKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize("folder", sorted(RESERVED))
def test_no_document_takes_a_reserved_name(folder: str) -> None:
    assert kind_of(f"{folder}/a-claim.yaml") is not FileKind.CLAIM


def test_an_id_is_the_name_without_its_ending() -> None:
    assert id_of("a-note/a-claim.yaml") == "a-note/a-claim"
    assert id_of("evidence/a-trial.yaml") == "a-trial"
    assert id_of("sources/a-note.yaml") == "a-note"
    assert id_of("kb.yaml") == "kb"
    assert text_name("a-note", DIGEST) == f"sources/a-note/{DIGEST}.txt"
