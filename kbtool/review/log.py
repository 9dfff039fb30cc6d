"""The log: which decisions were taken up, in which order and when, under a signed checkpoint.

`log/entries.ndjson` has one line an entry (canonical JSON: file name, digest, day of sequencing; ids and digests only);
its lines are the leaves of an RFC 9162 tree. `log/checkpoint` is a C2SP signed note over its size and root;
`log/checkpoints/<size>` keeps each older one. Any edit, drop or reordering changes the root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.model.base_config import LogKey
from kbtool.records.layout import BaseFile
from kbtool.review.checkpoints import Chain, LogKeys, checkpoint_of, forked, log_keys
from kbtool.review.content import digest_of, plain_json
from kbtool.review.merkle import Tree, root_at, tree_of
from kbtool.review.note import Checkpoint
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import read_json

ENTRIES = "log/entries.ndjson"
CHECKPOINT = "log/checkpoint"
OLDER = "log/checkpoints/"

_USUAL = re.compile(rb'\{"digest":"([0-9a-f]{64})","file":"([a-z0-9./-]+)","on":"([0-9]{4}-[0-9]{2}-[0-9]{2})"\}')
"""A line as nearly all are: nothing in it can be written in another way, so no JSON parser is needed to read it."""

_RESTORE = "restore the log from the repository's history; it only ever grows"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    name: str
    """Name inside the base of the file taken up."""
    digest: str
    on: date
    """The day of sequencing, as the sequencer states it."""

    def line(self) -> bytes:
        """The line without its line feed: the leaf of the tree."""
        return plain_json({"digest": self.digest, "file": self.name, "on": self.on.isoformat()})


@dataclass(frozen=True, slots=True)
class Log:
    """The log as far as it holds, with everything wrong with it."""

    entries: tuple[Entry, ...]
    tree: Tree
    checkpoint: Checkpoint | None
    problems: tuple[ReviewProblem, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """Number of each logged file, by name; empty where the log itself does not hold."""
        return {} if self.problems else {entry.name: number for number, entry in enumerate(self.entries)}


def read_log(files: Mapping[str, BaseFile], key: LogKey | None, chain: Chain = ()) -> Log:
    """The log of a base, held against its checkpoints, its keys and the files it names.

    `key` is the one in kb.yaml; `chain` are the governance statements, which say what it was before.
    """
    problems: list[ReviewProblem] = []
    entries = tuple(_entries(files.get(ENTRIES), problems))
    tree = tree_of(_lines(files.get(ENTRIES))[: len(entries)])
    keys = log_keys([entry.name for entry in entries], key, chain)
    older: list[ReviewProblem] = []
    names = sorted(name for name in files if name.startswith(OLDER))
    good = max((_older(files[name], keys, tree, older) for name in names), default=0)
    checkpoint = _newest(files, keys, tree, good, problems)
    problems += older
    problems += _files(entries, files)
    problems += _days(entries)
    return Log(entries, tree, checkpoint, tuple(problems))


def _entries(file: BaseFile | None, problems: list[ReviewProblem]) -> Iterator[Entry]:
    """The entries in order; reading ends at the first line that is none."""
    lines = _lines(file)
    for number, line in enumerate(lines[:-1], 1):
        try:
            entry = _entry(line)
        except (ValueError, TypeError, KeyError):
            problems.append(ReviewProblem("log-altered", ENTRIES, f"line {number} is no entry of the log", _RESTORE))
            return
        yield entry
    if lines[-1]:
        problems.append(ReviewProblem("log-altered", ENTRIES, "the last line of the log is cut short", _RESTORE))


def _lines(file: BaseFile | None) -> list[bytes]:
    """The lines of the file of entries without their line feeds, then what stands behind the last of these."""
    return file.raw.split(b"\n") if file else [b""]


def _entry(line: bytes) -> Entry:
    """The entry of a line, which is exactly the line of that entry; raises ValueError, TypeError or KeyError."""
    if usual := _USUAL.fullmatch(line):
        digest, name, on = usual.groups()
        return Entry(name.decode(), digest.decode(), date.fromisoformat(on.decode()))
    value = read_json(line)
    name, digest, on = (str(value[key]) for key in ("file", "digest", "on"))  # type: ignore[index]
    entry = Entry(name, digest, date.fromisoformat(on))
    if entry.line() != line:
        raise ValueError
    return entry


def _newest(
    files: Mapping[str, BaseFile], keys: LogKeys, tree: Tree, good: int, problems: list[ReviewProblem]
) -> Checkpoint | None:
    """The newest checkpoint, which must be over all entries; `good` of them are vouched for by an older one."""
    file = files.get(CHECKPOINT)
    if file is None:
        if tree.size:
            message = "the log has entries and there is no checkpoint"
            problems.append(ReviewProblem("log-unsigned", ENTRIES, message, _RESTORE))
        return None
    checkpoint = checkpoint_of(file.raw, keys)
    if isinstance(checkpoint, str):
        problems.append(ReviewProblem("log-unsigned", CHECKPOINT, checkpoint, _RESTORE))
        return None
    if checkpoint.size != tree.size or checkpoint.root != tree.root:
        problems.append(_altered(checkpoint, tree, good))
    return checkpoint


def _altered(checkpoint: Checkpoint, tree: Tree, good: int) -> ReviewProblem:
    over = f"the checkpoint is over {checkpoint.size} entries"
    if checkpoint.size < tree.size and root_at(checkpoint.size, tree) == checkpoint.root:
        message = f"{over}, and {tree.size - checkpoint.size} more were added behind them without a signature"
    elif checkpoint.size > tree.size:
        message = f"{over}, and the log has {tree.size}: entries were dropped"
    elif checkpoint.size < tree.size:
        message = f"{over}, and the log has {tree.size} others: entries were added or moved"
    else:
        message = f"{over}, and those of the log are others: one was edited, moved or put in the place of another"
    since = f"; the first {good} are as an older checkpoint has them, so look behind those" if good else ""
    return ReviewProblem("log-altered", ENTRIES, message + since, _RESTORE)


def _older(file: BaseFile, keys: LogKeys, tree: Tree, problems: list[ReviewProblem]) -> int:
    """How many entries an older checkpoint vouches for; 0 where it does not hold."""
    checkpoint = checkpoint_of(file.raw, keys)
    if isinstance(checkpoint, str):
        problems.append(ReviewProblem("log-unsigned", file.name, checkpoint, _RESTORE))
    elif file.name != f"{OLDER}{checkpoint.size}":
        message = f"the file holds the checkpoint of {checkpoint.size} entries"
        problems.append(ReviewProblem("log-altered", file.name, message, _RESTORE))
    elif fork := forked(checkpoint, tree):
        hint = "two histories exist; find out which one was published"
        problems.append(ReviewProblem("log-forked", file.name, fork, hint))
    else:
        return checkpoint.size
    return 0


def _days(entries: Sequence[Entry]) -> Iterator[ReviewProblem]:
    """Entries that were taken up before the ones above them, if their days were true."""
    for number in range(1, len(entries)):
        if entries[number].on < entries[number - 1].on:
            message = f"entry {number} is of {entries[number].on}, and the one above it of {entries[number - 1].on}"
            yield ReviewProblem("log-altered", ENTRIES, message, "whoever keeps the log dated it wrongly; " + _RESTORE)


def _files(entries: tuple[Entry, ...], files: Mapping[str, BaseFile]) -> Iterator[ReviewProblem]:
    """Entries whose file is gone or another, and files logged twice."""
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        file = files.get(entry.name)
        if entry.name in seen:
            yield ReviewProblem("log-altered", ENTRIES, f"entry {number} repeats {entry.name!r}", _RESTORE)
        elif file is None:
            yield ReviewProblem(
                "logged-file-missing",
                ENTRIES,
                f"entry {number} names {entry.name!r}, which is gone",
                "restore the file; a decision is never deleted",
            )
        elif digest_of(file.raw) != entry.digest:
            yield ReviewProblem(
                "decision-altered",
                entry.name,
                "the file is not the one that the log took up",
                "restore the file from the repository's history",
            )
        seen.add(entry.name)
