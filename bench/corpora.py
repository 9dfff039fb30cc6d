"""Read public corpora with labelled sentences, in the forms in which their makers publish them.

Sentence borders (`documents`): files of the Universal Dependencies (`.conllu`), a folder of the GENIA event corpus
(`.xml`), a checkout of CRAFT (`articles/txt` beside `structural-annotation/dependency/conllu`), or `.jsonl` with `id`,
`text` and `sentences` as spans. Claim or not (`abstracts`): the JSON files of "detecting-scientific-claim" (a record a
line), or those of SciARK and AbstRCT (one object by document).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

Document = dict[str, Any]
"""`id`, `text` and `sentences`, the spans in code points."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The sentences of an abstract in order, and for each whether its readers took it for a claim."""

    name: str
    sentences: tuple[str, ...]
    claims: tuple[bool, ...]


def documents(path: Path) -> list[Document]:
    """The documents of a corpus with the borders of their sentences."""
    if path.is_dir():
        return list(_craft(path) if (path / "articles/txt").is_dir() else _genia(path))
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".conllu":
        return list(_treebank(text))
    return [json.loads(line) for line in text.splitlines()]


def abstracts(path: Path) -> list[Labelled]:
    """The abstracts of a corpus with their labels."""
    text = path.read_text(encoding="utf-8")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return [_labelled(record) for record in map(json.loads, text.splitlines())]
    return [_argued(name, record) for name, record in whole.items()]


def _labelled(record: Document) -> Labelled:
    claims = tuple(int(label) == 1 for label in record["labels"])
    return Labelled(str(record["paper_id"]), tuple(map(str.strip, record["sentences"])), claims)


def _argued(name: str, record: Document) -> Labelled:
    """An abstract of SciARK; its title, and a line that only says "Abstract", are no sentences of it."""
    rows = [
        (text.strip(), "claim" in (label or "").lower())
        for text, label in zip(record["sentences"][1:], record["labels"][1:], strict=True)
        if text.strip().lower() != "abstract"
    ]
    return Labelled(name, tuple(text for text, _ in rows), tuple(claim for _, claim in rows))


def _treebank(text: str) -> Iterator[Document]:
    """Documents of a treebank; a new paragraph is parted by a blank line, other sentences as the file says."""
    for document in re.split(r"(?m)^(?=# newdoc)", text):
        name = re.match(r"# newdoc(?: id = (.*))?", document)
        blocks = [block for block in document.split("\n\n") if "\n1\t" in block or "\n1-" in block]
        if name and blocks:
            yield _joined(name[1] or "", [(_words(each), _gap(each), _begins(each)) for each in blocks])


def _begins(block: str) -> bool:
    return bool(re.search(r"(?m)^# newpar", block))


def _words(block: str) -> str:
    found = re.search(r"(?m)^# text = (.*)$", block)
    return found[1].strip() if found else ""


def _gap(block: str) -> str:
    """What stands behind the sentence: nothing where the last word says that no space follows."""
    return "" if "SpaceAfter=No" in block.rstrip().rsplit("\n", 1)[-1] else " "


def _joined(name: str, parts: Iterable[tuple[str, str, bool]]) -> Document:
    """One text of sentences, what stands behind each, and whether each begins a paragraph."""
    text, gap, spans = "", "", []
    for words, behind, begins in parts:
        text += ("\n\n" if begins else gap) if text else ""
        spans.append([len(text), len(text) + len(words)])
        text, gap = text + words, behind
    return {"id": name, "text": text, "sentences": spans}


def _genia(folder: Path) -> Iterator[Document]:
    """Titles and abstracts of the GENIA event corpus, a space between the sentences of an abstract."""
    for path in sorted(folder.glob("*.xml")):
        article = ET.parse(path)
        title, abstract = (_sentences(article.find(f".//{name}")) for name in ("ArticleTitle", "AbstractText"))
        parts = [(words, " ", True) for words in title] + [(words, " ", at == 0) for at, words in enumerate(abstract)]
        yield _joined(path.stem, parts)


def _sentences(element: ET.Element | None) -> list[str]:
    found = () if element is None else element.iter("sentence")
    return [" ".join("".join(each.itertext()).split()) for each in found]


def _craft(folder: Path) -> Iterator[Document]:
    """Whole articles as they stand, with the sentences of their treebank found again in the text."""
    for path in sorted((folder / "articles/txt").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        treebank = (folder / f"structural-annotation/dependency/conllu/{path.stem}.conllu").read_text(encoding="utf-8")
        yield {"id": path.stem, "text": text, "sentences": _found_again(text, _tokens(treebank))}


def _tokens(treebank: str) -> list[list[str]]:
    """The words of each sentence."""
    return [
        [line.split("\t")[1] for line in block.splitlines() if line[:1].isdigit()]
        for block in treebank.split("\n\n")
        if "\t" in block
    ]


def _found_again(text: str, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
    """The spans of sentences in a text, white space aside."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    spans, at = [], 0
    for words in sentences:
        length = len(re.sub(r"\s", "", "".join(words)))
        spans.append([places[at], places[at + length - 1] + 1])
        at += length
    return spans
