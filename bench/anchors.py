"""Measure how quotes are carried to a new revision, found in a text and explained, on data beside the checkout.

    python bench/anchors.py [--data ../shared]

Reads the real revisions in `testdata/revisions` and scores with `score/score_anchors.py` of the same folder. What is
"same", "edited" or "deleted" was decided there. "Hard" quotes are those that a plain search does not settle: their
words do not stand in the new text, or stand there more than once. Times are of the processor.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorer import scorer

from kbtool.model.claim import Selector
from kbtool.quotes.carry import Carried, carry
from kbtool.quotes.near import index_text, nearest
from kbtool.quotes.resolve import resolve

ROOT = Path(__file__).resolve().parent.parent
_TELLING = re.compile(
    r"\d+(?:[.,]\d+)*|[<>=%]|\b(?:not|no|never|none|without|cannot|may|might|can|all|some|most|only)\b"
)
_STANDING = {"same": "ok", "moved": "moved", "reflowed": "ok", "retyped": "ok"}
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """One quote of one pair: what was annotated, and what carrying made of it."""

    pair: str
    number: int
    given: dict[str, Any]
    new_text: str
    carried: Carried

    @property
    def place(self) -> tuple[int, int] | None:
        """Where it was put: nowhere where a person is asked."""
        return self.carried.new

    @property
    def is_hard(self) -> bool:
        """Whether a plain search does not settle it."""
        return self.new_text.count(self.given["exact"]) != 1


def main() -> None:
    """Print every figure as a row of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    folder = parser.parse_args().data
    revisions = folder / "testdata" / "revisions"
    cases, seconds = _carried(revisions)
    score = scorer(folder, "score_anchors")
    print("| figure | value | to reach |\n| --- | --- | --- |")
    for name, value, reach in [*_accuracy(cases, score, revisions, seconds), *_hard(cases), *_silent(cases)]:
        print(f"| {name} | {value} | {reach} |")
    for name, value, reach in [*_speed(cases), *_conformance(folder / "testdata" / "anchoring-cases")]:
        print(f"| {name} | {value} | {reach} |")


