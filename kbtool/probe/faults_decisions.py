"""Faults of approvals: typed, unsigned, forged, swapped, stale, of one's own draft, on another content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from kbtool.probe.deciding import decide, decision_name, entries_of, envelope_of, relogged, restated, statement_of
from kbtool.probe.edits import changed, data_of, without
from kbtool.probe.fault import Fault, NotApplicable, Planted, caught_by
from kbtool.probe.people import DRAFTER, STRANGER, enveloped, governed, key_of
from kbtool.probe.reviewed import Reviewed
from kbtool.review.content import digest_of
from kbtool.review.dsse import Envelope, Signature, with_signature, write_envelope
from kbtool.review.log import Entry
from kbtool.yamlsource.splice import splice
from kbtool.yamlsource.write import write

Result = Planted | NotApplicable
Plant = Callable[[Reviewed], Result]


def _made(given: dict[str, Any]) -> Plant:
    """One more decision on the approved claim, dishonest in these parts of it; `by` is the first person."""

    def plant(copy: Reviewed) -> Planted:
        parts = {name: value(copy) if callable(value) else value for name, value in given.items()}
        by, on = parts.pop("by", copy.people[0]), parts.pop("on", copy.days.second)
        files = decide(copy.unapproved, copy.claim, by, on, **parts)
        return Planted(files, f"decisions/{copy.claim}: by {by} on {on}")

    return plant


def _before_key(copy: Reviewed) -> Planted:
    files = decide(copy.unapproved, copy.claim, copy.people[0], copy.days.begin - timedelta(days=1))
    return Planted(files, f"decisions/{copy.claim}: dated before the key counts")


def _first(copy: Reviewed) -> tuple[str, bytes]:
    """Name and bytes of the first decision on the approved claim."""
    name = copy.decisions(copy.claim)[0]
    return name, copy.files[name]


def _replaced(copy: Reviewed, envelope: Envelope, what: str) -> Planted:
    """The first decision with another envelope, under the name that fits it."""
    name, _ = _first(copy)
    raw = write_envelope(envelope)
    files = {**without(copy.files, name), decision_name(copy.claim, raw): raw}
    return Planted(files, f"decisions/{copy.claim}: {what}")


def _edited(copy: Reviewed) -> Planted:
    name, raw = _first(copy)
    return Planted({**copy.files, name: raw + b" "}, f"{name[:60]}…: a byte more")


def _junk(copy: Reviewed) -> Planted:
    raw = b'{"payload":"bm90aGluZw==","payloadType":"text/plain","signatures":[]}'
    return Planted({**copy.files, decision_name(copy.claim, raw): raw}, f"decisions/{copy.claim}: no statement")


def _forged(copy: Reviewed) -> Planted:
    """Other words signed by a stranger under the reviewer's key id."""
    _, raw = _first(copy)
    envelope = envelope_of(raw)
    forged = with_signature(Envelope(envelope.payload, envelope.payload_type), key_of(STRANGER)).signatures[0]
    named = Signature(envelope.signatures[0].keyid, forged.sig)
    return _replaced(copy, Envelope(envelope.payload, envelope.payload_type, (named,)), "a stranger's signature")


def _swapped(copy: Reviewed) -> Result:
    """The signature of the same person's decision on another claim."""
    _, raw = _first(copy)
    envelope = envelope_of(raw)
    for name in copy.decisions(copy.other):
        other = envelope_of(copy.files[name])
        if other.signatures[0].keyid == envelope.signatures[0].keyid:
            swapped = Envelope(envelope.payload, envelope.payload_type, other.signatures)
            return _replaced(copy, swapped, "the signature of another decision")
    return NotApplicable("nobody decided on two claims")


def _words_after_signing(copy: Reviewed) -> Planted:
    _, raw = _first(copy)
    envelope, statement = envelope_of(raw), statement_of(raw)
    statement["predicate"]["note"] = "Words put in after signing."
    return _replaced(copy, Envelope(restated(statement), envelope.payload_type, envelope.signatures), "a note added")


def _on_another_claim(copy: Reviewed) -> Planted:
    name, raw = _first(copy)
    other = f"decisions/{copy.other}/{name.rpartition('/')[2]}"
    return Planted({**copy.files, other: raw}, f"decisions/{copy.other}: a decision on {copy.claim!r}")


