"""The command `kbtool`: its groups of commands, imported only when called, and the one place where errors end.

`--help` and `--version` import nothing but click.
"""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
from collections.abc import Mapping
from typing import NoReturn

import click

from kbtool import __version__
from kbtool.diagnostics import ExitStatus
from kbtool.store import interrupt

_NAME = "kbtool"
_COMPLETION = "_KBTOOL_COMPLETE"
"""The variable by which a shell's completion script asks for completions."""
_OUTPUT_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})

COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "validate": ("check", "kbtool.cli.validate:validate", "Check every record of a base."),
    "status": ("check", "kbtool.cli.status:status", "Sum up a base: claims by type, verdict and standing; coverage."),
    "rules": ("check", "kbtool.cli.rules:rules", "List every rule with its severity."),
    "explain": ("check", "kbtool.cli.rules:explain", "Say what a rule finds, why it matters, how to mend it."),
    "probe": ("check", "kbtool.cli.probe:probe", "Plant faults in a scratch copy and demand that each is caught."),
    "list": ("read", "kbtool.cli.browse:list_claims", "List claims, by type, verdict, standing or words."),
    "show": ("read", "kbtool.cli.browse:show", "Show one claim, an evidence record or a source, with all it rests on."),
    "review": ("review", "kbtool.cli.review:review", "See what needs a look, read it, decide, sign."),
    "diff": ("review", "kbtool.cli.diff:diff", "Say what changed between two bases, releases or commits, in words."),
    "report-error": ("review", "kbtool.cli.report_error:report_error", "Put a reader's objection into the queue."),
    "key": ("review", "kbtool.cli.key:key", "Make a signing key, or print its public half."),
    "govern": ("prove", "kbtool.cli.govern:govern", "Change who may decide, agreed by the holders of root keys."),
    "audit": ("prove", "kbtool.cli.audit:audit", "Prove who decided what, in which order; keep and verify the log."),
    "export": ("publish", "kbtool.cli.export:export", "Write a release in the formats that others build on."),
    "site": ("publish", "kbtool.cli.site:site", "Make the web site, or preview it and make it anew on change."),
    "verify-release": ("publish", "kbtool.cli.verify_release:verify_release", "Check a copy of a release."),
    "init": ("write", "kbtool.cli.init:init", "Start a new base with a small example that validates."),
    "ingest": ("write", "kbtool.cli.ingest:ingest", "Make draft claims of documents, every sentence accounted for."),
    "fmt": ("write", "kbtool.cli.fmt:fmt", "Put records into the usual layout; their content stays."),
    "import": ("write", "kbtool.cli.import_claims:import_claims", "Bring claims of others in, each as a draft."),
    "source": ("write", "kbtool.cli.source:source", "Follow a document through its revisions."),
    "evidence": ("write", "kbtool.cli.evidence:evidence", "Apply a list of retractions to evidence records."),
    "waive": ("write", "kbtool.cli.waive:waive", "Make a dated exception to a rule for one record."),
    "schema": ("write", "kbtool.cli.schema:schema", "Print or write the JSON Schemas of the record format."),
    "migrate": ("write", "kbtool.cli.migrate:migrate", "Bring a base to a newer version of the record format."),
    "cache": ("help", "kbtool.cli.cache:cache", "Look after the results that are kept between runs."),
    "doctor": ("help", "kbtool.cli.doctor:doctor", "Say what is installed, which base is found, what is missing."),
    "completion": ("help", "kbtool.cli.completion:completion", "Print the completion script for a shell."),
}
"""Each command with its group, where it lives and what it does in one line."""

GROUPS: Mapping[str, str] = {
    "check": "Check a base",
    "read": "Read it",
    "review": "Review it",
    "prove": "Prove it",
    "publish": "Publish it",
    "write": "Write records",
    "help": "Find your way",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; their one-line helps stand in the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None where there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][1].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name][1]} is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the nearest name as a hint."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}.{_did_you_mean(args[0])}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by group, without importing them."""
        del ctx
        for group, title in GROUPS.items():
            rows = [(name, line) for name, (own, _, line) in COMMANDS.items() if own == group]
            with formatter.section(title):
                formatter.write_dl(rows)


