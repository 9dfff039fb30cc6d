"""Measure what drafting makes of labelled sentences, and how fast it is, on data beside the checkout.

    python bench/drafts.py [--data ../shared] [--causal FILE] [--claims FILE] [--formats FOLDER]

Scores with `score/score_labels.py` of the same folder. `--causal` is sentences with `text` and `label` (none,
correlational, conditional_causal, direct_causal); `--claims` is sentences with `text` and a `label` of 0 or 1, and,
where they stand in abstracts, a `document` that those of one abstract share, in order: then a sentence counts as a
claim where it is central to its abstract. Without documents it counts as one where it is drafted and says something
that can be checked: a number, a name, a time. The rules were written while looking at every second sentence of the
first file; both halves are shown. Nothing was trained on either. `--formats` is a folder of texts in several formats,
those of a text with the same name, a Markdown file among them.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from scorer import scorer

from kbtool.ingest.causal import causal_language
from kbtool.ingest.central import centrality, gives_numbers
from kbtool.ingest.document import Document
from kbtool.ingest.draft import draft
from kbtool.ingest.read import read_document
from kbtool.ingest.sentences import sentences
from kbtool.ingest.set_aside import set_aside
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.numbers import numbers_in_words
from kbtool.quotes.words import lexicon
from kbtool.rules.folding import fold
from kbtool.yamlsource.parse import parse

ROOT = Path(__file__).resolve().parent.parent
_LABELS = {"causal": "direct_causal", "conditional-causal": "conditional_causal"}
_CHECKABLE = re.compile(
    r"\d|(?<=\s)(?!I\b|I')[A-Z]\w|%|\b(?:percent|million|billion|thousand|most|first|more than|less than|increase\w*"
    r"|voted|largest|highest|lowest|half|twice|double[ds]?|every|spen[dt]\w*|jobs?|tax(?:es)?|years? ago|last year)\b"
)

Score = Callable[..., dict[str, Any]]
Row = dict[str, Any]


def main() -> None:
    """Print every figure as a line."""
    parser = argparse.ArgumentParser(description="Measure the drafting of claims.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--causal", type=Path)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--formats", type=Path)
    options = parser.parse_args()
    score = scorer(options.data, "score_labels").score
    folder = options.data / "testdata/claims-dev"
    _causal(score, _rows(options.causal or folder / "pubmed-causal-language.jsonl"))
    _claims(score, _rows(options.claims or folder / "claimbuster-two-class.jsonl"))
    _documents(options.data / "testdata/health-docs/md")
    _formats(options.formats or options.data / "testdata/health-docs/parity")


def _causal(score: Score, rows: Sequence[Row]) -> None:
    halves = (("all", rows), ("looked at", rows[::2]), ("not looked at", rows[1::2]))
    for name, part in halves:
        found = [causal_language(row["text"]).kind for row in part]
        figures = score([row["label"] for row in part], [_LABELS.get(kind, kind) for kind in found])
        print(f"causal language, {name}: macro F1 {figures['macro_f1']:.3f} of {figures['n']}; {figures['per_class']}")


def _claims(score: Score, rows: Sequence[Row]) -> None:
    scores = _central(rows) if rows and "document" in rows[0] else [_checkable(row["text"]) for row in rows]
    gold = [int(row["label"]) for row in rows]
    figures = score(gold, [int(each >= 0.5) for each in scores], scores)
    print(f"claim or not: {figures}")


def _central(rows: Sequence[Row]) -> list[float]:
    """How central each sentence is to its abstract."""
    totals, seen, counted = Counter(row["document"] for row in rows), Counter[Any](), Counter[Any]()
    scores = []
    for row in rows:
        name = row["document"]
        scores.append(centrality(row["text"], seen[name], totals[name], counted[name]).score)
        seen[name] += 1
        counted[name] += gives_numbers(row["text"])
    return scores


def _checkable(text: str) -> float:
    """0 for what is skipped, else the more the more there is that can be looked up."""
    if set_aside(text, "paragraph", lexicon(_vocabulary()).placeholder):
        return 0.0
    found = len(_CHECKABLE.findall(text)) + len(numbers_in_words(text))
    return min(1.0, found / 4)


def _documents(folder: Path) -> None:
    documents = [read for path in sorted(folder.glob("*.md")) if isinstance(read := _read(path), Document)]
    began = time.process_time()
    drafted = [
        draft(each, sentences(each.text, [(b.start, b.end) for b in each.blocks]), _vocabulary()) for each in documents
    ]
    seconds = time.process_time() - began
    size = sum(len(each.text) for each in documents)
    kinds = Counter(claim.type for each in drafted for claim in each.drafts)
    print(f"{len(documents)} health documents, {size:,} characters in {seconds:.2f} s of the processor")
    print(
        f"draft claims: {sum(kinds.values())} ({', '.join(f'{count} {kind}' for kind, count in kinds.most_common())})"
    )
    reasons = Counter(skip.reason for each in drafted for skip in each.skipped)
    listed = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    print(f"skipped: {sum(reasons.values())} ({listed})")


def _formats(folder: Path) -> None:
    """How many of all claims of a text are drafted of every other format too, punctuation and case aside."""
    shares, same, every = [], 0, 0
    for path in sorted(folder.glob("*.md")):
        said = [_statements(each) for each in sorted(folder.glob(f"{path.stem}.*"))]
        common, union = len(frozenset.intersection(*said)), len(frozenset.union(*said))
        shares.append(common / union)
        same, every = same + common, every + union
        print(f"one text in {len(said)} formats, {path.stem}: {shares[-1]:.3f} of {union} claims are in all of them")
    print(f"one text in several formats: {same} of {every} claims; by text {sum(shares) / len(shares):.3f}")


def _statements(path: Path) -> frozenset[str]:
    read = _read(path)
    if not isinstance(read, Document):
        raise SystemExit(f"{path.name} cannot be read: {read}")
    spans = sentences(read.text, [(block.start, block.end) for block in read.blocks])
    return frozenset(fold(each.statement) for each in draft(read, spans, _vocabulary()).drafts)


def _read(path: Path) -> object:
    return read_document(path.read_bytes(), path.name)


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary.model_validate(parse((ROOT / "schema/vocabulary.yaml").read_bytes(), limit=10**7).data)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
