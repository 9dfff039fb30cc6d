"""Contents of claims whose text is left out of a bundle.

The paragraph around a quote is part of a content, and without the text nobody can cut it out anew. So it is taken from
a kept content of the same claim, and only where everything else in that content is what the records give now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kbtool.audit.held import documents_left_out
from kbtool.audit.layout import CONTENTS
from kbtool.records.base import KnowledgeBase
from kbtool.review.content import Content, canonical, contents_of
from kbtool.review.kept import read_content
from kbtool.review.reviewed import ReviewState


def contents_to_ship(base: KnowledgeBase, state: ReviewState) -> dict[str, bytes]:
    """Present contents that rest on a text that is left out and that no decision has kept, by name in the bag."""
    out = frozenset(documents_left_out(base))
    found = (
        review.content
        for id_, review in state.claims.items()
        if review.content is not None and base.claims[id_].model.source.document in out
    )
    return {f"{CONTENTS}{c.digest}.json": c.raw for c in found if f"reviewed/{c.digest}.json" not in base.review}


@dataclass(frozen=True, slots=True)
class Lender:
    """Gives the contents of claims, with paragraphs taken from the given raw contents where the text is left out."""

    candidates: Mapping[str, tuple[Content, ...]]
    """Known contents by claim id."""
    stated: Mapping[str, str]
    """Digest of the content that the bundle states, by claim id."""

    def contents_of(self, ids: Iterable[str], base: KnowledgeBase) -> dict[str, Content]:
        """The contents of now, by id."""
        out = frozenset(documents_left_out(base))
        bare = contents_of(ids, base)
        return {
            id_: self._lent(id_, content) if base.claims[id_].model.source.document in out else content
            for id_, content in bare.items()
        }

    def _lent(self, id_: str, bare: Content) -> Content:
        fits = [c for c in self.candidates.get(id_, ()) if canonical(_without_paragraphs(c.value)) == bare.raw]
        stated = self.stated.get(id_)
        return next((c for c in fits if c.digest == stated), fits[0] if fits else bare)


def lender(raws: Iterable[bytes], stated: Mapping[str, str]) -> Lender:
    """A lender of the contents in these files; what is no content is passed over."""
    found: dict[str, list[Content]] = defaultdict(list)
    for raw in raws:
        content = read_content(raw)
        if content is not None and content.claim is not None:
            found[content.claim].append(content)
    return Lender({id_: tuple(contents) for id_, contents in found.items()}, stated)


def _without_paragraphs(value: Any) -> Any:
    """The value without the paragraph that stands beside the words of a quote."""
    if isinstance(value, list):
        return [_without_paragraphs(item) for item in value]
    if not isinstance(value, dict):
        return value
    gone = {"paragraph"} if "exact" in value else frozenset[str]()
    return {key: _without_paragraphs(item) for key, item in value.items() if key not in gone}
