"""One released claim as plain JSON values, with everything that must travel with it and a label beside every code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.release.citation import citation_line
from kbtool.release.decided import LABELS
from kbtool.release.uris import claim_uri
from kbtool.review.standing import notice_of

if TYPE_CHECKING:
    from datetime import date

    from kbtool.model.evidence import Evidence
    from kbtool.model.vocabulary import Term, Vocabulary
    from kbtool.release.jsontext import JsonObject
    from kbtool.release.parts import ReleasedClaim, ReleasedDecision


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the claims of a release refer to."""

    base_url: str
    """Stem of every public identifier, with its slash."""
    vocabulary: Vocabulary
    titles: Mapping[str, str]
    """Titles of the documents, by document id."""
    card: Callable[[str], JsonObject]
    """Gives what every citing claim shows of an evidence record, by slug; see `evidence_card`."""


def claim_view(released: ReleasedClaim, shelf: Shelf) -> JsonObject:
    """The claim as the JSON files give it."""
    claim = released.claim.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"notes"})
    terms = shelf.vocabulary
    return {
        **claim,
        "uri": claim_uri(shelf.base_url, claim["id"]),
        "type_label": _label(terms.claim_types, claim["type"]),
        "source": _passage(claim["source"], shelf),
        "caveats": [_caveat(caveat, terms) for caveat in claim["caveats"]],
        "evidence": [_link(link, shelf) for link in claim["evidence"]],
        "verdict": _verdict(claim["verdict"], terms),
        "relations": [{**item, "label": _label(terms.relation_kinds, item["kind"])} for item in claim["relations"]],
        "review": _review(claim["review"]["status"], released, terms),
    }


def evidence_card(evidence: Evidence, kinds: Mapping[str, Term]) -> JsonObject:
    """What a claim shows of an evidence record: kind, citation on one line, identifiers, status, how it was seen."""
    return {
        "kind": evidence.kind,
        "kind_label": _label(kinds, evidence.kind),
        "citation": citation_line(evidence.citation),
        "identifiers": evidence.identifiers.model_dump(mode="json", exclude_none=True),
        "status": evidence.status.model_dump(mode="json"),
        "seen": evidence.seen.model_dump(mode="json", exclude_none=True),
    }


def _label(terms: Mapping[str, Term], code: str) -> str:
    term = terms.get(code)
    return term.label if term else code


def _passage(passage: JsonObject, shelf: Shelf) -> JsonObject:
    quotes = [{"start": None, "end": None, **quote} for quote in passage["quotes"]]
    return {**passage, "title": shelf.titles[passage["document"]], "quotes": quotes}


def _caveat(caveat: JsonObject, terms: Vocabulary) -> JsonObject:
    return {"basis": None, **caveat, "label": _label(terms.caveat_kinds, caveat["kind"])}


def _link(link: JsonObject, shelf: Shelf) -> JsonObject:
    terms = shelf.vocabulary
    return {
        "locator": None,
        **link,
        **shelf.card(link["ref"]),
        "stance_label": _label(terms.stances, link["stance"]),
        "directness_label": _label(terms.directness, link["directness"]),
    }


def _verdict(verdict: JsonObject, terms: Vocabulary) -> JsonObject:
    certainty = verdict.get("certainty")
    if certainty:
        certainty = {**certainty, "label": _label(terms.certainty_levels, certainty["level"])}
    return {**verdict, "label": _label(terms.ratings, verdict["rating"]), "certainty": certainty}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _review(status: str, released: ReleasedClaim, terms: Vocabulary) -> JsonObject:
    standing = released.standing
    is_approved = standing.value == "approved"
    return {
        "status": status,
        "standing": standing.value,
        "standing_label": _label(terms.statuses, standing.value),
        "reason": standing.reason,
        "notice": notice_of(standing),
        "approved_on": _day(standing.approved_on) if is_approved else None,
        "lapses_on": _day(standing.lapses_on) if is_approved else None,
        "approvers": [{"id": each.id, "roles": list(each.roles)} for each in released.approvers],
        "decisions": [decision_view(each) for each in released.decisions],
    }


def decision_view(decision: ReleasedDecision) -> JsonObject:
    """A decision: who, in which roles, when, about which content, in which file, and whether anything rests on it."""
    return {
        "kind": decision.kind,
        "kind_label": LABELS[decision.kind],
        "reviewer": decision.reviewer,
        "roles": list(decision.roles),
        "on": decision.on.isoformat(),
        "content": decision.content,
        "file": decision.file,
        "counts": decision.counts,
    }
