"""What an import would write, and what becomes of every row: a value, nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kbtool.ingest.import_claim import (
    Data,
    NotMapped,
    Said,
    Settings,
    Weighed,
    claim_of,
    evidence_of,
    kind_of,
    quoted,
    weighed,
)
from kbtool.ingest.import_own import own_record, same_claim
from kbtool.ingest.import_place import Placed, placed
from kbtool.ingest.import_row import Found, NoRow, Row
from kbtool.ingest.import_slugs import plain_slug, unused
from kbtool.ingest.import_source import sheet_of, source_of
from kbtool.ingest.import_typed import plainly_typed, typed
from kbtool.ingest.settle import settled
from kbtool.model.claim import CLAIM
from kbtool.model.references import evidence_slugs
from kbtool.quotes.resolve import Span
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import text_name

Outcome = Literal["new", "joined", "there", "refused"]
"""A new record; joined to that of a row before; in the base already; not imported."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one row."""

    place: str
    outcome: Outcome
    detail: str
    """The claim's id, or the reason."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    records: Mapping[str, Data]
    """New records by the name of their file."""
    texts: Mapping[str, bytes]
    """New stored texts by the name of their file."""
    fates: tuple[Fate, ...]
    """Of every row, in order."""
    unmapped: Mapping[str, int]
    """Verdict words that no rating is known for, with how many rows have them."""


@dataclass(slots=True)
class _Lot:
    """The rows of one claim, on their way into a record."""

    rows: list[Row]
    reviews: list[Weighed]
    place: Placed | None


@dataclass(frozen=True, slots=True)
class Aim:
    """Where an import goes."""

    document: str
    """The new document of claims whose words stand in none of the base's."""
    named: str | None = None
    """The document of the base that all rows are about, where the user says so."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Rows that were looked at before and found wanting: their places, with the reason."""
    plain: frozenset[str] = frozenset()
    """Places of rows whose claims get the type that asks least of them."""


@dataclass(slots=True)
class _Desk:
    """What a plan is made on."""

    base: KnowledgeBase
    settings: Settings
    aim: Aim
    fates: dict[str, Fate] = field(default_factory=dict)
    unmapped: Counter[str] = field(default_factory=Counter)
    records: dict[str, Data] = field(default_factory=dict)
    lots: dict[str, _Lot] = field(default_factory=dict)

    def say(self, row: Row | NoRow, outcome: Outcome, detail: str) -> None:
        """Settle the fate of a row."""
        self.fates[row.place] = Fate(row.place, outcome, detail)


def planned(found: Iterable[Found], base: KnowledgeBase, settings: Settings, aim: Aim) -> Plan:
    """The plan for the rows of a file."""
    desk = _Desk(base, settings, aim)
    rows = list(found)
    for row in rows:
        if isinstance(row, NoRow):
            desk.say(row, "refused", row.reason)
        elif row.place in aim.refused:
            desk.say(row, "refused", aim.refused[row.place])
        elif not _is_ours(row, desk):
            _sort(row, desk)
    texts = _write(desk)
    return Plan(desk.records, texts, tuple(desk.fates[row.place] for row in rows), desk.unmapped)


def _is_ours(row: Row, desk: _Desk) -> bool:
    """Settle a row that is a claim of this base: there already, changed, or gone and brought back whole."""
    whole = own_record(row.record) if row.record else None
    present = desk.base.claims.get(row.id or "")
    if present is not None:
        same = same_claim(present.model, whole) if whole else _folded(present.model.statement) == _folded(row.statement)
        if same:
            desk.say(row, "there", str(row.id))
        else:
            desk.say(row, "refused", f"the base has {row.id!r} and says otherwise there; nothing is overwritten")
        return True
    if whole is None or not _has_all(whole, desk.base):
        return False
    desk.records[f"{row.id}.yaml"] = whole
    desk.say(row, "new", str(row.id))
    return True


def _has_all(whole: Data, base: KnowledgeBase) -> bool:
    """Whether the base has the document and the evidence that a claim names."""
    claim = CLAIM.validate_python(whole)
    return claim.source.document in base.sources and all(slug in base.evidence for slug in evidence_slugs(claim))


