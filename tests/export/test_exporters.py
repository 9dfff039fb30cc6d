"""What holds for every exporter in the table."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.export import EXPORTERS, Artifact, CaveatLost, contracts_of, fits, run_exporters
from kbtool.export.exporter import OutputFile, with_shared_views
from kbtool.release.artifact import chunks_of, content_of
from kbtool.release.gate import GATES
from kbtool.release.manifest import entry_of, manifest_of
from kbtool.release.release import Release, make_release
from kbtool.release.view import with_views
from tests.export.readers import folded, texts_of
from tests.export.small import AS_OF, base_of, claim_of, files_of, small_release
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "golden"
REPOSITORY = Path(__file__).parents[2]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)

OURS = ("json", "ndjson", "csv", "changes")
"""The exporters whose golden files are kept here; each of the others has a test module of its own."""

QUICK = ("json", "ndjson", "csv", "changes", "jsonld", "webannotation")
"""Exporters quick enough for many releases; all carry all claims, whatever their verdict."""


@cache
def made(name: str, gate: str = "any") -> dict[str, bytes]:
    """The files of an exporter for the small base."""
    return files_of(EXPORTERS[name], small_release(gate))


@cache
def words(name: str, gate: str = "any") -> str:
    """Letters and digits of everything that a reader of those files can find."""
    return folded("\n".join(text for path, raw in made(name, gate).items() for text in texts_of(path, raw)))


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_exporter_says_what_it_is(name: str) -> None:
    exporter = EXPORTERS[name]
    assert exporter.name == name
    assert exporter.purpose
    assert exporter.standard
    contract, version = exporter.contract.split("/")
    assert contract.replace("-", "").isalpha()
    assert version.isdecimal()
    assert not any("caveat" in item for item in exporter.cannot_carry)


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_files_are_those_that_are_announced(name: str) -> None:
    patterns, paths = EXPORTERS[name].files, made(name)
    assert [path for path in paths if not any(fits(path, pattern) for pattern in patterns)] == []
    assert [pattern for pattern in patterns if not any(fits(path, pattern) for path in paths)] == []


def test_no_two_exporters_write_the_same_file() -> None:
    paths = [path for name in EXPORTERS for path in made(name)]
    assert len(paths) == len(set(paths))
    assert "manifest.json" not in paths


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_caveat_of_every_claim_is_there_with_its_kind(name: str) -> None:
    """Caveats travel: an exporter that cannot carry a caveat refuses; it never drops one."""
    found = words(name)
    for released in small_release().claims:
        for caveat in released.claim.caveats:
            assert folded(caveat.text) in found, (released.claim.id, caveat.text)


@pytest.mark.parametrize("name", QUICK)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts=st.lists(st.lists(TEXT, max_size=3), max_size=3))
def test_every_caveat_that_can_be_written_stands_in_the_files(name: str, texts: list[list[str]]) -> None:
    """Caveats travel: an exporter that cannot carry a caveat refuses; it never drops one."""
    claims = [
        claim_of("usage", "x", id=f"open-text/c{n}", caveats=[{"kind": "limited-evidence", "text": t} for t in part])
        for n, part in enumerate(texts)
    ]
    files = files_of(EXPORTERS[name], make_release(base_of(claims), GATES["any"], AS_OF))
    found = folded("\n".join(text for path, raw in files.items() for text in texts_of(path, raw)))
    assert all(folded(text) in found for part in texts for text in part)
    assert found.count(folded("not reviewed by a qualified person")) >= len(texts)


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("gate", GATES)
def test_what_is_held_or_withdrawn_is_named(name: str, gate: str) -> None:
    """A withdrawn claim leaves a tombstone in every export; a claim held back is listed as held, with the reason."""
    release, found = small_release(gate), words(name, gate)
    gone = [(held.id, held.reason) for held in release.held]
    gone += [(tombstone.id, tombstone.reason) for tombstone in release.tombstones]
    assert len(gone) > 2
    for identifier, reason in gone:
        assert folded(identifier) in found
        assert folded(reason) in found


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_release_and_its_day_are_named(name: str) -> None:
    release, found = small_release(), words(name)
    assert release.valid_until
    for text in (release.id, release.as_of.isoformat(), release.valid_until.isoformat()):
        assert folded(text) in found, text


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_is_not_reviewed_says_so_and_how_it_stands(name: str) -> None:
    """A record that no qualified person has reviewed says so everywhere it is shown."""
    release, found = small_release(), words(name).lower()
    unreviewed = [each for each in release.claims if each.standing.value != "approved"]
    assert found.count(folded("not reviewed by a qualified person")) >= len(unreviewed)
    for each in unreviewed:
        assert folded(each.standing.reason).lower() in found, each.standing.reason


@pytest.mark.parametrize("name", EXPORTERS)
def test_notes_and_closed_texts_stay_at_home(name: str) -> None:
    """Rights of the source decide whether the full text or only quotes go out."""
    found = words(name)
    assert folded("SECRET: for editors only") not in found
    assert folded("A text that may not go out") not in found


@pytest.mark.parametrize("name", OURS)
def test_golden_files(name: str) -> None:
    for path, content in made(name).items():
        check_golden(GOLDEN / name / path, content)
    assert {path.name for path in (GOLDEN / name).iterdir()} == set(EXPORTERS[name].files)


def test_golden_manifest() -> None:
    release, exporters = small_release(), [EXPORTERS[name] for name in OURS]
    files = run_exporters(exporters, release).artifacts
    manifest = manifest_of(release, map(entry_of, files), contracts_of(exporters))
    check_golden(GOLDEN / "manifest.json", manifest.content)


PROGRAM = """
import locale, sys
locale.setlocale(locale.LC_ALL, "")
from hashlib import sha256
from kbtool.export import EXPORTERS
from tests.export.small import files_of, small_release
for name, exporter in EXPORTERS.items():
    for path, raw in files_of(exporter, small_release()).items():
        print(sha256(raw).hexdigest(), path)
