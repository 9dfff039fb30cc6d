"""The caveats of a draft: those that the document states, and those that policy asks for and it does not state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.ingest.draft_values import Draft
from kbtool.ingest.selectors import selector_at
from kbtool.ingest.slugs import letters_of
from kbtool.model.policy import Policy, When
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.words import numbers
from kbtool.rules.support import UNTRACED_CAVEAT
from kbtool.yamlsource.problems import Data

_SHORT = 160


@dataclass(frozen=True, slots=True)
class Said:
    """What a draft's record says besides its caveats."""

    id: str
    statement: str
    rating: str
    study: str | None
    """Slug of the record of the study that it leans on."""
    is_repeated: bool
    """Whether another claim of the document has the same statement."""

    @property
    def about(self) -> str:
        """The statement, or its first words, with what tells it from others that begin so."""
        if len(self.statement) <= _SHORT and not self.is_repeated:
            return f"\u201c{self.statement}\u201d"
        short = self.statement if len(self.statement) <= _SHORT else f"{self.statement[:_SHORT].rsplit(' ', 1)[0]} ..."
        return f"\u201c{short}\u201d ({letters_of(self.id)})"


def caveats_of(
    draft: Draft,
    text: str,
    claim: Said,
    vocabulary: Vocabulary,
    policy: Policy,
) -> list[Data]:
    """The caveats as data, each with a text of its own and its basis."""
    found: list[Data] = []
    kinds = set[str]()
    about, study = claim.about, claim.study
    if study:
        said = f"Nobody has looked for the study that is meant here: {about}"
        found.append({"kind": UNTRACED_CAVEAT, "text": said, "basis": {"evidence": study}})
        kinds.add(UNTRACED_CAVEAT)
    for each in draft.caveats:
        label = vocabulary.caveat_kinds[each.kind].label
        said = f"{each.text} Said of: {about}" if each.text else f"{label}: so the document itself, of this: {about}"
        found.append({"kind": each.kind, "text": said, "basis": {"quote": selector_at(text, each.span)}})
        kinds.add(each.kind)
    for kind, why in _asked_for(draft, claim, policy, kinds):
        label = vocabulary.caveat_kinds[kind].label if kind in vocabulary.caveat_kinds else kind
        reason = "" if numbers(why) else f" {why}"
        said = f"{label}: not looked into yet, and not stated beside it in the document: {about}{reason}"
        found.append({"kind": kind, "text": said, "basis": {"quote": selector_at(text, draft.quotes[-1])}})
    return found


def _asked_for(draft: Draft, claim: Said, policy: Policy, kinds: set[str]) -> Iterator[tuple[str, str]]:
    """The kind to add for each need of the policy that no caveat meets, with the reason."""
    have = set(kinds)
    for need in policy.caveats:
        if have.isdisjoint(need.any_of) and _holds(need.when, draft, claim):
            have.add(need.any_of[0])
            yield need.any_of[0], need.why


def _holds(when: When, draft: Draft, claim: Said) -> bool:
    """Whether a policy's condition may hold for the draft; a mention is looked for more loosely than by the rule."""
    low = claim.statement.casefold()
    return (
        (not when.types or draft.type in when.types)
        and (not when.ratings or claim.rating in when.ratings)
        and when.polarity in {None, draft.polarity}
        and all(word.casefold() in low for word in when.mentions)
    )
