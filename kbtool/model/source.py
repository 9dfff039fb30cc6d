"""A source: the document under check, the digest of its stored text and what every passage of it is."""

from typing import Annotated, Literal

from pydantic import Field

from kbtool.model.base import Count, Day, Digest, Model, Slug, Text, Url, term


class Rights(Model):
    """Whose the text is and what may go out."""

    use: Literal["full-text", "quotes-only"]
    """Whether exports may carry the whole text or only the quotes."""
    holder: Text
    """Whose the text is."""
    statement: Text
    """On what ground it is kept and quoted."""


class Place(Model):
    """Where the document, or a copy of it, was found."""

    url: Url | None = None
    """Its address, where one is known."""
    title: Text | None = None
    """The title shown there."""
    on: Day
    """The day it was seen."""
    note: Text
    """What was seen there."""


class StoredText(Model):
    """The stored text under check; its file is `sources/<document>/<digest>.txt`."""

    digest: Digest
    """SHA-256 of the stored bytes."""
    bytes: Count
    """Number of bytes."""
    characters: Count
    """Number of Unicode code points."""
    media_type: Literal["text/plain"]
    """What the stored bytes are."""
    stored: Day
    """The day it was stored."""


class Skip(Model):
    """A passage that makes no checkable claim, with the reason."""

    exact: Text
    """The passage, verbatim."""
    start: Count
    """Position of its first character."""
    end: Count
    """Position just after its last character."""
    reason: Annotated[Slug, term("skip_reasons")]
    """Why no claim is made of it, from the vocabulary."""
    note: Text | None = None
    """A remark for the reader, e.g. what a question takes for granted."""


class Connective(Model):
    """Words between claims that say nothing by themselves: 'and', 'Unfortunately', 'but'."""

    exact: Text
    """The words, verbatim."""
    start: Count
    """Position of the first character."""
    end: Count
    """Position just after the last character."""


Span = Annotated[tuple[Count, Count], Field(description="Start and end of a sentence in code points, end exclusive.")]


class Source(Model):
    """A document under check."""

    document: Slug
    """The document's id; also the name of this file and of the folder of its claims."""
    title: Text
    """The document's title, or a description in brackets where it has none."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    """The language of the text, as a BCP 47 tag."""
    publisher: Text | None = None
    """Who published it, where known."""
    published: Day | None = None
    """When, where known."""
    rights: Rights
    """Whose the text is and what may go out."""
    found: tuple[Place, ...] = Field(min_length=1)
    """Where the stored text came from."""
    copies: tuple[Place, ...] = ()
    """Other places that carry the same text; never evidence for it."""
    text: StoredText
    """The stored text under check."""
    sentences: tuple[Span, ...]
    """Start and end of each sentence, stored rather than recomputed."""
    skipped: tuple[Skip, ...] = ()
    """Passages that make no checkable claim."""
    connectives: tuple[Connective, ...] = ()
    """Joining words between claims."""
