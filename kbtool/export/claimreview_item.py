"""One released claim as a schema.org ClaimReview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kbtool.export.iri import iri
from kbtool.export.linked_release import LICENCES
from kbtool.export.property_value import claim_properties, property_value, release_properties
from kbtool.export.rating_scale import BEST, RATING_SCALE, WORST
from kbtool.export.readable import Citation, account_of
from kbtool.release.jsontext import rows_of
from kbtool.release.uris import evidence_uri, release_uri, source_uri
from kbtool.release.view import document_parts, shelf_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject, Parts
    from kbtool.release.release import Release


@dataclass(frozen=True, slots=True)
class Shelves:
    """What every ClaimReview of a release shares."""

    stem: str
    """Stem of every public identifier."""
    header: JsonObject
    """What the release says of itself."""
    parts: Parts
    """The release as its JSON has it."""
    sources: Mapping[str, JsonObject]
    """Each document under check as a CreativeWork, by id."""
    citation: Citation
    """Gives the citation of an evidence record on one line, by slug."""
    publisher: JsonObject
    """The publisher as an Organization."""
    licence: JsonObject | str
    """The licence of the data: its address where it is a well-known one, else its words."""
    feed: JsonObject
    """What every ClaimReview is a part of."""
    release: tuple[JsonObject, ...]
    """The properties of `release_properties`."""


def shelves_of(release: Release) -> Shelves:
    """What the ClaimReviews of a release share."""
    parts, shelf = document_parts(release), shelf_of(release)
    header: JsonObject = parts["release"]
    return Shelves(
        stem=shelf.base_url,
        header=header,
        parts=parts,
        sources={each["document"]: _work(each, shelf.base_url) for each in rows_of(parts, "sources")},
        citation=lambda slug: str(shelf.card(slug)["citation"]),
        publisher=_organization(header["publisher"]),
        licence=_licence(header),
        feed={"@id": release_uri(shelf.base_url, header["id"]), "@type": "DataFeed"},
        release=tuple(release_properties(header)),
    )


def claim_review(claim: JsonObject, shelves: Shelves, context: str) -> JsonObject:
    """The ClaimReview of a claim; keys are sorted, here and below.

    `claimReviewed` is the whole statement: cut to the 75 characters that search pages like to show, it could lose a
    negation or a hedge.
    """
    header, review, licence = shelves.header, claim["review"], shelves.licence
    return {
        "@context": context,
        "@type": "ClaimReview",
        "additionalProperty": [*claim_properties(claim, shelves.stem, shelves.citation), *shelves.release],
        "author": shelves.publisher,
        "citation": [_citation(link, shelves.stem) for link in claim["evidence"]],
        "claimReviewed": claim["statement"],
        "creativeWorkStatus": _status(review),
        "dateModified": header["as_of"],
        "datePublished": review["approved_on"] or header["as_of"],
        **_given(expires=review["lapses_on"]),
        "inLanguage": header["language"],
        "isPartOf": shelves.feed,
        "itemReviewed": _claim(claim, shelves),
        "license": licence,
        "publisher": shelves.publisher,
        "reviewBody": claim["verdict"]["rationale"],
        "reviewRating": _rating(claim, shelves),
        "sdDatePublished": header["as_of"],
        "sdLicense": licence,
        "sdPublisher": shelves.publisher,
        "url": claim["uri"],
    }


def _licence(header: JsonObject) -> JsonObject | str:
    words = header["licences"]["data"]
    return LICENCES.get(words) or {"@type": "CreativeWork", "name": words}


def _status(review: JsonObject) -> str:
    return f"{review['standing_label']}; {review['notice']}" if review["notice"] else str(review["standing_label"])


def _rating(claim: JsonObject, shelves: Shelves) -> JsonObject:
    verdict = claim["verdict"]
    number = RATING_SCALE.get(verdict["rating"])
    return {
        "@type": "Rating",
        "alternateName": _shown(verdict["label"], claim["review"]["notice"]),
        **({} if number is None else {"bestRating": BEST}),
        "name": verdict["label"],
        "ratingExplanation": "\n".join(account_of(claim, shelves.header["as_of"], shelves.citation)),
        **({} if number is None else {"ratingValue": number, "worstRating": WORST}),
    }


def _shown(label: str, notice: str | None) -> str:
    """The verdict with the notice in it: search pages show these words and nothing else of the rating."""
    return f"{label} ({notice})" if notice else label


def _claim(claim: JsonObject, shelves: Shelves) -> JsonObject:
    """The claim under review: its words, where it appears, and who made it where that is known."""
    work = shelves.sources[claim["source"]["document"]]
    quotes = [{"@type": "Quotation", "text": quote["exact"]} for quote in claim["source"]["quotes"]]
    return {
        "@id": claim["uri"],
        "@type": "Claim",
        "appearance": {name: quotes if name == "hasPart" else part for name, part in work.items()},
        **_given(author=work.get("publisher")),
        "claimInterpreter": shelves.publisher,
        **_given(datePublished=work.get("datePublished")),
        "text": claim["statement"],
    }


def _work(source: JsonObject, stem: str) -> JsonObject:
    """A document under check; `url` holds every address at which it was seen, copies too, and `hasPart` nothing yet.

    Its public identifier is no `@id`: each claim adds its own quotes, and in a graph of many claims they would all hang
    on one node.
    """
    seen = [place["url"] for key in ("found", "copies") for place in source[key] if "url" in place]
    publisher = source.get("publisher")
    return {
        "@type": "CreativeWork",
        **_given(datePublished=source.get("published")),
        "hasPart": [],
        "identifier": [
            source_uri(stem, source["document"]),
            property_value("sha256", source["text"]["digest"]),
        ],
        "inLanguage": source["language"],
        "name": source["title"],
        **_given(
            publisher={"@type": "Organization", "name": publisher} if publisher else None,
            url=[iri(url) for url in dict.fromkeys(seen)] or None,
        ),
    }


def _citation(link: JsonObject, stem: str) -> JsonObject:
    """The work behind an evidence link; `description` says which way it points for this claim, and how directly.

    No `@id`: what it says of one claim must not be read as said of another that cites the same work.
    """
    doi = link["identifiers"].get("doi")
    return {
        "@type": "CreativeWork",
        "conditionsOfAccess": f"seen: {link['seen']['how']}",
        "creativeWorkStatus": link["status"]["state"],
        "description": f"{link['stance_label']} ({link['directness_label']}): {link['finding']}",
        "genre": link["kind_label"],
        "identifier": evidence_uri(stem, link["ref"]),
        "name": link["citation"],
        **_given(sameAs=iri(f"https://doi.org/{doi}") if doi else None),
    }


def _organization(publisher: JsonObject) -> JsonObject:
    url = publisher.get("url")
    return {"@type": "Organization", "name": publisher["name"], **_given(url=iri(url) if url else None)}


def _given(**values: Any) -> JsonObject:
    return {name: value for name, value in values.items() if value is not None}
