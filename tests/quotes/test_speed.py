"""Bounds that hostile and long texts may not break; processor time, the best of a few runs."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from kbtool.model.claim import Selector
from kbtool.quotes.coverage import coverage
from kbtool.quotes.cut import cut_at
from kbtool.quotes.near import index_text, nearest
from kbtool.quotes.resolve import resolve, stands
from kbtool.quotes.words import hedges, negations, numbers
from tests.quotes.vocabulary import small_lexicon

MILLION = 1_000_000


def _seconds(work: Callable[[], object], runs: int = 1) -> float:
    """Processor seconds of one call, the least of `runs`; a third of them while line coverage slows each line down."""
    taken = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken) / (3 if sys.gettrace() else 1)


def _prose() -> str:
    chance = random.Random(7)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(1, 9))) for _ in range(9000)]
    return " ".join(chance.choices(words, k=200_000))[:MILLION]


PROSE = _prose()


def test_repeats_without_end() -> None:
    text = "ab" * (MILLION // 2)
    selectors = [Selector(exact="ab", start=2 * n, end=2 * n + 2) for n in range(200)]
    long = [Selector(exact="ab" * n, start=0, end=2 * n) for n in range(50, 250)]
    assert _seconds(lambda: [resolve(selector, text) for selector in (*selectors, *long)]) < 1
    assert resolve(selectors[199], text).outcome == "ambiguous"


def test_five_thousand_quotes_of_a_long_text() -> None:
    chance = random.Random(8)
    starts = [chance.randrange(MILLION - 200) for _ in range(5000)]
    selectors = [Selector(exact=PROSE[at : at + 20 + at % 100], start=at, end=at + 20 + at % 100) for at in starts]
    wrong = [Selector(exact=f"{PROSE[at : at + 30]}#{PROSE[at + 31 : at + 60]}") for at in starts]
    assert _seconds(lambda: [resolve(selector, PROSE) for selector in selectors]) < 1
    assert _seconds(lambda: [resolve(selector, PROSE) for selector in wrong]) < 1
    assert {resolve(selector, PROSE).outcome for selector in selectors[:200]} == {"found"}
    assert not stands(wrong[0].exact, PROSE)


def test_cuts_do_not_depend_on_the_length_of_the_text() -> None:
    for text in (
        PROSE,
        "1" * MILLION,
        "1.1," * (MILLION // 4),
        "\u00ad" * MILLION,
        "5 - " * (MILLION // 4),
        "5 mg/" * 200_000,
    ):
        assert _seconds(lambda text=text: [cut_at(text, at, at + 50) for at in range(0, MILLION - 50, 1000)]) < 1  # type: ignore[misc]


def test_coverage_of_a_long_text() -> None:
    spans = [(at, at + 50 + at % 90) for at in range(0, MILLION, 100)]
    assert _seconds(lambda: coverage(PROSE, spans)) < 1
    assert _seconds(lambda: coverage("=-" * (MILLION // 2), spans)) < 1


def test_nearest_in_a_long_text() -> None:
    assert _seconds(lambda: index_text(PROSE[1:])) < 1.5
    index = index_text(PROSE)
    words = PROSE[500_000:514_000].split()[1:2001]
    quote = " ".join(word if n % 7 else "zzz" for n, word in enumerate(words))
    assert _seconds(lambda: nearest(quote, index)) < 0.3
    near = nearest(quote, index)
    assert near is not None
    assert 500_000 <= near.start < 500_040


def test_nearest_in_hostile_texts() -> None:
    for unit in ("ab ", "ab ba ", "a b c d e f ", "1.1a", "- ", "é\u0301 ", "may not 5 mg "):
        text = (unit * MILLION)[:MILLION]
        assert _seconds(lambda text=text: index_text(text[1:])) < 1.5  # type: ignore[misc]
        index = index_text(text)
        quote = f"{unit * 900}x{unit * 100}" + "".join(reversed(unit * 500))
        assert _seconds(lambda quote=quote, index=index: nearest(quote, index)) < 0.3  # type: ignore[misc]


def test_words_and_numbers_of_hostile_texts() -> None:
    words = small_lexicon()
    for unit in (
        "May ",
        "some  ",
        "some degree ",
        "n'",
        "may not ",
        "\u200bn",
        "1 ",
        "111 ",
        "1,111",
        "1.",
        "-1",
        "can't ",
    ):
        text = (unit * MILLION)[: MILLION // 4]
        assert _seconds(lambda text=text: (hedges(words, text), negations(words, text), numbers(text))) < 2  # type: ignore[misc]


def test_a_text_without_a_cue_is_passed_over() -> None:
    words = small_lexicon()
    text = "The patients were given ketamine infusions over eight weeks and reported significant pain relief here"
    for find in (hedges, negations):
        many = _seconds(lambda find=find: [find(words, text) for _ in range(2000)], 7)  # type: ignore[misc]
        assert many / 2000 < 16e-6, "twice the 8 microseconds aimed at, for slow machines"
