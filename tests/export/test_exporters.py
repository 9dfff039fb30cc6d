"""What holds for every exporter in the table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.export import EXPORTERS, Artifact, CaveatLost, Exporter, run_exporters
from kbtool.release.gate import GATES
from kbtool.release.manifest import manifest_of
from kbtool.release.release import Release, make_release
from tests.export.small import AS_OF, base_of, claim_of, small_release
from tests.export.tables import read_csv
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "golden"
REPOSITORY = Path(__file__).parents[2]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)

Claims = dict[str, tuple[list[str], str]]
"""Caveat texts and review notice by claim id, as a reader of the files finds them."""


def _from_json(files: dict[str, bytes]) -> Claims:
    return _of_claims(json.loads(files["claims.json"])["claims"])


def _from_ndjson(files: dict[str, bytes]) -> Claims:
    return _of_claims([json.loads(line) for line in files["claims.ndjson"].splitlines()])


def _of_claims(claims: list[dict[str, Any]]) -> Claims:
    return {each["id"]: ([item["text"] for item in each["caveats"]], each["review"]["notice"]) for each in claims}


def _from_csv(files: dict[str, bytes]) -> Claims:
    claims: Claims = {row["id"]: ([], row["review_notice"]) for row in read_csv(files["claims.csv"])}
    for row in read_csv(files["caveats.csv"]):
        claims[row["claim"]][0].append(row["text"])
    return claims


READERS: dict[str, Callable[[dict[str, bytes]], Claims]] = {
    "json": _from_json,
    "ndjson": _from_ndjson,
    "csv": _from_csv,
}


def files_of(exporter: Exporter, release: Release) -> dict[str, bytes]:
    """The files of one exporter, by path."""
    exported = run_exporters([exporter], release)
    assert exported.refusals == ()
    return {artifact.path: artifact.content for artifact in exported.artifacts}


def test_every_exporter_is_read_back_here() -> None:
    assert set(READERS) == set(EXPORTERS)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_exporter_says_what_it_is(name: str) -> None:
    exporter = EXPORTERS[name]
    assert exporter.name == name
    assert exporter.purpose
    assert tuple(files_of(exporter, small_release())) == exporter.files
    assert not any("caveat" in item for item in exporter.cannot_carry)


@pytest.mark.parametrize("name", EXPORTERS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts=st.lists(st.lists(TEXT, max_size=3), max_size=3))
def test_every_caveat_of_every_released_claim_stands_in_the_artifact(name: str, texts: list[list[str]]) -> None:
    """Caveats travel: an exporter that cannot carry a caveat refuses; it never drops one."""
    claims = [
        claim_of("usage", "x", id=f"open-text/c{n}", caveats=[{"kind": "limited-evidence", "text": t} for t in part])
        for n, part in enumerate(texts)
    ]
    found = READERS[name](files_of(EXPORTERS[name], make_release(base_of(claims), GATES["any"], AS_OF)))
    assert found == {f"open-text/c{n}": (part, "not reviewed by a qualified person") for n, part in enumerate(texts)}


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("gate", GATES)
def test_what_is_held_or_withdrawn_is_named(name: str, gate: str) -> None:
    """A withdrawn claim leaves a tombstone in every export; a claim held back is listed as held, with the reason."""
    release = small_release(gate)
    text = b"".join(files_of(EXPORTERS[name], release).values()).decode()
    gone = [(held.id, held.reason) for held in release.held]
    gone += [(tombstone.id, tombstone.reason) for tombstone in release.tombstones]
    assert gone
    assert all(identifier in text and reason in text for identifier, reason in gone)
    assert release.id in text


@pytest.mark.parametrize("name", EXPORTERS)
def test_golden_files(name: str) -> None:
    for path, content in files_of(EXPORTERS[name], small_release()).items():
        check_golden(GOLDEN / name / path, content)
    accepted = {path.name for path in (GOLDEN / name).iterdir()}
    assert accepted == set(EXPORTERS[name].files)


def test_golden_manifest() -> None:
    release = small_release()
    artifacts = run_exporters(EXPORTERS.values(), release).artifacts
    check_golden(GOLDEN / "manifest.json", manifest_of(release, artifacts).content)


def test_same_release_same_bytes_elsewhere() -> None:
    """Same files, same `as_of`, same bytes: whatever the locale, the time zone and the seed of hashes."""
    program = (
        "import sys, locale; locale.setlocale(locale.LC_ALL, '')\n"
        "from kbtool.export import EXPORTERS, run_exporters\n"
        "from tests.export.small import small_release\n"
        "for artifact in run_exporters(EXPORTERS.values(), small_release()).artifacts:\n"
        "    sys.stdout.buffer.write(artifact.path.encode() + b'\\0' + artifact.content + b'\\0')\n"
    )
    here = run_exporters(EXPORTERS.values(), small_release()).artifacts
    wanted = b"".join(artifact.path.encode() + b"\0" + artifact.content + b"\0" for artifact in here)
    for settings_ in ({"LC_ALL": "C", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}):
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **settings_}
        command = [sys.executable, "-c", program]
        assert subprocess.run(command, env=environment, check=True, capture_output=True).stdout == wanted


class Forgetful:
    """An exporter that cannot carry caveats, and says so."""

    name = "forgetful"
    purpose = "for tests"
    files = ("x.txt",)
    cannot_carry = ()

    def export(self, release: Release) -> Iterator[Artifact | CaveatLost]:
        """One file, and a refusal a caveat."""
        yield Artifact("x.txt", b"")
        for released in release.claims:
            yield from (CaveatLost(self.name, released.claim.id, caveat.text) for caveat in released.claim.caveats)


def test_refusals_are_told_apart_from_files() -> None:
    exported = run_exporters([Forgetful()], make_release(base_of([claim_of("usage", "x")]), GATES["any"], AS_OF))
    assert [artifact.path for artifact in exported.artifacts] == ["x.txt"]
    assert [(refusal.claim, refusal.message) for refusal in exported.refusals][1] == ("open-text/usage", "=2+2")
