"""What a new revision does to the quotes of the tiny base, and the files that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.ingest.context import is_ambiguous, placed_selector
from kbtool.ingest.tracked import older_texts, place_in, record_quotes, tracked_quotes
from kbtool.ingest.update import Update, plan_update
from kbtool.ingest.update_edits import Arrival, edits_of
from kbtool.model.claim import Selector
from kbtool.review.edits import Refusal
from tests.review.scratch import DENIAL, RESTATED, TRIAL, approved, knowledge, reviewed_base, standing
from tests.rules.bases import Base, rules_of, tiny_base

DOCUMENT = "plumberry-tea"
SOURCE = f"sources/{DOCUMENT}"
ON = date(2026, 1, 25)
ARRIVAL = Arrival(ON, "Made up: a revision.")
OLD = knowledge(tiny_base()).texts[DOCUMENT]


def planned(new: str, base: Base | None = None) -> Update:
    found = plan_update(knowledge(base or tiny_base()), DOCUMENT, new, older_of(base or tiny_base()))
    assert isinstance(found, Update)
    return found


def older_of(base: Base) -> tuple[str, ...]:
    return older_texts(list(base.items()), DOCUMENT, knowledge(base).sources[DOCUMENT].model.text.digest)


def applied(new: str, base: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The base with the new text stored."""
    before = dict(base or tiny_base())
    update = planned(new, before)
    is_stored = f"{SOURCE}/{update.after}.txt" in before
    edits = edits_of(update, knowledge(before), ARRIVAL, is_stored=is_stored)
    assert not isinstance(edits, Refusal)
    for edit in edits:
        assert before.get(edit.name) == edit.expects
    return before | {edit.name: edit.content for edit in edits}


def outcomes(update: Update) -> dict[tuple[str, int], str]:
    return {(each.tracked.record, each.tracked.number): each.carried.outcome for each in update.followed}


def test_every_quote_of_claims_caveats_and_the_source_has_an_outcome() -> None:
    new = OLD.replace("15 mg", "20 mg").replace("weaker tea", "weaker\ntea").replace("Plumberry", "So plumberry", 0)
    assert outcomes(planned("A line. " + new)) == {
        (DENIAL, 1): "moved",
        (RESTATED, 1): "moved",
        (TRIAL, 1): "changed",
        (TRIAL, 2): "reflowed",
        (TRIAL, 3): "reflowed",
        (SOURCE, 1): "moved",
        (SOURCE, 2): "moved",
    }


INEFFECTIVE = "Unfortunately, weaker tea was ineffective."
AGAIN = f"{OLD.replace(INEFFECTIVE, '')} Strongly weaker tea was ineffective. {INEFFECTIVE}"
CUT = OLD.replace(INEFFECTIVE, "Unfortunately, weaker tea was ineffectively weak.")


@pytest.mark.parametrize(
    ("prefix", "new", "outcome", "rule"),
    [
        ("Unfortunately, ", AGAIN, "moved", ""),
        ("", AGAIN, "ambiguous", "quote-not-unique"),
        ("", CUT, "changed", "quote-cuts"),
    ],
)
def test_a_quote_without_a_stated_place_is_undecided_just_where_it_does_not_validate(
    prefix: str, new: str, outcome: str, rule: str
) -> None:
    base = dict(tiny_base())
    context = f'      prefix: "{prefix}"\n' * bool(prefix)
    base[f"{TRIAL}.yaml"] = base[f"{TRIAL}.yaml"].replace(b"      start: 150\n      end: 176\n", context.encode(), 1)
    assert outcomes(planned(new, base))[(TRIAL, 2)] == outcome
    of_quotes = rules_of(applied(new, base)) & {"quote-not-unique", "quote-cuts", "quote-not-in-source"}
    assert of_quotes == {rule} - {""}


def test_the_same_text_changes_nothing() -> None:
    """Carrying to the same text is identity."""
    update = planned(OLD)
    assert edits_of(update, knowledge(tiny_base()), ARRIVAL, is_stored=False) == ()
    assert set(outcomes(update).values()) == {"same"}
    assert (update.is_new, update.undecided, update.unaccounted) == (False, (), ())
    assert applied(OLD) == tiny_base()


def test_what_stands_is_written_and_the_base_still_validates() -> None:
    new = "Tea.\n\n" + OLD.replace("weaker tea was", "weaker tea\nwas")
    after = applied(new)
    assert rules_of(after) == {"text-unaccounted"}
    source = knowledge(after).sources[DOCUMENT].model
    digest = sha256(new.encode()).hexdigest()
    assert (source.text.digest, source.text.stored, source.text.characters) == (digest, ON, len(new))
    assert after[f"{SOURCE}/{digest}.txt"].decode() == new
    assert [new[slice(*span)] for span in source.sentences][:2] == ["Tea.", "Plumberry tea may not relieve hiccups."]
    assert {name for name in after if after[name] != tiny_base().get(name)} == {
        f"{SOURCE}/{digest}.txt",
        f"{SOURCE}.yaml",
        *(f"{id_}.yaml" for id_ in (DENIAL, RESTATED, TRIAL)),
    }


