"""Which fields of a claim the rules on typed values look at."""

from __future__ import annotations

from kbtool.model.claim import CLAIM_TYPES, Citation, ClaimBase, StudyFinding


def test_no_field_of_every_claim_holds_a_typed_value() -> None:
    """The fields of a claim type beyond those of every claim, none of which holds a typed value."""
    typed = ("Stated", "Quantity", "Coded")
    assert not [
        name for name, field in ClaimBase.model_fields.items() if any(word in repr(field.annotation) for word in typed)
    ]


def test_only_findings_and_citations_name_a_study() -> None:
    """A claim leans on a study that nobody could find and does not say so."""
    assert {type_ for type_ in CLAIM_TYPES.values() if "study" in type_.model_fields} == {Citation, StudyFinding}
