"""`kbtool audit bundle` and `kbtool audit verify`."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kbtool.review.content import digest_of
from tests.audit.made import signed_base
from tests.cli.example import DAY, output, process, run
from tests.cli.reviewing import refused
from tests.review.scratch import DENIAL, ROOTS, Scratch, key_of, public_of
from tests.rules.bases import POLICY

OUT = ("--kb", "claims", "--as-of", DAY, "--out", "b.zip")


@pytest.fixture
def signed(desk: Scratch) -> Scratch:
    desk.write(signed_base())
    return desk


def test_a_bundle_is_made_and_verified(signed: Scratch) -> None:
    shown = output("audit", "bundle", *OUT)
    assert "3 claims as of 2026-02-01\nauthenticated by its own root keys only" in shown
    keys = [word for name in ROOTS for word in ("--root-key", public_of(name))]
    shown = output("audit", "verify", "b.zip", *keys, "--checkpoint", "claims/log/checkpoints/3")
    assert shown.startswith("b.zip: authenticated: everything holds, from the root keys given\n")
    assert "2 approved, 1 draft" in shown


def test_an_unsigned_bundle_is_said_to_be_so_loudly(project: Path) -> None:
    assert "consistent, not authenticated\n  no root keys stand behind it" in output("audit", "bundle", *OUT)
    shown = output("audit", "verify", "b.zip")
    assert shown.startswith("b.zip: consistent, not authenticated\n")


def test_the_bytes_are_the_same_wherever_the_base_lies(signed: Scratch, tmp_path: Path) -> None:
    output("audit", "bundle", *OUT)
    done = process("audit", "bundle", "--kb", "scratch/claims", "--as-of", DAY, "--out", "c.zip", cwd=tmp_path)
    assert done.status == 0, done.err
    assert (signed.root / "b.zip").read_bytes() == (tmp_path / "c.zip").read_bytes()


def test_what_does_not_hold_is_named(signed: Scratch) -> None:
    output("audit", "bundle", *OUT)
    raw = (signed.root / "b.zip").read_bytes()
    output("audit", "verify", "b.zip")
    stranger = key_of("stranger").public().to_text()
    result = run("audit", "verify", "b.zip", "--root-key", stranger)
    assert result.exit_code == 1
    assert "b.zip: does not hold\n  does not hold: no governance of the bundle is signed by 1" in result.stdout
    (signed.root / "b.zip").write_bytes(raw.replace(b"hiccups", b"hiccup!"))
    assert "is not read: the file is no ZIP archive" in refused("audit", "verify", "b.zip", status=2)


def test_many_problems_are_counted(signed: Scratch) -> None:
    from kbtool.audit.archive import write_archive
    from tests.audit.made import bag

    files = bag(signed_base())
    (signed.root / "b.zip").write_bytes(write_archive({n: r for n, r in files.items() if "claims/" not in n}))
    result = run("audit", "verify", "b.zip")
    assert result.exit_code == 1
    assert " more\n" in result.stdout


def test_a_base_that_will_not_verify_is_bundled_and_said(signed: Scratch) -> None:
    path = signed.path_of("reviewers.yaml")
    path.write_bytes(path.read_bytes() + b"# changed\n")
    result = run("audit", "bundle", *OUT)
    assert result.exit_code == 0
    assert "it will not verify: reviewers.yaml changed without the root keys' signatures" in result.stderr
    assert run("audit", "verify", "b.zip").exit_code == 1


def test_an_earlier_policy_can_be_given(signed: Scratch) -> None:
    (signed.root / "policy.yaml").write_bytes(signed_base()[POLICY])
    assert "3 claims" in output("audit", "bundle", *OUT, "--policy", "policy.yaml")
    (signed.root / "policy.yaml").write_bytes(b"other")
    said = refused("audit", "bundle", *OUT[:-1], "c.zip", "--policy", "policy.yaml")
    assert "no decision names the policy of digest" in said


def test_a_policy_that_the_base_keeps_need_not_be_given(signed: Scratch) -> None:
    old = signed.path_of(POLICY).read_bytes()
    kept = signed.folder / "reviewed" / f"{digest_of(old)}.yaml"
    kept.write_bytes(old)
    (signed.root / "old.yaml").write_bytes(old)
    signed.path_of(POLICY).write_bytes(old + b"# changed\n")
    output("govern", "propose", "--note", "Made up.", *(w for n in ROOTS for w in ("--key", f"keys/{n}.pem")))
    assert "policy" not in output("audit", "bundle", *OUT, "--policy", "old.yaml")
    with zipfile.ZipFile("b.zip") as archive:
        names = archive.namelist()
    assert f"audit-bundle/data/claims/reviewed/{kept.name}" in names
    assert not any(name.startswith("audit-bundle/data/policies/") for name in names)


def test_what_is_refused(signed: Scratch) -> None:
    output("audit", "bundle", *OUT)
    assert "'b.zip' has appeared" in refused("audit", "bundle", *OUT)
    inside = refused("audit", "bundle", "--kb", "claims", "--out", "claims/b.zip")
    assert "'claims/b.zip' lies in the base 'claims'" in inside
    (signed.folder / "stray.exe").write_bytes(b"")
    assert "'stray.exe' belongs nowhere" in refused("audit", "bundle", *OUT[:-1], "c.zip")
    (signed.folder / "stray.exe").unlink()
    (signed.folder / "link.yaml").symlink_to("kb.yaml")
    assert "cannot be read whole" in refused("audit", "bundle", *OUT[:-1], "c.zip")
    (signed.folder / "link.yaml").unlink()
    (signed.folder / "kb.yaml").write_bytes(b"title: x\nschema: {folder: ../schema}\n")
    assert "has no usable kb.yaml" in refused("audit", "bundle", *OUT[:-1], "c.zip", status=2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.zip",), "cannot be read"),
        (("b.zip", "--root-key", "no key"), "is not base64"),
        (("b.zip", "--root-key", public_of(ROOTS[0]), "--root-threshold", "2"), "2 root keys cannot sign where 1"),
        (("b.zip", "--checkpoint", "nowhere"), "cannot be read"),
    ],
)
def test_what_cannot_be_used(signed: Scratch, words: tuple[str, ...], said: str) -> None:
    output("audit", "bundle", *OUT)
    assert said in refused("audit", "verify", *words, status=2)


def test_a_huge_file_is_not_read(signed: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    from kbtool.audit import archive

    output("audit", "bundle", *OUT)
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    assert "has more than 10 bytes" in refused("audit", "verify", "b.zip", status=2)


def test_the_claim_whose_record_was_changed_is_named(signed: Scratch) -> None:
    path = signed.path_of(f"{DENIAL}.yaml")
    path.write_bytes(path.read_bytes().replace(b"statement: ", b"statement: So "))
    output("audit", "bundle", *OUT)
    assert f"claim '{DENIAL}' needs review: what was approved on 2026-01-20 has changed" in output(
        "audit", "verify", "b.zip"
    )
