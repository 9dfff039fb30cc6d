"""What belongs together as one quantity: signs, number, multiplier, unit, and the other end of a range.

"< 0.05", "-5", "15 mg/kg", "5 to 10 mg", "8/12", "2.5 million", "10^6" and "12 000" are each one quantity; a part of
one says something else than the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from kbtool.quotes.characters import (
    APOSTROPHES,
    ARITHMETIC,
    COMPARISONS,
    CURRENCY,
    DECIMAL_MARKS,
    HAN,
    HYPHENS,
    NARROW_SPACES,
    PARTS,
    SUPERSCRIPTS,
)

Span = tuple[int, int]

UNITS: tuple[str, ...] = (
    *("percent", "per cent", "per mille", "percentage points", "percentage point", "pp"),
    *("kg", "g", "mg", "mcg", "ug", "ng", "pg", "µg", "μg", "lb", "lbs", "oz", "pounds", "pound", "tons", "tonnes"),
    *("l", "L", "dl", "dL", "ml", "mL", "µl", "µL", "μl", "μL", "nl", "cc", "litres", "litre", "liters", "liter"),
    *("mmol", "nmol", "pmol", "µmol", "μmol", "umol", "mol", "mEq", "meq", "IU", "iu", "U", "units", "unit", "kDa"),
    *("milligrams", "milligram", "micrograms", "microgram", "grams", "gram", "kilograms", "kilogram"),
    *("milliliters", "milliliter", "millilitres", "millilitre", "drops", "drop", "doses", "dose", "tablets", "tablet"),
    *("km", "m", "cm", "mm", "nm", "µm", "μm", "metres", "meters", "feet", "foot", "ft", "inches", "inch", "miles"),
    *("mmHg", "mm Hg", "cmH2O", "kPa", "Pa", "Hz", "kHz", "bpm", "beats", "breaths", "kcal", "cal", "kJ", "J", "W"),
    *("Gy", "mGy", "Sv", "mSv", "Bq", "dB", "K", "C", "F", "ppm", "ppb", "SD", "SDs", "points", "point"),
    *("ms", "s", "sec", "secs", "seconds", "second", "min", "mins", "minutes", "minute", "h", "hr", "hrs", "hours"),
    *("hour", "d", "days", "day", "wk", "wks", "weeks", "week", "months", "month", "yr", "yrs", "years", "year"),
    *("decades", "decade", "am", "pm", "a.m.", "p.m.", "times", "fold", "USD", "EUR", "GBP", "CHF", "AUD", "CAD"),
    *("dollars", "dollar", "euros", "euro", "cents"),
)
"""Units that belong to the number before them, with or without a space or line break between."""

_MULTIPLES = "hundred|thousand|million|billion|trillion|dozen|bn"
_CURRENCY_CODES = "USD|EUR|GBP|CHF|AUD|CAD"
_GAP = r"[^\S\n]?"
_NOT_IN_WORD = r"(?![^\W\d_])"


def _units() -> str:
    """The pattern of a unit with its exponent, simple or compound ("mg/kg/day", "per 100 000")."""
    named = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
    letters = rf"\s?(?:{named})(?:[{SUPERSCRIPTS}]+|\^?[23](?!\d))?{_NOT_IN_WORD}"
    signs = rf"{_GAP}(?:°{_GAP}[CFK]{_NOT_IN_WORD}|[{PARTS}{CURRENCY}\u3380-\u33df\u2032\u2033\u03a9])"
    asian = rf"(?:毫克|毫升|微克|公斤|千克|小时|小時|[{HAN}]|[\u30a1-\u30fa\u30fc]+)"
    multiple = rf"[\s\-]?(?:{_MULTIPLES})s?{_NOT_IN_WORD}"
    divided = rf"{_GAP}[/\u2044\u2215]{_GAP}[^\W\d_]+[23{SUPERSCRIPTS}]*|\sper\s(?:{_NUMBER}|[^\W\d_]+)"
    return rf"(?:{multiple})?(?:\+(?![\w+])|{signs}|{letters}|{asian})?(?:{divided})*"


_PLAIN = rf"\d+(?:[{DECIMAL_MARKS}{APOSTROPHES}]\d+)*"
_GROUPED = rf"(?<!\d)\d{{1,3}}(?:[ {NARROW_SPACES}]\d{{3}}(?!\d))+(?:[{DECIMAL_MARKS}]\d+)*"
_NUMBER = rf"(?:{_GROUPED}|{_PLAIN}|[.\u00b7]\d+)[{SUPERSCRIPTS}]*[\u00bc-\u00be\u2150-\u215e]?"
_SIGN = (
    rf"(?:[{COMPARISONS}{ARITHMETIC}]{_GAP}"
    rf"|(?<![\w.,)%\]])[{HYPHENS}](?=[\d.\u00b7{CURRENCY}])"
    rf"|(?:(?<![^\W_])(?:US|CA|AU|NZ|HK|[AC]))?[{CURRENCY}]{_GAP}"
    rf"|(?<![^\W_])(?:{_CURRENCY_CODES}){_GAP}(?=[\d.]))"
)
_JOIN = (
    rf"(?:{_GAP}(?:\+/[{HYPHENS}]|[{HYPHENS}~\u223c\u301c\uff5e/\u2044\u2215\u00b1\u00d7\u00f7^*x]){_GAP}"
    r"|[:\u2236]|\s+to\s+)"
)
_SIGNED = rf"(?:{_SIGN})*{_NUMBER}"
_ONE = re.compile(f"{_SIGNED}{_units()}")
_BEGIN = re.compile(rf"(?:(?<!\w)|(?<=[{HAN}])|(?={_SIGN}))(?={_SIGNED})")
_FIRST = re.compile(rf"[\d.\u00b7{COMPARISONS}{ARITHMETIC}{HYPHENS}{CURRENCY}ACEGHNU]")
"""What every quantity begins with, a currency code's letter included: quicker to look for than `_BEGIN`."""
_JOINED = re.compile(_JOIN)
_NUMBER_ALONE = re.compile(_NUMBER)
_ANY_DIGIT = re.compile(r"\d")
_NO_SIGN = frozenset(f"{ascii_lowercase},;:!?()[]\"' ")
"""Characters that nothing before the digits of a quantity ends in."""
_APART = frozenset(';()[]"!?,')
"""Characters that part two quantities, but for a comma right between two digits."""
_TO_LAST_DIGIT = re.compile(".*[0-9]", re.DOTALL)
_LETTERS = re.compile("[A-Za-z]+")
_GO_ON = frozenset(
    _LETTERS.findall(" ".join((*UNITS, *_MULTIPLES.split("|"), *_CURRENCY_CODES.split("|"))))
    + [f"{multiple}s" for multiple in _MULTIPLES.split("|")]
    + ["per", "to", "x", "US", "CA", "AU", "NZ", "HK", "A", "C"]
)
"""Every run of ASCII letters that can stand in a quantity: in units, multiples, signs of currency and joining words."""
QUANTITY_REACH = 48
"""Code points looked at on each side of a place: longer than any quantity that people write."""


