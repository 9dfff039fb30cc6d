"""How much of a released document is accounted for, and by what: quotes, skipped passages, connectives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kbtool.quotes.coverage import counted_places, merged
from kbtool.quotes.resolve import resolve
from kbtool.release.parts import SourceCoverage

if TYPE_CHECKING:
    from kbtool.model.claim import ClaimBase
    from kbtool.model.source import Connective, Skip, Source
    from kbtool.quotes.resolve import Span


def spans_by_document(claims: Iterable[ClaimBase], texts: Mapping[str, str]) -> Mapping[str, list[Span]]:
    """The places of all quotes that stand in their text, by document; one pass over the claims."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for claim in claims:
        document = claim.source.document
        if document in texts:
            found = (resolve(quote, texts[document]) for quote in claim.source.quotes)
            spans[document] += (each.places[0] for each in found if each.outcome == "found")
    return spans


def source_coverage(source: Source, text: str, quoted: Iterable[Span]) -> SourceCoverage:
    """The account of one text; what is quoted and also set aside counts as quoted."""
    kinds = bytearray(len(text))
    for kind, spans in (
        (_CONNECTIVE, _standing(source.connectives, text)),
        (_SKIPPED, _standing(source.skipped, text)),
        (_QUOTED, quoted),
    ):
        for start, end in merged(spans):
            kinds[start:end] = bytes((kind,)) * (end - start)
    found = bytes(map(kinds.__getitem__, counted_places(text)))
    return SourceCoverage(len(found), *map(found.count, (_QUOTED, _SKIPPED, _CONNECTIVE, _OPEN)))


_OPEN, _QUOTED, _SKIPPED, _CONNECTIVE = range(4)


def _standing(passages: Iterable[Skip | Connective], text: str) -> list[Span]:
    """The places of those passages that stand where the record says."""
    return [(each.start, each.end) for each in passages if text[each.start : each.end] == each.exact]
