"""Faults of evidence records: identifiers that are none, works seen nowhere, copies of the document."""

from __future__ import annotations

from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.evidence import Evidence
from kbtool.probe.edits import DROP, changed, on_evidence
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by


def _of_record(changes: dict[Path, Any]) -> Plant:
    return on_evidence("the base has no evidence record")(lambda _evidence, _scratch: changes)


@on_evidence("no evidence record was seen at an address")
def _seen_nowhere(evidence: Evidence, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    if evidence.seen.how == "not-seen" or not evidence.seen.at:
        return None
    gone: dict[Path, Any] = {("seen", "at"): DROP}
    return gone | ({("seen", "detail"): DROP} if evidence.seen.detail else {})


@on_evidence("every evidence record is untraced")
def _untraced_and_seen(evidence: Evidence, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    return {("status", "state"): "untraced"} if evidence.seen.how != "not-seen" else None


def _copy_as_evidence(scratch: Scratch) -> Planted | NotApplicable:
    """A page that carries the document, cited as evidence."""
    url = "https://copy.example.org/the-same-words"
    document, slug = min(scratch.base.sources, default=None), min(scratch.base.evidence, default=None)
    if document is None or slug is None:
        return NotApplicable("the base has no source or no evidence record")
    source = scratch.base.sources[document].model
    copy = {"url": url, "on": source.text.stored.isoformat(), "note": "A page with the same words."}
    path: Path = ("copies", len(source.copies)) if source.copies else ("copies",)
    files = changed(scratch.files, f"sources/{document}.yaml", {path: copy if source.copies else [copy]})
    name = f"evidence/{slug}.yaml"
    return Planted(changed(files, name, {("seen", "at"): [f"{url}/"]}), f"{name}: seen.at")


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "placeholder-result",
        "an evidence record whose result is still to be added",
        caught_by("placeholder-text"),
        _of_record({("result",): "TBD: to be added."}),
    ),
    Fault(
        "malformed-doi",
        "a DOI that is none",
        caught_by("malformed-identifier"),
        _of_record({("identifiers", "doi"): "10.99/"}),
    ),
    Fault(
        "malformed-pmid",
        "a PubMed id that is none",
        caught_by("malformed-identifier"),
        _of_record({("identifiers", "pmid"): "PM12"}),
    ),
    Fault(
        "author-without-name",
        "an author without a name",
        caught_by("name-without-words"),
        _of_record({("citation", "author"): [{"given": "A"}]}),
    ),
    Fault(
        "seen-though-untraced",
        "a work that was read and could not be found",
        caught_by("seen-and-status-disagree"),
        _untraced_and_seen,
    ),
    Fault("seen-nowhere", "a work that was seen at no place", caught_by("seen-nowhere"), _seen_nowhere),
    Fault(
        "copy-as-evidence",
        "a copy of the document cited as evidence for it",
        caught_by("evidence-is-copy-of-source"),
        _copy_as_evidence,
    ),
)
"""Faults of evidence records, as a literal list."""
