"""The official YAML test suite: every case gives its data as text or a problem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from kbtool.yamlsource.parse import Data, parse
from tests.shared import SHARED, needs_shared

_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "b": "\b", "r": "\r"}

COUNTS = {
    "read as the suite says": 53,
    "refused as it must be": 92,
    "refused as outside of the subset": 259,
    "read though it must be refused": 2,
}
"""Two are read though they must be refused: lines within brackets or quotes begin at the margin; no word is lost."""


def _cases() -> Iterator[tuple[bytes, str, bool]]:
    """The text, the tree of events and whether it must be refused, of every case."""
    assert SHARED
    for file in sorted((SHARED / "testdata/yaml-test-suite/src").glob("*.yaml")):
        case: dict[str, str] = {}
        for own in yaml.safe_load(file.read_text("utf-8")):
            case = {**{key: value for key, value in case.items() if key != "fail"}, **own}
            yield _text(case["yaml"]).encode(), case.get("tree", ""), bool(case.get("fail"))


def _text(shown: str) -> str:
    """The text of a case without the suite's signs for what cannot be seen."""
    text = re.sub("—*»", "\t", shown).replace("␣", " ").replace("←", "\r").replace("⇔", "\ufeff").replace("↵", "")
    return re.sub("∎\n$", "", text)


def _data(tree: str) -> Data:
    """The data of a tree of events of one document without anchors and tags."""
    return _node(line.strip() for line in tree.splitlines() if line.strip()[:4] not in {"+STR", "+DOC", "-DOC", "-STR"})


def _node(lines: Iterator[str]) -> Data:
    line = next(lines)
    return _collection(line, lines) if line[0] == "+" else _scalar(line)


def _collection(line: str, lines: Iterator[str]) -> Data:
    items: list[Data] = []
    while not (following := next(lines)).startswith("-"):
        items.append(_collection(following, lines) if following[0] == "+" else _scalar(following))
    return (
        items
        if line.startswith("+SEQ")
        else {str(key): item for key, item in zip(items[::2], items[1::2], strict=True)}
    )


def _scalar(line: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], line.removeprefix("=VAL ")[1:].replace("␣", " "))


@needs_shared
def test_every_case_gives_its_data_or_a_problem() -> None:
    counts: Counter[str] = Counter()
    for raw, tree, must_fail in _cases():
        parsed = parse(raw)
        if parsed.data is None:
            assert parsed.problems
            counts["refused as it must be" if must_fail else "refused as outside of the subset"] += 1
        elif must_fail:
            counts["read though it must be refused"] += 1
        else:
            assert parsed.data == _data(tree), raw
            counts["read as the suite says"] += 1
    assert counts == COUNTS
