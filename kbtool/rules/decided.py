"""Rules on the review: statuses are backed by decisions, and waivers hold."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import Finding, Severity
from kbtool.records.base import KnowledgeBase
from kbtool.review.waivers import waiver_faults
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.review_pages import review_pages
from kbtool.rules.rule import Rule, rule


@rule(Severity.ERROR, locked=True)
def status_without_decision(view: BaseView) -> Iterator[BaseFinding]:
    """A claim has a review status although nobody decided anything about it.

    Why: nobody approves by typing.

    Mend: write `status: draft`; the tool writes any other status when a reviewer decides.
    """
    for id_, status in view.columns.statuses.items():
        if status != "draft" and not view.review.claims[id_].decisions:
            message = f"no signed decision backs the status {status!r}"
            yield BaseFinding(view.claim_file(id_), Finding(("review", "status"), message, "write 'status: draft'"))


def _status_not_as_decided(view: BaseView) -> Iterator[BaseFinding]:
    if view.review.governance is None:
        return
    for id_, status in view.columns.statuses.items():
        review = view.review.claims[id_]
        if review.decisions and status != review.status:
            message = f"the status is {status!r}, and the decisions amount to {review.status!r}"
            yield BaseFinding(view.claim_file(id_), Finding(("review", "status"), message, "run 'kbtool review sync'"))


def waived_contents(base: KnowledgeBase) -> dict[str, str]:
    """Content digests, by id, of the records that waivers name."""
    if not base.waivers:
        return {}
    from kbtool.review.content import content_of, evidence_digest  # noqa: PLC0415 - few bases have waivers

    digests: dict[str, str] = {}
    for waiver in base.waivers.values():
        name = waiver.model.record
        if name in base.claims:
            digests[name] = content_of(base.claims[name].model, base).digest
        elif name in base.evidence:
            digests[name] = evidence_digest(base.evidence[name].model)
    return digests


def _faults(rule_name: str, view: BaseView) -> Iterator[BaseFinding]:
    if not view.base.waivers:
        return
    contents, locked = waived_contents(view.base), {name: page.locked for name, page in view.pages.items()}
    people = frozenset(reviewer.id for reviewer in view.base.reviewers.model.reviewers)
    for record in view.base.waivers.values():
        for name, finding in waiver_faults(record.model, contents, locked, people, view.as_of):
            if name == rule_name:
                yield BaseFinding(record.file, finding)


def _waiver_of_locked_rule(view: BaseView) -> Iterator[BaseFinding]:
    yield from _faults("waiver-of-locked-rule", view)


def _lapsed_waiver(view: BaseView) -> Iterator[BaseFinding]:
    yield from _faults("lapsed-waiver", view)


def _waiver_without_effect(view: BaseView) -> Iterator[BaseFinding]:
    yield from _faults("waiver-without-effect", view)


_PAGES = {page.name: page for page in review_pages()}

RULES: tuple[BaseRule, ...] = (
    status_without_decision,
    Rule(_PAGES["status-not-as-decided"], _status_not_as_decided),
    Rule(_PAGES["waiver-of-locked-rule"], _waiver_of_locked_rule),
    Rule(_PAGES["lapsed-waiver"], _lapsed_waiver),
    Rule(_PAGES["waiver-without-effect"], _waiver_without_effect),
)
