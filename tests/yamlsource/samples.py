"""Hypothesis strategies for YAML text, near misses of it and data, and one record in every style of the subset."""

from __future__ import annotations

from hypothesis import strategies as st

from kbtool.yamlsource.parse import Data

RECORD = """\
# yaml-language-server: $schema=claim.schema.json
id: doc/one

statement: >-
  Half of the patients – 5 of 10 – had
  relief # not a comment

  at 15 minutes.
hedges: [may, can]
result: {as_stated: "5 of 10", value: 5}  # behind braces
source:
  # about the quotes
  quotes:
    - exact: "one: \\u200btwo"
      start: 0
    - {exact: 'it''s', start: 10}
note: |
  first line
    second line

  last
plain: several words
  on two lines
empty: []
# the end
"""

PIECES = (
    *("a", "b", "key", "two words", "é", "1", "null", "~", "<<", "yes", "-", "- ", ": ", ":", "? ", ", ", "\n", "\n  "),
    *("\n    ", " ", "  ", "#", " # c", "# own\n", "[", "]", "{", "}", "'", '"', "''", "\\n", "\\x00", "\\", "|", ">-"),
    *("|+", "|2", "&x ", "*x", "!t ", "!", "%YAML 1.1", "%A\n", "---", "---\n", "...\n", "\t", "\r", "@", "`", "\x85"),
    *("a: b\n", "b: [c]\n", "c:\n  - d\n", "d: |\n  e\n", "\u2028", "\ufeff", "\x07", "\ufffe", "a: {b: 'c d'}\n"),
)
"""What YAML is made of, and what spoils it."""

soup = st.lists(st.sampled_from(PIECES), max_size=25).map(lambda parts: "".join(parts).encode())
lines = soup.map(lambda raw: raw + b"\n")

characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
texts = st.one_of(
    st.text(characters | st.sampled_from("\n\t\x85 -:#'\"[]{},&*!|>%@`~"), max_size=30),
    st.sampled_from(
        ["", "null", "no", "1.10", "12:30", "- a", "a: b", "a #b", "<<", " ", "\n", "a\n", "a\n\nb\n", "# x"]
    ),
    st.lists(st.text(characters | st.sampled_from("\n "), min_size=1, max_size=12), min_size=8, max_size=40).map(
        " ".join
    ),
    st.text(st.characters(categories=["Ll", "Cf"]), min_size=900, max_size=1_300),
)
keys = st.one_of(
    st.sampled_from(["id", "on", "null", "<<", "a b", "#", "-", "n"]), st.text(characters, min_size=1, max_size=8)
)


def _inside(children: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    return st.one_of(st.lists(children, max_size=3), st.dictionaries(keys, children, max_size=3))


values: st.SearchStrategy[Data] = st.recursive(texts, _inside, max_leaves=8)
records: st.SearchStrategy[dict[str, Data]] = st.dictionaries(keys, values, max_size=4)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The sample record with up to three small pieces put in place of a few characters."""
    text = RECORD
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 3)) :]
    return text.encode()


anything = st.one_of(st.binary(max_size=60), soup, lines, mutated())
"""Bytes of every kind, from noise to records."""
