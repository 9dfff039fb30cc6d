"""The words of an evidence record that others may restate."""

from __future__ import annotations

from kbtool.model.evidence import Evidence


def evidence_text(evidence: Evidence) -> str:
    """The parts of an evidence record that findings and caveats may take their numbers from, a line each."""
    citation = evidence.citation
    parts = (evidence.result, evidence.n, evidence.population, evidence.design, evidence.limits)
    return "\n".join(filter(None, (*parts, evidence.certainty_stated, citation.title, citation.issued)))