def cut_quantity(text: str, at: int) -> str | None:
    """What the place `at` cuts within a quantity ("the unit 'mg' from its number"), or None; of bounded cost."""
    low = _window_start(text, at)
    window, place = text[low : at + QUANTITY_REACH], at - low
    if not _may_cut(window, place):
        return None
    for start, end in _quantities(window, place):
        if place < end:
            return _part_cut(window, (start, end), place)
    return None


def _may_cut(window: str, place: int) -> bool:
    """Whether a place in a short text can be within a quantity: most cannot, and finding quantities takes long.

    A quantity around the place has digits before it, with nothing between that parts it from them; or it has nothing
    but signs before it.
    """
    if not window.isascii():
        return _ANY_DIGIT.search(window) is not None
    digits = _TO_LAST_DIGIT.match(window, 0, place)
    if digits and _APART.isdisjoint(window[digits.end() : place - 1]) and not _is_parted(window, digits.end(), place):
        return True
    before = window[:place]
    sign = before[-2:-1].replace(".", " ") if before[-1] == " " else before[-1]
    return sign not in _NO_SIGN and _ANY_DIGIT.search(window, place) is not None


def _is_parted(window: str, digits_end: int, place: int) -> bool:
    """Whether a whole word stands between the last digit and the place that no quantity goes on with.

    Behind a slash or "per" any word is a unit, so that nothing is said then.
    """
    between = window[digits_end:place]
    words = _LETTERS.findall(between)
    if not words or "/" in between or "per" in words or (window[place - 1].isalpha() and window[place].isalpha()):
        return False
    return not _GO_ON.issuperset(words)


def _quantities(window: str, place: int) -> Iterator[Span]:
    """The quantities of a short text that begin before a place, ranges and ratios as one."""
    at = 0
    while (first := _FIRST.search(window, at, place)) is not None:
        start = first.start()
        at = start + 1
        if _BEGIN.match(window, start):
            at = _end_of_chain(window, start)
            yield start, at


def _end_of_chain(window: str, start: int) -> int:
    """Where the quantity that begins at `start` ends, with everything joined to it."""
    end, next_one = start, start
    while one := _ONE.match(window, next_one):
        end = one.end()
        joined = _JOINED.match(window, end)
        next_one = joined.end() if joined else len(window)
    return end


def _window_start(text: str, at: int) -> int:
    """A place some way before `at` where no digit run is under way, so that no number is read from its middle."""
    low = max(0, at - QUANTITY_REACH)
    while low and text[low - 1].isdigit() and at - low < 2 * QUANTITY_REACH:
        low -= 1
    return low


def _part_cut(window: str, quantity: Span, place: int) -> str:
    """Which part of the quantity the place is in: a number, its sign, its unit, or a range."""
    first, *others = [m.span() for m in _NUMBER_ALONE.finditer(window, *quantity)]
    numbers = [first, *((start, end) for start, end in others if not window[start - 1].isalpha())]
    for start, end in numbers:
        if start < place < end:
            return f"the number {window[start:end]!r}"
    if place <= numbers[0][0]:
        return f"the sign {window[quantity[0] : numbers[0][0]].strip()!r} from its number"
    if place >= numbers[-1][1]:
        return f"the unit {window[numbers[-1][1] : quantity[1]].strip()!r} from its number"
    return f"the range {window[slice(*quantity)]!r}"
