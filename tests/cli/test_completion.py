"""`kbtool completion`, and what the shells then ask."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.example import REPOSITORY, output, run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(shell: str) -> None:
    script = output("completion", shell)
    assert "_KBTOOL_COMPLETE" in script
    assert "kbtool" in script


def test_the_bash_script_is_one(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash
    (tmp_path / "script").write_text(output("completion", "bash"))
    subprocess.run([bash, "-n", str(tmp_path / "script")], check=True)


def test_another_shell_is_no_choice() -> None:
    assert run("completion", "tcsh").exit_code == 2


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kbtool show tea-m", {"tea-may-not-calm-everyone"}),
        ("kbtool show tea-note/c", {"tea-note/calmer-60-percent-2019"}),
        ("kbtool schema cl", {"claim", "claims-export"}),
        ("kbtool fm", {"fmt"}),
    ],
)
def test_the_shell_gets_what_can_follow(project: Path, words: str, offered: set[str]) -> None:
    code = "import sys; sys.argv[0] = 'kbtool'; from kbtool.cli.main import main; main()"
    env = {
        "PYTHONPATH": str(REPOSITORY),
        "_KBTOOL_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=env, capture_output=True, check=False, timeout=60
    )
    assert {line.partition(",")[2] for line in done.stdout.decode().splitlines()} == offered, done.stderr


def test_a_shell_that_click_does_not_know_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.shell_completion.get_completion_class", lambda _: None)
    result = run("completion", "bash")
    assert result.exit_code == 2
    assert "there is no completion for 'bash'" in result.stderr
