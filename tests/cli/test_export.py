"""`kbtool export`: its list, all formats at once, what changed since an earlier release, a library that is missing."""

from __future__ import annotations

import builtins
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kbtool.export import EXPORTERS
from tests.cli.example import DAY, output, run

ANY = ("--gate", "any", "--as-of", DAY)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example base, and in it the release `first` as JSON."""
    monkeypatch.chdir(tmp_path)
    output("init", "kb")
    monkeypatch.chdir(tmp_path / "kb")
    output("export", "json", *ANY, "--out", "first")
    return tmp_path / "kb"


def test_the_list_fits_every_terminal_and_tells_all() -> None:
    lines = output("export", "--list").splitlines()
    assert max(map(len, lines)) <= 80
    for label in ("files", "standard", "contract", "cannot carry"):
        assert sum(line.startswith(f"  {label} ") for line in lines) == len(EXPORTERS)
    told = " ".join(" ".join(lines).split())
    for name, exporter in EXPORTERS.items():
        assert f"{name} {exporter.purpose}" in told
        for fact in (*exporter.files, exporter.standard, exporter.contract, *exporter.cannot_carry):
            assert fact in told


def test_all_formats_at_once_with_one_line_for_many_files(project: Path) -> None:
    said = output("export", "all", *ANY, "--out", "out")
    patterns = [file for exporter in EXPORTERS.values() for file in exporter.files]
    lines = said.splitlines()
    assert len(lines) == 2 + len(patterns) + 2  # the release; then the manifest and the integrity of the card
    (many,) = (line for line in lines if "out/claimreview/*/*.jsonld" in line)
    count = len(list((project / "out/claimreview").glob("*/*.jsonld")))
    assert many.endswith(f"({count} files)")
    manifest = json.loads((project / "out/manifest.json").read_text())
    assert manifest["contracts"] == {name: exporter.contract for name, exporter in EXPORTERS.items()}
    there = {path.relative_to(project / "out").as_posix() for path in (project / "out").rglob("*") if path.is_file()}
    assert {file["path"] for file in manifest["files"]} == there - {"manifest.json"}
    assert not [file for file in manifest["files"] if file["media_type"] == "application/octet-stream"]


@pytest.mark.parametrize("earlier", ["first", "first/claims.json", "first/manifest.json"])
def test_changes_since_an_earlier_release(project: Path, earlier: str) -> None:
    said = output("export", "changes", *ANY, "--out", "out", "--since", earlier, "--previous", "first")
    assert "0 claims changed since release" in said
    found = json.loads((project / "out/changes.json").read_text())
    first = json.loads((project / "first/claims.json").read_text())["release"]
    assert found["since"] == {"id": first["id"], "as_of": DAY, "policy": first["policy"]}
    assert found["claims"] == []
    assert found["policy_changed"] is False


def test_an_id_that_vanished_since_then_is_refused(project: Path) -> None:
    """An id that was released once and is gone without a tombstone is an error, whatever release it was in."""
    earlier = json.loads((project / "first/claims.json").read_text())
    earlier["held"].append({"id": "a/gone", "standing": "draft", "reason": "not yet"})
    (project / "earlier.json").write_text(json.dumps(earlier))
    done = run("export", "changes", *ANY, "--out", "out", "--since", "earlier.json")
    assert done.exit_code == 1
    assert "1 id of the earlier release vanished without a tombstone: a/gone" in done.stderr
    assert "hint: put the claim back, or withdraw it so that a tombstone remains" in done.stderr
    assert not (project / "out").exists()


def test_a_change_of_one_claim_is_told(project: Path) -> None:
    record = project / "claims/tea-note/tea-is-made-with-hot-water.yaml"
    record.write_text(record.read_text().replace("The one page", "A page", 1))
    assert "1 claim changed since release" in output("export", "changes", *ANY, "--out", "out", "--since", "first")


def test_the_release_is_the_same_whatever_it_is_compared_with(project: Path) -> None:
    output("export", "json", *ANY, "--out", "second", "--since", "first")
    assert (project / "second/manifest.json").read_bytes() == (project / "first/manifest.json").read_bytes()


@pytest.mark.parametrize(
    ("place", "status", "words"),
    [
        ("nowhere", 2, "'nowhere'"),
        ("claims", 2, "'claims/claims.json'"),
        ("second", 1, "'second/claims.json' was changed after its release was written"),
        ("bad.json", 2, "'bad.json' is no release: it is not JSON"),
        ("", 2, ""),
    ],
)
def test_what_is_no_earlier_release(project: Path, place: str, status: int, words: str) -> None:
    output("export", "json", *ANY, "--out", "second")
    claims = project / "second/claims.json"
    claims.write_bytes(claims.read_bytes() + b"\n")
    (project / "bad.json").write_text("{")
    done = run("export", "changes", *ANY, "--out", "out", "--since", place)
    assert done.exit_code == status
    assert words in done.stderr
    assert "hint: " in done.stderr
    assert not (project / "out").exists()


@pytest.mark.parametrize(("missing", "extra"), [("pyarrow", "tables"), ("no_such_thing", None)])
def test_a_library_that_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch, missing: str, extra: str | None
) -> None:
    real = builtins.__import__

    def without(name: str, globals_: Mapping[str, Any] | None = None, *rest: Any) -> Any:
        if name.partition(".")[0] == "pyarrow":
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return real(name, globals_, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    done = run("export", "json", "parquet", *ANY, "--out", "out")
    assert not (project / "out").exists()
    if extra:
        assert done.exit_code == 2
        assert f"an export needs the library {missing!r}, which is not installed" in done.stderr
        assert f"pip install 'kbtool[{extra}]'" in done.stderr
    else:
        assert isinstance(done.exception, ModuleNotFoundError)
