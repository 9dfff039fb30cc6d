"""`kbtool site`."""

from __future__ import annotations

import gc
import threading
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kbtool.cli.base import NOT_REVIEWED, Unusable, as_of_option, base_option, check_base, named_base, today
from kbtool.cli.export import GATE_NAMES, export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbtool.release.artifact import OutputFile
    from kbtool.release.release import Release
    from kbtool.store.preview import PreviewServer, Shown

PAUSE = 0.5
"""Seconds between two looks at the files of the base, at least."""

_WIDEST = 65535


@click.command(short_help="Make the web site, or preview it and make it anew on change.")
@base_option
@as_of_option
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where the release with the site goes.")
@click.option(
    "--gate",
    type=click.Choice(GATE_NAMES),
    help="What may go out; 'any' lets drafts out, marked as such.  [default: approved; any with --serve]",
)
@click.option("--serve", is_flag=True, help="Preview on this machine only; Ctrl-C ends it.")
@click.option(
    "--port",
    type=click.IntRange(0, _WIDEST),
    default=8000,
    show_default=True,
    metavar="N",
    help="Where to listen with --serve; 0 takes any free port.",
)
@click.pass_context
def site(
    ctx: click.Context, kb: Path | None, as_of: date | None, out: Path | None, gate: str | None, serve: bool, port: int
) -> None:
    """Make the web site of a base: into a folder, as 'kbtool export site' does, or as a preview in the browser.

    The preview listens on this machine only, writes nothing, and makes the site anew when a file of the base changes. A
    base with errors shows them, on the terminal and on the pages, and the last good site stays.

    \b
    Examples:
      kbtool site --serve
      kbtool site --serve --port 0 --gate approved
      kbtool site --gate any --out build/site
    """
    if serve and out is not None:
        raise Unusable("a preview writes nothing, so --out has no use with --serve", "leave out one of the two")
    if serve:
        _serve(kb, as_of, gate or "any", port)
    elif out is None:
        raise Unusable("nothing is asked for", "add --out DIR to write the site, or --serve to look at it")
    else:
        wanted = {"names": ("site",), "kb": kb, "as_of": as_of, "out": out, "gate": gate or "approved"}
        ctx.invoke(export, **wanted, previous=None, since=None, list_=False)


def _serve(kb: Path | None, as_of: date | None, gate: str, port: int) -> None:
    from kbtool.store.interrupt import undone_on_interrupt

    gc.enable()  # unlike other commands, this one lives long
    root, _ = named_base(kb)
    server = _listening(port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        with undone_on_interrupt():
            _keep_fresh(server, root, as_of, gate)
    except KeyboardInterrupt:
        click.echo("the preview has ended")
    finally:
        server.shutdown()
        server.server_close()


def _listening(port: int) -> PreviewServer:
    from kbtool.store.preview import HOST, PreviewServer

    try:
        return PreviewServer(port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unusable(
            f"port {port} of {HOST} cannot be had: {reason}", "name another with --port; 0 takes any free one"
        ) from None


def _keep_fresh(server: PreviewServer, root: Path, as_of: date | None, gate: str) -> NoReturn:
    """Make the site anew whenever a file of the base, or the day, is another; until somebody interrupts."""
    from kbtool.store.watch import state_of

    before: tuple[str, date] | None = None
    while True:
        begun = time.monotonic()
        state = (state_of(root), as_of or today())
        looked = time.monotonic() - begun
        if state != before:
            shown = _made(server.now[0], root, state[1], gate)
            server.show(shown)
            click.echo(f"{'the last good site' if shown.problem else 'the site'} is at {server.address}")
            before = state
        time.sleep(max(PAUSE, 10 * looked))


def _made(before: Shown, root: Path, as_of: date, gate: str) -> Shown:
    """The site of now; or the one before, with what keeps it from being made."""
    from dataclasses import replace

    from kbtool.release.artifact import content_of
    from kbtool.store.preview import Shown

    try:
        release = _release(root, as_of, gate)
        files = {file.path.removeprefix("site/"): content_of(file) for file in _files(release)}
    except click.ClickException as error:
        hint = f"\n  hint: {error.hint}" if isinstance(error, Unusable) and error.hint else ""
        problem = f"{error.message}{hint}"
        click.echo(problem, err=True)
        return replace(before, problem=problem)
    _say(release)
    return Shown(_prefix(release), files)


def _release(root: Path, as_of: date, gate: str) -> Release:
    """The release; raises Unusable with every diagnostic where the base has errors."""
    from kbtool.cli.export_release import release_of
    from kbtool.cli.validate import report_in_full
    from kbtool.diagnostics import ExitStatus, exit_status
    from kbtool.report import render_text

    outcome = check_base(root, as_of)
    if exit_status(outcome.diagnostics) is not ExitStatus.OK:
        raise Unusable(render_text(report_in_full(outcome, "text"), colour=False).rstrip())
    return release_of(outcome, gate, None)


def _files(release: Release) -> Sequence[OutputFile]:
    from kbtool.export import EXPORTERS, run_exporters

    return run_exporters([EXPORTERS["site"]], release).artifacts


def _prefix(release: Release) -> str:
    from urllib.parse import urlsplit

    return urlsplit(str(release.config.base_url)).path or "/"


def _say(release: Release) -> None:
    total = len(release.claims)
    open_ = sum(claim.standing.value != "approved" for claim in release.claims)
    click.echo(f"{total} claims as of {release.as_of.isoformat()}, gate {release.gate.name!r}")
    if open_:
        click.echo(f"{open_} of {total} claims: {NOT_REVIEWED}")
