"""`kbtool audit`: the commands of whoever keeps the log, and of whoever does not want to trust them."""

from __future__ import annotations

from kbtool.cli.lazy import Table, TableGroup

COMMANDS: Table = {
    "log": ("kbtool.cli.audit_log:log", "List the log of decisions, or verify it, also against an older copy."),
    "checkpoint": ("kbtool.cli.audit_checkpoint:checkpoint", "Take up what waits into the log, and sign it."),
    "bundle": ("kbtool.cli.audit_bundle:bundle", "Put all that approvals rest on into one archive."),
    "verify": ("kbtool.cli.audit_bundle:verify", "Compute anew all that a bundle states, and name what does not hold."),
}
"""Each command with where it lives and what it does in one line."""

_HELP = """Prove who decided what, in which order, and that nothing was slipped in or taken out.

\b
Begin with:
  kbtool audit log --verify                       hold every decision against the log and its keys
  kbtool audit log --verify --since FILE          and the log against a checkpoint that you kept
  kbtool audit bundle --out FILE.zip              hand all of it to an auditor
  kbtool audit verify FILE.zip                    be the auditor
"""

audit = TableGroup("audit", COMMANDS, _HELP)
"""The group."""