def _of_another_content(copy: Reviewed) -> Planted:
    """A decision on this claim whose subject is the kept content of another."""
    _, raw = _first(copy)
    statement = statement_of(raw)
    other = statement_of(copy.files[copy.decisions(copy.other)[0]])
    statement["subject"][0]["digest"] = other["subject"][0]["digest"]
    made = enveloped(statement, (copy.people[0],))
    return Planted({**copy.files, decision_name(copy.claim, made): made}, f"decisions/{copy.claim}: another's content")


def _decided_gone(copy: Reviewed) -> Planted:
    return Planted(without(copy.files, f"{copy.other}.yaml"), f"{copy.other}.yaml: deleted after its approval")


def _report(copy: Reviewed) -> Planted:
    raw = b'{"text":"no report"}'
    name = f"reports/{copy.claim}/{digest_of(raw)}.json"
    return Planted({**copy.files, name: raw}, f"reports/{copy.claim}: no report")


def _retyped(copy: Reviewed) -> Planted:
    name = f"{copy.claim}.yaml"
    files = {**copy.unapproved, name: splice(copy.unapproved[name], ("review", "status"), "approved")}
    return Planted(
        decide(files, copy.claim, copy.people[0], copy.days.second, decision="comment", note="Looked."),
        f"{name}: review.status, with a mere comment behind it",
    )


def _status_back(copy: Reviewed) -> Planted:
    name = f"{copy.claim}.yaml"
    return Planted(
        {**copy.files, name: splice(copy.files[name], ("review", "status"), "draft")}, f"{name}: review.status"
    )


def _rootless(copy: Reviewed) -> Planted:
    """The trust root taken out, with everything that it signed."""
    data = data_of(copy.files, "kb.yaml")
    del data["root"]
    files = {n: raw for n, raw in copy.files.items() if not n.startswith(("governance/", "log/"))}
    return Planted({**files, "kb.yaml": write(data)}, "kb.yaml: root")


def _from_tomorrow(copy: Reviewed) -> Planted:
    tomorrow = copy.as_of + timedelta(days=1)
    files = decide(copy.unapproved, copy.claim, copy.people[0], tomorrow)
    return Planted(files, f"decisions/{copy.claim}: dated {tomorrow}")


def _back_dated(copy: Reviewed) -> Planted:
    """Dated before the checkpoint that the decision itself names."""
    files = decide(copy.files, copy.claim, copy.people[0], copy.days.begin)
    return Planted(files, f"decisions/{copy.claim}: dated {copy.days.begin}, before the checkpoint it names")


def _post_dated(copy: Reviewed) -> Planted:
    """Dated after the day on which the log took it up."""
    files = decide(copy.files, copy.claim, copy.people[0], copy.as_of)
    name = next(name for name in files if name not in copy.files and name.startswith("decisions/"))
    entry = Entry(name, digest_of(files[name]), copy.days.second + timedelta(days=2))
    files = relogged(files, (*entries_of(copy.files), entry))
    return Planted(files, f"decisions/{copy.claim}: dated {copy.as_of}, after its entry in the log")


def _interests_old(copy: Reviewed) -> Planted:
    """A statement of interests that ran out before the decision; governed, so that nothing else is wrong."""
    people = data_of(copy.unapproved, "reviewers.yaml")["reviewers"]
    people[0]["interests"] = [{"on": "0001-01-01", "statement": "None, long ago."}]
    files = changed(copy.unapproved, "reviewers.yaml", {("reviewers",): people})
    files = governed(files, copy.days.first)
    return Planted(
        decide(files, copy.claim, copy.people[0], copy.days.second), "reviewers.yaml: interests of the year 1"
    )


def _revoked(copy: Reviewed) -> Planted:
    """A key revoked and governed so, and a decision signed with it afterwards."""
    people = data_of(copy.unapproved, "reviewers.yaml")["reviewers"]
    people[0]["keys"][0] |= {"revoked": copy.days.first.isoformat(), "reason": "Made up by the probe."}
    files = changed(copy.unapproved, "reviewers.yaml", {("reviewers",): people})
    revokes = [key_of(copy.people[0]).public().key_id()]
    files = governed(files, copy.days.first, revokes=revokes)
    return Planted(decide(files, copy.claim, copy.people[0], copy.days.second), "reviewers.yaml: keys.0.revoked")


