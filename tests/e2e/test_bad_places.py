"""A base that is not there, or not what it should be: one clear message, the right status, nothing written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, COMMAND, Run, check_failed, environment, kbtool, run, tree

CONFIG = "claims/kb.yaml"


def test_good_base(tiny: Path) -> None:
    before = tree(tiny)
    done = kbtool("validate", *AS_OF, cwd=tiny)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("0 errors, 0 warnings")
    assert "as of 2026-02-01" in done.out
    assert tree(tiny) == before


@pytest.mark.parametrize("command", [("validate",), ("export", "json", "--out", "out"), ("list",), ("status",)])
@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("missing", "there is no folder 'missing'"),
        ("file.txt", "'file.txt' is a file"),
        ("claims/kb.yaml/deeper", "there is no folder"),
        ("empty", "there is no readable 'kb.yaml' in 'empty'"),
        ("x" * 5000, "there is no folder"),
        ("loop", "there is no folder 'loop'"),
        ("", "there is no"),
        ("bad\x1b[31mname", "there is no folder 'bad\\x1b[31mname'"),
    ],
)
def test_no_base_there(tiny: Path, command: tuple[str, ...], place: str, words: str) -> None:
    (tiny / "file.txt").write_text("words\n")
    (tiny / "empty").mkdir()
    (tiny / "loop").symlink_to("loop")
    if not place:
        (tiny / CONFIG).unlink()
    before = tree(tiny)
    done = kbtool(*command, "--kb", place, cwd=tiny)
    check_failed(done, 2, words, "hint: ")
    assert done.out == ""
    assert "\x1b" not in done.err
    assert tree(tiny) == before


def test_no_base_anywhere(tmp_path: Path) -> None:
    check_failed(kbtool("validate", cwd=tmp_path), 2, "no 'kb.yaml' here, above, or in a folder 'claims'", "--kb DIR")
    assert tree(tmp_path) == {}


def test_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = run(("sh", "-c", f'rmdir "{gone}"; exec "$@"', "sh", *COMMAND, "validate"), gone)
    check_failed(done, 2, "the folder you are in does not exist any more")


def test_empty_config(tiny: Path) -> None:
    (tiny / CONFIG).write_bytes(b"")
    check_failed(kbtool("validate", *AS_OF, cwd=tiny), 2, "claims/kb.yaml:1:1: error:", "yaml-empty-document")
    done = kbtool("export", "json", "--gate", "any", "--out", "out", *AS_OF, cwd=tiny)
    check_failed(done, 2, "has no usable kb.yaml", "claims/kb.yaml:1:")
    assert not (tiny / "out").exists()


def test_empty_record_hides_no_other(tiny: Path) -> None:
    (tiny / "claims/plumberry-tea/may-not-relieve.yaml").write_bytes(b"")
    (tiny / "claims/plumberry-tea/trial-of-two-doses.yaml").write_text("id: [\n")
    done = kbtool("validate", *AS_OF, cwd=tiny)
    check_failed(done, 1, "may-not-relieve.yaml:1:1: error:", "trial-of-two-doses.yaml:", "yaml-syntax")


def test_base_without_records(tiny: Path) -> None:
    for path in sorted((tiny / "claims").rglob("*"), reverse=True):
        if path.name != "kb.yaml":
            path.rmdir() if path.is_dir() else path.unlink()
    before = tree(tiny)
    done = kbtool("validate", *AS_OF, cwd=tiny)
    check_failed(done, 2, "0 errors", "the base 'claims' holds no claims", "hint: write the first one")
    assert kbtool("list", *AS_OF, cwd=tiny).out.startswith("the base has no claims\n0 of 0 claims")
    assert "worth a look: records" in kbtool("doctor", cwd=tiny).out
    done = kbtool("export", "json", "--gate", "any", "--out", "out", *AS_OF, cwd=tiny)
    check_failed(done, 1, "lets no claim of 'claims' through (it has no claims)")
    assert tree(tiny) == before


@pytest.mark.parametrize("name", ["vocabulary.yaml", "policy.yaml"])
def test_schema_folder(tiny: Path, name: str) -> None:
    (tiny / "schema" / name).unlink()
    check_failed(kbtool("validate", cwd=tiny), 2, f"there is no 'schema/{name}'", "'schema.folder' of")
    os.mkfifo(tiny / "schema" / name)
    check_failed(kbtool("validate", cwd=tiny), 2, name)
    (tiny / "schema" / name).unlink()
    (tiny / "schema" / name).symlink_to("/etc/passwd")
    check_failed(kbtool("validate", cwd=tiny), 2, "a symbolic link")


@pytest.mark.parametrize("folder", ["/etc", "x" * 3000, "../schema/vocabulary.yaml", "../../nowhere"])
def test_schema_folder_that_is_none(tiny: Path, folder: str) -> None:
    config = tiny / CONFIG
    config.write_text(config.read_text().replace("../schema", folder))
    check_failed(kbtool("validate", cwd=tiny), 2, "hint: ")


def _odd_entries(claims: Path) -> dict[str, str]:
    """Put every odd thing into the base; the rule that must find each, by name."""
    (claims / "plumberry-tea/linked.yaml").symlink_to("may-not-relieve.yaml")
    (claims / "elsewhere").symlink_to("/etc")
    os.mkfifo(claims / "plumberry-tea/pipe.yaml")
    (claims / "stray.txt").write_text("words\n")
    (claims / "plumberry-tea/Upper.yaml").write_text("id: x\n")
    Path(os.fsdecode(os.fsencode(claims) + b"/\xff\xfe.yaml")).write_text("id: x\n")
    (claims / "esc\x1b[31m.yaml").write_text("id: x\n")
    return {
        "plumberry-tea/linked.yaml": "symbolic-link",
        "elsewhere": "symbolic-link",
        "plumberry-tea/pipe.yaml": "unreadable-file",
        "stray.txt": "stray-file",
        "plumberry-tea/Upper.yaml": "stray-file",
    }


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "github"])
def test_odd_entries(tiny: Path, format_: str) -> None:
    expected = _odd_entries(tiny / "claims")
    before = tree(tiny)
    done = kbtool("validate", *AS_OF, "--format", format_, cwd=tiny)
    check_failed(done, 1, *expected, *expected.values())
    assert "\x1b" not in done.said
    assert tree(tiny) == before


def test_deep_folders(tiny: Path) -> None:
    deep = tiny / "claims"
    for _ in range(1500):
        deep /= "d"
        os.mkdir(deep)  # noqa: PTH102 - its Path is too long to be asked about
    done = kbtool("validate", *AS_OF, cwd=tiny)
    assert done.status in {0, 1}
    assert "Traceback" not in done.said
    for folder in (deep, *deep.parents[:1499]):
        folder.rmdir()


def _as_nobody(folder: Path, *arguments: str) -> Run:
    """A run without root's right to read everything: the package is imported first, then the rights are given up."""
    program = (
        "import os, sys; import kbtool.cli.main as m, kbtool.cli.validate, kbtool.cli.export, kbtool.engine.check;"
        "import kbtool.store.read, kbtool.store.write, kbtool.store.files, kbtool.report, kbtool.export, difflib;"
        "import kbtool.release.release, encodings.idna;"
        "import kbtool.cli.checkup, kbtool.cli.progress, kbtool.engine.run, kbtool.store.pool, kbtool.store.adopt;"
        "os.getuid() == 0 and (os.setgroups([]), os.setgid(65534), os.setuid(65534));"
        "sys.argv[0] = 'kbtool'; m.main()"
    )
    # Coverage, where it is measured, could not write its file as nobody and would say so.
    unmeasured = {name: value for name, value in environment().items() if not name.startswith("COV")}
    return run((COMMAND[0], "-c", program, *arguments), folder, unmeasured)


