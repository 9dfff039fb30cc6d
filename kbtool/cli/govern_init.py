"""`kbtool govern init`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kbtool.cli.base import Refused, Unusable, base_option
from kbtool.cli.governing import (
    TOOL,
    Governed,
    accepted,
    keys_option,
    open_governed,
    proposal_option,
    proposal_path,
    settle,
    signed_with,
)
from kbtool.cli.review_desk import not_after_today, on_option
from kbtool.cli.signing import passphrase_option

if TYPE_CHECKING:
    from kbtool.model.base import Model
    from kbtool.model.base_config import LogKey, Root

M = TypeVar("M", bound="Model")


@click.command(short_help="Hold the first key ceremony: pin root keys and the log's key.")
@base_option
@click.option("--root", "roots", metavar="NAME=PUBLIC", multiple=True, help="A root key: its holder and public half.")
@click.option("--threshold", type=click.IntRange(min=1), default=1, show_default=True, help="How many must sign.")
@click.option("--log", "log", metavar="ORIGIN=PUBLIC", help="The log's name and the public half of its key.")
@click.option("--note", default="The first key ceremony.", show_default=True, help="What is agreed, and why.")
@keys_option
@passphrase_option
@proposal_option
@on_option("of the ceremony")
def init(
    kb: Path | None,
    roots: tuple[str, ...],
    threshold: int,
    log: str | None,
    note: str,
    keys: tuple[Path, ...],
    passphrase_file: Path | None,
    file: Path | None,
    on: date | None,
) -> None:
    """Pin the root keys into kb.yaml and agree on reviewers and policy as they are now.

    Until enough root keys have signed, 'kbtool validate' says so and no approval counts. Make the keys with 'kbtool key
    new', each holder on their own machine; only the public halves are given here.

    \b
    Example:
      kbtool govern init --root anna=BASE64 --root ben=BASE64 --threshold 2 \\
        --log kb.example.org/log=BASE64 --key anna.pem --proposal first.json
    """
    from kbtool.review.edits import Edit, Refusal
    from kbtool.review.pin import pinned
    from kbtool.review.propose import propose

    governed = open_governed(kb)
    if governed.config.root.keys or governed.chain:
        raise Refused("the base has a trust root already", "change it in kb.yaml and run 'kbtool govern propose'")
    root, log_key = _root(roots, threshold), _log(log)
    config = governed.config.model_copy(update={"root": root, "log": log_key})
    proposal = accepted(propose(governed.base, config, note, not_after_today(on), TOOL))
    path = proposal_path(file, 1, governed)
    proposal = signed_with(proposal, keys, passphrase_file, governed)
    raw = governed.base.config.raw
    changed = pinned(raw, root, log_key)
    if isinstance(changed, Refusal):
        raise Refused(changed.message, changed.hint)
    settle(proposal, governed, (Edit("kb.yaml", changed, raw),), path, None)
    _advise(governed)


def _advise(governed: Governed) -> None:
    click.echo(
        f"the root keys stand in {governed.shown}/kb.yaml; publish them elsewhere too, so that others can compare"
    )


def _root(texts: tuple[str, ...], threshold: int) -> Root:
    from kbtool.model.base_config import Root

    if not texts:
        raise Unusable("no root key is named", "add --root NAME=PUBLIC for each holder")
    keys = [dict(zip(("name", "public"), _pair(text, "--root", "NAME=PUBLIC"), strict=True)) for text in texts]
    return _valid(Root, {"threshold": threshold, "keys": keys}, "--root")


def _log(text: str | None) -> LogKey | None:
    from kbtool.model.base_config import LogKey

    if text is None:
        return None
    found = dict(zip(("origin", "public"), _pair(text, "--log", "ORIGIN=PUBLIC"), strict=True))
    return _valid(LogKey, found, "--log")


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    name, equals, public = text.partition("=")
    if not (name and equals and public):
        raise Unusable(
            f"{text!r} does not have the form {form}", f"give {option} {form}; 'kbtool key show' prints PUBLIC"
        )
    return name, public


def _valid(model: type[M], value: Mapping[str, object], option: str) -> M:
    from pydantic import ValidationError

    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Unusable(f"{option}: {where}: {first['msg'].lower()}", "use a short name in lower-case letters") from None
