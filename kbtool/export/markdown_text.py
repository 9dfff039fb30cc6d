"""Data as Markdown text: no generator may find markup, a shortcode, a template, a link or HTML in it.

Signs that CommonMark, its extensions, or the template languages of Hugo, Eleventy and Jekyll could take for markup are
written as numeric character references, which every reader turns back into the sign and none takes for markup. Signs
that mean nothing where they stand (the point in `0.5`, the hyphen in `off-label`) stay: people read the source too.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLANKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Controls, and signs that turn the direction of what stands behind them: a page shows their number instead."""

_ALWAYS = r"\\`*_{}\[\]<>&#~|$^=@\"'"
_DOUBLED = r",+!?/"
_MARK = re.compile(
    rf"[{_ALWAYS}{_DOUBLED}:.(-](?:(?<=[{_ALWAYS}])"
    r"|(?<=:)(?:(?! |$)|(?<![^\W_]:))"  # emoji, definitions, addresses
    r"|(?<=-)(?:(?![^\W_])|(?<![^\W_]-))"  # dashes, lines, list items
    r"|(?<=\.)(?:(?<!\d\.)(?! |$)|(?<=\d\.)(?![\d ]|$)|(?<=\.\.))"  # addresses, dots that typesetters join
    r"|(?<=\()(?=(?:c|r|p|tm)\))"  # signs that typesetters make of letters in brackets
    rf"|(?<=[{_DOUBLED}])(?:(?=[{_DOUBLED}])|(?<=[{_DOUBLED}][{_DOUBLED}])))",
    re.IGNORECASE,
)
"""Signs that mean something where they stand; the class comes first, since a search for it is quick."""

_FIRST = re.compile(r"(\d{1,9}(?=[.)](?: |$))|)([!-/:-@\[-`{-~])")
"""What could make a block where it stands first on a line: any sign, and the point or bracket of a number in a list."""


@lru_cache(maxsize=4096)
def inline(text: str) -> str:
    """The text for the middle of a line, on one line: white space is folded, as every page shows it.

    >>> inline("p < 0.05 in {{ 5 }} <b>off-label</b> uses: 1. *one*")
    'p &#60; 0.05 in &#123;&#123; 5 &#125;&#125; &#60;b&#62;off-label&#60;/b&#62; uses: 1. &#42;one&#42;'
    """
    words = shown(text)
    first = _FIRST.match(words)
    if first is None:
        return _MARK.sub(_reference, words)
    return f"{first[1]}&#{ord(first[2])};{_MARK.sub(_reference, words[first.end() :])}"


def shown(text: str) -> str:
    r"""What a page shows of a text: white space folded; controls and signs that turn the direction by their number.

    >>> shown("a\n\u202eb")
    'a [U+202E]b'
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    folded = _BLANKS.sub(" ", text).strip()
    return _STEERING.sub(lambda found: f"[U+{ord(found[0]):04X}]", folded)


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
