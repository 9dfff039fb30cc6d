"""`kbtool source`: a revision followed from the first look to the last decision."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbtool.cli.main import cli
from kbtool.store.fetch import Limits
from tests.cli.example import GOLDEN, output, run
from tests.cli.reviewing import refused
from tests.golden import check_golden
from tests.ingest.test_update import DOCUMENT, OLD, SOURCE
from tests.review.scratch import DENIAL, TRIAL, Scratch, approved, standing, synced
from tests.store.test_fetch import Site, site

__all__ = ["site"]

ON = ("--on", "2026-01-25")
SLUG = TRIAL.partition("/")[2]
NEW = (
    OLD.replace("15 mg", "20 mg")
    .replace("weaker tea was", "weaker\ntea was")
    .replace("Unfor", "It <b>works</b>. Unfor")
)


@pytest.fixture
def revised(desk: Scratch) -> Scratch:
    """The scratch base with the trial approved, and a new text beside it."""
    desk.write(synced(approved(desk.read(), TRIAL)))
    (desk.root / "new.txt").write_text(NEW)
    return desk


def update(*more: str, file: str = "new.txt") -> tuple[int, str]:
    result = run("source", "update", DOCUMENT, file, *ON, *more)
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout


def test_the_table_says_what_became_of_every_quote(revised: Scratch) -> None:
    before = revised.read()
    status, said = update()
    check_golden(GOLDEN / "source-update.txt", said)
    assert (status, revised.read()) == (1, before)
    assert "MIND" in said
    assert f"{TRIAL}: approved -> needs-review" in said


def test_all_lists_quotes_that_stay(revised: Scratch) -> None:
    assert f"same       {DENIAL} 1" in update("--all")[1]
    assert f"same       {DENIAL} 1" not in update()[1]


def test_json_for_programs(revised: Scratch) -> None:
    status, said = update("--format", "json")
    found = json.loads(said)
    check_golden(GOLDEN / "source-update.json", re.sub(r'"version": "[^"]*"', '"version": "V"', said))
    assert (status, found["format"], found["applied"]) == (1, "kbtool/source-update/1", False)
    trial = next(each for each in found["quotes"] if each["record"] == TRIAL and each["number"] == 1)
    assert trial["differences"] == [["15", "20"]]
    assert trial["alarms"] == ["a number differs: '15' in the quote, '20' in the text"]
    assert "It <b>works</b>" in [each["text"] for each in found["unaccounted"]]
    assert revised.folder.is_dir()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _ in attrs if name in {"src", "href"} or name.startswith("on")]


def test_a_page_for_editors_that_needs_nothing_and_runs_nothing(revised: Scratch) -> None:
    said = update("--format", "html")[1]
    page = _Page()
    page.feed(said)
    assert not {"script", "link", "img", "iframe", "form", "b"} & set(page.tags)
    assert page.links == []
    assert "Not reviewed by a qualified person." in said
    assert "It &lt;b&gt;works&lt;/b&gt;" in said
    assert re.search(r"<del>15 ?</del><ins>20 ?</ins>", said)
    assert "Mind: a number differs" in said
    assert revised.folder.is_dir()


def test_what_is_gone_or_unclear_is_shown_with_its_candidates(revised: Scratch) -> None:
    path = revised.path_of(f"{SOURCE}.yaml")
    path.write_text(path.read_text().replace("exact: Unfortunately", "exact: Un/fortunately"))
    gone = OLD.replace("What does this mean?", "Why?").replace(" weaker tea was ineffective", " it went")
    more = "".join(f"\n\nA new line of the number {number} stands here." for number in range(25))
    shown = "In a made-up trial, hiccups stopped later on 15 mg of plumberry than on 5 mg of it (p < 0.05)."
    (revised.root / "new.txt").write_text(gone.replace("In a made-up trial", f"{shown} {shown} In one trial") + more)
    page, said = update("--format", "html")[1], update()[1]
    assert "missing" in said
    assert "and 7 more; --format json lists all" in said or re.search(r"and \d+ more; --format json lists all", said)
    assert "<ol><li>" in page
    assert re.search("Nothing in the new text is like it|nothing like it", page + said)


def test_standard_input(revised: Scratch) -> None:
    result = CliRunner().invoke(cli, ["source", "update", DOCUMENT, "-", *ON], input=OLD.encode())
    assert (result.exit_code, "7 same" in result.stdout) == (0, True)
    assert revised.folder.is_dir()


def test_hostile_words_are_harmless_in_every_format(revised: Scratch) -> None:
    hostile = NEW + '\n<script>alert(1)</script> \x1b[31m\u202eevil & "x"\n'
    (revised.root / "new.txt").write_text(hostile)
    for format_ in ("text", "json", "html"):
        said = update("--as-is", "--format", format_)[1]
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert format_ != "html" or "<script" not in said


def test_apply_stores_the_text_and_touches_only_what_stands(revised: Scratch) -> None:
    before = revised.read()
    status, said = update("--apply")
    after = revised.read()
    assert (status, "stored; quotes that stand" in said) == (1, True)
    changed = {name for name in after if after[name] != before.get(name)} - {".kbtool-lock"}
    text = next(name for name in changed if name.endswith(".txt"))
    assert after[text].decode() == NEW
    assert "A revision, read from 'new.txt', text/plain, SHA-256 " in after[f"{SOURCE}.yaml"].decode()
    assert changed == {
        text,
        f"{SOURCE}.yaml",
        f"{TRIAL}.yaml",
        f"{DENIAL.replace('may-not-relieve', 'restated-at-the-end')}.yaml",
    }
    assert set(before) <= set(after)
    assert "quote-not-in-source" in run("validate", "--as-of", "2026-02-01").stdout


def test_a_second_time_nothing_is_left_to_do(revised: Scratch) -> None:
    update("--apply")
    before = revised.read()
    status, said = update("--apply")
    assert revised.read() == before
    assert (status, "this is the text under check; there is nothing to store" in said) == (1, True)


def test_from_the_update_to_the_last_decision(revised: Scratch) -> None:
    """Changed quotes are errors in `validate` until a person decides."""
    update("--apply")
    offered = run("source", "reanchor", SLUG)
    assert offered.exit_code == 1
    place = re.search(r"maybe +(\d+:\d+) \(score 0\.", offered.stdout)
    assert place
    said = output("source", "reanchor", SLUG, "--to", place[1], "--dry-run")
    assert "would be written" in said
    said = output("source", "reanchor", SLUG, "--to", place[1])
    assert "MIND: a number differs: '15' in the quote, '20' in the text" in said
    assert output("source", "reanchor", SLUG).endswith("every quote stands in the text under check\n")
    assert "the record says so already" in output("source", "reanchor", SLUG, "--quote", "1", "--to", place[1])
    assert "quote-not-in-source" not in run("validate", "--as-of", "2026-02-01").stdout
    assert standing(revised.read(), TRIAL) == "needs-review"


def test_a_passage_that_is_gone_is_taken_out(revised: Scratch) -> None:
    (revised.root / "new.txt").write_text(OLD.replace("What does this mean? ", ""))
    status, said = update("--apply")
    assert (status, f"'kbtool source reanchor {SOURCE} --quote 1 --to" in " ".join(said.split())) == (1, True)
    before = revised.read()
    said = output("source", "reanchor", SOURCE, "--drop", "--dry-run")
    assert said == f'skipped passage 1 would be taken out of {SOURCE}.yaml: "What does this mean?"\n'
    assert revised.read() == before
    assert " taken out of " in output("source", "reanchor", SOURCE, "--drop")
    assert b"What does this mean?" not in revised.read()[f"{SOURCE}.yaml"]
    assert "every quote stands" in output("source", "reanchor", SOURCE)


def test_reanchoring_says_what_else_stands_otherwise(revised: Scratch) -> None:
    said = output("source", "reanchor", SLUG, "--quote", "2", "--to", f"{OLD.index('weaker')}:{OLD.index(' was inef')}")
    assert f"claim {TRIAL}: approved -> needs-review" in said
    assert revised.folder.is_dir()


def test_words_that_never_stood_anywhere(revised: Scratch) -> None:
    path = revised.path_of(f"{TRIAL}.yaml")
    path.write_text(path.read_text().replace("exact: weaker tea was", "exact: stronger tea was"))
    assert "it stands in no stored text" in run("source", "reanchor", SLUG).stdout


def test_a_quote_that_stands_elsewhere_is_offered_its_place(revised: Scratch) -> None:
    update("--apply")
    path = revised.path_of(f"{TRIAL}.yaml")
    path.write_text(
        re.sub(r"exact: .weaker.ntea was ineffective.", "exact: weaker tea was ineffective", path.read_text())
    )
    path.write_text(
        re.sub(r"start: \d+\n      end: \d+\ncaveats", "start: 150\n      end: 176\ncaveats", path.read_text())
    )
    assert "its words stand at " in run("source", "reanchor", SLUG).stdout


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("update", "nothing", "new.txt"), 2, "there is no source 'nothing'"),
        (("update", "plumbery-tea", "new.txt"), 2, "did you mean 'plumberry-tea'?"),
        (("update", DOCUMENT, "nowhere.txt"), 2, "'nowhere.txt' cannot be read"),
        (("update", DOCUMENT, "pipe"), 2, "'pipe' is no regular file"),
        (("update", DOCUMENT, "latin.txt", "--as-is"), 2, "'latin.txt' is not UTF-8 (byte 3)"),
        (("update", DOCUMENT, "picture.txt"), 2, "the file is a picture"),
        (("update", DOCUMENT, "blank.txt", "--as-is"), 1, "the new text holds no letter or digit"),
        (("update", DOCUMENT, "new.txt", "--on", "2999-01-01"), 2, "is a day to come"),
        (("reanchor", "nothing"), 2, "there is no claim, evidence or source 'nothing'"),
        (("reanchor", "made-up-trial"), 2, "'made-up-trial' is evidence"),
        (("reanchor", SLUG, "--to", "0:13"), 2, "it is not clear which quote is meant"),
        (("reanchor", SLUG, "--quote", "1", "--drop"), 1, "only skipped passages and connectives can be dropped"),
        (("reanchor", SLUG, "--to", "0:13", "--drop"), 2, "--to and --drop do not go together"),
        (("reanchor", SLUG, "--quote", "1", "--to", "here"), 2, "'here' is no START:END"),
        (("reanchor", SLUG, "--quote", "1", "--to", "1:13"), 1, "cuts the word 'Plumberry'"),
        (("check", "nothing"), 2, "there is no source 'nothing'"),
    ],
)
def test_what_is_refused(revised: Scratch, words: tuple[str, ...], status: int, message: str) -> None:
    os.mkfifo(revised.root / "pipe")
    (revised.root / "latin.txt").write_bytes(b"caf\xe9")
    (revised.root / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (revised.root / "blank.txt").write_bytes(b"...\n")
    before = revised.read()
    assert message in refused("source", *words, status=status)
    assert revised.read() == before


def test_a_text_that_cannot_be_read_is_said(revised: Scratch) -> None:
    next(revised.folder.glob("sources/*/*.txt")).unlink()
    assert "cannot be read" in refused("source", "update", DOCUMENT, "new.txt", *ON)
    assert "cannot be read" in refused("source", "reanchor", SLUG, status=2)
    result = run("source", "check")
    assert (result.exit_code, "is missing; put the file back" in result.stdout) == (1, True)


def test_a_huge_file(revised: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbtool.store.intake.MOST_BYTES", 100)
    assert "has more than 100 bytes" in refused("source", "update", DOCUMENT, "new.txt", status=2)
    assert revised.folder.is_dir()


def test_a_page_and_a_markdown_file_are_read_as_ingest_reads_them(revised: Scratch) -> None:
    (revised.root / "new.md").write_text("# Tea\n\n" + OLD.replace("hiccups", "*hiccups*", 1))
    said = update(file="new.md")[1]
    assert "changed" not in said
    assert '"Tea"' in said


def test_a_text_of_another_making_is_taken_byte_for_byte(revised: Scratch) -> None:
    (revised.root / "odd.txt").write_text(OLD + "\n\n\n\nMore.")
    update("--apply", "--as-is", file="odd.txt")
    (revised.root / "odd.txt").write_text(OLD + "\n\n\n\nMore and more.")
    found = json.loads(update("--format", "json", file="odd.txt")[1])
    assert {each["outcome"] for each in found["quotes"]} == {"same"}


def test_check_finds_drift_of_stored_texts(revised: Scratch) -> None:
    assert output("source", "check") == "plumberry-tea: the stored text is the one recorded (239 bytes)\n"
    path = next(revised.folder.glob("sources/*/*.txt"))
    path.write_text(OLD + "x")
    result = run("source", "check", "--format", "json")
    found = json.loads(result.stdout)["findings"]
    assert (result.exit_code, [each["state"] for each in found]) == (1, ["drifted"])


def test_check_counts_older_texts_and_finds_their_drift(revised: Scratch) -> None:
    update("--apply")
    assert ", and 1 older" in output("source", "check", DOCUMENT)
    old = revised.folder / SOURCE / "12df14775ac6baca3be08f80b6c90f8d9b7a59e55971249d3ae77ef30ad834bc.txt"
    old.write_text("other")
    assert run("source", "check").exit_code == 1


def test_check_fetch_compares_live_pages(
    revised: Scratch, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KBTOOL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("kbtool.store.fetch.Limits", lambda seconds: Limits(seconds, pause=0.0))
    path = revised.path_of(f"{SOURCE}.yaml")
    text = path.read_text().replace("https://tea.example.org/plumberry", f"{site.url}/same")
    path.write_text(text.replace("https://copy.example.org/plumberry", f"{site.url}/other"))
    body = "".join(f"<p>{part}</p>" for part in OLD.split("\n\n")).encode()
    site.answers["/same"] = (200, {"Content-Type": "text/html", "ETag": '"a"'}, b"<nav>Menu</nav>" + body)
    site.answers["/other"] = (200, {"Content-Type": "text/html"}, body.replace(b"15 mg", b"20 mg"))
    result = run("source", "check", "--fetch")
    assert result.exit_code == 1
    assert f"{site.url}/same: 5 of 5 sentences stand on the page\n" in result.stdout
    assert f"{site.url}/other: 4 of 5 sentences stand on the page\n  changed: In a made-up trial" in result.stdout
    site.answers["/other"] = (200, {"Content-Type": "application/pdf"}, b"%PDF")
    again = run("source", "check", "--fetch").stdout
    assert "5 of 5 sentences stand on the page, which has not changed since it was last fetched" in again
    assert "not compared: it is 'application/pdf', no page of text" in again
    site.answers["/other"] = (404, {}, b"")
    assert "answers with status 404; the page is gone" in run("source", "check", "--fetch", "--no-cache").stdout


def test_check_fetch_without_an_address_or_a_text(revised: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBTOOL_CACHE", "off")
    path = revised.path_of(f"{SOURCE}.yaml")
    path.write_text(re.sub(r"url: https.*\n    on", "on", path.read_text()))
    assert "the record names no address to look at" in output("source", "check", "--fetch")
