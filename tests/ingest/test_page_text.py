"""The words of a live page, and how far it has drifted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.drift import drift_of
from kbtool.ingest.page_text import page_text, words_of_page

PAGE = """<!DOCTYPE html><html><head><title>No</title><style>p{}</style></head><body><script>if (a < b) {}</script>
<h1>Tea</h1><p>Plumberry <b>tea</b> may not&nbsp;relieve
hiccups.</p><ul><li>One<li>Two</ul>Line<br/>end<wbr/>less<svg><text>not this</text></svg> end</body></html>"""


def test_words_without_scripts_and_with_blocks_apart() -> None:
    assert words_of_page(PAGE).split("\n\n") == [
        "Tea",
        "Plumberry tea may not relieve hiccups.",
        "One",
        "Two",
        "Line",
        "endless end",
    ]


@pytest.mark.parametrize(
    ("raw", "media_type", "charset", "words"),
    [
        ("<p>caf\u00e9".encode("latin-1"), "text/html", "latin-1", "caf\u00e9"),
        (b'<meta charset="iso-8859-1"><p>caf\xe9', "text/html", None, "caf\u00e9"),
        ("<p>caf\u00e9".encode(), "application/xhtml+xml", None, "caf\u00e9"),
        (b"<p>a", "text/html", "no-such", "a"),
        (b"a < b", "text/plain", "utf-8", "a < b"),
        (b"%PDF", "application/pdf", None, None),
    ],
)
def test_kinds_and_encodings(raw: bytes, media_type: str, charset: str | None, words: str | None) -> None:
    assert page_text(raw, media_type, charset) == words


@given(st.text())
def test_any_page_gives_words(page: str) -> None:
    """No page breaks the reader."""
    assert isinstance(words_of_page(page), str)


def test_drift_counts_sentences_that_do_not_stand() -> None:
    stored = "Tea helps. Tea costs 5 pounds."
    found = drift_of(stored, [(0, 10), (11, 30)], "Menu\n\nTea\nhelps. Tea costs 6 pounds.")
    assert (found.sentences, found.standing, [each.outcome for each in found.drifted]) == (2, 1, ["changed"])
