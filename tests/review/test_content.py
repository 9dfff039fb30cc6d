"""What a content digest covers, and what it leaves out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.model.base import Model
from kbtool.model.claim import CLAIM_CLASSES, ClaimBase, Selector
from kbtool.model.evidence import Evidence
from kbtool.model.references import evidence_named
from kbtool.model.vocabulary import Term
from kbtool.quotes.resolve import matches
from kbtool.records.base import KnowledgeBase, Record
from kbtool.review.changes import changes
from kbtool.review.content import (
    Content,
    _places,
    canonical,
    content_of,
    contents_of,
    digest_of,
    evidence_digest,
    paragraph_around,
    rests_on,
    terms_used,
)
from kbtool.review.fields import editorial_fields, reviewed_fields
from kbtool.review.state import review_state
from kbtool.yamlsource.parse import parse
from tests.review.field_edits import FieldEdit, field_edits, models_in
from tests.review.scratch import AS_OF, DENIAL, RESTATED, TRIAL, approved, knowledge, reviewed_base, standing
from tests.review.test_fields import reachable
from tests.rules.bases import edited, real_base, tiny_base

DOCUMENT = "plumberry-tea"


@cache
def tiny() -> KnowledgeBase:
    return knowledge(tiny_base())


@cache
def real() -> KnowledgeBase:
    return knowledge(real_base())


@cache
def signed() -> KnowledgeBase:
    """The tiny base with all claims approved."""
    base = reviewed_base()
    for claim in (DENIAL, RESTATED, TRIAL):
        base = approved(base, claim)
    return knowledge(base)


def with_claim(base: KnowledgeBase, claim: ClaimBase) -> KnowledgeBase:
    record = replace(base.claims[claim.id], model=claim) if claim.id in base.claims else Record("", b"", claim)
    return replace(base, claims={**base.claims, claim.id: record})


def with_evidence(base: KnowledgeBase, slug: str, model: Evidence) -> KnowledgeBase:
    return replace(base, evidence={**base.evidence, slug: replace(base.evidence[slug], model=model)})


def with_text(base: KnowledgeBase, text: str) -> KnowledgeBase:
    return replace(base, texts={**base.texts, DOCUMENT: text})


def content(claim: str, base: KnowledgeBase) -> Content:
    return content_of(base.claims[claim].model, base)


def reviewed_edits(model: ClaimBase) -> list[FieldEdit[ClaimBase]]:
    return [e for e in field_edits(model, reviewed_fields, reviewed_fields) if e.path != ("id",)]


def test_the_bytes_are_canonical_json_with_type_and_version() -> None:
    """It is canonical JSON (RFC 8785) with its type and version inside, so that `sha256sum` checks it."""
    for found in contents_of(real().claims, real()).values():
        assert found.raw == rfc8785.dumps(dict(found.value))
        assert found.digest == hashlib.sha256(found.raw).hexdigest()
        assert json.loads(found.raw) == found.value
        assert found.value["_type"] == "kbtool/claim-content/1"


def test_contents_of_many_claims_are_those_of_each() -> None:
    assert contents_of([TRIAL, DENIAL], tiny()) == {TRIAL: content(TRIAL, tiny()), DENIAL: content(DENIAL, tiny())}


def test_the_whole_content_of_a_small_claim() -> None:
    value = content(DENIAL, tiny()).value
    assert value["claim"]["source"] == {
        "document": DOCUMENT,
        "quotes": [
            {
                "exact": "Plumberry tea may not relieve hiccups",
                "paragraph": "Plumberry tea may not relieve hiccups. In a made-up trial, hiccups stopped sooner on "
                "15 mg of plumberry than on 5 mg of it (p < 0.05). Unfortunately, weaker tea was ineffective.",
            }
        ],
    }
    assert set(value["claim"]) == {
        *("id", "type", "statement", "polarity", "hedges", "source", "caveats", "evidence", "verdict", "relations"),
        *("drafted", "intervention", "outcome", "direction"),
    }
    assert value["claim"]["drafted"] == {
        "by": "editorial",
        "machine": False,
        "method": "Made up for tests.",
        "on": "2026-01-15",
    }
    assert set(value["evidence"]) == {"made-up-review"}
    assert set(value["evidence"]["made-up-review"]) == {
        *("id", "kind", "citation", "result", "certainty_stated", "seen", "status", "overlaps"),
    }
    assert {name: sorted(terms) for name, terms in value["terms"].items()} == {
        "caveat_kinds": ["limited-evidence"],
        "certainty_levels": ["low"],
        "claim_types": ["efficacy"],
        "directions": ["no-effect"],
        "directness": ["direct"],
        "evidence_kinds": ["systematic-review"],
        "ratings": ["supported"],
        "relation_kinds": ["restates"],
        "stances": ["supports"],
    }


@pytest.mark.parametrize("claim", [DENIAL, RESTATED, TRIAL])
def test_every_edit_of_a_reviewed_field_voids_the_approval_and_is_named(claim: str) -> None:
    """Change a reviewed field and the claim needs review again, with the cause named."""
    edits = reviewed_edits(signed().claims[claim].model)
    assert len(edits) > 60
    for edit in edits:
        after = with_claim(signed(), edit.model)
        assert content(claim, after).digest != content(claim, signed()).digest, edit.path
        found = review_state(after, AS_OF).claims[claim].standing
        assert found.value == "needs-review", edit.path
        assert any(names(edit.path, cause) for cause in found.causes), (edit.path, found.causes)


PARTS = {
    "as_stated": "words of the document",
    "hedges": "hedges",
    "source": "quote",
    "caveats": "caveat",
    "relations": "relation",
    "container-title": "journal",
    "issued": "publication",
    "n": "number",
    "on": "date",
    "ref": "evidence",
}


def names(path: tuple[str | int, ...], cause: str) -> bool:
    """Whether a cause speaks of the field at the end of the way, or of the item that holds it."""
    words = [PARTS.get(str(part), str(part).replace("_", " ")).rstrip("s") for part in path if isinstance(part, str)]
    return cause.endswith(" changed") and any(word in cause for word in words[-2:])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_edit_of_a_reviewed_field_of_the_real_base_keeps_the_digest(data: st.DataObject) -> None:
    """No edit of a reviewed field keeps an approval."""
    claim = data.draw(st.sampled_from(sorted(real().claims)))
    edit = data.draw(st.sampled_from(reviewed_edits(real().claims[claim].model)))
    before, after = content(claim, real()), content(claim, with_claim(real(), edit.model))
    assert after.digest != before.digest, edit.path
    assert changes(before.value, after.value), edit.path


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_edit_of_a_reviewed_field_of_cited_evidence_keeps_the_digest(data: st.DataObject) -> None:
    """Change the evidence, and the claim needs review again."""
    claim = data.draw(st.sampled_from(sorted(c for c, r in real().claims.items() if r.model.evidence)))
    slug = data.draw(st.sampled_from(sorted(slug for _, slug in evidence_named(real().claims[claim].model))))
    edits = list(field_edits(real().evidence[slug].model, reviewed_fields, reviewed_fields))
    edit = data.draw(st.sampled_from(edits))
    after = content(claim, with_evidence(real(), slug, edit.model))
    found = changes(content(claim, real()).value, after.value)
    assert found, edit.path
    about = (f"evidence record '{slug}': ", "meaning")
    assert any(change.what.startswith(about[0]) for change in found), found
    assert all(change.what.startswith(about) for change in found), found
    assert evidence_digest(edit.model) != evidence_digest(real().evidence[slug].model)


def editorial_edits(model: Any) -> list[FieldEdit[Any]]:
    """Editorial edits but those of places, which have tests of their own."""
    every = field_edits(model, editorial_fields, lambda cls: frozenset(cls.model_fields))
    return [edit for edit in every if edit.path[-1] not in {"start", "end", "prefix", "suffix"}]


def test_no_editorial_edit_of_a_claim_or_evidence_record_loses_an_approval() -> None:
    """Editorial changes do not."""
    for claim in (DENIAL, RESTATED, TRIAL):
        edits = editorial_edits(signed().claims[claim].model)
        assert {str(edit.path[-1]) for edit in edits} == {"review", "status", "tags", "notes"} - {"review"}
        for edit in edits:
            after = review_state(with_claim(signed(), edit.model), AS_OF)
            assert {review.standing.value for review in after.claims.values()} == {"approved"}, edit.path
    for slug, record in signed().evidence.items():
        edits = editorial_edits(record.model)
        assert {edit.path for edit in edits} == {("checked", "how"), ("checked", "on"), ("notes",), ("seen", "at")}
        for edit in edits:
            after = review_state(with_evidence(signed(), slug, edit.model), AS_OF)
            assert {review.standing.value for review in after.claims.values()} == {"approved"}, edit.path


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_editorial_edit_of_the_real_base_changes_a_digest(data: st.DataObject) -> None:
    """No editorial edit loses an approval."""
    claim = data.draw(st.sampled_from(sorted(real().claims)))
    edit = data.draw(st.sampled_from(editorial_edits(real().claims[claim].model)))
    assert content(claim, with_claim(real(), edit.model)).digest == content(claim, real()).digest
    slug = data.draw(st.sampled_from(sorted(real().evidence)))
    other = data.draw(st.sampled_from(editorial_edits(real().evidence[slug].model)))
    assert content(claim, with_evidence(real(), slug, other.model)).digest == content(claim, real()).digest


TEXT = "plumberry-tea/may-not-relieve.yaml"
_ID, _TYPE = "id: plumberry-tea/may-not-relieve\n", "type: efficacy\n"
_DIRECTION = "direction:\n  as_stated: may not relieve\n  code: no-effect\n"
LAYOUTS: Mapping[str, tuple[str, str]] = {
    "statement folded": ("statement: Plumberry tea may", "statement: >-\n  Plumberry tea\n  may"),
    "statement quoted": ("Plumberry tea may not relieve hiccups.\n", '"Plumberry  tea may not relieve hiccups."\n'),
    "keys in another order": (_ID + _TYPE, _TYPE + _ID),
    "tags and notes": ("review:\n", "tags: [one, two]\nnotes: A remark.\nreview:\n"),
    "comment": (_TYPE, f"# A remark.\n{_TYPE}"),
    "flow for block": (_DIRECTION, 'direction: {as_stated: "may not relieve", code: no-effect}\n'),
    "no place": ("      start: 0\n      end: 37\n", ""),
    "prefix for suffix": ('      suffix: ". In a"\n', ""),
}


@pytest.mark.parametrize(("old", "new"), LAYOUTS.values(), ids=LAYOUTS)
def test_how_a_record_is_written_does_not_matter(old: str, new: str) -> None:
    """An editorial edit (tags, notes, order of keys, wrapping) keeps the approval."""
    base = edited(approved(reviewed_base(), DENIAL), TEXT, old, new)
    assert standing(base, DENIAL) == "approved"


def test_writing_the_real_base_anew_changes_no_digest() -> None:
    """An editorial edit (order of keys, wrapping) keeps the approval."""
    base = real_base()
    anew = {name: _anew(raw) for name, raw in base.items() if name.endswith(".yaml") and "schema/" not in name}
    assert all(anew[name] != base[name] for name in anew)
    before, after = contents_of(real().claims, real()), contents_of(real().claims, knowledge(base | anew))
    assert {id_: found.digest for id_, found in before.items()} == {id_: found.digest for id_, found in after.items()}


def _anew(raw: bytes) -> bytes:
    """The same data with every key in reverse order and every text in double quotes, as JSON."""
    return json.dumps(_reversed(parse(raw, limit=len(raw)).data), indent=1, ensure_ascii=False).encode() + b"\n"


def _reversed(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _reversed(data[key]) for key in reversed(data)}
    return [_reversed(item) for item in data] if isinstance(data, list) else data


OLD = tiny().texts[DOCUMENT]
QUOTE = "Plumberry tea may not relieve hiccups"

MOVES: Mapping[str, str] = {
    "paragraph before": f"Something new, and long enough to matter.\n\n{OLD}",
    "paragraph behind": f"{OLD}\n\nSomething new.",
    "re-wrapped": OLD.replace(" In a made-up", "\nIn a made-up").replace("5 mg of it", "5 mg  of\n  it"),
    "lines end otherwise": OLD.replace("\n", "\r\n"),
    "wider gap": OLD.replace("\n\n", "\n \t\n\n\n"),
    "all of it": "New.\n\n" + OLD.replace("Unfortunately,", "Unfortunately,\n"),
}


@pytest.mark.parametrize("text", MOVES.values(), ids=MOVES)
def test_a_quote_that_moved_or_was_re_wrapped_keeps_the_approval(text: str) -> None:
    """A quote that moved or was re-wrapped keeps it."""
    place = {"start": text.index(QUOTE), "end": text.index(QUOTE) + len(QUOTE), "suffix": None}
    quote = signed().claims[DENIAL].model.source.quotes[0].model_copy(update=place)
    after = with_claim(with_text(signed(), text), quoting(DENIAL, quote))
    assert review_state(after, AS_OF).claims[DENIAL].standing.value == "approved"


def quoting(claim: str, *quotes: Selector) -> ClaimBase:
    model = signed().claims[claim].model
    return model.model_copy(update={"source": model.source.model_copy(update={"quotes": quotes})})


def test_a_quote_whose_stated_place_is_wrong_and_that_stands_once_is_found() -> None:
    after = with_text(signed(), f"Something new.\n\n{OLD}")
    assert content(TRIAL, after).digest == content(TRIAL, signed()).digest


WORDS: Mapping[str, tuple[str, set[str]]] = {
    "a word of the paragraph": (OLD.replace("Unfortunately", "Fortunately"), {DENIAL, TRIAL}),
    "a number of the paragraph": (OLD.replace("15 mg", "50 mg"), {DENIAL, TRIAL}),
    "a sentence more": (OLD.replace("\n\nWhat", " It tasted of nothing.\n\nWhat"), {DENIAL, TRIAL}),
    "paragraphs joined": (OLD.replace("\n\n", "\n"), {DENIAL, TRIAL, RESTATED}),
    "the other paragraph": (OLD.replace("What does", "Why does"), {RESTATED}),
}


@pytest.mark.parametrize(("text", "voided"), WORDS.values(), ids=WORDS)
def test_changing_a_word_of_the_paragraph_voids_the_approval(text: str, voided: set[str]) -> None:
    """Change the quoted passage, and the claim needs review again, with the cause named."""
    base = with_text(signed(), text)
    for claim in (DENIAL, RESTATED):
        quote = signed().claims[claim].model.source.quotes[0]
        at = (text.find if claim == DENIAL else text.rfind)(QUOTE)
        moved = quote.model_copy(update={"start": at, "end": at + len(QUOTE), "prefix": None, "suffix": None})
        base = with_claim(base, quoting(claim, moved))
    found = review_state(base, AS_OF).claims
    assert {claim for claim in (DENIAL, RESTATED) if found[claim].standing.value != "approved"} == voided - {TRIAL}
    for claim in voided - {TRIAL}:
        assert "quote 1: paragraph changed" in found[claim].standing.causes
    assert (content(TRIAL, base).digest != content(TRIAL, signed()).digest) == (TRIAL in voided)


def test_without_its_text_a_quote_is_its_words_alone() -> None:
    bare = replace(tiny(), texts={})
    assert content(DENIAL, bare).value["claim"]["source"]["quotes"] == [{"exact": QUOTE}]


def test_words_that_stand_in_two_paragraphs_without_a_place_are_bound_to_neither() -> None:
    loose = quoting(DENIAL, Selector(exact=QUOTE))
    assert content(DENIAL, with_claim(tiny(), loose)).value["claim"]["source"]["quotes"] == [{"exact": QUOTE}]


def test_moving_a_quote_to_the_same_words_in_another_paragraph_voids_the_approval() -> None:
    quote = Selector(exact=QUOTE, start=200, end=237)
    assert content(DENIAL, with_claim(signed(), quoting(DENIAL, quote))).digest != content(DENIAL, signed()).digest


def test_an_end_alone_tells_the_place() -> None:
    quote = Selector(exact=QUOTE, end=237)
    found = content(DENIAL, with_claim(signed(), quoting(DENIAL, quote))).value["claim"]["source"]["quotes"]
    assert found[0]["paragraph"].startswith("What does this mean?")


def test_evidence_that_cannot_be_read_is_absent() -> None:
    without = replace(tiny(), evidence={})
    assert content(DENIAL, without).value["evidence"] == {}
    assert "evidence_kinds" not in content(DENIAL, without).value["terms"]


TERMS = sorted({key for claim in tiny().claims for key in terms_used(tiny().claims[claim].model, [])})


@pytest.mark.parametrize("key", TERMS, ids="/".join)
@pytest.mark.parametrize("part", ["label", "definition"])
def test_a_changed_term_voids_the_claims_that_use_it_and_no_other(key: tuple[str, str], part: str) -> None:
    """Change a term's definition, and the claim needs review again."""
    list_name, id_ = key
    after = with_term(signed(), list_name, id_, {part: "Other words."})
    state = review_state(after, AS_OF)
    using = {id_ for id_, record in tiny().claims.items() if key in set(terms_used(record.model, []))}
    for claim in signed().claims:
        changed = content(claim, after).digest != content(claim, signed()).digest
        assert changed == (claim in using)
        if changed:
            wanted = f"meaning of {id_!r} among the {list_name.replace('_', ' ')}: {part} changed"
            assert wanted in state.claims[claim].standing.causes


