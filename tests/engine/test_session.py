"""With and without a cache a check says the same, whatever was edited in between; and it does no more than it must."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kbtool.review.content import evidence_digest
from tests.engine.desk import HOUR, Desk
from tests.review.scratch import CLINICIAN, DENIAL, EDITOR, TRIAL, approved, checkpointed, decided, knowledge
from tests.review.scratch import reviewed_base as with_reviewers
from tests.rules.bases import AS_OF, POLICY, VOCABULARY, Base, laid_over, tiny_base
from tests.rules.test_cases import FOLDERS

Edit = Callable[[dict[str, bytes]], Base]

TRIAL_FILE, EVIDENCE = f"{TRIAL}.yaml", "evidence/made-up-trial.yaml"
SOURCE = "sources/plumberry-tea.yaml"
TEXT = next(name for name in tiny_base() if name.endswith(".txt"))
OTHER = "plumberry-tea/one-more.yaml"
DAYS = (AS_OF, date(2026, 2, 2), date(2026, 1, 12), date(2020, 1, 1), date(2027, 1, 20), date(2031, 1, 1))


def put(name: str, old: bytes, new: bytes) -> Edit:
    """Replaces every such passage of a file, where there is the file."""
    return lambda base: base | {name: base[name].replace(old, new)} if name in base else base


def gone(name: str) -> Edit:
    """Takes a file out."""
    return lambda base: {other: raw for other, raw in base.items() if other != name}


def moved(name: str, to: str) -> Edit:
    """Gives a file another name."""
    return lambda base: gone(name)(base | {to: base[name]}) if name in base else base


def back(name: str) -> Edit:
    """Puts a file back as it was in the beginning."""
    return lambda base: base | {name: tiny_base()[name]}


def readable(change: Callable[[Base], Base]) -> Edit:
    """A change that needs a base which can be read; without one nothing changes."""

    def edit(base: dict[str, bytes]) -> Base:
        try:
            return change(base)
        except (AssertionError, KeyError, ValueError):
            return base

    return edit


def waived(base: Base) -> Base:
    content = evidence_digest(knowledge(base).evidence["made-up-trial"].model)
    said = f"rule: name-without-words\nrecord: made-up-trial\ncontent: {content}\nreason: Made up for tests.\n"
    return dict(base) | {"waivers/one.yaml": f"{said}by: {EDITOR}\non: 2026-01-20\nuntil: 2026-03-01\n".encode()}


EDITS: Mapping[str, Edit] = {
    "claim: word": put(TRIAL_FILE, b"hiccups stopped sooner on 15", b"hiccups ended sooner on 15"),
    "claim: verdict": put(TRIAL_FILE, b"rating: supported", b"rating: unverifiable"),
    "claim: caveat": put(TRIAL_FILE, b"would have waited longer", b"waited"),
    "claim: basis": put(
        TRIAL_FILE, b"claim: plumberry-tea/may-not-relieve", b"claim: plumberry-tea/restated-at-the-end"
    ),
    "claim: comment": put(TRIAL_FILE, b"id: plumberry", b"# a word\nid: plumberry"),
    "claim: odd letter": put(TRIAL_FILE, b"The note gives", "The n\u043ete gives".encode()),
    "claim: date": put(TRIAL_FILE, b"on: 2026-01-15", b"on: 2026-02-02"),
    "claim: status": put(TRIAL_FILE, b"status: draft", b"status: approved"),
    "claim: broken": put(TRIAL_FILE, b"polarity:", b"polarity"),
    "claim: of another document": put(TRIAL_FILE, b"document: plumberry-tea", b"document: other-tea"),
    "claim: gone": gone(TRIAL_FILE),
    "claim: renamed": moved(TRIAL_FILE, OTHER),
    "claim: in another folder": moved(TRIAL_FILE, "other-tea/trial.yaml"),
    "claim: back": back(TRIAL_FILE),
    "denial: gone": gone(f"{DENIAL}.yaml"),
    "denial: back": back(f"{DENIAL}.yaml"),
    "evidence: result": put(EVIDENCE, b"2026-01-12", b"2026-01-13"),
    "evidence: name": put(EVIDENCE, b"{family: Nobody, given: N}", b"{given: N}"),
    "evidence: gone": gone(EVIDENCE),
    "evidence: back": back(EVIDENCE),
    "source: title": put(SOURCE, b"title: ", b"title: Now "),
    "source: gone": gone(SOURCE),
    "source: back": back(SOURCE),
    "text: changed": put(TEXT, b"weaker", b"WEAKER"),
    "text: gone": gone(TEXT),
    "text: back": back(TEXT),
    "vocabulary: label": put(VOCABULARY, b"Supported", b"Borne out"),
    "vocabulary: hedge": put(VOCABULARY, b"may", b"mayhap"),
    "vocabulary: broken": put(VOCABULARY, b"ratings:", b"rating:"),
    "policy: severity": lambda base: (
        base | {POLICY: b"severities: {evidence-repeated: error, quote-over-sentences: off}\n"}
    ),
    "policy: back": back(POLICY),
    "reviewers": lambda base: base | {name: with_reviewers()[name] for name in ("kb.yaml", "reviewers.yaml")},
    "config: url": put("kb.yaml", b"base_url: https://kb.example.org/", b"base_url: https://kb.example.org"),
    "stray": lambda base: base | {"plumberry-tea/notes.doc": b"x"},
    "stray: gone": gone("plumberry-tea/notes.doc"),
    "prose": lambda base: base | {"README.md": b"x\n"},
    "waiver": readable(waived),
    "waiver: gone": gone("waivers/one.yaml"),
    "decision": readable(lambda base: decided(base, TRIAL, "approve", EDITOR)),
    "decision: to come": readable(lambda base: decided(base, DENIAL, "approve", CLINICIAN, on=date(2026, 3, 3))),
    "decision: approval": readable(lambda base: approved(base, DENIAL)),
    "log": readable(checkpointed),
}

Step = tuple[str, date, int, bool]
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(DAYS), st.sampled_from([0, HOUR]), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([tiny_base, with_reviewers]), steps=STEPS)
@example(start=tiny_base, steps=[(name, AS_OF, 0, False) for name in ("source: gone", "text: changed", "text: gone")])
def test_with_and_without_cache_a_check_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, start: Callable[[], Base], steps: list[Step]
) -> None:
    """With and without cache: identical, byte for byte, over any sequence of edits."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    base = dict(start())
    for name, as_of, later, touches in steps:
        base = dict(EDITS[name](base))
        desk.put(base)
        if touches:
            for file in sorted(base)[::3]:
                desk.touch(file)
        assert desk.cached(as_of, later).said == desk.fresh(as_of)
        assert desk.cached(as_of, later).said == desk.fresh(as_of)


