"""The characters that matter in a quote, named once: hyphens, apostrophes, invisible ones, scripts without spaces.

Each name holds the inside of a character class of a regular expression, ready to stand between square brackets.
"""

from __future__ import annotations

HYPHENS = "\\-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""Hyphens, figure dash, en dash, minus sign and their wide forms; no em dash, which parts clauses."""

APOSTROPHES = "'\u2019\u02bc\u2018\u201b\u2032\u00b4`\uff07"
"""Everything that is typed for an apostrophe."""

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""Soft hyphens, zero-width characters, direction marks, variation selectors: nobody sees them."""

SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""Han characters in common use."""

COMPARISONS = "<>=~\u223c\u2248\u2260-\u227f\u2a7d\u2a7e\ufe64-\ufe66\uff1c-\uff1e"
"""Less, greater, equal, about and their kin, wide forms included."""

ARITHMETIC = "+\u00b1\u2213\u2212\u00d7\u00f7\ufe62\uff0b"
"""Plus, minus, plus-minus, times, divided by."""

CURRENCY = "$\u00a2-\u00a5\u20a0-\u20cf\ufe69\uff04\uffe0\uffe1\uffe5\uffe6"
"""Currency signs."""

PARTS = "%\u2030\u2031\u066a\ufe6a\uff05\u00b0\u00ba\u2103\u2109"
"""Percent, per mille and degree signs."""

SUPERSCRIPTS = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u207a\u207b"
"""Raised digits and signs: the exponents of powers and units."""

DECIMAL_MARKS = ".,\u00b7\u066b\u066c"
"""What stands between the digits of one number: point, comma, raised point, Arabic decimal and thousands marks."""

NARROW_SPACES = "\u00a0\u2007\u2009\u202f"
"""Spaces that typesetters put between the thousands of a number, and between a number and its unit."""
