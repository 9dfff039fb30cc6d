"""Markdown: the stored text is what a reader of the page sees, without marks, link targets and front matter."""

from __future__ import annotations

import re
from hashlib import sha256

from kbtool.ingest.dates import folded_or_none, language_tag, partial_day
from kbtool.ingest.decode import decoded
from kbtool.ingest.document import Document, Facts, Refusal
from kbtool.ingest.front_matter import Matter, parted
from kbtool.ingest.laying import laid_out
from kbtool.ingest.markdown_blocks import pieces_of
from kbtool.ingest.read_text import NO_TEXT, NO_WORDS
from kbtool.ingest.settle import remarks_on

METHOD = "kbtool-markdown/1"

_LINE_ENDS = re.compile("\r\n?|\f|\x85|\u2028|\u2029")


def read_markdown(content: bytes) -> Document | Refusal:
    """The document of a Markdown file's bytes."""
    found = decoded(content)
    if found is None:
        return NO_TEXT
    matter, body = parted(_LINE_ENDS.sub("\n", found.text))
    laid = laid_out(pieces_of(body))
    if not laid.has_words:
        return NO_WORDS
    facts = _facts(content, matter)
    return Document(laid.text, laid.blocks, facts, METHOD, (*found.remarks, *remarks_on(laid.text)))


def _facts(content: bytes, matter: Matter) -> Facts:
    return Facts(
        digest=sha256(content).hexdigest(),
        media_type="text/markdown",
        title=_first(matter, "title"),
        authors=tuple(
            words for each in (*matter.get("author", ()), *matter.get("authors", ())) if (words := folded_or_none(each))
        ),
        publisher=_first(matter, "publisher"),
        published=partial_day(_first(matter, "date", "published", "publish_date")),
        modified=partial_day(_first(matter, "modified", "updated", "lastmod", "last_modified")),
        language=language_tag(_first(matter, "lang", "language")),
        licence=_first(matter, "license", "licence", "rights"),
        address=_address(_first(matter, "canonical", "canonical_url", "url", "source")),
    )


def _first(matter: Matter, *keys: str) -> str | None:
    return next((words for key in keys for each in matter.get(key, ()) if (words := folded_or_none(each))), None)


def _address(words: str | None) -> str | None:
    return words if words and re.fullmatch(r"https?://[^\s<>\"]+", words) else None
