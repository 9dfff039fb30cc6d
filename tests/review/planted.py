"""Faults planted in a good reviewed base, one by one, with the rules that must find them and words of a message.

In the good base the denial and the trial are approved by both who must and the log holds it all; the tables add faults.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from kbtool.review.content import content_of
from kbtool.review.dsse import Envelope, read_envelope, write_envelope
from kbtool.review.log import CHECKPOINT, ENTRIES, OLDER, Entry, read_log
from tests.review.scratch import (
    CLINICIAN,
    DAY,
    DENIAL,
    DRAFTER,
    EDITOR,
    FIRST_DAY,
    LOG,
    RESTATED,
    ROOTS,
    STRANGER,
    TRIAL,
    approved,
    checkpointed,
    decide,
    decided,
    enveloped,
    governed,
    key_of,
    knowledge,
    public_of,
    relogged,
    review_statement,
    reviewed_base,
)
from tests.rules.bases import POLICY, Base, edited

_INTERESTS = f"""    interests:
      - on: {FIRST_DAY}
        statement: None; this person is made up.
  - id: editorial
"""

LATER = DAY + timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Planted:
    """A base with a fault, the rules that must find it and no other, and words of a message."""

    make: Callable[[], Base]
    rules: frozenset[str]
    says: str


def planted(make: Callable[[], Base], rules: str, says: str) -> Planted:
    """A fault with the names of its rules between blanks."""
    return Planted(make, frozenset(rules.split()), says)


@cache
def _good() -> Base:
    return checkpointed(approved(checkpointed(approved(reviewed_base(), DENIAL)), TRIAL), LATER)


def good() -> dict[str, bytes]:
    """The good base."""
    return dict(_good())


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def file_of(base: Base, prefix: str, number: int = 0) -> str:
    """The name of a file that begins so."""
    return sorted(name for name in base if name.startswith(prefix))[number]


def without(base: Base, *names: str) -> dict[str, bytes]:
    return {name: raw for name, raw in base.items() if name not in names}


def put(base: Base, claim: str, raw: bytes) -> dict[str, bytes]:
    """The base with bytes as a decision file on a claim, under their own digest."""
    return dict(base) | {f"decisions/{claim}/{digest(raw)}.json": raw}


def envelope_of(raw: bytes) -> Envelope:
    found = read_envelope(raw)
    assert isinstance(found, Envelope)
    return found


def rewrapped(make: Callable[[Envelope, Envelope], Envelope]) -> Base:
    """The good base with a decision on the restated claim made from two good ones; it is in nobody's log."""
    one = decide(good(), RESTATED, "approve", CLINICIAN, on=LATER)
    two = decide(good(), RESTATED, "comment", CLINICIAN, on=LATER, note="Another.")
    raw = write_envelope(make(envelope_of(one.base[one.file]), envelope_of(two.base[two.file])))
    kept = {name: content for name, content in one.base.items() if name.startswith("reviewed/")}
    return put(good() | kept, RESTATED, raw)


def altered(prefix: str, old: bytes, new: bytes, number: int = 0) -> Base:
    """The good base with bytes of one file changed under its old name."""
    name = file_of(good(), prefix, number)
    assert old in good()[name]
    return good() | {name: good()[name].replace(old, new, 1)}


def renamed(prefix: str) -> Base:
    name = file_of(good(), prefix)
    return without(good(), name) | {f"{name.rpartition('/')[0]}/{'0' * 64}.json": good()[name]}


def on_restated(verb: str, by: str, **more: Any) -> Callable[[], Base]:
    return lambda: decided(good(), RESTATED, verb, by, **{"on": LATER} | more)


