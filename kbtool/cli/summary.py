"""What a base holds, counted; and the counts laid out for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kbtool.cli.base import NOT_REVIEWED, Outcome
from kbtool.cli.claim_page import SEEN, label_of
from kbtool.cli.other_pages import covered_words
from kbtool.cli.page import Page, clean, count, fields, heading, paragraph
from kbtool.cli.review_summary import review_lines, review_summary
from kbtool.diagnostics import Severity
from kbtool.review.standing import notice_of
from kbtool.rules.whole_base import coverage_of

if TYPE_CHECKING:
    from kbtool.cli.reading import Reading
    from kbtool.model.vocabulary import Term
    from kbtool.quotes.coverage import Coverage
    from kbtool.records.base import KnowledgeBase

Summary = dict[str, Any]
"""The counts as plain JSON values; see `summary_of`."""

_COLUMN = "number"


def summary_of(outcome: Outcome, reading: Reading) -> Summary:
    """Title and use of the base, what it holds by kind, how its texts are covered, and what the check found."""
    base = reading.base
    config = base.config.model
    severities = Counter(diagnostic.severity for diagnostic in outcome.diagnostics)
    return {
        "format": "kbtool/status/1",
        "title": config.title,
        "base": outcome.shown,
        "as_of": outcome.as_of.isoformat(),
        "intended_use": {"is_for": config.intended_use.is_for, "is_not": list(config.intended_use.is_not)},
        "notice": NOT_REVIEWED if _unreviewed(reading) else None,
        "unreviewed": _unreviewed(reading),
        "reviewers": len(base.reviewers.model.reviewers),
        "claims": _claims(reading),
        "caveats": _caveats(base),
        "evidence": _evidence(base),
        "review": review_summary(base, outcome.review, outcome.as_of) if outcome.review else None,
        "sources": [_source(base, document) for document in sorted(base.sources)],
        "check": {
            "files": outcome.loaded.files,
            "records": outcome.loaded.records,
            "checks": outcome.checks,
            "errors": severities[Severity.ERROR],
            "warnings": severities[Severity.WARNING],
            "notes": severities[Severity.NOTE],
        },
    }


def _unreviewed(reading: Reading) -> int:
    return sum(notice_of(standing) is not None for standing in reading.standings.values())


def _claims(reading: Reading) -> Summary:
    terms = reading.base.vocabulary.model
    claims = [record.model for record in reading.base.claims.values()]
    return {
        "total": len(claims),
        "by_type": _counted((str(getattr(claim, "type", "")) for claim in claims), terms.claim_types),
        "by_rating": _counted((claim.verdict.rating for claim in claims), terms.ratings),
        "by_standing": _counted((standing.value for standing in reading.standings.values()), terms.statuses),
    }


def _caveats(base: KnowledgeBase) -> Summary:
    kinds = [caveat.kind for record in base.claims.values() for caveat in record.model.caveats]
    without = sum(not record.model.caveats for record in base.claims.values())
    by_kind = _counted(kinds, base.vocabulary.model.caveat_kinds)
    return {"total": len(kinds), "claims_without": without, "by_kind": by_kind}


def _evidence(base: KnowledgeBase) -> Summary:
    records = [record.model for record in base.evidence.values()]
    seen: Counter[str] = Counter(evidence.seen.how for evidence in records)
    return {
        "total": len(records),
        "by_kind": _counted((evidence.kind for evidence in records), base.vocabulary.model.evidence_kinds),
        "by_seen": [{"id": how, "label": words, _COLUMN: seen[how]} for how, words in SEEN.items() if seen[how]],
    }


def _counted(codes: Iterable[str], terms: Mapping[str, Term]) -> list[Summary]:
    """Each term that occurs, in the vocabulary's order, then codes that the vocabulary does not have."""
    found = Counter(codes)
    order = [code for code in terms if code in found] + sorted(code for code in found if code not in terms)
    return [{"id": code, "label": label_of(terms, code), _COLUMN: found[code]} for code in order]


def _source(base: KnowledgeBase, document: str) -> Summary:
    source = base.sources[document].model
    covered = coverage_of(base).get(document)
    return {
        "document": document,
        "title": source.title,
        "sentences": len(source.sentences),
        "claims": sum(record.model.source.document == document for record in base.claims.values()),
        "skipped": _counted((skip.reason for skip in source.skipped), base.vocabulary.model.skip_reasons),
        "connectives": len(source.connectives),
        "coverage": _coverage(covered),
        "covered": covered_words(covered),
    }


def _coverage(covered: Coverage | None) -> Summary | None:
    if covered is None:
        return None
    return {"counted": covered.counted, "accounted": covered.accounted, "gaps": len(covered.gaps)}


def summary_lines(page: Page, summary: Summary) -> Iterator[str]:
    """The summary in lines."""
    yield from paragraph(page, clean(summary["title"]), 0)
    if summary["notice"]:
        unreviewed, total = summary["unreviewed"], summary["claims"]["total"]
        yield from paragraph(page, f"{summary['notice']} ({unreviewed:,} of {count(total, 'claim')})", 0)
    claims, caveats, evidence = summary["claims"], summary["caveats"], summary["evidence"]
    yield from _table(page, f"Claims ({claims['total']:,}) by type", claims["by_type"])
    yield from _table(page, "Claims by verdict", claims["by_rating"])
    yield from _table(page, "Claims by standing", claims["by_standing"])
    yield from _table(page, f"Caveats ({caveats['total']:,}) by kind", caveats["by_kind"])
    yield f"  {count(caveats['claims_without'], 'claim')} without any"
    yield from _table(page, f"Evidence ({evidence['total']:,}) by kind", evidence["by_kind"])
    yield from _table(page, "Evidence by how it was seen", evidence["by_seen"])
    yield from review_lines(page, summary["review"]) if summary["review"] else ()
    yield from _sources(page, summary["sources"])
    yield from _use(page, summary["intended_use"])
    yield from _check(page, summary)


def _table(page: Page, title: str, rows: list[Summary]) -> Iterator[str]:
    yield from heading(page, title)
    wide = max((len(row["label"]) for row in rows), default=0)
    for row in rows:
        yield f"  {row['label']:{wide}}  {row[_COLUMN]:>6,}"


def _sources(page: Page, sources: list[Summary]) -> Iterator[str]:
    yield from heading(page, f"Documents ({len(sources):,})")
    for source in sources:
        skipped = ", ".join(f"{row[_COLUMN]} {row['label'].lower()}" for row in source["skipped"]) or "nothing"
        yield from paragraph(page, f"{source['document']}: {clean(source['title'])}", 4, first="  -")
        held = f"{count(source['sentences'], 'sentence')}, {count(source['claims'], 'claim')}"
        rows = (("holds", held), ("skipped", skipped), ("covered", source["covered"]))
        yield from (f"  {line}" for line in fields(Page(page.width - 2), rows))


def _use(page: Page, use: Summary) -> Iterator[str]:
    yield from heading(page, "What it is for")
    yield from paragraph(page, clean(use["is_for"]))
    for text in use["is_not"]:
        yield from paragraph(page, clean(text), 4, first="  -")


def _check(page: Page, summary: Summary) -> Iterator[str]:
    check = summary["check"]
    yield from heading(page, f"Check as of {summary['as_of']}")
    found = f"{count(check['errors'], 'error')}, {count(check['warnings'], 'warning')}, {count(check['notes'], 'note')}"
    yield f"  {found}; {count(check['checks'], 'check')} of {count(check['records'], 'record')}"
    if check["errors"] or check["warnings"]:
        yield "  'kbtool validate' lists them"
