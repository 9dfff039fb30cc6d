"""What the pages are made of: a release's JSON values by id, with every link between them in both directions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbtool.site import paths
from kbtool.site.evidence_names import short_name
from kbtool.site.passages import places_of
from kbtool.site.text import cleaned, cleaned_text

if TYPE_CHECKING:
    from kbtool.quotes.resolve import Span
    from kbtool.release.jsontext import JsonObject

LISTS: Mapping[str, str] = {
    "ratings": "Verdicts",
    "statuses": "Standings",
    "claim_types": "Types of claim",
    "caveat_kinds": "Caveats",
    "certainty_levels": "Certainty of the evidence",
    "stances": "Which way evidence points",
    "directness": "How directly evidence fits",
    "evidence_kinds": "Kinds of evidence",
    "relation_kinds": "Relations between claims",
    "skip_reasons": "Why a passage makes no claim",
    "directions": "Directions of an effect",
    "seriousness": "Seriousness of an unwanted effect",
    "strengths": "Strength of a recommendation",
    "hedges": "Words that weaken a statement",
}
"""The lists of the vocabulary that have terms with labels, in the order of the glossary, with their headings."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A release as pages need it."""

    release: JsonObject
    vocabulary: JsonObject
    sources: Mapping[str, JsonObject]
    evidence: Mapping[str, JsonObject]
    names: Mapping[str, str]
    """What each evidence record is called, by slug."""
    claims: Mapping[str, JsonObject]
    held: Mapping[str, JsonObject]
    withdrawn: Mapping[str, JsonObject]
    places: Mapping[str, list[Span] | None]
    """Where the quotes of each claim stand in its text; None where that is not shown or one has no certain place."""
    order: Mapping[str, tuple[str, ...]]
    """Claims of each document in the order of its text: by where their last words end, those without a place last."""
    number: Mapping[str, int]
    """The place of each claim in that order, from 1."""
    citing: Mapping[str, tuple[str, ...]]
    """Claims that name an evidence record anywhere, by its slug."""
    named_by: Mapping[str, tuple[tuple[str, str], ...]]
    """For each claim the others that name it: kind of relation and their id; a caveat's basis has the kind ''."""
    using: Mapping[tuple[str, str], tuple[str, ...]]
    """Claims that use a vocabulary term, by its list and code; for evidence kinds see `of_kind`."""
    of_kind: Mapping[str, tuple[str, ...]]
    """Evidence records of a kind."""

    def term(self, vocabulary: str, code: str) -> JsonObject:
        """Label, definition and page of a term; a code that the vocabulary lacks stands for itself, without page."""
        found = self.vocabulary[vocabulary].get(code)
        if found is None:
            return {"code": code, "label": code, "definition": "", "path": None}
        return {**found, "code": code, "path": paths.term_page(vocabulary, code)}

    def counts(self, vocabulary: str) -> Counter[str]:
        """How many claims use each term of a list of the vocabulary that any claim uses."""
        return Counter({code: len(ids) for (name, code), ids in self.using.items() if name == vocabulary})

    def claim_link(self, id_: str) -> JsonObject:
        """Another claim as a link shows it: id, page, and its statement or that it is held back or withdrawn."""
        if claim := self.claims.get(id_):
            return {"id": id_, "path": paths.claim_page(id_), "text": claim["statement"], "state": "", "claim": claim}
        state = "withdrawn" if id_ in self.withdrawn else "held back" if id_ in self.held else "not in this release"
        path = None if state == "not in this release" else paths.claim_page(id_)
        return {"id": id_, "path": path, "text": None, "state": state, "claim": None}

    def evidence_link(self, slug: str) -> JsonObject:
        """An evidence record as a link shows it: page and name; no page where it is not in the release."""
        return {
            "path": paths.evidence_page(slug) if slug in self.evidence else None,
            "name": self.names.get(slug, slug),
        }


