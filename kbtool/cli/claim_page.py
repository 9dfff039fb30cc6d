"""One claim for a person at a terminal, with all that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kbtool.cli.base import NOT_REVIEWED
from kbtool.cli.labels import SEEN
from kbtool.cli.page import Page, clean, fields, heading, paragraph
from kbtool.cli.passage import passages
from kbtool.model.base import NOT_STATED, Coded, Quantity, Stated
from kbtool.model.claim import ClaimBase, StudyRef
from kbtool.model.references import CODED_FIELDS
from kbtool.quotes.resolve import resolve
from kbtool.release.citation import citation_line
from kbtool.review.standing import NOT_REVIEWED as NOTICE
from kbtool.review.standing import notice_of

if TYPE_CHECKING:
    from kbtool.cli.reading import Reading
    from kbtool.model.claim import Basis, Caveat, EvidenceLink
    from kbtool.model.vocabulary import Term
    from kbtool.records.base import KnowledgeBase


def claim_page(page: Page, reading: Reading, claim: ClaimBase) -> list[str]:
    """The lines that show a claim."""
    parts = (_verdict, _caveats, _evidence, _passage, _typed, _relations, _history)
    return [*_head(page, reading, claim), *(line for part in parts for line in part(page, reading.base, claim))]


def label_of(terms: Mapping[str, Term], code: str) -> str:
    """The label of a term, or its id where the vocabulary does not have it."""
    term = terms.get(code)
    return clean(term.label) if term else code


def _head(page: Page, reading: Reading, claim: ClaimBase) -> Iterator[str]:
    yield claim.id
    yield ""
    yield from paragraph(page, clean(claim.statement))
    yield ""
    standing = reading.state.claims[claim.id].standing
    label = label_of(reading.base.vocabulary.model.statuses, standing.value)
    reason = clean(standing.reason).removesuffix(f": {NOTICE}")
    yield from paragraph(page, f"{label}: {reason}.{' ' + NOT_REVIEWED if notice_of(standing) else ''}")


def _verdict(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    terms, verdict = base.vocabulary.model, claim.verdict
    yield from heading(page, f"Verdict: {label_of(terms.ratings, verdict.rating)}")
    yield from paragraph(page, clean(verdict.rationale))
    if verdict.certainty:
        level = label_of(terms.certainty_levels, verdict.certainty.level)
        said = f"Certainty: {level}, as {verdict.certainty.stated_by} states it for: {clean(verdict.certainty.outcome)}"
        yield from paragraph(page, said)


def _caveats(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    yield from heading(page, f"Caveats ({len(claim.caveats) or 'none'})")
    for caveat in claim.caveats:
        label = label_of(base.vocabulary.model.caveat_kinds, caveat.kind)
        yield from paragraph(page, f"{label}: {clean(caveat.text)}", 4, first="  -")
        yield from paragraph(page, f"rests on {_basis(caveat, base)}", 4)


def _basis(caveat: Caveat, base: KnowledgeBase) -> str:
    given: Basis | None = caveat.basis
    if given and given.evidence:
        return f"the evidence {given.evidence}"
    if given and given.quote:
        return f"words of the document: “{clean(given.quote.exact)}”"
    if given and given.claim:
        other = base.claims.get(given.claim)
        return f"the claim {given.claim}" + (f": {clean(other.model.statement)}" if other else ", which is not there")
    return "nothing that the record names"


def _evidence(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    yield from heading(page, f"Evidence ({len(claim.evidence) or 'none'})")
    for link in claim.evidence:
        yield from paragraph(page, _stance(link, base), 4, first="  -")
        where = f" ({clean(link.locator)})" if link.locator else ""
        yield from paragraph(page, f"{clean(link.finding)}{where}", 4)
        record = base.evidence.get(link.ref)
        if record is None:
            yield from paragraph(page, "the record is not there, or cannot be read", 4)
            continue
        kind = label_of(base.vocabulary.model.evidence_kinds, record.model.kind)
        yield from paragraph(page, clean(citation_line(record.model.citation)), 4)
        yield from paragraph(page, f"{kind}; {record.model.status.state}; {SEEN[record.model.seen.how]}", 4)


def _stance(link: EvidenceLink, base: KnowledgeBase) -> str:
    terms = base.vocabulary.model
    return f"{label_of(terms.stances, link.stance)}, {label_of(terms.directness, link.directness).lower()}: {link.ref}"


def _passage(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    document = claim.source.document
    source = base.sources.get(document)
    title = f": {clean(source.model.title)}" if source else ""
    yield from heading(page, f"In the document {document}{title}")
    text = base.texts.get(document)
    found = [resolve(quote, text) for quote in claim.source.quotes] if text is not None else []
    spans = [each.places[0] for each in found if each.outcome == "found"]
    if text is None or len(spans) < len(claim.source.quotes):
        yield from paragraph(page, "The stored text does not hold every quote where the record says; the quotes are:")
        for quote in claim.source.quotes:
            yield from paragraph(page, f"»{clean(quote.exact)}«", 4, first="  -")
        return
    for passage in passages(text, spans):
        yield from paragraph(page, passage)


def _typed(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    type_ = str(getattr(claim, "type", ""))
    yield from heading(page, f"As the document states it ({label_of(base.vocabulary.model.claim_types, type_)})")
    own = [name for name in type(claim).model_fields if name not in ClaimBase.model_fields and name != "type"]
    rows = [(name.replace("_", " "), _value(name, getattr(claim, name), base)) for name in own]
    hedges = ", ".join(f"“{clean(word)}”" for word in claim.hedges) or "none"
    yield from fields(page, [*rows, ("polarity", claim.polarity), ("hedges", hedges)])


def _value(name: str, value: object, base: KnowledgeBase) -> str:
    if isinstance(value, StudyRef):
        record = base.evidence.get(value.ref)
        return f"{value.ref} ({record.model.status.state})" if record else value.ref
    if value == NOT_STATED:
        return "not stated"
    if isinstance(value, Quantity) and value.value is not None:
        unit = f" {clean(value.unit)}" if value.unit else ""
        return f"“{clean(value.as_stated)}” ({value.value}{unit})"
    if isinstance(value, Coded):
        terms: Mapping[str, Term] = getattr(base.vocabulary.model, CODED_FIELDS.get(name, ""), {})
        return f"“{clean(value.as_stated)}” ({label_of(terms, value.code)})"
    return f"“{clean(value.as_stated)}”" if isinstance(value, Stated | Quantity) else ""


def _relations(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    if claim.relations:
        yield from heading(page, f"Relations ({len(claim.relations)})")
    for relation in claim.relations:
        other = base.claims.get(relation.claim)
        said = clean(other.model.statement) if other else "(not there)"
        label = label_of(base.vocabulary.model.relation_kinds, relation.kind)
        yield from paragraph(page, f"{label}: {relation.claim}", 4, first="  -")
        yield from paragraph(page, said, 4)


def _history(page: Page, base: KnowledgeBase, claim: ClaimBase) -> Iterator[str]:
    del base
    drafted = claim.drafted
    machine = "; words of it were written by a machine" if drafted.machine else ""
    yield from heading(page, "Record")
    said = f"{clean(drafted.by)} on {drafted.on.isoformat()}, {clean(drafted.method)}{machine}"
    rows = (("drafted", said), ("tags", ", ".join(claim.tags)), ("notes", clean(claim.notes or "")))
    yield from fields(page, rows)
