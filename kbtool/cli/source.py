"""`kbtool source`: commands on documents and their stored texts."""

from __future__ import annotations

from kbtool.cli.lazy import Table, TableGroup

COMMANDS: Table = {
    "update": ("kbtool.cli.source_update:update", "Say which quotes still stand in a new revision; store it."),
    "reanchor": ("kbtool.cli.source_reanchor:reanchor", "Put a quote at the place that you choose."),
    "check": ("kbtool.cli.source_check:check", "Say whether stored texts, and live pages, are what was recorded."),
}
"""Each command with where it lives and what it does in one line."""

source = TableGroup("source", COMMANDS, "Follow a document through its revisions.")
"""The group."""