def _carried(revisions: Path) -> tuple[list[Case], float]:
    cases, spent = [], 0.0
    for line in (revisions / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        old, new = ((revisions / "texts" / pair[side]).read_text(encoding="utf-8") for side in ("old", "new"))
        began = time.process_time()
        found = carry(old, new, [(quote["start"], quote["end"]) for quote in pair["quotes"]])
        spent += time.process_time() - began
        cases += [
            Case(pair["id"], n, quote, new, each)
            for n, (quote, each) in enumerate(zip(pair["quotes"], found, strict=True))
        ]
    return cases, spent


Row = tuple[str, str, str]


def _accuracy(cases: list[Case], score: Any, revisions: Path, seconds: float) -> Iterator[Row]:
    answers = [
        {
            "pair": case.pair,
            "quote": case.number,
            "start": case.place[0] if case.place else None,
            "end": case.place[1] if case.place else None,
            "flag": _STANDING.get(case.carried.outcome, "changed" if case.place else "orphan"),
        }
        for case in cases
    ]
    found = score.report(*score.score(str(revisions), answers))
    yield "accuracy on real revisions", f"{found['accuracy']:.4f}", ".99"
    yield "same ones found", f"{found['same_recall']:.4f}", ""
    yield "edited ones found", f"{found['edited_recall']:.4f}", ""
    yield "precision", f"{found['precision']:.4f}", ""
    counts = found["counts"]
    for name in ("edited_wrong_place", "same_wrong_place", "rewritten_wrong_place", "deleted_false_anchor"):
        yield name.replace("_", " "), str(counts.get(name, 0)), ""
    yield "outcomes", ", ".join(f"{n} {o}" for o, n in Counter(c.carried.outcome for c in cases).most_common()), ""
    yield f"all {len(cases)} quotes of 69 pairs carried", f"{seconds:.1f} s", ""


def _hard(cases: list[Case]) -> Iterator[Row]:
    hard = [case for case in cases if case.is_hard]
    right = sum(_is_right(case) for case in hard)
    deleted = [case for case in cases if case.given["new"] is None]
    put = sum(case.place is not None for case in deleted)
    wrong = sum(case.given["new"] is not None and case.place is not None and not _is_right(case) for case in hard)
    yield f"accuracy on the {len(hard)} hard ones", f"{right / len(hard):.4f}", ".83"
    yield f"deleted ones put anywhere, of {len(deleted)}", str(put), f"{3 * len(deleted) // 40}"
    yield "hard ones put in a wrong place", str(wrong), ""
    for status in sorted({case.given["status"] for case in hard}):
        mine = [case for case in hard if case.given["status"] == status]
        yield f"hard ones that are {status}", f"{sum(map(_is_right, mine))} of {len(mine)} right", ""


def _is_right(case: Case) -> bool:
    """As the score has it: a rewritten quote may be found or given up, a deleted one must be given up."""
    true, put = case.given["new"], case.place
    if true is None or put is None:
        return put is None and (true is None or case.given["status"] == "rewritten")
    inside = max(0, min(true[1], put[1]) - max(true[0], put[0]))
    return bool(inside / (max(true[1], put[1]) - min(true[0], put[0])) >= _HALF)


def _silent(cases: list[Case]) -> Iterator[Row]:
    """Quotes said to stand whose numbers, signs, negations, modal verbs or quantifiers are not the same."""
    standing = [case for case in cases if case.carried.stands]
    silent = sum(_telling(case.given["exact"]) != _telling(case.carried.words) for case in standing)
    yield f"silent changes of a number, sign, negation, modality, quantifier, of {len(standing)}", str(silent), "0"
    told = [
        c for c in cases if c.carried.outcome == "changed" and _telling(c.given["exact"]) != _telling(c.carried.words)
    ]
    loud = sum(bool(case.carried.alarms) for case in told)
    yield "changes of those that are flagged loudly", f"{loud} of {len(told)}", "all"


def _telling(text: str) -> list[str]:
    return _TELLING.findall(text.lower())


def _speed(cases: list[Case]) -> Iterator[Row]:
    texts: dict[str, list[Case]] = {}
    for case in cases:
        texts.setdefault(case.new_text, []).append(case)
    exact = [(text, Selector(exact=c.given["exact"])) for text, own in texts.items() for c in own]
    exact = [(text, quote) for text, quote in exact if text.count(quote.exact) == 1]
    placed = [
        (text, Selector(exact=q.exact, start=text.index(q.exact), end=text.index(q.exact) + len(q.exact)))
        for text, q in exact
    ]
    began = time.process_time()
    for _ in range(20):
        for text, quote in placed:
            resolve(quote, text)
    spent = time.process_time() - began
    yield "exact quotes checked a second", f"{20 * len(placed) / spent:,.0f}", "20,000"
    times = []
    for text, own in texts.items():
        index = index_text(text)
        for case in own:
            began = time.process_time()
            nearest(_worn(case.given["exact"]), index)
            times.append(1000 * (time.process_time() - began))
    yield "a near miss explained, median", f"{statistics.median(times):.2f} ms", "5 ms"
    yield "a near miss explained, worst of 100", f"{sorted(times)[len(times) * 99 // 100]:.2f} ms", "5 ms"


def _worn(exact: str) -> str:
    """The quote with one word of it another, so that it is a near miss."""
    words = exact.split(" ")
    words[random.Random(len(exact)).randrange(len(words))] = "otherwise"
    return " ".join(words)


def _conformance(folder: Path) -> Iterator[Row]:
    """Selectors that other programs must match, and how many of them stand here where they should."""
    matched = json.loads((folder / "annotator-text-quote-match.json").read_text(encoding="utf-8"))
    yield "cases of TextQuoteSelector to match", str(len(matched)), "tests/quotes/test_anchoring.py holds them"


if __name__ == "__main__":
    main()
