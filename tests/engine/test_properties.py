"""Properties of a whole check: what no edit of a base may do."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.diagnostics import INTERNAL_ERROR, SEVERITY_RANK, Location
from kbtool.engine.check import check
from kbtool.model.claim import ClaimBase, Selector
from kbtool.quotes.words import Cue, hedges, lexicon, negations
from kbtool.records.base import KnowledgeBase, Record
from kbtool.rules import CLAIM_RULES
from kbtool.rules.accounts import coverage_of
from kbtool.rules.context import Terms, cited_by, documents_of
from tests.rules.bases import AS_OF, diagnose, laid_over, loaded, real_base, rules_of, seen, tiny_base
from tests.rules.test_cases import FOLDERS

FILES = tuple(sorted(tiny_base()))
DATE_RULES = {"date-in-future"}


@cache
def real() -> tuple[KnowledgeBase, Terms]:
    """The project's own base, read once."""
    base = loaded(real_base()).base
    assert base is not None
    return base, Terms(base.vocabulary.model, lexicon(base.vocabulary.model), base.policy.model)


def rules_against(claim: ClaimBase) -> set[str]:
    """The claim rules that find something in a claim of the project's base, changed or not."""
    base, terms = real()
    cited = cited_by(claim, base, terms, documents_of(base))
    return {rule.name for rule in CLAIM_RULES for _ in rule.check(claim, cited)}


def test_the_projects_own_claims_are_good() -> None:
    """But for the warning that stays on verdicts which rest on second-hand views."""
    found = {rule for record in real()[0].claims.values() for rule in rules_against(record.model)}
    assert found == {"second-hand-verdict"}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_byte_changed_anywhere_gives_diagnostics_or_a_clean_result(data: st.DataObject) -> None:
    """One bad record never hides another: every problem is a diagnostic and the run goes on."""
    name = data.draw(st.sampled_from(FILES))
    raw = tiny_base()[name]
    at = data.draw(st.integers(0, len(raw) - 1))
    put = data.draw(st.sampled_from([b"", b"\x00", b"\n", b" ", b"'", b"0", b"x", b"\xff", b"[", b"#", b"-"]))
    keep = data.draw(st.booleans())
    found = diagnose(tiny_base() | {name: raw[:at] + put + raw[at + (not keep) :]})
    assert INTERNAL_ERROR not in {d.rule for d in found}
    assert all(d.location.line >= 1 and d.location.column >= 1 for d in found)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FILES), st.binary(max_size=200))
def test_any_bytes_for_any_file_give_diagnostics_or_a_clean_result(name: str, raw: bytes) -> None:
    """The tool at fault raises; data at fault never does."""
    assert INTERNAL_ERROR not in rules_of(tiny_base() | {name: raw})


def turning_words(claim: ClaimBase) -> Iterator[Cue]:
    """The negations and hedges of a statement."""
    words = real()[1].lexicon
    yield from negations(words, claim.statement)
    yield from hedges(words, claim.statement)


def test_a_negation_or_hedge_taken_out_of_any_statement_is_found() -> None:
    """Negation and hedges are part of the claim and may not get lost between quote and statement."""
    tried = 0
    for record in real()[0].claims.values():
        said = record.model.statement
        for cue in turning_words(record.model):
            cut = record.model.model_copy(update={"statement": said[: cue.start] + said[cue.end :]})
            assert rules_against(cut) & {"negation-lost", "hedge-lost"}, (record.file, cue.word)
            tried += 1
    assert tried > 30


def test_a_digit_changed_in_any_quote_is_found() -> None:
    """Matching never ignores a number, sign, unit, negation or word boundary."""
    tried = 0
    for record in real()[0].claims.values():
        for index, quote in enumerate(record.model.source.quotes):
            for match in re.finditer(r"\d", quote.exact):
                other = str((int(match.group()) + 1) % 10)
                exact = quote.exact[: match.start()] + other + quote.exact[match.end() :]
                assert "quote-not-in-source" in rules_against(with_quote(record.model, index, exact))
                tried += 1
    assert tried > 10


def with_quote(claim: ClaimBase, index: int, exact: str) -> ClaimBase:
    """The claim with the words of one quote replaced."""
    quotes: list[Selector] = list(claim.source.quotes)
    quotes[index] = quotes[index].model_copy(update={"exact": exact})
    return claim.model_copy(update={"source": claim.source.model_copy(update={"quotes": tuple(quotes)})})


def test_a_quote_taken_out_leaves_text_unaccounted_unless_another_claim_holds_it() -> None:
    """Every letter and digit of a source text stands in a claim's quote, a skipped passage or a connective."""
    base, _ = real()
    spans = {id_: [(q.start or 0, q.end or 0) for q in r.model.source.quotes] for id_, r in base.claims.items()}
    alone = 0
    for id_, own in spans.items():
        others = {at for other, theirs in spans.items() if other != id_ for s, e in theirs for at in range(s, e)}
        without = {other: record for other, record in base.claims.items() if other != id_}
        text = base.texts[base.claims[id_].model.source.document]
        left = [at for s, e in own for at in range(s, e) if at not in others and text[at].isalnum()]
        gaps = coverage_of(replaced(base, without))[base.claims[id_].model.source.document].gaps
        assert bool(left) == bool(gaps), id_
        assert all(any(s <= at < e for s, e in gaps) for at in left), id_
        alone += bool(left)
    assert alone > 30


def replaced(base: KnowledgeBase, claims: Mapping[str, Record[ClaimBase]]) -> KnowledgeBase:
    """The base with other claims."""
    fields = {name: getattr(base, name) for name in KnowledgeBase.__slots__}
    return KnowledgeBase(**(fields | {"claims": claims}))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(FOLDERS), st.integers())
def test_the_order_of_files_changes_nothing(case: Path, seed: int) -> None:
    """A verdict is a function of the files and of one printed date."""
    base = laid_over(case)
    names = sorted(base)
    random.Random(seed).shuffle(names)
    shuffled = {name: base[name] for name in names}
    assert check(loaded(shuffled), AS_OF) == check(loaded(base), AS_OF)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FOLDERS), st.integers(-800, 800))
def test_the_date_of_the_check_moves_only_the_rules_on_dates(case: Path, days: int) -> None:
    """A verdict is a function of the files and of one printed date (`as_of`, UTC)."""
    base = laid_over(case)
    then, now = diagnose(base, AS_OF + timedelta(days=days)), diagnose(base, AS_OF)
    assert {x for x in seen(then) if x[2] not in DATE_RULES} == {x for x in seen(now) if x[2] not in DATE_RULES}


def test_a_check_long_ago_finds_every_date_in_the_future() -> None:
    assert rules_of(tiny_base(), date(2020, 1, 1)) == DATE_RULES


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(FOLDERS))
def test_a_report_is_in_order_and_has_no_repeats(case: Path) -> None:
    """Diagnostics are sorted by file, line and column, then by weight."""
    found = diagnose(laid_over(case))
    keys: list[tuple[Location, int]] = [(d.location, SEVERITY_RANK[d.severity]) for d in found]
    assert keys == sorted(keys)
    assert len(set(found)) == len(found)
