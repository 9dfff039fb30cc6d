"""`kbtool review`: the commands of a reviewer."""

from __future__ import annotations

from kbtool.cli.lazy import Table, TableGroup

COMMANDS: Table = {
    "queue": ("kbtool.cli.review_queue:queue", "List what needs a look, most harmful first, with the reasons."),
    "show": ("kbtool.cli.review_show:show", "Show a claim as a reviewer needs it, with what changed."),
    "approve": ("kbtool.cli.review_decide:approve", "Approve a claim as it is now; signed."),
    "reaffirm": (
        "kbtool.cli.review_decide:reaffirm",
        "Say that a claim still holds after seeing what changed; signed.",
    ),
    "request-changes": ("kbtool.cli.review_decide:request_changes", "Ask for changes; needs a note."),
    "dispute": ("kbtool.cli.review_decide:dispute", "Dispute a claim until you decide otherwise; signed."),
    "withdraw": ("kbtool.cli.review_decide:withdraw", "Take a claim back for good, with the reason; signed."),
    "comment": ("kbtool.cli.review_decide:comment", "Leave a note that changes no standing."),
    "log": ("kbtool.cli.review_log:log", "Tell the whole story of a claim, and why it stands as it does."),
    "sync": ("kbtool.cli.review_sync:sync", "Write the review status of every record as it was decided."),
}
"""Each command with where it lives and what it does in one line."""

_HELP = """Review claims: see what needs a look, read it beside its source, decide, sign.

\b
Begin with:
  kbtool review queue --for ID      what waits for you
  kbtool review show CLAIM          read it, see what changed
  kbtool review approve CLAIM --by ID --key FILE --seen DIGEST
"""

review = TableGroup("review", COMMANDS, _HELP)
"""The group."""
