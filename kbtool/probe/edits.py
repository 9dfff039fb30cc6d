"""Changes to the records of a copy: one value, one passage of bytes; each gives new files and says where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.source import Source
from kbtool.probe.fault import NotApplicable, Plant, Planted, Scratch
from kbtool.records.read import SOURCE_LIMIT
from kbtool.yamlsource.parse import parse
from kbtool.yamlsource.write import write

Changes = Mapping[Path, Any]
"""New values by path; DROP takes the value out."""

DROP = object()
"""Stands for no value."""

Files = Mapping[str, bytes]


def data_of(files: Files, name: str) -> dict[str, Any]:
    """The data of a record, free to be changed; the record must parse."""
    data = parse(files[name], limit=SOURCE_LIMIT).data
    if not isinstance(data, dict):
        raise TypeError(f"{name!r} is no mapping")
    return data


def changed(files: Files, name: str, changes: Changes) -> dict[str, bytes]:
    """The files with values of one record changed; keys that the record lacks on the way are added."""
    data = data_of(files, name)
    for path, value in changes.items():
        _put(data, path, value)
    return {**files, name: write(data)}


def _put(data: Any, path: Path, value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(part, {}) if isinstance(data, dict) and isinstance(part, str) else data[part]
    if value is DROP:
        del data[path[-1]]
    elif isinstance(data, list) and path[-1] == len(data):
        data.append(value)
    else:
        data[path[-1]] = value


def planted(scratch: Scratch, name: str, changes: Changes) -> Planted:
    """The copy with values of one record changed."""
    first = next(iter(changes))
    return Planted(changed(scratch.files, name, changes), f"{name}: {'.'.join(str(part) for part in first)}")


def rewritten(scratch: Scratch, name: str, raw: bytes, what: str) -> Planted:
    """The copy with one file, old or new, of these bytes."""
    return Planted({**scratch.files, name: raw}, f"{name}: {what}")


def without(files: Files, name: str) -> dict[str, bytes]:
    """The files less one."""
    return {other: raw for other, raw in files.items() if other != name}


def on_claim(lacking: str) -> Callable[[Callable[[ClaimBase, Scratch], Changes | None]], Plant]:
    """Plant in the first claim, by id, for which the function gives changes; `lacking` says what none of them has."""

    def make(edit: Callable[[ClaimBase, Scratch], Changes | None]) -> Plant:
        def plant(scratch: Scratch) -> Planted | NotApplicable:
            for id_, record in sorted(scratch.base.claims.items()):
                if changes := edit(record.model, scratch):
                    return planted(scratch, f"{id_}.yaml", changes)
            return NotApplicable(lacking)

        return plant

    return make


def on_evidence(lacking: str) -> Callable[[Callable[[Evidence, Scratch], Changes | None]], Plant]:
    """Plant in the first evidence record, by id, for which the function gives changes."""

    def make(edit: Callable[[Evidence, Scratch], Changes | None]) -> Plant:
        def plant(scratch: Scratch) -> Planted | NotApplicable:
            for slug, record in sorted(scratch.base.evidence.items()):
                if changes := edit(record.model, scratch):
                    return planted(scratch, f"evidence/{slug}.yaml", changes)
            return NotApplicable(lacking)

        return plant

    return make


def on_source(lacking: str) -> Callable[[Callable[[Source, str, Scratch], Changes | None]], Plant]:
    """Plant in the first source record with a stored text, by id, for which the function gives changes."""

    def make(edit: Callable[[Source, str, Scratch], Changes | None]) -> Plant:
        def plant(scratch: Scratch) -> Planted | NotApplicable:
            for document, text in sorted(scratch.base.texts.items()):
                if changes := edit(scratch.base.sources[document].model, text, scratch):
                    return planted(scratch, f"sources/{document}.yaml", changes)
            return NotApplicable(lacking)

        return plant

    return make
