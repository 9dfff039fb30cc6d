"""Faults of source records: passages that move, overlap, vanish or set aside what may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.source import Source
from kbtool.probe.edits import data_of, on_source
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.records.layout import text_name
from kbtool.yamlsource.write import write

_NO_SOURCE = "the base has no source with its stored text"


@on_source("no source skips a passage")
def _skip_gone(source: Source, text: str, scratch: Scratch) -> dict[Path, Any] | None:
    del text, scratch
    rest = [skip.model_dump(mode="json", exclude_none=True) for skip in source.skipped[1:]]
    values = [{key: str(value) for key, value in skip.items()} for skip in rest]
    return {("skipped",): values} if source.skipped else None


@on_source(_NO_SOURCE)
def _sentence_gone(source: Source, text: str, scratch: Scratch) -> dict[Path, Any] | None:
    del text, scratch
    rest = [[str(start), str(end)] for start, end in source.sentences[1:]]
    return {("sentences",): rest} if rest else None


@on_source("no source skips a passage")
def _skip_moved(source: Source, text: str, scratch: Scratch) -> dict[Path, Any] | None:
    del text, scratch
    if not source.skipped:
        return None
    first = source.skipped[0]
    return {("skipped", 0, "start"): str(first.start + 1), ("skipped", 0, "end"): str(first.end + 1)}


@on_source("no source skips a passage")
def _skip_twice(source: Source, text: str, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    if not source.skipped:
        return None
    first = source.skipped[0]
    inner = {"exact": text[first.start + 1 : first.end], "start": str(first.start + 1), "end": str(first.end)}
    return {("skipped", len(source.skipped)): inner | {"reason": first.reason}}


def _connective(words: Callable[[str], str | None], lacking: str) -> Plant:
    """Words of a stored text called a connective."""

    @on_source(lacking)
    def plant(source: Source, text: str, scratch: Scratch) -> dict[Path, Any] | None:
        del scratch
        exact = words(text)
        if exact is None:
            return None
        start = text.index(exact)
        value = {"exact": exact, "start": str(start), "end": str(start + len(exact))}
        path: Path = ("connectives", len(source.connectives)) if source.connectives else ("connectives",)
        return {path: value if source.connectives else [value]}

    return plant


def _first_line(text: str) -> str | None:
    return next((line.strip() for line in text.split("\n") if len(line.split()) > 4), None)


def _not(text: str) -> str | None:
    return next((word for word in (" not ", " may ", " no ") if word in text), None)


def _source_alone(scratch: Scratch) -> Planted | NotApplicable:
    document = min(scratch.base.texts, default=None)
    if document is None:
        return NotApplicable(_NO_SOURCE)
    source = scratch.base.sources[document].model
    data = data_of(scratch.files, f"sources/{document}.yaml") | {"document": "probe-unread"}
    more = {
        "sources/probe-unread.yaml": write(data),
        text_name("probe-unread", source.text.digest): scratch.files[text_name(document, source.text.digest)],
    }
    return Planted({**scratch.files, **more}, "sources/probe-unread.yaml: a document that nobody reads")


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "skip-deleted",
        "a skipped passage deleted, so that words are in no record",
        caught_by("text-unaccounted"),
        _skip_gone,
    ),
    Fault("sentence-deleted", "a sentence that is not counted", caught_by("sentence-spans-off"), _sentence_gone),
    Fault("skip-moved", "a skipped passage that stands elsewhere", caught_by("passage-not-in-text"), _skip_moved),
    Fault("skips-overlap", "words skipped for two reasons", caught_by("overlapping-passages"), _skip_twice),
    Fault(
        "statement-as-connective",
        "a whole statement called a joining word",
        caught_by("connective-not-listed"),
        _connective(_first_line, _NO_SOURCE),
    ),
    Fault(
        "negation-as-connective",
        "'not' or 'may' called a joining word",
        caught_by("connective-turns-meaning"),
        _connective(_not, "no stored text has a 'not', 'may' or 'no'"),
    ),
    Fault(
        "document-unread",
        "a stored document of which no claim is made",
        caught_by("source-without-claims"),
        _source_alone,
    ),
)
"""Faults of source records, as a literal list."""
