"""The numbers of the ClaimReview rating scale: one table, and nothing else decides what a verdict is worth.

Google's rules for fact checks ask for the verdict in words and allow a number; where numbers are given, there must be
one published scale from number to word. Three of our ratings say how far the evidence bears the claim out, and get one.
`unverifiable` and `not-checkable` say that it could not be told: any number, also one outside the scale, would be read
as a degree of truth, so they have none. Nor has a rating that an editor adds to the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping

RATING_SCALE: Mapping[str, int] = {"contradicted": 1, "partly-supported": 2, "supported": 3}
"""Rating code to `ratingValue`."""

WORST = min(RATING_SCALE.values())
"""`worstRating`."""

BEST = max(RATING_SCALE.values())
"""`bestRating`."""
