"""`webannotation/`: each quote as a W3C Web Annotation on its source, in the pages of one AnnotationCollection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from kbtool.export.annotation import CONTEXT, Desk, annotations_of, desk_of, notice_annotations
from kbtool.export.exporter import Artifact, CaveatLost, OutputFile
from kbtool.export.item_lines import with_items
from kbtool.export.linked_compact import compact
from kbtool.export.linked_nodes import midnight
from kbtool.release.jsontext import one_line, one_line_in_order, pretty
from kbtool.release.view import claim_views

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release

COLLECTION = "webannotation/collection.jsonld"
"""Path of the collection."""

PAGE = 100
"""Annotations on a page."""

Pages = Iterator[tuple[str, list["JsonObject"]]]
"""Path of each page, with its annotations."""


@dataclass(frozen=True, slots=True)
class WebAnnotationExporter:
    """Each quote as an annotation on its source."""

    name: str = "webannotation"
    purpose: str = "for annotation tools, which show verdict and caveats beside the quoted words"
    standard: str = "W3C Web Annotation Data Model (2017), as JSON-LD"
    contract: str = "webannotation/1"
    files: tuple[str, ...] = (COLLECTION, "webannotation/notices-*.jsonld", "webannotation/*/*.jsonld")
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "the vocabulary's definitions",
        "evidence beyond its citation and what it found",
        "the stored texts",
    )

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """The pages of each document, the pages of what is held and withdrawn, then the collection."""
        desk = desk_of(release)
        before, here, total, first = None, None, 0, None
        for following in chain(_pages(release, desk), [None]):
            if here:
                first = first or here[0]
                yield _page(here, before, following and following[0], total, desk)
                total += len(here[1])
            before, here = here and here[0], following
        yield _collection(first, before, total, desk)


def _pages(release: Release, desk: Desk) -> Pages:
    """Every page with its path: those of a document are numbered from 1, and so are those of the notices."""
    for document, claims in groupby(claim_views(release), key=lambda claim: str(claim["source"]["document"])):
        annotations = chain.from_iterable(annotations_of(claim, desk) for claim in claims)
        yield from _numbered(f"webannotation/{document}/", annotations)
    yield from _numbered("webannotation/notices-", notice_annotations(desk))


def _numbered(stem: str, annotations: Iterable[JsonObject]) -> Pages:
    rest, number = iter(annotations), 0
    while page := list(islice(rest, PAGE)):
        number += 1
        yield f"{stem}{number}.jsonld", page


def _page(
    page: tuple[str, list[JsonObject]], before: str | None, following: str | None, start: int, desk: Desk
) -> Artifact:
    path, items = page
    around = {"prev": before, "next": following}
    found: JsonObject = {
        "@context": CONTEXT,
        "id": desk.address(path),
        "type": "AnnotationPage",
        "partOf": {
            "id": desk.address(COLLECTION),
            "type": "AnnotationCollection",
            "label": desk.header["title"],
        },
        "startIndex": start,
        **{name: desk.address(other) for name, other in around.items() if other},
    }
    return Artifact(path, b"".join(with_items(one_line(found), "items", map(one_line_in_order, items))))


def _collection(first: str | None, last: str | None, total: int, desk: Desk) -> Artifact:
    ends = {"first": first, "last": last}
    found: JsonObject = {
        "@context": CONTEXT,
        "id": desk.address(COLLECTION),
        "type": "AnnotationCollection",
        "label": desk.header["title"],
        "creator": desk.creator,
        "created": midnight(desk.header["as_of"]),
        **desk.rights,
        "total": total,
        **{name: desk.address(path) for name, path in ends.items() if path},
        **desk.release,
    }
    if desk.header["notice"]:
        found |= compact({"notice": desk.header["notice"]})
    return Artifact(COLLECTION, pretty(found))
