"""Every fault that the probe plants, and the rules for which it plants none, with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.diagnostics import INTERNAL_ERROR
from kbtool.probe import (
    faults_base,
    faults_caveats,
    faults_decisions,
    faults_evidence,
    faults_files,
    faults_kept,
    faults_links,
    faults_quotes,
    faults_sources,
    faults_stale,
    faults_statements,
    faults_support,
    faults_trust,
)
from kbtool.probe.fault import Fault, Scratch
from kbtool.probe.reviewed import Reviewed

PLAIN_FAULTS: tuple[Fault[Scratch], ...] = (
    *faults_quotes.FAULTS,
    *faults_statements.FAULTS,
    *faults_caveats.FAULTS,
    *faults_support.FAULTS,
    *faults_evidence.FAULTS,
    *faults_links.FAULTS,
    *faults_sources.FAULTS,
    *faults_base.FAULTS,
    *faults_files.FAULTS,
)
"""Faults planted in a copy that nobody has reviewed."""

REVIEW_FAULTS: tuple[Fault[Reviewed], ...] = (
    *faults_decisions.FAULTS,
    *faults_kept.FAULTS,
    *faults_stale.FAULTS,
    *faults_trust.FAULTS,
)
"""Faults planted in a copy that made-up people have approved."""

NOT_PLANTED: Mapping[str, str] = {
    INTERNAL_ERROR: "it stands for a bug in kbtool itself, which no file of a base can be made to hold",
}
"""Rules that no fault is planted for."""
