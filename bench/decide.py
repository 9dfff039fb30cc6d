"""Approve the first claims of a generated base with made-up people, so that verifying can be measured.

    python bench/decide.py BASE -n 1000

Each claim gets one signed approval, everything is taken up by the log, and the statuses follow. The keys are those of
`kbtool probe`: no secret, and for scratch bases only.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kbtool.model.decision import REVIEW_TYPE, STATEMENT_TYPE
from kbtool.probe.deciding import checkpointed, decision_name
from kbtool.probe.gates import POLICY, VOCABULARY
from kbtool.probe.people import enveloped, governed, knowledge, reviewer, with_people
from kbtool.review.content import contents_of, digest_of, rests_on
from kbtool.store.read import read_base

DAY = date(2026, 11, 1)
CLINICIAN, EDITOR = "bench-clinician", "bench-editor"


def decided(files: dict[str, bytes], count: int) -> dict[str, bytes]:
    """The files with reviewers, governance, an approval of each of the first `count` claims, and a log."""
    people = [
        reviewer(CLINICIAN, "Example Clinician", ("clinician",), DAY),
        reviewer(EDITOR, "Example Editor", ("medical-editor",), DAY),
    ]
    files = governed(with_people(files, people), DAY)
    index = knowledge(files)
    contents = contents_of(index.claims, index)
    digests = {id_: content.digest for id_, content in contents.items()}
    for id_ in sorted(index.claims)[:count]:
        predicate = {
            "decision": "approve",
            "by": CLINICIAN,
            "on": DAY.isoformat(),
            "rests_on": rests_on(index.claims[id_].model, index, digests),
            "policy": digest_of(index.policy.raw),
            "tool": "bench",
        }
        subject = [{"name": id_, "digest": {"sha256": digests[id_]}}]
        statement = {
            "_type": STATEMENT_TYPE,
            "subject": subject,
            "predicateType": REVIEW_TYPE,
            "predicate": predicate,
        }
        raw = enveloped(statement, (CLINICIAN,))
        files |= {decision_name(id_, raw): raw, f"reviewed/{digests[id_]}.json": contents[id_].raw}
    return checkpointed(files, DAY)


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
