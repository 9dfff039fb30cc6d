"""A document to the files of a base that hold its drafts, checked by the very rules that check every record.

Where what was read into a sentence does not pass, the sentence is drafted plainly; where not even that passes, it is
set aside, and said so. Nothing that breaks a rule comes out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kbtool.ingest.document import Document, Refusal
from kbtool.ingest.draft import draft, in_order, left_leads, skips_in_order
from kbtool.ingest.draft_check import Frame, draft_problems
from kbtool.ingest.draft_records import Intake, Records, records_of
from kbtool.ingest.draft_values import Draft, Drafts, Skipped
from kbtool.ingest.sentences import sentences
from kbtool.quotes.resolve import Span
from kbtool.yamlsource.layout import Order
from kbtool.yamlsource.write import WriteError, write

MOST_SENTENCES = 20_000
"""Sentences of a document at the most: its source record lists every one."""
_SHOWN = 80

OrderFor = Callable[[str, object], Order]
"""The usual order of the keys of a record, by the name of its file and its data."""
Redraft = Callable[[Drafts], Drafts]
"""What another drafter makes of the drafts."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The new files of a document, by name inside the base, with what they were made of."""

    files: Mapping[str, bytes]
    drafts: Drafts
    draft_of: Mapping[str, Draft]
    """The draft behind each claim's file."""
    plain: tuple[str, ...] = ()
    """For each sentence that was drafted plainly or set aside for a rule's sake, what the rule said."""
    refused: Mapping[Span, str] = field(default_factory=dict)
    """Spans of the drafts of another drafter that did not pass, with what the rule said."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What making files of drafts looks at."""

    document: Document
    spans: Sequence[Span]
    intake: Intake
    frame: Frame
    order_for: OrderFor


@dataclass(frozen=True, slots=True)
class _Tried:
    """The files of some drafts, and what is wrong with them, by file."""

    drafts: Drafts
    files: Mapping[str, bytes]
    records: Records
    problems: Mapping[str, str]

    def spoilt(self) -> dict[Span, str]:
        """The sentences whose records break a rule, with what it says."""
        behind = self.records.behind
        return {
            sentence_of(self.drafts, behind[name].quotes[-1]): said
            for name, said in self.problems.items()
            if name in behind
        }


def drafted(
    document: Document, intake: Intake, frame: Frame, order_for: OrderFor, redraft: Redraft | None = None
) -> Drafted | Refusal:
    """The files for a document; `redraft` may put other drafts in the place of ours, and those are checked first."""
    blocks = [(block.start, block.end) for block in document.blocks]
    if len(blocks) > MOST_SENTENCES:  # each has a sentence at least
        return _too_long(f"{len(blocks):,} paragraphs and other blocks")
    spans = sentences(document.text, blocks)
    if len(spans) > MOST_SENTENCES:
        return _too_long(f"{len(spans):,} sentences")
    desk = _Desk(document, spans, intake, frame, order_for)
    ours = draft(document, spans, frame.terms.vocabulary)
    refused: dict[Span, str] = {}
    if redraft:
        theirs = redraft(ours)
        refused = _tried(desk, theirs).spoilt()
        ours = _put_back(theirs, ours, frozenset(refused))
    return _settled(desk, ours, refused)


def _too_long(what: str) -> Refusal:
    reason = f"the document has {what}, and a source record takes {MOST_SENTENCES:,} sentences"
    return Refusal(reason, "give it in parts, a chapter each")


def _settled(desk: _Desk, drafts: Drafts, refused: Mapping[Span, str]) -> Drafted | Refusal:
    """The files once nothing in them breaks a rule: as drafted, then plainly, then with sentences set aside."""
    notes, mends = list[str](), [_plainer, _aside]
    while (tried := _tried(desk, drafts)).problems:
        spoilt = tried.spoilt()
        if not mends or not spoilt:
            name, said = next(iter(tried.problems.items()))
            return Refusal(f"no record can hold the document: {name}: {said}", "mend the file, and try again")
        notes += [f"{desk.document.text[slice(*span)][:_SHOWN]!r}: {said}" for span, said in spoilt.items()]
        drafts = mends.pop(0)(desk, drafts, spoilt)
    return Drafted(tried.files, drafts, tried.records.draft_of, tuple(notes), refused)


def _tried(desk: _Desk, drafts: Drafts) -> _Tried:
    terms = desk.frame.terms
    records = records_of(desk.document, drafts, desk.intake, terms.vocabulary, terms.policy)
    files, unwritten = _written(desk, records)
    return _Tried(drafts, files, records, {**draft_problems(files, desk.frame), **unwritten})


def _written(desk: _Desk, records: Records) -> tuple[dict[str, bytes], dict[str, str]]:
    """The bytes of each file, and why some could not be written."""
    files, unwritten = {records.text_name: records.text}, dict[str, str]()
    for schema, group in (("source", records.source), ("evidence", records.evidence), ("claim", records.claims)):
        comment = f"yaml-language-server: $schema=../{desk.frame.schema_folder}/{schema}.schema.json"
        for name, data in group.items():
            try:
                files[name] = write(data, order=desk.order_for(name, data), comment=comment)
            except WriteError as error:
                unwritten[name] = str(error)
    return files, unwritten


def sentence_of(drafts: Drafts, span: Span) -> Span:
    """The span of the passage that a quote is in."""
    at = bisect_right(drafts.units, span[0], key=lambda unit: unit.span[0]) - 1
    return drafts.units[at].span


def _plainer(desk: _Desk, drafts: Drafts, spoilt: Mapping[Span, str]) -> Drafts:
    """The drafts with the spoilt sentences drafted plainly."""
    where = frozenset(spoilt)
    return _put_back(drafts, draft(desk.document, desk.spans, desk.frame.terms.vocabulary, where), where)


def _put_back(drafts: Drafts, others: Drafts, where: frozenset[Span]) -> Drafts:
    """The drafts with those of other drafts in some sentences."""

    def is_there(span: Span) -> bool:
        return sentence_of(drafts, span) in where

    claims = [each for each in drafts.drafts if not is_there(each.quotes[-1])]
    claims += [each for each in others.drafts if is_there(each.quotes[-1])]
    skipped = [each for each in drafts.skipped if not is_there(each.span)]
    skipped += [each for each in others.skipped if is_there(each.span)]
    joints = [each for each in drafts.connectives if not is_there(each)]
    joints += [each for each in others.connectives if is_there(each)]
    return replace(drafts, drafts=in_order(claims), skipped=skips_in_order(skipped), connectives=tuple(sorted(joints)))


def _aside(_desk: _Desk, drafts: Drafts, spoilt: Mapping[Span, str]) -> Drafts:
    """The drafts with the spoilt sentences set aside, since no record can hold them."""
    kept = [each for each in drafts.drafts if sentence_of(drafts, each.quotes[-1]) not in spoilt]
    aside = [Skipped(span, "boilerplate", f"no record can hold it: {said}") for span, said in spoilt.items()]
    known = {each.span for each in drafts.skipped}
    leads = [
        Skipped(unit.span, "boilerplate", "no record can hold what it leads in to")
        for unit in left_leads(drafts.units, kept)
        if unit.span not in known
    ]
    return replace(drafts, drafts=in_order(kept), skipped=skips_in_order((*drafts.skipped, *aside, *leads)))
