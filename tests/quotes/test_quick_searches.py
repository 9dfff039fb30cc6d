"""Where a search looks for a first character alone, or takes a short way, it finds what the whole pattern finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes import cut, numbers, quantity
from kbtool.rules import measures

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


@given(TEXTS)
def test_every_number_is_found(text: str) -> None:
    """The numbers of `text` as figures, in order."""
    begins = [
        match.span()
        for match in numbers._FIGURES.finditer(text)
        if not (text[: match.start()][-1:].isalnum() or text[: match.start()][-1:] == "_")
    ]
    assert [match.span() for match in numbers._found(text)] == begins


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


@given(TEXTS)
def test_the_short_way_says_the_same_of_a_word(text: str) -> None:
    """Whether both sides of `at` belong to one word, hyphens and apostrophes inside it included."""
    for at in range(1, len(text)):
        assert cut._within_word(text, at) == cut._within_unusual_word(text, at)
