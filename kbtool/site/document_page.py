"""The page of a document: its text with every claim marked by verdict, and the claims to open beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from kbtool.release.last_reviewed import last_reviewed
from kbtool.site import paths
from kbtool.site.coverage import accounted_words
from kbtool.site.frame import lang
from kbtool.site.marks import heaviest, mark_of
from kbtool.site.passages import Layer, Piece, by_paragraph, cut, ends_of, paragraphs
from kbtool.site.people import people_of
from kbtool.site.structured import web_page
from kbtool.site.text import counted

if TYPE_CHECKING:
    from kbtool.quotes.resolve import Span
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame

_SKIPPED = 0
"""Skipped passages are layers too: the owner of the first is 0, of the next -1 and so on; claims count from 1."""


def document_page(frame: Frame, document: str) -> Artifact:
    """The page of a document."""
    source = frame.contents.sources[document]
    claims = [frame.contents.claims[id_] for id_ in frame.contents.order[document]]
    refs = [_ref(claim, number) for number, claim in enumerate(claims, 1)]
    text, reviewed = source["full_text"], last_reviewed(claims)
    places = {number: frame.contents.places[c["id"]] for number, c in enumerate(claims, 1)}
    marked = _Marked(claims, refs, [_reason(frame, skip) for skip in source["skipped"]])
    return frame.page(
        paths.document_page(document),
        "document.html",
        source["title"],
        _section(frame),
        description=f"The text under check, with {counted(len(claims), 'claim')} marked by verdict.",
        structured=web_page(
            frame.contents.release, source["title"], reviewed, [each["id"] for each in people_of(claims)]
        ),
        reviewed=reviewed,
        scripts=("document.js",),
        source=source,
        ql=lang(source["language"]),
        accounted=accounted_words(source["coverage"]),
        legend=_legend(frame, claims),
        has_skipped=text is not None and bool(source["skipped"]),
        paragraphs=_paragraphs(text, _layers(places, source["skipped"]), marked) if text is not None else [],
        quotes=[] if text is not None else [_quote(claim, n, refs) for n, claim in enumerate(claims, 1)],
        loose=[refs[number - 1] for number, found in places.items() if not found] if text is not None else [],
        cards=_cards(frame, claims),
    )


@dataclass(frozen=True, slots=True)
class _Marked:
    """What the marks of a text are made of."""

    claims: Sequence[JsonObject]
    refs: Sequence[Markup]
    """The number that ends each claim's marks, linked to its card."""
    reasons: Sequence[str]
    """Why each skipped passage makes no claim."""


def _layers(places: Mapping[int, list[Span] | None], skipped: Iterable[JsonObject]) -> list[Layer]:
    quoted = [Layer(start, end, number) for number, found in places.items() for start, end in found or ()]
    return [*quoted, *(Layer(skip["start"], skip["end"], _SKIPPED - i) for i, skip in enumerate(skipped))]


def _paragraphs(text: str, layers: list[Layer], marked: _Marked) -> list[list[JsonObject]]:
    spans, ends = paragraphs(text), ends_of(layers)
    found = by_paragraph(spans, layers)
    return [_tied([_piece(p, marked) for p in cut(text, s, own, ends)]) for s, own in zip(spans, found, strict=True)]


_LAST_WORD = re.compile(r"\S{1,12}\Z")
_CLOSING = re.compile(r"[^\w\s]{1,3}")


def _tied(pieces: list[JsonObject]) -> list[JsonObject]:
    """The pieces with the last word before numbers and the punctuation after them set apart: no line may part these."""
    tied, taken = [], 0
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        text, word, stop = piece["text"][taken:], "", ""
        taken = 0
        if piece["refs"]:
            word = found[0] if (found := _LAST_WORD.search(text)) else ""
            if after and not after["before"]:
                stop = found[0] if (found := _CLOSING.match(after["text"])) else ""
                taken = len(stop)
        tied.append({**piece, "text": text[: len(text) - len(word)], "word": word, "stop": stop})
    return tied


def _piece(piece: Piece, marked: _Marked) -> JsonObject:
    numbers = [owner for owner in piece.owners if owner > _SKIPPED]
    skips = [owner for owner in piece.owners if owner <= _SKIPPED]
    before = after = _PLAIN
    if numbers:
        rating = heaviest(marked.claims[n - 1]["verdict"]["rating"] for n in numbers)
        before, after = _MARKED[0] % (rating.css, " ".join(map(str, numbers))), _MARKED[1]
    elif skips:
        before, after = _SKIP[0], _SKIP[1] % marked.reasons[_SKIPPED - skips[-1]]
    return {
        "text": piece.text,
        "before": before,
        "after": after,
        "refs": [marked.refs[n - 1] for n in piece.ending if n > _SKIPPED],
    }


_PLAIN = Markup("")
_MARKED = Markup('<mark class="q %s" data-claims="%s">'), Markup("</mark>")
_SKIP = Markup('<span class="skip">'), Markup('<span class="skip-why" lang="en"> [%s]</span></span>')
"""What stands before and after words that are quoted, or that make no claim."""


def _ref(claim: JsonObject, number: int) -> Markup:
    slug, mark = claim["id"].partition("/")[2], mark_of(claim["verdict"]["rating"])
    return _REF % (mark.css, slug, slug, f"Claim {number}: {claim['verdict']['label']}", mark.symbol, number)


_REF = Markup('<a class="ref %s" id="r-%s" href="#c-%s" aria-label="%s"><span>%s%s</span></a>')


def _quote(claim: JsonObject, number: int, refs: Sequence[Markup]) -> JsonObject:
    return {
        "parts": [quote["exact"] for quote in claim["source"]["quotes"]],
        "mark": mark_of(claim["verdict"]["rating"]).css,
        "number": number,
        "ref": refs[number - 1],
    }


def _reason(frame: Frame, skip: JsonObject) -> str:
    return str(frame.contents.term("skip_reasons", skip["reason"])["label"])


def _legend(frame: Frame, claims: Sequence[JsonObject]) -> list[JsonObject]:
    """The verdicts that occur, in the order of the vocabulary, those that it lacks last."""
    counts = Counter(claim["verdict"]["rating"] for claim in claims)
    codes = [*(code for code in frame.contents.vocabulary["ratings"] if counts[code]), *sorted(counts)]
    return [
        {"chip": frame.chip(code), "count": counted(counts[code], "claim"), "pattern": mark_of(code).pattern}
        for code in dict.fromkeys(codes)
    ]


def _cards(frame: Frame, claims: Sequence[JsonObject]) -> list[JsonObject]:
    slugs = [claim["id"].partition("/")[2] for claim in claims]
    return [
        {
            "claim": claim,
            "slug": slugs[at],
            "number": at + 1,
            "chip": frame.chip(claim["verdict"]["rating"]),
            "previous": slugs[at - 1] if at else None,
            "next": slugs[at + 1] if at + 1 < len(slugs) else None,
        }
        for at, claim in enumerate(claims)
    ]


def _section(frame: Frame) -> str:
    return "Text" if len(frame.contents.order) == 1 else "Home"
