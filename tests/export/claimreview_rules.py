"""Our own rules for ClaimReview markup, for what the shapes of schema.org do not ask.

Source of the rules: Google's page on fact checks (required properties, one published scale, a page's own address) and
schema.org's definitions of Rating. Written without kbtool, over parsed JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

REQUIRED = {"ClaimReview": ("claimReviewed", "reviewRating", "url"), "Rating": ("alternateName",)}
"""By type."""

SCALE = {1: "Contradicted", 2: "Partly supported", 3: "Supported"}
"""The published scale, number to word."""

WITHOUT_NUMBER = ("Unverifiable", "Not checkable")

VERDICT_WORDS = re.compile(
    r"\b(supported|unsupported|contradicted|unverifiable|not checkable|true|false|misleading|debunked|fact.check)\b",
    re.IGNORECASE,
)


def problems(review: Json, host: str) -> list[str]:
    """Names of the rules that a ClaimReview breaks; `host` is where its pages are."""
    return [name for name, breaks in RULES.items() if breaks(review, host)]


def _missing(review: Json, host: str) -> bool:
    del host
    rating = review.get("reviewRating")
    return any(not review.get(name) for name in REQUIRED["ClaimReview"]) or not (
        isinstance(rating, dict) and all(rating.get(name) for name in REQUIRED["Rating"])
    )


def _other_host(review: Json, host: str) -> bool:
    found = urlsplit(str(review.get("url")))
    at = found.hostname or ""
    return found.scheme != "https" or not (at == host or at.endswith(f".{host}"))


def _verdict_in_claim(review: Json, host: str) -> bool:
    del host
    return bool(VERDICT_WORDS.search(str(review.get("claimReviewed"))))


def _rating(review: Json) -> Json:
    rating = review.get("reviewRating")
    return rating if isinstance(rating, dict) else {}


def _off_scale(review: Json, host: str) -> bool:
    del host
    rating = _rating(review)
    numbers: list[Any] = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if all(number is None for number in numbers):
        return False
    if not all(type(number) is int for number in numbers):
        return True
    worst, value, best = numbers
    return bool(not (worst < best and worst <= value <= best))


def _word_unlike_number(review: Json, host: str) -> bool:
    del host
    rating = _rating(review)
    value, word = rating.get("ratingValue"), rating.get("name")
    return SCALE.get(value) != word if value is not None else word not in WITHOUT_NUMBER


def caveats(review: Json) -> Iterator[tuple[str, str]]:
    """Label and text of each caveat in the extension."""
    for item in review.get("additionalProperty", ()):
        if item["propertyID"] == "kbtool:caveat":
            yield item["name"], item["value"]


def _caveat_not_explained(review: Json, host: str) -> bool:
    del host
    explanation = _rating(review).get("ratingExplanation", "")
    return any(label not in explanation or text not in explanation for label, text in caveats(review))


def _silent_about_review(review: Json, host: str) -> bool:
    """Whether it is neither approved nor says in all three places that nobody qualified has reviewed it."""
    del host
    rating = _rating(review)
    standing = [
        item["value"] for item in review.get("additionalProperty", ()) if item["propertyID"] == "kbtool:standing"
    ]
    said = [rating.get("alternateName"), rating.get("ratingExplanation"), review.get("creativeWorkStatus")]
    spoken = all("not reviewed by a qualified person" in str(text).lower() for text in said)
    return standing != ["approved"] and not spoken


RULES: dict[str, Callable[[Json, str], bool]] = {
    "required": _missing,
    "host": _other_host,
    "verdict-in-claim": _verdict_in_claim,
    "scale": _off_scale,
    "word": _word_unlike_number,
    "caveats": _caveat_not_explained,
    "review": _silent_about_review,
}
