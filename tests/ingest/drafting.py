"""What the tests of drafting share: a document of a text, drafts of it, and what a whole check says of the files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from kbtool.engine.check import check
from kbtool.ingest.document import Block, BlockKind, Document, Facts, Refusal
from kbtool.ingest.draft_check import Frame
from kbtool.ingest.draft_files import Drafted, Redraft, drafted
from kbtool.ingest.draft_records import Intake
from kbtool.ingest.read_markdown import read_markdown
from kbtool.ingest.sentences import blocks_of
from kbtool.model.policy import Policy
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.words import lexicon
from kbtool.records.assemble import Files, assemble
from kbtool.records.layout import BaseFile
from kbtool.rules.context import Terms
from kbtool.schemas.key_order import order_for
from kbtool.yamlsource.parse import parse

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.model_validate(parse((ROOT / "schema/vocabulary.yaml").read_bytes(), limit=10**7).data)


@cache
def frame() -> Frame:
    """The frame of a base with our own vocabulary and policy and no records."""
    raw = (ROOT / "schema/policy.yaml").read_bytes()
    policy = Policy.model_validate(parse(raw, limit=10**7).data)
    words = Terms(vocabulary(), lexicon(vocabulary()), policy)
    config = (ROOT / "tests/cases/base/kb.yaml").read_bytes()
    reviewers = (ROOT / "tests/cases/base/reviewers.yaml").read_bytes()
    return Frame(
        (BaseFile("kb.yaml", "kb.yaml", config), BaseFile("reviewers.yaml", "reviewers.yaml", reviewers)),
        BaseFile("vocabulary.yaml", "vocabulary.yaml", (ROOT / "schema/vocabulary.yaml").read_bytes()),
        BaseFile("policy.yaml", "policy.yaml", raw),
        words,
        "../schema",
    )


def document_of(text: str, kind: BlockKind = "paragraph") -> Document:
    """A document with a text as it stands, its blocks as plain texts have them."""
    blocks = tuple(Block(start, end, kind) for start, end in blocks_of(text) if text[start:end].strip())
    return Document(text, blocks, Facts("0" * 64, "text/plain"), "made-up/1")


def markdown(text: str) -> Document:
    read = read_markdown(text.encode())
    assert isinstance(read, Document)
    return read


def intake(document: str = "leaflet", **given: frozenset[str]) -> Intake:
    return Intake(document, "the file 'leaflet.md'", DAY, "quotes-only", **given)


def made(document: Document, redraft: Redraft | None = None) -> Drafted:
    """The files of a document; fails where it is refused."""
    found = drafted(document, intake(), frame(), order_for, redraft)
    assert isinstance(found, Drafted), found
    return found


def findings(files: Mapping[str, bytes]) -> list[str]:
    """Everything that a whole check finds in a base with nothing but these files."""
    new = tuple(BaseFile(name, name, raw) for name, raw in files.items())
    loaded = assemble(Files((*frame().config, *new), frame().vocabulary, frame().policy))
    assert loaded.base is not None
    return [f"{d.location.file}: {d.message} [{d.rule}]" for d in check(loaded, DAY).diagnostics]


__all__ = ["DAY", "Refusal", "document_of", "findings", "frame", "intake", "made", "markdown", "vocabulary"]
