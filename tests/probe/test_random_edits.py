"""Random edits of our own base under real approvals: what was reviewed voids them, what is editorial does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.model.references import evidence_named
from kbtool.probe.copy import scratch_copy
from kbtool.probe.fault import Scratch
from kbtool.probe.reviewed import Reviewed, reviewed_copy
from kbtool.review.fields import editorial_fields, reviewed_fields
from kbtool.review.state import review_state
from tests.probe.bases import LATER, files_of
from tests.review.field_edits import FieldEdit, Pick, field_edits
from tests.rules.bases import real_base


@cache
def approved_copy() -> Reviewed:
    plain = scratch_copy(files_of(real_base()), LATER)
    assert isinstance(plain, Scratch)
    copy = reviewed_copy(plain)
    assert isinstance(copy, Reviewed)
    return copy


def standing_after(claim: str, edit: FieldEdit, slug: str | None) -> str:
    """How the claim stands after an edit of itself, or of an evidence record."""
    base = approved_copy().base
    if slug is None:
        base = replace(base, claims={**base.claims, claim: replace(base.claims[claim], model=edit.model)})
    else:
        base = replace(base, evidence={**base.evidence, slug: replace(base.evidence[slug], model=edit.model)})
    return review_state(base, LATER).claims[claim].standing.value


def edited(data: st.DataObject, pick: Pick, inside: Pick) -> tuple[str, FieldEdit, str | None]:
    """An approved claim, one edit of it or of a record that it cites, and that record's id."""
    copy = approved_copy()
    claim = data.draw(st.sampled_from([copy.claim, copy.other]))
    model = copy.base.claims[claim].model
    slug = data.draw(st.sampled_from([None, *sorted(slug for _, slug in evidence_named(model))]))
    target = model if slug is None else copy.base.evidence[slug].model
    places = {"id", "start", "end", "prefix", "suffix"}
    edits = [each for each in field_edits(target, pick, inside) if each.path[-1] not in places]
    return claim, data.draw(st.sampled_from(edits)), slug


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_edit_of_a_reviewed_field_keeps_an_approval(data: st.DataObject) -> None:
    """No edit of a reviewed field keeps an approval."""
    claim, edit, slug = edited(data, reviewed_fields, reviewed_fields)
    assert standing_after(claim, edit, slug) == "needs-review", edit.path


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_editorial_edit_loses_an_approval(data: st.DataObject) -> None:
    """No editorial edit loses one."""
    claim, edit, slug = edited(data, editorial_fields, lambda cls: frozenset(cls.model_fields))
    assert standing_after(claim, edit, slug) == "approved", edit.path
