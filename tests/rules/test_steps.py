"""What checking a claim takes grows with its quotes and its text and no faster: counted in calls, not by a clock."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from kbtool.yamlsource.write import write
from tests.rules.bases import diagnose, tiny_base

Words = Callable[[int], str]
MOST = 2.6
"""Times as many calls that twice the work may take: twice, and something for what is built in blocks."""

TEXTS: tuple[tuple[str, Words], ...] = (
    ("prose", lambda n: f"Patient {n} of the trial slept {n % 9} hours longer on {n % 50} mg plumberry"),
    ("negations", lambda n: f"Plumberry {n} may not, and cannot, and does not help"),
    ("repeats", lambda n: f"{'ab' * 40}{n:05d}"),
    ("numbers", lambda n: f"{n} - 5 - 5.5 mg/kg/day to 7 10 000 < 0.05 1,5 {n}"),
    ("words", lambda n: f"un- in- non-effective twenty-five {n} don't it's"),
)  # fmt: skip


def base_of(words: Words, count: int, claims: int = 1, first: int = 0) -> dict[str, bytes]:
    """The tiny base with a document of `count` sentences, numbered from `first`, all quoted, by `claims` claims."""
    sentences = [words(number) for number in range(first, first + count)]
    text = ". ".join(sentences) + ".\n"
    starts = [text.index(sentence, number * 5) for number, sentence in enumerate(sentences)]
    quotes = [
        {"exact": sentence, "start": str(start), "end": str(start + len(sentence))}
        for sentence, start in zip(sentences, starts, strict=True)
    ]
    each = count // claims
    shares = [quotes[number * each : (number + 1) * each] for number in range(claims)]
    digest = hashlib.sha256(text.encode()).hexdigest()
    files = {f"long/c{number}.yaml": write(_claim(number, share)) for number, share in enumerate(shares)}
    record = _source(digest, text, [[quote["start"], str(int(quote["end"]) + 1)] for quote in quotes])
    return tiny_base() | files | {"sources/long.yaml": write(record), f"sources/long/{digest}.txt": text.encode()}


def _claim(number: int, quotes: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "id": f"long/c{number}",
        "type": "mechanism",
        "statement": " and ".join(quote["exact"] for quote in quotes),
        "polarity": "asserted",
        "subject": {"as_stated": quotes[0]["exact"].split(" ", maxsplit=1)[0]},
        "source": {"document": "long", "quotes": quotes},
        "verdict": {"rating": "not-checkable", "rationale": "Nothing was looked for."},
        "drafted": {"by": "editorial", "on": "2026-01-15", "method": "Made up for tests."},
        "review": {"status": "draft"},
    }


def _source(digest: str, text: str, sentences: list[list[str]]) -> dict[str, Any]:
    return {
        "document": "long",
        "title": "A long note",
        "language": "en",
        "rights": {"use": "full-text", "holder": "Nobody", "statement": "Made up for tests."},
        "found": [{"on": "2026-01-10", "note": "Made up for tests."}],
        "text": {
            "digest": digest,
            "bytes": str(len(text.encode())),
            "characters": str(len(text)),
            "media_type": "text/plain",
            "stored": "2026-01-10",
        },
        "sentences": sentences,
    }


def steps(base: dict[str, bytes]) -> int:
    """How many functions are called, of Python and of its libraries, to check a base."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        diagnose(base)
    finally:
        sys.setprofile(before)
    return count


def grows(words: Words, count: int, claims: int) -> float:
    """Times as many steps that twice as many sentences take; no text is met twice, so that nothing is remembered."""
    few, many = base_of(words, count, claims, first=10_000), base_of(words, 2 * count, 2 * claims if claims > 1 else 1)
    steps(tiny_base())
    least = steps(tiny_base())
    return (steps(many) - least) / (steps(few) - least)


@pytest.mark.parametrize("words", [words for _, words in TEXTS], ids=[name for name, _ in TEXTS])
def test_a_claim_with_twice_the_quotes_takes_twice_the_steps(words: Words) -> None:
    """Proves "one claim with 200 quotes; a hostile text of repeats: linear"."""
    assert 1.5 < grows(words, 100, 1) < MOST


def test_a_text_of_twice_the_length_takes_twice_the_steps() -> None:
    """Proves "a 1 MB source with 5,000 quotes: linear", on a part of it."""
    assert 1.5 < grows(TEXTS[0][1], 500, 20) < MOST
