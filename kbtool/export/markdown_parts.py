"""Parts of Markdown pages that several kinds of page have: links, tables, caveats, standing, which release it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.export.markdown_text import inline
from kbtool.export.readable import Citation, basis_words

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


@dataclass(frozen=True, slots=True)
class Shelf:
    """What every page of a release shares."""

    header: JsonObject
    """What the release says of itself."""
    pages: frozenset[str]
    """Ids of the claims that have a page: those that are out, and those that were withdrawn."""
    citation: Citation
    """Gives the citation of an evidence record on one line, by slug."""

    @property
    def release(self) -> JsonObject:
        """Which release it is, for the front matter of every page."""
        return {name: self.header[name] for name in ("id", "as_of", "valid_until", "gate", "notice")}


def page_of(id_: str) -> str:
    """Path of a claim's page below the folder of the format."""
    return f"{id_}.md"


def claim_link(id_: str, here: str, shelf: Shelf, words: str | None = None) -> str:
    """A link to a claim's page from a page `here`; the bare words where the claim has none, as one that is held."""
    text = inline(words or id_)
    return f"[{text}]({up(here)}{page_of(id_)})" if id_ in shelf.pages else text


def up(here: str) -> str:
    """The way from a page to the folder of the format.

    >>> up("text/slug.md"), up("README.md")
    ('../', '')
    """
    return "../" * here.count("/")


def table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    """Lines of a table; the head is fixed words, cells are Markdown already, and an empty one gets a dash."""
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell or chr(0x2013) for cell in row)} |"


def caveat_items(claim: JsonObject, shelf: Shelf, indent: str = "") -> Iterator[str]:
    """One list item a caveat: kind, text, and what it rests on."""
    for caveat in claim["caveats"]:
        basis = inline(basis_words(caveat["basis"], shelf.citation))
        yield f"{indent}- **{inline(caveat['label'])}**: {inline(caveat['text'])} ({basis})"


def standing_line(claim: JsonObject, shelf: Shelf) -> str:
    """The notice where there is one, and how the claim stands on which day."""
    review = claim["review"]
    said = f"{inline(review['standing_label'])} on {shelf.header['as_of']}: {inline(review['reason'])}"
    return f"**{notice(review['notice'])}** {said}" if review["notice"] else said


def notice(words: str) -> str:
    """The notice as a sentence."""
    return f"{inline(words[:1].upper() + words[1:])}."


def entries(claim: JsonObject, pages: Iterable[str], shelf: Shelf) -> Iterator[list[str]]:
    """A claim in the list of claims of each page: statement, standing, and every caveat below it."""
    standing, caveats = standing_line(claim, shelf), list(caveat_items(claim, shelf, "    "))
    for here in pages:
        yield [f"- {claim_link(claim['id'], here, shelf, claim['statement'])} ({standing})", *caveats]


def release_lines(shelf: Shelf) -> Iterator[str]:
    """Which release a page is of, until when it holds, and under which licence."""
    header = shelf.header
    until = f", valid until {header['valid_until']}" if header["valid_until"] else ""
    yield ""
    yield f"Release {header['id']}, as of {header['as_of']}{until}. Licence: {inline(header['licences']['data'])}."


def text_of(front: str, lines: Iterable[str]) -> bytes:
    """The whole page."""
    body = "\n".join(lines)
    return f"{front}\n{body.strip()}\n".encode()