def statement_on_restated(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Base:
    """The good base with a signed statement on the restated claim that was changed before signing."""
    base = decided(good(), RESTATED, "approve", EDITOR, on=LATER)
    index = knowledge(good())
    content = content_of(index.claims[RESTATED].model, index).digest
    predicate = {"decision": "approve", "by": CLINICIAN, "on": LATER.isoformat()}
    raw = enveloped(change(review_statement(index, RESTATED, content, predicate)), (CLINICIAN,))
    return put(without(base, file_of(base, f"decisions/{RESTATED}/")), RESTATED, raw)


def about_another() -> Base:
    """A decision whose subject is called the restated claim, and whose content is the denial's."""
    index = knowledge(good())
    return decided(good(), RESTATED, "approve", EDITOR, on=LATER, content=content_of(index.claims[DENIAL].model, index))


def moved() -> Base:
    """A good decision on one claim copied below another."""
    return put(good(), RESTATED, good()[file_of(good(), f"decisions/{DENIAL}/")])


SIGNED_FILES: Mapping[str, Planted] = {
    "decision edited": planted(
        lambda: altered("decisions/plumberry-tea/may", b"payloadType", b"payloadTypf"),
        "decision-altered",
        "not the ones that its name promises",
    ),
    "decision renamed": planted(
        lambda: renamed(f"decisions/{DENIAL}/"),
        "decision-altered logged-file-missing",
        "not the ones that its name promises",
    ),
    "no envelope": planted(lambda: put(good(), RESTATED, b"{}"), "malformed-decision", "wrong in shape"),
    "another spelling of an envelope": planted(
        lambda: put(good(), DENIAL, good()[file_of(good(), f"decisions/{DENIAL}/")] + b"\n"),
        "malformed-decision",
        "not written in its one form",
    ),
    "payload of another type": planted(
        lambda: rewrapped(lambda one, _: Envelope(one.payload, "text/plain", one.signatures)),
        "malformed-decision",
        "no in-toto statement",
    ),
    "payload that is no JSON": planted(
        lambda: rewrapped(lambda one, _: Envelope(b"{", one.payload_type, one.signatures)),
        "malformed-decision",
        "no in-toto statement",
    ),
    "a field more": planted(
        lambda: statement_on_restated(lambda s: s | {"more": "x"}), "malformed-decision", "more: extra inputs"
    ),
    "another predicate": planted(
        lambda: statement_on_restated(lambda s: s | {"predicateType": "https://kbtool.example/governance/v1"}),
        "malformed-decision",
        "predicateType",
    ),
    "two subjects": planted(
        lambda: statement_on_restated(lambda s: s | {"subject": s["subject"] * 2}), "malformed-decision", "subject"
    ),
    "moved below another claim": planted(moved, "wrong-subject", f"is about '{DENIAL}' and lies under '{RESTATED}'"),
    "content of another claim": planted(about_another, "wrong-subject", "that of another claim"),
    "kept content gone": planted(
        lambda: without(on_restated("approve", EDITOR)(), *_new_content(on_restated("approve", EDITOR)())),
        "kept-content-missing",
        "is not kept",
    ),
    "kept content altered": planted(
        lambda: altered("reviewed/", b"kbtool", b"kbtoll"),
        "kept-content-altered kept-content-missing",
        "not the ones that its name promises",
    ),
    "kept content of another type": planted(
        lambda: good() | {f"reviewed/{digest(b'{}')}.json": b"{}"},
        "kept-content-altered",
        "not the ones that its name promises",
    ),
    "kept policy altered": planted(
        lambda: good() | {f"reviewed/{digest(good()[POLICY])}.yaml": good()[POLICY] + b"# more\n"},
        "kept-policy-altered",
        "this kept policy are not the ones",
    ),
    "record of a decided claim gone": planted(
        lambda: without(good(), f"{TRIAL}.yaml"), "decided-claim-missing", f"'{TRIAL}', which was decided about"
    ),
    "report that is none": planted(
        lambda: good() | {f"reports/{DENIAL}/{digest(b'{}')}.json": b"{}"}, "malformed-report", "no report"
    ),
    "report altered": planted(
        lambda: good() | {f"reports/{DENIAL}/{'0' * 64}.json": _report(DENIAL)}, "malformed-report", "no report"
    ),
    "report about another claim": planted(
        lambda: good() | {f"reports/{TRIAL}/{digest(_report(DENIAL))}.json": _report(DENIAL)},
        "malformed-report",
        "no report about this claim",
    ),
}


def _new_content(base: Base) -> list[str]:
    return [name for name in base if name.startswith("reviewed/") and name not in good()]


def _report(claim: str) -> bytes:
    value = {"_type": "kbtool/error-report/1", "claim": claim, "text": "It is wrong.", "on": LATER.isoformat()}
    return json.dumps(value).encode()


def swapped(verb: str) -> Base:
    """A decision with the signature that its reviewer made for another one."""
    return rewrapped(
        lambda one, two: (
            Envelope(one.payload, one.payload_type, two.signatures)
            if verb == "approve"
            else Envelope(two.payload, two.payload_type, one.signatures)
        )
    )


def forged() -> Base:
    """A decision whose signature has one bit turned."""

    def turn(one: Envelope, _: Envelope) -> Envelope:
        first = one.signatures[0]
        bad = type(first)(first.keyid, bytes([first.sig[0] ^ 1]) + first.sig[1:])
        return Envelope(one.payload, one.payload_type, (bad,))

    return rewrapped(turn)


def key_id(name: str) -> str:
    return key_of(name).public().key_id()


def revoked(base: Base, *, named: bool = True, on: date = LATER) -> dict[str, bytes]:
    """The base with the editor's key revoked, agreed by the root keys; `named` in the governance, as it must be."""
    mark = f"public: {public_of(EDITOR)}\n        since: {FIRST_DAY}\n"
    changed = edited(base, "reviewers.yaml", mark, f"{mark}        revoked: {on}\n")
    return governed(changed, on=on, revokes=[key_id(EDITOR)] if named else [])


def away(delegate: str) -> dict[str, bytes]:
    """The base with the clinician away two days before and after the day, and somebody named to stand in."""
    name = "    name: Example Reviewer One\n"
    absence = (
        f"    absences:\n      - first: {DAY - timedelta(days=2)}\n        last: {DAY + timedelta(days=2)}\n"
        f"        delegate: {delegate}\n"
    )
    return governed(edited(_bare(), "reviewers.yaml", name, name + absence))


def unrooted() -> Base:
    base = reviewed_base()
    bare = base["kb.yaml"][: base["kb.yaml"].index(b"root:")]
    return decided(
        without(base, *(n for n in base if n.startswith("governance/"))) | {"kb.yaml": bare},
        RESTATED,
        "approve",
        EDITOR,
    )


def signed_by(verb: str, by: str, *signers: str, **more: Any) -> Callable[[], Base]:
    return on_restated(verb, by, signers=signers, **more)


PEOPLE: Mapping[str, Planted] = {
    "approved unsigned": planted(signed_by("approve", EDITOR), "unsigned-decision", "'approve' is not signed"),
    "reaffirmed unsigned": planted(signed_by("reaffirm", EDITOR), "unsigned-decision", "'reaffirm' is not signed"),
    "withdrawn unsigned": planted(
        signed_by("withdraw", EDITOR, note="No."), "unsigned-decision", "'withdraw' is not signed"
    ),
    "disputed unsigned": planted(signed_by("dispute", EDITOR, note="No."), "unsigned-decision", "not signed"),
    "changes requested without a note": planted(
        on_restated("request-changes", EDITOR), "decision-without-note", "'request-changes' has no note"
    ),
    "withdrawn without a note": planted(on_restated("withdraw", EDITOR), "decision-without-note", "has no note"),
    "signature forged": planted(forged, "bad-signature", "does not hold"),
    "signature of another decision": planted(lambda: swapped("approve"), "bad-signature", "does not hold"),
    "approval's signature on a comment": planted(lambda: swapped("comment"), "bad-signature", "does not hold"),
    "key of nobody": planted(signed_by("approve", EDITOR, STRANGER), "unknown-key", "no reviewer has the key"),
    "a second key of nobody": planted(signed_by("approve", EDITOR, EDITOR, STRANGER), "unknown-key", "no reviewer"),
    "root key for a reviewer's": planted(signed_by("approve", EDITOR, ROOTS[0]), "unknown-key", "no reviewer has"),
    "key of another": planted(
        signed_by("approve", EDITOR, CLINICIAN), "signed-by-another", f"by '{EDITOR}', and the key is '{CLINICIAN}'"
    ),
    "a name of nobody": planted(signed_by("approve", "nobody", EDITOR), "signed-by-another", "by 'nobody'"),
    "before the key counted": planted(
        lambda: decided(reviewed_base(), RESTATED, "approve", EDITOR, on=FIRST_DAY - timedelta(days=1)),
        "key-not-valid-then",
        f"counts from {FIRST_DAY}",
    ),
    "after the key was revoked": planted(
        lambda: decided(checkpointed(revoked(good()), LATER), RESTATED, "approve", EDITOR, on=LATER),
        "key-not-valid-then",
        f"was revoked on {LATER}",
    ),
    "logged after the key was revoked": planted(
        lambda: checkpointed(
            decided(checkpointed(revoked(good()), LATER), RESTATED, "approve", EDITOR, on=LATER),
            LATER,
        ),
        "key-not-valid-then",
        "the log does not hold the decision from before",
    ),
    "never logged before the key was revoked": planted(
        lambda: checkpointed(revoked(decided(good(), RESTATED, "approve", EDITOR, on=LATER)), LATER),
        "key-not-valid-then",
        "the log does not hold the decision from before",
    ),
    "approved by the drafter": planted(on_restated("approve", DRAFTER), "self-approval", "approves what they drafted"),
    "approved by the drafter under their name": planted(
        lambda: decided(
            edited(good(), f"{RESTATED}.yaml", "  by: editorial\n", "  by: example reviewer TWO\n"),
            RESTATED,
            "approve",
            EDITOR,
            on=LATER,
        ),
        "self-approval",
        "approves what they drafted",
    ),
    "for a colleague who is there": planted(
        on_restated("approve", EDITOR, acting_for=CLINICIAN),
        "acting-without-delegation",
        f"made for '{CLINICIAN}', who has not named '{EDITOR}' to decide on {LATER}",
    ),
    "for nobody known": planted(
        on_restated("approve", EDITOR, acting_for="nobody"), "acting-without-delegation", "made for 'nobody'"
    ),
    "for oneself": planted(
        on_restated("approve", EDITOR, acting_for=EDITOR), "acting-without-delegation", "has not named"
    ),
    "for a colleague, unsigned": planted(
        signed_by("comment", EDITOR, note="So.", acting_for=CLINICIAN), "acting-without-delegation", "has not named"
    ),
    "for a colleague who named another": planted(
        lambda: decided(away(DRAFTER), RESTATED, "approve", EDITOR, acting_for=CLINICIAN),
        "acting-without-delegation",
        "has not named",
    ),
    "for a colleague who is back": planted(
        lambda: decided(away(EDITOR), RESTATED, "approve", EDITOR, acting_for=CLINICIAN, on=DAY + timedelta(days=3)),
        "acting-without-delegation",
        "has not named",
    ),
    "for a colleague before they leave": planted(
        lambda: decided(away(EDITOR), RESTATED, "approve", EDITOR, acting_for=CLINICIAN, on=DAY - timedelta(days=3)),
        "acting-without-delegation",
        "has not named",
    ),
    "no statement of interests": planted(
        lambda: decided(
            governed(edited(_bare(), "reviewers.yaml", _INTERESTS, "  - id: editorial\n")), RESTATED, "approve", EDITOR
        ),
        "interests-out-of-date",
        "no statement of interests",
    ),
    "statement of interests too old": planted(
        lambda: decided(
            governed(edited(_bare(), "reviewers.yaml", _INTERESTS, _INTERESTS.replace("2026-01-16", "2025-01-19"))),
            RESTATED,
            "approve",
            EDITOR,
        ),
        "interests-out-of-date",
        "no statement of interests from the 12 months before 2026-01-20",
    ),
    "statement of interests made later": planted(
        lambda: decided(
            governed(edited(_bare(), "reviewers.yaml", _INTERESTS, _INTERESTS.replace("2026-01-16", "2026-01-21"))),
            RESTATED,
            "approve",
            EDITOR,
        ),
        "interests-out-of-date",
        "no statement of interests",
    ),
    "no root keys": planted(unrooted, "no-trust-root", "pins no root keys"),
    "two with the same key": planted(
        lambda: governed(edited(_bare(), "reviewers.yaml", public_of(EDITOR), public_of(CLINICIAN))),
        "malformed-key",
        "have the same key",
    ),
    "a key that is none": planted(
        lambda: governed(edited(_bare(), "reviewers.yaml", public_of(EDITOR), "abc")), "malformed-key", "'abc'"
    ),
    "dated after the log took it up": planted(
        lambda: checkpointed(decided(good(), RESTATED, "approve", EDITOR, on=LATER + timedelta(days=1)), LATER),
        "decision-misdated",
        f"dated {LATER + timedelta(days=1)}, after {LATER}",
    ),
    "dated before the checkpoint that it names": planted(
        on_restated("approve", EDITOR, on=DAY), "decision-misdated", f"dated {DAY}, before {LATER}"
    ),
    "names a checkpoint that never was": planted(
        on_restated("approve", EDITOR, checkpoint={"size": 99, "root": "x"}),
        "decision-misdated",
        "a checkpoint of 99 entries",
    ),
    "names a checkpoint of another history": planted(
        on_restated("approve", EDITOR, checkpoint={"size": 1, "root": "x"}), "log-forked", "there is a fork"
    ),
    "saw a decision that is gone": planted(
        on_restated("approve", EDITOR, saw=["0" * 64]), "logged-file-missing", "which its reviewer had seen, is gone"
    ),
}


def _bare() -> dict[str, bytes]:
    """The reviewed base with reviewers and roots that nobody has agreed to yet; ready for one edit and a governance."""
    return without(reviewed_base(), *(name for name in reviewed_base() if name.startswith("governance/")))


def loosened(name: str, old: str, new: str) -> Callable[[], Base]:
    return lambda: edited(good(), name, old, new)


def second(**predicate: Any) -> Base:
    """The good base with a second governance, parts of which are replaced."""
    signers = predicate.pop("signers", ROOTS)
    return governed(good(), signers=signers, on=LATER, **predicate)


def forked_governance() -> Base:
    """Two second governances, each agreed by the root keys."""
    return dict(second(note="One way.")) | dict(second(note="Another way."))


def rotated(*signers: str) -> Base:
    """The good base with the second root key replaced by another, signed by the keys of these names."""
    return governed(edited(good(), "kb.yaml", public_of(ROOTS[1]), public_of("root-new")), signers=signers, on=LATER)


GOVERNANCE: Mapping[str, Planted] = {
    "policy loosened": planted(
        loosened(POLICY, "  - risks: [high]\n    people: 2\n", "  - risks: [high]\n    people: 1\n"),
        "ungoverned-change",
        "policy.yaml changed",
    ),
    "key added": planted(
        loosened(
            "reviewers.yaml",
            f"      - public: {public_of(EDITOR)}\n",
            f"      - public: {public_of(STRANGER)}\n        since: {FIRST_DAY}\n      - public: {public_of(EDITOR)}\n",
        ),
        "ungoverned-change",
        "reviewers.yaml changed",
    ),
    "reviewer added": planted(
        loosened("reviewers.yaml", "reviewers:\n", "reviewers:\n  - id: eve\n    name: Eve\n    roles: [clinician]\n"),
        "ungoverned-change",
        "reviewers.yaml changed",
    ),
    "role added": planted(
        loosened("reviewers.yaml", "roles: [medical-editor]", "roles: [medical-editor, clinician]"),
        "ungoverned-change",
        "reviewers.yaml changed",
    ),
    "threshold lowered": planted(
        loosened("kb.yaml", "threshold: 2", "threshold: 1"), "ungoverned-change", "the root keys or the log key"
    ),
    "root key removed": planted(
        loosened("kb.yaml", f"    - name: {ROOTS[1]}\n      public: {public_of(ROOTS[1])}\n", ""),
        "governance-broken",
        "the threshold is 2, and there are 1 root keys",
    ),
    "root key swapped": planted(
        loosened("kb.yaml", public_of(ROOTS[1]), public_of(STRANGER)), "ungoverned-change", "the root keys or"
    ),
    "log key swapped": planted(
        loosened("kb.yaml", public_of(LOG), public_of(STRANGER)), "ungoverned-change", "the root keys or"
    ),
    "no governance at all": planted(
        lambda: decided(_bare(), RESTATED, "approve", EDITOR), "ungoverned-change", "no governance is signed by them"
    ),
    "a root key twice": planted(
        lambda: governed(edited(_bare(), "kb.yaml", public_of(ROOTS[1]), public_of(ROOTS[0]))),
        "malformed-key governance-unsigned",
        "are the same key",
    ),
    "a root key that is none": planted(
        lambda: governed(edited(_bare(), "kb.yaml", public_of(ROOTS[1]), "abc")),
        "malformed-key governance-unsigned",
        "'abc'",
    ),
    "first governance gone": planted(
        lambda: without(second(), file_of(good(), "governance/")),
        "governance-broken logged-file-missing",
        "governance 2 does not follow",
    ),
    "only governance gone": planted(
        lambda: without(good(), file_of(good(), "governance/")),
        "ungoverned-change logged-file-missing",
        "no governance is signed",
    ),
    "two second governances": planted(forked_governance, "governance-broken", "a fork"),
    "number left out": planted(lambda: second(number=3), "governance-broken", "governance 3 does not follow"),
    "another before it": planted(lambda: second(previous="0" * 64), "governance-broken", "does not follow"),
    "says another root": planted(
        lambda: second(root={"threshold": 1, "keys": [{"name": "eve", "public": public_of(STRANGER)}]}),
        "governance-broken governance-unsigned",
        "its own root",
    ),
    "signed by one of two": planted(lambda: second(signers=ROOTS[:1]), "governance-unsigned", "signed by 1 of the 2"),
    "signed by nobody": planted(lambda: second(signers=()), "governance-unsigned", "signed by 0 of the 2"),
    "signed by strangers": planted(
        lambda: second(signers=(STRANGER, EDITOR)), "governance-unsigned", "signed by 0 of the 2"
    ),
    "root rotated by the new keys alone": planted(
        lambda: rotated(ROOTS[0], "root-new"), "governance-unsigned", "signed by 1 of the 2"
    ),
    "root rotated by the old keys alone": planted(
        lambda: rotated(*ROOTS), "governance-unsigned", "signed by 1 of the 2"
    ),
    "revoked without a governance that says so": planted(
        lambda: revoked(good(), named=False),
        "ungoverned-change key-not-valid-then",
        "no governance names the revoked key",
    ),
    "governance edited": planted(
        lambda: altered("governance/", b"payloadType", b"payloadTypf"),
        "decision-altered ungoverned-change",
        "not the ones that its name promises",
    ),
}


def entries(base: Base) -> tuple[Entry, ...]:
    index = knowledge(base)
    return read_log(index.review, index.config.model.log).entries


def relined(change: Callable[[list[bytes]], list[bytes]]) -> Base:
    """The good base with the lines of its log changed and the checkpoint left."""
    lines = good()[ENTRIES].splitlines(keepends=True)
    return good() | {ENTRIES: b"".join(change(lines))}


def rolled_back() -> Base:
    """The log as it was at the first checkpoint, with what came later taken away as if it had never been."""
    first = checkpointed(approved(reviewed_base(), DENIAL))
    return first | {name: raw for name, raw in good().items() if name.startswith(OLDER)}


def rewritten() -> Base:
    """Another history, signed by the log's own key, beside an older checkpoint of the first."""
    turned = tuple(reversed(entries(good())[:3]))
    return relogged(good(), (*turned, *entries(good())[3:]))


def unsigned_entry() -> Base:
    """A decision that somebody slipped into the log themselves."""
    made = decide(good(), RESTATED, "comment", EDITOR, on=LATER, note="So.")
    line = Entry(made.file, digest(made.base[made.file]), LATER).line()
    return made.base | {ENTRIES: good()[ENTRIES] + line + b"\n"}


LOGS: Mapping[str, Planted] = {
    "entry edited": planted(
        lambda: relined(lambda lines: [lines[0].replace(b"2026-01-20", b"2026-01-19"), *lines[1:]]),
        "log-altered log-forked",
        "one was edited, moved",
    ),
    "entry dropped": planted(
        lambda: relined(lambda lines: lines[1:]), "log-altered log-forked", "entries were dropped"
    ),
    "last entry dropped": planted(
        lambda: relined(lambda lines: lines[:-1]), "log-altered log-forked", "entries were dropped"
    ),
    "entries turned round": planted(
        lambda: relined(lambda lines: [lines[1], lines[0], *lines[2:]]), "log-altered log-forked", "moved"
    ),
    "entry added unsigned": planted(unsigned_entry, "log-altered", "1 more were added behind them without a signature"),
    "entry that is none": planted(
        lambda: relined(lambda lines: [*lines, b"{}\n"]), "log-altered", "line 6 is no entry of the log"
    ),
    "entry spelled otherwise": planted(
        lambda: relined(lambda lines: [b" " + lines[0], *lines[1:]]),
        "log-altered log-forked decision-misdated",
        "line 1 is no entry of the log",
    ),
    "last line cut": planted(
        lambda: good() | {ENTRIES: good()[ENTRIES][:-1]},
        "log-altered log-forked",
        "the last line of the log is cut short",
    ),
    "the same entry twice": planted(
        lambda: relogged(good(), (*entries(good()), entries(good())[-1])), "log-altered", "entry 5 repeats"
    ),
    "days that run backwards": planted(
        lambda: checkpointed(decided(good(), RESTATED, "comment", EDITOR, on=DAY, note="So.", checkpoint=None), DAY),
        "log-altered",
        "and the one above it of",
    ),
    "checkpoint gone": planted(
        lambda: without(good(), CHECKPOINT), "log-unsigned", "the log has entries and there is no checkpoint"
    ),
    "checkpoint by a stranger": planted(
        lambda: relogged(good(), entries(good()), signer=STRANGER), "log-unsigned", "no signature by a known key"
    ),
    "checkpoint edited": planted(
        lambda: good() | {CHECKPOINT: good()[CHECKPOINT].replace(b"\n5\n", b"\n4\n", 1)},
        "log-unsigned",
        "does not hold",
    ),
    "checkpoint that is none": planted(lambda: good() | {CHECKPOINT: b"x"}, "log-unsigned", "the note"),
    "rolled back": planted(rolled_back, "log-forked", "it was rolled back"),
    "rewritten under its own key": planted(
        rewritten, "log-forked", "the first 3 entries are not those of the older checkpoint"
    ),
    "older checkpoint under another name": planted(
        lambda: good() | {f"{OLDER}4": good()[f"{OLDER}3"]}, "log-altered", "the checkpoint of 3 entries"
    ),
    "logged decision gone": planted(
        lambda: without(good(), file_of(good(), f"decisions/{TRIAL}/")), "logged-file-missing", "which is gone"
    ),
    "logged decision another": planted(
        lambda: relogged(good(), (*entries(good())[:4], Entry(entries(good())[4].name, "0" * 64, LATER))),
        "decision-altered",
        "not the one that the log took up",
    ),
}

EVERY: Mapping[str, Planted] = {**SIGNED_FILES, **PEOPLE, **GOVERNANCE, **LOGS}
