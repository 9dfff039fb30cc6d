"""What is kept of claims and decisions for weighing: whose signatures held, and which content a claim has."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kbtool.engine.decided import WEIGHED
from kbtool.engine.kept import as_json
from kbtool.engine.outcome import Run
from kbtool.engine.session import How, session
from kbtool.store.cache import open_cache
from tests.engine.desk import HOUR, SHOWN, Desk
from tests.review.planted import forged, good
from tests.review.scratch import DENIAL, EDITOR, RESTATED, TRIAL, decided
from tests.rules.bases import AS_OF

PART = f"{WEIGHED}/00"
HOLDS = 7
"""Where a row says whose signatures hold."""


def rows(desk: Desk) -> dict[str, list[Any]]:
    """What is kept for weighing, by claim."""
    cache = open_cache(desk.cache)
    assert cache is not None
    part = cache.part(PART)
    cache.close()
    assert part is not None
    found: dict[str, list[Any]] = json.loads(part)
    return found


def tamper(desk: Desk, changed: Mapping[str, Any]) -> None:
    """Put other rows into the cache."""
    cache = open_cache(desk.cache)
    assert cache is not None
    assert cache.store([(PART, as_json(changed))], (), cache.part("head"))
    cache.close()


def rules(desk: Desk, *, whole: bool) -> set[str]:
    """The rules that find something, in a check for itself or for whoever hands the base over."""
    how = How(cache=desk.cache, jobs=1, now=lambda: time.time_ns() + HOUR, whole=whole)
    with session(desk.root, SHOWN, AS_OF, how) as found:
        assert isinstance(found, Run)
        return {diagnostic.rule for diagnostic in found.diagnostics}


def bad_decision() -> str:
    """The file of the decision whose signature does not hold."""
    (name,) = {name for name in forged() if name.startswith("decisions/")} - set(good())
    return name


def test_a_row_names_what_was_decided_and_whose_signatures_hold(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(good())
    desk.cached()
    kept = rows(desk)
    decisions = {name for name in good() if name.startswith("decisions/")}
    holding = {f"decisions/{id_}/{digest}.json" for id_, row in kept.items() for digest in row[HOLDS]}
    assert holding == decisions
    assert {id_ for id_, row in kept.items() if row[HOLDS]} == {TRIAL, DENIAL}


def test_a_signature_that_does_not_hold_is_not_kept_and_is_found_every_time(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(forged())
    desk.cached()
    assert not any(bad_decision().endswith(f"{digest}.json") for row in rows(desk).values() for digest in row[HOLDS])
    desk.put({**forged(), "README.md": b"x\n"})
    assert "bad-signature" in rules(desk, whole=False)


def test_only_what_is_handed_over_rests_on_no_kept_signature(tmp_path: Path) -> None:
    """A check trusts what it kept itself; a cache that somebody rewrote deceives it, and nobody whom it goes to."""
    desk = Desk(tmp_path)
    desk.put(forged())
    desk.cached()
    kept = rows(desk)
    claim, _, file = bad_decision().removeprefix("decisions/").rpartition("/")
    said = [signature["keyid"] for signature in json.loads(forged()[bad_decision()])["signatures"]]
    kept[claim][HOLDS][file.removesuffix(".json")] = said
    tamper(desk, kept)
    desk.put({**forged(), "README.md": b"x\n"})
    assert "bad-signature" in rules(desk, whole=True)
    tamper(desk, kept)
    desk.put({**forged(), "README.md": b"y\n"})
    assert "bad-signature" not in rules(desk, whole=False)


@pytest.mark.parametrize("some", [True, False])
def test_a_claim_that_nobody_decided_about_has_no_content(tmp_path: Path, *, some: bool) -> None:
    desk = Desk(tmp_path)
    files = good() if some else {n: raw for n, raw in good().items() if not n.startswith("decisions/")}
    desk.put(files)
    desk.cached()
    contents = {id_ for id_, row in rows(desk).items() if row[6]}
    assert (contents >= {TRIAL, DENIAL}) is some
    assert some or not contents
    assert RESTATED in rows(desk)


def test_a_changed_claim_with_an_unsigned_word_on_it_is_weighed_as_from_scratch(tmp_path: Path) -> None:
    """What changed since the approval is told from the words of now, which are made of the record again."""
    desk = Desk(tmp_path)
    desk.put(decided(good(), TRIAL, "comment", EDITOR, note="Made up.", signers=()))
    desk.cached()
    name = f"{TRIAL}.yaml"
    desk.put({**desk.files, name: desk.files[name].replace(b"hiccups stopped sooner", b"hiccups ended sooner")})
    seen = desk.cached()
    assert seen.said == desk.fresh()
    assert any("statement changed" in reason for reason in seen.said[-1][TRIAL].reasons)
