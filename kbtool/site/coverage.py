"""How much of a document is accounted for, in words and as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.site.charts import Bar, chart
from kbtool.site.text import counted, percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from kbtool.release.jsontext import JsonObject

_PARTS = (
    ("quoted", "Quoted by a claim", "b-quoted"),
    ("skipped", "Makes no claim", "b-skipped"),
    ("connectives", "Joining words", "b-joining"),
    ("unaccounted", "Not accounted for", "b-open"),
)


def accounted_words(coverage: JsonObject) -> str:
    """Whether every letter is accounted for, in one sentence.

    >>> accounted_words({"letters": 10, "unaccounted": 0})
    'Every one of its 10 letters, digits and signs is accounted for.'
    """
    if not coverage["unaccounted"]:
        return f"Every one of its {coverage['letters']:,} letters, digits and signs is accounted for."
    share = percent(coverage["letters"] - coverage["unaccounted"], coverage["letters"])
    left = counted(coverage["unaccounted"], "letter, digit or sign", "letters, digits and signs")
    return f"{share.capitalize()} of its letters, digits and signs are accounted for; {left} are not."


def coverage_chart(coverage: JsonObject) -> Markup:
    """The four parts of a text as bars; the last only where there is such a part."""
    bars = [Bar(name, coverage[key], css) for key, name, css in _PARTS if coverage[key] or key != "unaccounted"]
    return chart("Letters, digits and signs of the text", "Part of the text", bars, coverage["letters"])
