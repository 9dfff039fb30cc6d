"""Measure the sentence borders: English golden rules, F1 on UD EWT, and megabytes a second.

    python bench/sentence_borders.py [--data ../shared] [--gold CORPUS ...]

Scores with `score/score_sentences.py` of the same folder. `--gold` is more corpora in the forms that `corpora.py`
reads: files of the Universal Dependencies, a folder of the GENIA event corpus, a checkout of CRAFT. The rules were
written while looking at every second document of each; both halves are shown.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora import Document, documents
from scorer import scorer

from kbtool.ingest.sentences import Span, sentences

ROOT = Path(__file__).resolve().parent.parent
_ENOUGH = 4_000_000
"""Characters over which speed is measured."""

Score = Callable[[Sequence[Document], Mapping[str, Sequence[Span]]], dict[str, float]]


def main() -> None:
    """Print every figure as a line."""
    parser = argparse.ArgumentParser(description="Measure sentence borders.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], metavar="CORPUS")
    options = parser.parse_args()
    folder = options.data / "testdata/sentences"
    _golden(json.loads((folder / "golden-rules-en.json").read_text(encoding="utf-8")))
    score, web = scorer(options.data, "score_sentences").score, folder / "ewt-dev.jsonl"
    for path in (web, *options.gold):
        print(path.name)
        _borders(score, documents(path))
    _speed([document["text"] for document in documents(web)])


def _golden(rules: Sequence[Mapping[str, Any]]) -> None:
    """How many of the rules come out to the letter, white space aside."""
    missed = [rule["text"] for rule in rules if _found(rule["text"]) != [_bare(each) for each in rule["sentences"]]]
    print(f"golden rules: {len(rules) - len(missed)} of {len(rules)}; missed: {missed}")


def _found(text: str) -> list[str]:
    return [_bare(text[start:end]) for start, end in sentences(text)]


def _bare(text: str) -> str:
    return " ".join(text.split())


def _borders(score: Score, corpus: Sequence[Document]) -> None:
    for name, part in (("all", corpus), ("looked at", corpus[::2]), ("not looked at", corpus[1::2])):
        figures = score(part, {document["id"]: sentences(document["text"]) for document in part})
        print(f"  {name}: {figures}")


def _speed(texts: Sequence[str]) -> None:
    text = "\n\n".join(texts)
    text = "\n\n".join([text] * (_ENOUGH // len(text) + 1))
    began = time.process_time()
    count = len(sentences(text))
    seconds = time.process_time() - began
    print(f"speed: {len(text.encode()) / seconds / 1e6:.1f} MB a second of the processor, {count:,} sentences")


if __name__ == "__main__":
    main()
