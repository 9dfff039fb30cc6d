"""Measure the kind of causal language of sentences, on sentences labelled by readers.

    python bench/causal.py FILE...

FILE is a table (CSV) with the columns `sentence` and `label`, 0 to 3 for none, correlational, conditional causal and
direct causal, as its makers publish it; or an object a line (`.jsonl`) with `text` and the label in words. The rules
were written while looking at every second sentence of the abstracts beside the checkout and of the press releases.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path

from kbtool.ingest.causal import causal_language

KINDS = ("none", "correlational", "conditional-causal", "causal")
_IN_WORDS = {"conditional_causal": "conditional-causal", "direct_causal": "causal"}

Row = tuple[str, str]
"""A sentence and its kind."""


def main() -> None:
    """Print the figures of each file, whole and in halves."""
    parser = argparse.ArgumentParser(description="Measure the kind of causal language.")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    for path in parser.parse_args().files:
        rows = _rows(path)
        for name, part in (("all", rows), ("first of two", rows[::2]), ("second of two", rows[1::2])):
            print(f"{path.name}, {name}: {_figures(part)}")


def _rows(path: Path) -> list[Row]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return [(row["sentence"], KINDS[int(row["label"])]) for row in csv.DictReader(lines)]
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(record["text"], _IN_WORDS.get(record["label"], record["label"])) for record in records]


def _figures(rows: Sequence[Row]) -> str:
    gold, found = [kind for _, kind in rows], [causal_language(text).kind for text, _ in rows]
    scores = {kind: _f1(gold, found, kind) for kind in KINDS}
    listed = ", ".join(f"{kind} {score:.3f}" for kind, score in scores.items())
    return f"macro F1 {sum(scores.values()) / len(scores):.3f} of {len(rows)} ({listed})"


def _f1(gold: Sequence[str], found: Sequence[str], kind: str) -> float:
    both = sum(wanted == taken == kind for wanted, taken in zip(gold, found, strict=True))
    return 2 * both / max(1, gold.count(kind) + found.count(kind))


if __name__ == "__main__":
    main()
