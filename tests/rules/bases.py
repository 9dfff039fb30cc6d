"""Bases in memory: the tiny good one, the cases that lay files over it, and what a check says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kbtool.diagnostics import Diagnostic
from kbtool.engine.check import check
from kbtool.records.assemble import Files, Loaded, assemble
from kbtool.records.layout import BaseFile

Base = Mapping[str, bytes]
"""Bytes by name inside the base; the schema folder's two files stand under `schema/`."""

Seen = frozenset[tuple[str, int, str]]
"""File, line and rule of each diagnostic."""

REPOSITORY = Path(__file__).resolve().parents[2]
CASES = REPOSITORY / "tests" / "cases"
AS_OF = date(2026, 2, 1)

VOCABULARY, POLICY = "schema/vocabulary.yaml", "schema/policy.yaml"
DELETED = "delete.txt"
_EXPECTED = re.compile(r"\s*# (expect|expect-top): ([a-z0-9-]+)")


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name in it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def tiny_base() -> dict[str, bytes]:
    """The good base of `tests/cases/base` with the project's own vocabulary and policy."""
    return read_tree(CASES / "base") | _schema()


def real_base() -> dict[str, bytes]:
    """The project's own base."""
    return read_tree(REPOSITORY / "claims") | _schema()


def _schema() -> dict[str, bytes]:
    return {name: (REPOSITORY / name).read_bytes() for name in (VOCABULARY, POLICY)}


def laid_over(case: Path) -> dict[str, bytes]:
    """The tiny base with the files of a case over it, less those that its `delete.txt` names."""
    over = read_tree(case)
    gone = set(over.pop(DELETED, b"").decode().split())
    return {name: raw for name, raw in (tiny_base() | over).items() if name not in gone}


def loaded(base: Base) -> Loaded:
    """The base as the loader sees it."""
    own = tuple(BaseFile(name, name, raw) for name, raw in base.items() if name not in {VOCABULARY, POLICY})
    schema = [BaseFile(Path(name).name, name, base[name]) if name in base else None for name in (VOCABULARY, POLICY)]
    return assemble(Files(own, schema[0], schema[1]))


def diagnose(base: Base, as_of: date = AS_OF) -> tuple[Diagnostic, ...]:
    """Everything that a check says of the base."""
    return check(loaded(base), as_of).diagnostics


def seen(diagnostics: tuple[Diagnostic, ...]) -> Seen:
    """Where each diagnostic stands."""
    return frozenset((d.location.file, d.location.line, d.rule) for d in diagnostics)


def rules_of(base: Base, as_of: date = AS_OF) -> set[str]:
    """The names of the rules that find something."""
    return {d.rule for d in diagnose(base, as_of)}


def expected(base: Base) -> Seen:
    """What the comments of a base say must be found.

    `# expect: rule` is about the next line that is no such comment, `# expect-top: rule` about the first line.
    """
    found: set[tuple[str, int, str]] = set()
    for name, raw in base.items():
        waiting: list[str] = []
        for number, line in enumerate(raw.decode(errors="replace").split("\n"), 1):
            if match := _EXPECTED.fullmatch(line):
                if match[1] == "expect-top":
                    found.add((name, 1, match[2]))
                else:
                    waiting.append(match[2])
                continue
            found |= {(name, number, rule) for rule in waiting}
            waiting = []
    return frozenset(found)


def edited(base: Base, name: str, old: str, new: str) -> dict[str, bytes]:
    """The base with one passage of one file replaced; the passage must stand there exactly once."""
    text = base[name].decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    return dict(base) | {name: text.replace(old, new).encode()}