def with_term(base: KnowledgeBase, list_name: str, id_: str, update: Mapping[str, str]) -> KnowledgeBase:
    vocabulary = base.vocabulary.model
    terms: Mapping[str, Term] = getattr(vocabulary, list_name)
    changed = {**terms, id_: terms[id_].model_copy(update=update)}
    return replace(base, vocabulary=replace(base.vocabulary, model=vocabulary.model_copy(update={list_name: changed})))


def test_a_term_that_is_in_no_list_is_absent() -> None:
    model = tiny().claims[DENIAL].model
    odd = model.model_copy(update={"verdict": model.verdict.model_copy(update={"rating": "unheard-of"})})
    assert "ratings" not in content(DENIAL, with_claim(tiny(), odd)).value["terms"]


def test_every_field_of_a_vocabulary_list_enters_the_content() -> None:
    """Label and definition of the vocabulary terms used are in."""
    lists = {
        str(extra["x-kbtool-vocabulary"])
        for model in reachable(*CLAIM_CLASSES, Evidence)
        for info in model.model_fields.values()
        for extra in [_extra(info.json_schema_extra)]
        if extra
    }
    used = {name for record in real().claims.values() for name, _ in terms_used(record.model, _cited(record.model))}
    assert lists | {"claim_types"} == used


