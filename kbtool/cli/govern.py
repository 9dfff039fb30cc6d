"""`kbtool govern`: the commands of those who hold root keys."""

from __future__ import annotations

from kbtool.cli.lazy import Table, TableGroup

COMMANDS: Table = {
    "init": ("kbtool.cli.govern_init:init", "Hold the first key ceremony: pin root keys and the log's key."),
    "propose": ("kbtool.cli.govern_propose:propose", "Propose to agree on reviewers, policy and keys as they are now."),
    "sign": ("kbtool.cli.govern_sign:sign", "Sign a proposal; with the last signature it is put into the base."),
    "status": ("kbtool.cli.govern_status:status", "Say who may change what, and what is agreed."),
}
"""Each command with where it lives and what it does in one line."""

_HELP = """Change who may decide: reviewers, policy and keys, agreed by the holders of root keys.

\b
Begin with:
  kbtool key new --out FILE           each holder of a root key, on their own machine
  kbtool govern init                  once, with the public halves
  kbtool govern propose, sign         after each change of reviewers, policy or keys
"""

govern = TableGroup("govern", COMMANDS, _HELP)
"""The group."""
