"""How far a page that is live now has drifted from the text that is stored: sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.quotes.carry import Carried, carry
from kbtool.quotes.resolve import Span


@dataclass(frozen=True, slots=True)
class Drift:
    """What became of the sentences of a stored text on a page."""

    sentences: int
    drifted: tuple[Carried, ...]
    """Those whose words do not stand on the page, or not plainly."""

    @property
    def standing(self) -> int:
        """How many sentences stand on the page, wherever and however they are set."""
        return self.sentences - len(self.drifted)


def drift_of(stored: str, sentences: Sequence[Span], page: str) -> Drift:
    """The drift of a page from a stored text."""
    carried = carry(stored, page, sentences)
    return Drift(len(carried), tuple(each for each in carried if not each.stands))
