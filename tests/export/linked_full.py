"""A release in which every field that a record can have is filled, so that nothing can be forgotten unnoticed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from kbtool.model.base import NOT_STATED
from kbtool.model.claim import CLAIM, CLAIM_TYPES, ClaimBase
from kbtool.model.references import CODED_FIELDS
from kbtool.release.gate import GATES
from kbtool.release.parts import PreviousRelease
from kbtool.release.release import Release, make_release
from tests.export.small import AS_OF, base_of, claim_of, record, small_claims, small_review

if TYPE_CHECKING:
    from kbtool.model.base import Model
    from kbtool.records.base import KnowledgeBase

M = TypeVar("M", bound="Model")

SELECTOR = {"exact": "may", "start": "3", "end": "6", "prefix": "it ", "suffix": " be"}
CODES = {"direction": "may-improve", "seriousness": "mild", "strength": "recommends"}
PLACE = {"url": "https://example.org/a|b", "title": "a copy", "on": "2026-01-03", "note": "the same words"}
SOURCE = {
    "publisher": "its publisher",
    "published": "2019-02-03",
    "found": [PLACE, PLACE],
    "copies": [PLACE],
    "skipped": [{"exact": "SKIPPED", "start": "0", "end": "7", "reason": "heading", "note": "a remark"}],
}
EVIDENCE = {
    "citation": {
        "type": "article-journal",
        "title": "A title",
        "author": [{"family": "Doe", "given": "J"}, {"literal": "et al."}],
        "container-title": "Journal of Tests",
        "publisher": "A house",
        "volume": "1",
        "issue": "2",
        "page": "3-4",
        "issued": "2011",
        "genre": "thesis",
        "URL": "https://example.org/x y".replace(" ", "{}"),
    },
    "identifiers": {"doi": "10.5555/x", "pmid": "1", "pmcid": "PMC1", "registry": ["NCT1"], "other": ["ISBN 1"]},
    "design": "two arms",
    "population": "adults",
    "n": "12 in all",
    "certainty_stated": "low for relief",
    "limits": "few people",
    "seen": {"how": "full-text", "at": ["https://example.org/é?[x]"], "detail": "all but the supplement"},
    "overlaps": ["a-trial"],
}


def stated_fields() -> set[str]:
    """The fields of all types of claims that restate the document."""
    fields = {name for kind in CLAIM_TYPES.values() for name in kind.model_fields}
    return fields - set(ClaimBase.model_fields) - {"type", "study"}


def full_claim(kind: str, says: str) -> ClaimBase:
    """A claim of a type with every field; where `says` is `not-stated`, it leaves open what it can."""
    plain = claim_of(kind, f"a statement of {kind}", id=f"open-text/full-{kind}-{says}")
    dumped = plain.model_dump(mode="json", exclude_none=True)
    own = set(CLAIM_TYPES[kind].model_fields) - set(ClaimBase.model_fields) - {"type", "study"}
    link = dumped["evidence"][0]
    more: dict[str, Any] = {
        "source": {"document": "open-text", "quotes": [SELECTOR, {**SELECTOR, "exact": "be"}]},
        "hedges": ["may", "generally", "may"],
        "caveats": [{"kind": "limited-evidence", "text": "on a quote", "basis": {"quote": SELECTOR}}],
        "evidence": [{**link, "locator": "table 2"}, {**link, "stance": "contradicts"}],
        "tags": ["one", "two"],
    }
    return CLAIM.validate_python({**dumped, **{name: _field(kind, name, says) for name in own}, **more})


def _field(kind: str, name: str, says: str) -> Any:
    form = str(CLAIM_TYPES[kind].model_fields[name].annotation)
    if says == NOT_STATED and NOT_STATED in form:
        return NOT_STATED
    words = {"as_stated": f"the {name}"}
    if name in CODED_FIELDS:
        return {**words, "code": CODES[name]}
    return {**words, "value": "1.10", "unit": "mg/kg"} if "Quantity" in form else words


@cache
def full_release(gate: str = "any") -> Release:
    """The small base with full claims, evidence, sources and head, after a release before it."""
    full = [full_claim(kind, says) for kind in CLAIM_TYPES for says in ("stated", NOT_STATED)]
    previous = PreviousRelease("0123456789abcdef", frozenset())
    return make_release(_full_base(base_of([*small_claims(), *full])), GATES[gate], AS_OF, previous, small_review())


def _full_base(base: KnowledgeBase) -> KnowledgeBase:
    publisher = {"publisher": {"name": "A publisher", "url": "https://example.org/publisher"}}
    ratings = base.vocabulary.model.model_dump(mode="json")["ratings"]
    ratings["supported"]["needs"] = ["supports"]
    return replace(
        base,
        config=record(_changed(base.config.model, publisher)),
        vocabulary=record(_changed(base.vocabulary.model, {"ratings": ratings})),
        sources={name: record(_changed(each.model, SOURCE)) for name, each in base.sources.items()},
        evidence={name: record(_changed(each.model, EVIDENCE)) for name, each in base.evidence.items()},
    )


def _changed(model: M, changes: dict[str, Any]) -> M:
    plain = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return type(model).model_validate({**plain, **changes})
