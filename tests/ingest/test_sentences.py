"""Where sentences end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.sentences import blocks_of, sentences
from tests.shared import SHARED, needs_shared


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It helped.|It did not last.",
        "Dr. Doe and Prof. Roe saw 12 patients.|Nobody died.",
        "The dose was 0.5 mg/kg i.v. over 40 minutes.|Pain fell.",
        "Give 5 mg b.i.d. with food.|The next dose may differ.",
        "Doe et al. found no change (p < 0.05; Fig. 2).|They said so.",
        "Relief lasted two hours.[12]|Others saw none.",
        "Relief lasted two hours. [3, 4]|Others saw none.",
        "Relief lasted two hours.12|Others saw none.",
        "It was vitamin C.|The trial ended.",
        "Cases of hepatitis B. rose.",
        "He asked: \u201cIs it safe?\u201d|Nobody knew.",
        "\u201cIs it safe?\u201d she asked.",
        "It may help (see below.) in some.",
        "She lives in the U.S.|It is far.",
        "The U.S. Food and Drug Administration said no.",
        "Study No. 5 was stopped.",
        "We said no.|They went on.",
        "What now?|do you know",
        "Yahoo! is a name.",
        "Great!!|the best",
        "Wait...|There is more.",
        "It works [...] in most.",
        "He said (...) Nothing.",
        "One . . . Two is left out.",
        "Stop. . . .|Then go.",
        "i saw it.|it was good",
        "approx. the same",
        "a. the same",
        "Is 5 enough?|10 is better.",
        "He left.|12 others stayed.",
        "See p. 12.",
        "I like it :)|Now you.",
        "Above|=====|Below",
        "\u2022 one thing|\u2022 another thing",
        "\u2022 1. One thing|\u2022 2. Another",
        "1) First of all|2) Then the rest",
        "a. First|b. Then|c. Last",
        "1. First",
        "\u75db\u307f\u304c\u6e1b\u3063\u305f\u3002|\u52b9\u679c\u306f\u77ed\u3044\u3002",
        "\u0647\u0644 \u064a\u0633\u0627\u0639\u062f\u061f|\u0646\u0639\u0645.",
        "\u0926\u0930\u094d\u0926 \u0918\u091f\u093e\u0964|\u0905\u0938\u0930 \u0915\u092e \u0939\u0948\u0964",
        "v1.2.3 is out.|Use it.",
        "Buy acme.com.|It is cheap.",
        "Smith v. Jones 'was lost.'|It ended.",
        "Call it A.I.|Some do.",
        "What?|(Nothing.)",
        "What?\u201d|(Nothing.)",
        "It hurt!\u201d he said",
        "Yahoo! and others",
        "Ha!|\u2013 never",
        "You and I.|It rained.",
        "So did I. I know.",
        "It binds NF-kappa B.|Cells die.",
        "Vitamin D.|Adults need it.",
        "We thank J. Doe and the chemist M. Roe for it.",
        "The patient J. R. Doe came.",
        "He met C. D. Roe.|It was late.",
        "It took 20 min.|Cells were washed.",
        "It took 20 min. 5 times.",
        "Wait a min.|Then go.",
        "He was ill.|Nobody knew.",
        "He lives in Springfield, Ill. Nobody knew.",
        "It fell.|mRNA rose.",
        "It fell.|p53 rose.",
        "Loss of c-Fos.|c-Fos is a gene.",
        "Cells grew.|(b) Cells died.",
        "Cells grew (Fig. 1).|(b-d) cells died.",
        "Cells grew.|b. Cells died.",
        "Cells grew.|B. Cells died.|C. Nothing.",
        "See Fig. (b) for more.",
        "It has the accession No. AB1234 there.",
        "It has the cat. #12 there.",
        "Anna Roe (b. 1950) saw it (c. 1990).",
        "It ended at b.|It began at c.",
        "It was said. [1] [2]|Others said so.",
        "It was said. 9|For example, they did.",
        "It was said.|9 patients came.",
        "It was so good! :D|We liked it.",
        "Is it safe?\u201d Dr. Roe asked.|Nobody knew.",
        "It hurt!\u201d I said.",
        "Is it safe?\u201d|Roe knew.",
        "it hurt badly.|nobody saw it",
        "See the (last.)|5 came",
        "the freq. of falls",
        "Staph. aureus grew.",
        "We thank Drs. Roe and Doe.",
        "\u201cIs it safe?\u201d was the question.",
        "It ended .|Others came.",
        "It is well-known.|nobody cares",
        "It fell in 2010.|then it rose",
        "Sera against anti-E. coli grew.",
        "It helps in X/YZ.|- Surgery is last.",
        "",
    ],
)
def test_a_text_is_cut_at_its_bars(text: str) -> None:
    parts = [part for part in text.split("|") if part]
    joined = "".join(part + ("" if part.endswith("\u3002") else " ") for part in parts[:-1]) + "".join(parts[-1:])
    assert cut(joined) == parts


def test_lines_that_were_wrapped_are_joined_and_others_are_not() -> None:
    wrapped = "Ketamine has been used\nfor a long time as an\nanaesthetic drug. It is"
    assert cut(wrapped) == ["Ketamine has been used\nfor a long time as an\nanaesthetic drug.", "It is"]
    listed = "What it does\nIt makes people sleep for a good while\n- and dream\n- and wake"
    assert cut(listed) == ["What it does", "It makes people sleep for a good while", "- and dream", "- and wake"]


def test_blank_lines_part_paragraphs_and_named_blocks_are_kept() -> None:
    text = "A heading\n \nA sentence that\ngoes on"
    assert cut(text) == ["A heading", "A sentence that\ngoes on"]
    assert sentences("one two. Three", [(0, 3), (4, 14)]) == ((0, 3), (4, 8), (9, 14))
    assert tuple(blocks_of("a\n\nb")) == ((0, 1), (3, 4))
    assert sentences(" \n ", [(0, 3)]) == ()
    assert sentences("It is. ", [(0, 7)]) == ((0, 6),)


_WORDS = '. ! ? ... \u2026 [1] " \u201d ) ( A a the It Dr e.g U.S p 1 1) \u2022 :) ===== \u3002 \u05d0 no No mg 5'
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\n", "\n\n", ". . .", "\u00a0"])


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Spans are ordered, not overlapping, and only white space stands between them."""
    at = 0
    for start, end in sentences(text):
        assert text[at:start].strip() == ""
        assert start < end
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    "piece",
    [
        "a. ",
        '."',
        ". ",
        "\u2022 ",
        "1) A ",
        ":) ",
        "=====  ",
        ".[1]",
        "a\n",
        " \n",
        ".",
        " ",
        'A?" ',
        ". [1] ",
        "[1] ",
    ],
)
def test_a_hostile_run_costs_no_more_than_its_length(piece: str) -> None:
    assert len(sentences(piece * 20_000)) <= 20_000


@needs_shared
def test_the_published_golden_rules_for_english() -> None:
    assert SHARED is not None
    rules = json.loads((SHARED / "testdata/sentences/golden-rules-en.json").read_text(encoding="utf-8"))
    kept = [rule["text"] for rule in rules if cut(rule["text"]) == rule["sentences"]]
    assert len(kept) >= 46
