"""Faults of trust: loosened policy, added keys and people, a cut or rewritten log, waivers that do not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kbtool.probe.deciding import entries_of, lines_of, newest, relogged
from kbtool.probe.edits import changed, data_of, without
from kbtool.probe.fault import Fault, Planted, caught_by
from kbtool.probe.gates import POLICY, ROLLED_BACK, by_check, by_older_checkpoint
from kbtool.probe.people import LOG, ROOTS, STRANGER, governed, public_of, reviewer
from kbtool.probe.reviewed import Reviewed
from kbtool.review.content import content_of
from kbtool.review.log import CHECKPOINT, ENTRIES, OLDER, Entry
from kbtool.yamlsource.write import write

Plant = Callable[[Reviewed], Planted]


def _governed_part(name: str, path: tuple[str | int, ...], value: object) -> Plant:
    """A change of what the root keys signed, without their signatures."""

    def plant(copy: Reviewed) -> Planted:
        given = value(copy) if callable(value) else value
        return Planted(changed(copy.files, name, {path: given}), f"{name}: {'.'.join(map(str, path))}")

    return plant


def _one_more_person(copy: Reviewed) -> list[Any]:
    return [
        *data_of(copy.files, "reviewers.yaml")["reviewers"],
        reviewer("scratch-intruder", "Nobody", ("reviewer",), copy.days.begin),
    ]


def _one_more_key(copy: Reviewed) -> list[Any]:
    people = data_of(copy.files, "reviewers.yaml")["reviewers"]
    people[0]["keys"].append({"public": public_of(STRANGER), "since": copy.days.begin.isoformat()})
    return list(people)


def _key_unrevoked(copy: Reviewed) -> list[Any]:
    people = data_of(copy.files, "reviewers.yaml")["reviewers"]
    people[0]["keys"][0]["since"] = "2001-01-01"
    return list(people)


def _no_root(copy: Reviewed) -> Planted:
    data = data_of(copy.files, "kb.yaml")
    del data["root"]
    return Planted({**copy.files, "kb.yaml": write(data)}, "kb.yaml: root")


def _chain(copy: Reviewed) -> list[str]:
    return sorted(name for name in copy.files if name.startswith("governance/"))


def _no_governance(copy: Reviewed) -> Planted:
    files = {n: raw for n, raw in copy.files.items() if not n.startswith(("governance/", "log/"))}
    return Planted(files, "governance: all files gone, with the log")


def _another_state(copy: Reviewed, on: date, **given: Any) -> dict[str, bytes]:
    """The copy with one more reviewer, agreed in a governance file with these parts and signers."""
    files = changed(copy.files, "reviewers.yaml", {("reviewers",): _one_more_person(copy)})
    return governed(files, on, **given)


def _one_signature(copy: Reviewed) -> Planted:
    return Planted(_another_state(copy, copy.days.second, signers=ROOTS[:1]), "governance/0002: one of two signatures")


def _strangers_sign(copy: Reviewed) -> Planted:
    signers = (STRANGER, LOG)
    return Planted(_another_state(copy, copy.days.second, signers=signers), "governance/0002: signed by strangers")


def _new_root_signs_itself(copy: Reviewed) -> Planted:
    """A new root that only its own key signs."""
    root = {"threshold": 1, "keys": [{"name": "intruder", "public": public_of(STRANGER)}]}
    files = changed(copy.files, "kb.yaml", {("root",): {"threshold": "1", "keys": root["keys"]}})
    return Planted(governed(files, copy.days.second, (STRANGER,)), "governance/0002: a root that signs itself")


def _gap(copy: Reviewed) -> Planted:
    return Planted(_another_state(copy, copy.days.second, number=3), "governance/0003: number 2 is not there")


def _fork(copy: Reviewed) -> Planted:
    """Two states that follow the same one."""
    one = _another_state(copy, copy.days.second)
    first = next(name for name in one if name.startswith("governance/0002"))
    two = governed(copy.files, copy.days.second, note="The other one.")
    return Planted({**two, first: one[first]}, "governance/0002: two files")


def _first_dropped(copy: Reviewed) -> Planted:
    files = _another_state(copy, copy.days.second)
    return Planted(without(files, _chain(copy)[0]), "governance/0001: deleted")


def _entries(change: Callable[[tuple[Entry, ...]], tuple[Entry, ...]], what: str) -> Plant:
    """Other entries under the checkpoint of before."""

    def plant(copy: Reviewed) -> Planted:
        return Planted({**copy.files, ENTRIES: lines_of(change(entries_of(copy.files)))}, f"{ENTRIES}: {what}")

    return plant


def _edited(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    first = entries[1]
    return (entries[0], Entry(first.name, first.digest, first.on - timedelta(days=5)), *entries[2:])


def _rewritten(copy: Reviewed) -> Planted:
    """Entries dropped and the log signed anew by its own key; the older checkpoint tells."""
    entries = entries_of(copy.files)
    return Planted(relogged(copy.files, (*entries[:1], *entries[2:])), f"{ENTRIES}: rewritten and signed anew")


def _rolled_back(copy: Reviewed) -> Planted:
    """The log of the first checkpoint again; the second one is still there."""
    entries = entries_of(copy.files)
    size = 1 + len(copy.decisions(copy.claim))
    return Planted(relogged(copy.files, entries[:size]), f"{CHECKPOINT}: rolled back to {size} entries")


def _rolled_back_whole(copy: Reviewed) -> Planted:
    """The same with every trace of the second checkpoint gone: only somebody who kept a copy can tell."""
    entries = entries_of(copy.files)
    size = 1 + len(copy.decisions(copy.claim))
    files = without(relogged(copy.files, entries[:size]), f"{OLDER}{len(entries)}")
    older = newest(copy.base)
    gate = by_older_checkpoint(older) if older else by_check
    return Planted(files, f"{CHECKPOINT}: rolled back without a trace in the base", gate)


def _strangers_checkpoint(copy: Reviewed) -> Planted:
    return Planted(relogged(copy.files, entries_of(copy.files), STRANGER), f"{CHECKPOINT}: signed by a stranger")


def _no_checkpoint(copy: Reviewed) -> Planted:
    return Planted(without(copy.files, CHECKPOINT), f"{CHECKPOINT}: deleted")


def _decision_dropped(copy: Reviewed) -> Planted:
    name = copy.decisions(copy.claim)[0]
    return Planted(without(copy.files, name), f"{name[:60]}…: deleted")


def _cut_line(copy: Reviewed) -> Planted:
    return Planted({**copy.files, ENTRIES: copy.files[ENTRIES][:-9]}, f"{ENTRIES}: cut short")


def _swapped_for_logged(copy: Reviewed) -> Planted:
    """A logged governance file replaced by another that is signed as well."""
    name = _chain(copy)[0]
    other = governed({n: r for n, r in copy.files.items() if n != name}, copy.days.begin, note="Another note.")
    made = next(n for n in other if n.startswith("governance/0001"))
    return Planted({**copy.files, name: other[made]}, f"{name[:40]}…: replaced by another")


def _waiver(given: dict[str, Any]) -> Plant:
    """A waiver of a warning on the approved claim, wrong in these parts."""

    def plant(copy: Reviewed) -> Planted:
        content = content_of(copy.base.claims[copy.claim].model, copy.base)
        usual = {
            "rule": "second-hand-verdict",
            "record": copy.claim,
            "content": content.digest,
            "reason": "Made up by the probe.",
            "by": copy.people[0],
            "on": copy.days.first.isoformat(),
            "until": copy.as_of.isoformat(),
        }
        parts = {name: value(copy) if callable(value) else value for name, value in given.items()}
        raw = write(usual | parts)
        return Planted({**copy.files, "waivers/probe.yaml": raw}, f"waivers/probe.yaml: {next(iter(given))}")

    return plant


def _log_key_changed(copy: Reviewed) -> Planted:
    """The log's key in kb.yaml exchanged, and the log signed with the new one."""
    files = changed(copy.files, "kb.yaml", {("log", "public"): public_of(STRANGER)})
    return Planted(relogged_by(files, copy), "kb.yaml: log.public, and the log signed anew")