def test_what_changed_is_left_alone_and_is_an_error_until_a_person_decides() -> None:
    after = applied(OLD.replace("15 mg", "20 mg"))
    trial, before = (knowledge(base).claims[TRIAL].model for base in (after, tiny_base()))
    assert trial.source.quotes[0] == before.source.quotes[0]
    assert "quote-not-in-source" in rules_of(after)


def test_sentences_that_are_new_show_up() -> None:
    update = planned(OLD.replace("Unfortunately", "It cures all. It never fails. Unfortunately"))
    assert [update.text[slice(*span)] for span in update.unaccounted] == ["It cures all.", "It never fails"]
    after = applied(update.text)
    assert rules_of(after) == {"text-unaccounted"}


def test_going_back_to_an_older_text_needs_no_new_file() -> None:
    there = applied("Tea. " + OLD)
    back = applied(OLD, there)
    added = b"    note: Where the note would stand if there were one.\n"
    twice = added + b'  - {on: 2026-01-25, note: "Made up: a revision."}\n' * 2
    expected = {name: raw.replace(added, twice) for name, raw in tiny_base().items()}
    assert {name: raw for name, raw in back.items() if name in tiny_base()} == {
        name: raw.replace(b"stored: 2026-01-10", b"stored: 2026-01-25") for name, raw in expected.items()
    }


def test_a_quote_that_an_update_left_behind_is_followed_from_its_older_text() -> None:
    first = applied(OLD.replace("15 mg", "20 mg"))
    assert outcomes(planned(OLD + "\nMore.\n", first))[(TRIAL, 1)] == "same"


def test_a_quote_that_stands_nowhere_is_missing() -> None:
    base = dict(tiny_base())
    base[f"{TRIAL}.yaml"] = base[f"{TRIAL}.yaml"].replace(b"exact: weaker tea was", b"exact: stronger tea was")
    assert outcomes(planned("Tea. " + OLD, base))[(TRIAL, 2)] == "missing"


def test_words_that_are_not_unique_any_more_get_a_context() -> None:
    new = OLD + "\nThere, weaker tea was ineffective too.\n"
    quotes = knowledge(applied(new)).claims[TRIAL].model.source.quotes
    assert quotes[1].suffix is not None
    assert rules_of(applied(new)) == {"text-unaccounted"}


def test_an_approval_survives_moving_and_reflowing_and_nothing_else() -> None:
    """A moved or reflowed quote keeps its approval, any other loses it."""
    base = approved(approved(reviewed_base(), TRIAL), DENIAL)
    fine = applied("A line.\n\n" + OLD.replace("weaker tea", "weaker\ntea"), base)
    assert [standing(fine, claim) for claim in (TRIAL, DENIAL)] == ["approved", "approved"]
    old = OLD.replace("weaker tea was", "weaker tea \u2013 was")
    for new in (OLD.replace("15 mg", "20 mg"), OLD.replace("In a made-up trial", "In one trial"), old):
        assert standing(applied(new, base), TRIAL) == "needs-review"


def test_a_retyped_quote_gets_its_new_words_and_loses_its_approval() -> None:
    words = b"In a made-up trial, hiccups stopped sooner on 15 mg of plumberry than on 5 mg of it (p < 0.05)"
    typed = OLD.replace("weaker tea was ineffective", "weaker \u2018tea\u2019 was ineffective")
    base = dict(reviewed_base())
    for name in (f"{TRIAL}.yaml", f"{SOURCE}.yaml"):
        base[name] = base[name].replace(b"weaker tea was", "weaker \u2018tea\u2019 was".encode())
    base[f"{TRIAL}.yaml"] = (
        base[f"{TRIAL}.yaml"]
        .replace(b"end: 176", b"end: 178")
        .replace(b"exact: weaker tea\n", "exact: weaker \u2018tea\u2019\n".encode())
    )
    base[f"{TRIAL}.yaml"] = base[f"{TRIAL}.yaml"].replace(b"end: 160", b"end: 162")
    moved = approved(applied(typed, base), TRIAL)
    after = applied(typed.replace("\u2018", "'").replace("\u2019", "'"), moved)
    assert "weaker 'tea' was ineffective" in after[f"{TRIAL}.yaml"].decode()
    assert standing(after, TRIAL) == "needs-review"
    assert words in after[f"{TRIAL}.yaml"]


@pytest.mark.parametrize(
    ("new", "message"),
    [("", "the new text holds no letter or digit"), (" \n...\n", "the new text holds no letter or digit")],
)
def test_what_is_no_text(new: str, message: str) -> None:
    refusal = plan_update(knowledge(tiny_base()), DOCUMENT, new, ())
    assert isinstance(refusal, Refusal)
    assert refusal.message == message


