"""What in a near miss changes the meaning is said loudly."""

from __future__ import annotations

import pytest

from kbtool.quotes.near import index_text, nearest

CASES = [
    (
        "relief at 5 mg a day here",
        "relief at 15 mg a day here",
        ("a number differs: '5' in the quote, '15' in the text",),
    ),
    (
        "relief at 0.5 mg a day",
        "relief at .5 mg a day",
        ("a number differs: '0.5' in the quote, '5' in the text", "the sign '.' is missing from the quote"),
    ),
    (
        "pain in 5 of 12 patients",
        "pain in 12 of 5 patients",
        ("the number '12' is missing from the quote", "the number '12' is not in the text"),
    ),
    ("was it p < 0.05 then", "was it p > 0.05 then", ("a sign differs: '<' in the quote, '>' in the text",)),
    ("it fell by 5 points then", "it fell by -5 points then", ("the sign '-' is missing from the quote",)),
    ("it fell by −5 points then", "it fell by 5 points then", ("the sign '−' is not in the text",)),
    ("about 70 of the patients", "about 70% of the patients", ("the sign '%' is missing from the quote",)),
    ("gave 5 g of it daily", "gave 5 mg of it daily", ("a unit differs: 'g' in the quote, 'mg' in the text",)),
    ("gave 5 mg of it daily", "gave 5 mg/kg of it daily", ("the unit 'kg' is missing from the quote",)),
    ("10 cells of it there", "10⁶ cells of it there", ("the sign '⁶' is missing from the quote",)),
    ("gave g of it to them", "gave mg of it to them", ()),
    ("mg of it was given", "of it was given", ()),
    ("it may help them all", "it may not help them all", ("the negation 'not' is missing from the quote",)),
    ("it may not help them all", "it may help them all", ("the negation 'not' is not in the text",)),
    ("it is a cure for all", "it isn’t a cure for all", ("the negation 'isn’t' is missing from the quote",)),
    (
        "a non-inferior drug here",
        "a inferior drug here",
        (
            "the negation 'non-inferior' is not in the text",
            "a prefix turns the word: 'non-inferior' in the quote, 'inferior' in the text",
        ),
    ),
    (
        "it was effective in adults",
        "it was ineffective in adults",
        ("a prefix turns the word: 'effective' in the quote, 'ineffective' in the text",),
    ),
    (
        "risk of hypotension here",
        "risk of hypertension here",
        ("a prefix turns the word: 'hypotension' in the quote, 'hypertension' in the text",),
    ),
    ("it helps them all a lot", "it may help them all a lot", ("the modal verb 'may' is missing from the quote",)),
    (
        "it helps some people here",
        "it helps most people here",
        ("a quantifier differs: 'some' in the quote, 'most' in the text",),
    ),
    ("it helps people here", "it helps all people here", ("the quantifier 'all' is missing from the quote",)),
    ("only adults were asked", "adults were asked", ("the quantifier 'only' is not in the text",)),
    (
        "two-thirds of them slept",
        "one-third of them slept",
        ("a quantifier differs: 'two-thirds' in the quote, 'one-third' in the text",),
    ),
    (
        "it can help them all",
        "it will help them all",
        ("a modal verb differs: 'can' in the quote, 'will' in the text",),
    ),
    (
        "the kеtamine helped them",
        "the ketamine helped them",
        ("the same to the eye, other characters: 'k\\u0435tamine' in the quote, 'ketamine' in the text",),
    ),
    (
        "the cafe\u0301 helped them",
        "the café helped them",
        ("the same to the eye, other characters: 'cafe\\u0301' in the quote, 'caf\\xe9' in the text",),
    ),
    ("The Ketamine helped them", "the ketamine helped them", ()),
    ("the drug helped them all", "the pill helped them all", ()),
]


@pytest.mark.parametrize(("quote", "text", "alarms"), CASES)
def test_table(quote: str, text: str, alarms: tuple[str, ...]) -> None:
    """A fuzzy match is a suggestion to a person, never an answer."""
    near = nearest(quote, index_text(text))
    assert near is not None
    assert set(near.alarms) == set(alarms)


def test_long_differences_are_not_held_word_against_word() -> None:
    quote = "same " * 40 + " ".join(f"effective{n}" for n in range(30))
    text = "same " * 40 + " ".join(f"ineffective{n}" for n in range(30))
    near = nearest(quote, index_text(text))
    assert near is not None
    assert near.alarms == ()
