"""What a rule may look at: one claim with what it cites, one source with its text, or the whole index with `as_of`.

A claim rule sees nothing but the claim and what it cites, so that its result can be kept and computed anywhere; only
base rules see the date and the other records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kbtool.diagnostics import Finding, Path
from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.references import evidence_slugs
from kbtool.model.source import Skip, Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.resolve import Resolution, Span, resolve
from kbtool.quotes.words import Cue, Lexicon, hedges, negations
from kbtool.records.base import KnowledgeBase
from kbtool.review.reviewed import ReviewState
from kbtool.rules.columns import Columns
from kbtool.rules.evidence_text import evidence_text
from kbtool.rules.rule import Rule, RulePage
from kbtool.rules.typed import TypedValue, typed_values


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary and policy with what is derived from them once."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    policy: Policy


@dataclass(frozen=True, slots=True)
class Document:
    """A document under check with what is derived from it once, in the order of the text."""

    source: Source
    text: str | None
    """The stored text; None where it is missing or not the one recorded."""
    skips: tuple[Skip, ...]
    sentence_starts: tuple[int, ...]


class Placed(NamedTuple):
    """A selector of a claim with its path and the place that was found for it."""

    path: Path
    selector: Selector
    resolution: Resolution

    @property
    def span(self) -> Span | None:
        """The one place of the selector, None where it does not stand where it says."""
        return self.resolution.places[0] if self.resolution.outcome == "found" else None


class Cues(NamedTuple):
    """The words of a text that turn or weaken it, in order."""

    negations: tuple[Cue, ...]
    hedges: tuple[Cue, ...]


class Cited(NamedTuple):
    """What one claim cites; a record that does not exist or could not be read is absent."""

    terms: Terms
    document: Document | None
    text: str | None
    """The stored text of the document."""
    evidence: Mapping[str, Evidence]
    """The evidence that the claim names anywhere, by slug."""
    claims: Mapping[str, ClaimBase]
    """The claims on which its caveats rest, by id."""
    quoted: str
    """The words of all its quotes, a line each: what the document says in this claim."""
    quoted_cues: Cues
    """The negations and hedges of its quotes."""
    said_cues: Cues
    """The negations and hedges of its statement."""
    selectors: tuple[Placed, ...]
    """Its quotes, then the quotes that its caveats rest on; empty without a text."""
    spans: tuple[Span | None, ...]
    """The place of each of its quotes, None where it does not stand where it says."""
    evidence_texts: Mapping[str, str]
    """What findings and caveats may take their numbers from, by slug of the evidence."""
    said: str
    """The statement without its full stop: often the words of the quote, so that what is known of those is known."""
    typed: tuple[tuple[Path, TypedValue], ...]
    """The typed values of the claim, with their paths."""
    absent: frozenset[str]
    """The slugs it names that no evidence record has that could be read."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source with its text and the vocabulary."""

    terms: Terms
    text: str | None


@dataclass(frozen=True, slots=True)
class BaseView:
    """The whole index, once, with the date that the verdict is a function of.

    It takes note of what a rule asks for, so that a rule need not run again where none of that has changed.
    """

    base: KnowledgeBase
    terms: Terms
    day: date
    """The date; rules ask for it as `as_of`."""
    pages: Mapping[str, RulePage]
    """Every rule by name, so that the policy can be held against them."""
    reviewed: ReviewState
    """Decisions, standings and the log, as of that date; rules ask for them as `review`."""
    columns: Columns
    """What rules on many records look at, in place of the records."""

    @property
    def as_of(self) -> date:
        """The date that the verdict is a function of."""
        self.columns.asked.add("as_of")
        return self.day

    @property
    def review(self) -> ReviewState:
        """Decisions, standings and the log, as of that date."""
        self.columns.asked.add("review")
        return self.reviewed

    def file(self, name: str) -> str:
        """The printed name of a file that is called `name` inside the base."""
        return self.base.config.file.removesuffix("kb.yaml") + name

    def claim_file(self, id_: str) -> str:
        """The printed name of a claim's file."""
        return self.file(f"{id_}.yaml")

    def evidence_file(self, slug: str) -> str:
        """The printed name of an evidence record's file."""
        return self.file(f"evidence/{slug}.yaml")

    def source_file(self, document: str) -> str:
        """The printed name of a source's file."""
        return self.file(f"sources/{document}.yaml")


@dataclass(frozen=True, slots=True)
class BaseFinding:
    """A finding about one record of the index, named by its file."""

    file: str
    finding: Finding


ClaimRule = Rule[Callable[[ClaimBase, Cited], Iterator[Finding]]]
EvidenceRule = Rule[Callable[[Evidence, Terms], Iterator[Finding]]]
SourceRule = Rule[Callable[[Source, SourceView], Iterator[Finding]]]
BaseRule = Rule[Callable[[BaseView], Iterator[BaseFinding]]]


def documents_of(base: KnowledgeBase) -> dict[str, Document]:
    """Every document of the index by its id."""
    return {id_: _document(record.model, base.texts.get(id_)) for id_, record in base.sources.items()}


def _document(source: Source, text: str | None) -> Document:
    skips = tuple(sorted(source.skipped, key=lambda skip: skip.start))
    return Document(source, text, skips, tuple(sorted(start for start, _ in source.sentences)))


def cited_by(claim: ClaimBase, base: KnowledgeBase, terms: Terms, documents: Mapping[str, Document]) -> Cited:
    """Gather what `claim` cites from the index."""
    document = documents.get(claim.source.document)
    text = document.text if document else None
    quotes = claim.source.quotes
    quoted = "\n".join([quote.exact for quote in quotes])
    placed = (
        () if text is None else tuple([Placed(path, each, resolve(each, text)) for path, each in _selectors(claim)])
    )
    slugs, ids = evidence_slugs(claim), {c.basis.claim for c in claim.caveats if c.basis and c.basis.claim}
    said = claim.statement.removesuffix(".")
    evidence = {slug: record.model for slug in slugs if (record := base.evidence.get(slug))}
    quoted_cues = _cues(terms.lexicon, quoted)
    return Cited(
        terms=terms,
        document=document,
        text=text,
        evidence=evidence,
        claims={id_: other.model for id_ in ids if (other := base.claims.get(id_))},
        quoted=quoted,
        quoted_cues=quoted_cues,
        said_cues=quoted_cues if said == quoted else _cues(terms.lexicon, said),
        selectors=placed,
        spans=tuple([each.span for each in placed[: len(quotes)]]) or (None,) * len(quotes),
        evidence_texts={slug: evidence_text(record) for slug, record in evidence.items()},
        said=said,
        typed=typed_values(claim),
        absent=frozenset(slugs - evidence.keys()),
    )


def _cues(words: Lexicon, text: str) -> Cues:
    return Cues(negations(words, text), hedges(words, text))


def _selectors(claim: ClaimBase) -> Iterator[tuple[Path, Selector]]:
    """Every selector of a claim with its path: its quotes, then those that caveats rest on."""
    for index, quote in enumerate(claim.source.quotes):
        yield ("source", "quotes", index), quote
    for index, caveat in enumerate(claim.caveats):
        if caveat.basis and caveat.basis.quote:
            yield ("caveats", index, "basis", "quote"), caveat.basis.quote
