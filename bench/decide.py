"""Approve the first claims of a generated base with made-up people, so that verifying can be measured.

    python bench/decide.py BASE -n 1000

Each claim gets one signed approval, everything is taken up by the log, and the statuses follow. The keys are those of
`kbtool probe`: no secret, and for scratch bases only.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool.model.decision import REVIEW_TYPE, STATEMENT_TYPE
from kbtool.probe.deciding import decision_name, relogged
from kbtool.probe.gates import POLICY, VOCABULARY
from kbtool.probe.people import governed, key_of, knowledge, reviewer, with_people
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.review.content import canonical, contents_of, digest_of, rests_on
from kbtool.review.dsse import IN_TOTO, Envelope, Signature, pae, write_envelope
from kbtool.review.log import Entry
from kbtool.review.state import review_state
from kbtool.store.read import read_base

DAY = date(2026, 11, 1)
CLINICIAN, EDITOR = "bench-clinician", "bench-editor"
_FRONT = ("kb.yaml", "reviewers.yaml", VOCABULARY, POLICY)


def decided(files: Mapping[str, bytes], count: int) -> dict[str, bytes]:
    """What is new or other with reviewers, governance, an approval of each of the first `count` claims, and a log."""
    people = [
        reviewer(CLINICIAN, "Example Clinician", ("clinician",), DAY),
        reviewer(EDITOR, "Example Editor", ("medical-editor",), DAY),
    ]
    trust = governed(with_people({name: files[name] for name in _FRONT}, people), DAY)
    index = knowledge({**files, **trust})
    approvals = approved(index, count)
    governance = sorted(name for name in trust if name.startswith("governance/"))
    decisions = sorted((name for name in approvals if name.startswith("decisions/")), key=lambda name: name[-69:])
    both = {**trust, **approvals}
    both = relogged(both, tuple(Entry(name, digest_of(both[name]), DAY) for name in (*governance, *decisions)))
    return both | statuses(index, both, files)


def approved(index: KnowledgeBase, count: int) -> dict[str, bytes]:
    """A signed approval of each of the first `count` claims, and the contents that they are about."""
    contents = contents_of(index.claims, index)
    digests = {id_: content.digest for id_, content in contents.items()}
    key, policy = key_of(CLINICIAN), digest_of(index.policy.raw)
    keyid = key.public().key_id()
    files: dict[str, bytes] = {}
    for id_ in sorted(index.claims)[:count]:
        statement = {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": id_, "digest": {"sha256": digests[id_]}}],
            "predicateType": REVIEW_TYPE,
            "predicate": {
                "decision": "approve",
                "by": CLINICIAN,
                "on": DAY.isoformat(),
                "rests_on": rests_on(index.claims[id_].model, index, digests),
                "policy": policy,
                "tool": "bench",
            },
        }
        payload = canonical(statement)
        raw = write_envelope(Envelope(payload, IN_TOTO, (Signature(keyid, key.sign(pae(IN_TOTO, payload))),)))
        files |= {decision_name(id_, raw): raw, f"reviewed/{digests[id_]}.json": contents[id_].raw}
    return files


def statuses(index: KnowledgeBase, review: Mapping[str, bytes], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The records whose status follows the decisions; the generator writes a status in one form only."""
    held = {name: BaseFile(name, name, raw) for name, raw in review.items() if name not in _FRONT}
    state = review_state(replace(index, review=held), DAY)
    names = {f"{id_}.yaml": claim.status for id_, claim in state.claims.items() if claim.decisions}
    return {name: files[name].replace(b"{status: draft}", b"{status: %b}" % s.encode()) for name, s in names.items()}


def main() -> None:
    """Read the base, decide, write what is new."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    parser.add_argument("-n", type=int, default=1_000)
    asked = parser.parse_args()
    read = read_base(asked.base, "claims").files
    if read.vocabulary is None or read.policy is None:
        parser.error("the base has no vocabulary or no policy")
    files = {file.name: file.raw for file in read.base} | {VOCABULARY: read.vocabulary.raw, POLICY: read.policy.raw}
    for name, raw in decided(files, asked.n).items():
        if files.get(name) != raw:
            path = asked.base / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)


if __name__ == "__main__":
    main()
