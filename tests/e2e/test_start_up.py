"""Start-up is a feature: a command imports what it needs and nothing else."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, COMMAND, run

ALWAYS_FOREIGN = ("jinja2", "asyncio", "concurrent.futures", "multiprocessing", "jsonschema", "cryptography")
HEAVY = (
    *ALWAYS_FOREIGN,
    "sqlite3",
    "pydantic",
    "pydantic_core",
    "yaml",
    "json",
    "datetime",
    "importlib.metadata",
    "ctypes",
)

_LOOK = (
    "import atexit, sys\n"
    "atexit.register(lambda: print(';'.join(sorted(sys.modules)), file=sys.stderr))\n"
    "from kbtool.cli.main import main; main()"
)


def _imported(folder: Path, *arguments: str) -> set[str]:
    done = run((COMMAND[0], "-S", "-c", f"import sys; sys.path[:] = {_paths()!r}\n{_LOOK}", *arguments), folder)
    assert done.status == 0, done.said
    return set(done.err.strip().splitlines()[-1].split(";"))


def _paths() -> list[str]:
    done = run((COMMAND[0], "-c", "import json, sys; print(json.dumps(sys.path[1:]))"), Path("/"))
    return [str(path) for path in json.loads(done.out)]


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Proves: "Start-up is a feature: heavy libraries are imported by the command that needs them"."""
    imported = _imported(tmp_path, *arguments)
    allowed = _imported_by_click(tmp_path)
    assert not {name for name in HEAVY if name in imported - allowed}
    assert {name for name in imported if name.startswith("kbtool")} == {
        "kbtool",
        "kbtool.cli",
        "kbtool.cli.main",
        "kbtool.diagnostics",
        "kbtool.store",
        "kbtool.store.interrupt",
    }


def _imported_by_click(folder: Path) -> set[str]:
    done = run((COMMAND[0], "-c", "import click, sys; print(';'.join(sys.modules))"), folder)
    return set(done.out.strip().split(";")) - set(ALWAYS_FOREIGN) - {"pydantic", "yaml"}


@pytest.mark.parametrize(
    ("arguments", "foreign"),
    [
        (("validate", "--help"), ("pydantic", "yaml", "sqlite3")),
        (("validate", *AS_OF), ("kbtool.export", "kbtool.release", "kbtool.report.sarif", "kbtool.report.junit")),
        (("explain", "quote-cuts"), ("kbtool.store.read", "kbtool.engine", "kbtool.export", "kbtool.release")),
        (("list", *AS_OF), ("kbtool.export", "kbtool.report.sarif")),
        (("export", "--list"), ("kbtool.rules", "kbtool.engine", "kbtool.store.read")),
    ],
)
def test_commands_import_what_they_need(tiny: Path, arguments: tuple[str, ...], foreign: tuple[str, ...]) -> None:
    assert _imported(tiny, *arguments).isdisjoint((*ALWAYS_FOREIGN, *foreign))


@pytest.mark.parametrize("arguments", [("validate",), ("status",), ("list",), ("review", "queue")], ids=" ".join)
def test_where_nothing_has_changed_neither_models_nor_rules_are_loaded(tiny: Path, arguments: tuple[str, ...]) -> None:
    """Proves: "a warm no-change run needs no model, no YAML parser and no rule"."""
    for path in (*(tiny / "claims").rglob("*"), *(tiny / "schema").rglob("*")):
        os.utime(path, (10**9, 10**9))
    time.sleep(2.1)
    _imported(tiny, "validate", *AS_OF)
    imported = _imported(tiny, *arguments, *AS_OF)
    assert imported.isdisjoint(
        (*ALWAYS_FOREIGN, "pydantic", "yaml", "kbtool.rules", "kbtool.model", "kbtool.records.read")
    )