def relogged_by(files: dict[str, bytes], copy: Reviewed) -> dict[str, bytes]:
    """The files with the copy's entries under a stranger's checkpoint."""
    return relogged(files, entries_of(copy.files), STRANGER)


_UNGOVERNED = caught_by("ungoverned-change")
_LOG = caught_by("log-altered")

FAULTS: tuple[Fault[Reviewed], ...] = (
    Fault(
        "policy-loosened",
        "fewer approvals asked for, without the root keys",
        _UNGOVERNED,
        _governed_part(POLICY, ("approvals",), [{"people": "1"}]),
    ),
    Fault(
        "caveat-policy-loosened",
        "no caveats asked for, without the root keys",
        _UNGOVERNED,
        _governed_part(POLICY, ("caveats",), []),
    ),
    Fault(
        "reviewer-added",
        "a reviewer added, without the root keys",
        _UNGOVERNED,
        _governed_part("reviewers.yaml", ("reviewers",), _one_more_person),
    ),
    Fault(
        "key-added",
        "a key added to a reviewer, without the root keys",
        _UNGOVERNED,
        _governed_part("reviewers.yaml", ("reviewers",), _one_more_key),
    ),
    Fault(
        "key-back-dated",
        "a key made to count from earlier, without the root keys",
        _UNGOVERNED,
        _governed_part("reviewers.yaml", ("reviewers",), _key_unrevoked),
    ),
    Fault(
        "threshold-lowered",
        "one root key made enough, without the root keys",
        _UNGOVERNED,
        _governed_part("kb.yaml", ("root", "threshold"), "1"),
    ),
    Fault("root-removed", "the trust root taken out", _UNGOVERNED, _no_root),
    Fault("log-key-changed", "another key for the log, without the root keys", _UNGOVERNED, _log_key_changed),
    Fault("governance-gone", "pinned root keys, and nothing that they signed", _UNGOVERNED, _no_governance),
    Fault(
        "governance-half-signed",
        "a change signed by one of two root keys",
        caught_by("governance-unsigned"),
        _one_signature,
    ),
    Fault(
        "governance-by-strangers",
        "a change signed by keys that are no root keys",
        caught_by("governance-unsigned"),
        _strangers_sign,
    ),
    Fault(
        "root-signs-itself",
        "a new root that the old one did not sign",
        caught_by("governance-unsigned"),
        _new_root_signs_itself,
    ),
    Fault("governance-gap", "a change whose number skips one", caught_by("governance-broken"), _gap),
    Fault("governance-fork", "two changes that follow the same one", caught_by("governance-broken"), _fork),
    Fault("governance-dropped", "the first of two changes deleted", caught_by("governance-broken"), _first_dropped),
    Fault("log-entry-edited", "an entry of the log back-dated", _LOG, _entries(_edited, "entry 1 back-dated")),
    Fault(
        "log-entry-dropped",
        "an entry of the log deleted",
        _LOG,
        _entries(lambda e: (*e[:1], *e[2:]), "entry 1 deleted"),
    ),
    Fault(
        "log-reordered",
        "two entries of the log in the other order",
        _LOG,
        _entries(lambda e: (e[1], e[0], *e[2:]), "entries 0 and 1 turned round"),
    ),
    Fault("log-entry-added", "an entry behind the checkpoint", _LOG, _entries(lambda e: (*e, e[0]), "an entry added")),
    Fault("log-cut", "the last line of the log cut short", _LOG, _cut_line),
    Fault(
        "checkpoint-by-stranger",
        "a checkpoint signed with another key",
        caught_by("log-unsigned"),
        _strangers_checkpoint,
    ),
    Fault("checkpoint-deleted", "a log without its checkpoint", caught_by("log-unsigned"), _no_checkpoint),
    Fault("log-rewritten", "a log rewritten and signed anew with its own key", caught_by("log-forked"), _rewritten),
    Fault(
        "checkpoint-rolled-back", "a checkpoint rolled back beside a newer one", caught_by("log-forked"), _rolled_back
    ),
    Fault(
        "log-rolled-back-whole",
        "a log rolled back without a trace, against an auditor's own checkpoint",
        caught_by(ROLLED_BACK),
        _rolled_back_whole,
    ),
    Fault("decision-dropped", "a logged decision deleted", caught_by("logged-file-missing"), _decision_dropped),
    Fault(
        "logged-file-swapped",
        "a logged file replaced by another that is signed",
        caught_by("decision-altered"),
        _swapped_for_logged,
    ),
    Fault(
        "waiver-of-locked-rule",
        "a waiver of a rule that is locked",
        caught_by("waiver-of-locked-rule"),
        _waiver({"rule": "quote-not-in-source"}),
    ),
    Fault(
        "waiver-lapsed",
        "a waiver that has run out",
        caught_by("lapsed-waiver"),
        _waiver({"until": lambda c: c.days.second.isoformat()}),
    ),
    Fault(
        "waiver-of-other-content",
        "a waiver for words that have changed since",
        caught_by("lapsed-waiver"),
        _waiver({"content": "0" * 64}),
    ),
    Fault(
        "waiver-of-no-rule",
        "a waiver of a rule that does not exist",
        caught_by("waiver-without-effect"),
        _waiver({"rule": "probe-no-such-rule"}),
    ),
    Fault(
        "waiver-by-nobody",
        "a waiver by somebody who is no reviewer",
        caught_by("waiver-without-effect"),
        _waiver({"by": "scratch-nobody"}),
    ),
)
"""Faults of trust, as a literal list."""