def contents_of(document: JsonObject) -> Contents:
    """The contents of a site, from what `kbtool.release.view.document_of` gives.

    Texts are made fit for pages here, once for all of them; quotes are looked up in the texts as they were before.
    """
    texts = {source["document"]: source["full_text"] for source in document["sources"]}
    places = {
        claim["id"]: places_of(claim["source"]["quotes"], texts[claim["source"]["document"]])
        for claim in document["claims"]
    }
    order = _in_order(document["claims"], texts, places)
    claims = {claim["id"]: cleaned(claim) for claim in document["claims"]}
    evidence = {record["id"]: cleaned(record) for record in document["evidence"]}
    return Contents(
        release=cleaned(document["release"]),
        vocabulary=cleaned(document["vocabulary"]),
        sources={source["document"]: _source(source) for source in document["sources"]},
        evidence=evidence,
        names={slug: short_name(record) for slug, record in evidence.items()},
        claims=claims,
        held={held["id"]: cleaned(held) for held in document["held"]},
        withdrawn={each["id"]: cleaned(each) for each in document["withdrawn"]},
        places=places,
        order=order,
        number={id_: place for ids in order.values() for place, id_ in enumerate(ids, 1)},
        citing=_grouped((ref, id_) for id_, claim in claims.items() for ref in _cited(claim)),
        named_by=_grouped(named for claim in claims.values() for named in _named(claim)),
        using=_grouped((term, id_) for id_, claim in claims.items() for term in _terms(claim)),
        of_kind=_grouped((record["kind"], record["id"]) for record in document["evidence"]),
    )


def _source(source: JsonObject) -> JsonObject:
    text = source["full_text"]
    return {**cleaned({**source, "full_text": None}), "full_text": cleaned_text(text) if text is not None else None}


def _grouped(pairs: Iterable[tuple[object, object]]) -> dict:  # type: ignore[type-arg]
    groups: defaultdict[object, dict[object, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _in_order(
    claims: Iterable[JsonObject], texts: Mapping[str, str | None], places: Mapping[str, list[Span] | None]
) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for claim in claims:
        document = claim["source"]["document"]
        known = _stated(claim["source"]["quotes"]) if texts[document] is None else places[claim["id"]]
        found[document].append((*_extent(known or [(0, _PAST_EVERY_TEXT)]), claim["id"]))
    return {document: tuple(id_ for *_, id_ in sorted(extents)) for document, extents in found.items()}


_PAST_EVERY_TEXT = 10**12
"""No position is as large: they have twelve digits at the most."""


def _stated(quotes: Iterable[JsonObject]) -> list[Span]:
    """The places as the record states them, of a text that is not shown; none where it does not state them all."""
    places = [(quote["start"], quote["end"]) for quote in quotes]
    return [] if any(start is None or end is None for start, end in places) else places


def _extent(places: Sequence[Span]) -> tuple[int, int]:
    """End and start of all the words of a claim."""
    return (max(end for _, end in places), min(start for start, _ in places))


def _cited(claim: JsonObject) -> Iterator[str]:
    for link in claim["evidence"]:
        yield link["ref"]
    for caveat in claim["caveats"]:
        if caveat["basis"] and "evidence" in caveat["basis"]:
            yield caveat["basis"]["evidence"]
    if claim["verdict"]["certainty"]:
        yield claim["verdict"]["certainty"]["stated_by"]
    if "study" in claim:
        yield claim["study"]["ref"]


def _named(claim: JsonObject) -> Iterator[tuple[str, tuple[str, str]]]:
    for relation in claim["relations"]:
        yield relation["claim"], (relation["kind"], claim["id"])
    for caveat in claim["caveats"]:
        if caveat["basis"] and "claim" in caveat["basis"]:
            yield caveat["basis"]["claim"], ("", claim["id"])


def _terms(claim: JsonObject) -> Iterator[tuple[str, str]]:
    yield "ratings", claim["verdict"]["rating"]
    yield "statuses", claim["review"]["standing"]
    yield "claim_types", claim["type"]
    for caveat in claim["caveats"]:
        yield "caveat_kinds", caveat["kind"]
    if claim["verdict"]["certainty"]:
        yield "certainty_levels", claim["verdict"]["certainty"]["level"]
    for link in claim["evidence"]:
        yield "stances", link["stance"]
        yield "directness", link["directness"]
    for relation in claim["relations"]:
        yield "relation_kinds", relation["kind"]
    for name, field in (("directions", "direction"), ("seriousness", "seriousness"), ("strengths", "strength")):
        if isinstance(value := claim.get(field), dict):
            yield name, value["code"]
