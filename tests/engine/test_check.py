"""The engine: everything counted, findings placed and weighed, a failing rule reported and outlived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kbtool.diagnostics import INTERNAL_ERROR, ExitStatus, Finding, Severity, exit_status
from kbtool.engine.check import check
from kbtool.model.claim import ClaimBase
from kbtool.rules import BASE_RULES, CLAIM_RULES, EVIDENCE_RULES, RULES, SOURCE_RULES
from kbtool.rules.context import BaseFinding, BaseView, Cited
from kbtool.rules.rule import rule
from tests.rules.bases import AS_OF, POLICY, VOCABULARY, diagnose, edited, loaded, tiny_base

CLAIM = "plumberry-tea/may-not-relieve.yaml"


@rule(Severity.ERROR)
def failing_rule(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """It fails on every claim.

    Why: to see what becomes of the others.

    Mend: not at all.
    """
    yield Finding((), f"{cited.quoted} of {claim.id}", hint=str(1 // len(cited.quoted[:0])))


@rule(Severity.ERROR)
def failing_base_rule(view: BaseView) -> Iterator[BaseFinding]:
    """It fails on every base.

    Why: to see what becomes of the others.

    Mend: not at all.
    """
    yield BaseFinding("no-such-file.yaml", Finding((), f"as of {view.as_of}"))


def test_a_rule_that_fails_is_reported_on_each_record_and_hides_no_other() -> None:
    base = loaded(edited(tiny_base(), CLAIM, "polarity: denied", "polarity: asserted"))
    broken = replace(RULES, claim=(failing_rule, *CLAIM_RULES), base=(failing_base_rule, *BASE_RULES))
    found = check(base, AS_OF, broken).diagnostics
    failures = [(d.location.file, d.subject) for d in found if d.rule == INTERNAL_ERROR]
    assert failures == [
        ("kb.yaml", "kb"),
        (CLAIM, "plumberry-tea/may-not-relieve"),
        ("plumberry-tea/restated-at-the-end.yaml", "plumberry-tea/restated-at-the-end"),
        ("plumberry-tea/trial-of-two-doses.yaml", "plumberry-tea/trial-of-two-doses"),
    ]
    assert [d for d in found if d.rule != INTERNAL_ERROR] == list(check(base, AS_OF).diagnostics)
    assert exit_status(found) is ExitStatus.BUG
    assert "rule 'failing-rule' failed on this record: ZeroDivisionError" in found[1].message


def test_every_check_is_counted() -> None:
    base = loaded(tiny_base())
    expected = 3 * len(CLAIM_RULES) + 2 * len(EVIDENCE_RULES) + len(SOURCE_RULES) + len(BASE_RULES)
    assert check(base, AS_OF).checks == base.checks + expected
    assert base.checks == base.records * 3 + 1


def test_an_empty_base_has_nothing_but_its_own_checks() -> None:
    empty = {name: raw for name, raw in tiny_base().items() if name in {"kb.yaml", VOCABULARY, POLICY}}
    checked = check(loaded(empty), AS_OF)
    assert checked.diagnostics == ()
    assert checked.checks == 3 * 3 + len(BASE_RULES)


@pytest.mark.parametrize("name", ["kb.yaml", VOCABULARY, POLICY])
@pytest.mark.parametrize("raw", [b"", b"\xff", b"title: x\n", None])
def test_without_configuration_vocabulary_or_policy_no_rule_runs_and_files_are_still_read(
    name: str, raw: bytes | None
) -> None:
    base = tiny_base() | {"plumberry-tea/extra.yaml": b"id: [\n"}
    base = {k: v for k, v in base.items() if k != name} | ({} if raw is None else {name: raw})
    read = loaded(base)
    checked = check(read, AS_OF)
    assert read.base is None
    assert checked.checks == read.checks
    assert {d.location.file for d in checked.diagnostics} == {"plumberry-tea/extra.yaml"} | (
        {name} if raw is not None else set()
    )


def test_the_policy_weighs_rules_that_are_not_locked() -> None:
    policy = b"severities: {quote-over-sentences: error, caveat-repeated: off, quote-not-in-source: off}\n"
    text = tiny_base()[CLAIM].decode()
    doubled = text.replace(
        "evidence:\n  - ref",
        "  - kind: incomplete-picture\n    text: One trial of 40 people is all there is.\n"
        "    basis:\n      evidence: made-up-review\nevidence:\n  - ref",
    ).replace("exact: Plumberry tea may not", "exact: Plumberry tea may never not")
    found = diagnose(tiny_base() | {POLICY: policy, CLAIM: doubled.encode()})
    weights = {d.rule: d.severity for d in found}
    assert "caveat-repeated" not in weights
    assert weights["quote-not-in-source"] is Severity.ERROR


def test_a_quote_that_stands_in_another_text_says_where() -> None:
    base = tiny_base()
    other = base["sources/plumberry-tea.yaml"].replace(b"document: plumberry-tea", b"document: other-note")
    words = b"Words of another note.\n"
    import hashlib

    text_name = next(name for name in base if name.endswith(".txt"))
    digest = hashlib.sha256(words).hexdigest()
    other = other.replace(text_name.rsplit("/", 1)[1].removesuffix(".txt").encode(), digest.encode())
    base |= {"sources/other-note.yaml": other, f"sources/other-note/{digest}.txt": words}
    base = edited(base, CLAIM, "exact: Plumberry tea may not relieve hiccups", "exact: Words of another note")
    hints = [d.hint for d in diagnose(base) if d.rule == "quote-not-in-source"]
    assert [hint.endswith("; the words stand in 'other-note'") for hint in hints] == [True]


def test_a_related_place_is_given_by_file_and_line() -> None:
    base = edited(tiny_base(), CLAIM, "  rating: supported", "  rating: unverifiable")
    related = [d.related for d in diagnose(base) if d.rule == "restated-claims-disagree"]
    assert sorted((place.file, place.line, remark) for ((place, remark),) in related) == [
        (CLAIM, 31, "the other rating"),
        ("plumberry-tea/restated-at-the-end.yaml", 31, "the other rating"),
    ]
