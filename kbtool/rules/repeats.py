"""Rules on what stands in the index twice: one work as two records, one statement as two claims."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import Finding, Severity
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


@rule(Severity.ERROR)
def identifier_repeated(view: BaseView) -> Iterator[BaseFinding]:
    """Two evidence records have the same DOI, PubMed id or PubMed Central id.

    Why: one study in two records is counted as two.

    Mend: keep one record and let every claim cite it; correct the identifier where the two are different works.
    """
    first: dict[tuple[str, str], str] = {}
    for slug, work in view.columns.works.items():
        for kind, number in work.identifiers:
            other = first.setdefault((kind, number.lower()), slug)
            if other != slug:
                found = Finding(("identifiers", kind), f"{number!r} is already the {kind} of {other!r}")
                yield BaseFinding(view.evidence_file(slug), found)


@rule(Severity.ERROR)
def statement_repeated(view: BaseView) -> Iterator[BaseFinding]:
    """Two claims have the same statement and no relation between them.

    Why: one statement in two records gets two verdicts, two reviews and counts as two.

    Mend: keep one; where the document says it twice, relate the two by `restates`.
    """
    first: dict[str, str] = {}
    for id_, row in view.columns.words.items():
        other = first.setdefault(row.statement, id_)
        if other != id_ and not any(other == related for _, related in view.columns.links[id_].relations):
            yield BaseFinding(view.claim_file(id_), Finding(("statement",), f"{other!r} has the same statement"))


RULES: tuple[BaseRule, ...] = (identifier_repeated, statement_repeated)
