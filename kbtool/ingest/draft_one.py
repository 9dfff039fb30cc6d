"""One passage to one draft: what it says, what kind of claim that is, its limits, and how far to trust the draft.

A draft restates its sentence word for word: an editor makes it stand alone, and nothing can be lost or invented
meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbtool.ingest.causal import Causal, causal_language
from kbtool.ingest.central import Centrality, centrality
from kbtool.ingest.claim_kind import IMPERATIVE, Kind, kind_of_claim
from kbtool.ingest.clauses import joins_more, main_clause, reported_part
from kbtool.ingest.document import Document
from kbtool.ingest.draft_values import Draft
from kbtool.ingest.passages import Passage, quoted_part, words_around
from kbtool.ingest.said_caveats import SaidCaveat, said_caveats
from kbtool.ingest.study_mentions import Mention, is_attributed, study_mentioned
from kbtool.ingest.typed_fields import Fields, first_quantity, fitting, stated, typed_fields, words_of, year_of
from kbtool.model.base import NOT_STATED
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.resolve import Span
from kbtool.quotes.words import Lexicon, hedges, negations

_POINTS_BACK = re.compile(
    r"(?:it|they|he|she|this|these|those|that|such|both|some|others?|here|there|then|also)\b", re.IGNORECASE
)
_LONG = 40
"""Words beyond which a draft is likely to hold more than one statement."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What drafting looks at besides the sentence."""

    document: Document
    vocabulary: Vocabulary
    words: Lexicon


def draft_of(desk: Desk, unit: Passage, place: tuple[int, int, int], limit: Span | None) -> Draft:
    """The draft of a passage; `limit` is the sentence behind it where that one limits it."""
    text, shown = desk.document.text, unit.words(desk.document.text)
    kind, mention = kind_of_claim(shown, unit.trail), study_mentioned(shown)
    type_, fields = _typed(shown, kind, mention, desk.vocabulary)
    caveats = _caveats(desk, unit, limit)
    causal, central = causal_language(shown), centrality(shown, *place)
    hedged = tuple(dict.fromkeys(cue.word for cue in hedges(desk.words, _quoted(text, unit))))
    remarks = tuple(_remarks(shown, unit, mention, type_))
    return Draft(
        quotes=_quotes(text, unit),
        statement=statement_of(shown),
        type=type_,
        fields=_fitted(desk, unit, fields),
        polarity=polarity_of(desk.words, shown),
        hedges=hedged,
        caveats=caveats,
        mention=mention,
        causal=causal,
        central=central,
        confidence=_confidence(kind, shown, remarks, central),
        trail=unit.trail,
        why=(*_why_typed(type_, kind, mention), *_why(caveats, hedged, causal, central)),
        remarks=remarks,
    )


def plain_draft_of(desk: Desk, unit: Passage, place: tuple[int, int, int]) -> Draft:
    """A draft that says the words of the sentence and next to nothing about them."""
    shown = unit.words(desk.document.text)
    return Draft(
        quotes=unit.parts,
        statement=shown,
        type="mechanism",
        fields={"subject": {"as_stated": _parts(desk, unit)[0 if _lead_denies(desk, unit) else -1]}},
        polarity="asserted",
        hedges=tuple(dict.fromkeys(cue.word for cue in hedges(desk.words, _quoted(desk.document.text, unit)))),
        caveats=(),
        mention=None,
        causal=Causal("none", ()),
        central=centrality(shown, *place),
        confidence=0.1,
        trail=unit.trail,
        why=("nothing is read into it: what the rules read into it did not pass the checks",),
        remarks=("choose its type and fill in the fields by hand",),
    )


def _quotes(text: str, unit: Passage) -> tuple[Span, ...]:
    """The places quoted: leading words as they stand, the sentence without its full stop."""
    return (*unit.parts[:-1], quoted_part(text, unit.span))


def _fitted(desk: Desk, unit: Passage, fields: Fields) -> Fields:
    """The fields in words that stand in the quotes: all of them, or the leading words where those deny."""
    parts = _parts(desk, unit)
    around = words_around(desk.document.text, unit.parts)
    return fitting(fields, around, (" ".join(parts), parts[0 if _lead_denies(desk, unit) else -1]))


def _parts(desk: Desk, unit: Passage) -> list[str]:
    """The words of each quote with single spaces."""
    return [" ".join(desk.document.text[slice(*part)].split()) for part in _quotes(desk.document.text, unit)]


def _lead_denies(desk: Desk, unit: Passage) -> bool:
    """Whether words that lead in to a list deny what it lists, so that its items must not be read without them."""
    return len(unit.parts) > 1 and bool(negations(desk.words, _parts(desk, unit)[0]))


