"""Granting a waiver: what it covers, and when there can be none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kbtool.review.edits import Refusal
from kbtool.review.waiving import Asked, Granted, waive
from kbtool.rules import PAGES
from tests.review.scratch import AS_OF, DENIAL, EDITOR, knowledge, reviewed_base
from tests.rules.bases import Base, diagnose, edited, loaded

LOCKED = {name: page.locked for name, page in PAGES.items()}
RULE, EVIDENCE = "unused-evidence", "left-out"
UNTIL = date(2026, 3, 1)


def untidy() -> dict[str, bytes]:
    """A base with evidence that no claim cites, which an unlocked rule finds."""
    base = reviewed_base()
    review = base["evidence/made-up-review.yaml"].decode().replace("id: made-up-review", f"id: {EVIDENCE}")
    return base | {f"evidence/{EVIDENCE}.yaml": review.encode()}


def asked(**changes: object) -> Asked:
    """A waiver for the evidence left out, with parts changed."""
    usual = {"rule": RULE, "record": EVIDENCE, "reason": "kept for later", "by": EDITOR, "on": AS_OF, "until": UNTIL}
    return Asked(**(usual | changes))  # type: ignore[arg-type]


def granted(base: Base, wish: Asked) -> Granted | Refusal:
    """What becomes of a wish."""
    return waive(wish, knowledge(base), diagnose(base), LOCKED)


def rules_on(base: Base, record: str, as_of: date = AS_OF) -> set[str]:
    """Rules that find something in a record."""
    return {d.rule for d in diagnose(base, as_of) if d.subject == record}


def test_a_waiver_silences_what_it_names_until_its_last_day() -> None:
    base = untidy()
    found = granted(base, asked())
    assert isinstance(found, Granted)
    assert [d.rule for d in found.silenced] == [RULE]
    after = base | {found.edit.name: found.edit.content}
    assert RULE in rules_on(base, EVIDENCE)
    assert RULE not in rules_on(after, EVIDENCE, UNTIL)
    assert RULE in rules_on(after, EVIDENCE, date(2026, 3, 2))
    assert "lapsed-waiver" in {d.rule for d in diagnose(after, date(2026, 3, 2))}
    assert "waiver" not in " ".join(d.rule for d in diagnose(after))


def test_a_waiver_is_for_one_content() -> None:
    base = untidy()
    found = granted(base, asked())
    assert isinstance(found, Granted)
    after = base | {found.edit.name: found.edit.content}
    changed = edited(after, f"evidence/{EVIDENCE}.yaml", "kind: systematic-review", "kind: randomised-trial")
    assert RULE in rules_on(changed, EVIDENCE)
    assert "lapsed-waiver" in {d.rule for d in diagnose(changed)}


def test_a_second_waiver_has_a_name_of_its_own() -> None:
    base = untidy()
    names = []
    for _ in range(3):
        found = waive(asked(), knowledge(base), diagnose(untidy()), LOCKED)
        assert isinstance(found, Granted)
        names.append(found.edit.name)
        base |= {found.edit.name: found.edit.content}
    stem = f"waivers/{RULE}-{EVIDENCE}"
    assert names == [f"{stem}.yaml", f"{stem}-2.yaml", f"{stem}-3.yaml"]
    assert "stray-file" not in {d.rule for d in loaded(base).diagnostics}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rule": "unused-evidense"}, "there is no rule 'unused-evidense'"),
        ({"rule": "?"}, "there is no rule '?'"),
        ({"rule": "quote-not-in-source"}, "is locked and cannot be waived"),
        ({"record": "nobody"}, "there is no claim or evidence 'nobody'"),
        ({"by": "nobody"}, "is no reviewer of this base"),
        ({"reason": " "}, "has no reason"),
        ({"until": date(2026, 1, 1)}, "before it begins"),
        ({"record": DENIAL}, "finds nothing in"),
        ({"reason": "a\0b"}, "cannot be written"),
    ],
)
def test_a_waiver_that_cannot_be(changes: dict[str, object], words: str) -> None:
    found = granted(untidy(), asked(**changes))
    assert isinstance(found, Refusal)
    assert words in found.message
    assert found.hint


def test_a_waiver_for_a_claim_names_its_content() -> None:
    base = untidy()
    other = next(d for d in diagnose(base) if d.rule == RULE)
    found = waive(asked(record=DENIAL), knowledge(base), [replace(other, subject=DENIAL)], LOCKED)
    assert isinstance(found, Granted)
    from kbtool.review.content import content_of

    index = knowledge(base)
    assert content_of(index.claims[DENIAL].model, index).digest.encode() in found.edit.content
