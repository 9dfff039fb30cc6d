"""The reasons of the YAML readers, in our words."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "found character that cannot start any token": "no unquoted text may begin with this sign",
    "could not find expected ':'": "a key or a piece of text has no ':' behind it where one is due",
    "block sequence entries are not allowed in this context": "no list item may begin here",
    "mapping keys are not allowed in this context": "no key may begin here",
    "mapping values are not allowed in this context": "a second ': ' stands on the line, or the indentation is wrong",
    "found unexpected end of stream": "the file ends inside quotes",
    "found unexpected document indicator": "a line '---' or '...' stands inside quotes",
    "found unknown escape character": "the sign behind the backslash makes no escape",
    "did not find expected hexdecimal number": "the escape lacks hexadecimal digits",
    "found invalid Unicode character escape code": "the escape names no Unicode character",
    "did not find expected comment or line break": "text stands behind '|' or '>' on its line",
    "found an indentation indicator equal to 0": "a text block is indented by 0",
    "did not find expected <document start>": "text follows behind the end of the record",
    "did not find expected node content": "a value is due here",
    "did not find expected '-' indicator": "an item that begins with '- ' is due here; the indentation may be wrong",
    "did not find expected key": "a key is due here; the indentation may be wrong or a quote too many",
    "did not find expected ',' or ']'": "a list in brackets lacks its ',' or ']'",
    "did not find expected ',' or '}'": "a mapping in braces lacks its ',' or '}'",
    "found unexpected ':'": "a ':' stands inside text between brackets or braces",
    "did not find expected alphabetic or numeric character": "a name is due behind '&' or '*'",
    "did not find expected whitespace or line break": "a blank is due here",
    "found unexpected non-alphabetical character": "a line that begins with '%' is no text",
    "found unknown directive name": "a line that begins with '%' is no text",
    "found undefined tag handle": "a tag with an unknown handle stands here",
}


def in_our_words(reason: str) -> str:
    """One sentence for a reader's reason; a reason that we do not know is passed on as it is, on one line."""
    known = _WORDS.get(reason)
    if known is None and reason:
        return f"the text cannot be read as YAML: {' '.join(reason.split())}"
    return known or "the text cannot be read as YAML"
