"""The strict loader: what it reads, what it says of everything else, and that it survives any bytes."""

from __future__ import annotations

import sys

import pytest
import yaml
from hypothesis import given

from kbtool.yamlsource.gate import gate_problems, is_clean
from kbtool.yamlsource.parse import LIMIT, PROBLEM_RULES, Data, parse
from kbtool.yamlsource.problems import HINTS, quoted
from kbtool.yamlsource.reader import READERS, Open
from kbtool.yamlsource.syntax import in_our_words
from tests.yamlsource.samples import RECORD, anything, records

every_reader = pytest.mark.parametrize("begin", READERS, ids=lambda begin: str(begin.__name__))

READ: tuple[tuple[str, Data], ...] = (
    ("a: b\n", {"a": "b"}),
    ("a: no\nb: 1.10\nc: 12:30\nd: 2012-01-02\n", {"a": "no", "b": "1.10", "c": "12:30", "d": "2012-01-02"}),
    ("a: ''\nb: \"null\"\n'<<': c\n", {"a": "", "b": "null", "<<": "c"}),
    ("a: [b, 'c d', {e: f}]\n", {"a": ["b", "c d", {"e": "f"}]}),
    ("{}\n", {}),
    ("---\na: []\n...\n", {"a": []}),
    ("a: |\n  b\n  # c\n", {"a": "b\n# c\n"}),
    ("a: |  # a comment\n  b\n", {"a": "b\n"}),
    ("a: 'b'  # c\nd: [e]  # f\ng:  # h\n  - i\n", {"a": "b", "d": ["e"], "g": ["i"]}),
    ("a: b#c\n", {"a": "b#c"}),
    ("a: 'b\n\n  % c'\n", {"a": "b\n% c"}),
    ('a: "b\n% c"\n', {"a": "b % c"}),
    ('a: "\\t\\n\\N"\n', {"a": "\t\n\x85"}),
    ("a: " + "x" * 1_997 + "\nb: é" + "x" * 1_900 + "\n", {"a": "x" * 1_997, "b": "é" + "x" * 1_900}),
    ("a: " + "é" * 1_500 + "\n", {"a": "é" * 1_500}),
)

