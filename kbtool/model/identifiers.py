"""The forms of identifiers, with the check digit where there is one. Nothing is looked up."""

import re
from collections.abc import Mapping

_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_PMCID = re.compile(r"PMC[1-9][0-9]{0,7}")
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")

REGISTRIES: Mapping[str, re.Pattern[str]] = {
    "ClinicalTrials.gov": re.compile(r"NCT[0-9]{8}"),
    "ISRCTN": re.compile(r"ISRCTN[0-9]{8}"),
    "EudraCT": re.compile(r"[0-9]{4}-[0-9]{6}-[0-9]{2}"),
    "EU CTIS": re.compile(r"20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2}"),
    "PROSPERO": re.compile(r"CRD42[0-9]{6,11}"),
    "ANZCTR": re.compile(r"ACTRN126[0-9]{11}"),
    "ChiCTR": re.compile(r"ChiCTR[0-9A-Z-]{8,20}"),
    "DRKS": re.compile(r"DRKS[0-9]{8}"),
    "Dutch trial register": re.compile(r"(?:NTR|NL)[0-9]{3,8}"),
    "jRCT": re.compile(r"jRCT[a-z]{0,2}[0-9]{9,10}"),
}
"""Registers of trials and reviews and the form of their numbers."""


def doi_problem(text: str) -> str | None:
    """What is wrong with a DOI, or None; it must be bare and in lower case, since DOIs ignore case."""
    if not _DOI.fullmatch(text):
        return "is not the form of a DOI, '10.<registrant>/<suffix>' without an address before it"
    if text != text.lower():
        return "is not in lower case; DOIs ignore case, so one spelling is kept"
    return "ends in punctuation" if text[-1] in ".,;:" else None


def pmid_problem(text: str) -> str | None:
    """What is wrong with a PubMed id, or None."""
    return None if _PMID.fullmatch(text) else "is not the form of a PubMed id, one to eight digits"


def pmcid_problem(text: str) -> str | None:
    """What is wrong with a PubMed Central id, or None."""
    return None if _PMCID.fullmatch(text) else "is not the form of a PubMed Central id, 'PMC' and digits"


def orcid_problem(text: str) -> str | None:
    """What is wrong with an ORCID iD, or None; its last character is an ISO 7064 MOD 11-2 check digit."""
    if not _ORCID.fullmatch(text):
        return "is not the form of an ORCID iD, four groups of four digits"
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return None if text[-1] == ("X" if check == 10 else str(check)) else "has a wrong check digit"


def registration_problem(text: str) -> str | None:
    """What is wrong with a registration number, or None where it has the form of a known register."""
    if any(form.fullmatch(text) for form in REGISTRIES.values()):
        return None
    return f"has the form of no known register ({', '.join(REGISTRIES)})"
