"""Rules on the whole index: the account of each text, copies posing as evidence, copied caveats, dates, statuses."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.identifiers import orcid_problem
from kbtool.quotes.words import hedges, negations
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


@rule(Severity.ERROR, locked=True)
def text_unaccounted(view: BaseView) -> Iterator[BaseFinding]:
    """Words of the stored text stand in no quote, no skipped passage and no connective.

    Why: a statement that nobody made a record of is one that nobody checked.

    Mend: quote the words in a claim, or list them under `skipped` with a reason or under `connectives`.
    """
    for document, account in view.columns.accounts.items():
        for start, end, index, words in account.left:
            path: Path = ("sentences", index) if index >= 0 else ("sentences",)
            message = f"the words {words!r} at {start}-{end} are in no record"
            hint = "quote them in a claim, or list them here under 'skipped' with a reason or under 'connectives'"
            yield BaseFinding(view.source_file(document), Finding(path, message, hint))


@rule(Severity.ERROR, locked=True)
def evidence_is_copy_of_source(view: BaseView) -> Iterator[BaseFinding]:
    """An evidence record was seen at an address where a document under check, or a copy of it, stands.

    Why: a document is no evidence for itself, whoever reprints it.

    Mend: list the address under `copies` of the source record and delete the evidence record.
    """
    addresses = {_address(url): document for document, urls in view.columns.places.items() for url in urls}
    for slug, work in view.columns.works.items():
        for path, url in work.addresses:
            if document := addresses.get(_address(url)):
                message = f"{url!r} carries a copy of {document!r}, which is under check"
                yield BaseFinding(view.evidence_file(slug), Finding(tuple(path), message))


def _address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, www, case of the host, trailing slash, fragment."""
    host, slash, rest = url.partition("://")[2].partition("/")
    return (
        host.lower().removeprefix("www.") + slash + rest.partition("#")[0].rstrip("/")
        if rest
        else host.lower().removeprefix("www.")
    )


@rule(Severity.ERROR)
def copied_caveat(view: BaseView) -> Iterator[BaseFinding]:
    """Two claims carry the same caveat text although the texts do not rest on the same claim.

    Why: a text that fits every claim was written for none of them.

    Mend: write what the limit means for this claim, or let both caveats rest on one claim that says it.
    """
    first: dict[str, tuple[str, int, str | None]] = {}
    for id_, row in view.columns.words.items():
        for index, (kind, text, rests_on) in enumerate(row.caveats):
            if text not in first:
                first[text] = (id_, index, rests_on)
                continue
            other, at, others_basis = first[text]
            if other != id_ and (rests_on is None or rests_on != others_basis):
                message = f"caveat {kind!r} has the text of a caveat of {other!r}"
                related = ((view.claim_file(other), ("caveats", at, "text"), "the same text"),)
                yield BaseFinding(view.claim_file(id_), Finding(("caveats", index, "text"), message, related=related))


@rule(Severity.ERROR, locked=True)
def date_in_future(view: BaseView) -> Iterator[BaseFinding]:
    """A date lies after the date of the check.

    Why: nothing was seen, stored or drafted tomorrow; the date, or the clock, is wrong.

    Mend: correct the date, or check with the right `--as-of`.
    """
    today = view.as_of.isoformat()
    for name, days in view.columns.late(today).items():
        for path, day in days.rows:
            if day > today[: len(day)]:
                message = f"the date '{day}' lies after the date of this check, {today}"
                yield BaseFinding(view.file(name), Finding(tuple(path), message))


