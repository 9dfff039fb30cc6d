"""A claim as one entry of a list, with everything that may not be parted from it; made once for all lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from kbtool.site.templates import fragment

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame

MOST_ON_A_PAGE = 100
"""Entries of a list on one page; the rest go on further pages, so that no page grows with the base."""


class Items:
    """The entries of a site's lists; each is made when it is first asked for, and kept."""

    __slots__ = ("_frame", "_made")

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._made: dict[str, Markup] = {}

    def __getitem__(self, id_: str) -> Markup:
        """The entry of a claim that is shown."""
        found = self._made.get(id_)
        if found is None:
            found = self._made[id_] = _item(self._frame.contents.claims[id_], self._frame)
        return found

    def all(self, ids: Iterable[str]) -> Markup:
        """The entries of several claims, one after the other."""
        return Markup().join(self[id_] for id_ in ids)


def _item(claim: JsonObject, frame: Frame) -> Markup:
    return fragment(
        "item.html",
        claim=claim,
        chip=frame.chip(claim["verdict"]["rating"]),
        kinds=" ".join(sorted({caveat["kind"] for caveat in claim["caveats"]})),
        dl=frame.common["dl"],
    )
