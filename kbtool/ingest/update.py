"""What a new revision of a document does to everything that quotes it; a value: nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from kbtool.ingest.context import is_ambiguous, selector_of
from kbtool.ingest.sentences import sentences
from kbtool.ingest.tracked import Tracked, tracked_quotes
from kbtool.model.claim import Selector
from kbtool.quotes.carry import Carried, carry
from kbtool.quotes.coverage import counted_places, coverage
from kbtool.quotes.cut import cut_at
from kbtool.quotes.resolve import Span, resolve
from kbtool.records.base import KnowledgeBase
from kbtool.review.edits import Refusal

OUTCOMES = ("changed", "ambiguous", "missing", "retyped", "reflowed", "moved", "same")
"""All outcomes; those that a person must look at first."""
MOST_CHARACTERS = 64 * 1024 * 1024
"""Code points of the longest text that is taken."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of one quote."""

    tracked: Tracked
    carried: Carried
    selector: Selector | None
    """What finds it in the new text; None where a person must decide."""
    is_unique: bool = True
    """Whether that tells its place from others with the same words."""


@dataclass(frozen=True, slots=True)
class Update:
    """A new text of a document and what it does."""

    document: str
    before: str
    """Digest of the text under check."""
    after: str
    """Digest of the new one."""
    text: str
    """The new text."""
    followed: tuple[Followed, ...]
    """Every quote, in the order of the records."""
    sentences: tuple[Span, ...]
    """The sentences of the new text."""
    unaccounted: tuple[Span, ...]
    """The sentences, or their parts, that no quote and no passage that stands accounts for."""

    @property
    def undecided(self) -> tuple[Followed, ...]:
        """The quotes that a person must decide about."""
        return tuple(each for each in self.followed if not each.carried.stands)

    @property
    def is_new(self) -> bool:
        """Whether the text differs from the one under check."""
        return self.before != self.after


def plan_update(
    base: KnowledgeBase, document: str, new: str, older: Sequence[str], blocks: Iterable[Span] | None = None
) -> Update | Refusal:
    """What the text `new` does to the quotes of a document of the base.

    `older` are its texts of earlier revisions, `blocks` the paragraphs of the new text, where its reader knows them.
    """
    if document not in base.texts:
        hint = "put back the stored text that the source record names; 'kbtool source check' says what is wrong with it"
        return Refusal(f"the text of {document!r} that is under check cannot be read", hint)
    if not counted_places(new[:MOST_CHARACTERS]):
        return Refusal("the new text holds no letter or digit", "give the text of the whole new revision")
    if len(new) > MOST_CHARACTERS:
        return Refusal(f"the new text has more than {MOST_CHARACTERS:,} characters", "split the document")
    followed = tuple(_followed(tracked_quotes(base, document, older), new))
    spans = _sentences(new, blocks)
    return Update(
        document=document,
        before=base.sources[document].model.text.digest,
        after=sha256(new.encode()).hexdigest(),
        text=new,
        followed=followed,
        sentences=spans,
        unaccounted=tuple(_unaccounted(new, spans, followed)),
    )


def _sentences(text: str, blocks: Iterable[Span] | None) -> tuple[Span, ...]:
    """The sentences within the blocks; without the blocks where they would leave words out, such as bullets."""
    spans = sentences(text, blocks)
    between = (text[before:start] for (_, before), (start, _) in pairwise([(0, 0), *spans, (len(text), 0)]))
    return sentences(text) if any(each.strip() for each in between) else spans


def _followed(quotes: Sequence[Tracked], new: str) -> Iterator[Followed]:
    """Each quote carried from the text that it stands in, those of one text together."""
    texts = dict.fromkeys(each.text for each in quotes)
    outcomes: dict[int, Carried] = {}
    for text in texts:
        placed = [(at, each.place) for at, each in enumerate(quotes) if each.text == text and each.place]
        outcomes |= zip((at for at, _ in placed), carry(text, new, [place for _, place in placed]), strict=True)
    for at, each in enumerate(quotes):
        yield _with_selector(each, _as_recorded(each, outcomes.get(at) or _nowhere(each), new), new)


def _as_recorded(tracked: Tracked, carried: Carried, new: str) -> Carried:
    """What became of a quote, where its record names no place: it stands where the record finds it, as for any rule.

    Its words and context may fit one place of the new text where the words alone fit several.
    """
    quote = tracked.quote
    if carried.stands or quote.start is not None or quote.end is not None:
        return carried
    found = resolve(quote, new)
    if found.outcome != "found" or cut_at(new, *found.places[0]):
        return carried
    return Carried("moved", carried.old, found.places[0], quote.exact)


def _nowhere(tracked: Tracked) -> Carried:
    """Of a quote that stood in no text that is stored."""
    return Carried("missing", (tracked.quote.start or 0, tracked.quote.end or 0), None, "")


def _with_selector(tracked: Tracked, carried: Carried, new: str) -> Followed:
    if not carried.stands or carried.new is None:
        return Followed(tracked, carried, None)
    selector = selector_of(tracked, new, carried.new)
    return Followed(tracked, carried, selector, tracked.is_passage or not is_ambiguous(selector, new))


def _unaccounted(text: str, spans: Iterable[Span], followed: Iterable[Followed]) -> Iterator[Span]:
    """The gaps that quotes of claims and passages of the source leave, cut where a sentence ends."""
    standing = (each.carried.new for each in followed if each.selector and each.tracked.kind != "basis")
    gaps = coverage(text, filter(None, standing)).gaps
    ends = [end for _, end in spans]
    at = 0
    for start, stop in gaps:
        begin = start
        while at < len(ends) and ends[at] <= begin:
            at += 1
        while at < len(ends) and ends[at] < stop:
            yield begin, ends[at]
            begin, at = _ink(text, ends[at], stop), at + 1
        yield begin, stop


def _ink(text: str, start: int, stop: int) -> int:
    """The first place from `start` on that is no white space."""
    return stop - len(text[start:stop].lstrip())
