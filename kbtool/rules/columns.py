"""Columns: of every record the few values that rules on the whole index look at, in place of the full record.

A group of columns is what a handful of rules needs. Rows are plain values (text, numbers, lists), so that they can be
kept and handed between processes as JSON; a rule that runs on kept rows finds exactly what it finds on fresh ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from kbtool.diagnostics import Path
from kbtool.model.base_config import Reviewers
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.references import evidence_slugs
from kbtool.model.source import Source
from kbtool.records.base import KnowledgeBase
from kbtool.rules.accounts import Account, accounts_of
from kbtool.rules.folding import folded_bytes

_DIGEST_BYTES = 12


class Links(NamedTuple):
    """Where a claim points among claims, and what must agree across links."""

    relations: Sequence[tuple[str, str]]
    """Kind and claim of each relation."""
    bases: Sequence[tuple[int, str]]
    """Position of each caveat that rests on a claim, with that claim."""
    rating: str
    polarity: str


class Cites(NamedTuple):
    """What a claim rests on outside itself."""

    document: str
    evidence: Sequence[str]
    """Slugs of all evidence that it names anywhere, sorted."""


class Words(NamedTuple):
    """What a claim says, as digests: enough to find the same words elsewhere."""

    statement: str
    caveats: Sequence[tuple[str, str, str | None]]
    """Kind, digest of the text and claim that it rests on, of each caveat."""


class Work(NamedTuple):
    """How an evidence record is told from others."""

    identifiers: Sequence[tuple[str, str]]
    """Kind and number of each identifier that it has."""
    overlaps: Sequence[str]
    addresses: Sequence[tuple[Sequence[str | int], str]]
    """Path and address of each place where it was seen."""


class Days(NamedTuple):
    """The dates of a record: the path and the day, month or year of each."""

    rows: Sequence[tuple[Sequence[str | int], str]]

    def at(self, *path: str | int) -> str | None:
        """The date at a path; None where there is none."""
        return next((day for where, day in self.rows if tuple(where) == path), None)


Groups = Mapping[str, Mapping[str, Any]]
"""Rows by group, then by id (by file name inside the base in `days`)."""

MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "links": Links._make,
    "cites": Cites._make,
    "words": Words._make,
    "statuses": str,
    "works": Work._make,
    "places": tuple,
    "days": lambda row: Days(row[0]),
    "accounts": Account._make,
}
"""Every group of columns, with what makes a row of it out of plain values."""


class Columns:
    """The columns of a base, a group at a time, and a note of the groups that were asked for."""

    __slots__ = ("_groups", "_late", "_load", "asked")

    def __init__(self, load: Callable[[str], Mapping[str, Any]], late: Callable[[str], Mapping[str, Days]]) -> None:
        """`load` gives the rows of a group, in order of file names; `late` those of `days` that may lie after a day."""
        self._load, self._late = load, late
        self._groups: dict[str, Mapping[str, Any]] = {}
        self.asked: set[str] = set()
        """Names of the groups asked for since this set was last emptied."""

    def _group(self, name: str) -> Mapping[str, Any]:
        self.asked.add(name)
        if name not in self._groups:
            self._groups[name] = self._load(name)
        return self._groups[name]

    @property
    def links(self) -> Mapping[str, Links]:
        """By claim id."""
        return self._group("links")

    @property
    def cites(self) -> Mapping[str, Cites]:
        """By claim id."""
        return self._group("cites")

    @property
    def words(self) -> Mapping[str, Words]:
        """By claim id."""
        return self._group("words")

    @property
    def statuses(self) -> Mapping[str, str]:
        """The status in each record, by claim id."""
        return self._group("statuses")

    @property
    def works(self) -> Mapping[str, Work]:
        """By slug of the evidence."""
        return self._group("works")

    @property
    def places(self) -> Mapping[str, Sequence[str]]:
        """The addresses where a document or a copy of it stands, by document."""
        return self._group("places")

    @property
    def days(self) -> Mapping[str, Days]:
        """By file name inside the base."""
        return self._group("days")

    def late(self, day: str) -> Mapping[str, Days]:
        """By file name, the dates of every record that has one after this day; of others perhaps too."""
        self.asked.add("days")
        return self._late(day)

    @property
    def accounts(self) -> Mapping[str, Account]:
        """By document that has a stored text."""
        return self._group("accounts")


def columns_of(base: KnowledgeBase) -> Columns:
    """The columns of a base that is held in full; a group is worked out when it is asked for."""
    days = {file: found for file, found in _days(base) if found.rows}

    def load(name: str) -> Mapping[str, Any]:
        if name == "accounts":
            return accounts_of(base)
        if name == "days":
            return days
        records, make = _FROM_MODELS[name]
        return {id_: make(record.model) for id_, record in records(base).items()}

    return Columns(load, lambda _: days)


def _days(base: KnowledgeBase) -> Iterator[tuple[str, Days]]:
    yield from ((f"{id_}.yaml", days_of(record.model)) for id_, record in base.claims.items())
    yield from ((f"evidence/{slug}.yaml", days_of(record.model)) for slug, record in base.evidence.items())
    yield from ((f"sources/{document}.yaml", days_of(record.model)) for document, record in base.sources.items())
    yield "reviewers.yaml", days_of(base.reviewers.model)


def claim_rows(claim: ClaimBase) -> dict[str, Any]:
    """The row of a claim in each group of claims."""
    return {"links": _links(claim), "cites": _cites(claim), "words": _words(claim), "statuses": _status(claim)}


def evidence_rows(evidence: Evidence) -> dict[str, Any]:
    """The row of an evidence record in each group of evidence."""
    return {"works": _work(evidence)}


def source_rows(source: Source) -> dict[str, Any]:
    """The row of a source in each group of sources, its account apart."""
    return {"places": _addresses(source)}


def days_of(model: object) -> Days:
    """The dates of a record of any kind; none for those without."""
    if isinstance(model, ClaimBase):
        return Days([(("drafted", "on"), model.drafted.on.isoformat())])
    if isinstance(model, Evidence):
        return Days([*_evidence_days(model)])
    if isinstance(model, Source):
        return Days([*_source_days(model)])
    return Days([*_interests(model)] if isinstance(model, Reviewers) else [])


def _evidence_days(evidence: Evidence) -> Iterator[tuple[Path, str]]:
    yield ("status", "on"), evidence.status.on.isoformat()
    yield ("checked", "on"), evidence.checked.on.isoformat()
    if evidence.citation.issued:
        yield ("citation", "issued"), evidence.citation.issued


def _source_days(source: Source) -> Iterator[tuple[Path, str]]:
    yield ("text", "stored"), source.text.stored.isoformat()
    for name in ("found", "copies"):
        for index, place in enumerate(getattr(source, name)):
            yield (name, index, "on"), place.on.isoformat()
    if source.published:
        yield ("published",), source.published.isoformat()


def _interests(reviewers: Reviewers) -> Iterator[tuple[Path, str]]:
    for index, reviewer in enumerate(reviewers.reviewers):
        for number, interests in enumerate(reviewer.interests):
            yield ("reviewers", index, "interests", number, "on"), interests.on.isoformat()


def _links(claim: ClaimBase) -> Links:
    bases = [(i, c.basis.claim) for i, c in enumerate(claim.caveats) if c.basis and c.basis.claim]
    return Links([(r.kind, r.claim) for r in claim.relations], bases, claim.verdict.rating, claim.polarity)


def _cites(claim: ClaimBase) -> Cites:
    return Cites(claim.source.document, sorted(evidence_slugs(claim)))


def _words(claim: ClaimBase) -> Words:
    caveats = [(c.kind, _digest(c.text), c.basis.claim if c.basis else None) for c in claim.caveats]
    return Words(_digest(claim.statement), caveats)


def _digest(text: str) -> str:
    """What a text is told apart by, spelling and white space folded as for comparing."""
    return blake2b(folded_bytes(text), digest_size=_DIGEST_BYTES).hexdigest()


def _status(claim: ClaimBase) -> str:
    return claim.review.status


def _work(evidence: Evidence) -> Work:
    ids = evidence.identifiers
    numbers = (("doi", ids.doi), ("pmid", ids.pmid), ("pmcid", ids.pmcid))
    return Work([(kind, number) for kind, number in numbers if number], evidence.overlaps, [*_seen(evidence)])


def _seen(evidence: Evidence) -> Iterable[tuple[Path, str]]:
    yield from ((("seen", "at", i), url) for i, url in enumerate(evidence.seen.at))
    if evidence.citation.url:
        yield ("citation", "URL"), evidence.citation.url


def _addresses(source: Source) -> tuple[str, ...]:
    return tuple(place.url for place in (*source.found, *source.copies) if place.url)


_FROM_MODELS: Mapping[str, tuple[Callable[[KnowledgeBase], Mapping[str, Any]], Callable[[Any], Any]]] = {
    "links": (lambda base: base.claims, _links),
    "cites": (lambda base: base.claims, _cites),
    "words": (lambda base: base.claims, _words),
    "statuses": (lambda base: base.claims, _status),
    "works": (lambda base: base.evidence, _work),
    "places": (lambda base: base.sources, _addresses),
}
"""For each group but `days` and `accounts`: the records it is of, and what makes a row of one."""
