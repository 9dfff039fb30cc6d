"""The fast reader: it says what the reference loader says, or nothing, whatever the bytes are."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.yamlsource import fast
from kbtool.yamlsource.fast import read_lines
from kbtool.yamlsource.gate import clean_text
from kbtool.yamlsource.parse import Data, parse
from kbtool.yamlsource.problems import MAX_DEPTH
from kbtool.yamlsource.reference import reference
from kbtool.yamlsource.write import WriteError, write
from tests.e2e.runs import REPOSITORY
from tests.shared import needs_shared
from tests.yamlsource.samples import RECORD, anything, records

LIMIT = 1 << 20

READ: tuple[tuple[str, Data], ...] = (
    ("a: b\n", {"a": "b"}),
    ("# one\n\n# two\na: b\n\n# three\nc: d\n", {"a": "b", "c": "d"}),
    ("a: no\nb: 1.10\nc: 12:30\n", {"a": "no", "b": "1.10", "c": "12:30"}),
    ("a: http://x.y/z\nb: c  d\n", {"a": "http://x.y/z", "b": "c  d"}),
    ("a:\n  b: c\n  d:\n    e: f\ng: h\n", {"a": {"b": "c", "d": {"e": "f"}}, "g": "h"}),
    ("a:\n  - b\n  - c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
    ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
    ("a:\n  - b: c\n    d: e\n  - f: g\n", {"a": [{"b": "c", "d": "e"}, {"f": "g"}]}),
    ("a:\n- b:\n  - c\n- d:\n    - e: f\n", {"a": [{"b": ["c"]}, {"d": [{"e": "f"}]}]}),
    ("a: >-\n  b\n  c # d\ne: f\n", {"a": "b c # d", "e": "f"}),
    ("a: >\n  b\n  c\n\n\nd: e\n", {"a": "b c\n", "d": "e"}),
    ("a: |\n  b\n\n    c\n  d\n\ne: f\n", {"a": "b\n\n  c\nd\n", "e": "f"}),
    ("a: |-\n  # b\n  - c\n", {"a": "# b\n- c"}),
    ("a:\n  - >-\n    b\n    c\n  - d: |-\n      e\n    f: g\n", {"a": ["b c", {"d": "e", "f": "g"}]}),
    ("a: \"\"\nb: ''\nc: \"d # e: f\"\ng: 'it''s'\n", {"a": "", "b": "", "c": "d # e: f", "g": "it's"}),
    ('a: "b\\"c\\\\d\\ne\\tf"\n', {"a": 'b"c\\d\ne\tf'}),
    ("a: []\nb: {}\nc: [d, -1, +2.5, é/f]\n", {"a": [], "b": {}, "c": ["d", "-1", "+2.5", "é/f"]}),
    ('a: {b: c, d: "e, f: {g}", h: ""}\n', {"a": {"b": "c", "d": "e, f: {g}", "h": ""}}),
    ('a: {b: [c, "d, e"], f: {}, g: []}\n', {"a": {"b": ["c", "d, e"], "f": {}, "g": []}}),
    ("a:\n  - {b: c}\n  - [d]\n  - 'e'\n  - \"f\"\n", {"a": [{"b": "c"}, ["d"], "e", "f"]}),
    ("a: \n  b: c\n", {"a": {"b": "c"}}),
    ("a:  # b\n  c: d\n".replace("  # b", ""), {"a": {"c": "d"}}),
)  # fmt: skip

NOT_READ = (
    *("", "\n", "# a\n", "{}\n", "[]\n", "- a\n", "a\n", "---\na: b\n", "a: b\n...\n", "%A\na: b\n", " a: b\n"),
    *("a:\n", "a: b\na: c\n", "a:\n  b: c\na: d\n", "a: b\na:\n  c: d\n", "a: {b: c, b: d}\n", "a: null\n"),
    *("null: a\n", "a: ~\n", "a: [null]\n", "a: {b: NULL}\n", "a: b: c\n", "a: b:\n", "a: b #c\n", "a: b#c\n"),
    *("a: b \n", "a:  b\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: @b\n", "a: -b\n", "a: ?b\n", "a: b\n  c\n"),
    *("a: b\n  c: d\n", "a: b\n  - c\n", "a: b\n- c\n", "a:\n  b: c\n d: e\n", "a:\n  - b\n c: d\n"),
    *("a:\n  - b\n  c: d\n", "a:\n    - b\n  - c\n", "- a: b\n", "a:\n-\n", "a:\n- b\n  c: d\n", "a:\n  - - b\n"),
    *("a:\n  -\n    b\n", "a: |\n", "a: >-\nb: c\n", "a: |+\n  b\n", "a: |2\n  b\n", "a: >-\n  b\n    c\n  d\n"),
    *("a: >-\n  b\n\n  c\n", "a: >-\n    b\n  c\n", "a: |\n    b\n  c\n", "a: >-\n  \n  b\n"),
    *("a: >-\n  b\n\n  # c\nd: e\n", "a: 'b\n", "a: '\n", "a: 'b'c'\n", 'a: "\n', 'a: "b\n', 'a: "b"c"\n'),
    *('a: "\\x41"\n', 'a: "b\\"\n', 'a: "b"c\\""\n', "a: [b\n", "a: [b, \n", "a: [b, ]\n", "a: [b c]\n", 'a: [""]\n'),
    *("a: [b, [c]]\n", "a: {b\n", "a: {b: c, \n", "a: {b: c, }\n", "a: {b: c d}\n", "a: {b}\n", "a: {b: {c: d}}\n"),
    *("a: {b: [c d]}\n", "a: {b: c}}\n", "a: {b: [null]}\n", "a: {b:c}\n", "a: {b: 'c'}\n", f"{'k' * 101}: a\n"),
    *("'a': b\n", "a b: c\n", "é: a\n", "? a\n: b\n"),
    "".join(f"{' ' * depth}a:\n" for depth in range(MAX_DEPTH)) + f"{' ' * MAX_DEPTH}b: c\n",
)  # fmt: skip
"""What the fast reader leaves to the reference loader: mistakes, and what is rarely written."""


def both(text: str) -> tuple[Data | None, Data | None]:
    """What the two say of a text: the fast reader behind the gate, and the reference loader."""
    raw = text.encode(errors="surrogatepass")
    clean = clean_text(raw, LIMIT)
    return read_lines(clean) if clean is not None else None, reference(raw, LIMIT, None).data


def check_same(text: str) -> bool:
    """Hold the two against each other, the order of keys included; whether the fast reader said anything."""
    quick, data = both(text)
    assert quick is None or repr(quick) == repr(data), text
    return quick is not None


@pytest.mark.parametrize(("text", "data"), READ, ids=lambda case: repr(case)[:30])
def test_reads_what_people_write(text: str, data: Data) -> None:
    assert both(text) == (data, data)


@pytest.mark.parametrize("text", NOT_READ, ids=lambda case: repr(case)[:30])
def test_leaves_the_rest_to_the_reference_loader(text: str) -> None:
    assert both(text)[0] is None
    assert parse(text.encode(), limit=LIMIT) == reference(text.encode(), LIMIT, None)


@given(raw=anything)
def test_any_bytes_are_read_the_same_or_not_at_all(raw: bytes) -> None:
    """Proves "a second parser may only say yes; the reference loader says why"."""
    assert parse(raw, limit=LIMIT) == reference(raw, LIMIT, None)


@given(record=records)
def test_what_the_tool_writes_is_read_the_same(record: dict[str, Data]) -> None:
    """Proves "on what both accept they give the same data" for records in the layout of `kbtool fmt`."""
    try:
        raw = write(record)
    except WriteError:
        return
    check_same(raw.decode(errors="surrogatepass"))


@given(
    value=st.text(st.sampled_from("ab:# -,'\"[]{}|>&*\\nulNU~é?%.\n"), max_size=12),
    style=st.sampled_from(("", "- ", "- b: ", "  - ")),
)
def test_any_value_is_read_the_same(value: str, style: str) -> None:  # fmt: skip
    """The same for values made of the signs that YAML lives on, in every place where one may stand."""
    check_same(f"a: {value}\nz: y\n")
    check_same(f"a:\n{style}{value}\nz: y\n")
    check_same(f"a: >-\n  {value}\n  c\nz: y\n")
    check_same(f"a: |\n  {value}\nz: y\n")
    check_same(f"a: {{b: {value}}}\n")
    check_same(f"a: [{value}]\n")
    check_same(f'a: "{value}"\n')


@pytest.fixture(scope="module")
def damage() -> Iterator[Any]:
    """The module of `bench/equal.py`, which damages records and compares."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.syspath_prepend(REPOSITORY / "bench")
    yield importlib.import_module("equal")
    monkeypatch.undo()


