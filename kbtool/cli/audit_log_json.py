"""What verifying a log comes to, and what `kbtool audit log` says for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbtool.cli.review_desk import Opened
    from kbtool.review.kept_checkpoint import Consistency
    from kbtool.review.log import Log
    from kbtool.review.note import Checkpoint
    from kbtool.review.problem import ReviewProblem

FORMAT = "kbtool/audit-log/1"
"""Name and version of the form."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a log came to."""

    problems: tuple[ReviewProblem, ...]
    since: Checkpoint | None = None
    """The older checkpoint, where the log begins with it."""
    consistency: Consistency | None = None
    """The proof of that."""


def log_json(opened: Opened, found: Log, verified: Verified | None) -> str:
    """The log, what waits for it and, where it was verified, what does not hold; JSON with a line end."""
    value = {
        "format": FORMAT,
        "as_of": opened.as_of.isoformat(),
        "entries": [
            {"number": number, "file": entry.name, "digest": entry.digest, "on": entry.on.isoformat()}
            for number, entry in enumerate(found.entries)
        ],
        "waiting": list(opened.desk.state.pending),
        "checkpoint": _checkpoint(found.checkpoint),
        "verified": _verified(verified) if verified else None,
    }
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"


def _checkpoint(checkpoint: Checkpoint | None) -> dict[str, Any] | None:
    from kbtool.review.base64text import encode

    if checkpoint is None:
        return None
    return {"origin": checkpoint.origin, "size": checkpoint.size, "root": encode(checkpoint.root)}


def _verified(verified: Verified) -> dict[str, Any]:
    from kbtool.review.base64text import encode

    return {
        "holds": not verified.problems,
        "problems": [
            {"rule": p.rule, "file": p.file, "claim": p.subject or None, "message": p.message, "hint": p.hint or None}
            for p in verified.problems
        ],
        "since": _checkpoint(verified.since),
        "proof": [encode(each) for each in verified.consistency.proof] if verified.consistency else None,
    }
