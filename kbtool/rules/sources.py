"""Rules on a source record: its sentences, skipped passages and connectives fit the stored text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbtool.diagnostics import Finding, Severity
from kbtool.model.source import Connective, Skip, Source
from kbtool.quotes.words import hedges, is_connective, negations
from kbtool.rules.context import SourceRule, SourceView
from kbtool.rules.rule import rule


@rule(Severity.ERROR, locked=True)
def sentence_spans_off(source: Source, view: SourceView) -> Iterator[Finding]:
    """The stored sentence spans overlap, are out of order, or leave words between them.

    Why: everything is counted by sentence; a span that is off hides words from the count.

    Mend: give start and end of each sentence in order, with nothing but white space between.
    """
    text, before = view.text, 0
    if text is None:
        return
    for index, (start, end) in enumerate(source.sentences):
        path = ("sentences", index)
        if not before <= start < end <= len(text):
            yield Finding(path, f"sentence {index + 1} at {start}-{end} overlaps, is empty or leaves the text")
        elif between := text[before:start].strip():
            yield Finding(path, f"the words {between[:60]!r} before sentence {index + 1} belong to no sentence")
        before = max(before, end)
    if rest := text[before:].strip():
        yield Finding(("sentences",), f"the words {rest[:60]!r} after the last sentence belong to no sentence")


@rule(Severity.ERROR, locked=True)
def passage_not_in_text(source: Source, view: SourceView) -> Iterator[Finding]:
    """A skipped passage or a connective does not stand where the record says.

    Why: what is left out must be as exact as what is quoted, or words vanish between the two.

    Mend: copy the words and their start and end from the stored text.
    """
    if view.text is None:
        return
    for name, passages in _passages(source):
        for index, passage in enumerate(passages):
            if view.text[passage.start : passage.end] != passage.exact:
                at = view.text.find(passage.exact)
                hint = (
                    f"it stands at {at}-{at + len(passage.exact)}" if at >= 0 else "the text does not hold these words"
                )
                message = f"the words {passage.exact[:60]!r} do not stand at {passage.start}-{passage.end}"
                yield Finding((name, index, "exact"), message, hint)


@rule(Severity.ERROR, locked=True)
def overlapping_passages(source: Source, view: SourceView) -> Iterator[Finding]:
    """Two skipped passages or connectives overlap.

    Why: each word is left out for one reason.

    Mend: shorten one of the two, or join them.
    """
    del view
    placed = sorted(
        (passage.start, passage.end, name, index)
        for name, all_ in _passages(source)
        for index, passage in enumerate(all_)
    )
    reach = 0
    for start, end, name, index in placed:
        if start < reach:
            yield Finding(
                (name, index, "start"), f"the passage at {start}-{end} overlaps the one before it, up to {reach}"
            )
        reach = max(reach, end)


@rule(Severity.ERROR, locked=True)
def connective_not_listed(source: Source, view: SourceView) -> Iterator[Finding]:
    """A connective of the source record is not a joining word or phrase of the vocabulary.

    Why: whatever is called a connective is checked by nobody, so the list is short and public.

    Mend: quote the words in a claim, skip them with a reason, or add the phrase to `connectives` in the vocabulary.
    """
    for index, connective in enumerate(source.connectives):
        if not is_connective(view.terms.lexicon, connective.exact):
            yield Finding(("connectives", index, "exact"), f"{connective.exact!r} is no listed connective")


@rule(Severity.ERROR, locked=True)
def connective_turns_meaning(source: Source, view: SourceView) -> Iterator[Finding]:
    """A connective holds a negation or a hedge.

    Why: "not" and "may" carry the meaning of what follows and may never be set aside as joining words.

    Mend: take the word into the quote of the claim that it governs.
    """
    words = view.terms.lexicon
    for index, connective in enumerate(source.connectives):
        for cue in (*negations(words, connective.exact), *hedges(words, connective.exact)):
            yield Finding(("connectives", index, "exact"), f"the connective {connective.exact!r} holds {cue.word!r}")


def _passages(source: Source) -> tuple[tuple[str, Sequence[Skip | Connective]], ...]:
    return (("skipped", source.skipped), ("connectives", source.connectives))


RULES: tuple[SourceRule, ...] = (
    sentence_spans_off,
    passage_not_in_text,
    overlapping_passages,
    connective_not_listed,
    connective_turns_meaning,
)
