"""Manifests."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.release.artifact import Artifact
from kbtool.release.manifest import NotAManifest, entry_of, manifest_of, read_manifest
from kbtool.release.parts import PreviousRelease
from tests.export.small import AS_OF, small_release

FILES = (Artifact("b.json", b"{}"), Artifact("a/x.csv", b""), Artifact("c.bin", b"\0"))
RELEASE = small_release()
GOOD = json.loads(manifest_of(RELEASE, map(entry_of, FILES)).content)


def test_files_are_sorted_and_digested() -> None:
    assert [(file["path"], file["media_type"]) for file in GOOD["files"]] == [
        ("a/x.csv", "text/csv"),
        ("b.json", "application/json"),
        ("c.bin", "application/octet-stream"),
    ]
    assert GOOD["files"][1] | {"media_type": ""} == {
        "path": "b.json",
        "bytes": 2,
        "sha256": sha256(b"{}").hexdigest(),
        "media_type": "",
    }


def test_a_later_release_reads_what_it_needs() -> None:
    ids = frozenset(GOOD["claims"] + GOOD["held"] + GOOD["withdrawn"])
    assert read_manifest(manifest_of(RELEASE, map(entry_of, FILES)).content) == PreviousRelease(
        RELEASE.id, ids, {file.path: sha256(file.content).hexdigest() for file in FILES}, AS_OF, date(2028, 1, 9)
    )
    assert len(ids) == 16


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "it is not JSON"),
        (b"\xff", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "its format is not 'kbtool/manifest/1'"),
        (b"{}", "its format is not 'kbtool/manifest/1'"),
        (json.dumps({**GOOD, "release": 1}).encode(), "it lacks its release or its files"),
        (json.dumps({**GOOD, "files": {}}).encode(), "it lacks its release or its files"),
        (json.dumps({**GOOD, "held": "x"}).encode(), "an id, a path or a digest in it is not text"),
        (json.dumps({**GOOD, "claims": [{}]}).encode(), "an id, a path or a digest in it is not text"),
        (json.dumps({**GOOD, "as_of": "some day"}).encode(), "a date in it is none"),
        (json.dumps({**GOOD, "valid_until": 7}).encode(), "a date in it is none"),
        (json.dumps({**GOOD, "files": ["a"]}).encode(), "an id, a path or a digest in it is not text"),
    ],
)
def test_anything_else_is_named(raw: bytes, reason: str) -> None:
    assert read_manifest(raw) == NotAManifest(reason)


@given(st.binary())
def test_any_bytes_give_an_answer(raw: bytes) -> None:
    assert isinstance(read_manifest(raw), NotAManifest)
