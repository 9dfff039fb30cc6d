"""Rules on evidence and verdict of a claim: what is cited exists, and the verdict is one that it can carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbtool.diagnostics import Finding, Severity
from kbtool.model.claim import Citation, ClaimBase, EvidenceLink, StudyFinding, StudyRef
from kbtool.model.references import evidence_named
from kbtool.quotes.words import gives, numbers
from kbtool.rules.caveats import holds
from kbtool.rules.context import Cited, ClaimRule
from kbtool.rules.rule import rule

UNTRACED_CAVEAT = "untraced-citation"
"""The caveat kind that a claim leaning on an untraced study must carry."""

_CONTRARY: Mapping[str, str] = {"supported": "contradicts", "contradicted": "supports"}
"""The stance that speaks against a rating."""

_OF_A_STUDY = (StudyFinding, Citation)


@rule(Severity.ERROR, locked=True)
def dangling_evidence(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A claim names an evidence record that does not exist or could not be read.

    Why: evidence that nobody can open is none.

    Mend: correct the id, or add `evidence/<id>.yaml`.
    """
    for path, slug in evidence_named(claim) if cited.absent else ():
        if slug in cited.absent:
            yield Finding(path, f"there is no readable evidence record {slug!r}")


@rule(Severity.ERROR)
def evidence_repeated(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A claim cites the same evidence record twice.

    Why: one study listed twice looks like two.

    Mend: put both findings into one entry, with the stance that the whole of them has.
    """
    del cited
    seen: set[str] = set()
    for index, link in enumerate(claim.evidence):
        if link.ref in seen:
            yield Finding(
                ("evidence", index, "ref"),
                f"evidence {link.ref!r} is already cited above",
            )
        seen.add(link.ref)


@rule(Severity.ERROR)
def evidence_missing(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """Policy asks for evidence that the claim does not cite.

    Why: a verdict without evidence is an opinion.

    Mend: cite what the verdict rests on, or change the verdict.
    """
    for need in cited.terms.policy.evidence:
        if len(claim.evidence) < need.at_least and holds(need.when, claim):
            message = f"policy asks for at least {need.at_least} evidence here, and {len(claim.evidence)} is cited"
            yield Finding(("evidence",), message, need.why)


@rule(Severity.ERROR, locked=True)
def verdict_without_support(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The rating is one that the stances of the cited evidence cannot carry.

    Why: "supported" with nothing supporting, or "contradicted" with nothing contradicting, misleads.

    Mend: correct the rating or the stances; retracted and untraced evidence carries nothing.
    """
    rating = cited.terms.vocabulary.ratings.get(claim.verdict.rating)
    if rating is None or not rating.needs:
        return
    if not any(link.stance in rating.needs and _stands(link, cited) for link in claim.evidence):
        wanted = " or ".join(f"'{stance}'" for stance in rating.needs)
        message = f"the rating {claim.verdict.rating!r} needs evidence with stance {wanted}, and none is cited"
        yield Finding(("verdict", "rating"), message)


def _stands(link: EvidenceLink, cited: Cited) -> bool:
    evidence = cited.evidence.get(link.ref)
    return evidence is not None and evidence.status.state not in {
        "retracted",
        "untraced",
    }


@rule(Severity.WARNING)
def verdict_ignores_contrary_evidence(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The claim is rated as supported although it cites evidence that contradicts it, or the other way round.

    Why: a reader who sees "supported" does not look for what speaks against it.

    Mend: rate it as partly supported, or say in a note why the stance is not what it seems and change it.
    """
    del cited
    rating = claim.verdict.rating
    against = next((link for link in claim.evidence if link.stance == _CONTRARY.get(rating)), None)
    if against:
        yield Finding(
            ("verdict", "rating"),
            f"the rating is {rating!r} and evidence {against.ref!r} {against.stance} the claim",
        )


@rule(Severity.ERROR, locked=True)
def untraced_without_caveat(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A claim leans on a study that nobody could find and does not say so.

    Why: a figure with a journal's name looks checked.

    Mend: rate the claim `unverifiable` and add a caveat `untraced-citation` that rests on the study's record.
    """
    if not isinstance(claim, _OF_A_STUDY) or not _is_untraced(claim.study, cited):
        return
    study = claim.study
    if claim.verdict.rating != "unverifiable":
        message = f"the study {study.ref!r} is untraced, so the rating cannot be {claim.verdict.rating!r}"
        yield Finding(("verdict", "rating"), message, "rate it 'unverifiable'")
    if not any(c.kind == UNTRACED_CAVEAT and c.basis and c.basis.evidence == study.ref for c in claim.caveats):
        message = f"the study {study.ref!r} is untraced and no caveat {UNTRACED_CAVEAT!r} rests on it"
        yield Finding(("study", "ref"), message)


def _is_untraced(study: StudyRef, cited: Cited) -> bool:
    evidence = cited.evidence.get(study.ref)
    return evidence is not None and evidence.status.state == "untraced"


@rule(Severity.WARNING)
def second_hand_verdict(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """Every piece of evidence that carries the verdict was seen at second hand only.

    Why: what others say of a study is not the study; the reader must know that nobody looked.

    Mend: look at the work itself or its abstract and record it; until then this warning stays.
    """
    rating = cited.terms.vocabulary.ratings.get(claim.verdict.rating)
    carries = rating.needs if rating else ()
    leaning = [link for link in claim.evidence if link.stance in carries and link.ref in cited.evidence]
    if leaning and all(cited.evidence[link.ref].seen.how == "second-hand" for link in leaning):
        names = ", ".join(f"'{link.ref}'" for link in leaning)
        message = f"the verdict {claim.verdict.rating!r} rests only on what was seen at second hand: {names}"
        yield Finding(
            ("verdict", "rating"),
            message,
            "see the work itself or its abstract, and record how",
        )


@rule(Severity.ERROR)
def evidence_not_seen(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """Evidence that nobody has seen, or that is retracted, is given a stance other than context.

    Why: what was not seen cannot point either way, and what was retracted no longer does.

    Mend: write `stance: context`, or see the work and record how.
    """
    for index, link in enumerate(claim.evidence):
        evidence = cited.evidence.get(link.ref)
        if evidence is None or link.stance == "context":
            continue
        if evidence.seen.how == "not-seen" or evidence.status.state in {
            "untraced",
            "retracted",
        }:
            why = "was not seen" if evidence.seen.how == "not-seen" else f"is {evidence.status.state}"
            yield Finding(
                ("evidence", index, "stance"),
                f"evidence {link.ref!r} {why} and cannot have stance {link.stance!r}",
            )


@rule(Severity.ERROR)
def certainty_without_review(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A certainty is given that no cited evidence states.

    Why: certainty is what a review says of an outcome, never our own guess.

    Mend: name the cited record that states it, with `certainty_stated` filled in there, or drop the certainty.
    """
    certainty = claim.verdict.certainty
    if certainty is None:
        return
    path = ("verdict", "certainty", "stated_by")
    if certainty.stated_by not in {link.ref for link in claim.evidence}:
        yield Finding(
            path,
            f"the certainty is stated by {certainty.stated_by!r}, which the claim does not cite",
        )
    elif (record := cited.evidence.get(certainty.stated_by)) and not record.certainty_stated:
        yield Finding(path, f"the record {certainty.stated_by!r} states no certainty")


@rule(Severity.ERROR, locked=True)
def finding_number_without_source(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A number in a finding stands nowhere in the evidence record that it is said to come from.

    Why: no number is invented; the record of the work is where a reader looks it up.

    Mend: correct the number, or add it to the record's `result` with what it counts.
    """
    for index, link in enumerate(claim.evidence):
        if link.ref in cited.absent or not (said := numbers(link.finding)):
            continue
        known = cited.evidence_texts[link.ref]
        for number in said:
            if not gives(known, number):
                yield Finding(
                    ("evidence", index, "finding"),
                    f"number {number!r} is not in the record {link.ref!r}",
                )


@rule(Severity.ERROR, locked=True)
def rationale_number_without_source(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A number in the rationale stands neither in a quote nor in any cited evidence.

    Why: the rationale sums up what was found; a number that only it has was found nowhere.

    Mend: correct the number, or cite the evidence that gives it.
    """
    if not (said := numbers(claim.verdict.rationale)):
        return
    origins = (cited.quoted, *cited.evidence_texts.values())
    for number in said:
        if not any(gives(origin, number) for origin in origins):
            yield Finding(
                ("verdict", "rationale"),
                f"number {number!r} is in no quote and no cited evidence",
            )


RULES: tuple[ClaimRule, ...] = (
    dangling_evidence,
    evidence_repeated,
    evidence_missing,
    verdict_without_support,
    verdict_ignores_contrary_evidence,
    untraced_without_caveat,
    second_hand_verdict,
    evidence_not_seen,
    certainty_without_review,
    finding_number_without_source,
    rationale_number_without_source,
)
