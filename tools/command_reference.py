"""Keep the pages that say what kbtool prints equal to what it prints.

    python tools/command_reference.py --check    fail where a page is behind, with the difference
    python tools/command_reference.py --write    bring every page up to date

Whole pages: `docs/commands.md` (the help of every command, also of those inside a group) and `docs/rules.md` (what
every rule says of itself).

Inside other pages: each ```` ```console ```` block under a line `<!-- shown -->`. Its commands run in a scratch copy of
the repository's base, so that the paths and counts in it are real. `<!-- shown short -->` cuts the middle out of long
outputs. `<!-- shown: FILE "these words" -> "those" -->` plants a fault in the copy first. A ```` ```yaml ```` block
under `<!-- file: PATH -->` is that file of the repository, whole.

`--write` then lets the tests that run whole pages in a shell (`PAGES_OF_TESTS`) write what they printed; `--check`
leaves those to the tests.

Nothing depends on the terminal or the clock: the width is fixed, and so is the day.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import subprocess
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

PAGES_OF_TESTS = ("tests/test_tutorial.py",)
"""Tests that run the commands of a page in one shell, and write the page where `KBTOOL_ACCEPT=1`."""

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
    top = _top()
    parts = [
        f"{_MADE}# Commands\n\nEvery command prints this with `--help`.\n",
        _help("kbtool", cli.get_help(top), "##"),
    ]
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n")
        for name in (name for name, row in COMMANDS.items() if row[0] == group):
            parts += _helps(_command([name], top), f"kbtool {name}", "###")
    return "\n".join(parts)


def _helps(context: click.Context, title: str, level: str) -> Iterator[str]:
    """The help of a command, and of the commands inside it where it is a group."""
    yield _help(title, context.command.get_help(context), level)
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            yield from _helps(_command([name], context), f"{title} {name}", f"{level}#")


def _command(words: list[str], context: click.Context) -> click.Context:
    """The context of the innermost command that the words name, from that of the group they are said to."""
    if not words or not isinstance(context.command, click.Group):
        return context
    found = context.command.get_command(context, words[0])
    if found is None:
        raise ValueError(f"there is no command {words[0]!r} of {context.command_path!r}")
    return _command(words[1:], click.Context(found, parent=context, info_name=words[0], terminal_width=WIDTH))


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
    words += _day(words)
    result = CliRunner().invoke(cli, words, prog_name="kbtool", terminal_width=WIDTH)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return [line.rstrip() for line in result.output.rstrip("\n").splitlines()]


def _day(words: list[str]) -> list[str]:
    """`--as-of DAY` for a command that judges as of a day, `--on DAY` for one that decides; none where one is given."""
    if {"--as-of", "--on", "--list", "--help", "-h"} & set(words):
        return []
    takes = {parameter.name for parameter in _command(words, _top()).command.params}
    return next(([option, DAY] for name, option in (("as_of", "--as-of"), ("on", "--on")) if name in takes), [])


def _top() -> click.Context:
    """The context of `kbtool` itself."""
    return cli.make_context("kbtool", [], resilient_parsing=True, terminal_width=WIDTH)


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
    try:
        return _written() if arguments == ["--write"] else _checked()
    except ValueError as error:
        print(f"a page shows what cannot be run: {error}")
        return 1


def _written() -> int:
    """Write every page that is behind; the exit status."""
    for path, text in _behind():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT).as_posix()}")
    return _written_by_tests()


def _checked() -> int:
    """Show what is behind; the exit status."""
    behind = 0
    for path, text in _behind():
        behind += 1
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        name = path.relative_to(ROOT).as_posix()
        lines = difflib.unified_diff(found.splitlines(), text.splitlines(), name, "as printed now", lineterm="", n=1)
        print("\n".join(lines))
    if behind:
        print(f"{behind} page{'s' * (behind != 1)} behind; run `make fix`")
    return 1 if behind else 0


def _behind() -> Iterator[tuple[Path, str]]:
    """The pages that are not as they should be, with the text that they should have."""
    for path, text in wanted():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path, text


def _written_by_tests() -> int:
    """Let the tests write the pages that they run; their exit status."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *PAGES_OF_TESTS]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "KBTOOL_ACCEPT": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
