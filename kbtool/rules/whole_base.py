"""Rules on the whole index: the account of each text, copies posing as evidence, copied caveats, dates, statuses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.claim import Selector
from kbtool.model.identifiers import orcid_problem
from kbtool.model.source import Connective, Skip, Source
from kbtool.quotes.coverage import Coverage, coverage
from kbtool.quotes.resolve import Span, resolve
from kbtool.quotes.words import hedges, negations
from kbtool.records.base import KnowledgeBase
from kbtool.rules.caveats import fold
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


def coverage_of(base: KnowledgeBase) -> dict[str, Coverage]:
    """How much of each stored text stands in a quote, a skipped passage or a connective; by document."""
    spans: dict[str, list[Span]] = {document: [] for document in base.texts}
    for record in base.claims.values():
        passage = record.model.source
        if passage.document in spans:
            spans[passage.document] += _placed(passage.quotes, base.texts[passage.document])
    for document, text in base.texts.items():
        spans[document] += _set_aside(base.sources[document].model, text)
    return {document: coverage(text, spans[document]) for document, text in base.texts.items()}


def _placed(quotes: Iterable[Selector], text: str) -> Iterator[Span]:
    for quote in quotes:
        if (found := resolve(quote, text)).outcome == "found":
            yield found.places[0]


def _set_aside(source: Source, text: str) -> Iterator[Span]:
    """The skipped passages and connectives that stand where the record says."""
    passages: tuple[Skip | Connective, ...] = (*source.skipped, *source.connectives)
    for passage in passages:
        if text[passage.start : passage.end] == passage.exact:
            yield passage.start, passage.end


@rule(Severity.ERROR, locked=True)
def text_unaccounted(view: BaseView) -> Iterator[BaseFinding]:
    """Words of the stored text stand in no quote, no skipped passage and no connective.

    Why: a statement that nobody made a record of is one that nobody checked.

    Mend: quote the words in a claim, or list them under `skipped` with a reason or under `connectives`.
    """
    for document, found in coverage_of(view.base).items():
        source, text = view.base.sources[document], view.base.texts[document]
        starts = [start for start, _ in source.model.sentences]
        for start, end, index in _by_sentence(found.gaps, starts):
            words = text[start:end] if end - start <= 80 else f"{text[start : start + 77]}..."
            path: Path = ("sentences", index) if index >= 0 else ("sentences",)
            message = f"the words {words!r} at {start}-{end} are in no record"
            hint = "quote them in a claim, or list them here under 'skipped' with a reason or under 'connectives'"
            yield BaseFinding(source.file, Finding(path, message, hint))


def _by_sentence(gaps: Iterable[Span], starts: list[int]) -> Iterator[tuple[int, int, int]]:
    """The gaps cut where a sentence begins: start, end and the position of the sentence, -1 before the first."""
    for begin, end in gaps:
        first = bisect_right(starts, begin)
        cuts = [begin, *starts[first : bisect_left(starts, end)], end]
        for offset, (start, stop) in enumerate(pairwise(cuts)):
            yield start, stop, first - 1 + offset


@rule(Severity.ERROR, locked=True)
def evidence_is_copy_of_source(view: BaseView) -> Iterator[BaseFinding]:
    """An evidence record was seen at an address where a document under check, or a copy of it, stands.

    Why: a document is no evidence for itself, whoever reprints it.

    Mend: list the address under `copies` of the source record and delete the evidence record.
    """
    addresses = {
        _address(place.url): document
        for document, record in view.base.sources.items()
        for place in (*record.model.found, *record.model.copies)
        if place.url
    }
    for record in view.base.evidence.values():
        evidence = record.model
        seen: list[tuple[Path, str]] = [(("seen", "at", i), url) for i, url in enumerate(evidence.seen.at)]
        if evidence.citation.url:
            seen.append((("citation", "URL"), evidence.citation.url))
        for path, url in seen:
            if document := addresses.get(_address(url)):
                message = f"{url!r} carries a copy of {document!r}, which is under check"
                yield BaseFinding(record.file, Finding(path, message))


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
    first: dict[str, tuple[str, str, int, str | None]] = {}
    for id_, record in view.base.claims.items():
        for index, caveat in enumerate(record.model.caveats):
            key, rests_on = fold(caveat.text), caveat.basis.claim if caveat.basis else None
            if key not in first:
                first[key] = (id_, record.file, index, rests_on)
                continue
            other, file, at, others_basis = first[key]
            if other != id_ and (rests_on is None or rests_on != others_basis):
                message = f"caveat {caveat.kind!r} has the text of a caveat of {other!r}"
                related = ((file, ("caveats", at, "text"), "the same text"),)
                yield BaseFinding(record.file, Finding(("caveats", index, "text"), message, related=related))


@rule(Severity.ERROR, locked=True)
def date_in_future(view: BaseView) -> Iterator[BaseFinding]:
    """A date lies after the date of the check.

    Why: nothing was seen, stored or drafted tomorrow; the date, or the clock, is wrong.

    Mend: correct the date, or check with the right `--as-of`.
    """
    today = view.as_of.isoformat()
    for file, path, day in _dates(view.base):
        if day > today[: len(day)]:
            message = f"the date '{day}' lies after the date of this check, {today}"
            yield BaseFinding(file, Finding(path, message))


def _dates(base: KnowledgeBase) -> Iterator[tuple[str, Path, str]]:
    """File, path and day, month or year of every date in the base."""
    for claim in base.claims.values():
        yield claim.file, ("drafted", "on"), claim.model.drafted.on.isoformat()
    for evidence in base.evidence.values():
        yield evidence.file, ("status", "on"), evidence.model.status.on.isoformat()
        yield evidence.file, ("checked", "on"), evidence.model.checked.on.isoformat()
        if evidence.model.citation.issued:
            yield evidence.file, ("citation", "issued"), evidence.model.citation.issued
    for source in base.sources.values():
        yield source.file, ("text", "stored"), source.model.text.stored.isoformat()
        for name in ("found", "copies"):
            for index, place in enumerate(getattr(source.model, name)):
                yield source.file, (name, index, "on"), place.on.isoformat()
        if source.model.published:
            yield source.file, ("published",), source.model.published.isoformat()
    for index, reviewer in enumerate(base.reviewers.model.reviewers):
        for number, interests in enumerate(reviewer.interests):
            yield base.reviewers.file, ("reviewers", index, "interests", number, "on"), interests.on.isoformat()


@rule(Severity.ERROR)
def dates_out_of_order(view: BaseView) -> Iterator[BaseFinding]:
    """Something is dated before what it needs: stored before published, drafted before stored, checked before issued.

    Why: a record cannot be older than what it is a record of.

    Mend: correct the earlier or the later of the two dates.
    """
    for source in view.base.sources.values():
        published, stored = source.model.published, source.model.text.stored
        if published and stored < published:
            message = f"stored on {stored.isoformat()}, before it was published on {published.isoformat()}"
            yield BaseFinding(source.file, Finding(("text", "stored"), message))
    for record in view.base.claims.values():
        text, drafted = view.base.sources.get(record.model.source.document), record.model.drafted.on
        if text and drafted < text.model.text.stored:
            stored_on = text.model.text.stored.isoformat()
            message = f"drafted on {drafted.isoformat()}, before the text was stored on {stored_on}"
            yield BaseFinding(record.file, Finding(("drafted", "on"), message))
    for evidence in view.base.evidence.values():
        issued, checked = evidence.model.citation.issued, evidence.model.checked.on
        if issued and checked.isoformat()[: len(issued)] < issued:
            message = f"checked on {checked.isoformat()}, before it was issued in {issued}"
            yield BaseFinding(evidence.file, Finding(("checked", "on"), message))


@rule(Severity.ERROR, locked=True)
def claim_in_wrong_folder(view: BaseView) -> Iterator[BaseFinding]:
    """A claim stands in the folder of another document than it quotes.

    Why: the id says which document a claim is about; two answers to that are one too many.

    Mend: move the file to the document's folder, or name the document that the folder stands for.
    """
    for id_, record in view.base.claims.items():
        document = record.model.source.document
        if document != id_.partition("/")[0]:
            message = f"the claim quotes {document!r} and stands in the folder of {id_.partition('/')[0]!r}"
            yield BaseFinding(record.file, Finding(("source", "document"), message))


@rule(Severity.WARNING)
def source_without_claims(view: BaseView) -> Iterator[BaseFinding]:
    """No claim quotes a source.

    Why: a document that was stored and never checked looks, from outside, like one that was.

    Mend: make records of its statements, or delete the source.
    """
    quoted = {record.model.source.document for record in view.base.claims.values()}
    for document, source in view.base.sources.items():
        if document not in quoted:
            yield BaseFinding(source.file, Finding(("document",), f"no claim quotes {document!r}"))


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
