"""Keep the pages that say what kbtool prints equal to what it prints.

    python tools/command_reference.py --check    fail where a page is behind, with the difference
    python tools/command_reference.py --write    bring every page up to date

Whole pages: `docs/commands.md` (the help of every command) and `docs/rules.md` (the page of every rule).

Inside other pages: each ```` ```console ```` block under a line `<!-- shown -->`. Its commands run in a scratch copy of
the repository's base, so that the paths and counts in it are real. `<!-- shown short -->` cuts the middle out of long
outputs. `<!-- shown: FILE "these words" -> "those" -->` plants a fault in the copy first. A ```` ```yaml ```` block
under `<!-- file: PATH -->` is that file of the repository, whole.

Nothing depends on the terminal or the clock: the width is fixed, and so is the day.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import click
from click.testing import CliRunner

from kbtool.cli.main import COMMANDS, GROUPS, cli
from kbtool.rules import PAGES

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 88
"""Columns of every help text and output."""

DAY = "2026-11-23"
"""The day for which the shown verdicts hold."""

MOST_LINES = 12
"""Lines of an output that is shown short."""

_BLOCK = re.compile(
    r'<!-- shown(?P<short> short)?(?:: (?P<file>\S+) "(?P<old>[^"\n]+)" -> "(?P<new>[^"\n]+)")? -->\n'
    r"```console\n(?P<body>.*?)\n```",
    re.DOTALL,
)
_FILE = re.compile(r"<!-- file: (?P<file>\S+) -->\n```yaml\n.*?\n```", re.DOTALL)
_MADE = "<!-- Made by tools/command_reference.py; do not edit. -->\n"
_MAKE = "make run"
_RECIPE = re.compile(r"^\t@\$\(KBTOOL\) (.+)$", re.MULTILINE)


def commands_page() -> str:
    """`docs/commands.md`: the help of kbtool and of each command, by group."""
    top = cli.make_context("kbtool", [], resilient_parsing=True, terminal_width=WIDTH)
    parts = [
        f"{_MADE}# Commands\n\nEvery command prints this with `--help`.\n",
        _help("kbtool", cli.get_help(top), "##"),
    ]
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n")
        parts += [
            _help(f"kbtool {name}", _help_of(name, top), "###") for name in COMMANDS if COMMANDS[name][0] == group
        ]
    return "\n".join(parts)


def _help_of(name: str, top: click.Context) -> str:
    command = cli.get_command(top, name)
    if command is None:
        raise ValueError(f"the table names {name!r} and there is no such command")
    return command.get_help(click.Context(command, parent=top, info_name=name, terminal_width=WIDTH))


def _help(title: str, text: str, level: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"{level} {title}\n\n```text\n{lines}\n```\n"


def rules_page() -> str:
    """`docs/rules.md`: what every rule finds, why it matters, how to mend it."""
    locked = sum(page.locked for page in PAGES.values())
    head = (
        f"{_MADE}# Rules\n\n{len(PAGES)} rules, {locked} of them locked: no policy can lower a locked rule, and\n"
        "no waiver can silence it. `kbtool explain RULE` prints the same text.\n"
        "`schema/policy.yaml` sets the severity of the others.\n"
    )
    return "\n".join([head, *(_rule(name) for name in PAGES)])


def _rule(name: str) -> str:
    page = PAGES[name]
    weight = f"{page.severity.value}, locked" if page.locked else page.severity.value
    return f"## {name}\n\n*{weight}.* {page.summary}\n\n* Why: {page.why}\n* Mend: {page.mend}\n"


def with_outputs(page: str) -> str:
    """A page with every shown output and file as it is now."""
    return _FILE.sub(_file, _BLOCK.sub(_shown, page))


def _file(block: re.Match[str]) -> str:
    text = (ROOT / block["file"]).read_text(encoding="utf-8")
    return f"<!-- file: {block['file']} -->\n```yaml\n{text}```"


def _shown(block: re.Match[str]) -> str:
    commands = [line.removeprefix("$ ") for line in block["body"].splitlines() if line.startswith("$ ")]
    with tempfile.TemporaryDirectory() as scratch, chdir(scratch):
        for folder in ("claims", "schema"):
            shutil.copytree(ROOT / folder, folder)
        if block["file"]:
            _plant(Path(block["file"]), block["old"], block["new"])
        most = MOST_LINES if block["short"] else sys.maxsize
        body = "\n\n".join(f"$ {command}\n{_outputs(command, most)}" for command in commands)
    head, _, _ = block.group().partition("```console\n")
    return f"{head}```console\n{body}\n```"


def _plant(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{file} must hold {old!r} once, and holds it {text.count(old)} times")
    file.write_text(text.replace(old, new), encoding="utf-8")


def _outputs(command: str, most: int) -> str:
    """What a command prints, each part of `make run` cut to so many lines."""
    parts = [f"kbtool {line}" for line in _recipe()] if command == _MAKE else [command]
    return "\n".join(line for part in parts for line in _cut(_output(part), most))


def _cut(lines: list[str], most: int) -> list[str]:
    """The lines, or the first and the last ones with a count of those between."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 3], f"… ({len(lines) - most + 1} lines more)", *lines[-2:]]


def _output(command: str) -> list[str]:
    """The lines that a command prints, on both streams, without blanks at their ends."""
    program, *words = shlex.split(command)
    if program != "kbtool":
        raise ValueError(f"{command!r} is no command of kbtool")
    if _is_dated(words[0]) and not {"--as-of", "--list", "--help"} & set(words):
        words += ["--as-of", DAY]
    result = CliRunner().invoke(cli, words, prog_name="kbtool", terminal_width=WIDTH)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return [line.rstrip() for line in result.output.rstrip("\n").splitlines()]


def _is_dated(name: str) -> bool:
    """Whether a command judges as of a day; where a block names none, it runs as of `DAY`."""
    command = cli.get_command(click.Context(cli), name)
    return command is not None and any(parameter.name == "as_of" for parameter in command.params)


def _recipe() -> list[str]:
    """The kbtool commands of `make run`."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nrun:")[2].partition("\n\n")[0]
    return _RECIPE.findall(recipe)


def wanted() -> Iterator[tuple[Path, str]]:
    """Every page with the text that it should have."""
    yield ROOT / "docs" / "commands.md", commands_page()
    yield ROOT / "docs" / "rules.md", rules_page()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))):
        text = path.read_text(encoding="utf-8")
        if _BLOCK.search(text) or _FILE.search(text):
            yield path, with_outputs(text)


def main(arguments: list[str]) -> int:
    """Write or check; 0 where every page is as it should be."""
    if arguments not in (["--write"], ["--check"]):
        print(__doc__)
        return 2
    os.environ.update(COLUMNS=str(WIDTH), NO_COLOR="1")
    behind = 0
    for path, text in wanted():
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        name = path.relative_to(ROOT).as_posix()
        if found == text:
            continue
        if arguments == ["--write"]:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
            continue
        behind += 1
        print(
            "\n".join(
                difflib.unified_diff(found.splitlines(), text.splitlines(), name, "as printed now", lineterm="", n=1)
            )
        )
    if behind:
        print(f"{behind} page{'s' * (behind != 1)} behind; run `make fix`")
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
