"""A base with one claim about a text of one's own, for tables of careless and hostile edits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.rules.bases import tiny_base


@dataclass(frozen=True, slots=True)
class Note:
    """A text, the parts of it that a claim quotes and what the claim makes of them."""

    text: str
    quotes: Sequence[str]
    statement: str
    hedges: Sequence[str] = field(default=())
    polarity: str = "asserted"
    second: str = ""
    """The words that a second sentence begins with; empty where there is one alone."""


def base_of(note: Note) -> dict[str, bytes]:
    """The base: the text is one sentence or two, what is not quoted is skipped; only the claim can be at fault."""
    text = note.text + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = {name: raw for name, raw in tiny_base().items() if name.startswith("schema/") or "/" not in name}
    return kept | {
        "sources/note.yaml": _source(text, digest, note.second).encode(),
        f"sources/note/{digest}.txt": text.encode(),
        "note/claim.yaml": _claim(note).encode(),
    }


def _source(text: str, digest: str, second: str) -> str:
    border = text.index(second) if second else 0
    sentences = [(0, len(text[:border].rstrip())), (border, len(text) - 1)] if border else [(0, len(text) - 1)]
    listed = "\n".join(f"  - [{start}, {end}]" for start, end in sentences)
    return f"""document: note
title: A made-up note
language: en
rights: {{use: full-text, holder: Nobody, statement: "Made up for tests."}}
found:
  - {{on: 2026-01-10, note: "Made up for tests."}}
text:
  {{digest: {digest}, bytes: {len(text.encode())}, characters: {len(text)}, media_type: text/plain, stored: 2026-01-10}}
sentences:
{listed}
"""


def _claim(note: Note) -> str:
    quotes = "".join(f"    - {{exact: {_quoted(quote)}{_place(note.text, quote)}}}\n" for quote in note.quotes)
    first = _quoted(note.quotes[0])
    return f"""id: note/claim
type: usage
statement: {_quoted(note.statement)}
polarity: {note.polarity}
hedges: [{", ".join(map(_quoted, note.hedges))}]
agent: {{as_stated: {first}}}
use: {{as_stated: {first}}}
source:
  document: note
  quotes:
{quotes}verdict: {{rating: not-checkable, rationale: "Made up for tests."}}
drafted: {{by: editorial, on: 2026-01-15, method: "Made up for tests."}}
review: {{status: draft}}
"""


def _place(text: str, quote: str) -> str:
    at = text.find(quote)
    return f", start: {at}, end: {at + len(quote)}" if at >= 0 else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
