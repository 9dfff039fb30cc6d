"""Cutting texts where quotes begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.site.passages import Layer, around, by_paragraph, cut, ends_of, paragraphs, places_of
from tests.site.reading import TEXT

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
LAYERS = st.lists(st.builds(lambda span, owner: Layer(span[0], span[1], owner), SPANS, st.integers(1, 4)), max_size=8)
WORDS = st.text("ab \n", min_size=40, max_size=60)


@given(WORDS, SPANS, LAYERS)
def test_the_pieces_make_up_the_window_again(text: str, window: tuple[int, int], layers: list[Layer]) -> None:
    """Piece after piece the texts make up the window again."""
    pieces = cut(text, window, layers, ends_of(layers))
    assert "".join(piece.text for piece in pieces) == text[slice(*window)]


@given(WORDS, LAYERS)
def test_each_letter_has_the_owners_of_the_layers_over_it(text: str, layers: list[Layer]) -> None:
    """In a piece the same owners hold throughout, and an owner ends once, where its last layer does."""
    pieces = cut(text, (0, len(text)), layers, ends_of(layers))
    owners = [piece.owners for piece in pieces for _ in piece.text]
    assert owners == [
        tuple(sorted({each.owner for each in layers if each.start <= at < each.end})) for at in range(len(text))
    ]
    ended = sorted(owner for piece in pieces for owner in piece.ending)
    assert ended == sorted({each.owner for each in layers})


@given(WORDS, LAYERS)
def test_by_paragraph_loses_no_layer_that_touches_a_paragraph(text: str, layers: list[Layer]) -> None:
    spans = paragraphs(text)
    for span, found in zip(spans, by_paragraph(spans, layers), strict=True):
        touching = [each for each in layers if each.start < span[1] and each.end > span[0]]
        assert all(each in found for each in touching)


@given(st.text("ab \t\r\n"))
def test_paragraphs_hold_every_letter_and_no_blank_line(text: str) -> None:
    spans = paragraphs(text)
    assert sum(text[start:end].count("a") for start, end in spans) == text.count("a")
    assert not any("\n\n" in text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("places", "found"),
    [([(2, 3)], ["ab"]), ([(0, 1), (8, 9)], ["ab", "ef"]), ([(0, 6)], ["ab", "cd"]), ([], [])],
)
def test_the_paragraphs_around_places(places: list[tuple[int, int]], found: list[str]) -> None:
    text = "ab\n\ncd\n\nef"
    assert [text[start:end] for start, end in around(paragraphs(text), places)] == found


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ({"exact": "pill", "start": 4, "end": 8}, (4, 8)),
        ({"exact": "pill", "start": 5, "end": 9}, None),
        ({"exact": "pill", "start": None, "end": None}, (4, 8)),
        ({"exact": "pill"}, (4, 8)),
        ({"exact": "sleep"}, None),
        ({"exact": "sleep", "suffix": " longer"}, (TEXT.index("sleep longer"), TEXT.index("sleep longer") + 5)),
        ({"exact": "nowhere"}, None),
    ],
)
def test_a_quote_has_a_place_only_where_it_is_certain(quote: dict[str, object], place: tuple[int, int] | None) -> None:
    assert places_of([quote], TEXT) == ([place] if place else None)
    assert places_of([quote], None) is None
