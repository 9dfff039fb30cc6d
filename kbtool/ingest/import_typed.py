"""The type of an imported claim and the fields of that type, from its words alone; an editor has to look at them."""

from __future__ import annotations

from kbtool.ingest.claim_kind import kind_of_claim
from kbtool.ingest.import_claim import Typed
from kbtool.ingest.typed_fields import typed_fields, words_of
from kbtool.model.claim import CLAIM_TYPES
from kbtool.model.vocabulary import Vocabulary

_OF_A_STUDY = frozenset({"study-finding", "citation"})
"""Types that lean on the record of a study, which no imported row has."""


def typed(quoted: str, named: str | None, vocabulary: Vocabulary) -> Typed:
    """The type that the file names, where there is such a one, else the one that the words have cues for."""
    is_known = named in CLAIM_TYPES and named not in _OF_A_STUDY
    type_ = str(named) if is_known else kind_of_claim(quoted).type
    return type_, dict(typed_fields(type_, words_of(quoted), vocabulary))


def plainly_typed(quoted: str) -> Typed:
    """The type that asks least of a claim, with its first line as the subject."""
    words = quoted.split("\n", maxsplit=1)[0].strip().rstrip(".,;:!?\u2026 ")
    return "mechanism", {"subject": {"as_stated": words or quoted.strip()}}
