"""A list of notices laid over evidence records: which works no longer stand, and the three scalars that say so.

Nothing but `status.state`, `status.on` and `status.source` of a record changes. What follows for claims is found by
checking the base again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kbtool.model.evidence import Evidence
from kbtool.records.base import KnowledgeBase, Record
from kbtool.review.edits import Edit
from kbtool.review.notices import Notice
from kbtool.yamlsource.splice import SpliceError, splice

_LIST = "as listed in the Retraction Watch database"


@dataclass(frozen=True, slots=True)
class Touched:
    """A record whose status changes."""

    evidence: str
    """Slug of the record."""
    before: str
    after: str
    source: str
    """What its `status.source` says from here on."""
    edit: Edit


@dataclass(frozen=True, slots=True)
class NotWritten:
    """A record that the list is about and that could not be changed, and why."""

    evidence: str
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a list does to a base."""

    touched: tuple[Touched, ...]
    already: tuple[str, ...]
    """Slugs of records that are in the list and say so already."""
    refused: tuple[NotWritten, ...]


def apply_notices(base: KnowledgeBase, notices: Iterable[Notice], on: date) -> Applied:
    """Find the records that the notices are about, by DOI in any case or PubMed id, and change their status."""
    by_doi: dict[str, list[Notice]] = defaultdict(list)
    by_pmid: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.doi:
            by_doi[notice.doi].append(notice)
        if notice.pmid:
            by_pmid[notice.pmid].append(notice)
    outcomes = [_outcome(slug, record, by_doi, by_pmid, on) for slug, record in sorted(base.evidence.items())]
    return Applied(
        touched=tuple(o for o in outcomes if isinstance(o, Touched)),
        already=tuple(o for o in outcomes if isinstance(o, str)),
        refused=tuple(o for o in outcomes if isinstance(o, NotWritten)),
    )


def _outcome(
    slug: str,
    record: Record[Evidence],
    by_doi: Mapping[str, list[Notice]],
    by_pmid: Mapping[str, list[Notice]],
    on: date,
) -> Touched | NotWritten | str | None:
    known = record.model.identifiers
    about = [*by_doi.get((known.doi or "").lower(), ()), *by_pmid.get(known.pmid or "", ())]
    if not about:
        return None
    state, notice = _folded(record.model.status.state, sorted(about, key=lambda each: (each.on, each.line)))
    source = _in_words(notice)
    status = record.model.status
    is_same = status.state == state and (notice.nature != "Expression of concern" or status.source == source)
    if is_same:
        return slug
    return _changed(slug, record, {"state": state, "on": on.isoformat(), "source": source})


def _folded(state: str, notices: list[Notice]) -> tuple[str, Notice]:
    """The state after every notice in the order of their days, and the one that decided it.

    A reinstatement lifts a retraction; a correction does not, nor does it make a superseded work stand again. An
    expression of concern is no state of a work: it is said in the record's own words, which calls for a new review.
    """
    found, decided = state, notices[-1]
    is_retracted = False
    for notice in notices:
        if notice.nature == "Retraction":
            found, decided, is_retracted = "retracted", notice, True
        elif notice.nature == "Reinstatement":
            found, decided, is_retracted = "current", notice, False
        elif notice.nature == "Correction" and not is_retracted and state != "superseded":
            found, decided = "corrected", notice
        elif notice.nature == "Expression of concern" and not is_retracted:
            decided = notice
    return found, decided


def _in_words(notice: Notice) -> str:
    """Like "Retraction of 2024-07-15 (doi 10.…): one reason; another, as listed in …"."""
    where = f" (doi {notice.notice_doi})" if notice.notice_doi else ""
    why = f": {'; '.join(notice.reasons)}" if notice.reasons else ""
    return f"{notice.nature} of {notice.on}{where}{why}, {_LIST}"


def _changed(slug: str, record: Record[Evidence], status: Mapping[str, str]) -> Touched | NotWritten:
    raw = record.raw
    try:
        for name, value in status.items():
            raw = splice(raw, ("status", name), value)
    except SpliceError as error:
        return NotWritten(slug, str(error))
    edit = Edit(f"evidence/{slug}.yaml", raw, record.raw)
    return Touched(slug, record.model.status.state, status["state"], status["source"], edit)