FAULTS: tuple[tuple[bytes, tuple[tuple[str, int, int], ...]], ...] = (
    (b"a: \xc3\xa9\xff\n", (("yaml-not-utf8", 1, 5),)),
    (b"a: \xed\xa0\x80\n", (("yaml-not-utf8", 1, 4),)),
    (b"\xff\xfea\x20", (("yaml-not-utf8", 1, 1),)),
    (b"\xef\xbb\xbfa: b\n", (("yaml-byte-order-mark", 1, 1),)),
    (b"a: b\r\nc: d\r\n", (("yaml-carriage-return", 1, 5),)),
    (b"a: b\n\tc: d\n", (("yaml-tab", 2, 1),)),
    (b"a: b\x00\n", (("yaml-control-character", 1, 5),)),
    (b"a: b\x7f\n", (("yaml-control-character", 1, 5),)),
    (b"a: \xc2\x85\n", (("yaml-control-character", 1, 4),)),
    (b"a: \xe2\x80\xa8\n", (("yaml-control-character", 1, 4),)),
    (b"a: \xef\xbf\xbf\n", (("yaml-control-character", 1, 4),)),
    (b'a: "\\x07"\n', (("yaml-control-character", 1, 4),)),
    (b'"\\x07": a\n', (("yaml-control-character", 1, 1),)),
    (b"a: b", (("yaml-no-final-newline", 1, 5),)),
    (b"a: ~\nb: c", (("yaml-null", 1, 4), ("yaml-no-final-newline", 2, 5))),
    (b"a: " + b"x" * LIMIT, (("yaml-too-large", 1, 1),)),
    (b"b: c\na: " + b"x" * 1_998 + b"\n", (("yaml-line-too-long", 2, 1),)),
    (b"a: " + b"[" * 33 + b"\n", (("yaml-too-deep", 1, 35),)),
    (b"", (("yaml-empty-document", 1, 1),)),
    (b"\n# only a comment\n", (("yaml-empty-document", 1, 1),)),
    (b"---\n", (("yaml-empty-document", 1, 1),)),
    (b"a: b\n---\nc: d\n", (("yaml-several-documents", 2, 1),)),
    (b"a: b\n---\n", (("yaml-several-documents", 2, 1),)),
    (b"%YAML 1.1\n---\na: b\n", (("yaml-directive", 1, 1),)),
    (b"# c\n%TAG ! tag:x,2000:\n---\na: b\n", (("yaml-directive", 2, 1),)),
    (b"a: &b c\nd: *b\n", (("yaml-anchor", 1, 4), ("yaml-anchor", 2, 4))),
    (b"a: *b\n", (("yaml-anchor", 1, 4),)),
    (b"a: &b [c]\n", (("yaml-anchor", 1, 4),)),
    (b"a: !!str b\nc: !d {}\n", (("yaml-tag", 1, 4), ("yaml-tag", 2, 4))),
    (b"!a\nb: c\n", (("yaml-tag", 1, 1),)),
    (b"<<: a\n", (("yaml-merge-key", 1, 1),)),
    (b"a: b\nc: d\na: e\n'c': f\n", (("yaml-duplicate-key", 3, 1), ("yaml-duplicate-key", 4, 1))),
    (b"? [a]\n: b\n", (("yaml-key-not-text", 1, 3),)),
    (b"'': b\n", (("yaml-key-not-text", 1, 1),)),
    (b"?\n: b\n", (("yaml-key-not-text", 1, 2),)),
    (b"a:\nb: c\nd:\n  -\n  - e\n", (("yaml-empty-value", 1, 3), ("yaml-empty-value", 4, 4))),
    (b"a: {b}\n", (("yaml-empty-value", 1, 6),)),
    (b"a: null\nb: [~, Null, NULL]\n", (("yaml-null", 1, 4), *(("yaml-null", 2, column) for column in (5, 8, 14)))),
    (b"null: a\n", (("yaml-null", 1, 1),)),
    (b"a: not covered # by most\n", (("yaml-comment-after-value", 1, 16),)),
    (b"a: [b # c\n ]\n", (("yaml-comment-after-value", 1, 7),)),
    (b"a: {b: c d, e: f}\n", (("yaml-prose-in-flow", 1, 8),)),
    (b"a: {b c: d}\n", (("yaml-prose-in-flow", 1, 5),)),
    (b"a: |\nb: >-\n\n\nc: d\n", (("yaml-empty-block", 1, 4), ("yaml-empty-block", 2, 4))),
    (b"- a\n", (("yaml-not-mapping", 1, 1),)),
    (b"text\n", (("yaml-not-mapping", 1, 1),)),
    (b"*a\n", (("yaml-anchor", 1, 1), ("yaml-not-mapping", 1, 1))),
    (b"a: 'b'# c\n", (("yaml-syntax", 1, 7),)),
    (b"a: ~\nb: 'c\n", (("yaml-null", 1, 4), ("yaml-syntax", 3, 1))),
    (b"a: {?b: c}\n", (("yaml-syntax", 1, 5),)),
    (b"a: {?'b': c}\n", (("yaml-syntax", 1, 5),)),
    (b"a: @b\n", (("yaml-syntax", 1, 4),)),
)


@every_reader
@pytest.mark.parametrize(("text", "data"), READ, ids=lambda case: repr(case)[:30])
def test_reads_text_lists_and_mappings(text: str, data: Data, begin: Open) -> None:
    assert parse(text.encode(), begin=begin) == parse(text.encode())
    assert parse(text.encode(), begin=begin).data == data


def test_reads_thirty_two_levels() -> None:
    assert parse(b"a: " + b"[" * 31 + b"]" * 31 + b"\n").problems == ()


@every_reader
@pytest.mark.parametrize(("raw", "places"), FAULTS, ids=lambda case: repr(case)[:30])
def test_names_each_fault_at_its_place(raw: bytes, places: tuple[tuple[str, int, int], ...], begin: Open) -> None:
    parsed = parse(raw, begin=begin)
    assert parsed.data is None
    assert tuple((each.rule, each.line, each.column) for each in parsed.problems) == places
    assert all(each.hint for each in parsed.problems)


def test_every_rule_has_a_case() -> None:
    assert {rule for _, places in FAULTS for rule, _, _ in places} == set(PROBLEM_RULES) == set(HINTS)


