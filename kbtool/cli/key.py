"""`kbtool key`: a reviewer's signing key."""

from __future__ import annotations

from kbtool.cli.lazy import Table, TableGroup

COMMANDS: Table = {
    "new": ("kbtool.cli.key_file:new", "Make a signing key; the private half stays outside of any base."),
    "show": ("kbtool.cli.key_file:show", "Print the public half of a key file, and its id."),
}
"""Each command with where it lives and what it does in one line."""

key = TableGroup("key", COMMANDS, "Make a signing key, or print its public half.")
"""The group."""