def test_thousands_of_damaged_records_are_read_the_same(damage: Any) -> None:
    """Proves "it may never accept what the reference refuses, or give other data" on damaged copies of our own base."""
    chance = random.Random(5)
    texts = [RECORD, *(path.read_text("utf-8") for path in sorted((REPOSITORY / "claims").rglob("*.yaml"))[::7])]
    said = [damage.differs(damage.damaged(chance, chance.choice(texts))) for _ in range(3000)]
    assert True not in said
    assert said.count(False) > 300


def test_generated_records_are_all_read_the_same(damage: Any) -> None:
    """Proves "proven equal on what both accept" on the records that the benchmarks are made of."""
    generate = importlib.import_module("generate")
    texts = [raw.decode() for name, raw in generate.files(800, seed=3) if name.endswith(".yaml")]
    assert {damage.differs(text) for text in texts} == {False}


def test_the_comparison_sees_a_difference(damage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damage, "read_lines", lambda text: {"a": text})
    assert damage.differs("a: b\n") is True
    assert damage.differs("a: b") is None


@needs_shared
def test_the_test_suite_is_read_the_same() -> None:
    from tests.yamlsource.test_suite import _cases

    assert sum(check_same(raw.decode()) for raw, _, _ in _cases()) == 14


def test_every_record_of_ours_is_read() -> None:
    for folder in ("claims", "schema"):
        for path in sorted((REPOSITORY / folder).rglob("*.yaml")):
            assert check_same(path.read_text("utf-8")), path