def test_a_duplicate_key_is_named_with_the_line_of_the_first() -> None:
    (only,) = parse(b"a: b\nc:\n  d: e\n  f: g\n  d: h\n").problems
    assert only.message == "the key 'd' stands a second time; it first stands on line 3"


@pytest.mark.parametrize(
    "sign", [b"[", b"{a: ", b"- ", b"? ", b"a: [", b'"', b"'", b"|", b"!", b"&", b"# ", b"{", b": "]
)
@pytest.mark.parametrize("count", [30_000, 200_000])
def test_a_sign_repeated_never_crashes(sign: bytes, count: int) -> None:
    """Deep nesting is hostile input: it "never crash[es] nor hang[s]"."""
    parsed = parse(sign * count + b"\n", limit=10**7)
    assert parsed.data is None or sign == b"# "
    assert parsed.problems


def test_the_limit_is_the_callers() -> None:
    raw = b"a: b\n" + b"# c\n" * 30_000
    assert parse(raw).problems[0].rule == "yaml-too-large"
    assert parse(raw, limit=len(raw)).data == {"a": "b"}


@every_reader
@given(raw=anything)
def test_any_bytes_give_data_or_problems(begin: Open, raw: bytes) -> None:
    """Proves "Any bytes give data or problems; never another exception"."""
    parsed = parse(raw, begin=begin)
    assert (parsed.data is None) == bool(parsed.problems)
    lines = raw.decode(errors="replace").split("\n")
    for each in parsed.problems:
        assert each.rule in PROBLEM_RULES
        assert 1 <= each.line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
        assert each.message[0].islower() or each.message[0] in "'%"
        assert not each.message.endswith(".")
        assert "\n" not in each.message


@given(raw=anything)
def test_what_is_read_is_what_pyyaml_reads(raw: bytes) -> None:
    """Proves "agreement with PyYAML's BaseLoader on what we accept"."""
    parsed = parse(raw)
    if parsed.data is not None:
        assert parsed.data == yaml.load(raw, getattr(yaml, "CBaseLoader", yaml.BaseLoader))


@given(raw=anything)
def test_the_gate_says_yes_exactly_where_it_finds_nothing(raw: bytes) -> None:
    """The fast test of the gate and its list of problems agree."""
    empty_or_ended = raw.endswith(b"\n")
    assert is_clean(raw, 50) == (not gate_problems(raw, 50) and empty_or_ended)


@given(record=records)
def test_text_as_pyyaml_writes_it_is_read_the_same(record: dict[str, Data]) -> None:
    """What another tool writes is read with the same data or has problems; it is never misread."""
    raw = yaml.safe_dump(record, allow_unicode=True).encode()
    assert parse(raw, limit=10**6).data in (record, None)


def test_the_sample_record_is_read() -> None:
    data = parse(RECORD.encode()).data
    assert isinstance(data, dict)
    assert data["statement"] == "Half of the patients – 5 of 10 – had relief # not a comment\nat 15 minutes."
    assert data["note"] == "first line\n  second line\n\nlast\n"


@every_reader
def test_an_escape_beyond_unicode_is_a_syntax_problem(begin: Open) -> None:
    """The Python reader raises a bare ValueError, without a place."""
    assert [each.rule for each in parse(b'a: "\\U00110000"\n', begin=begin).problems] == ["yaml-syntax"]
    assert not parse(b'a: "\\ud800"\n', begin=begin).data


def test_long_and_unprintable_values_are_shown_short() -> None:
    assert quoted("x" * 100) == repr("x" * 57 + "...")
    assert quoted("a\u202eb") == "'a\\u202eb'"


def test_unknown_reasons_are_passed_on_in_one_line() -> None:
    assert in_our_words("") == "the text cannot be read as YAML"
    assert in_our_words("new\n reason") == "the text cannot be read as YAML: new reason"


def test_the_python_reader_stands_in_where_the_c_parser_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    from kbtool.yamlsource import reader

    monkeypatch.setitem(sys.modules, "yaml.cyaml", None)
    monkeypatch.delattr(yaml, "cyaml", raising=False)
    (only,) = reader._readers()
    assert parse(RECORD.encode(), begin=only) == parse(RECORD.encode())