def _sort(row: Row, desk: _Desk) -> None:
    """Put a row to the rows of the same claim, or settle it where it cannot be imported."""
    place = placed(row, desk.base, desk.aim.named)
    if not any(character.isalnum() for character in _folded(row.statement)):
        place = "there are no words in it"
    if isinstance(place, str):
        desk.say(row, "refused", place)
        return
    try:
        review = weighed(row, desk.settings)
        for limit in row.limits:
            kind_of(limit, desk.settings)
    except NotMapped as why:
        desk.unmapped.update([why.words] if why.words else [])
        desk.say(row, "refused", str(why))
        return
    key = _folded(row.statement) if place is None else f"{place.document} {place.spans}"
    if key in desk.lots:
        _join(row, review, desk.lots[key], desk)
    elif settled := _settled(row, review, place, desk.base):
        desk.say(row, *settled)
    else:
        desk.lots[key] = _Lot([row], [review] if review else [], place)


def _settled(row: Row, review: Weighed | None, place: Placed | None, base: KnowledgeBase) -> tuple[Outcome, str] | None:
    """What becomes of a row whose words the base has a claim for; None where it has none."""
    known = _known(row, place, base)
    if known is None:
        return None
    if review is None or review.slug in {link.ref for link in base.claims[known].model.evidence}:
        return "there", known
    return "refused", f"the base has the claim as {known!r} without this review; add it there by hand"


def _join(row: Row, review: Weighed | None, lot: _Lot, desk: _Desk) -> None:
    first = lot.rows[0]
    if review and lot.reviews and review.rating != lot.reviews[0].rating:
        before, now = lot.reviews[0].rating, review.rating
        desk.say(row, "refused", f"{first.place} has the same claim rated {before!r}, and this one amounts to {now!r}")
        return
    lot.rows.append(row)
    if review and review.slug not in {each.slug for each in lot.reviews}:
        lot.reviews.append(review)


def _known(row: Row, place: Placed | None, base: KnowledgeBase) -> str | None:
    """The claim of the base that quotes the same words; of the same document where the row's is known."""
    words = _folded(row.statement)
    if place is not None:
        text = base.texts[place.document]
        words = _folded(" ".join(text[start:end] for start, end in place.spans))
    for id_, record in base.claims.items():
        passage = record.model.source
        is_there = place is None or passage.document == place.document
        if is_there and words == _folded(" ".join(quote.exact for quote in passage.quotes)):
            return id_
    return None


def _write(desk: _Desk) -> Mapping[str, bytes]:
    """Make the records of all lots; the new text, where a new document is needed."""
    document = desk.aim.document
    own = [lot for lot in desk.lots.values() if lot.place is None]
    if own and document in desk.base.sources:
        reason = f"the base has a document {document!r} already; give another name with --id"
        for row in (row for lot in own for row in lot.rows):
            desk.say(row, "refused", reason)
        own = []
    sheet = sheet_of(lot.rows[0].statement for lot in own)
    for lot in desk.lots.values():
        if lot.place is not None:
            _record(lot, lot.place.document, desk.base.texts[lot.place.document], lot.place.spans, desk)
        elif own:
            _record(lot, document, sheet.text, sheet.spans[lot.rows[0].statement], desk)
    if not own:
        return {}
    spoken = Counter(lot.rows[0].language or desk.base.config.model.language for lot in own)
    language = spoken.most_common(1)[0][0]
    desk.records[f"sources/{document}.yaml"] = source_of(document, sheet, language, desk.settings)
    return {text_name(document, sheet.digest): sheet.content}


def _record(lot: _Lot, document: str, text: str, spans: Sequence[Span], desk: _Desk) -> None:
    """Make the record of a lot and of its reviews."""
    limits = tuple(dict.fromkeys(limit for row in lot.rows for limit in row.limits))
    whole = replace(lot.rows[0], limits=limits)
    used = {*desk.base.claims, *(name.removesuffix(".yaml") for name in desk.records)}
    slugs = {id_.partition("/")[2] for id_ in used if id_.startswith(f"{document}/")}
    id_ = f"{document}/{unused(plain_slug(whole.statement, 'claim'), slugs)}"
    desk.records[f"{id_}.yaml"] = claim_of(whole, id_, _said(whole, text, spans, desk), lot.reviews, desk.settings)
    for review in lot.reviews:
        if review.slug not in desk.base.evidence:
            desk.records[f"evidence/{review.slug}.yaml"] = evidence_of(whole, review, desk.settings)
    for row in lot.rows:
        desk.say(row, "new" if row is lot.rows[0] else "joined", id_)


def _said(row: Row, text: str, spans: Sequence[Span], desk: _Desk) -> Said:
    words = quoted(text, spans)
    is_plain = row.place in desk.aim.plain
    own = plainly_typed(words) if is_plain else typed(words, row.type, desk.settings.vocabulary)
    return Said(text, spans, own)


def _folded(words: str) -> str:
    return " ".join(settled(words).split())
