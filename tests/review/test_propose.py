"""From the files as they are to a governance file with enough signatures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.model.base_config import LogKey, Root, RootKey
from kbtool.review.dsse import Envelope, write_envelope
from kbtool.review.edits import Refusal
from kbtool.review.pin import pinned
from kbtool.review.propose import (
    Proposal,
    chain_of,
    governance_files,
    out_of_date,
    propose,
    read_proposal,
    signed_by,
    tallies,
)
from kbtool.yamlsource.parse import LIMIT
from tests.review.scratch import (
    CLINICIAN,
    DAY,
    DENIAL,
    LOG,
    ROOTS,
    STRANGER,
    TRIAL,
    approved,
    checkpointed,
    decided,
    faults,
    key_of,
    knowledge,
    public_of,
    reviewed_base,
    standing,
    state,
)
from tests.rules.bases import Base, edited, tiny_base

TWO, NINE = "name: Example Reviewer Two", "name: Example Reviewer Nine"


def proposed(base: Base) -> Proposal:
    """The proposal to agree on the base as it is."""
    index = knowledge(base)
    made = propose(index, index.config.model, "Made up.", DAY, "kbtool tests")
    assert isinstance(made, Proposal), made.message
    return made


def signed(proposal: Proposal, base: Base, *names: str) -> Proposal:
    """The proposal signed by the keys of these names."""
    for name in names:
        made = signed_by(proposal, key_of(name), chain_of(knowledge(base)))
        assert isinstance(made, Proposal), made.message
        proposal = made
    return proposal


def agreed(base: Base, *names: str) -> dict[str, bytes]:
    """The base with its state agreed by the keys of these names."""
    edits = governance_files(signed(proposed(base), base, *names), knowledge(base))
    return dict(base) | {edit.name: edit.content for edit in edits}


def refusal(found: object) -> str:
    """The words of a refusal, which says what to do."""
    assert isinstance(found, Refusal)
    assert found.hint
    return found.message


def changed() -> dict[str, bytes]:
    """The base with a change of reviewers that nobody agreed to."""
    return edited(reviewed_base(), "reviewers.yaml", TWO, NINE)


def test_a_change_that_enough_root_keys_signed_is_agreed() -> None:
    assert {rule for rule, _ in faults(changed())} == {"ungoverned-change"}
    assert faults(agreed(changed(), *ROOTS)) == set()


@pytest.mark.parametrize("names", [ROOTS[:1], ()])
def test_fewer_signatures_than_the_threshold_agree_on_nothing(names: tuple[str, ...]) -> None:
    base = changed()
    (tally,) = tallies(signed(proposed(base), base, *names), chain_of(knowledge(base)))
    assert (tally.have, tally.missing) == (names, 2 - len(names))
    assert {rule for rule, _ in faults(agreed(base, *names))} == {"governance-unsigned"}


def test_only_root_keys_sign() -> None:
    assert "is no root key" in refusal(signed_by(proposed(changed()), key_of(LOG), chain_of(knowledge(changed()))))


def test_signing_twice_is_signing_once() -> None:
    base = changed()
    assert signed(proposed(base), base, ROOTS[0], ROOTS[0]) == signed(proposed(base), base, ROOTS[0])


def test_a_proposal_reads_back_as_it_was_written() -> None:
    base = changed()
    made = signed(proposed(base), base, ROOTS[0])
    assert read_proposal(made.raw) == made


@pytest.mark.parametrize(
    "raw",
    [
        b"nothing",
        write_envelope(Envelope(b"{}", "text/plain")),
        write_envelope(Envelope(b"{}", "application/vnd.in-toto+json")),
    ],
)
def test_what_is_no_proposal(raw: bytes) -> None:
    assert refusal(read_proposal(raw)).startswith("the file is no proposal: ")


def test_a_rotation_of_root_keys_takes_the_old_and_the_new_ones() -> None:
    """The way of TUF's root."""
    base = edited(reviewed_base(), "kb.yaml", public_of(ROOTS[1]), public_of("root-three"))
    old, new = tallies(proposed(base), chain_of(knowledge(base)))
    assert (old.missing, new.missing) == (2, 2)
    assert {r for r, _ in faults(agreed(base, ROOTS[0], "root-three"))} == {"governance-unsigned"}
    assert {r for r, _ in faults(agreed(base, *ROOTS))} == {"governance-unsigned"}
    assert faults(agreed(base, *ROOTS, "root-three")) == set()


