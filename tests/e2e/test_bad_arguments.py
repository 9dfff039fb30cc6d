"""Commands, options and dates that are none: status 2, a hint where there is one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.e2e.runs import AS_OF, check_failed, environment, kbtool, run, tree


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("valdate",), "Did you mean 'validate'?"),
        (("frobnicate",), "there is no command 'frobnicate'"),
        (("validate", "--fromat", "json"), "--format"),
        (("--verbose",), "No such option"),
        (("validate", "--format", "yaml"), "'yaml' is not one of"),
        (("validate", "extra"), "extra"),
        (("explain", "quote-not-in-sorce"), "did you mean 'quote-not-in-source'?"),
        (("explain", "zzz"), "'kbtool rules' lists every rule"),
        (("explain",), "Missing argument"),
    ],
)
def test_usage(tiny: Path, arguments: tuple[str, ...], words: str) -> None:
    done = kbtool(*arguments, cwd=tiny)
    check_failed(done, 2, words)
    assert done.out == ""


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "20261122", "2026-W05-1", "", "2026-1-1", "٢٠٢٦-٠١-٠١"])
def test_days_that_are_none(tiny: Path, day: str) -> None:
    check_failed(kbtool("validate", "--as-of", day, cwd=tiny), 2, "is not a day of the calendar written as YYYY-MM-DD")


def test_day_before_everything(tiny: Path) -> None:
    check_failed(kbtool("validate", "--as-of", "2025-01-01", cwd=tiny), 1, "date-in-future", "as of 2025-01-01")


def test_python_without_docstrings(tiny: Path) -> None:
    check_failed(kbtool("validate", cwd=tiny, env=environment(PYTHONOPTIMIZE="2")), 2, "Python runs with -OO")


def test_no_arguments_show_the_help(tiny: Path) -> None:
    done = kbtool(cwd=tiny)
    check_failed(done, 2, "Usage: kbtool", "validate")


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("missing/report.txt", "cannot be written: no such file or directory"),
        ("claims", "claims"),
        ("claims/report.txt", "lies in the base 'claims', and checking never writes there"),
        ("claims/kb.yaml", "lies in the base"),
        ("claims/kb.yaml/report.txt", "lies in the base"),
        ("schema/policy.yaml/report.txt", "not a directory"),
        ("/proc/report.txt", "cannot be"),
        ("link", "is a symbolic link"),
        ("pipe", "is no regular file"),
    ],
)
def test_report_to_a_bad_place(tiny: Path, output: str, words: str) -> None:
    (tiny / "link").symlink_to("schema/policy.yaml")
    os.mkfifo(tiny / "pipe")
    before = tree(tiny)
    check_failed(kbtool("validate", *AS_OF, "--output", output, cwd=tiny), 2, words)
    assert tree(tiny) == before


def test_report_to_a_file(tiny: Path) -> None:
    before = tree(tiny)
    for _ in range(2):
        done = kbtool("validate", *AS_OF, "--format", "json", "--output", "report.json", cwd=tiny)
        assert (done.status, done.out) == (0, "report written to report.json\n")
    direct = kbtool("validate", *AS_OF, "--format", "json", cwd=tiny)
    assert (tiny / "report.json").read_text() == direct.out
    (tiny / "report.json").unlink()
    assert tree(tiny) == before


def test_report_to_the_output_by_its_usual_name(tiny: Path) -> None:
    before = tree(tiny)
    direct = kbtool("validate", *AS_OF, "--format", "json", cwd=tiny)
    assert kbtool("validate", *AS_OF, "--format", "json", "--output", "-", cwd=tiny) == direct
    assert tree(tiny) == before


def test_failing_rule_is_a_bug_of_the_tool(tiny: Path) -> None:
    """Status 3 outranks findings: "3 a bug in kbtool (outranks the others)"."""
    program = (
        "import dataclasses, sys; from kbtool.diagnostics import Severity; import kbtool.rules as known;"
        "from kbtool.rules.rule import page_of, Rule\n"
        "def fail(claim, cited):\n    raise ZeroDivisionError('on purpose')\n"
        "page = page_of('unknown-source', 'It fails.\\n\\nWhy: x\\n\\nMend: y', Severity.ERROR)\n"
        "known.RULES = dataclasses.replace(known.RULES, claim=(Rule(page, fail), *known.RULES.claim))\n"
        "from kbtool.cli.main import main; main()"
    )
    (tiny / "claims/stray.txt").write_text("words\n")
    before = tree(tiny)
    # A rule put in from outside is no part of what the cache knows results by.
    fresh = environment(KBTOOL_CACHE="off")
    done = run((sys.executable, "-c", program, "validate", *AS_OF), tiny, fresh)
    check_failed(done, 3, "internal-error", "ZeroDivisionError: on purpose", "stray-file", "please report it")
    export = ("export", "json", "--gate", "any", "--out", "out", *AS_OF)
    done = run((sys.executable, "-c", program, *export), tiny, fresh)
    check_failed(done, 3, "kbtool: error:", "so nothing is exported")
    assert tree(tiny) == before


def test_failing_command_is_a_bug_of_the_tool(tiny: Path) -> None:
    program = (
        "import kbtool.records.assemble as a\n"
        "def fail(files):\n    raise ZeroDivisionError('on purpose')\n"
        "a.assemble = fail\n"
        "from kbtool.cli.main import main; main()"
    )
    # Without a cache, which may know the same base at another place.
    done = run((sys.executable, "-c", program, "validate", *AS_OF), tiny, environment(KBTOOL_CACHE="off"))
    check_failed(done, 3, "kbtool: internal error: ZeroDivisionError: on purpose", "this is a bug in kbtool")
