"""Pages that are lists: all claims, all evidence, and each term of the vocabulary with what it applies to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kbtool.site import paths
from kbtool.site.contents import LISTS
from kbtool.site.evidence_names import SEEN, state_words
from kbtool.site.items import MOST_ON_A_PAGE
from kbtool.site.search_index import HEAD
from kbtool.site.text import TOP, counted

if TYPE_CHECKING:
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.contents import Contents
    from kbtool.site.frame import Frame
    from kbtool.site.items import Items

FACETS = Markup('<div id="facets"></div>')
"""Where a script puts search and facets on the list of claims; empty, and thus nothing, without scripts."""


def claims_pages(frame: Frame, items: Items) -> Iterator[Artifact]:
    """The list of all claims, document by document in the order of their texts."""
    ids = [id_ for order in frame.contents.order.values() for id_ in order]
    yield from _parts(
        frame,
        items,
        paths.CLAIMS,
        ids,
        title="All claims",
        here="Claims",
        heading="All claims",
        lead=f"{counted(len(ids), 'statement')}, in the order of the text. A statement says what the document says; "
        "the verdict says what was found.",
        facets=FACETS,
        scripts=("search.js", HEAD),
        nothing="No claim is shown. The page of what is held back says why.",
    )


def term_pages(frame: Frame, items: Items) -> Iterator[Artifact]:
    """A page for every term of the vocabulary, with its definition and what it applies to."""
    for vocabulary, heading in LISTS.items():
        for code in frame.contents.vocabulary[vocabulary]:
            yield from _term(frame, items, vocabulary, frame.contents.term(vocabulary, code), heading)


def evidence_list(frame: Frame) -> Artifact:
    """All evidence, by kind in the order of the vocabulary."""
    contents = frame.contents
    kinds = dict.fromkeys([*contents.vocabulary["evidence_kinds"], *sorted(contents.of_kind)])
    works = [
        Markup('<li class="works-kind"><h3>{}</h3><ul class="works">{}</ul></li>').format(
            contents.term("evidence_kinds", kind)["label"], _works(frame, contents.of_kind[kind])
        )
        for kind in kinds
        if kind in contents.of_kind
    ]
    return frame.page(
        paths.EVIDENCE,
        "list.html",
        "Evidence",
        "Evidence",
        heading="Evidence",
        lead=f"{counted(len(contents.evidence), 'work')} that claims rest on or were held against.",
        works=Markup().join(works),
        works_heading="By kind of work",
        nothing="No evidence is cited.",
    )


def _term(frame: Frame, items: Items, vocabulary: str, term: JsonObject, heading: str) -> Iterator[Artifact]:
    contents = frame.contents
    used = contents.using.get((vocabulary, term["code"]), ())
    ids = used if vocabulary in _INDEXED else ()
    works = contents.of_kind.get(term["code"], ()) if vocabulary == "evidence_kinds" else ()
    yield from _parts(
        frame,
        items,
        term["path"],
        ids,
        title=f"{term['label']} ({heading.lower()})",
        here="Browse",
        eyebrow=Markup('<a href="{}{}#{}">{}</a>').format(TOP, paths.GLOSSARY, vocabulary, heading),
        heading=term["label"],
        lead=term["definition"],
        data_title=True,
        items_heading=counted(len(ids), "claim"),
        works=_works(frame, works),
        works_heading=counted(len(works), "work"),
        nothing=_nothing(vocabulary, len(used)),
    )


_INDEXED = frozenset({"ratings", "statuses", "claim_types", "caveat_kinds", "certainty_levels"})
"""The lists of the vocabulary whose terms sort claims; the others are about a part of a claim, or about words."""


def _nothing(vocabulary: str, used: int) -> str:
    if vocabulary in {"skip_reasons", "hedges"}:
        return "This term is about words of a document."
    if vocabulary == "evidence_kinds":
        return "No evidence here is of this kind."
    return f"{counted(used, 'claim')} here use it." if used != 1 else "1 claim here uses it."


def _works(frame: Frame, slugs: Sequence[str]) -> Markup:
    return Markup().join(_work(frame.contents, slug) for slug in slugs)


_WORK = Markup('<li><a href="%s%s">%s</a>%s <span class="more">%s; %s</span><br><span dir="auto">%s</span></li>')


def _work(contents: Contents, slug: str) -> Markup:
    record = contents.evidence[slug]
    state = state_words(record)
    alert = Markup(' <strong class="alert">{}</strong>').format(state) if state else ""
    return _WORK % (
        TOP,
        paths.evidence_page(slug),
        contents.names[slug],
        alert,
        counted(len(contents.citing.get(slug, ())), "claim"),
        SEEN[record["seen"]["how"]],
        record["citation"].get("title", ""),
    )


def _parts(frame: Frame, items: Items, path: str, ids: Sequence[str], **data: Any) -> Iterator[Artifact]:
    """A list in parts of at most `MOST_ON_A_PAGE`; an empty list is one page too."""
    starts = range(0, max(1, len(ids)), MOST_ON_A_PAGE)
    for number, start in enumerate(starts, 1):
        title = data["title"] if number == 1 else f"{data['title']}, part {number}"
        yield frame.page(
            paths.numbered(path, number),
            "list.html",
            items=items.all(ids[start : start + MOST_ON_A_PAGE]),
            pages=[_part(path, part, number, len(ids)) for part in range(1, len(starts) + 1)]
            if len(starts) > 1
            else [],
            **{**data, "title": title},
        )


def _part(path: str, part: int, here: int, total: int) -> JsonObject:
    first = (part - 1) * MOST_ON_A_PAGE
    words = f"{first + 1:,} to {min(first + MOST_ON_A_PAGE, total):,}"
    return {"path": paths.numbered(path, part), "name": words, "here": part == here}
