"""The numbers in a text, as figures: what may not be invented or lost between quote, statement and evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kbtool.quotes.characters import HYPHENS, NARROW_SPACES, SUPERSCRIPTS
from kbtool.quotes.letters import letter_runs

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = (
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)

NUMBER_WORDS: Mapping[str, str] = {
    "zero": "0",
    **{word: str(n) for n, word in enumerate(_UNITS, 1)},
    **{word: str(n) for n, word in enumerate(_TEENS, 11)},
    **{word: str(10 * n) for n, word in enumerate(_TENS, 1)},
    **{f"{tens}-{unit}": str(10 * t + u) for t, tens in enumerate(_TENS[1:], 2) for u, unit in enumerate(_UNITS, 1)},
}
"""Number words from zero to ninety-nine that count as their figures where a text is searched for a number."""

_FIGURES = re.compile(
    rf"((?<!\w)[1-9]\d{{0,2}}(?:[ {NARROW_SPACES}]\d{{3}}(?!\d))+(?:[.\u00b7]\d+)?"
    rf"|\d+(?:[.,\u00b7]\d+)*|(?<![\w.])[.\u00b7]\d+|(?<!\w)(?=[½¼¾]))([{SUPERSCRIPTS}]+|\^[{HYPHENS}]?\d+)?([½¼¾])?"
)
_BEGINS = re.compile(r"[\d.\u00b7½¼¾]")
"""What every figure begins with: a search for that alone is many times quicker than trying `_FIGURES` everywhere."""
_FIGURES_IN_ASCII = re.compile(
    r"([0-9.](?:(?<=\.)(?<![\w.]\.)[0-9]+"
    r"|(?<=[1-9])(?<!\w[1-9])[0-9]{0,2}(?: [0-9]{3}(?![0-9]))+(?:\.[0-9]+)?"
    r"|(?<=[0-9])[0-9]*(?:[.,][0-9]+)*))(\^-?[0-9]+)?([½¼¾])?"
)
"""The same as `_FIGURES` in an ASCII text; beginning with plain characters, it is searched for many times quicker."""
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}
_WORD = re.compile(rf"[a-z]+(?:[{HYPHENS}][a-z]+)?")
_SPACE = re.compile(rf"[ {NARROW_SPACES}]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_MINUS = re.compile(f"[{HYPHENS}]")
_IN_ASCII = re.compile("[0-9]")
_MINUS_SIGNS = frozenset(HYPHENS.replace("\\", ""))
_RUNS = frozenset(NUMBER_WORDS)
"""What an ASCII text must hold one of to have a number in words: the parts of "twenty-five" are words of their own."""


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of `text` as figures, in order.

    A minus belongs to its number ("-5"); a hyphen behind a word or number does not ("5-10", "COVID-19"). Commas and
    spaces of thousands are left out ("12,000", "12 000": "12000"), a comma of decimals stays as written ("1,5"), a
    raised point is a point. Powers are one number ("10\u2076", "10^6": "10^6"). Digits of any script are figures.
    Digits inside a word ("B12") are no number; units, percent signs, ordinals ("10th": "10") and the two halves of a
    fraction ("8/12": "8", "12") are read without what stands beside them.
    """
    return () if text.isascii() and not _IN_ASCII.search(text) else _numbers(text)


@lru_cache(maxsize=8192)
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_figures(text, _found(text)))


@lru_cache(maxsize=8192)
def numbers_meant(text: str) -> frozenset[str]:
    """Every number that `text` may mean: its figures, its words from zero to ninety-nine, and other readings.

    "1,5" may also be "1.5"; "12 500" with a common space may also be "12" and "500". "twenty-five" is not "20" or "5".
    """
    found = _found(text)
    words = (NUMBER_WORDS[word] for word in _number_words(text))
    return frozenset((*_figures(text, found), *_other_readings(found), *words))


def gives(text: str, number: str) -> bool:
    """Whether `text` may mean a number; mostly its figures decide, so that its words are not looked at."""
    return number in numbers(text) or number in numbers_meant(text)


def numbers_in_words(text: str) -> tuple[tuple[str, str], ...]:
    """The number words of `text`, each with its figure; "one" is mostly no number ("one of the effects")."""
    return tuple((word, NUMBER_WORDS[word]) for word in _number_words(text) if word != "one")


def _found(text: str) -> list[re.Match[str]]:
    """The matches that begin a number and are no part of a word."""
    found = _FIGURES_IN_ASCII.finditer(text) if text.isascii() else _in_any_script(text)
    return [match for match in found if not _ends_in_word(text, match.start())]


def _ends_in_word(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else ""
    return before.isalnum() or before == "_"


def _in_any_script(text: str) -> Iterator[re.Match[str]]:
    """The matches of `_FIGURES`."""
    begin = _BEGINS.search(text)
    while begin:
        if match := _FIGURES.match(text, begin.start()):
            yield match
        begin = _BEGINS.search(text, match.end() if match else begin.end())


def _figures(text: str, found: Iterable[re.Match[str]]) -> list[str]:
    return [_sign(text, match.start()) + _figure(match) for match in found]


def _figure(match: re.Match[str]) -> str:
    """The number in ASCII figures, with its power or fraction."""
    figure, power, half = match.groups()
    if not power and not half:
        return plain(figure)
    raised = f"^{plain(unicodedata.normalize('NFKC', power).lstrip('^'))}" if power else ""
    return f"{plain(figure) or 0}{_HALVES[half] if half else ''}{raised}"


def plain(figure: str) -> str:
    """ASCII digits, a point for decimals, nothing between thousands; a comma that parts no thousands stays."""
    if figure.isascii() and (figure.isdigit() or (figure.replace(".", "0").isdigit() and figure[0] != ".")):
        return figure
    ascii_figure = _MINUS.sub("-", figure) if figure.isascii() else _ascii(figure)
    if _THOUSANDS.fullmatch(ascii_figure):
        return ascii_figure.replace(",", "")
    spaced = _SPACE.sub("", ascii_figure)
    return f"0{spaced}" if spaced.startswith(".") else spaced


def _ascii(figure: str) -> str:
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in figure)
    return _MINUS.sub("-", digits.replace("\u00b7", "."))


def _sign(text: str, at: int) -> str:
    """The minus sign of the number at `at`; a hyphen behind a word or number joins and is no sign."""
    if at < 1 or text[at - 1] not in _MINUS_SIGNS:
        return ""
    earlier = text[at - 2 : at - 1] if at > 1 else ""
    return "" if earlier.isalnum() or earlier in {".", ",", ")", "%", "°"} else "-"


def _other_readings(found: Iterable[re.Match[str]]) -> Iterator[str]:
    for match in found:
        figure = match.group(1)
        if _DECIMAL_COMMA.fullmatch(figure):
            yield plain(figure).replace(",", ".")
        elif " " in figure:
            yield from map(plain, figure.split(" "))


def _number_words(text: str) -> Iterator[str]:
    if text.isascii() and _RUNS.isdisjoint(letter_runs(text)):
        return
    for found in _WORD.findall(text.lower()):
        if found in NUMBER_WORDS:
            yield found
        elif not found.isalpha():
            word = _MINUS.sub("-", found)
            parts = (word,) if word in NUMBER_WORDS else word.split("-")
            yield from (part for part in parts if part in NUMBER_WORDS)
