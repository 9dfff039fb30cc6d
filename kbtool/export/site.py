"""`site/`: the knowledge base as a web site to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kbtool.export.atom import ATOM_FILE
from kbtool.export.changes import ChangesExporter
from kbtool.export.claimreview import CONTEXT
from kbtool.export.claimreview_item import claim_review, shelves_of
from kbtool.export.exporter import CaveatLost, OutputFile
from kbtool.export.json_feed import JSON_FEED_FILE
from kbtool.release.view import with_views

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.release import Release


@dataclass(frozen=True, slots=True)
class SiteExporter:
    """A static site that works from a web server and from the disk."""

    name: str = "site"
    purpose: str = "for readers: a web site that works from a server and from the disk, without scripts too"
    standard: str = "HTML (living standard) and CSS, with schema.org JSON-LD in the pages of claims"
    contract: str = "site/1"
    files: tuple[str, ...] = ("site/index.html", "site/**")
    cannot_carry: tuple[str, ...] = ("editors' notes",)

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """Every file of the site, below `site/`: pages with their ClaimReview, JSON beside them, feeds, styles."""
        from kbtool.site.pages import site_files  # noqa: PLC0415 - templates and their library, only when asked for

        viewed = with_views(release)  # the pages hold them all anyway, and the feeds go through them too
        shelves = shelves_of(viewed)

        def structured(claim: JsonObject) -> JsonObject:
            return claim_review(claim, shelves, CONTEXT)

        for file in site_files(viewed, structured, _feeds(viewed)):
            yield replace(file, path=f"site/{file.path}")


def _feeds(release: Release) -> Iterator[OutputFile]:
    """The feeds of what changed; they name the addresses of the site."""
    for file in ChangesExporter().export(release):
        if not isinstance(file, CaveatLost) and file.path in {ATOM_FILE, JSON_FEED_FILE}:
            yield file
