"""`kbtool evidence`: commands on evidence records."""

from __future__ import annotations

from kbtool.cli.lazy import Table, TableGroup

COMMANDS: Table = {
    "status": ("kbtool.cli.evidence_status:status", "Apply a list of retractions, and say what now needs review."),
}
"""Each command with where it lives and what it does in one line."""

evidence = TableGroup("evidence", COMMANDS, "Keep evidence records up to date.")
"""The group."""