@rule(Severity.ERROR)
def dates_out_of_order(view: BaseView) -> Iterator[BaseFinding]:
    """Something is dated before what it needs: stored before published, drafted before stored, checked before issued.

    Why: a record cannot be older than what it is a record of.

    Mend: correct the earlier or the later of the two dates.
    """
    columns, seen = view.columns, {}
    for document in columns.places:
        days = columns.days[f"sources/{document}.yaml"]
        published, stored = days.at("published"), days.at("text", "stored") or ""
        # A claim may be older than the text of a later revision, but not than the document's first finding.
        seen[document] = min([stored, *(day for path, day in days.rows if path[0] == "found")])
        if published and stored < published:
            message = f"stored on {stored}, before it was published on {published}"
            yield BaseFinding(view.source_file(document), Finding(("text", "stored"), message))
    for id_, row in columns.cites.items():
        drafted, since = columns.days[f"{id_}.yaml"].at("drafted", "on") or "", seen.get(row.document, "")
        if drafted < since:
            message = f"drafted on {drafted}, before the text was stored on {since}"
            yield BaseFinding(view.claim_file(id_), Finding(("drafted", "on"), message))
    for slug in columns.works:
        days = columns.days[f"evidence/{slug}.yaml"]
        issued, checked = days.at("citation", "issued"), days.at("checked", "on") or ""
        if issued and checked[: len(issued)] < issued:
            message = f"checked on {checked}, before it was issued in {issued}"
            yield BaseFinding(view.evidence_file(slug), Finding(("checked", "on"), message))


@rule(Severity.ERROR, locked=True)
def claim_in_wrong_folder(view: BaseView) -> Iterator[BaseFinding]:
    """A claim stands in the folder of another document than it quotes.

    Why: the id says which document a claim is about; two answers to that are one too many.

    Mend: move the file to the document's folder, or name the document that the folder stands for.
    """
    for id_, row in view.columns.cites.items():
        if row.document != id_.partition("/")[0]:
            message = f"the claim quotes {row.document!r} and stands in the folder of {id_.partition('/')[0]!r}"
            yield BaseFinding(view.claim_file(id_), Finding(("source", "document"), message))


@rule(Severity.WARNING)
def source_without_claims(view: BaseView) -> Iterator[BaseFinding]:
    """No claim quotes a source.

    Why: a document that was stored and never checked looks, from outside, like one that was.

    Mend: make records of its statements, or delete the source.
    """
    quoted = {row.document for row in view.columns.cites.values()}
    for document in view.columns.places:
        if document not in quoted:
            yield BaseFinding(view.source_file(document), Finding(("document",), f"no claim quotes {document!r}"))


@rule(Severity.ERROR)
def malformed_reviewer(view: BaseView) -> Iterator[BaseFinding]:
    """A reviewer's ORCID iD is not one, or two reviewers have the same id.

    Why: a decision must lead to one person.

    Mend: copy the iD from the person's ORCID page; give each reviewer an id of their own.
    """
    seen: set[str] = set()
    file = view.base.reviewers.file
    for index, reviewer in enumerate(view.base.reviewers.model.reviewers):
        if reviewer.orcid and (problem := orcid_problem(reviewer.orcid)):
            yield BaseFinding(file, Finding(("reviewers", index, "orcid"), f"{reviewer.orcid!r} {problem}"))
        if reviewer.id in seen:
            yield BaseFinding(file, Finding(("reviewers", index, "id"), f"reviewer {reviewer.id!r} is listed twice"))
        seen.add(reviewer.id)


@rule(Severity.ERROR, locked=True)
def vocabulary_at_odds(view: BaseView) -> Iterator[BaseFinding]:
    """The vocabulary lists a connective that denies or hedges, or a hedge in two groups.

    Why: a negation that may be set aside as a joining word can be dropped from every quote without a trace.

    Mend: take the word out of `connectives`, or the hedge out of one group.
    """
    file, vocabulary, words = view.base.vocabulary.file, view.terms.vocabulary, view.terms.lexicon
    for index, phrase in enumerate(vocabulary.connectives):
        for cue in (*negations(words, phrase), *hedges(words, phrase)):
            yield BaseFinding(file, Finding(("connectives", index), f"the connective {phrase!r} holds {cue.word!r}"))
    group_of: dict[str, str] = {}
    for group, hedge in vocabulary.hedges.items():
        for index, word in enumerate(hedge.words):
            if group_of.setdefault(word, group) != group:
                message = f"the hedge {word!r} is already in the group {group_of[word]!r}"
                yield BaseFinding(file, Finding(("hedges", group, "words", index), message))


RULES: tuple[BaseRule, ...] = (
    text_unaccounted,
    evidence_is_copy_of_source,
    copied_caveat,
    date_in_future,
    dates_out_of_order,
    claim_in_wrong_folder,
    source_without_claims,
    malformed_reviewer,
    vocabulary_at_odds,
)
