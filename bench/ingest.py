"""Measure how documents are read: the main text of pages, one text in six formats, pages of print, speed.

    python bench/ingest.py [--data ../shared]

Reads `testdata/health-docs`. The main text of each page is the Markdown that its publisher made the page of; that has
no heading of the page, which stands in the front matter, so a perfect reader stays a little below 1. Beside ours stands
the extractor that takes part in it, by itself. Claims are the drafts of `kbtool ingest`; of two formats they are the
same where the words are, in whatever style of quotation marks. Times are of the processor.
"""

from __future__ import annotations

import argparse
import html
import re
import time
from collections import Counter
from pathlib import Path

from trafilatura import extract

from kbtool.ingest.document import Document
from kbtool.ingest.draft import draft
from kbtool.ingest.read import read_document
from kbtool.ingest.sentences import sentences
from kbtool.model.vocabulary import Vocabulary
from kbtool.yamlsource.parse import parse

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("md", "txt", "html", "docx", "odt", "epub")
_PAGE = "One sentence stands here. Another one follows it, and a third.\n\n"
_STRIPPED = (
    (r"\A---\n.*?\n---\n", ""),
    (r"<script.*?</script>|<!--.*?-->", ""),
    (r"\{:.*?\}|\{%.*?%\}", ""),
    (r"<[^>]+>", " "),
    (r"!?\[([^\]]*)\]\([^)]*\)", r"\1"),
)
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="the folder with testdata")
    folder = parser.parse_args().data / "testdata" / "health-docs"
    vocabulary = Vocabulary.model_validate(parse((ROOT / "schema/vocabulary.yaml").read_bytes()).data)
    main_text(folder, vocabulary)
    formats(folder / "parity", vocabulary)
    speed(folder)


def main_text(folder: Path, vocabulary: Vocabulary) -> None:
    """F1 of tokens against the publisher's Markdown, and claims that do not stand in it."""
    ours, theirs, strangers, claims = [], [], 0, 0
    for path in sorted((folder / "html").glob("*.html")):
        gold = _stripped((folder / "html-main-text" / f"{path.stem}.md").read_text())
        document = _read(path)
        kept = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind != "boiler-plate")
        ours.append(_f1(kept, gold))
        theirs.append(_f1(extract(path.read_text(), include_comments=False) or "", gold))
        said = _claims(document, vocabulary)
        claims += len(said)
        strangers += sum(not _tokens(claim) <= _tokens(gold) for claim in said)
    alone = f"trafilatura alone {_mean(theirs):.4f}"
    print(f"main text of {len(ours)} pages: F1 {_mean(ours):.4f}, worst {min(ours):.4f}; {alone}")
    print(f"  {claims} claims, of which {strangers} have words that the publisher's text has not")


def formats(folder: Path, vocabulary: Vocabulary) -> None:
    """The share of claims that all formats give, of those that any gives."""
    every = same = pairs = agreed = 0
    for stem in sorted({path.stem for path in folder.glob("*.md")}):
        found = [_claims(_read(folder / f"{stem}.{ending}"), vocabulary) for ending in FORMATS]
        together = set.union(*found)
        every += len(together)
        same += len(set.intersection(*found))
        pairs += sum(len(together) for _ in found)
        agreed += sum(len(each) for each in found)
    print(f"one text in {len(FORMATS)} formats: {same} of {every} claims in all of them ({same / every:.4f})")
    print(f"  a format has on average {agreed / pairs:.4f} of the claims that any format gives")


def speed(folder: Path) -> None:
    """Time for a page, for a printed page and for a text of 50 MB."""
    pages = [path.read_bytes() for path in sorted((folder / "html").glob("*.html"))]
    began = time.process_time()
    for page in pages:
        read_document(page)
    print(f"a page of HTML: {(time.process_time() - began) / len(pages) * 1000:.0f} ms")
    prints = [path.read_bytes() for path in sorted((folder / "pdf").glob("*.pdf"))]
    began = time.process_time()
    for content in prints:
        read_document(content)
    print(f"a PDF of two pages: {(time.process_time() - began) / len(prints) * 1000:.0f} ms")
    large = (_PAGE * (50 * 1024 * 1024 // len(_PAGE))).encode()
    began = time.process_time()
    read_document(large)
    print(f"a text of 50 MB: {time.process_time() - began:.1f} s")


def _read(path: Path) -> Document:
    document = read_document(path.read_bytes(), path.name)
    if not isinstance(document, Document):
        raise SystemExit(f"{path}: {document.reason}")
    return document


def _claims(document: Document, vocabulary: Vocabulary) -> set[str]:
    """The statements of a document's drafts, with one style of quotation marks and single spaces."""
    spans = sentences(document.text, [(block.start, block.end) for block in document.blocks])
    return {_folded(each.statement) for each in draft(document, spans, vocabulary).drafts}


def _folded(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())


def _stripped(markdown: str) -> str:
    for pattern, instead in _STRIPPED:
        markdown = re.sub(pattern, instead, markdown, flags=re.DOTALL)
    return html.unescape(markdown)


def _tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _f1(text: str, gold: str) -> float:
    found, wanted = _tokens(text), _tokens(gold)
    common = sum((found & wanted).values())
    return 2 * common / (sum(found.values()) + sum(wanted.values()))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
