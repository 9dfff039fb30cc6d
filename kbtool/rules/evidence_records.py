"""Rules on evidence records: identifiers are well formed, names are whole, status and seeing fit together."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.evidence import Evidence
from kbtool.model.identifiers import doi_problem, pmcid_problem, pmid_problem, registration_problem
from kbtool.rules.context import EvidenceRule, Terms
from kbtool.rules.rule import rule


@rule(Severity.ERROR)
def malformed_identifier(evidence: Evidence, terms: Terms) -> Iterator[Finding]:
    """A DOI, PubMed id, PubMed Central id or registration number does not have its form, or its check digit is wrong.

    Why: an identifier that leads nowhere, or to another paper, is worse than none.

    Mend: copy the identifier from the publication; other kinds go under `other` with their kind in front.
    """
    del terms
    ids = evidence.identifiers
    checks: list[tuple[Path, str | None, str | None]] = [
        (("identifiers", "doi"), ids.doi, doi_problem(ids.doi) if ids.doi else None),
        (("identifiers", "pmid"), ids.pmid, pmid_problem(ids.pmid) if ids.pmid else None),
        (("identifiers", "pmcid"), ids.pmcid, pmcid_problem(ids.pmcid) if ids.pmcid else None),
        *(
            (("identifiers", "registry", i), number, registration_problem(number))
            for i, number in enumerate(ids.registry)
        ),
    ]
    for path, value, problem in checks:
        if problem:
            yield Finding(path, f"{value!r} {problem}")


@rule(Severity.ERROR)
def name_without_words(evidence: Evidence, terms: Terms) -> Iterator[Finding]:
    """An author has neither a family name nor a literal name, or has both.

    Why: citation programs print nothing, or the wrong one.

    Mend: give `family` and `given`, or `literal` for a group.
    """
    del terms
    for index, name in enumerate(evidence.citation.author):
        if (name.family is None) == (name.literal is None):
            yield Finding(("citation", "author", index), "an author needs either 'family' or 'literal'")


@rule(Severity.ERROR)
def seen_and_status_disagree(evidence: Evidence, terms: Terms) -> Iterator[Finding]:
    """A work is called untraced although it was seen, or not seen although it is called current.

    Why: "nobody could find it" and "its abstract was read" cannot both be true.

    Mend: `seen.how: not-seen` goes with `status.state: untraced`, and with nothing else.
    """
    del terms
    untraced, unseen = evidence.status.state == "untraced", evidence.seen.how == "not-seen"
    if untraced != unseen:
        message = f"seen is {evidence.seen.how!r} and status is {evidence.status.state!r}"
        yield Finding(("seen", "how"), message, "an untraced work is one that was not seen, and the other way round")


@rule(Severity.WARNING)
def seen_nowhere(evidence: Evidence, terms: Terms) -> Iterator[Finding]:
    """A work was seen, and the record does not say where.

    Why: the next checker cannot look at the same page.

    Mend: list the addresses under `seen.at`, or describe the copy under `seen.detail`.
    """
    del terms
    if evidence.seen.how != "not-seen" and not evidence.seen.at and not evidence.seen.detail:
        yield Finding(("seen",), "the record does not say where the work was seen")


RULES: tuple[EvidenceRule, ...] = (malformed_identifier, name_without_words, seen_and_status_disagree, seen_nowhere)
