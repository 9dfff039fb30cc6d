"""A person's answer for a quote that an update left behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.ingest.reanchor import Reanchored, chosen, dropped, loose_quotes, reanchored
from kbtool.ingest.tracked import Tracked, record_quotes
from kbtool.review.edits import Edit, Refusal
from tests.ingest.test_update import DOCUMENT, OLD, SOURCE, applied, older_of
from tests.review.scratch import TRIAL, approved, knowledge, reviewed_base, standing
from tests.rules.bases import Base, rules_of, tiny_base

NEW = OLD.replace("15 mg", "20 mg").replace("Unfortunately", "Sadly")
FIRST = "In a made-up trial, hiccups stopped sooner on 20 mg of plumberry than on 5 mg of it (p < 0.05)"


def quotes(base: Base, record: str = TRIAL) -> tuple[Tracked, ...]:
    return record_quotes(knowledge(base), record, older_of(base))


def place_of(words: str, text: str = NEW) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def put(base: Base, tracked: Tracked, place: tuple[int, int], text: str = NEW) -> Reanchored:
    found = reanchored(knowledge(base), tracked, text, place)
    assert isinstance(found, Reanchored)
    return found


def refusal(found: object) -> str:
    assert isinstance(found, Refusal)
    return found.message


def test_candidates_are_offered_for_quotes_that_do_not_stand() -> None:
    base = applied(NEW)
    loose = loose_quotes(quotes(base), NEW)
    assert [each.tracked.number for each in loose] == [1]
    assert loose[0].carried is not None
    best = loose[0].carried.candidates[0]
    assert (NEW[best.start : best.end], best.score > 0.9) == (FIRST, True)
    assert loose_quotes(quotes(tiny_base()), OLD) == ()


def test_a_quote_that_never_stood_anywhere_has_no_candidates() -> None:
    base = dict(tiny_base())
    base[f"{TRIAL}.yaml"] = base[f"{TRIAL}.yaml"].replace(b"exact: weaker tea was", b"exact: stronger tea was")
    assert [each.carried for each in loose_quotes(quotes(base), OLD)] == [None]


def test_the_quote_moves_to_the_chosen_place_and_says_what_changed() -> None:
    base = applied(NEW)
    found = put(base, quotes(base)[0], place_of(FIRST))
    assert (found.words, found.is_unique) == (FIRST, True)
    assert found.differences == (("15", "20"),)
    assert found.alarms == ("a number differs: '15' in the quote, '20' in the text",)
    assert found.edit is not None
    after = base | {found.edit.name: found.edit.content}
    assert "quote-not-in-source" not in rules_of(after)
    again = put(after, quotes(after)[0], place_of(FIRST))
    assert again.edit is None


def test_the_claim_needs_review_again() -> None:
    base = applied(NEW, approved(reviewed_base(), TRIAL))
    found = put(base, quotes(base)[0], place_of(FIRST))
    assert found.edit is not None
    assert standing(base | {found.edit.name: found.edit.content}, TRIAL) == "needs-review"


def test_a_passage_of_the_source() -> None:
    base = applied(NEW)
    joint = quotes(base, SOURCE)[1]
    found = put(base, joint, place_of("Sadly"))
    assert (found.edit is not None and found.edit.name, found.is_unique) == (f"{SOURCE}.yaml", True)


def test_a_passage_that_is_gone_is_taken_out_of_the_source() -> None:
    new = OLD.replace("What does this mean? ", "")
    base = applied(new)
    skip = quotes(base, SOURCE)[0]
    edit = dropped(knowledge(base), skip, new)
    assert isinstance(edit, Edit)
    assert (edit.name, b"What does this mean?" in edit.content) == (f"{SOURCE}.yaml", False)
    after = base | {edit.name: edit.content}
    assert "passage-not-in-text" in rules_of(base)
    assert rules_of(after) == set()
    assert knowledge(after).sources[DOCUMENT].model.skipped == ()


def test_what_is_not_dropped() -> None:
    base = knowledge(tiny_base())
    assert "only skipped passages" in refusal(dropped(base, quotes(tiny_base())[0], OLD))
    skip = quotes(tiny_base(), SOURCE)[0]
    assert refusal(dropped(base, skip, OLD)) == "the passage stands in the text under check"
    torn = replace(base, sources={DOCUMENT: replace(base.sources[DOCUMENT], raw=b"a: [\n")})
    assert "the entry cannot be taken out" in refusal(dropped(torn, skip, "Tea."))


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ((5, 5), "the text has no place 5:5"),
        ((5, 9999), "the text has no place 5:9999"),
        ((0, 10), "the place 0:10 begins or ends with white space"),
        ((1, 13), "the place 1:13 cuts the word 'Plumberry'"),
    ],
)
def test_places_that_are_refused(place: tuple[int, int], message: str) -> None:
    assert refusal(reanchored(knowledge(tiny_base()), quotes(tiny_base())[0], OLD, place)) == message


def test_a_record_that_cannot_be_written() -> None:
    base = dict(tiny_base())
    base[f"{TRIAL}.yaml"] = b"a: [\n"
    assert "cannot be written" in refusal(_broken())


def _broken() -> object:
    base = knowledge(tiny_base())
    claims = dict(base.claims) | {TRIAL: replace(base.claims[TRIAL], raw=b"a: [\n")}
    return reanchored(replace(base, claims=claims), quotes(tiny_base())[0], OLD, (0, 13))


def test_which_quote_is_meant() -> None:
    base = applied(NEW)
    own = quotes(base)
    loose = loose_quotes(own, NEW)
    assert chosen(own, loose, 2) is own[1]
    assert chosen(own, loose, None) is own[0]
    assert chosen(own[:1], (), None) is own[0]
    assert refusal(chosen(own, (), None)) == "it is not clear which quote is meant"
    assert refusal(chosen(own, loose, 9)) == "the record has no quote 9"
    assert refusal(chosen((), (), 1)) == "the record has no quote 1"
    assert DOCUMENT in own[0].record