def test_the_cases_of_all_rules_one_after_the_other(tmp_path: Path) -> None:
    """With and without cache: identical, byte for byte."""
    cases = list(FOLDERS)
    random.Random(8).shuffle(cases)
    desk = Desk(tmp_path)
    for case in cases[:30]:
        desk.put(laid_over(case))
        assert desk.cached().said == desk.fresh(), case


def test_in_several_processes_the_same_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same function wherever it runs."""
    monkeypatch.setattr("kbtool.engine.session.POOL_FROM", 1)
    monkeypatch.setattr("kbtool.engine.plan._A_SHARD", 1)
    base = dict(laid_over(next(case for case in FOLDERS if case.parent.name == "quote-cuts")))
    more = {f"evidence/more-{n}.yaml": base[EVIDENCE].replace(b"made-up-trial", b"more-%d" % n) for n in range(5)}
    alone, several = Desk(tmp_path / "one"), Desk(tmp_path / "two", jobs=3)
    for desk in (alone, several):
        desk.put(base | more)
    first, second = alone.cached(), several.cached()
    assert first.said == second.said == alone.fresh()
    assert first.counts is not None
    assert second.counts is not None
    assert first.counts.checked == second.counts.checked


def one(desk: Desk, edit: Edit) -> None:
    """Make one edit on the desk."""
    desk.put(edit(desk.files))


def test_nothing_is_read_where_nothing_changed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    first = desk.cached()
    assert first.counts is not None
    assert (first.counts.digests, first.counts.parses, first.counts.checked, first.counts.accounts) == (6, 6, 6, 1)
    assert desk.cached().warm
    assert desk.cached(date(2029, 1, 1)).warm


WORK: Mapping[str, tuple[str, tuple[int, int, int, int]]] = {
    "one claim": ("claim: word", (1, 1, 1, 1)),
    "a claim that a caveat rests on": ("denial: gone", (0, 0, 1, 1)),
    "one evidence record: the claim that cites it": ("evidence: result", (1, 1, 2, 0)),
    "the policy: every rule, and nothing is parsed": ("policy: severity", (0, 0, 6, 0)),
    "the vocabulary: the same": ("vocabulary: label", (0, 0, 6, 0)),
    "a text: its source and all claims of it": ("text: changed", (1, 1, 4, 0)),
    "a stray file": ("stray", (0, 0, 0, 0)),
}


@pytest.mark.parametrize(("edit", "work"), WORK.values(), ids=WORK)
def test_only_what_depends_on_a_change_is_done_again(
    tmp_path: Path, edit: str, work: tuple[int, int, int, int]
) -> None:
    """Files digested, records parsed, records checked, texts accounted for."""
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    one(desk, EDITS[edit])
    counts = desk.cached().counts
    assert counts is not None
    assert (counts.digests, counts.parses, counts.checked, counts.accounts) == work
    assert desk.cached().warm


def test_a_touch_costs_a_digest_and_nothing_else(tmp_path: Path) -> None:
    """Where all bytes are those of the last run, so is the outcome: no record is made, and none is needed."""
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    for name in tiny_base():
        desk.touch(name)
    seen = desk.cached()
    assert seen.warm
    assert seen.said == desk.fresh()


def test_the_same_bytes_on_a_day_that_turns_something_are_checked_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    for name in tiny_base():
        desk.touch(name)
    seen = desk.cached(date(2020, 1, 1))
    assert not seen.warm
    assert seen.said == desk.fresh(date(2020, 1, 1))


def test_another_day_runs_the_rules_on_days_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    counts = desk.cached(date(2020, 1, 1)).counts
    assert counts is not None
    assert (counts.parses, counts.checked, counts.accounts) == (0, 0, 0)
    assert counts.base_rules <= 4


def test_a_comment_runs_no_rule_on_the_whole_base_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    before = desk.cached().counts
    one(desk, EDITS["claim: comment"])
    after = desk.cached().counts
    assert before is not None
    assert after is not None
    assert after.base_rules <= 4 < before.base_rules


def test_a_file_as_young_as_the_cache_is_looked_at_again(tmp_path: Path) -> None:
    """Two changes within one tick of the disk's clock bear the same time."""
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached(later=0)
    path = desk.path(TRIAL_FILE)
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"rating: supported", b"rating: suPported"))
    import os

    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert desk.cached(later=0).said == desk.fresh()


