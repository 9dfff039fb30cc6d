"""A group of commands inside `kbtool`, each imported when it is called; their one-line helps stand in a table."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from difflib import get_close_matches

import click

Table = Mapping[str, tuple[str, str]]
"""Each command with where it lives (`module:attribute`) and what it does in one line."""


class TableGroup(click.Group):
    """A group whose commands stand in a literal table and are imported when they are called."""

    def __init__(self, name: str, table: Table, help_text: str) -> None:
        super().__init__(name, help=help_text, short_help=help_text.partition("\n")[0])
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None where there is none of that name."""
        del ctx
        if cmd_name not in self.table:
            return None
        module, _, attribute = self.table[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.table[cmd_name][0]} is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the nearest name as a hint."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            near = get_close_matches(args[0], list(self.table), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"there is no command {args[0]!r} of '{self.name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their one-line helps, without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.table.items()])
