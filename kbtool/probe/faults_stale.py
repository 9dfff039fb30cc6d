"""Faults under an approval: what was approved changed, was retracted, ran out or was objected to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from kbtool.model.decision import ErrorReport
from kbtool.probe.deciding import decide, restated
from kbtool.probe.edits import changed, data_of, without
from kbtool.probe.fault import Fault, NotApplicable, Planted, caught_by
from kbtool.probe.faults_decisions import Plant, Result
from kbtool.probe.gates import POLICY, STANDING, VOCABULARY, by_standing
from kbtool.probe.people import governed
from kbtool.probe.reviewed import Reviewed
from kbtool.records.layout import text_name
from kbtool.review.content import digest_of


def _stale(change: Callable[[Reviewed], tuple[dict[str, bytes], str] | None], reason: str) -> Plant:
    """Something changed under an approval: the approved claim may no longer stand as approved."""

    def plant(copy: Reviewed) -> Result:
        done = change(copy)
        return Planted(done[0], done[1], by_standing(copy.claim)) if done else NotApplicable(reason)

    return plant


def _of_claim(path: tuple[str | int, ...], word: str) -> Callable[[Reviewed], tuple[dict[str, bytes], str]]:
    def change(copy: Reviewed) -> tuple[dict[str, bytes], str]:
        name = f"{copy.claim}.yaml"
        value: Any = data_of(copy.files, name)
        for part in path:
            value = value[part]
        return changed(copy.files, name, {path: f"{value} {word}"}), f"{name}: {'.'.join(map(str, path))}"

    return change


def _new_rating(copy: Reviewed) -> tuple[dict[str, bytes], str] | None:
    name, claim = f"{copy.claim}.yaml", copy.base.claims[copy.claim].model
    other = next((r for r in copy.base.vocabulary.model.ratings if r != claim.verdict.rating), None)
    return (changed(copy.files, name, {("verdict", "rating"): other}), f"{name}: verdict.rating") if other else None


def _cited_record(copy: Reviewed) -> str:
    return f"evidence/{copy.base.claims[copy.claim].model.evidence[0].ref}.yaml"


def _evidence_changed(copy: Reviewed) -> tuple[dict[str, bytes], str]:
    name = _cited_record(copy)
    result = data_of(copy.files, name)["result"]
    return changed(copy.files, name, {("result",): f"{result} Or not."}), f"{name}: result"


def _evidence_retracted(copy: Reviewed) -> tuple[dict[str, bytes], str]:
    name = _cited_record(copy)
    return changed(copy.files, name, {("status", "state"): "retracted"}), f"{name}: status.state"


def _term_redefined(copy: Reviewed) -> tuple[dict[str, bytes], str]:
    rating = copy.base.claims[copy.claim].model.verdict.rating
    files = changed(copy.files, VOCABULARY, {("ratings", rating, "definition"): "It means something else now."})
    return files, f"{VOCABULARY}: ratings.{rating}.definition"


def _paragraph_changed(copy: Reviewed) -> tuple[dict[str, bytes], str] | None:
    """A word put behind the quote, in its paragraph; the text is stored anew under its own digest."""
    claim = copy.base.claims[copy.claim].model
    document = claim.source.document
    source, text = copy.base.sources[document].model, copy.base.texts[document]
    at = text.find(claim.source.quotes[-1].exact) + len(claim.source.quotes[-1].exact)
    if at < len(claim.source.quotes[-1].exact):
        return None
    raw = f"{text[:at]} allegedly{text[at:]}".encode()
    name = f"sources/{document}.yaml"
    files = changed(
        without(copy.files, text_name(document, source.text.digest)), name, {("text", "digest"): digest_of(raw)}
    )
    return {**files, text_name(document, digest_of(raw)): raw}, f"{name}: a word more in the quoted paragraph"


def _below_changed(copy: Reviewed) -> Result:
    if copy.above is None or copy.below is None:
        return NotApplicable("no claim rests on exactly one other")
    name = f"{copy.below}.yaml"
    rationale = data_of(copy.files, name)["verdict"]["rationale"]
    files = changed(copy.files, name, {("verdict", "rationale"): f"{rationale} Or not."})
    return Planted(files, f"{name}: verdict.rationale", by_standing(copy.above))


def _below_withdrawn(copy: Reviewed) -> Result:
    if copy.above is None or copy.below is None:
        return NotApplicable("no claim rests on exactly one other")
    note = "Withdrawn by the probe."
    files = decide(copy.files, copy.below, copy.people[0], copy.as_of, decision="withdraw", note=note)
    return Planted(files, f"decisions/{copy.below}: withdrawn", by_standing(copy.above))


def _reported(copy: Reviewed) -> tuple[dict[str, bytes], str]:
    report = ErrorReport(_type="kbtool/error-report/1", claim=copy.claim, text="This is wrong.", on=copy.days.second)
    raw = restated(json.loads(report.model_dump_json(by_alias=True, exclude_none=True)))
    return {**copy.files, f"reports/{copy.claim}/{digest_of(raw)}.json": raw}, f"reports/{copy.claim}: unanswered"


def _lapsed(copy: Reviewed) -> tuple[dict[str, bytes], str]:
    """A policy, governed as it should be, under which the approval has run out."""
    files = changed(copy.files, POLICY, {("lifetimes",): [{"months": "0"}]})
    return governed(files, copy.days.second), f"{POLICY}: lifetimes"


def _one_of_two(copy: Reviewed) -> tuple[dict[str, bytes], str]:
    """One approval taken back to where policy asks for one more than there are."""
    files = changed(copy.files, POLICY, {("approvals",): [{"people": str(len(copy.people) + 1)}]})
    return governed(files, copy.days.second), f"{POLICY}: approvals"


_BY_STANDING = caught_by(STANDING)

FAULTS: tuple[Fault[Reviewed], ...] = (
    Fault(
        "stale-statement",
        "an approval of a statement that changed since",
        _BY_STANDING,
        _stale(_of_claim(("statement",), "Or not."), ""),
    ),
    Fault(
        "stale-caveat",
        "an approval of a caveat that changed since",
        _BY_STANDING,
        _stale(_of_claim(("caveats", 0, "text"), "Or not."), ""),
    ),
    Fault(
        "stale-finding",
        "an approval of a finding that changed since",
        _BY_STANDING,
        _stale(_of_claim(("evidence", 0, "finding"), "Or not."), ""),
    ),
    Fault(
        "stale-rating",
        "an approval of a rating that changed since",
        _BY_STANDING,
        _stale(_new_rating, "the vocabulary has one rating"),
    ),
    Fault("stale-evidence", "an approval whose evidence changed since", _BY_STANDING, _stale(_evidence_changed, "")),
    Fault(
        "stale-retracted",
        "an approval whose evidence was retracted since",
        _BY_STANDING,
        _stale(_evidence_retracted, ""),
    ),
    Fault("stale-term", "an approval in terms that were redefined since", _BY_STANDING, _stale(_term_redefined, "")),
    Fault(
        "stale-paragraph",
        "an approval of a quote whose paragraph changed since",
        _BY_STANDING,
        _stale(_paragraph_changed, "the quote stands nowhere"),
    ),
    Fault("stale-below", "an approval that rests on a claim that changed since", _BY_STANDING, _below_changed),
    Fault("withdrawn-below", "an approval that rests on a withdrawn claim", _BY_STANDING, _below_withdrawn),
    Fault(
        "report-unanswered", "an approval against which a reader's report stands", _BY_STANDING, _stale(_reported, "")
    ),
    Fault("approval-lapsed", "an approval whose time has run out", _BY_STANDING, _stale(_lapsed, "")),
    Fault(
        "too-few-approvals", "an approval by fewer people than policy asks for", _BY_STANDING, _stale(_one_of_two, "")
    ),
)
"""Faults under an approval, as a literal list."""
