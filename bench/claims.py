"""Measure which sentences of abstracts are taken for their claims, against what readers of the abstracts said.

    python bench/claims.py FILE...

FILE is a part of "detecting-scientific-claim" (`train_labels.json` and so on), SciARK or AbstRCT as JSON; see
`corpora.py`. Beside ours stands what taking the last two sentences of every abstract gives. The weights were set by
hand while looking at the train part of the first and at every second abstract of the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpora import Labelled, abstracts

from kbtool.ingest.central import centrality, gives_numbers


def main() -> None:
    """Print the figures of each file as a line, whole and in halves."""
    parser = argparse.ArgumentParser(description="Measure the claims of abstracts.")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    for path in parser.parse_args().files:
        found = abstracts(path)
        for name, part in (("all", found), ("first of two", found[::2]), ("second of two", found[1::2])):
            print(f"{path.name}, {name}: {_figures(part)}")


def _figures(part: Sequence[Labelled]) -> str:
    gold = [claim for abstract in part for claim in abstract.claims]
    found = [central for each in part for central in _central(each.sentences)]
    precision, recall, f1 = _scores(gold, found)
    by_place = _scores(gold, [at >= len(each.sentences) - 2 for each in part for at in range(len(each.sentences))])[2]
    counted = f"{len(part)} abstracts, {len(gold)} sentences, {sum(gold)} claims"
    return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}; last two sentences {by_place:.3f}; {counted}"


def _central(sentences: Sequence[str]) -> Iterator[bool]:
    counted = 0
    for at, text in enumerate(sentences):
        yield centrality(text, at, len(sentences), counted).is_central
        counted += gives_numbers(text)


def _scores(gold: Sequence[bool], found: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of what counts as a claim."""
    both = sum(wanted and taken for wanted, taken in zip(gold, found, strict=True))
    precision, recall = both / max(1, sum(found)), both / max(1, sum(gold))
    return precision, recall, 2 * both / max(1, sum(found) + sum(gold))


if __name__ == "__main__":
    main()