def _extra(extra: object) -> dict[str, Any]:
    return extra if isinstance(extra, dict) and "x-kbtool-vocabulary" in extra else {}


def _cited(claim: ClaimBase) -> list[Evidence]:
    return [real().evidence[slug].model for _, slug in evidence_named(claim)]


def test_what_a_claim_rests_on_is_named_piece_by_piece() -> None:
    """A decision also names what the content rests on, piece by piece."""
    trial = tiny().claims[TRIAL].model
    digests = {id_: found.digest for id_, found in contents_of(tiny().claims, tiny()).items()}
    assert rests_on(trial, tiny(), digests) == {
        "evidence/made-up-trial": evidence_digest(tiny().evidence["made-up-trial"].model),
        "text/plumberry-tea": digest_of(OLD.encode()),
        f"claim/{DENIAL}": digests[DENIAL],
    }
    assert rests_on(trial, replace(tiny(), evidence={}, sources={}), {}) == {}


PARAGRAPHS: Mapping[str, tuple[str, str, str]] = {
    "only one": ("one two", "two", "one two"),
    "the first": ("one\n\ntwo", "one", "one"),
    "the last": ("one\n\ntwo", "two", "two"),
    "a middle one": ("one\n\nt w\no\n\nthree", "w", "t w o"),
    "over two": ("one\n\ntwo\n\nthree\n\nfour", "two\n\nthree", "two three"),
    "blanks on the empty line": ("one\n \t\ntwo", "two", "two"),
    "several empty lines": ("one\n\n\n\ntwo", "two", "two"),
    "one line break is none": ("one\ntwo", "two", "one two"),
    "carriage returns": ("one\r\n\r\ntwo\r\nthree", "three", "two three"),
    "old line ends": ("one\r\rtwo\rthree", "two", "two three"),
    "wide blank": ("one\n\u3000\ntwo", "one", "one"),
    "at the very end": ("one\n\ntwo", "o", "one"),
}


