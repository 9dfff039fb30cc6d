"""A change of several files, whole, in one hidden folder: once the folder bears its name, the change is made.

The folder holds each new file as `0`, `1`, … and `plan.json`: where each belongs, the digest of its bytes, and the
digest of the bytes that it takes the place of. Reading it needs no lock and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kbtool.store import hidden
from kbtool.store.files import FileRefused, read_file
from kbtool.store.inside import check_names

JOURNAL = hidden.JOURNAL
PLAN = "plan.json"
_TYPE: Literal["kbtool/journal/1"] = "kbtool/journal/1"
_TRIES = 5
"""A journal that is finished and gone while it is read looks damaged; the next try finds none, or the next one."""

_Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a change: its name inside the base, its new bytes and the digest of the old ones."""

    name: str
    was: str | None
    """SHA-256 of the bytes that it replaces, in hexadecimal; None where there is to be no file yet."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Journal:
    """A change that is made, whose files may not be in their places yet."""

    identity: str
    """32 hexadecimal digits, another for each change."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DamagedJournal:
    """A journal that cannot be trusted, so that nobody knows the state of the base; one sentence, and what to do."""

    message: str
    hint: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    name: str
    was: _Digest | None
    sha256: _Digest


class _Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    type_: Annotated[Literal["kbtool/journal/1"], Field(alias="_type")]
    identity: _Identity
    files: tuple[_File, ...]


def plan_of(journal: Journal) -> bytes:
    """The bytes of a journal's `plan.json`."""
    files = [{"name": step.name, "was": step.was, "sha256": sha256(step.content)} for step in journal.steps]
    plan = {"_type": _TYPE, "identity": journal.identity, "files": files}
    return json.dumps(plan, indent=1).encode("ascii") + b"\n"


def read_journal(root: Path) -> Journal | DamagedJournal | None:
    """The journal of the base at `root`, None where there is none; every digest in it is checked."""
    found: Journal | DamagedJournal | None = None
    for _ in range(_TRIES):
        if not os.path.lexists(root / JOURNAL):
            return None
        found = _read(root / JOURNAL)
        if isinstance(found, Journal):
            break
    return found


def pending(root: Path) -> Mapping[str, bytes] | DamagedJournal:
    """The bytes of every file of a change that is made but not finished, by name; readers put them over the disk's."""
    found = read_journal(root)
    if isinstance(found, DamagedJournal):
        return found
    return {step.name: step.content for step in found.steps} if found else {}


def sha256(content: bytes) -> str:
    """The digest of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _read(folder: Path) -> Journal | DamagedJournal:
    if folder.is_symlink() or not folder.is_dir():
        return _damaged("it is no folder")
    try:
        plan = _Plan.model_validate_json(read_file(folder / PLAN))
        check_names([file.name for file in plan.files])
        contents = [read_file(folder / str(number)) for number in range(len(plan.files))]
    except ValidationError:
        return _damaged(f"its {PLAN!r} is not one that kbtool wrote")
    except FileRefused:
        return _damaged("a file of it is missing or cannot be read, or it names a place that it may not write to")
    steps = tuple(Step(file.name, file.was, raw) for file, raw in zip(plan.files, contents, strict=True))
    for file, step in zip(plan.files, steps, strict=True):
        if sha256(step.content) != file.sha256:
            return _damaged(f"its text of {file.name!r} is not the one that was written")
    return Journal(plan.identity, steps)


def _damaged(reason: str) -> DamagedJournal:
    hint = "restore the folder from a copy, or take what you need out of it and move it out of the base"
    return DamagedJournal(f"the unfinished change in {JOURNAL!r} is damaged: {reason}", hint)
