"""What a base holds, counted; and the counts laid out for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kbtool.cli.base import NOT_REVIEWED
from kbtool.cli.labels import SEEN, covered_words
from kbtool.cli.page import Page, clean, count, fields, heading, paragraph
from kbtool.diagnostics import Severity
from kbtool.engine.board import Board, SourceRow, Tally

Summary = dict[str, Any]
"""The counts as plain JSON values; see `summary_of`."""

_COLUMN = "number"


def summary_of(board: Board, shown: str, as_of: str, review: Summary | None) -> Summary:
    """Title and use of the base, what it holds by kind, how its texts are covered, and what the check found.

    `review` says how far the review has come, None where nobody is registered.
    """
    facts, tally, checked = board.facts, board.tally(), board.checked
    standings, unreviewed = _standings(board)
    return {
        "format": "kbtool/status/1",
        "title": facts["title"],
        "base": shown,
        "as_of": as_of,
        "intended_use": {"is_for": facts["is_for"], "is_not": facts["is_not"]},
        "notice": NOT_REVIEWED if unreviewed else None,
        "unreviewed": unreviewed,
        "reviewers": facts["reviewers"],
        "claims": {
            "total": checked["claims"],
            "by_type": _counted(tally, "types", board.labels("claim_types")),
            "by_rating": _counted(tally, "ratings", board.labels("ratings")),
            "by_standing": _listed(standings, board.labels("statuses")),
        },
        "caveats": {
            "total": sum(tally.get("caveats", {}).values()),
            "claims_without": tally.get("claims", {}).get("without", 0),
            "by_kind": _counted(tally, "caveats", board.labels("caveat_kinds")),
        },
        "evidence": _evidence(tally, board),
        "review": review,
        "sources": _sources_of(board, tally),
        "check": {
            "files": checked["files"],
            "records": checked["records"],
            "checks": checked["checks"],
            "errors": board.severities.get(Severity.ERROR.value, 0),
            "warnings": board.severities.get(Severity.WARNING.value, 0),
            "notes": board.severities.get(Severity.NOTE.value, 0),
        },
    }


def _standings(board: Board) -> tuple[dict[str, int], int]:
    """How many claims there are of each standing, and how many carry the notice."""
    decided, undecided = board.standings(), board.undecided()
    counts: dict[str, int] = {}
    for row in decided.values():
        counts[row.value] = counts.get(row.value, 0) + 1
    left = board.checked["claims"] - len(decided)
    if left:
        counts[undecided.value] = counts.get(undecided.value, 0) + left
    unreviewed = sum(row.notice is not None for row in decided.values())
    return counts, unreviewed + (left if undecided.notice else 0)


def _evidence(tally: Tally, board: Board) -> Summary:
    seen = tally.get("seen", {})
    return {
        "total": sum(seen.values()),
        "by_kind": _counted(tally, "kinds", board.labels("evidence_kinds")),
        "by_seen": [{"id": how, "label": words, _COLUMN: seen[how]} for how, words in SEEN.items() if seen.get(how)],
    }


def _counted(tally: Tally, name: str, labels: Mapping[str, str]) -> list[Summary]:
    return _listed(tally.get(name, {}), labels)


def _listed(found: Mapping[str, int], labels: Mapping[str, str]) -> list[Summary]:
    """Each term that occurs, in the vocabulary's order, then codes that the vocabulary does not have."""
    order = [code for code in labels if code in found] + sorted(code for code in found if code not in labels)
    return [{"id": code, "label": clean(labels.get(code, code)), _COLUMN: found[code]} for code in order]


def _sources_of(board: Board, tally: Tally) -> list[Summary]:
    accounts, reasons = dict(board.rows("accounts")), board.labels("skip_reasons")
    claims = tally.get("documents", {})
    return [
        _source(document, row, claims.get(document, 0), accounts.get(document), reasons)
        for document, row in board.sources()
    ]


class _Covered(NamedTuple):
    counted: int
    accounted: int


def _source(document: str, row: SourceRow, claims: int, account: Any | None, reasons: Mapping[str, str]) -> Summary:
    covered = _Covered(*account[:2]) if account else None
    return {
        "document": document,
        "title": row.title,
        "sentences": row.sentences,
        "claims": claims,
        "skipped": _listed(row.skipped, reasons),
        "connectives": row.connectives,
        "coverage": {"counted": account[0], "accounted": account[1], "gaps": len(account[2])} if account else None,
        "covered": covered_words(covered),
    }


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
    if summary["review"]:
        from kbtool.cli.review_summary import review_lines

        yield from review_lines(page, summary["review"])
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
