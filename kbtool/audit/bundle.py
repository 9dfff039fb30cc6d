"""The files of a bundle: a pure function of what it holds, so that verifying can make it again and compare."""

from __future__ import annotations

from kbtool.audit.bag import bagged
from kbtool.audit.borrowed import contents_to_ship
from kbtool.audit.crate import crate_of
from kbtool.audit.guide import guide
from kbtool.audit.held import Held, held_files
from kbtool.audit.layout import CRATE, FORMAT, GUIDE, REPORT, STATEMENT, SUMMARY
from kbtool.audit.signed_parts import parts_of
from kbtool.audit.statement import statement_of
from kbtool.audit.summary import summary_of
from kbtool.release.jsontext import pretty


def bundle_files(held: Held) -> dict[str, bytes]:
    """Every file of the bag by name."""
    statement = statement_of(held)
    payload = {
        **held_files(held),
        **contents_to_ship(held.base, held.state),
        **parts_of(held.base, held.state.log),
        STATEMENT: pretty(statement),
        REPORT: held.report,
        SUMMARY: summary_of(held, statement),
    }
    payload[CRATE] = crate_of(held, payload)
    return bagged({**payload, GUIDE: guide()}, _info(held))


def _info(held: Held) -> dict[str, str]:
    config = held.base.config.model
    return {
        "Source-Organization": config.publisher.name,
        "External-Description": f"{FORMAT}: {config.title}",
        "Bagging-Date": held.as_of.isoformat(),
        "Bag-Software-Agent": held.tool,
    }
