"""The document that imported claims stand in where the base has none: their own words, a paragraph each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from kbtool.ingest.import_claim import Data, Settings
from kbtool.ingest.sentences import sentences
from kbtool.ingest.settle import settled
from kbtool.quotes.resolve import Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of claims as one text: where each claim's sentences stand in it."""

    text: str
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    """By statement, as it was given."""

    @property
    def content(self) -> bytes:
        """The bytes to be stored."""
        return self.text.encode()

    @property
    def digest(self) -> str:
        """SHA-256 of them."""
        return sha256(self.content).hexdigest()


def sheet_of(statements: Iterable[str]) -> Sheet:
    """One text of statements, in order; the same words stand in it once."""
    parts: list[str] = []
    spans: dict[str, tuple[Span, ...]] = {}
    at = 0
    for statement in statements:
        words = " ".join(settled(statement).split())
        if statement in spans or not words:
            continue
        spans[statement] = sentences_at(words, at)
        parts.append(words)
        at += len(words) + 2
    return Sheet("\n\n".join(parts) + "\n" * bool(parts), spans)


def sentences_at(words: str, at: int) -> tuple[Span, ...]:
    """The sentences of a paragraph that begins at a place."""
    return tuple((at + start, at + end) for start, end in sentences(words, [(0, len(words))]))


def source_of(document: str, sheet: Sheet, language: str, settings: Settings) -> Data:
    """The source record of a sheet."""
    places = sorted({span for spans in sheet.spans.values() for span in spans})
    return {
        "document": document,
        "title": f"[Claims imported from {settings.file}]",
        "language": language,
        "rights": {
            "use": "quotes-only",
            "holder": "Those who made the claims, and those who worded them in the imported file.",
            "statement": (
                "The words are kept so that each claim can be held against them, for criticism and review. No licence "
                "was found, and none is claimed."
            ),
        },
        "found": [
            {
                "on": settings.on.isoformat(),
                "note": (
                    f"The words of each claim as the imported file {settings.file} gives them, a paragraph each, in "
                    f"its order. The file's SHA-256 is {settings.digest}."
                ),
            }
        ],
        "text": {
            "digest": sheet.digest,
            "bytes": str(len(sheet.content)),
            "characters": str(len(sheet.text)),
            "media_type": "text/plain",
            "stored": settings.on.isoformat(),
        },
        "sentences": [[str(start), str(end)] for start, end in places],
    }
