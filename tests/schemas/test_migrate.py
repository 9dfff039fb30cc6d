"""Migrations: from a made-up past of the record format to the one that the models read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model.base import SCHEMA_VERSION
from kbtool.records.assemble import Files, assemble
from kbtool.schemas.after_migration import to_be_agreed, unsettled
from kbtool.schemas.migrate import Migrated, MigrationFault, NotMigrated, migrate
from kbtool.schemas.migration import Change, Document, Migration, RecordFormat
from kbtool.schemas.migrations import FIRST_VERSION, MIGRATIONS
from kbtool.schemas.migrations import FORMAT as SHIPPED
from kbtool.schemas.rename_key import RenameError, rename_key
from kbtool.yamlsource.parse import parse
from tests.probe.bases import files_of
from tests.review.scratch import AS_OF, DENIAL, TRIAL, approved, checkpointed, reviewed_base, synced
from tests.rules.bases import POLICY, VOCABULARY, Base, diagnose, tiny_base
from tests.schemas.older import FORMAT, OTHER_WORDS, as_first, as_second, in_version

TRIAL_FILE = f"{TRIAL}.yaml"
REVIEW_FILE = "evidence/made-up-review.yaml"


def done(base: Base, known: RecordFormat = FORMAT, to: int = 3) -> Migrated:
    found = migrate(files_of(base), known, to)
    assert isinstance(found, Migrated), found
    return found


def refused(base: Base, known: RecordFormat = FORMAT, to: int = 3) -> NotMigrated:
    found = migrate(files_of(base), known, to)
    assert isinstance(found, NotMigrated), found
    return found


def after(base: Base, made: Migrated) -> dict[str, bytes]:
    return dict(base) | {each.file.shown: each.content for each in made.rewritten}


def test_there_is_a_migration_from_every_version_that_was_ever_published() -> None:
    assert [migration.before for migration in MIGRATIONS] == list(range(FIRST_VERSION, SCHEMA_VERSION))
    assert SHIPPED.version == SCHEMA_VERSION


def test_a_base_goes_all_the_way_and_is_read_there() -> None:
    made = done(as_first(tiny_base()))
    assert [(step.before, step.after) for step in made.steps] == [(1, 2), (2, 3)]
    assert (made.before, made.after) == (1, 3)
    assert made.loaded is not None
    assert made.loaded.base is not None
    assert made.loaded.base.claims.keys() == assemble(files_of(tiny_base())).base.claims.keys()  # type: ignore[union-attr]
    assert {each.file.shown for each in made.rewritten if each.in_schema_folder} == {POLICY}


def test_comments_and_all_other_bytes_stay() -> None:
    """It leaves comments and the layout of untouched values as they are."""
    base = as_first(tiny_base())
    for name, raw in after(base, done(base)).items():
        expected = base[name].replace(b"\nwritten:", b"\ndrafted:").replace(b"\nlooked_up:", b"\nchecked:")
        expected = expected.replace(b"\nweights:", b"\nseverities:").replace(b"  version: 1\n", b"  version: 3\n")
        assert raw == expected, name


def test_files_without_a_change_are_not_rewritten() -> None:
    made = done(as_second(tiny_base()))
    assert {each.file.shown for each in made.rewritten} == {
        "kb.yaml",
        REVIEW_FILE,
        "evidence/made-up-trial.yaml",
    }


def test_a_migrated_base_has_nowhere_to_go() -> None:
    base = as_first(tiny_base())
    again = done(after(base, done(base)))
    assert (again.steps, again.rewritten) == ((), ())


def test_a_base_that_was_left_half_way_ends_in_the_same_state() -> None:
    """A second run ends in the same state: applying a migration to a file twice is applying it once."""
    base = as_first(tiny_base())
    whole = after(base, done(base))
    half = base | {POLICY: whole[POLICY], TRIAL_FILE: whole[TRIAL_FILE]}
    assert after(half, done(half)) == whole


def test_a_version_in_between_is_reached_and_not_read() -> None:
    base = as_first(tiny_base())
    made = done(base, to=2)
    assert made.loaded is None
    assert after(base, made)["kb.yaml"] == in_version(base, 2)["kb.yaml"]
    assert b"\nlooked_up:" in after(base, made)[REVIEW_FILE]
    assert (list(unsettled(made, AS_OF)), to_be_agreed(made)) == ([], ())


REFUSALS = {
    "newer than the tool": (in_version(tiny_base(), 9), 3, "the base is in version 9", "upgrade kbtool"),
    "a version to come": (as_first(tiny_base()), 4, "there is no version 4", "the newest is 3"),
    "backwards": (in_version(tiny_base(), 3), 2, "in version 3 already, and 2 is older", "forward only"),
    "no way": (in_version(tiny_base(), 0), 3, "no migration leads from version 0 to version 3", "may be wrong"),
    "no version": (
        tiny_base() | {"kb.yaml": tiny_base()["kb.yaml"].replace(b"  version: 1\n", b"")},
        3,
        "does not say which version",
        "write 'version:'",
    ),
    "no number": (
        tiny_base() | {"kb.yaml": tiny_base()["kb.yaml"].replace(b"version: 1", b"version: one")},
        3,
        "does not say which version",
        "write 'version:'",
    ),
    "no configuration": (
        {name: raw for name, raw in tiny_base().items() if name != "kb.yaml"},
        3,
        "does not say which version",
        "write 'version:'",
    ),
}


@pytest.mark.parametrize(("base", "to", "message", "hint"), REFUSALS.values(), ids=REFUSALS)
def test_what_has_no_way_is_refused(base: Base, to: int, message: str, hint: str) -> None:
    why = refused(base, to=to)
    assert message in why.message
    assert hint in why.hint
    assert why.problems == ()


def test_every_file_that_needs_a_person_is_named_at_its_place() -> None:
    """One bad record never hides another."""
    base = as_first(tiny_base())
    for name in (REVIEW_FILE, "evidence/made-up-trial.yaml"):
        base[name] += b"checked:\n  on: 2026-01-12\n  how: Made up.\n"
    why = refused(base)
    assert why.message == "2 files cannot go from version 2 to 3 without a person"
    assert [(p.location.file, p.hint) for p in why.problems] == [
        (REVIEW_FILE, "keep one of the two"),
        ("evidence/made-up-trial.yaml", "keep one of the two"),
    ]
    line = base[REVIEW_FILE].decode().split("\n").index("looked_up:") + 1
    assert why.problems[0].location.line == line + 1  # the mapping below the key


def test_a_file_that_is_no_yaml_of_the_subset_is_named() -> None:
    base = as_first(tiny_base()) | {TRIAL_FILE: b"id: [\n"}
    why = refused(base)
    assert [(p.location.file, p.rule) for p in why.problems] == [(TRIAL_FILE, "yaml-syntax")]


def test_a_record_that_the_models_refuse_afterwards_is_named() -> None:
    """Every record is migrated and checked in memory first; then all are written."""
    base = as_first(tiny_base())
    base[TRIAL_FILE] = base[TRIAL_FILE].replace(b"polarity: asserted\n", b"")
    why = refused(base)
    assert "cannot read the base: 1 problem" in why.message
    assert [(p.location.file, p.rule) for p in why.problems] == [(TRIAL_FILE, "schema-missing")]


def test_what_is_no_matter_of_the_format_stops_nothing() -> None:
    base = as_first(tiny_base()) | {"stray.yaml": b"x: y\n"}
    assert "stray.yaml" not in {each.file.shown for each in done(base).rewritten}


def test_a_base_without_a_policy_file_is_refused_by_the_models_alone() -> None:
    files = files_of(as_first(tiny_base()))
    found = migrate(Files(files.base, None, None), FORMAT, 3)
    assert isinstance(found, Migrated)
    assert found.loaded is not None
    assert found.loaded.base is None
    assert (list(unsettled(found, AS_OF)), to_be_agreed(found)) == ([], ())


def migration_by(change: Change) -> RecordFormat:
    return RecordFormat(3, (Migration(2, "wrong", {"evidence": change}),))


def _twice(document: Document) -> str:
    return f"{document.text}tags{len(document.text)}: []\n"


FAULTS: dict[str, tuple[Change, str]] = {
    "no YAML": (lambda d: f"{d.text}[", "gives what cannot be read"),
    "a comment lost": (lambda d: d.text.replace("# by hand\n", ""), "loses a comment"),
    "another thing each time": (_twice, "gives something else when it is applied again"),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_a_migration_that_breaks_its_rules_is_a_bug(change: Change, message: str) -> None:
    with pytest.raises(MigrationFault, match=message):
        migrate(files_of(as_second(tiny_base())), migration_by(change), 3)


def approved_base() -> Base:
    return synced(checkpointed(approved(reviewed_base(), DENIAL)))


def test_a_migration_that_only_renames_keys_keeps_every_approval() -> None:
    """One that only renames keys must prove that by equal reviewed content."""
    base = in_version(approved_base(), 2)
    base = base | {n: as_second(tiny_base())[n] for n in base if n.startswith("evidence/")}
    made = done(base)
    assert list(unsettled(made, AS_OF)) == []
    assert to_be_agreed(made) == ()


def test_a_migration_that_changes_what_was_approved_names_the_claims() -> None:
    """A migration that changes what a reviewer saw makes the claim need review."""
    made = done(in_version(approved_base(), 2), OTHER_WORDS)
    assert [each.claim for each in unsettled(made, AS_OF)] == [DENIAL]
    assert "changed" in next(unsettled(made, AS_OF)).why
    kept = {name for name in approved_base() if name.startswith(("decisions/", "reviewed/", "governance/", "log/"))}
    assert not kept & {each.file.shown for each in made.rewritten}


def test_root_keys_must_agree_anew_on_what_they_signed() -> None:
    assert to_be_agreed(done(as_first(reviewed_base()))) == ("policy.yaml",)
    assert to_be_agreed(done(as_first(tiny_base()))) == ()


@pytest.mark.parametrize(
    ("version", "hint"),
    [(0, "run 'kbtool migrate --dry-run'"), (SCHEMA_VERSION + 1, "upgrade kbtool")],
)
def test_a_check_of_another_version_says_one_thing_and_what_to_do(version: int, hint: str) -> None:
    """A base in any other version gets one clear diagnostic, `schema-version`, and no guesses."""
    base = in_version(tiny_base(), version) | {TRIAL_FILE: b"of: another form\n"}
    (only,) = diagnose(base)
    assert (only.rule, only.location.file, only.path) == ("schema-version", "kb.yaml", ("schema", "version"))
    assert base["kb.yaml"].decode().split("\n")[only.location.line - 1] == f"  version: {version}"
    assert hint in only.hint


RENAMES = {
    "at the top": ("old: 1\nb: 2\n", ("old",), "new: 1\nb: 2\n"),
    "with comments": ("# a\nold: '1' # b\n", ("old",), "# a\nnew: '1' # b\n"),
    "in a list": ("a:\n  - {old: x}\n  - {old: y}\n", ("a", 1, "old"), "a:\n  - {old: x}\n  - {new: y}\n"),
    "deep": ('a:\n  b:\n    "old": |-\n      old: x\n', ("a", "b", "old"), "a:\n  b:\n    new: |-\n      old: x\n"),
    "not there": ("a: 1\n", ("old",), "a: 1\n"),
    "not on the way": ("a: 1\n", ("a", "old"), "a: 1\n"),
}


@pytest.mark.parametrize(("text", "path", "expected"), RENAMES.values(), ids=RENAMES)
def test_a_key_is_renamed_and_nothing_else(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert rename_key(text, path, "new") == expected


@pytest.mark.parametrize(
    ("text", "path"), [("old: 1\nnew: 2\n", ("old",)), ("a:\n  - {old: 1, new: 2}\n", ("a", 0, "old"))]
)
def test_a_name_that_is_taken_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(RenameError, match="cannot be called 'new'"):
        rename_key(text, path, "new")


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(("x", "'#'", "|-\n  a: b", "[p, q]")), min_size=1))
def test_renaming_there_and_back_gives_the_same_bytes(data: dict[str, str]) -> None:
    """The text with the key called otherwise: nothing else of the text changes."""
    text = "".join(f"{key}: {value}\n" for key, value in data.items())
    first = next(iter(data))
    there = rename_key(text, (first,), "other")
    assert list(parse(there.encode()).data or {}) == ["other", *list(data)[1:]]
    assert rename_key(there, ("other",), first) == text


def test_vocabulary_and_policy_can_be_migrated() -> None:
    def noted(document: Document) -> str:
        return document.text if document.text.startswith("# seen") else f"# seen\n{document.text}"

    known = RecordFormat(3, (Migration(2, "noted", {"vocabulary": noted, "policy": noted}),))
    changed = {each.file.shown: each for each in done(in_version(tiny_base(), 2), known).rewritten}
    assert changed.keys() == {"kb.yaml", VOCABULARY, POLICY}
    assert changed[VOCABULARY].content.startswith(b"# seen\n")