def test_no_right_to_read(tiny: Path) -> None:
    for folder in (tiny, *tiny.parents):
        if Path(tempfile.gettempdir()) in folder.parents and folder.stat().st_uid == os.getuid():
            folder.chmod(0o755)
    secret = tiny / "claims/plumberry-tea/may-not-relieve.yaml"
    secret.chmod(0)
    done = _as_nobody(tiny, "validate", *AS_OF)
    check_failed(done, 1, "may-not-relieve.yaml", "cannot be read: permission denied", "unreadable-file")
    secret.chmod(0o644)
    (tiny / "claims/plumberry-tea").chmod(0)
    done = _as_nobody(tiny, "validate", *AS_OF)
    check_failed(done, 1, "'plumberry-tea' cannot be read: permission denied")
    (tiny / "claims/plumberry-tea").chmod(0o755)
    (tiny / "claims").chmod(0)
    check_failed(_as_nobody(tiny, "validate", "--kb", "claims", *AS_OF), 2, "claims")
    (tiny / "claims").chmod(0o755)
    before = tree(tiny)
    done = _as_nobody(tiny, "export", "json", "--gate", "any", "--out", "out", *AS_OF)
    check_failed(done, 1, "'out' could not be written: permission denied")
    check_failed(_as_nobody(tiny, "validate", "--output", "report.txt", *AS_OF), 2, "permission denied")
    assert tree(tiny) == before
