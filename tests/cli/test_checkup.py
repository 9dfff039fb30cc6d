"""A check for commands that go over all records: each is read from its file once, and is what the file says."""

from __future__ import annotations

from pathlib import Path

from kbtool.cli.checkup import Speed, checkup
from kbtool.records.assemble import assemble
from kbtool.records.base import KnowledgeBase
from kbtool.store.read import read_base
from tests.engine.desk import Desk
from tests.rules.bases import AS_OF, tiny_base


def said(base: KnowledgeBase) -> dict[str, object]:
    """What every claim, evidence record, source and text of a base says."""
    records = {**base.claims, **base.evidence, **base.sources}
    return {**{id_: record.model for id_, record in records.items()}, **base.texts}


def test_records_that_are_wanted_too_are_read_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    expected = assemble(read_base(desk.root, str(desk.root)).files).base
    assert expected is not None
    with (
        checkup(desk.root, AS_OF, Speed(no_cache=True), whole=True) as checked,
        checked.in_full() as run,
    ):
        assert said(run.base) == said(run.base) == said(expected)
        assert (run.counts.parses, run.counts.restored) == (6, 6)
