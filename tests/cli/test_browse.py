"""`kbtool list` and `kbtool show`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.example import DAY, GOLDEN, output, run
from tests.golden import check_golden

SHOWN = (
    "calmer-60-percent-2019",
    "tea-may-not-calm-everyone",
    "tea-is-made-with-hot-water",
    "kitchen-notebook",
    "tea-note",
)
FORMATS: list[tuple[str, ...]] = [
    ("list",),
    ("list", "--format", "json"),
    ("list", "--format", "ids"),
    ("list", "--rating", "supported"),
]


@pytest.mark.parametrize("words", [*(("show", name) for name in SHOWN), *FORMATS], ids="-".join)
def test_outputs_are_as_accepted(project: Path, words: tuple[str, ...]) -> None:
    check_golden(GOLDEN / f"{'-'.join(word.strip('-') for word in words)}.txt", output(*words, "--as-of", DAY))


@pytest.mark.parametrize("name", [*SHOWN, "journal-of-warm-drinks-2019"])
def test_every_line_fits_into_80_columns(project: Path, name: str) -> None:
    lines = [*output("show", name).splitlines(), *output("list").splitlines()]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("options", "slugs"),
    [
        ([], ["calmer-60-percent-2019", "tea-is-made-with-hot-water", "tea-may-not-calm-everyone"]),
        (["CALM", "everyone"], ["tea-may-not-calm-everyone"]),
        (["hot water"], ["tea-is-made-with-hot-water"]),
        (["no promise"], ["calmer-60-percent-2019"]),
        (["nothing-like-it"], []),
        (["--type", "efficacy"], ["tea-may-not-calm-everyone"]),
        (["--rating", "supported", "--rating", "unverifiable", "--type", "definition"], ["tea-is-made-with-hot-water"]),
        (["--standing", "approved"], []),
        (["--caveat", "untraced-citation"], ["calmer-60-percent-2019"]),
        (["--document", "tea-note", "60%"], ["calmer-60-percent-2019"]),
    ],
)
def test_filters_let_through_what_fits_all_of_them(project: Path, options: list[str], slugs: list[str]) -> None:
    assert output("list", *options, "--format", "ids").split() == [f"tea-note/{slug}" for slug in slugs]


def test_a_list_without_claims_says_so_and_makes_no_claim_about_review(project: Path) -> None:
    shown = output("list", "nothing-like-it")
    assert shown.startswith("no claim fits")
    assert "0 of 3 claims" in shown
    assert "Not reviewed" not in shown


@pytest.mark.parametrize(
    "words", [("list",), ("show", "calmer-60-percent-2019"), ("show", "tea-note/tea-may-not-calm-everyone")]
)
def test_what_nobody_reviewed_says_so(project: Path, words: tuple[str, ...]) -> None:
    """A record that no qualified person has reviewed says so everywhere it is shown."""
    assert "Not reviewed by a qualified person." in output(*words)
    assert "not reviewed by a qualified person" in output(*words, "--format", "json")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("list", "--rating", "suported"), "there is no rating 'suported'", "did you mean 'supported'?"),
        (("list", "--type", "x"), "there is no type 'x'", "there are: definition, "),
        (("list", "--standing", "aproved"), "there is no standing 'aproved'", "did you mean 'approved'?"),
        (("list", "--caveat", "untraced"), "there is no caveat kind 'untraced'", "untraced-citation"),
        (("list", "--document", "tea-not"), "there is no document 'tea-not'", "did you mean 'tea-note'?"),
        (
            ("show", "calmer"),
            "there is no claim, evidence or source 'calmer'",
            "did you mean 'calmer-60-percent-2019'?",
        ),
        (("show", "kitchen-notebok"), "there is no claim, evidence or source 'kitchen-notebok'", "'kitchen-notebook'"),
        (("show", ""), "there is no claim, evidence or source ''", "'kbtool list' lists the claims"),
        (("show", "evidence/tea-note"), "there is no claim, evidence or source 'evidence/tea-note'", ""),
        (("show", "sources/kitchen-notebook"), "there is no claim, evidence or source", ""),
    ],
)
def test_a_wrong_name_ends_with_status_2_and_a_way_on(
    project: Path, words: tuple[str, ...], message: str, hint: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert hint in result.stderr


def test_one_name_for_several_records_asks_which(project: Path) -> None:
    text = (project / "claims/evidence/kitchen-notebook.yaml").read_text()
    for name in ("tea-note", "tea-is-made-with-hot-water"):
        (project / f"claims/evidence/{name}.yaml").write_text(text.replace("id: kitchen-notebook", f"id: {name}"))
    result = run("show", "tea-note")
    assert result.exit_code == 2
    assert "'tea-note' stands for 2 records" in result.stderr
    assert "'evidence/tea-note', 'sources/tea-note'" in result.stderr
    assert output("show", "evidence/tea-note").startswith("tea-note\n\n  Nobody.")
    assert output("show", "sources/tea-note").startswith("tea-note\n\n  A note about tea")
    assert "stands for 2 records" in run("show", "tea-is-made-with-hot-water").stderr


def test_a_claim_without_all_it_cites_is_shown_as_far_as_it_goes(project: Path) -> None:
    (project / "claims/evidence/journal-of-warm-drinks-2019.yaml").unlink()
    (project / "claims/tea-note/tea-may-not-calm-everyone.yaml").write_bytes(b"id: [broken\n")
    next((project / "claims/sources/tea-note").iterdir()).unlink()
    result = run("show", "calmer-60-percent-2019")
    assert result.exit_code == 0
    assert "2 files have problems and may be missing here; run 'kbtool validate'" in result.stderr
    for words in (
        "the record is not there",
        "which is not there",
        "(not there)",
        "does not hold every quote",
        "»A 2019",
    ):
        assert words in result.stdout
    shown = json.loads(run("show", "calmer-60-percent-2019", "--format", "json").stdout)
    assert [link["ref"] for link in shown["record"]["evidence"]] == ["journal-of-warm-drinks-2019"]
    source = json.loads(run("show", "tea-note", "--format", "json").stdout)
    assert source["coverage"] is None
    assert "unknown: the stored text is missing" in run("show", "tea-note").stdout
    (project / "claims/sources/tea-note.yaml").unlink()
    assert "In the document tea-note\n" in run("show", "calmer-60-percent-2019").stdout
    assert run("list").stdout.startswith("tea-note\n")


def test_terms_that_the_vocabulary_lacks_are_shown_as_they_stand(project: Path) -> None:
    path = project / "claims/tea-note/calmer-60-percent-2019.yaml"
    path.write_text(path.read_text().replace("rating: unverifiable", "rating: unheard-of"))
    assert "Verdict: unheard-of" in output("show", "calmer-60-percent-2019")
    assert "unheard-of" in output("list")
    assert '"rating_label": "unheard-of"' in output("list", "--format", "json")
    assert "unheard-of" in output("status")


def test_certainty_tags_notes_and_machine_drafting_are_shown(project: Path) -> None:
    path = project / "claims/tea-note/tea-is-made-with-hot-water.yaml"
    text = path.read_text().replace(
        "verdict: {", "verdict:\n  certainty: {level: low, stated_by: kitchen-notebook, outcome: taste}\n  "
    )
    text = text.replace("rating: supported, rationale:", "rating: supported\n  rationale:").replace('same."}', 'same."')
    text = text.replace('of a record"}', 'of a record", machine: true}') + "tags: [tea]\nnotes: A remark.\n"
    path.write_text(text)
    shown = output("show", "tea-is-made-with-hot-water")
    assert "Certainty: Low, as kitchen-notebook states it for: taste" in shown
    assert "words of it were written by a machine" in " ".join(shown.split())
    assert "tags     tea" in shown
    assert "notes    A remark." in shown
    assert '"label": "Low"' in output("show", "tea-is-made-with-hot-water", "--format", "json")


def test_a_caveat_on_words_of_the_document_and_one_on_nothing(project: Path) -> None:
    path = project / "claims/tea-note/calmer-60-percent-2019.yaml"
    quoted = 'basis: {quote: {exact: "felt calmer"}}'
    text = path.read_text().replace("basis: {evidence: journal-of-warm-drinks-2019}", quoted)
    path.write_text(text.replace("    basis: {claim: tea-note/tea-may-not-calm-everyone}\n", ""))
    shown = output("show", "calmer-60-percent-2019")
    assert "rests on words of the document: “felt calmer”" in shown
    assert "rests on nothing that the record names" in shown


def test_evidence_and_source_show_what_else_they_hold(project: Path) -> None:
    path = project / "claims/evidence/kitchen-notebook.yaml"
    more = "identifiers: {doi: 10.1000/x, registry: [NCT00000000]}\ncertainty_stated: Low for taste.\npopulation:"
    text = (
        path.read_text().replace("population:", more).replace("how: full-text", "how: full-text\n  detail: all of it")
    )
    path.write_text(text)
    shown = output("show", "kitchen-notebook")
    for words in (
        "DOI         10.1000/x",
        "registered  NCT00000000",
        "Certainty it states",
        "full text seen; all of it",
    ):
        assert words in shown
    source = project / "claims/sources/tea-note.yaml"
    copy = "copies:\n  - {url: https://www.example.org/tea, on: 2026-01-05, note: Copied}\n"
    more = f"publisher: Nobody\npublished: 2026-01-01\n{copy}rights:"
    source.write_text(source.read_text().replace("rights:", more))
    shown = output("show", "tea-note")
    for words in (
        "publisher  Nobody",
        "published  2026-01-01",
        "Copies elsewhere",
        "https://www.example.org/tea: Copied",
    ):
        assert words in shown


def test_no_character_of_a_record_steers_the_terminal(project: Path) -> None:
    path = project / "claims/tea-note/tea-is-made-with-hot-water.yaml"
    hostile = '"Tea \\u202Eis\\u200B made by"'
    plain = "Tea is made by pouring hot water over dried leaves."
    path.write_text(path.read_text().replace(f"statement: {plain}", f"statement: {hostile}"))
    for words in (("show", "tea-is-made-with-hot-water"), ("list",)):
        shown = run(*words).stdout
        assert not {"\x1b", "\u200b", "\u202e"} & set(shown)
        assert "Tea <U+202E>is" in shown


def test_evidence_as_json_names_the_claims_that_cite_it(project: Path) -> None:
    shown = json.loads(output("show", "kitchen-notebook", "--format", "json"))
    assert (shown["kind"], shown["record"]["id"]) == ("evidence", "kitchen-notebook")
    assert shown["cited_by"] == ["tea-note/tea-is-made-with-hot-water"]


def test_ids_complete_from_file_names_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    from kbtool.cli.browse import record_ids, show

    for path in (project / "claims/tea-note").iterdir():
        path.write_bytes(b"\xff")
    context = click.Context(show)
    argument = show.params[0]
    assert record_ids(context, argument, "tea-m") == ["tea-may-not-calm-everyone"]
    assert record_ids(context, argument, "tea-note/c") == ["tea-note/calmer-60-percent-2019"]
    assert record_ids(context, argument, "k") == ["kitchen-notebook"]
    monkeypatch.chdir("/")
    assert record_ids(context, argument, "k") == []