def _same_key(copy: Reviewed) -> Planted:
    people = data_of(copy.files, "reviewers.yaml")["reviewers"]
    people[1]["keys"][0]["public"] = people[0]["keys"][0]["public"]
    return Planted(changed(copy.files, "reviewers.yaml", {("reviewers",): people}), "reviewers.yaml: one key for two")


def _no_key(copy: Reviewed) -> Planted:
    people = data_of(copy.files, "reviewers.yaml")["reviewers"]
    people[0]["keys"][0]["public"] = "no key"
    return Planted(
        changed(copy.files, "reviewers.yaml", {("reviewers",): people}), "reviewers.yaml: a key that is none"
    )


FAULTS: tuple[Fault[Reviewed], ...] = (
    Fault(
        "unsigned-approval",
        "a well-formed approval that nobody signed",
        caught_by("unsigned-decision"),
        _made({"signers": ()}),
    ),
    Fault(
        "approval-by-stranger",
        "an approval signed with a key that nobody has",
        caught_by("unknown-key"),
        _made({"signers": (STRANGER,)}),
    ),
    Fault(
        "approval-in-anothers-name",
        "an approval in one name with the key of another",
        caught_by("signed-by-another"),
        _made({"signers": lambda c: (c.people[1],)}),
    ),
    Fault(
        "self-approval", "an approval by whoever drafted the claim", caught_by("self-approval"), _made({"by": DRAFTER})
    ),
    Fault(
        "approval-for-colleague",
        "an approval for a colleague who never named anybody to stand in",
        caught_by("acting-without-delegation"),
        _made({"acting_for": lambda c: c.people[1]}),
    ),
    Fault(
        "dispute-without-note",
        "a dispute without a word of reason",
        caught_by("decision-without-note"),
        _made({"decision": "dispute"}),
    ),
    Fault(
        "approval-before-key", "an approval dated before its key counts", caught_by("key-not-valid-then"), _before_key
    ),
    Fault("approval-after-revocation", "an approval with a revoked key", caught_by("key-not-valid-then"), _revoked),
    Fault(
        "interests-lapsed",
        "an approval without a current statement of interests",
        caught_by("interests-out-of-date"),
        _interests_old,
    ),
    Fault("forged-signature", "a stranger's signature under a reviewer's key id", caught_by("bad-signature"), _forged),
    Fault("swapped-signature", "the signature of another decision", caught_by("bad-signature"), _swapped),
    Fault("words-after-signing", "a decision changed after signing", caught_by("bad-signature"), _words_after_signing),
    Fault("edited-decision", "a decision file edited in its place", caught_by("decision-altered"), _edited),
    Fault(
        "decision-that-is-none",
        "a file among the decisions that states nothing",
        caught_by("malformed-decision"),
        _junk,
    ),
    Fault("decision-moved", "a decision moved to another claim", caught_by("wrong-subject"), _on_another_claim),
    Fault(
        "decision-on-other-content",
        "a decision that names another claim's content",
        caught_by("wrong-subject"),
        _of_another_content,
    ),
    Fault(
        "approved-claim-deleted",
        "an approved claim deleted without a withdrawal",
        caught_by("decided-claim-missing"),
        _decided_gone,
    ),
    Fault(
        "report-that-is-none",
        "a file among the readers' reports that reports nothing",
        caught_by("malformed-report"),
        _report,
    ),
    Fault(
        "approval-by-typing-over-comment",
        "'approved' typed over a mere comment",
        caught_by("status-not-as-decided"),
        _retyped,
    ),
    Fault(
        "status-typed-back", "an approved claim typed back to 'draft'", caught_by("status-not-as-decided"), _status_back
    ),
    Fault(
        "root-removed-with-governance",
        "the trust root taken out, with all that it signed",
        caught_by("no-trust-root"),
        _rootless,
    ),
    Fault("decision-of-tomorrow", "a decision dated after the check", caught_by("date-in-future"), _from_tomorrow),
    Fault(
        "decision-back-dated",
        "a decision dated before the checkpoint it names",
        caught_by("decision-misdated"),
        _back_dated,
    ),
    Fault(
        "decision-post-dated",
        "a decision dated after the checkpoint that took it up",
        caught_by("decision-misdated"),
        _post_dated,
    ),
    Fault("one-key-for-two", "two reviewers with one key", caught_by("malformed-key"), _same_key),
    Fault("key-that-is-none", "a reviewer's key that is none", caught_by("malformed-key"), _no_key),
)
"""Faults of decisions, as a literal list."""
