"""Rules on what stands in the index twice: one work as two records, one statement as two claims."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.evidence import Identifiers
from kbtool.rules.caveats import fold
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


@rule(Severity.ERROR)
def identifier_repeated(view: BaseView) -> Iterator[BaseFinding]:
    """Two evidence records have the same DOI, PubMed id or PubMed Central id.

    Why: one study in two records is counted as two.

    Mend: keep one record and let every claim cite it; correct the identifier where the two are different works.
    """
    first: dict[tuple[str, str], str] = {}
    for slug, record in view.base.evidence.items():
        for path, kind, number in _identifiers(record.model.identifiers):
            other = first.setdefault((kind, number.lower()), slug)
            if other != slug:
                yield BaseFinding(record.file, Finding(path, f"{number!r} is already the {kind} of {other!r}"))


def _identifiers(ids: Identifiers) -> Iterator[tuple[Path, str, str]]:
    for kind, number in (("doi", ids.doi), ("pmid", ids.pmid), ("pmcid", ids.pmcid)):
        if number:
            yield ("identifiers", kind), kind, number


@rule(Severity.ERROR)
def statement_repeated(view: BaseView) -> Iterator[BaseFinding]:
    """Two claims have the same statement and no relation between them.

    Why: one statement in two records gets two verdicts, two reviews and counts as two.

    Mend: keep one; where the document says it twice, relate the two by `restates`.
    """
    first: dict[str, str] = {}
    for id_, record in view.base.claims.items():
        other = first.setdefault(fold(record.model.statement), id_)
        related = {relation.claim for relation in record.model.relations}
        if other != id_ and other not in related:
            yield BaseFinding(record.file, Finding(("statement",), f"{other!r} has the same statement"))


RULES: tuple[BaseRule, ...] = (identifier_repeated, statement_repeated)
