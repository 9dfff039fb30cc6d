"""Hold the fast YAML reader against the reference loader on damaged records: it may only say what that says too.

    python bench/equal.py FOLDER... [-n 100000] [--seed 1]

Takes the YAML files below the folders, damages copies of them (lines lost, doubled, moved and re-indented; small pieces
of YAML put in), and reads each with both. Prints how many the fast reader read; ends with status 1 at the first that
it read otherwise than the reference loader.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from kbtool.yamlsource.fast import read_lines
from kbtool.yamlsource.gate import clean_text
from kbtool.yamlsource.reference import reference

LIMIT = 1 << 20
PIECES = (
    *("a", "key", "two words", "é", "1", "null", "~", "<<", "yes", "-", "- ", ": ", ":", "? ", "?", ", ", "\n", " "),
    *("  ", "    ", "\n  ", "\n    ", "\n\n", "#", " # c", "# own\n", "[", "]", "{", "}", "{}", "[]", "'", '"', "''"),
    *('""', "\\n", "\\x00", '\\"', "\\\\", "\\", "|", "|-", ">", ">-", ">+", "|2", "&x ", "*x", "!t ", "%A\n", "---"),
    *("---\n", "...\n", "@", "`", "\u00a0", "\u3000", "\u200b", "a: b\n", "b: [c]\n", "c:\n  - d\n", "- e: f\n"),
    *("d: |\n  e\n", "d: >-\n    e\n  f\n", "a: {b: 'c d'}\n", 'b: {c: d, e: "f, g: h"}\n', "- [a, b]\n", "  \n"),
    *("a: b:\n", "a: b #\n", "- - a\n", "-\n", "-a", "null: b\n", "a: [null]\n", "x" * 1_100, "k" * 101 + ": v\n"),
)


def damaged(rng: random.Random, text: str) -> str:
    """The text with up to three kinds of damage."""
    for _ in range(rng.randint(0, 3)):
        text = rng.choice((_piece, _piece, _line_moved, _line_indented, _lines_lost, _cut))(rng, text)
    return text


def _piece(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(PIECES) + text[at + rng.choice((0, 0, 1, 3)) :]


def _line_moved(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = lines.pop(rng.randrange(len(lines)))
    return "".join((*lines[: (at := rng.randint(0, len(lines)))], *[line] * rng.randint(1, 2), *lines[at:]))


def _line_indented(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, by = rng.randrange(len(lines)), rng.choice((-4, -2, -1, 1, 2, 4))
    lines[at] = " " * by + lines[at] if by > 0 else lines[at].removeprefix(" " * -by)
    return "".join(lines)


def _lines_lost(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = rng.randint(0, len(lines))
    return "".join((*lines[:at], *lines[at + rng.randint(0, 3) :]))


def _cut(rng: random.Random, text: str) -> str:
    """A few lines of the text alone, so that what is left is looked at from its first column on."""
    lines = text.splitlines(keepends=True)
    at = rng.randint(0, len(lines))
    return "".join(lines[at : at + rng.randint(1, 6)])


def differs(text: str) -> bool | None:
    """Whether the fast reader says something else of a text than the reference loader; None where it says nothing."""
    raw = text.encode()
    clean = clean_text(raw, LIMIT)
    data = read_lines(clean) if clean is not None else None
    return None if data is None else repr(data) != repr(reference(raw, LIMIT, None).data)


def main() -> None:
    """Damage, read, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("-n", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    paths = [path for folder in asked.folders for path in sorted(folder.rglob("*.yaml"))]
    texts = [path.read_bytes().decode(errors="replace") for path in paths]
    rng, read = random.Random(asked.seed), 0
    for _ in range(asked.n):
        text = damaged(rng, rng.choice(texts))
        answer = differs(text)
        if answer:
            print(text, "is read otherwise", sep="\n")
            sys.exit(1)
        read += answer is not None
    print(f"{asked.n:,} damaged texts of {len(texts):,} files: {read:,} read by the fast reader, all as by the other")


if __name__ == "__main__":
    main()