def test_a_clone_in_another_place_takes_over_the_cache(tmp_path: Path) -> None:
    here, there = Desk(tmp_path / "here"), Desk(tmp_path / "there")
    for desk in (here, there):
        desk.put(tiny_base())
    here.cached()
    there.cache_folder = here.cache.parent
    seen = there.cached()
    assert seen.said == there.fresh()
    assert seen.warm


def test_another_kbtool_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    monkeypatch.setattr("kbtool.engine.session.tool_key", lambda: "another")
    counts = desk.cached().counts
    assert counts is not None
    assert counts.parses == 6
    assert desk.cached().warm


def test_a_failure_of_ours_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    desk.put(tiny_base())
    with monkeypatch.context() as patch:
        patch.setattr("kbtool.rules.relations._skeleton", None)
        assert {found.rule for found in desk.cached().said[0]} == {"internal-error"}
    assert desk.cached().said == desk.fresh()


@pytest.mark.parametrize("name", ["vocabulary.yaml", "kb.yaml"])
def test_what_cannot_be_told_from_rows_is_left_to_the_full_reader(tmp_path: Path, name: str) -> None:
    from kbtool.engine.session import How, session

    desk = Desk(tmp_path)
    desk.put(tiny_base())
    path = desk.root / "kb.yaml" if name == "kb.yaml" else desk.folder / "schema" / name
    path.write_bytes(b"nothing: here\n")
    with session(desk.root, "kb", AS_OF, How(cache=desk.cache)) as found:
        assert found is None


def test_a_link_is_left_to_the_full_reader(tmp_path: Path) -> None:
    from kbtool.engine.session import How, session

    desk = Desk(tmp_path)
    desk.put(tiny_base())
    desk.cached()
    (desk.root / "plumberry-tea" / "link.yaml").symlink_to(desk.path(TRIAL_FILE))
    with session(desk.root, "kb", AS_OF, How(cache=desk.cache)) as found:
        assert found is None
