"""When a page was last reviewed: never later than the oldest approval on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject


def last_reviewed(claims: Iterable[JsonObject]) -> str | None:
    """The oldest approval among the claims of a page, as a day; None where one is not approved, or there are none.

    `claims` are in the form of `kbtool.release.view`.
    """
    days = [claim["review"]["approved_on"] for claim in claims]
    return None if None in days else min(days, default=None)