def _quoted(text: str, unit: Passage) -> str:
    return "\n".join(text[start:end] for start, end in unit.parts)


def statement_of(words: str) -> str:
    """Words of a document as a statement: a capital in front, a full stop behind, nothing else changed."""
    plain = words.rstrip(" .;:,")
    first = plain.split(" ", 1)[0]
    begun = plain[:1].upper() + plain[1:] if first.islower() and len(first) > 1 else plain
    return begun if begun.endswith(("!", "?")) else f"{begun}."


def _typed(shown: str, kind: Kind, mention: Mention | None, vocabulary: Vocabulary) -> tuple[str, Fields]:
    """The type and its fields; a study that found a number, or was published somewhere, has types of its own."""
    words = words_of(shown)
    if mention and is_attributed(shown):
        result = first_quantity(_without_year(shown, mention))
        if result is not None and words.parted:
            found = words_of(reported_part(shown))
            return "study-finding", {"outcome": {"as_stated": found.whole or words.whole}, "result": result}
        if mention.venue:
            return "citation", {"venue": stated(mention.venue) or NOT_STATED, "year": year_of(mention.year)}
    return kind.type, typed_fields(kind.type, words, vocabulary)


def _without_year(shown: str, mention: Mention) -> str:
    return shown.replace(mention.year, " ") if mention.year else shown


def polarity_of(words: Lexicon, shown: str) -> str:
    """Denied where a negation stands at the main verb or opens the sentence."""
    clause = main_clause(shown)
    low, high = (clause.verb[0] - 3, clause.verb[1] + 12) if clause else (0, 0)
    denies = (cue for cue in negations(words, shown) if low <= cue.start <= high or cue.start == 0)
    return "denied" if next(denies, None) else "asserted"


def _caveats(desk: Desk, unit: Passage, limit: Span | None) -> tuple[SaidCaveat, ...]:
    """The limits in the sentence itself, then those of the one behind it, one of a kind."""
    kinds, text = desk.vocabulary.caveat_kinds, desk.document.text
    found: dict[str, SaidCaveat] = {}
    for part in (*unit.parts, *((limit,) if limit else ())):
        for each in said_caveats(text, part, kinds):
            found.setdefault(each.kind, each)
    return tuple(found.values())


def _remarks(shown: str, unit: Passage, mention: Mention | None, type_: str) -> Iterator[str]:
    if found := _POINTS_BACK.match(shown):
        yield f"begins with {found[0]!r}: say what is meant, so that it stands alone"
    if joins_more(shown):
        yield "may hold more than one statement: no place was found where splitting it is safe"
    if unit.kind == "list-item" and len(unit.parts) == 1 and main_clause(shown) is None and not IMPERATIVE.match(shown):
        yield "is a fragment of a list: say what it belongs to"
    if unit.kind == "table-cell":
        yield "is a row of a table: put it into a sentence with the words of the column heads"
    if mention and type_ not in {"study-finding", "citation"}:
        yield f"points to a study ({mention.cue!r}): cite it as evidence where it can be found"
    if len(shown.split()) > _LONG:
        yield f"has more than {_LONG} words: see whether it makes one statement"


def _confidence(kind: Kind, shown: str, remarks: Sequence[str], central: Centrality) -> float:
    score = 0.4 + 0.35 * kind.clarity + (0.1 if main_clause(shown) else -0.1) + (0.05 if central.is_central else 0.0)
    return round(min(0.95, max(0.05, score - 0.12 * len(remarks))), 2)


def _why_typed(type_: str, kind: Kind, mention: Mention | None) -> Iterator[str]:
    """Which cue led to the type, in a sentence."""
    if mention and type_ != kind.type:
        yield f"type {type_}: speaks of a study ({mention.cue!r})"
    else:
        yield f"type {type_}: {_listed(kind.cues) or 'no cue of any type, so by its verb'}"


def _why(caveats: Sequence[SaidCaveat], hedged: Sequence[str], causal: Causal, central: Centrality) -> Iterator[str]:
    """Which cue led to the rest, a sentence each."""
    for caveat in caveats:
        yield f"caveat {caveat.kind}: {caveat.cue!r}"
    if hedged:
        yield f"hedged by {_listed(hedged)}"
    cues = _listed(causal.cues)
    yield f"causal language {causal.kind}{f': {cues}' if cues else ''}"
    if central.is_central:
        yield f"central ({central.score}): {_listed(central.cues)}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(repr(word) for word in words)