def test_a_revoked_key_is_named_once() -> None:
    """A revoked key's decision counts only if it was logged before the revocation."""
    base = approved(reviewed_base(), TRIAL)
    logged = checkpointed(base)
    since = f"public: {public_of(CLINICIAN)}\n        since: 2026-01-16\n"
    revoked = edited(logged, "reviewers.yaml", since, since + "        revoked: 2026-01-25\n")
    assert proposed(revoked).statement.predicate.revokes == (key_of(CLINICIAN).public().key_id(),)
    done = agreed(revoked, *ROOTS)
    assert faults(done) == set()
    assert standing(done, TRIAL) == "approved"
    assert standing(checkpointed(done), TRIAL) == "approved"
    later = decided(done, DENIAL, "dispute", CLINICIAN, note="by a thief")
    assert {rule for rule, _ in faults(later)} == {"key-not-valid-then"}
    again = edited(done, "reviewers.yaml", TWO, NINE)
    assert proposed(again).statement.predicate.revokes == ()


def test_a_decision_that_waited_when_its_key_was_revoked_does_not_count() -> None:
    base = approved(checkpointed(reviewed_base()), TRIAL)
    since = f"public: {public_of(CLINICIAN)}\n        since: 2026-01-16\n"
    done = agreed(edited(base, "reviewers.yaml", since, since + "        revoked: 2026-01-25\n"), *ROOTS)
    assert {rule for rule, _ in faults(done)} == {"key-not-valid-then"}
    assert {rule for rule, _ in faults(checkpointed(done))} == {"key-not-valid-then"}
    assert standing(checkpointed(done), TRIAL) == "in-review"


def test_a_revocation_may_name_an_earlier_day() -> None:
    """What the log took up after the day on which the key was lost no longer counts."""
    base = checkpointed(approved(reviewed_base(), TRIAL))
    since = f"public: {public_of(CLINICIAN)}\n        since: 2026-01-16\n"
    done = agreed(edited(base, "reviewers.yaml", since, since + "        revoked: 2026-01-18\n"), *ROOTS)
    assert {rule for rule, _ in faults(done)} == {"key-not-valid-then"}


def test_a_key_that_is_taken_off_the_revoked_ones_stays_revoked() -> None:
    base = reviewed_base()
    since = f"public: {public_of(CLINICIAN)}\n        since: 2026-01-16\n"
    done = agreed(edited(base, "reviewers.yaml", since, since + "        revoked: 2026-01-25\n"), *ROOTS)
    back = agreed(edited(done, "reviewers.yaml", "        revoked: 2026-01-25\n", ""), *ROOTS)
    assert {r for r, _ in faults(decided(back, DENIAL, "dispute", CLINICIAN, note="x"))} == {"key-not-valid-then"}


def test_nothing_is_proposed_where_nothing_changed() -> None:
    index = knowledge(reviewed_base())
    assert "nothing has changed" in refusal(propose(index, index.config.model, "x", DAY, "t"))


ONE = RootKey(name="one", public=public_of("root-one"))


@pytest.mark.parametrize(
    ("root", "words"),
    [
        (Root(), "pins no root keys"),
        (Root(keys=(RootKey(name="one", public="?"),)), "is not base64"),
        (Root(keys=(ONE, ONE)), "the same name or are the same key"),
        (Root(keys=(ONE, ONE.model_copy(update={"name": "two"}))), "the same name or are the same key"),
        (Root(keys=(ONE,), threshold=2), "is not from 1 to 1"),
        (Root(keys=(ONE,), threshold=0), "is not from 1 to 1"),
    ],
)
def test_a_root_that_could_not_be_used(root: Root, words: str) -> None:
    index = knowledge(reviewed_base())
    assert words in refusal(propose(index, index.config.model.model_copy(update={"root": root}), "x", DAY, "t"))


