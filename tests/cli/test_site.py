"""`kbtool site`: a folder as `export site` makes it, and the preview, which follows the base."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbtool.site.embed import card_integrity
from kbtool.store.preview import PreviewServer
from tests.cli.example import DAY, REPOSITORY, output, run
from tests.export.small import outputs

PATIENCE = 40.0
"""Seconds in which a preview must have done what it is asked for."""


def test_a_folder_is_what_export_makes(project: Path) -> None:
    said = output("site", "--gate", "any", "--as-of", DAY, "--out", "one")
    output("export", "site", "--gate", "any", "--as-of", DAY, "--out", "two")
    assert outputs(project / "one") == outputs(project / "two")
    assert (project / "one/site/index.html").is_file()
    assert f"integrity of claim-card.js, for pages that show a claim: {card_integrity()}" in said


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "nothing is asked for"),
        (("--serve", "--out", "x"), 2, "--out has no use with --serve"),
        (("--serve", "--port", "70000"), 2, "70000"),
        (("--out", "x"), 1, "the gate 'approved' lets no claim"),
        (("--serve", "--kb", "nowhere"), 2, "nowhere"),
    ],
)
def test_what_is_refused(project: Path, words: tuple[str, ...], status: int, message: str) -> None:
    result = run("site", *words)
    assert result.exit_code == status
    assert message in result.output
    assert not (project / "x").exists()


def test_a_port_in_use_is_refused(project: Path) -> None:
    del project
    taken = PreviewServer(0)
    try:
        result = run("site", "--serve", "--port", str(taken.port))
    finally:
        taken.server_close()
    assert result.exit_code == 2
    assert f"port {taken.port} of 127.0.0.1 cannot be had: address already in use" in result.output
    assert "--port" in result.output.split("hint:")[1]


@pytest.fixture
def preview(project: Path) -> Iterator[subprocess.Popen[str]]:
    """A preview of the example base at a free port, ended at the end."""
    command = [sys.executable, "-m", "kbtool", "site", "--serve", "--port", "0", "--as-of", DAY]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    yield process
    process.kill()
    process.communicate()


def said_until(process: subprocess.Popen[str], pattern: str) -> str:
    """What a preview says up to a line that fits."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if re.search(pattern, line):
            break
    return "".join(lines)


def body(address: str) -> str:
    """A page of the preview."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails where patience ends."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_preview_follows_the_base_and_keeps_the_last_good_site(
    preview: subprocess.Popen[str], project: Path
) -> None:
    """`kbtool site --serve` previews on loopback and rebuilds on change."""
    before = outputs(project)
    said = said_until(preview, "the site is at")
    assert "Not reviewed by a qualified person." in said
    found = re.search(r"http://127\.0\.0\.1:\d+/\S*", said)
    assert found
    address = f"{found[0]}claims.html"
    assert "hot water" in body(address)
    assert outputs(project) == before

    claim = project / "claims/tea-note/tea-is-made-with-hot-water.yaml"
    good = claim.read_text(encoding="utf-8")
    claim.write_text(good + "nonsense: true\n", encoding="utf-8")
    eventually(lambda: "The base has problems now." in body(address))
    assert "nonsense" in body(address)
    assert "hot water" in body(address)
    told = said_until(preview, "the last good site is at")
    assert "tea-is-made-with-hot-water.yaml:" in told

    claim.write_text(good + "tags: [fresh]\n", encoding="utf-8")
    eventually(lambda: "The base has problems now." not in body(address))

    preview.send_signal(signal.SIGINT)
    rest, _ = preview.communicate(timeout=PATIENCE)
    assert rest.endswith("the preview has ended\n")
    assert preview.returncode == 0
