"""Is a copy of a release whole, unchanged and still current: what its files say against what its manifest says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from kbtool.release.manifest import MANIFEST_PATH

if TYPE_CHECKING:
    from kbtool.release.parts import PreviousRelease

Fault = Literal["missing", "changed", "not listed", "not a plain file", "out of date", "superseded"]


@dataclass(frozen=True, slots=True)
class MirrorProblem:
    """One thing that is wrong with a copy."""

    fault: Fault
    path: str
    """The file; of the manifest where the whole copy is meant."""
    message: str
    """One sentence for whoever keeps the copy."""


ODD = ""
"""Stands for the digest of what is no plain file: a link, a pipe, an empty folder."""


def file_problems(manifest: PreviousRelease, found: Mapping[str, str]) -> Iterator[MirrorProblem]:
    """What differs between the files of a copy and its manifest, by path.

    `found` gives the SHA-256 of every file of the copy by path, the manifest left out, and `ODD` for what is none.
    """
    for path in sorted(manifest.digests.keys() | found.keys()):
        wanted, there = manifest.digests.get(path), found.get(path)
        if there == ODD:
            yield MirrorProblem("not a plain file", path, f"{path!r} is not a plain file")
        elif wanted is None:
            yield MirrorProblem("not listed", path, f"{path!r} is not in the manifest")
        elif there is None:
            yield MirrorProblem("missing", path, f"{path!r} is missing")
        elif there != wanted:
            yield MirrorProblem("changed", path, f"{path!r} has other bytes than those that the manifest names")


def age_problems(manifest: PreviousRelease, as_of: date, max_days: int | None = None) -> Iterator[MirrorProblem]:
    """Why a copy may not be shown as current on a day; `max_days` is how old it may be at most."""
    until = manifest.valid_until
    if until and as_of > until:
        message = f"an approval in it has lapsed: it was valid until {until}, and it is {as_of}"
        yield MirrorProblem("out of date", MANIFEST_PATH, message)
    if max_days is not None and manifest.as_of and (days := (as_of - manifest.as_of).days) > max_days:
        message = f"it is {days} days old, and may be {max_days}: its standings held on {manifest.as_of}"
        yield MirrorProblem("out of date", MANIFEST_PATH, message)


def newer_problems(manifest: PreviousRelease, newest: PreviousRelease) -> Iterator[MirrorProblem]:
    """Whether the publisher's newest manifest is of another release."""
    if newest.id != manifest.id:
        message = f"it is release {manifest.id} as of {manifest.as_of}; the newest is {newest.id} as of {newest.as_of}"
        yield MirrorProblem("superseded", MANIFEST_PATH, message)
    elif newest.digests != manifest.digests:
        both = newest.digests.keys() & manifest.digests.keys()
        if differing := sorted(path for path in both if newest.digests[path] != manifest.digests[path]):
            message = f"the newest manifest names other bytes for {differing[0]!r} of the same release"
            yield MirrorProblem("changed", differing[0], message)
