"""What two bases or releases are compared by: contents, standings and withdrawals, whatever they were read from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kbtool.model.base_config import BaseConfig, Reviewers
from kbtool.model.claim import CLAIM, CLAIM_TYPES
from kbtool.model.evidence import Evidence
from kbtool.model.policy import Policy
from kbtool.model.vocabulary import Vocabulary
from kbtool.records.base import KnowledgeBase, Record
from kbtool.review.content import contents_of

if TYPE_CHECKING:
    from kbtool.model.base import Model
    from kbtool.release.parts import Release
    from kbtool.review.reviewed import ReviewState

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stand:
    """How a claim stands, with the reason in words."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One side of a comparison."""

    contents: Mapping[str, Json]
    """The content of each claim that can be read, by id."""
    standings: Mapping[str, Stand]
    """By id, of held and withdrawn claims too."""
    policy: Json | None
    """The policy; None where it is not known, as in a release."""
    unread: frozenset[str] = field(default=frozenset())
    """Ids of claims that are there and cannot be read, or that a release holds back."""

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all claims that are known to be there, withdrawn ones too."""
        return frozenset(self.contents) | frozenset(self.standings) | self.unread


def snapshot_of_base(base: KnowledgeBase, review: ReviewState, unread: Iterable[str] = ()) -> Snapshot:
    """The side of a base; `unread` are the ids of its claims that could not be read."""
    contents = _contents(base)
    standings = {id_: Stand(r.standing.value, r.standing.reason) for id_, r in review.claims.items()}
    policy = base.policy.model.model_dump(mode="json")
    return Snapshot(contents, standings, policy, frozenset(unread))


@dataclass(frozen=True, slots=True)
class NotARelease:
    """Why some bytes are not the `claims.json` of a release: one sentence."""

    reason: str


def snapshot_of_release(raw: bytes) -> Snapshot | NotARelease:
    """The side of a release, from the bytes of its `claims.json`."""
    found = earlier_release(raw)
    return found if isinstance(found, NotARelease) else found.snapshot


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A release that was made before, as far as a comparison needs it."""

    id: str
    as_of: str
    """The UTC day for which its standings held."""
    policy: str | None
    """SHA-256 of the policy's file; None where the release does not say."""
    snapshot: Snapshot


def earlier_release(raw: bytes) -> EarlierRelease | NotARelease:
    """A release from the bytes of its `claims.json`; any bytes give an answer."""
    try:
        document = json.loads(raw)
        base = _base(document)
        standings = dict(_standings(document))
        held = frozenset(str(item["id"]) for item in document["held"])
        header = document["release"]
        id_, as_of, policy = str(header["id"]), str(header["as_of"]), header.get("policy")
    except (ValueError, RecursionError):
        return NotARelease("it is not JSON, or a record in it is not one of this version of kbtool")
    except (KeyError, TypeError, AttributeError):
        return NotARelease("it lacks a part that every release has")
    return EarlierRelease(id_, as_of, policy, Snapshot(_contents(base), standings, None, held))


def snapshot_of(release: Release) -> Snapshot:
    """The side of a release that is there as a value: the same as of its `claims.json`."""
    out = release.claims
    base = KnowledgeBase(
        config=_record(release.config),
        vocabulary=_record(release.vocabulary),
        policy=_record(Policy()),
        reviewers=_record(Reviewers()),
        sources={},
        texts={each.source.document: each.text for each in release.sources if each.text is not None},
        evidence={each.id: _record(each) for each in release.evidence},
        claims={each.claim.id: _record(each.claim) for each in out},
    )
    standings = {each.claim.id: Stand(each.standing.value, each.standing.reason) for each in out}
    standings |= {each.id: Stand(each.standing.value, each.reason) for each in release.held}
    standings |= {each.id: Stand("withdrawn", each.reason) for each in release.tombstones}
    return Snapshot(_contents(base), standings, None, frozenset(each.id for each in release.held))


def _contents(base: KnowledgeBase) -> dict[str, Json]:
    return {id_: content.value for id_, content in contents_of(base.claims, base).items()}


def _base(document: Json) -> KnowledgeBase:
    """The claims, evidence, vocabulary and texts of a release as an index.

    Raises KeyError, TypeError, AttributeError or ValueError for what is none.
    """
    claims = {claim["id"]: _record(CLAIM.validate_python(_claim(claim))) for claim in document["claims"]}
    evidence = {each["id"]: _record(Evidence.model_validate(each)) for each in document["evidence"]}
    texts = {s["document"]: s["full_text"] for s in document["sources"] if s["full_text"] is not None}
    return KnowledgeBase(
        config=_record(_config(document["release"])),
        vocabulary=_record(Vocabulary.model_validate(document["vocabulary"])),
        policy=_record(Policy()),
        reviewers=_record(Reviewers()),
        sources={},
        texts=texts,
        evidence=evidence,
        claims=claims,
    )


def _config(header: Json) -> BaseConfig:
    names = ("title", "description", "language", "publisher", "base_url", "licences", "intended_use")
    schema = {"folder": "schema", "version": header["schema_version"]}
    return BaseConfig.model_validate({name: header[name] for name in names} | {"schema": schema})


def _record(model: Any) -> Record[Any]:
    return Record("", b"", model)


def _claim(view: Json) -> dict[str, Any]:
    """The record behind a released claim: what the release adds for readers is taken off again."""
    claim = _only(view, CLAIM_TYPES[view["type"]])
    claim["source"] = {
        "document": view["source"]["document"],
        "quotes": [_given(quote) for quote in view["source"]["quotes"]],
    }
    claim["caveats"] = [_given({k: c[k] for k in ("kind", "text", "basis")}) for c in view["caveats"]]
    link_keys = ("ref", "stance", "directness", "finding", "locator")
    claim["evidence"] = [_given({k: link[k] for k in link_keys}) for link in view["evidence"]]
    verdict = _given({k: view["verdict"].get(k) for k in ("rating", "certainty", "rationale")})
    if "certainty" in verdict:
        verdict["certainty"] = {k: verdict["certainty"][k] for k in ("level", "stated_by", "outcome")}
    claim["verdict"] = verdict
    claim["relations"] = [{k: relation[k] for k in ("kind", "claim")} for relation in view["relations"]]
    claim["review"] = {"status": view["review"]["status"]}
    return claim


def _only(value: Json, model: type[Model]) -> dict[str, Any]:
    names = {info.alias or name for name, info in model.model_fields.items()}
    return {key: item for key, item in value.items() if key in names}


def _given(value: Json) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}


def _standings(document: Json) -> Iterable[tuple[str, Stand]]:
    for claim in document["claims"]:
        yield claim["id"], Stand(claim["review"]["standing"], claim["review"]["reason"])
    for held in document["held"]:
        yield held["id"], Stand(held["standing"], held["reason"])
    for gone in document["withdrawn"]:
        yield gone["id"], Stand("withdrawn", gone["reason"])