def test_a_proposal_is_not_signed_for_another_state() -> None:
    base = changed()
    made, index = proposed(base), knowledge(base)
    assert out_of_date(made, index, index.config.model) is None
    for found, words in (
        (
            knowledge(edited(base, "reviewers.yaml", NINE, "name: Example Reviewer Ten")),
            "another state of reviewers.yaml",
        ),
        (knowledge(agreed(base, *ROOTS)), "is number 2, and the next would be 3"),
    ):
        assert words in refusal(out_of_date(made, found, found.config.model))
    other = index.config.model.model_copy(update={"root": Root(keys=(ONE,))})
    assert "another state of the keys in kb.yaml" in refusal(out_of_date(made, index, other))
    forked = replace(
        made,
        statement=made.statement.model_copy(
            update={"predicate": made.statement.predicate.model_copy(update={"previous": "0" * 64})}
        ),
    )
    assert "follows another state" in refusal(out_of_date(forked, index, index.config.model))
    more = made.statement.predicate.model_copy(update={"revokes": ("0" * 64,)})
    wrong = replace(made, statement=made.statement.model_copy(update={"predicate": more}))
    assert "revokes other keys" in refusal(out_of_date(wrong, index, index.config.model))


def test_the_first_ceremony_pins_the_keys_behind_what_stands_there() -> None:
    base = reviewed_base() | {"kb.yaml": tiny_base()["kb.yaml"]}
    base = {name: raw for name, raw in base.items() if not name.startswith("governance/")}
    config = knowledge(reviewed_base()).config.model
    text = pinned(base["kb.yaml"], config.root, config.log)
    assert isinstance(text, bytes)
    assert text.startswith(base["kb.yaml"])
    done = base | {"kb.yaml": text}
    assert knowledge(done).config.model == config
    assert {rule for rule, _ in faults(done)} == {"ungoverned-change"}
    assert faults(agreed(done, *ROOTS)) == set()
    assert state(agreed(done, *ROOTS)).governance is not None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"title: x\nroot:\n  threshold: 1\n", "has a block 'root' already"),
        (b"title: x\nlog:\n  origin: y\n", "has a block 'log' already"),
        (b"- x\n", "cannot be read"),
    ],
)
def test_what_cannot_be_pinned(raw: bytes, words: str) -> None:
    assert words in refusal(pinned(raw, Root(keys=(ONE,)), None))


def test_a_kb_yaml_that_is_full_is_left_alone() -> None:
    full = b"title: x\n"
    full += b"# filler\n" * ((LIMIT - len(full)) // len(b"# filler\n"))
    assert "cannot be written behind" in refusal(pinned(full, Root(keys=(ONE,)), None))


def test_a_log_name_that_yaml_cannot_hold() -> None:
    log = LogKey.model_construct(origin="a\0b", public="x")
    assert "cannot be written into kb.yaml" in refusal(pinned(b"title: x\n", Root(keys=(ONE,)), log))


def test_a_stranger_cannot_sign_a_rotation_in() -> None:
    """Loosening what an approval takes, or adding a key, without the root keys is caught."""
    base = edited(reviewed_base(), "kb.yaml", public_of(ROOTS[1]), public_of(STRANGER))
    assert {r for r, _ in faults(agreed(base, ROOTS[0], STRANGER))} == {"governance-unsigned"}


def test_a_key_of_an_earlier_root_that_is_none_signs_nothing() -> None:
    made = proposed(changed())
    broken = Root(keys=(RootKey(name="one", public="?"), ONE), threshold=2)
    predicate = made.statement.predicate.model_copy(update={"root": broken})
    other = replace(made, statement=made.statement.model_copy(update={"predicate": predicate}))
    base = {name: raw for name, raw in changed().items() if not name.startswith("governance/")}
    (tally,) = tallies(signed(other, base, ROOTS[0]), ())
    assert (tally.have, tally.missing) == (("one",), 1)
