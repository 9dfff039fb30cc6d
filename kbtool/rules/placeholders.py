"""The rule on unfinished texts, in claims and in evidence records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.claim import ClaimBase
from kbtool.model.evidence import Evidence
from kbtool.rules.context import Cited, ClaimRule, EvidenceRule, Terms
from kbtool.rules.rule import Rule, page_of

_SAYS_SOMETHING = re.compile(r"(?:[^\W\d_][\W\d_]*){3}")

PAGE = """A text that readers will see is a placeholder, or says nothing.

    Why: "to be added" passes every other check and tells the reader nothing.

    Mend: write the text."""


def _may_be_unfinished(texts: list[str], terms: Terms) -> bool:
    """Whether a text needs a closer look: it holds a telling word, or neither begins nor ends with letters."""
    low = "\n".join(texts).casefold()
    if any(word in low for word in _telling_words(terms.vocabulary.placeholders)):
        return True
    return not all(text[:3].isalpha() or (len(text) > 3 and text[-4:-1].isalpha()) for text in texts)


def _unfinished(shown: Sequence[tuple[Path, str]], terms: Terms) -> Iterator[Finding]:
    for path, text in shown:
        if match := terms.lexicon.placeholder.search(text):
            yield Finding(path, f"the text holds the placeholder {match.group()!r}")
        elif not text[:3].isalpha() and not _SAYS_SOMETHING.search(text):
            yield Finding(path, f"the text {text!r} says nothing")


@lru_cache(maxsize=8)
def _telling_words(placeholders: tuple[str, ...]) -> tuple[str, ...]:
    """The longest word of each placeholder: a record without any of them needs no closer look."""
    return tuple(max(phrase.casefold().split(), key=len) for phrase in placeholders)


def _of_claim(claim: ClaimBase) -> list[tuple[Path, str]]:
    return [
        (("statement",), claim.statement),
        (("verdict", "rationale"), claim.verdict.rationale),
        *((("caveats", index, "text"), caveat.text) for index, caveat in enumerate(claim.caveats)),
        *((("evidence", index, "finding"), link.finding) for index, link in enumerate(claim.evidence)),
    ]


def _of_evidence(evidence: Evidence) -> list[tuple[Path, str]]:
    return [
        (("result",), evidence.result),
        (("status", "source"), evidence.status.source),
        (("checked", "how"), evidence.checked.how),
    ]


def _in_claim(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    texts = [claim.statement, claim.verdict.rationale]
    texts += [caveat.text for caveat in claim.caveats]
    texts += [link.finding for link in claim.evidence]
    return _unfinished(_of_claim(claim), cited.terms) if _may_be_unfinished(texts, cited.terms) else iter(())


def _in_evidence(evidence: Evidence, terms: Terms) -> Iterator[Finding]:
    texts = [evidence.result, evidence.status.source, evidence.checked.how]
    return _unfinished(_of_evidence(evidence), terms) if _may_be_unfinished(texts, terms) else iter(())


_PAGE = page_of("placeholder-text", PAGE, Severity.ERROR)

CLAIM_RULES: tuple[ClaimRule, ...] = (Rule(_PAGE, _in_claim),)
EVIDENCE_RULES: tuple[EvidenceRule, ...] = (Rule(_PAGE, _in_evidence),)