"""


def test_same_release_same_bytes_elsewhere() -> None:
    """Same files, same `as_of`, same bytes: whatever the locale, the time zone and the seed of hashes."""
    wanted = "".join(f"{sha256(raw).hexdigest()} {path}\n" for name in EXPORTERS for path, raw in made(name).items())
    for changes in ({"LC_ALL": "C", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}):
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **changes}
        ran = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True)
        assert ran.stdout.decode() == wanted


def _peak(name: str, times: int) -> int:
    """The most memory that making an exporter's files takes at once, for so many times the small base's claims."""
    release = small_release()
    many = replace(release, claims=release.claims * times)
    tracemalloc.start()
    try:
        for file in run_exporters([EXPORTERS[name]], many).artifacts:
            for _ in chunks_of(file):
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["json", "ndjson", "csv"])
def test_memory_does_not_grow_with_the_claims(name: str) -> None:
    """Memory is flat in the number of claims for the line-based formats."""
    _peak(name, 1)
    assert _peak(name, 80) < _peak(name, 40) + 150_000


@cache
def together(gate: str) -> dict[str, bytes]:
    """The files of all exporters, made in one go."""
    files = run_exporters(EXPORTERS.values(), small_release(gate)).artifacts
    return {file.path: content_of(file) for file in files}


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("gate", GATES)
def test_an_exporter_makes_the_same_files_alone_and_with_others(name: str, gate: str) -> None:
    """Same release, same bytes."""
    assert {path: together(gate)[path] for path in made(name, gate)} == made(name, gate)


def test_no_exporter_changes_the_views_that_all_share() -> None:
    """Made once for several exporters, none of which changes them."""
    shared = with_views(small_release())
    before = pickle.dumps(shared.views)
    for exporter in EXPORTERS.values():
        for file in run_exporters([exporter], shared).artifacts:
            content_of(file)
    assert pickle.dumps(shared.views) == before


@pytest.mark.parametrize(
    ("names", "most", "shares"),
    [
        (["json", "csv"], 20_000, True),
        (["json"], 20_000, False),
        (["json", "csv"], 1, False),
        (["json", "sqlite"], 1, True),
    ],
)
def test_who_shares_views(names: list[str], most: int, shares: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more claims than that, formats of lines share nothing, unless another format holds all of them anyway."""
    monkeypatch.setattr("kbtool.export.exporter.MOST_SHARED", most)
    shared = with_shared_views([EXPORTERS[name] for name in names], small_release())
    assert (shared.views is not None) is shares


@pytest.mark.parametrize("name", ["claimreview", "jsonld", "webannotation"])
def test_the_keys_of_linked_data_are_sorted(name: str) -> None:
    """Keys are sorted on every level; a long list stands last in its file, one item a line."""
    lines = [line.removesuffix(b",") for raw in made(name).values() for line in raw.splitlines()]
    items = [json.loads(line) for line in lines if line.startswith(b"{") and line.endswith(b"}")]
    assert len(items) > len(small_release().claims)
    assert all(json.dumps(item) == json.dumps(item, sort_keys=True) for item in items)


class Forgetful:
    """An exporter that cannot carry caveats, and says so."""

    name = "forgetful"
    purpose = "for tests"
    standard = "none"
    contract = "forgetful/1"
    files = ("x.txt",)
    cannot_carry = ()

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """One file, and a refusal a caveat."""
        yield Artifact("x.txt", b"")
        for released in release.claims:
            yield from (CaveatLost(self.name, released.claim.id, caveat.text) for caveat in released.claim.caveats)


def test_refusals_are_told_apart_from_files() -> None:
    exported = run_exporters([Forgetful()], make_release(base_of([claim_of("usage", "x")]), GATES["any"], AS_OF))
    assert [artifact.path for artifact in exported.artifacts] == ["x.txt"]
    assert [(refusal.claim, refusal.message) for refusal in exported.refusals][1] == ("open-text/usage", "=2+2")
