"""The vocabulary: every list of terms that editors may extend without touching code."""

from typing import Annotated

from pydantic import Field

from kbtool.model.base import Model, Slug, Text, Truth, term


class Term(Model):
    """A term of a list."""

    label: Text
    """What readers see."""
    definition: Text
    """What it means, in one sentence."""


class Rating(Term):
    """A verdict rating and the evidence it cannot do without."""

    needs: tuple[Annotated[Slug, term("stances")], ...] = ()
    """At least one cited evidence must have one of these stances; empty where none is needed."""


class RelationKind(Term):
    """A kind of link between claims, and how it behaves."""

    symmetric: Truth = False
    """Both claims must name each other."""
    acyclic: Truth = False
    """A chain of such links may not come back to where it began."""
    cascading: Truth = False
    """Doubt about the other claim reaches this one."""
    same_verdict: Truth = False
    """Both claims must have the same rating."""


class Hedge(Term):
    """A group of words that weaken a statement in the same way."""

    words: tuple[Text, ...] = Field(min_length=1)
    """The words or phrases, in lower case."""


class Vocabulary(Model):
    """Every list of terms; each is a mapping from id to term."""

    claim_types: dict[Slug, Term]
    """The kinds of claim; each needs a model in code, so this list gives only labels and definitions."""
    caveat_kinds: dict[Slug, Term]
    """Kinds of stated limits."""
    ratings: dict[Slug, Rating]
    """Verdict ratings."""
    certainty_levels: dict[Slug, Term]
    """Levels of certainty as reviews state them."""
    stances: dict[Slug, Term]
    """Which way evidence points."""
    directness: dict[Slug, Term]
    """How closely evidence fits the claim."""
    evidence_kinds: dict[Slug, Term]
    """Kinds of evidence."""
    skip_reasons: dict[Slug, Term]
    """Reasons for making no claim of a passage."""
    relation_kinds: dict[Slug, RelationKind]
    """Kinds of links between claims."""
    directions: dict[Slug, Term]
    """Directions of an effect, as documents word them."""
    seriousness: dict[Slug, Term]
    """How serious an unwanted effect is, as documents word it."""
    strengths: dict[Slug, Term]
    """How strongly a document recommends."""
    statuses: dict[Slug, Term]
    """Review statuses and standings as readers see them."""
    hedges: dict[Slug, Hedge]
    """Words that weaken a statement, grouped by how they do it."""
    negations: tuple[Text, ...] = Field(min_length=1)
    """Words that deny, in lower case; 'n't' stands for any word that ends so."""
    connectives: tuple[Text, ...] = Field(min_length=1)
    """Joining words and phrases that may stand between quotes, in lower case."""
    placeholders: tuple[Text, ...] = Field(min_length=1)
    """Words that show an unfinished text, in lower case."""
