"""The source record of a document that was read: what the file says of itself, and what became of each passage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from kbtool.ingest.document import Document, Facts
from kbtool.yamlsource.problems import Data

if TYPE_CHECKING:
    from datetime import date

    from kbtool.ingest.draft_values import Drafts

UNKNOWN_LANGUAGE = "und"
"""BCP 47 for a language that nobody has said."""


class Arrival(Protocol):
    """How a document came in."""

    @property
    def found_at(self) -> str:
        """Where the file was found, in words."""
        ...

    @property
    def on(self) -> date:
        """The day."""
        ...

    @property
    def use(self) -> str:
        """`full-text` or `quotes-only`."""
        ...


def source_data(document: Document, drafts: Drafts, id_: str, digest: str, arrival: Arrival) -> Data:
    """The source record as data."""
    facts, text = document.facts, document.text
    day = arrival.on.isoformat()
    data: dict[str, Data] = {
        "document": id_,
        "title": facts.title or f"[Untitled document from {arrival.found_at}]",
        "language": facts.language or UNKNOWN_LANGUAGE,
    }
    if facts.publisher:
        data["publisher"] = facts.publisher
    if facts.published and len(facts.published) == len("YYYY-MM-DD") and facts.published <= day:
        data["published"] = facts.published
    data["rights"] = {"use": arrival.use, "holder": _holder(facts), "statement": _ground(facts)}
    place: dict[str, Data] = {"url": facts.address} if facts.address else {}
    data["found"] = [{**place, "on": day, "note": " ".join(_origin(document, arrival.found_at))}]
    data["text"] = {
        "digest": digest,
        "bytes": str(len(text.encode())),
        "characters": str(len(text)),
        "media_type": "text/plain",
        "stored": day,
    }
    data["sentences"] = [[str(start), str(end)] for start, end in drafts.sentences]
    data["skipped"] = [
        {**_passage(text, *each.span), "reason": each.reason, "note": f"known by this cue: {each.cue}"}
        for each in drafts.skipped
    ]
    data["connectives"] = [_passage(text, *span) for span in drafts.connectives]
    return data


def _passage(text: str, start: int, end: int) -> dict[str, Data]:
    return {"exact": text[start:end], "start": str(start), "end": str(end)}


def _holder(facts: Facts) -> str:
    return ", ".join(facts.authors) or facts.publisher or "The author or publisher, whom the file does not name."


def _ground(facts: Facts) -> str:
    said = f"The file gives this licence: {facts.licence}." if facts.licence else "The file gives no licence."
    return f"{said} The text is kept so that every quote can be checked against it; nobody has judged the rights yet."


def _origin(document: Document, found_at: str) -> Iterator[str]:
    """Sentences on the file: its name, type and digest, how the text was made of it, what it says of itself."""
    facts = document.facts
    yield f"Read from {found_at}, {facts.media_type}, SHA-256 {facts.digest}."
    yield f"The stored text was made by {document.method}."
    for name, value in (
        ("title", facts.title),
        ("author", ", ".join(facts.authors)),
        ("publisher", facts.publisher),
        ("published", facts.published),
        ("modified", facts.modified),
        ("language", facts.language),
        ("licence", facts.licence),
    ):
        if value:
            yield f"It gives as {name}: {value}."
    for remark in document.remarks:
        yield f"{remark[:1].upper()}{remark[1:]}."