def _did_you_mean(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(COMMANDS), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kbtool", message="%(prog)s %(version)s")
def cli() -> None:
    """Fact-checked claims as code.

    Every statement of a document is a small YAML record with its source quote, its caveats, its evidence, its verdict
    and its review status. kbtool checks the records and publishes them, with nothing lost on the way.

    \b
    Begin with:
      kbtool validate           check the base in this folder
      kbtool status             see what it holds
      kbtool explain RULE       understand a message
    """
    from kbtool.cli.base import Unusable

    if sys.flags.optimize > 1:
        raise Unusable("Python runs with -OO, which strips the texts that explain the rules", "run it without -OO")
    try:
        os.getcwd()  # noqa: PTH109 - light; every command names paths from here
    except OSError:
        raise Unusable("the folder you are in does not exist any more", "change into another one") from None


def main() -> NoReturn:
    """Run the command line and end the process with a status of `ExitStatus`."""
    _set_up()
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        _end(ExitStatus.UNUSABLE)
    except click.ClickException as error:
        error.show()
        _end(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        _end(ExitStatus.INTERRUPTED)
    except BrokenPipeError:
        _reader_has_gone()
    except OSError as error:
        _output_lost(error)
    except Exception as error:  # noqa: BLE001 - the one place where a bug becomes a message
        _report_bug(error)
        _end(ExitStatus.BUG)
    _end(code)


def _set_up() -> None:
    """What holds for every command, whatever the machine is set to.

    A character that the terminal's encoding lacks is printed as an escape rather than ending the run. The process is
    short, so counting references frees enough; looking for cycles would cost a sixth of the time on large bases.
    Nothing that happens to be installed may take part in validation.
    """
    if sys.stdout is None:  # it was closed; what is printed goes nowhere
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the process ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def _run(arguments: list[str]) -> int:
    """Run one command; its status. Click's own `main` would take a closed pipe for a failure."""
    if _COMPLETION in os.environ:
        cli.main(prog_name=_NAME, complete_var=_COMPLETION)
    try:
        with cli.make_context(_NAME, arguments) as context:
            code = cli.invoke(context)
    except click.exceptions.Exit as end:
        code = end.exit_code
    return code if isinstance(code, int) else int(ExitStatus.OK)


def _end(code: int) -> NoReturn:
    interrupt.is_over()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _reader_has_gone()
    except OSError as error:
        _output_lost(error)
    sys.exit(int(code))


def _reader_has_gone() -> NoReturn:
    """Whoever read our output has closed it ("| head"): no error. The rest of the output goes nowhere."""
    _output_nowhere()
    sys.exit(int(ExitStatus.OK))


def _output_lost(error: OSError) -> NoReturn:
    """The output could not be written (a full disk), or another call of the system failed that no command expected."""
    if error.filename is not None or error.errno not in _OUTPUT_ERRORS:
        _report_bug(error)
        sys.exit(int(ExitStatus.BUG))
    _output_nowhere()
    click.echo(f"kbtool: error: the output cannot be written: {(error.strerror or '').lower()}", err=True)
    sys.exit(int(ExitStatus.UNUSABLE))


def _output_nowhere() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(error: Exception) -> None:
    import platform
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames[-4:]))  # noqa: PTH119
    click.echo(f"kbtool: internal error: {type(error).__name__}: {error}", err=True)
    click.echo(f"  at: {places}", err=True)
    click.echo(f"  kbtool {__version__}, Python {platform.python_version()}, {platform.system()}", err=True)
    click.echo("  this is a bug in kbtool; please report these lines with the command you gave", err=True)
    if os.environ.get("KBTOOL_TRACEBACK"):
        traceback.print_exception(error)
