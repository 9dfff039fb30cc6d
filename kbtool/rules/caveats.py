"""Rules on caveats: the ones that policy asks for are there, each says something and rests on something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.claim import Basis, ClaimBase
from kbtool.model.policy import When
from kbtool.quotes.words import gives, numbers
from kbtool.rules.context import Cited, ClaimRule
from kbtool.rules.folding import folded_bytes
from kbtool.rules.rule import rule

_GROUNDS = ("quote", "evidence", "claim")


def holds(when: When, claim: ClaimBase) -> bool:
    """Whether a policy's condition holds for a claim: every part that it gives."""
    return (
        (not when.types or claim.type in when.types)  # type: ignore[attr-defined]
        and (not when.ratings or claim.verdict.rating in when.ratings)
        and (when.polarity is None or when.polarity == claim.polarity)
        and (not when.mentions or _mentions(claim.statement.casefold(), when.mentions))
    )


def _mentions(statement: str, words: Iterable[str]) -> bool:
    return all(_pattern_of(word).search(statement) for word in words)


@lru_cache(maxsize=256)
def _pattern_of(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word.casefold())}(?!\w)")


@rule(Severity.ERROR, locked=True)
def caveat_missing(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """Policy asks for a caveat that the claim does not carry.

    Why: people decide about their health on what is published; the limit belongs to the claim and travels with it.

    Mend: add a caveat of one of the kinds named, in words about this claim, with its basis.
    """
    kinds = {caveat.kind for caveat in claim.caveats}
    for need in cited.terms.policy.caveats:
        types = need.when.types
        if types and claim.type not in types:  # type: ignore[attr-defined]
            continue
        if kinds.isdisjoint(need.any_of) and holds(need.when, claim):
            wanted = " or ".join(f"'{kind}'" for kind in need.any_of)
            yield Finding(("caveats",), f"policy asks for a caveat {wanted} here", need.why)


@rule(Severity.ERROR, locked=True)
def caveat_without_basis(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A caveat does not say what it rests on, or names more than one thing.

    Why: a caveat without a basis is an opinion; nobody can check it or know when it lapses.

    Mend: give exactly one of `quote`, `evidence` and `claim` under `basis`; make two caveats of two grounds.
    """
    del cited
    for index, caveat in enumerate(claim.caveats):
        given = _given(caveat.basis)
        if len(given) != 1:
            said = "no basis" if not given else f"{len(given)} ({', '.join(given)})"
            path: Path = ("caveats", index, "basis") if caveat.basis else ("caveats", index)
            hint = "give one of 'quote', 'evidence' and 'claim' under 'basis'; make two caveats of two grounds"
            yield Finding(path, f"caveat {caveat.kind!r} has {said}; it needs exactly one", hint)


def _given(basis: Basis | None) -> list[str]:
    return [name for name in _GROUNDS if getattr(basis, name) is not None] if basis else []


@rule(Severity.ERROR)
def caveat_repeated(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A claim carries the same caveat text twice.

    Why: a repeated text hides that one of the two limits was never written.

    Mend: write what each caveat means, or drop one.
    """
    del cited
    seen: set[bytes] = set()
    texts = [folded_bytes(caveat.text) for caveat in claim.caveats] if len(claim.caveats) > 1 else []
    if len(set(texts)) == len(texts):
        return
    for index, (caveat, folded) in enumerate(zip(claim.caveats, texts, strict=True)):
        if folded in seen:
            yield Finding(
                ("caveats", index, "text"),
                f"caveat {caveat.kind!r} has the text of an earlier one",
                "write what each caveat means, or drop one",
            )
        seen.add(folded)


@rule(Severity.ERROR)
def caveat_rests_on_itself(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A caveat names its own claim as its basis.

    Why: a limit that rests on the very claim it limits rests on nothing.

    Mend: name the quote, the evidence or the other claim that it rests on.
    """
    del cited
    for index, caveat in enumerate(claim.caveats):
        if caveat.basis and caveat.basis.claim == claim.id:
            yield Finding(
                ("caveats", index, "basis", "claim"),
                f"caveat {caveat.kind!r} rests on its own claim",
                "name the quote, the evidence or the other claim that it rests on",
            )


@rule(Severity.ERROR, locked=True)
def caveat_number_without_basis(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A number in a caveat stands neither in what the caveat rests on nor in the claim's quotes.

    Why: no number is invented; a reader must find each one where the caveat says it comes from.

    Mend: correct the number, or name the basis that gives it.
    """
    for index, caveat in enumerate(claim.caveats):
        if not (said := numbers(caveat.text)):
            continue
        basis = basis_text(caveat.basis, cited)
        for number in said:
            if not (gives(basis, number) or gives(cited.quoted, number)):
                yield Finding(
                    ("caveats", index, "text"),
                    f"number {number!r} is not in what the caveat rests on",
                    "correct the number, or name the basis that gives it",
                )


def basis_text(basis: Basis | None, cited: Cited) -> str:
    """The words that a caveat rests on: of the quote, of the evidence record or of the other claim."""
    if basis is None:
        return ""
    if basis.quote:
        return basis.quote.exact
    if basis.evidence and basis.evidence in cited.evidence_texts:
        return cited.evidence_texts[basis.evidence]
    if basis.claim and (other := cited.claims.get(basis.claim)):
        return "\n".join(
            (
                other.statement,
                other.verdict.rationale,
                *(link.finding for link in other.evidence),
            )
        )
    return ""


RULES: tuple[ClaimRule, ...] = (
    caveat_missing,
    caveat_without_basis,
    caveat_repeated,
    caveat_rests_on_itself,
    caveat_number_without_basis,
)
