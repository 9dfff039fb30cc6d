"""Choosing claims and showing them one a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import Any, NamedTuple

from kbtool.cli.base import NOT_REVIEWED, Unusable
from kbtool.cli.page import Page, clean, count, heading
from kbtool.engine.board import Board, ClaimRow, StandingRow

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


class Listed(NamedTuple):
    """A claim that fits, with how it stands."""

    claim: ClaimRow
    standing: StandingRow


def chosen(board: Board, wanted: Filter) -> list[Listed]:
    """The claims that fit, by id; raises Unusable where the filter names a term or document that does not exist."""
    documents = [document for document, _ in board.rows("titles")] if wanted.documents else ()
    known: tuple[tuple[str, tuple[str, ...], Collection[str]], ...] = (
        ("type", wanted.types, board.labels("claim_types")),
        ("rating", wanted.ratings, board.labels("ratings")),
        ("standing", wanted.standings, board.labels("statuses")),
        ("caveat kind", wanted.caveats, board.labels("caveat_kinds")),
        ("document", wanted.documents, documents),
    )
    for what, values, offered in known:
        _check_known(what, values, offered)
    standings, undecided = board.standings(), board.undecided()
    listed = [(id_, Listed(claim, standings.get(id_, undecided))) for id_, claim in board.claims()]
    if any(values for _, values, _ in known):
        listed = [each for each in listed if _fits(each[1], wanted)]
    if wanted.words:
        words = [" ".join(word.casefold().split()) for word in wanted.words]
        listed = [each for each in listed if _has_words(_searched(each[1].claim, board.record(each[0])), words)]
    return [each for _, each in listed]


def _check_known(what: str, values: tuple[str, ...], offered: Collection[str]) -> None:
    for value in values:
        if value not in offered:
            near = get_close_matches(value, list(offered), n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(offered)}"
            raise Unusable(f"there is no {what} {value!r}", hint)


def _fits(listed: Listed, wanted: Filter) -> bool:
    claim = listed.claim
    return (
        (not wanted.types or claim.type in wanted.types)
        and (not wanted.ratings or claim.rating in wanted.ratings)
        and (not wanted.standings or listed.standing.value in wanted.standings)
        and (not wanted.caveats or not set(wanted.caveats).isdisjoint(claim.caveats))
        and (not wanted.documents or claim.document in wanted.documents)
    )


def _has_words(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _searched(claim: ClaimRow, record: Mapping[str, Any]) -> str:
    """The id, statement, tags, quotes and caveats of a claim, in one case."""
    quotes = (quote["exact"] for quote in record["source"]["quotes"])
    caveats = (caveat["text"] for caveat in record.get("caveats", ()))
    whole = "\n".join((claim.id, claim.statement, *record.get("tags", ()), *quotes, *caveats))
    return " ".join(whole.casefold().split())


def text_list(page: Page, board: Board, listed: Sequence[Listed], as_of: str) -> Iterator[str]:
    """The lines of a list: by document, a claim a line, then what was counted and the notice."""
    titles = {document: row[0] for document, row in board.rows("titles")}
    ratings, standings = _cleaned(board.labels("ratings")), _cleaned(board.labels("statuses"))
    for document, group in groupby(listed, key=lambda each: each.claim.id.partition("/")[0]):
        title = f" ({clean(titles[document])})" if document in titles else ""
        yield from heading(page, _shortened(f"{document}{title}", page.width))[1:]
        yield from _rows(page, list(group), ratings, standings)
        yield ""
    total = board.checked["claims"]
    if not listed:
        yield "no claim fits; 'kbtool list' without filters shows all" if total else "the base has no claims"
    yield f"{len(listed):,} of {count(total, 'claim')}; standing as of {as_of}"
    if any(each.standing.notice for each in listed):
        yield NOT_REVIEWED


def _cleaned(labels: Mapping[str, str]) -> Mapping[str, str]:
    return {code: clean(label) for code, label in labels.items()}


def _rows(page: Page, listed: list[Listed], ratings: Mapping[str, str], standings: Mapping[str, str]) -> Iterator[str]:
    said = [
        (ratings.get(claim.rating, claim.rating), standings.get(standing.value, standing.value))
        for claim, standing in listed
    ]
    wide, broad = max(len(rating) for rating, _ in said), max(len(standing) for _, standing in said)
    leads = {each: f"  {each[0]:{wide}}  {each[1]:{broad}}  " for each in set(said)}
    for (claim, _), each in zip(listed, said, strict=True):
        lead = leads[each] + claim.id.partition("/")[2]
        room = page.width - len(lead) - 2
        yield f"{lead}: {_shortened(clean(claim.statement), room)}" if room >= _SHORTEST_STATEMENT else lead


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def json_list(board: Board, listed: Sequence[Listed], as_of: str) -> dict[str, Any]:
    """The list as plain JSON values, with the notice of every claim that has one."""
    labels = board.labels("ratings")
    return {
        "format": "kbtool/list/1",
        "as_of": as_of,
        "total": board.checked["claims"],
        "claims": [_json_row(claim, standing, labels) for claim, standing in listed],
    }


def _json_row(claim: ClaimRow, standing: StandingRow, labels: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "id": claim.id,
        "document": claim.document,
        "type": claim.type,
        "statement": claim.statement,
        "rating": claim.rating,
        "rating_label": labels.get(claim.rating, claim.rating),
        "caveats": list(claim.caveats),
        "standing": standing.value,
        "notice": standing.notice,
    }
