"""A slip that two rules find is said once."""

from __future__ import annotations

from kbtool.report.said_once import said_once
from tests.rules.bases import Base, diagnose, edited, tiny_base

OTHER_FILE = "plumberry-tea/may-not-relieve.yaml"


def said(base: Base) -> list[tuple[str, str]]:
    """Rule and hint of what is left."""
    return [(d.rule, d.hint) for d in said_once(diagnose(base)) if d.location.file == OTHER_FILE]


def test_a_misspelt_key_is_not_missing_too() -> None:
    base = edited(tiny_base(), OTHER_FILE, "\nstatement: ", "\nstatment: ")
    assert {d.rule for d in diagnose(base) if d.location.file == OTHER_FILE} == {"schema-missing", "schema-unknown-key"}
    assert said(base) == [("schema-unknown-key", "did you mean 'statement'? the record needs that key")]


def test_a_misspelt_key_deep_in_a_record_is_not_missing_too() -> None:
    base = edited(tiny_base(), OTHER_FILE, "    stated_by:", "    statedby:")
    assert said(base) == [("schema-unknown-key", "did you mean 'stated_by'? the record needs that key")]


def test_a_key_that_is_missing_elsewhere_is_said() -> None:
    base = edited(tiny_base(), OTHER_FILE, "\nstatement: Plumberry tea may not relieve hiccups.", "")
    base = edited(base, OTHER_FILE, "\nverdict:\n", "\nverdict:\n  statment: x\n")
    assert [rule for rule, _ in said(base)].count("schema-missing") == 1


def test_a_key_that_is_like_none_leaves_the_missing_one() -> None:
    base = edited(tiny_base(), OTHER_FILE, "\nstatement: ", "\nzzz: ")
    assert {rule for rule, _ in said(base)} == {"schema-missing", "schema-unknown-key"}


def _needing(base: Base, kind: str, *, on: str) -> dict[str, bytes]:
    """The base with a policy that asks for a caveat of a kind on claims of a polarity."""
    need = f"caveats:\n  - when: {{polarity: {on}}}\n    any_of: [{kind}]\n    why: Made up.\n"
    return edited(base, "schema/policy.yaml", "caveats:\n", need)


def test_a_misspelt_kind_of_caveat_is_not_missing_too() -> None:
    base = _needing(tiny_base(), "limited-evidence", on="denied")
    base = edited(base, OTHER_FILE, "kind: limited-evidence", "kind: limited-evidense")
    found = {d.rule for d in diagnose(base) if d.location.file == OTHER_FILE}
    assert {"caveat-missing", "unknown-term"} <= found
    assert ("unknown-term", "did you mean 'limited-evidence'? policy asks for that caveat here") in said(base)
    assert "caveat-missing" not in {rule for rule, _ in said(base)}


def test_another_caveat_that_is_missing_is_said() -> None:
    base = _needing(tiny_base(), "off-label-use", on="denied")
    base = edited(base, OTHER_FILE, "kind: limited-evidence", "kind: limited-evidense")
    assert "caveat-missing" in {rule for rule, _ in said(base)}


def test_a_misspelt_term_that_is_no_caveat_explains_none() -> None:
    base = _needing(tiny_base(), "off-label-use", on="denied")
    base = edited(base, OTHER_FILE, "stance: supports", "stance: suports")
    assert {"caveat-missing", "unknown-term"} <= {rule for rule, _ in said(base)}


def test_what_is_found_once_stays_as_it_is() -> None:
    assert said_once(()) == ()
    base = edited(tiny_base(), OTHER_FILE, "stance: supports", "stance: suports")
    found = diagnose(base)
    assert said_once(found) == found