@pytest.mark.parametrize(("text", "words", "paragraph"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(text: str, words: str, paragraph: str) -> None:
    at = text.index(words)
    assert paragraph_around(text, (at, at + len(words))) == paragraph


@settings(max_examples=200, deadline=None)
@given(st.text("ab \n\r\t", max_size=40), st.data())
def test_a_paragraph_holds_its_words_and_no_more_than_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = paragraph_around(text, (start, end))
    assert " ".join(text[start:end].split()) in found
    assert found in " ".join(text.split())


@settings(max_examples=200, deadline=None)
@given(
    text=st.text("ab ", max_size=14),
    exact=st.text("ab", min_size=1, max_size=2),
    start=st.integers(0, 12),
    by_end=st.booleans(),
)
def test_the_stated_place_of_a_quote_counts_where_it_is_one_of_its_places(
    text: str, exact: str, start: int, *, by_end: bool
) -> None:
    """The stated place where the words stand there, else every place where they stand."""
    stated = (start, start + len(exact))
    place = {"end": stated[1]} if by_end else {"start": start}
    quote = Selector.model_validate({"exact": exact, **place})
    places = matches(quote, text)
    assert _places(quote, text) == ((stated,) if stated in places else places)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_-/09", max_size=5), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_the_quick_encoder_agrees_with_rfc_8785(value: Any) -> None:
    """It is canonical JSON (RFC 8785; no floats in it)."""
    from kbtool.review.content import plain_json

    assert plain_json(value) == canonical(value)


def test_models_in_a_type_are_found_through_unions() -> None:
    assert Selector in set(models_in(tuple[Selector | None, ...]))
    assert not set(models_in(dict[str, int]))
    assert issubclass(Selector, Model)
