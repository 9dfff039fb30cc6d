"""The study or publication that a sentence names or hints at, with what it says of it: venue, year, identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbtool.ingest.cue_pattern import any_of
from kbtool.model.identifiers import doi_problem

_STUDY = any_of(
    r"(?:(?:a|an|one|another|the|this|that|recent|\d{4}) )(?:[\w-]+ ){0,3}?(?:study|trial|survey|meta-analysis"
    r"|systematic review"
    r"|experiment|case report)",
    r"(?:studies|trials|researchers|scientists|investigators) (?:at|from|in|of|who|have|found|reported|showed"
    r"|published)\b",
    r"published (?:in|by)",
    r"according to (?:a|the|one) (?:[\w-]+ ){0,3}?(?:study|report|survey|review)",
)
_VENUE = re.compile(
    r"(?:published in|appeared in|reported in|in) (?:the )?(?P<venue>(?:(?:Journal|Annals|Archives|Archive|Lancet"
    r"|BMJ|JAMA|Nature"
    r"|Science|Cell|British|American|New England|European|International|Cochrane|PLoS|PLOS)\b)(?:\s(?:of|and|the|for"
    r"|in|&"
    r"|[A-Z][\w&-]*))*)"
)
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_AUTHORS = re.compile(
    r"\(?(?P<who>[A-Z][\w'\u2019-]+(?: (?:and|&) [A-Z][\w'\u2019-]+| et al\.?)?),? \(?(?P<year>(?:19|20)\d\d)[a-z]?\)"
)
_DIGIT = re.compile(r"\d")
"""What every sign of a study but `_STUDY` has."""
_NUMBERED = re.compile(r"\[\d{1,3}(?:[,;\u2013\- ]+\d{1,3})*\]")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>()]*[^\W_]")
_PMID = re.compile(r"\bPMID:?\s*(\d{1,8})\b")
_NCT = re.compile(r"\bNCT\d{8}\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """What a sentence says of a study; words as they stand, None where it does not say."""

    cue: str
    venue: str | None
    year: str | None
    authors: str | None
    doi: str | None
    pmid: str | None
    registration: str | None


def study_mentioned(text: str) -> Mention | None:
    """The study that a sentence speaks of, None where it speaks of none."""
    told = _STUDY.search(text)
    if not _DIGIT.search(text) and told is None:
        return None
    authors, doi, pmid, trial = _AUTHORS.search(text), _DOI.search(text), _PMID.search(text), _NCT.search(text)
    cue = told or authors or doi or pmid or trial or _NUMBERED.search(text)
    if cue is None:
        return None
    venue, year = _VENUE.search(text), _YEAR.search(text)
    return Mention(
        cue=" ".join(cue[0].split()),
        venue=" ".join(venue["venue"].split()) if venue else None,
        year=year[0] if year else None,
        authors=" ".join(authors["who"].split()) if authors else None,
        doi=_well_formed(doi[0].lower()) if doi else None,
        pmid=pmid[1] if pmid else None,
        registration=trial[0] if trial else None,
    )


def is_attributed(text: str) -> bool:
    """Whether a sentence says that a study found something, and does not only point at one in brackets."""
    return _STUDY.search(text) is not None or _AUTHORS.search(text) is not None


def _well_formed(doi: str) -> str | None:
    return None if doi_problem(doi) else doi
