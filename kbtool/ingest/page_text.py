"""The words of a live page as plain text, all of them: enough to look for known sentences in, not to quote from."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "title", "noscript", "template", "svg"})
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
        ),
        *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})")
_BLANKS = re.compile(r"[^\S\n]*\n\s*")
_HEAD = 2048


def page_text(raw: bytes, media_type: str, charset: str | None = None) -> str | None:
    """The words of a page of HTML or plain text, its blocks on lines of their own; None for any other kind."""
    if media_type not in {"text/html", "application/xhtml+xml", "text/plain"}:
        return None
    text = _decoded(raw, charset or _named(raw))
    return text if media_type == "text/plain" else words_of_page(text)


def words_of_page(page: str) -> str:
    """The words of HTML source that a reader sees or a listener hears; scripts and styles are none."""
    parser = _Words()
    parser.feed(page)
    parser.close()
    return _BLANKS.sub("\n\n", "".join(parser.parts)).strip()


def _named(raw: bytes) -> str:
    found = _CHARSET.search(raw[:_HEAD])
    return found[1].decode() if found else "utf-8"


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, errors="replace")
    except LookupError:
        return raw.decode(errors="replace")


class _Words(HTMLParser):
    """Gathers the words; elements that nobody sees are left out until they end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part blocks."""
        del attrs
        if tag in _UNSEEN and not self.unseen:
            self.unseen = tag
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part lines at an element without content."""
        del attrs
        self._part(tag)

    def _part(self, tag: str) -> None:
        if not self.unseen and tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Part blocks; what follows an unseen element is seen."""
        if tag == self.unseen:
            self.unseen = ""
        else:
            self._part(tag)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self.unseen:
            self.parts.append(" ".join(re.split(r"\s+", data)))