def test_a_text_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbtool.ingest.update.MOST_CHARACTERS", 100)
    refusal = plan_update(knowledge(tiny_base()), DOCUMENT, OLD, ())
    assert isinstance(refusal, Refusal)
    assert "more than 100 characters" in refusal.message


def test_a_document_without_its_text() -> None:
    base = {name: raw for name, raw in tiny_base().items() if not name.endswith(".txt")}
    refusal = plan_update(knowledge(base), DOCUMENT, OLD, ())
    assert isinstance(refusal, Refusal)
    assert "cannot be read" in refusal.message


def test_a_record_that_cannot_be_written_stops_all() -> None:
    base = dict(tiny_base())
    base[f"{TRIAL}.yaml"] = base[f"{TRIAL}.yaml"].replace(
        b"exact: weaker tea was ineffective", b"exact: |- # remark\n        weaker tea was ineffective"
    )
    update = planned(OLD.replace("weaker tea", "weaker\ntea"), base)
    refusal = edits_of(update, knowledge(base), ARRIVAL, is_stored=False)
    assert isinstance(refusal, Refusal)
    assert f"the quotes of '{TRIAL}' cannot be written: a remark stands in the way" in refusal.message


def test_blocks_that_leave_words_out_are_not_used() -> None:
    found = plan_update(knowledge(tiny_base()), DOCUMENT, "Tea. " + OLD, (), [(0, 4), (5, len(OLD) + 4)])
    short = plan_update(knowledge(tiny_base()), DOCUMENT, "Tea. " + OLD, (), [(0, 4)])
    assert isinstance(found, Update)
    assert isinstance(short, Update)
    assert found.sentences == short.sentences


def test_quotes_are_found_by_place_or_by_words() -> None:
    assert place_in("one two one", Selector(exact="one", start=8, end=11)) == (8, 11)
    assert place_in("one two one", Selector(exact="one", start=1, end=4)) is None
    assert place_in("one two one", Selector(exact="two")) == (4, 7)
    assert place_in("one two one", Selector(exact="one")) is None


def test_a_claim_without_a_basis_quote_and_a_claim_of_another_document() -> None:
    base = knowledge(tiny_base())
    assert [each.number for each in record_quotes(base, DENIAL, ())] == [1]
    assert [each.kind for each in record_quotes(base, SOURCE, ())] == ["skipped", "connective"]
    assert {each.record for each in tracked_quotes(base, DOCUMENT, ())} == {DENIAL, RESTATED, TRIAL, SOURCE}


def test_a_context_is_kept_where_it_stands_and_taken_anew_where_not() -> None:
    text = "Some tea. Weak tea is weak. More tea is more."
    quote = Selector(exact="tea", prefix="Weak ", suffix=" is strong")
    assert placed_selector(quote, text, (15, 18)) == Selector(exact="tea", prefix="Weak ", suffix=" is weak. ")
    assert not is_ambiguous(placed_selector(Selector(exact="tea", prefix="x"), text, (33, 36)), text)
    cut = Selector(exact="weak", prefix="eak tea is ", suffix=". Mar")
    assert placed_selector(cut, "Weak tea was weak. Mori", (13, 17)).prefix == "Weak tea was "
    alone = placed_selector(Selector(exact="tea"), text, (5, 8))
    assert not is_ambiguous(alone, text)
    assert placed_selector(Selector(exact="ab"), "xab ab", (1, 3)).prefix is None
    first = "ab " * 400
    assert is_ambiguous(placed_selector(Selector(exact="ab"), first, (600, 602)), first)
    mirrored = "tea tea now" + " and then tea" * 40 + " tea tea now"
    assert not is_ambiguous(placed_selector(Selector(exact="tea"), mirrored, (0, 3)), mirrored)


_PIECES = st.sampled_from(
    ["tea", "may", "not", "help", "5", "15 mg", "<", "all", ".", "\n\n", "some", "cure", "\u2019"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=12), st.integers(0, len(OLD)), st.integers(0, 30))
def test_no_quote_that_is_brought_along_says_anything_else(pieces: list[str], at: int, cut: int) -> None:
    """Every quote that the base holds after an update either stands verbatim at its place, or is as it was before."""
    new = OLD[:at] + " ".join(pieces) + OLD[at + cut :]
    if not any(character.isalnum() for character in new):
        return
    after, before = knowledge(applied(new)), knowledge(tiny_base())
    pairs = zip(tracked_quotes(after, DOCUMENT, ()), tracked_quotes(before, DOCUMENT, ()), strict=True)
    for now, was in pairs:
        assert now.place is not None or now.quote == was.quote
        assert now.quote.exact.split() == was.quote.exact.split()
