"""An evidence record or a source for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.cli.claim_page import label_of
from kbtool.cli.labels import SEEN, covered_words
from kbtool.cli.page import Page, clean, count, fields, heading, paragraph
from kbtool.release.citation import citation_line

if TYPE_CHECKING:
    from kbtool.model.evidence import Evidence
    from kbtool.model.source import Place, Source
    from kbtool.quotes.coverage import Coverage
    from kbtool.records.base import KnowledgeBase


def evidence_page(page: Page, base: KnowledgeBase, evidence: Evidence) -> Iterator[str]:
    """The lines that show an evidence record and the claims that cite it."""
    yield evidence.id
    yield ""
    yield from paragraph(page, clean(citation_line(evidence.citation)))
    yield ""
    status = f"{evidence.status.state} on {evidence.status.on.isoformat()}: {clean(evidence.status.source)}"
    seen = f"{SEEN[evidence.seen.how]}{'; ' + clean(evidence.seen.detail) if evidence.seen.detail else ''}"
    rows = [
        ("kind", label_of(base.vocabulary.model.evidence_kinds, evidence.kind)),
        ("status", status),
        ("seen", seen),
        *(("", url) for url in evidence.seen.at),
        *_identifiers(evidence),
        ("design", clean(evidence.design or "")),
        ("population", clean(evidence.population or "")),
        ("how many", clean(evidence.n or "")),
        ("overlaps", ", ".join(evidence.overlaps)),
        ("checked", f"{evidence.checked.on.isoformat()}: {clean(evidence.checked.how)}"),
    ]
    yield from fields(page, rows)
    certainty = ("Certainty it states", evidence.certainty_stated)
    for title, text in (("Result", evidence.result), certainty, ("Limits", evidence.limits)):
        if text:
            yield from heading(page, title)
            yield from paragraph(page, clean(text))
    yield from _citing(page, base, evidence.id)


def _identifiers(evidence: Evidence) -> Iterator[tuple[str, str]]:
    ids = evidence.identifiers
    for label, value in (("DOI", ids.doi), ("PubMed", ids.pmid), ("PMC", ids.pmcid)):
        yield label, clean(value or "")
    yield "registered", ", ".join(map(clean, ids.registry))
    yield "other ids", ", ".join(map(clean, ids.other))


def _citing(page: Page, base: KnowledgeBase, slug: str) -> Iterator[str]:
    """The claims that cite a record, each with the stance it has there."""
    terms = base.vocabulary.model
    citing = [(id_, link) for id_, record in base.claims.items() for link in record.model.evidence if link.ref == slug]
    yield from heading(page, f"Cited by ({len(citing) or 'no claim'})")
    for id_, link in citing:
        yield from paragraph(page, f"{label_of(terms.stances, link.stance)}: {id_}", 4, first="  -")


def source_page(page: Page, base: KnowledgeBase, source: Source, covered: Coverage | None) -> Iterator[str]:
    """The lines that show a source: whose it is, where it was found, and how much of it is accounted for."""
    yield source.document
    yield ""
    yield from paragraph(page, clean(source.title))
    yield ""
    claims = sum(record.model.source.document == source.document for record in base.claims.values())
    stored = f"{source.text.characters:,} characters, {source.text.bytes:,} bytes, on {source.text.stored.isoformat()}"
    rows = [
        ("language", source.language),
        ("publisher", clean(source.publisher or "")),
        ("published", source.published.isoformat() if source.published else ""),
        ("rights", f"{source.rights.use}: {clean(source.rights.holder)} {clean(source.rights.statement)}"),
        ("stored", stored),
        ("SHA-256", source.text.digest),
        ("holds", f"{count(len(source.sentences), 'sentence')}, {count(claims, 'claim')}"),
        ("skipped", _skipped(base, source)),
        ("covered", covered_words(covered)),
    ]
    yield from fields(page, rows)
    for title, places in (("Found", source.found), ("Copies elsewhere", source.copies)):
        if places:
            yield from heading(page, title)
            for place in places:
                yield from paragraph(page, _place(place), 4, first="  -")


def _skipped(base: KnowledgeBase, source: Source) -> str:
    reasons = Counter(skip.reason for skip in source.skipped)
    terms = base.vocabulary.model.skip_reasons
    return ", ".join(f"{number} {label_of(terms, reason).lower()}" for reason, number in reasons.items()) or "nothing"


def _place(place: Place) -> str:
    shown = " ".join(part for part in (clean(place.title or ""), place.url) if part)
    return f"{place.on.isoformat()}: {shown + ': ' if shown else ''}{clean(place.note)}"
