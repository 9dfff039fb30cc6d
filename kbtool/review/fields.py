"""Which fields an approval binds: every field of every record model is either reviewed or editorial.

Reviewed fields enter the content digest: change one and the claim needs review again. Editorial ones do not: places of
quotes, tags, notes, the day something was last looked at. Both are written out, so that a new field stops the digest,
and a test, until somebody has decided what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.model import base, base_config, claim, decision, evidence, policy, source, vocabulary
from kbtool.model.base import Model

_EDITORIAL: Mapping[type[Model], frozenset[str]] = {
    claim.Selector: frozenset({"start", "end", "prefix", "suffix"}),
    claim.ClaimBase: frozenset({"review", "tags", "notes"}),
    claim.Review: frozenset({"status"}),
    evidence.Seen: frozenset({"at"}),
    evidence.Checked: frozenset({"on", "how"}),
    evidence.Evidence: frozenset({"checked", "notes"}),
}
"""Editorial fields, by the class that declares them; a class passes its own on to those below it."""

_REVIEWED: Mapping[type[Model], frozenset[str]] = {
    base.Stated: frozenset({"as_stated"}),
    base.Quantity: frozenset({"as_stated", "value", "unit"}),
    base.Coded: frozenset({"as_stated", "code"}),
    claim.Selector: frozenset({"exact"}),
    claim.Passage: frozenset({"document", "quotes"}),
    claim.Basis: frozenset({"quote", "evidence", "claim"}),
    claim.Caveat: frozenset({"kind", "text", "basis"}),
    claim.EvidenceLink: frozenset({"ref", "stance", "directness", "finding", "locator"}),
    claim.Certainty: frozenset({"level", "stated_by", "outcome"}),
    claim.Verdict: frozenset({"rating", "certainty", "rationale"}),
    claim.Relation: frozenset({"kind", "claim"}),
    claim.Drafted: frozenset({"by", "on", "method", "machine"}),
    claim.Review: frozenset(),
    claim.StudyRef: frozenset({"ref"}),
    claim.ClaimBase: frozenset(
        {
            "id",
            "statement",
            "polarity",
            "hedges",
            "source",
            "caveats",
            "evidence",
            "verdict",
            "relations",
            "drafted",
        }
    ),
    claim.Definition: frozenset({"type", "term", "meaning"}),
    claim.Epidemiology: frozenset({"type", "condition", "population", "frequency", "associated", "place"}),
    claim.Mechanism: frozenset({"type", "subject", "target", "effect", "site", "knowledge"}),
    claim.Efficacy: frozenset(
        {"type", "intervention", "outcome", "direction", "population", "comparator", "size"},
    ),
    claim.StudyFinding: frozenset(
        {"type", "study", "outcome", "result", "population", "intervention", "comparator"},
    ),
    claim.Citation: frozenset({"type", "study", "venue", "year"}),
    claim.Safety: frozenset(
        {"type", "intervention", "effect", "frequency", "seriousness", "duration", "management", "population"},
    ),
    claim.Administration: frozenset(
        {"type", "intervention", "route", "setting", "dose", "duration", "schedule", "state"},
    ),
    claim.Availability: frozenset({"type", "intervention", "extent", "provider", "indication", "jurisdiction"}),
    claim.Cost: frozenset({"type", "item", "amount", "payer", "coverage", "jurisdiction"}),
    claim.Guidance: frozenset({"type", "recommendation", "for_whom", "strength"}),
    claim.Usage: frozenset({"type", "agent", "use", "setting", "period", "reason"}),
    evidence.Name: frozenset({"family", "given", "literal"}),
    evidence.Reference: frozenset(
        {
            "type",
            "title",
            "author",
            "container_title",
            "publisher",
            "volume",
            "issue",
            "page",
            "issued",
            "genre",
            "url",
        }
    ),
    evidence.Identifiers: frozenset({"doi", "pmid", "pmcid", "registry", "other"}),
    evidence.Seen: frozenset({"how", "detail"}),
    evidence.Status: frozenset({"state", "on", "source"}),
    evidence.Checked: frozenset(),
    evidence.Evidence: frozenset(
        {
            "id",
            "kind",
            "citation",
            "identifiers",
            "design",
            "population",
            "n",
            "result",
            "certainty_stated",
            "limits",
            "seen",
            "status",
            "overlaps",
        }
    ),
}
"""Reviewed fields, by the class that declares them."""

CONTENT_MODELS: tuple[type[Model], ...] = tuple(_REVIEWED)
"""Models whose reviewed fields are a claim's content."""

OTHER_MODELS: Mapping[type[Model], str] = {
    vocabulary.Vocabulary: "the label and definition of each term that a claim uses are part of its content",
    policy.Policy: "bound by the root keys; a decision names the policy's digest",
    base_config.BaseConfig: "bound by the root keys as far as it says who may decide",
    base_config.Reviewers: "bound by the root keys",
    source.Source: "the paragraphs around each quote are part of the content; the text has a digest of its own",
    decision.ReviewStatement: "signed as a whole by the reviewer",
    decision.GovernanceStatement: "signed as a whole by the root keys",
    decision.ErrorReport: "a reader's words; a decision that answers it names its digest",
    decision.Waiver: "names the content that it is for; kept by the people who may change the base",
}
"""Top-level models that are no part of a claim's content, with what binds them instead."""


class UndecidedFieldError(Exception):
    """A model has a field that nobody has called reviewed or editorial: the tool is at fault, not the data."""


def reviewed_fields(model: type[Model]) -> frozenset[str]:
    """The fields of `model` that an approval binds, by their names in code.

    Raises UndecidedFieldError for a model with a field that is neither reviewed nor editorial, or that is both.
    """
    reviewed, editorial = _declared(model, _REVIEWED), editorial_fields(model)
    if odd := (reviewed ^ editorial) ^ frozenset(model.model_fields):
        raise UndecidedFieldError(f"of {model.__name__} neither reviewed nor editorial, or both: {sorted(odd)}")
    return reviewed


def editorial_fields(model: type[Model]) -> frozenset[str]:
    """The fields of `model` that may change without a new review; none for a model that is not listed."""
    return _declared(model, _EDITORIAL)


def _declared(model: type[Model], table: Mapping[type[Model], frozenset[str]]) -> frozenset[str]:
    return frozenset(name for cls in model.__mro__ for name in table.get(cls, ()))
