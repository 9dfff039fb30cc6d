"""Claims that are not shown: tombstones and held ids keep their address, so that no link to a claim ends in nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.site import paths
from kbtool.site.text import long_day

if TYPE_CHECKING:
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame
    from kbtool.site.items import Items


def tombstone_page(frame: Frame, items: Items, stone: JsonObject) -> Artifact:
    """The page of a withdrawn claim at its old address: when and why, and what takes its place."""
    successor = frame.contents.claim_link(stone["successor"]) if stone["successor"] else None
    on = f" on {long_day(stone['on'])}" if stone["on"] else ""
    return frame.page(
        paths.claim_page(stone["id"]),
        "gone.html",
        f"Withdrawn: {stone['id']}",
        "Claims",
        unlisted=True,
        claim_json=True,
        id=stone["id"],
        heading="This claim was withdrawn",
        lead=f"It was taken back{on}. What it said no longer stands; do not cite it.",
        rows=[("Reason", stone["reason"])],
        successor=successor,
        decision=stone["decision"],
        naming=_naming(frame, items, stone["id"]),
    )


def held_page(frame: Frame, items: Items, held: JsonObject) -> Artifact:
    """The page of a claim that is held back: how it stands and why."""
    return frame.page(
        paths.claim_page(held["id"]),
        "gone.html",
        f"Held back: {held['id']}",
        "Claims",
        unlisted=True,
        claim_json=True,
        id=held["id"],
        heading="This claim is held back",
        lead="It is not part of this release. If you saw it before, do not rely on it until it comes back.",
        rows=[("Standing", held["standing_label"]), ("Reason", held["reason"])],
        naming=_naming(frame, items, held["id"]),
    )


def not_shown_page(frame: Frame) -> Artifact:
    """Every held and withdrawn id with its reason."""
    withdrawn = [
        {**stone, "successor_path": paths.claim_page(stone["successor"]) if stone["successor"] else None}
        for stone in frame.contents.withdrawn.values()
    ]
    held = list(frame.contents.held.values())
    return frame.page(paths.NOT_SHOWN, "not-shown.html", "Held back and withdrawn", withdrawn=withdrawn, held=held)


def _naming(frame: Frame, items: Items, id_: str) -> object:
    return items.all(dict.fromkeys(other for _, other in frame.contents.named_by.get(id_, ())))
