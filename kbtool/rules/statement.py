"""Rules on what a claim says: its statement and typed fields restate the quote, no more and no less."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from kbtool.diagnostics import Finding, Path, Severity
from kbtool.model.base import Quantity
from kbtool.model.claim import ClaimBase
from kbtool.quotes.cut import cut_at
from kbtool.quotes.words import Cue, gives, numbers, numbers_in_words
from kbtool.rules.context import Cited, ClaimRule, Cues
from kbtool.rules.rule import rule

_PARAGRAPH_END = re.compile(r"\n(?=[ \t\r]*\n)")


@rule(Severity.ERROR, locked=True)
def negation_lost(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The quotes deny more often than the statement does.

    Why: a lost "not" turns the claim into its opposite.

    Mend: word the statement with every negation of the quotes.
    """
    del claim
    quoted, said = _denials(cited.quoted_cues), _denials(cited.said_cues)
    if len(quoted) > len(said):
        held = f"only {len(said)}" if said else "none"
        message = f"the quotes have {_negations(quoted)} and the statement {held}"
        yield Finding(
            ("statement",),
            message,
            "word the statement with every negation of the quotes",
        )


@rule(Severity.ERROR, locked=True)
def negation_added(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The statement denies more often than the quotes do.

    Why: the record must say what the document says; what is true belongs to evidence and verdict.

    Mend: word the statement as the quotes do, or quote the words that deny.
    """
    del claim
    quoted, said = _denials(cited.quoted_cues), _denials(cited.said_cues)
    if len(said) > len(quoted):
        held = f"only {len(quoted)}" if quoted else "none"
        message = f"the statement has {_negations(said)} and the quotes {held}"
        yield Finding(
            ("statement",),
            message,
            "word the statement as the quotes do, or quote the words that deny",
        )


@rule(Severity.ERROR)
def polarity_without_negation(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A claim is marked as denied although its quote holds no negation.

    Why: exports and policy read the polarity; a wrong one turns the claim round.

    Mend: write `polarity: asserted`, or quote the words that deny.
    """
    if claim.polarity == "denied" and not cited.quoted_cues.negations:
        yield Finding(("polarity",), "polarity is 'denied' and no quote has a negation")


@rule(Severity.ERROR, locked=True)
def hedge_lost(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A hedge of the quotes does not come back in the statement.

    Why: "may help" and "helps" are different claims.

    Mend: keep the word in the statement, or one that weakens in the same way.
    """
    del claim
    for cue in _unmatched(cited.quoted_cues.hedges, cited.said_cues.hedges):
        message = f"the quotes hedge with {cue.word!r} and the statement has no hedge of its kind for it"
        yield Finding(
            ("statement",),
            message,
            f"keep {cue.word!r} in the statement, or a word that weakens in the same way",
        )


@rule(Severity.ERROR, locked=True)
def hedge_added(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The statement weakens what the quotes say without weakening.

    Why: a statement made milder than the document gets a milder verdict than the document deserves.

    Mend: take the hedge out of the statement, or quote the words that hedge.
    """
    del claim
    for cue in _unmatched(cited.said_cues.hedges, cited.quoted_cues.hedges):
        message = f"the statement hedges with {cue.word!r} and the quotes have no hedge of its kind for it"
        yield Finding(
            ("statement",),
            message,
            f"take {cue.word!r} out, or quote the words that hedge",
        )


@rule(Severity.ERROR, locked=True)
def hedges_not_as_quoted(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The list `hedges` is not the list of the hedges in the quotes.

    Why: exports and readers rely on the list to show how far the document commits itself.

    Mend: list the hedge words of the quotes in order of appearance; the hint gives them.
    """
    if not claim.hedges and not cited.quoted_cues.hedges:
        return
    found = [cue.word for cue in cited.quoted_cues.hedges]
    listed = [" ".join(word.lower().split()) for word in claim.hedges]
    if list(dict.fromkeys(listed)) != list(dict.fromkeys(found)):
        said = ", ".join(f"'{word}'" for word in listed) or "nothing"
        yield Finding(
            ("hedges",),
            f"hedges lists {said}",
            f"the quotes have: {', '.join(found) or 'none'}",
        )


@rule(Severity.ERROR, locked=True)
def number_not_in_quote(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """A number of the statement or of a typed field stands in no quote of the claim.

    Why: no number is invented, and none is filled in from evidence.

    Mend: take the number out, or quote the words of the document that give it.
    """
    del claim
    for path, written, number in _numbers_given(cited):
        if not gives(cited.quoted, number):
            message = f"number {written!r} stands in no quote of this claim"
            yield Finding(
                path,
                message,
                "take it out, or quote the words of the document that give it",
            )


def _numbers_given(cited: Cited) -> list[tuple[Path, str, str]]:
    """The numbers of statement and typed fields: path, number as written, its figure."""
    repeats = cited.said == cited.quoted  # then every number of the statement is in the quotes
    given: list[tuple[Path, str, str]] = []
    if not repeats:
        given += [(("statement",), number, number) for number in numbers(cited.said)]
    for path, value in cited.typed:
        if found := numbers(value.as_stated):
            given += [((*path, "as_stated"), number, number) for number in found]
        if isinstance(value, Quantity) and value.value is not None:
            given += [((*path, "value"), number, number) for number in numbers(value.value)]
    if not repeats:
        given += [(("statement",), word, figure) for word, figure in numbers_in_words(cited.said)]
    return given


@rule(Severity.ERROR, locked=True)
def words_not_as_stated(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The words of `as_stated` stand neither in a quote nor in the paragraph around it.

    Why: a typed field restates the document with the document's own words.

    Mend: copy the words from the quote or its paragraph, letter by letter, or write `not-stated`.
    """
    del claim
    if cited.text is None or not any(cited.spans):
        return
    around = _around(cited)
    for path, value in cited.typed:
        if not stands_whole(value.as_stated, around):
            message = f"the words {value.as_stated!r} stand neither in a quote nor around it"
            hint = "copy them from the quote or its paragraph, letter by letter, or write 'not-stated'"
            yield Finding((*path, "as_stated"), message, hint)


@rule(Severity.ERROR, locked=True)
def value_not_as_stated(claim: ClaimBase, cited: Cited) -> Iterator[Finding]:
    """The number in `value` is not among the words of its `as_stated`.

    Why: programs read the number, people read the words; both must say the same.

    Mend: write the number that the words give, or leave `value` out where they give none.
    """
    del claim
    for path, value in cited.typed:
        if isinstance(value, Quantity) and value.value is not None and not gives(value.as_stated, value.value):
            message = f"value {value.value!r} is not in the words {value.as_stated!r}"
            yield Finding(
                (*path, "value"),
                message,
                "write the number that the words give, or leave 'value' out",
            )


def stands_whole(words: str, folded: str) -> bool:
    """Whether `words` stand in a text of single spaces somewhere without cutting a word or number."""
    wanted = _folded(words)
    at = folded.find(wanted)
    while at >= 0:
        if cut_at(folded, at, at + len(wanted)) is None:
            return True
        at = folded.find(wanted, at + 1)
    return False


def _folded(text: str) -> str:
    return " ".join(text.split())


def _around(cited: Cited) -> str:
    """The paragraphs that the quotes of the claim stand in, with single blanks."""
    text = cited.text or ""
    bounds = [(_paragraph_start(text, span[0]), _paragraph_end(text, span[1])) for span in cited.spans if span]
    if len(bounds) == 1:
        return _folded_part(text, *bounds[0])
    return " ".join(dict.fromkeys([_folded_part(text, *each) for each in dict.fromkeys(bounds)]))


@lru_cache(maxsize=64)
def _folded_part(text: str, start: int, end: int) -> str:
    """A part of the text with single blanks; a few are kept, since several claims stand in one paragraph."""
    return _folded(text[start:end])


def _paragraph_start(text: str, at: int) -> int:
    """Where the paragraph around `at` begins, looking back line by line, so that a long text costs no more."""
    begin = text.rfind("\n", 0, at) + 1
    while begin > 0 and text[text.rfind("\n", 0, begin - 1) + 1 : begin].strip():
        begin = text.rfind("\n", 0, begin - 1) + 1
    return begin


def _paragraph_end(text: str, at: int) -> int:
    ends = _paragraph_ends(text)
    return ends[bisect_left(ends, at)]


@lru_cache(maxsize=4)
def _paragraph_ends(text: str) -> list[int]:
    """Where the paragraphs of the text end, in order, the last at its end."""
    return [*(match.start() for match in _PARAGRAPH_END.finditer(text)), len(text)]


def _denials(cues: Cues) -> list[Cue]:
    """The negations of a text; "nor" goes on with the one before it and does not count again."""
    return [cue for cue in cues.negations if cue.word != "nor"]


def _unmatched(cues: tuple[Cue, ...], others: tuple[Cue, ...]) -> list[Cue]:
    """The cues of each group that are more than the others have of that group, the last ones."""
    if not cues:
        return []
    left = Counter(cue.group for cue in others)
    unmatched = []
    for cue in cues:
        left[cue.group] -= 1
        if left[cue.group] < 0:
            unmatched.append(cue)
    return unmatched


def _negations(cues: list[Cue]) -> str:
    words = ", ".join(f"'{cue.word}'" for cue in cues)
    return f"{len(cues)} negation{'s' * (len(cues) != 1)} ({words})"


RULES: tuple[ClaimRule, ...] = (
    negation_lost,
    negation_added,
    polarity_without_negation,
    hedge_lost,
    hedge_added,
    hedges_not_as_quoted,
    number_not_in_quote,
    words_not_as_stated,
    value_not_as_stated,
)