@pytest.mark.parametrize(
    "sign", [*"[{-?:|>\"'#!&*a ", "- ", "a: ", "- a: ", "a:\n", "[a, ", "{a: ", "  ", "\n", "a: [", "a: >-\n"]
)
@pytest.mark.parametrize("ending", ["", "a: b\n", " \n"])
def test_a_sign_repeated_never_crashes(sign: str, ending: str) -> None:  # fmt: skip
    """Proves "it may never crash the process on hostile bytes"; the gate is left out, so that lines are long too."""
    for count in (1_000, 100_000):
        read_lines(f"{sign * count}\n{ending}")


def test_copies_of_short_mappings_are_copies() -> None:
    first, again = read_lines("a: {b: c}\n"), read_lines("a: {b: c}\n")
    assert first == again
    assert first is not None
    assert again is not None
    assert first["a"] is not again["a"]


def test_a_base_of_good_records_needs_no_yaml_library() -> None:
    """Proves "start-up is a feature": PyYAML is imported where a file needs the reference loader or a place."""
    program = (
        "import sys, pathlib\n"
        "from kbtool.records.assemble import Files, assemble\n"
        "from kbtool.records.layout import BaseFile\n"
        "import kbtool.rules\n"
        "paths = sorted(p for p in pathlib.Path('claims').rglob('*') if p.is_file())\n"
        "files = [BaseFile(p.relative_to('claims').as_posix(), str(p), p.read_bytes()) for p in paths]\n"
        "names = ('vocabulary.yaml', 'policy.yaml')\n"
        "schema = [BaseFile(n, n, pathlib.Path('schema', n).read_bytes()) for n in names]\n"
        "read = assemble(Files(tuple(files), *schema))\n"
        "print(read.records > 100, 'yaml' in sys.modules)\n"
    )
    done = subprocess.run((sys.executable, "-c", program), cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.stdout == "True False\n", done.stderr


def test_the_step_of_one_more_line_costs_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pass is quadratic: what the reader takes up of a text grows with its lines, counted by entries and values."""
    seen: list[int] = []

    def block(lines: str, indent: str) -> str:
        seen.append(len(lines))
        return indent

    monkeypatch.setattr(fast, "_block", block)
    for count in (100, 1_000):
        seen.clear()
        text = "".join(f"k{n}: >-\n  some words\n  and more\n" for n in range(count))
        assert len(read_lines(text) or {}) == count
        assert sum(seen) == count * len(">-\n  some words\n  and more\n")


def test_no_end_of_heads_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indentation, dash and key of each head that was met; a file of thousands of keys is read all the same."""
    monkeypatch.setattr(fast, "_HEADS", heads := fast._Heads())
    keys = [f"k{number}" for number in range(fast._MOST_HEADS + 10)]
    assert read_lines("".join(f"{key}: v\n" for key in keys)) == dict.fromkeys(keys, "v")
    assert len(heads) == fast._MOST_HEADS
