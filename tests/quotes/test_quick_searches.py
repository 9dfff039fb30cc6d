"""Where a search looks for a first character alone, or takes a short way, it finds what the whole pattern finds."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kbtool.model.claim import Selector
from kbtool.model.policy import Policy
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes import coverage, cut, numbers, places, quantity
from kbtool.quotes.cues import cue_set, cues_in, pattern_of
from kbtool.quotes.letters import letter_runs
from kbtool.quotes.resolve import resolve
from kbtool.rules import measures, placeholders, statement
from kbtool.rules.context import Terms
from kbtool.rules.folding import fold, folded_bytes
from tests.quotes.vocabulary import small_lexicon

PIECES = (
    *("5", "15", "1", "000", "12 500", "1,5", ".5", "·5", "0.05", "10^6", "10²", "½", "3½", "５", "٣", "2–4 weeks"),
    *("mg", "mg/kg", "per", "%", "°C", "mm Hg", "h", "a.m.", "million", "years", "to", "x", "±", "/", "+", "=", "~"),
    *("<", "> ", "≥", "p <", "US$", "$", "USD ", "EUR", "A$", "C", "NZ$", "€", "at least ", "At Most ", "more  than "),
    *("twenty-five", "twenty‑one", "one", "B12", "COVID-19", "ineffective", "*", "_", "'", "’", "n't", "&", "-", "–"),
    *(
        " ",
        "\n",
        "-\n",
        "\r\n",
        ", ",
        ". ",
        "(",
        ")",
        '"',
        "\u00ad",
        "\u200b",
        "\u0301",
        "\u00a0",
        "\u202f",
        "不",
        "ー",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=14).map("".join)
PLAIN_PIECES = (
    *(piece for piece in PIECES if piece.isascii()),
    *(" people", " of ", "Of", " per ", "per", "two", " USD", "NZ$", "hundreds", " / ", "^2", "m2", ":", "s", "-"),
)
PLAIN_TEXTS = st.lists(st.sampled_from(PLAIN_PIECES), max_size=14).map("".join)
"""Without a character beyond ASCII, for which there are short ways of their own."""


@given(TEXTS | PLAIN_TEXTS)
def test_every_number_is_found(text: str) -> None:
    """The numbers of `text` as figures, in order."""
    begins = [
        (match.span(), match.groups())
        for match in numbers._FIGURES.finditer(text)
        if not (text[: match.start()][-1:].isalnum() or text[: match.start()][-1:] == "_")
    ]
    assert [(match.span(), match.groups()) for match in numbers._found(text)] == begins


@given(TEXTS | PLAIN_TEXTS)
def test_a_statement_in_the_words_of_its_quote_has_no_number_that_the_quote_lacks(text: str) -> None:
    """No number is invented; where the two are the same words, nothing is looked for."""
    given = {*numbers.numbers(text), *(figure for _, figure in numbers.numbers_in_words(text))}
    assert given <= numbers.numbers_meant(text)


@given(TEXTS)
def test_every_number_with_its_unit_is_found(text: str) -> None:
    """The matches of `_NUMBER`, looked for where there is a digit only."""
    every = [match.span() for match in measures._NUMBER.finditer(text)]
    assert [match.span() for match in measures._numbers_with_units(text)] == every


@given(
    TEXTS,
    st.sampled_from((*measures._BOUNDS, "At  Least", "up\nto", "at leaſt", "least", "")),
    st.sampled_from(("", " ", "\n")),
)
def test_every_bound_is_found(text: str, bound: str, behind: str) -> None:
    """The bound that the text ends in, "" for none."""
    found = measures._BEFORE.search(text + bound + behind)
    known = measures._BOUNDS[" ".join(found[1].casefold().split())] if found else ""
    assert measures._bound_before(text + bound + behind) == known


@given(TEXTS, st.integers(0, 60))
def test_every_quantity_before_a_place_is_found(text: str, place: int) -> None:
    """The quantities of a short text that begin before a place, ranges and ratios as one."""
    every, at = [], 0
    while begin := quantity._BEGIN.search(text, at):
        at = quantity._end_of_chain(text, begin.start())
        every.append((begin.start(), at))
    assert list(quantity._quantities(text, place)) == [span for span in every if span[0] < place]


@given(TEXTS | PLAIN_TEXTS)
def test_every_cut_is_found_the_short_way(text: str) -> None:
    """What the span `start:end` of `text` cuts; a place between plain characters is in no word."""
    for at in range(1, len(text)):
        word = f"the word {cut._word_around(text, at)!r}" if cut._within_word(text, at) else None
        assert cut._cut(text, at) == (quantity.cut_quantity(text, at) or word)


@given(TEXTS | PLAIN_TEXTS)
def test_what_stands_between_quotes_is_counted_as_in_the_whole_text(text: str) -> None:
    """The coverage of `text` by `spans`: places that count are the same, looked for everywhere or in gaps alone."""
    counted = set(coverage.counted_places(text))
    spans = [(at, at + 2) for at in range(0, len(text) - 1, 5)]
    left = sorted(counted - {place for start, end in spans for place in range(start, end)})
    found = coverage.coverage(text, spans)
    assert (found.counted, found.accounted) == (len(counted), len(counted) - len(left))
    assert [place for place in left if not any(start <= place < end for start, end in found.gaps)] == []
    assert all(start in left and end - 1 in left for start, end in found.gaps)


@given(TEXTS | PLAIN_TEXTS)
def test_what_cannot_cut_cuts_nothing(text: str) -> None:
    """Whether a place in a short text can be within a quantity: most cannot."""
    every = list(quantity._quantities(text, len(text)))
    for place in range(1, len(text)):
        if not quantity._may_cut(text, place):
            assert not any(start < place < end for start, end in every)


@given(TEXTS)
def test_runs_of_letters_are_those_of_the_pattern(text: str) -> None:
    """The runs of letters of an ASCII text in lower case."""
    plain = text.encode("ascii", "ignore").decode()
    assert letter_runs(plain) == frozenset(re.findall("[a-z]+", plain.lower()))


@given(TEXTS)
def test_numbers_in_words_are_found_in_any_text(text: str) -> None:
    """An ASCII text must hold a part of a number in words; behind another letter nothing is passed over."""
    plain = text.encode("ascii", "ignore").decode()
    assert list(numbers._number_words(plain)) == list(numbers._number_words(f"{plain}\u00e9"))


@given(TEXTS)
def test_words_of_ascii_texts_are_those_of_the_pattern(text: str) -> None:
    """The words of a text in lower case, hyphens within them included; letters and digits only, in one case."""
    assert measures._words(text) == frozenset(measures._WORD.findall(text.lower()))
    assert fold(text) == " ".join(re.findall(r"\w+", text.casefold()))
    assert folded_bytes(text) == fold(text).encode(errors="surrogatepass")


@given(
    st.lists(TEXTS | st.sampled_from(("A trial.", "To do.", "TODO", "n/a", "5", "x?", "?! ab.", "written")), max_size=4)
)
def test_what_needs_no_closer_look_is_finished(texts: list[str]) -> None:
    """A text that readers will see is a placeholder, or says nothing."""
    lists: dict[str, Any] = {"placeholders": ("todo", "n/a", "lorem ipsum")}
    terms = Terms(Vocabulary.model_construct(**lists), small_lexicon(), Policy())
    if not placeholders._may_be_unfinished(texts, terms):
        assert list(placeholders._unfinished([((), text) for text in texts], terms)) == []


CUE_WORDS = ("no", "not", "n't", "n’t", "may", "can", "fail to", "24/7", "不", "café", "up to", "x-ray")
CUED_PIECES = (
    "No",
    "not",
    "n't",
    "n’t",
    "n`t",
    "can",
    "may",
    "fail",
    "to",
    "  ",
    " ",
    "\n",
    "24/7",
    "不",
    "_",
    "-",
    "up",
)
CUES = st.lists(st.sampled_from(CUE_WORDS), unique=True)
CUED = st.lists(st.sampled_from(CUED_PIECES)).map("".join)


@given(CUES, CUED)
def test_cues_of_ascii_texts_are_those_of_the_whole_pattern(words: list[str], text: str) -> None:
    """The cues of `text` in order, the longest at each place."""
    cues = cue_set(dict.fromkeys(words, "group"))
    every = [match.span() for match in pattern_of(words).finditer(text)]
    assert [found[2:] for found in cues_in(cues, text)] == every


@given(st.text("ab", min_size=1, max_size=3), st.text("ab", max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_the_short_way_to_a_place_is_the_long_one(exact: str, text: str, start: int, end: int) -> None:
    """`found`: at the stated place, and unique with its context."""
    found = resolve(Selector(exact=exact, start=start, end=end), text)
    long = resolve(Selector(exact=exact, start=start, end=end, prefix=""), f"{text}{' ' * 100_000}")
    assert found == long


def test_rare_words_behind_common_ones_are_found_by_their_rarest_block() -> None:
    """Every place of the words, whichever block of them is looked up; none where a block stands nowhere."""
    text = "".join(f"the same words again and again, number {n:05d} of them; " for n in range(4_000))
    for words in (text[60_000:60_160], text[60_003:60_070], "the same words again and again, number", f"{text[:200]}#"):
        assert places.starts_of(words, text, 50) == places._searched(words, text, 50)
    assert places._candidates(text[60_000:60_160], places.blocks_of(text)) is not None
    assert places._candidates("the same words again and again, number", places.blocks_of(text)) is None


@given(
    st.lists(st.sampled_from(("5 mg", "\n", "\n\n", " ", "\t", "\r", "\n \n", "\x0b", "a")), max_size=12).map("".join)
)
def test_paragraphs_end_where_the_pattern_says(text: str) -> None:
    """The paragraph around a place ends before the next blank line, or with the text."""
    for at in range(len(text) + 1):
        close = re.compile(r"\n[ \t\r]*\n").search(text, at)
        assert statement._paragraph_end(text, at) == (close.start() if close else len(text))
