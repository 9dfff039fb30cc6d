"""What a person is told of the passage nearest to a quote that does not stand in the text."""

from __future__ import annotations

import pytest

from kbtool.quotes.near import Near, index_text, nearest
from kbtool.rules.quotes import near_hint


def near(*differences: tuple[str, str], alarms: tuple[str, ...] = ()) -> Near:
    return Near(10, 20, "words here", 0.9, differences, alarms)


PAIR = "the quote has 'a', the text 'b'"

TABLE = [
    (None, "no passage of the stored text is like it"),
    (near(), "nearest is 'words here' at 10-20; differs: white space or line breaks only"),
    (near(("a", "b")), "nearest is 'words here' at 10-20; differs: the quote has 'a', the text 'b'"),
    (near(("", "b")), "nearest is 'words here' at 10-20; differs: the quote lacks 'b'"),
    (near(("a", "")), "nearest is 'words here' at 10-20; differs: the text lacks 'a'"),
    (near(*[("a", "b")] * 6), f"nearest is 'words here' at 10-20; differs: {'; '.join([PAIR] * 4)}; and 2 more"),
]


@pytest.mark.parametrize(("found", "hint"), TABLE)
def test_the_hint_names_the_passage_and_what_differs(found: Near | None, hint: str) -> None:
    assert near_hint(found) == hint


def test_a_number_or_a_negation_that_differs_is_told_loudly() -> None:
    text = "Tea does not help more than 15 mg of sugar."
    found = near_hint(nearest("Tea does help more than 51 mg of sugar", index_text(text)))
    assert "'15" in found
    assert "mind: " in found
