"""What a release changed: `changes.json`, and two feeds for those who follow a base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kbtool.export.atom import ATOM_FILE, atom_chunks
from kbtool.export.change_entries import changes_parts, citations_of, entries
from kbtool.export.change_words import told
from kbtool.export.exporter import CaveatLost, OutputFile, Streamed
from kbtool.export.json_feed import JSON_FEED_FILE, json_feed
from kbtool.release.jsontext import pretty_chunks
from kbtool.release.view import header_of

if TYPE_CHECKING:
    from kbtool.release.release import Release


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangesExporter:
    """What changed since an earlier release, by claim and kind of change."""

    name: str = "changes"
    purpose: str = "for sites that must follow withdrawals and corrections, and for people with a feed reader"
    standard: str = "Atom (RFC 4287); JSON Feed 1.1; changes.json is kbtool's own"
    contract: str = "changes/1"
    files: tuple[str, ...] = ("changes.json", ATOM_FILE, JSON_FEED_FILE)
    cannot_carry: tuple[str, ...] = (
        "editors' notes",
        "claims that did not change",
        "quotes, evidence and relations of a claim, beyond what changed in them",
        "the vocabulary, the sources and their texts",
    )

    def export(self, release: Release) -> Iterator[OutputFile | CaveatLost]:
        """The list of changes, and the same as two feeds; without an earlier release everything is published."""
        header, citation = header_of(release), citations_of(release).__getitem__
        made = _again(partial(entries, release), release)
        worded = _again(lambda: (told(entry, header, citation) for entry in made()), release)
        yield Streamed("changes.json", lambda: pretty_chunks(changes_parts(release, made)))
        yield Streamed(ATOM_FILE, lambda: atom_chunks(header, worded()))
        yield Streamed(JSON_FEED_FILE, lambda: pretty_chunks(json_feed(header, worded)))


def _again(made: Callable[[], Iterator[T]], release: Release) -> Callable[[], Iterator[T]]:
    """The same, made once and kept where the release keeps the views that it is made of."""
    return made if release.views is None else tuple(made()).__iter__
