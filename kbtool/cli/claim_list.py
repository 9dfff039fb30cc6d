"""Choosing claims and showing them one a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kbtool.cli.base import NOT_REVIEWED, Unusable
from kbtool.cli.claim_page import label_of
from kbtool.cli.page import Page, clean, count, heading
from kbtool.review.standing import notice_of

if TYPE_CHECKING:
    from kbtool.cli.reading import Reading
    from kbtool.model.claim import ClaimBase

_SHORTEST_STATEMENT = 8
"""Columns below which a cut statement says nothing and is left out."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims to list; an empty part lets all through, several values of a part let any of them through."""

    words: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def chosen(reading: Reading, wanted: Filter) -> list[ClaimBase]:
    """The claims that fit, by id; raises Unusable where the filter names a term or document that does not exist."""
    base = reading.base
    terms = base.vocabulary.model
    known: tuple[tuple[str, tuple[str, ...], Collection[str]], ...] = (
        ("type", wanted.types, terms.claim_types),
        ("rating", wanted.ratings, terms.ratings),
        ("standing", wanted.standings, terms.statuses),
        ("caveat kind", wanted.caveats, terms.caveat_kinds),
        ("document", wanted.documents, base.sources),
    )
    for what, values, offered in known:
        _check_known(what, values, offered)
    claims = (base.claims[id_].model for id_ in sorted(base.claims))
    return [claim for claim in claims if _fits(claim, reading.standings[claim.id].value, wanted)]


def _check_known(what: str, values: tuple[str, ...], offered: Collection[str]) -> None:
    for value in values:
        if value not in offered:
            near = get_close_matches(value, list(offered), n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(offered)}"
            raise Unusable(f"there is no {what} {value!r}", hint)


def _fits(claim: ClaimBase, standing: str, wanted: Filter) -> bool:
    parts: tuple[tuple[tuple[str, ...], set[str]], ...] = (
        (wanted.types, {str(getattr(claim, "type", ""))}),
        (wanted.ratings, {claim.verdict.rating}),
        (wanted.standings, {standing}),
        (wanted.caveats, {caveat.kind for caveat in claim.caveats}),
        (wanted.documents, {claim.source.document}),
    )
    if any(values and not own.intersection(values) for values, own in parts):
        return False
    text = _searched(claim) if wanted.words else ""
    return all(" ".join(word.casefold().split()) in text for word in wanted.words)


def _searched(claim: ClaimBase) -> str:
    quotes = (quote.exact for quote in claim.source.quotes)
    caveats = (caveat.text for caveat in claim.caveats)
    whole = "\n".join((claim.id, claim.statement, *claim.tags, *quotes, *caveats))
    return " ".join(whole.casefold().split())


def text_list(page: Page, reading: Reading, claims: Sequence[ClaimBase]) -> Iterator[str]:
    """The lines of a list: by document, a claim a line, then what was counted and the notice."""
    for document, group in groupby(claims, key=lambda claim: claim.id.partition("/")[0]):
        source = reading.base.sources.get(document)
        title = f" ({clean(source.model.title)})" if source else ""
        yield from heading(page, _shortened(f"{document}{title}", page.width))[1:]
        yield from _rows(page, reading, list(group))
        yield ""
    if not claims:
        yield (
            "no claim fits; 'kbtool list' without filters shows all"
            if reading.base.claims
            else "the base has no claims"
        )
    yield f"{len(claims):,} of {count(len(reading.base.claims), 'claim')}; standing as of {reading.as_of.isoformat()}"
    if any(notice_of(reading.standings[claim.id]) for claim in claims):
        yield NOT_REVIEWED


def _rows(page: Page, reading: Reading, claims: list[ClaimBase]) -> Iterator[str]:
    terms = reading.base.vocabulary.model
    ratings = [label_of(terms.ratings, claim.verdict.rating) for claim in claims]
    standings = [label_of(terms.statuses, reading.standings[claim.id].value) for claim in claims]
    wide, broad = max(map(len, ratings)), max(map(len, standings))
    for claim, rating, standing in zip(claims, ratings, standings, strict=True):
        lead = f"  {rating:{wide}}  {standing:{broad}}  {claim.id.partition('/')[2]}"
        room = page.width - len(lead) - 2
        yield f"{lead}: {_shortened(clean(claim.statement), room)}" if room >= _SHORTEST_STATEMENT else lead


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def json_list(reading: Reading, claims: Sequence[ClaimBase]) -> dict[str, Any]:
    """The list as plain JSON values, with the notice of every claim that has one."""
    rows = [_json_row(reading, claim) for claim in claims]
    return {
        "format": "kbtool/list/1",
        "as_of": reading.as_of.isoformat(),
        "total": len(reading.base.claims),
        "claims": rows,
    }


def _json_row(reading: Reading, claim: ClaimBase) -> Mapping[str, Any]:
    standing, terms = reading.standings[claim.id], reading.base.vocabulary.model
    rating = terms.ratings.get(claim.verdict.rating)
    return {
        "id": claim.id,
        "document": claim.source.document,
        "type": str(getattr(claim, "type", "")),
        "statement": claim.statement,
        "rating": claim.verdict.rating,
        "rating_label": rating.label if rating else claim.verdict.rating,
        "caveats": [caveat.kind for caveat in claim.caveats],
        "standing": standing.value,
        "notice": notice_of(standing),
    }
