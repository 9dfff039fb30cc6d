"""Pieces of HTML that stands inside another format, with the standard library alone: block tags part, others vanish."""

from __future__ import annotations

from html.parser import HTMLParser

from kbtool.ingest.document import BlockKind
from kbtool.ingest.laying import Piece


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCK_TAGS = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe legend li main menu nav ol option p pre section select"
    " summary table tbody td template textarea tfoot th thead title tr ul video"
)
"""Elements that begin a line of their own."""

UNSEEN_TAGS = _names(
    "applet audio canvas datalist embed frame frameset head iframe map math noembed noframes noscript object param"
    " script select style svg template textarea title video"
)
"""Elements whose content is no text of the document."""

_KINDS: dict[str, BlockKind] = {
    "li": "list-item",
    "dd": "list-item",
    "td": "table-cell",
    "th": "table-cell",
    "caption": "caption",
    "figcaption": "caption",
    "blockquote": "quote",
    "pre": "code",
}


class _Pieces(HTMLParser):
    """Collects the pieces of markup; an element that is never closed loses nothing but its own kind."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.row = 0
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in UNSEEN_TAGS and tag not in {"embed", "param", "frame"}:
            self.unseen.append(tag)
        elif tag == "br":
            self.words.append(" ")
        elif tag in BLOCK_TAGS:
            self.flush()
            self.row += tag == "tr"
            self.level = int(tag[1]) if len(tag) == 2 and tag[1].isdigit() else 0
            self.kind = "heading" if self.level else _KINDS.get(tag, self.kind if tag == "p" else "paragraph")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        elif tag in BLOCK_TAGS:
            self.flush()
            self.kind, self.level = "paragraph", 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)

    def flush(self) -> None:
        """End the piece that is being read."""
        row = self.row if self.kind == "table-cell" else 0
        self.pieces.append(Piece(self.kind, "".join(self.words), self.level, row))
        self.words = []


def pieces_of_markup(text: str) -> list[Piece]:
    """The pieces of a stretch of HTML that have words."""
    reader = _Pieces()
    reader.feed(text)
    reader.close()
    reader.flush()
    return [piece for piece in reader.pieces if piece.text.strip()]
