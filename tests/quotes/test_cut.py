"""What a span cuts: words, numbers, signs, units, ranges; and what it does not."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.quotes.cut import cut_at
from tests.quotes.marked import unmarked

WORDS = [
    ("is in|effective| here", "the word 'ineffective'"),
    ("|in|effective", "the word 'ineffective'"),
    ("un|likely| to help", "the word 'unlikely'"),
    ("|non|-inferior", "the word 'non-inferior'"),
    ("a non-|inferior| drug", "the word 'non-inferior'"),
    ("a non|-inferior| drug", "the word 'non-inferior'"),
    ("a non‑|inferior| drug", "the word 'non‑inferior'"),
    ("a non–|ST| drug", "the word 'non–ST'"),
    ("a non−|inferior| drug", "the word 'non−inferior'"),
    ("it |isn|’t so", "the word 'isn’t'"),
    ("it |isn|'t so", 'the word "isn\'t"'),
    ("it |isn’|t so", "the word 'isn’t'"),
    ("it |isn|´t so", "the word 'isn´t'"),
    ("it |isn|ʼt so", "the word 'isnʼt'"),
    ("|COVID|-19", "the word 'COVID-19'"),
    ("COVID-|19| here", "the word 'COVID-19'"),
    ("in B1|2| level", "the word 'B12'"),
    ("H|₂|O", "the word 'H₂O'"),
    ("about |R|&D here", "the word 'R&D'"),
    ("in\u00ad|effective| x", "the word"),
    ("in|\u00adeffective| x", "the word"),
    ("in\u200b|effective| x", "the word"),
    ("in\u2060|effective| x", "the word"),
    ("in*|effective|* x", "the word"),
    ("in_|effective|_ x", "the word"),
    ("|cafe|\u0301 x", "the word"),
    ("cafe|\u0301 x|", "the word"),
    ("|\U0001f44d|\U0001f3fd x", "the word"),
    ("|\U0001f469|\u200d\U0001f52c x", "the word"),
    ("|\U0001f469\u200d|\U0001f52c x", "the word"),
    ("a non-\n|effective| drug", "the word"),
    ("a |non-|\neffective drug", "the word"),
    ("a |non|-\neffective drug", "the word"),
    ("新药不|有效|", "the word"),
    ("無|効| だ", "the word"),
    ("コ|ーヒー|", "the word"),
    ("a" + "\u200b" * 60 + "|b|", "the word"),
    ("|a|" + "\u200b" * 60 + "b", "the word"),
    ("a-" + "\u200b" * 60 + "|b|", "the word"),
    ("|a|-" + "\u200b" * 60 + "b", "the word"),
    ("a" + "\u200b" * 60 + "-|b|", "the word"),
]
NUMBERS = [
    ("take 1|5 mg| daily", "the number '15'"),
    ("take |1|5 mg", "the number '15'"),
    ("|0|.05 was", "the number '0.05'"),
    ("|0.|05 was", "the number '0.05'"),
    ("0.|05| was", "the number '0.05'"),
    ("0|·|05 was", "the number '0·05'"),
    (" |.|5 was", "the number '.5'"),
    ("12|,000| people", "the number '12,000'"),
    ("12,|000 people|", "the number '12,000'"),
    ("|12| 000 people", "the number '12 000'"),
    ("12\u202f|000 people|", "the number '12\\u202f000'"),
    ("1’|000| francs", "the number '1’000'"),
    ("|10|⁻⁶ of it", "the number '10⁻⁶'"),
    ("|10|⁶ of it", "the number '10⁶'"),
    ("|1|½ of it", "the number '1½'"),
    ("５|５| of it", "the number '５５'"),
    ("٣|٥| of it", "the number '٣٥'"),
]
SIGNS = [
    ("p < |0.05|", "the sign '<' from its number"),
    ("p >|0.05|", "the sign '>' from its number"),
    ("p ≤ |0.05|", "the sign '≤' from its number"),
    ("n = |12|", "the sign '=' from its number"),
    ("p >= |5|", "the sign '>=' from its number"),
    ("by -|5|", "the sign '-' from its number"),
    ("by −|5|", "the sign '−' from its number"),
    ("by − |5|", "the sign '−' from its number"),
    ("by –|5|", "the sign '–' from its number"),
    ("by -|.5|", "the sign '-' from its number"),
    ("by (-|5|)", "the sign '-' from its number"),
    ("~ |5|", "the sign '~' from its number"),
    ("≈|5|", "the sign '≈' from its number"),
    ("±|5|", "the sign '±' from its number"),
    ("+|5|", "the sign '+' from its number"),
    ("$|5|", "the sign '$' from its number"),
    ("US|$5|", "the sign 'US$' from its number"),
    ("£ |5|", "the sign '£' from its number"),
    ("EUR |5|", "the sign 'EUR' from its number"),
    ("＜|５|", "the sign '＜' from its number"),
    ("is < -|5|", "the sign '< -' from its number"),
]
UNITS = [
    ("|5| mg a day", "the unit 'mg' from its number"),
    ("|5|mg a day", "the unit 'mg' from its number"),
    ("|5|\u00a0mg a day", "the unit 'mg' from its number"),
    ("|5|\u202fmg a day", "the unit 'mg' from its number"),
    ("|5|\nmg a day", "the unit 'mg' from its number"),
    ("|5| µg a day", "the unit 'µg' from its number"),
    ("|5| μg a day", "the unit 'μg' from its number"),
    ("|5| mg/kg a day", "the unit 'mg/kg' from its number"),
    ("|5 mg|/kg a day", "the unit 'mg/kg' from its number"),
    ("|5 mg| per kg a day", "the unit 'mg per kg' from its number"),
    ("|5| per 100 000 people", "the range '5 per 100 000'"),
    ("|70|% of", "the unit '%' from its number"),
    ("|70| % of", "the unit '%' from its number"),
    ("|70|％ of", "the unit '％' from its number"),
    ("|70| percent of", "the unit 'percent' from its number"),
    ("|70| per cent of", "the unit 'per cent' from its number"),
    ("|70| percentage points", "the unit 'percentage points' from its number"),
    ("|37| °C", "the unit '°C' from its number"),
    ("|37|° C", "the unit '° C' from its number"),
    ("|37| ℃", "the unit '℃' from its number"),
    ("|5|㎎", "the unit '㎎' from its number"),
    ("|5| m² wide", "the unit 'm²' from its number"),
    ("|5 m|² wide", "the unit 'm²' from its number"),
    ("|5 m|2 wide", "the unit 'm2' from its number"),
    ("|5| million", "the unit 'million' from its number"),
    ("|$5| million", "the unit 'million' from its number"),
    ("|5| € a piece", "the unit '€' from its number"),
    ("|5| dollars", "the unit 'dollars' from its number"),
    ("within |12| weeks", "the unit 'weeks' from its number"),
    ("aged |65|+ years", "the unit '+' from its number"),
    ("|5|-fold", "the word '5-fold'"),
    ("|5|毫克", "the unit '毫克' from its number"),
    ("在2012|年|", "the unit '年' from its number"),
    ("|5|ミリグラム", "the unit 'ミリグラム' from its number"),
    ("|5| h", "the unit 'h' from its number"),
]
RANGES = [
    ("|5|-10 mg", "the range '5-10 mg'"),
    ("5-|10 mg|", "the range '5-10 mg'"),
    ("5–|10 mg|", "the range '5–10 mg'"),
    ("|5| – 10 mg", "the range '5 – 10 mg'"),
    ("5−|10 mg|", "the range '5−10 mg'"),
    ("|5%|–10% of", "the range '5%–10%'"),
    ("|5 mg| to 10 mg", "the range '5 mg to 10 mg'"),
    ("from 5 to |10 mg|", "the range '5 to 10 mg'"),
    ("|8|/12 patients", "the range '8/12'"),
    ("8/|12| patients", "the range '8/12'"),
    ("120/|80 mmHg|", "the range '120/80 mmHg'"),
    ("|12|:30 h", "the range '12:30 h'"),
    ("|5| ± 2 mg", "the range '5 ± 2 mg'"),
    ("5 +/- |2 mg|", "the range '5 +/- 2 mg'"),
    ("2 × |5 mg|", "the range '2 × 5 mg'"),
    ("2 x |5 mg|", "the range '2 x 5 mg'"),
    ("|10|^6", "the range '10^6'"),
    ("2026-|11|-22", "the range '2026-11-22'"),
]
WHOLE = [
    "|effective| in adults",
    "is |effective|",
    "(|effective|)",
    "“|effective|”",
    "‘|effective|’",
    "the |patients|’ pain",
    "the |patients’| pain",
    "relief—|but| not",
    "pain. |It| helps",
    "pain.|12| others",
    "_|effective|_ now",
    "**|effective|** now",
    "|effective|* now",
    "- |5 mg| daily",
    "1. |5 mg| daily",
    "1) |5 mg| daily",
    "|p < 0.05|",
    "p |< 0.05|",
    "by |-5| at",
    "take |15 mg| daily",
    "take |15 mg/kg| daily",
    "take |5–10 mg| daily",
    "about |70%| of",
    "about |70% of|",
    "|12 000| people",
    "|12,000| people",
    "in |2012| found",
    "in |2012|. It",
    "in |2012|, it",
    "in 2012. |70%| of",
    "in 2012, |70%| of",
    "with |12| patients",
    "SpO2 |95%| at",
    "vitamin B12 |500 mg| daily",
    "|$5 million| a year",
    "|US$5| a year",
    "a |10⁻⁶ M| dose",
    "the |95%| CI",
    "|37 °C| warm",
    "|新药|有效",
    "新药|有效|的人",
    "在|2012年|患者",
    "2012年|患者|有",
    "使用|COVID|疫苗",
    "ยาใหม่|ได้ผล|ดี",
    "薬は|効果|がある",
    "|\U0001d54f words|",
    "the \U0001f44d |thumb|",
    "pre-\n|- and| post",
    "\u202a|effective|\u202c now",
    "|whole text|",
    "||",
    "a || b",
    "5 mg -|- 10|",
]


@pytest.mark.parametrize(("marked", "said"), [*WORDS, *NUMBERS, *SIGNS, *UNITS, *RANGES])
def test_says_what_is_cut(marked: str, said: str) -> None:
    found = cut_at(*unmarked(marked))
    assert found is not None
    assert found.startswith(said)


@pytest.mark.parametrize("marked", WHOLE)
def test_whole_spans_cut_nothing(marked: str) -> None:
    assert cut_at(*unmarked(marked)) is None


@given(st.text(string.ascii_letters, min_size=1, max_size=12), st.text(string.ascii_letters, min_size=1, max_size=12))
def test_no_letters_are_parted(left: str, right: str) -> None:
    """Matching never ignores a word boundary: "effective" is not inside "ineffective"."""
    text = f"a {left}{right} b"
    assert cut_at(text, 0, 2 + len(left)) is not None
    assert cut_at(text, 2 + len(left), len(text)) is not None


@given(st.from_regex(r"[0-9]{1,6}([.,][0-9]{1,4})?", fullmatch=True), st.data())
def test_no_number_is_parted(number: str, data: st.DataObject) -> None:
    """Matching never ignores a number: "5 mg" is not inside "15 mg"."""
    text = f"take {number} now"
    for at in range(6, 5 + len(number)):
        assert cut_at(text, at, len(text)) is not None
        assert cut_at(text, 0, at) is not None


@given(
    st.sampled_from(["-", "−", "< ", ">", "≤", "≥ ", "= ", "±", "~", "$", "€"]),
    st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,3})?", fullmatch=True),
    st.sampled_from([" mg", "mg", "\u00a0mg", "%", " %", " °C", " mmol/L", " weeks", "\nmg"]),
)
def test_no_sign_and_no_unit_is_left_behind(sign: str, number: str, unit: str) -> None:
    """Matching never ignores a sign or a unit."""
    text = f"it was {sign}{number}{unit} then"
    begin = 7 + len(sign)
    assert cut_at(text, begin, len(text)) is not None
    assert cut_at(text, 0, begin + len(number)) is not None
    assert cut_at(text, 7, begin + len(number) + len(unit)) is None


@given(st.text(max_size=60), st.data())
def test_never_fails_on_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert cut_at(text, start, end) is None or start > 0 or end < len(text)


@given(st.text("aé\u0301\u0308\u00ad中 x5", min_size=1, max_size=20), st.data())
def test_a_mark_is_never_parted_from_its_letter(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    if at and unicodedata.combining(text[at]) and not text[at - 1].isspace():
        assert cut_at(text, at, len(text)) is not None
