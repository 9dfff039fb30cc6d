"""Rules on the policy, the vocabulary and `kb.yaml`: they name what exists and lower nothing that is locked."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kbtool.diagnostics import SEVERITY_RANK, Finding, Severity
from kbtool.model.claim import CLAIM_TYPES
from kbtool.rules.context import BaseFinding, BaseRule, BaseView
from kbtool.rules.rule import rule


@rule(Severity.ERROR, locked=True)
def policy_lowers_locked_rule(view: BaseView) -> Iterator[BaseFinding]:
    """The policy gives a locked rule a lower severity than its own.

    Why: quotes, negations, caveats and approvals are what people rely on; no editor may switch their checks down.

    Mend: take the rule out of `severities`; `kbtool rules` marks the locked ones.
    """
    for name, severity in view.terms.policy.severities.items():
        page = view.pages.get(name)
        if page and page.locked and SEVERITY_RANK[Severity(severity)] > SEVERITY_RANK[page.severity]:
            message = f"rule {name!r} is locked at {page.severity.value!r} and cannot be lowered to {severity!r}"
            yield BaseFinding(view.base.policy.file, Finding(("severities", name), message))


@rule(Severity.ERROR, locked=True)
def unknown_rule_in_policy(view: BaseView) -> Iterator[BaseFinding]:
    """The policy gives a severity to a rule that does not exist.

    Why: a misspelt name leaves the rule that was meant as it was.

    Mend: use a name that `kbtool rules` lists.
    """
    for name in view.terms.policy.severities:
        if name not in view.pages:
            near = get_close_matches(name, list(view.pages), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "`kbtool rules` lists every rule"
            yield BaseFinding(view.base.policy.file, Finding(("severities", name), f"there is no rule {name!r}", hint))


@rule(Severity.ERROR, locked=True)
def claim_types_at_odds(view: BaseView) -> Iterator[BaseFinding]:
    """The vocabulary's claim types are not the ones that the tool has models for.

    Why: a type without a model can hold no claim; a model without a label shows readers a bare id.

    Mend: list exactly the types that `kbtool schema` generates; a new type needs a model in code first.
    """
    listed = view.terms.vocabulary.claim_types
    file = view.base.vocabulary.file
    for name in listed:
        if name not in CLAIM_TYPES:
            yield BaseFinding(file, Finding(("claim_types", name), f"there is no model for claims of type {name!r}"))
    for name in CLAIM_TYPES:
        if name not in listed:
            yield BaseFinding(file, Finding(("claim_types",), f"claim type {name!r} has no label and definition"))


@rule(Severity.ERROR)
def base_url_without_slash(view: BaseView) -> Iterator[BaseFinding]:
    """The base URL does not end in a slash.

    Why: identifiers are made by putting ids behind it; without the slash two words run together.

    Mend: end `base_url` in `/`.
    """
    url = view.base.config.model.base_url
    if not url.endswith("/"):
        yield BaseFinding(view.base.config.file, Finding(("base_url",), f"base_url {url!r} does not end in a slash"))


RULES: tuple[BaseRule, ...] = (
    policy_lowers_locked_rule,
    unknown_rule_in_policy,
    claim_types_at_odds,
    base_url_without_slash,
)
