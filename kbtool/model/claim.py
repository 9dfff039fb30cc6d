"""A claim: one checkable statement of a document, with its quote, caveats, evidence, verdict and review status.

`Claim` is a union by `type`; each type adds the fields that restate the document. Evidence never fills them in.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter

from kbtool.model.base import (
    ClaimId,
    CodedOrNot,
    Count,
    Day,
    Model,
    Quantity,
    QuantityOrNot,
    Slug,
    Stated,
    StatedOrNot,
    Text,
    Truth,
    term,
)


class Selector(Model):
    """The words relied on and how to find them; positions count Unicode code points, the end is exclusive."""

    exact: Text
    """The words, verbatim as they stand in the stored text."""
    start: Count | None = None
    """Position of the first character in the stored text, from 0."""
    end: Count | None = None
    """Position just after the last character."""
    prefix: str | None = None
    """The words just before, where the quote alone is not unique."""
    suffix: str | None = None
    """The words just after, where the quote alone is not unique."""


class Passage(Model):
    """Where the claim stands in its document."""

    document: Slug
    """Id of the source record."""
    quotes: tuple[Selector, ...] = Field(min_length=1)
    """The ordered parts of one passage; together they say what the claim says."""


class Basis(Model):
    """What a caveat rests on: exactly one of a quote, an evidence record or another claim."""

    quote: Selector | None = None
    """Words of the claim's own document."""
    evidence: Slug | None = None
    """Id of an evidence record."""
    claim: ClaimId | None = None
    """Id of another claim."""


class Caveat(Model):
    """A stated limit of the claim, which every export carries with it."""

    kind: Annotated[Slug, term("caveat_kinds")]
    """The kind of limit, from the vocabulary."""
    text: Text
    """One or two sentences for the reader, about this claim."""
    basis: Basis | None = None
    """What the caveat rests on."""


class EvidenceLink(Model):
    """What one evidence record has to say about the claim."""

    ref: Slug
    """Id of the evidence record."""
    stance: Annotated[Slug, term("stances")]
    """Which way the finding points for this claim."""
    directness: Annotated[Slug, term("directness")]
    """How closely what was studied fits what the claim speaks of."""
    finding: Text
    """What it found that bears on this claim, in our own words."""
    locator: Text | None = None
    """Where in the work the finding stands: abstract, table, page."""


class Certainty(Model):
    """How certain a review says the evidence is; never our own guess."""

    level: Annotated[Slug, term("certainty_levels")]
    """The level, as the review states it."""
    stated_by: Slug
    """Id of the evidence record that states it."""
    outcome: Text
    """The outcome for which it is stated."""


class Verdict(Model):
    """What checking found."""

    rating: Annotated[Slug, term("ratings")]
    """The result in one word, from the vocabulary."""
    certainty: Certainty | None = None
    """Only where a review states a certainty for this outcome."""
    rationale: Text
    """Why, in plain words."""


class Relation(Model):
    """A typed link to another claim."""

    kind: Annotated[Slug, term("relation_kinds")]
    """The kind of link, from the vocabulary."""
    claim: ClaimId
    """Id of the other claim."""


class Drafted(Model):
    """Who wrote the record and how; a draft is no approval."""

    by: Text
    """Who drafted it: a person's id, a team or a program."""
    on: Day
    """The day of drafting."""
    method: Text
    """How it was drafted."""
    machine: Truth = False
    """True where a program wrote any of the words."""


class Review(Model):
    """The review status, written by the tool from signed decisions."""

    status: Literal["draft", "in-review", "approved", "changes-requested", "disputed", "withdrawn"]
    """Clock-free outcome of the claim's decisions; `draft` where there are none."""


class StudyRef(Model):
    """The study that the document names or hints at."""

    ref: Slug
    """Id of its evidence record, which may say that the study is untraced."""


class ClaimBase(Model):
    """What every claim has, whatever its type."""

    id: ClaimId
    """`<document>/<slug>`, equal to the file's place below the base."""
    statement: Text
    """What the document says, rewritten to stand alone, with every negation and hedge kept."""
    polarity: Literal["asserted", "denied"]
    """Whether the document asserts or denies it."""
    hedges: tuple[Text, ...] = ()
    """The words of the quote that weaken it ("may", "generally"), in order of appearance."""
    source: Passage
    """The words of the document that make the claim."""
    caveats: tuple[Caveat, ...] = ()
    """The limits that travel with the claim."""
    evidence: tuple[EvidenceLink, ...] = ()
    """What speaks for it, against it or about it."""
    verdict: Verdict
    """What checking found."""
    relations: tuple[Relation, ...] = ()
    """Links to other claims."""
    drafted: Drafted
    """Who wrote the record and how."""
    review: Review
    """The review status."""
    tags: tuple[Slug, ...] = ()
    """Free labels for finding; not reviewed."""
    notes: Text | None = None
    """Remarks for editors; not reviewed, not exported as part of the claim's content."""


class Definition(ClaimBase):
    """What something is or is called."""

    type: Literal["definition"]
    """The kind of claim."""
    term: Stated
    """What is defined."""
    meaning: Stated
    """What the document says it is."""


class Epidemiology(ClaimBase):
    """How common a condition is, in whom, or what it occurs with."""

    type: Literal["epidemiology"]
    """The kind of claim."""
    condition: Stated
    """The condition spoken of."""
    population: StatedOrNot | None = None
    """In whom."""
    frequency: QuantityOrNot | None = None
    """How common, as stated."""
    associated: StatedOrNot | None = None
    """What it is said to occur with."""
    place: StatedOrNot | None = None
    """Where in the world."""


class Mechanism(ClaimBase):
    """How something works or why it happens."""

    type: Literal["mechanism"]
    """The kind of claim."""
    subject: Stated
    """The agent or condition whose working is described."""
    target: StatedOrNot | None = None
    """What it acts on."""
    effect: StatedOrNot | None = None
    """What it brings about."""
    site: StatedOrNot | None = None
    """Where in the body."""
    knowledge: StatedOrNot | None = None
    """How well it is said to be understood."""


class Efficacy(ClaimBase):
    """That something helps, harms or does nothing for an outcome."""

    type: Literal["efficacy"]
    """The kind of claim."""
    intervention: Stated
    """What is done or given."""
    outcome: Stated
    """What is said to change."""
    direction: Annotated[CodedOrNot, term("directions")]
    """Which way it is said to change."""
    population: StatedOrNot | None = None
    """In whom."""
    comparator: StatedOrNot | None = None
    """Compared with what."""
    size: QuantityOrNot | None = None
    """How large the effect is said to be."""


class StudyFinding(ClaimBase):
    """A result that the document attributes to a study."""

    type: Literal["study-finding"]
    """The kind of claim."""
    study: StudyRef
    """The study spoken of."""
    outcome: Stated
    """What was measured."""
    result: Quantity
    """The result as stated."""
    population: StatedOrNot | None = None
    """In whom."""
    intervention: StatedOrNot | None = None
    """What was given."""
    comparator: StatedOrNot | None = None
    """Compared with what."""


class Citation(ClaimBase):
    """That a study or publication exists as described."""

    type: Literal["citation"]
    """The kind of claim."""
    study: StudyRef
    """The study spoken of."""
    venue: StatedOrNot
    """Where it is said to have been published."""
    year: QuantityOrNot
    """When it is said to have been published."""


class Safety(ClaimBase):
    """An unwanted effect, how often, how serious, how long."""

    type: Literal["safety"]
    """The kind of claim."""
    intervention: Stated
    """What is done or given."""
    effect: Stated
    """The unwanted effect."""
    frequency: QuantityOrNot | None = None
    """How often, as stated."""
    seriousness: Annotated[CodedOrNot | None, term("seriousness")] = None
    """How serious, as stated."""
    duration: QuantityOrNot | None = None
    """How long it lasts, as stated."""
    management: StatedOrNot | None = None
    """What is said to be done about it."""
    population: StatedOrNot | None = None
    """In whom."""


class Administration(ClaimBase):
    """How something is given: route, setting, dose, duration, schedule."""

    type: Literal["administration"]
    """The kind of claim."""
    intervention: Stated
    """What is given."""
    route: StatedOrNot | None = None
    """By which route."""
    setting: StatedOrNot | None = None
    """Where and under whose eyes."""
    dose: QuantityOrNot | None = None
    """How much."""
    duration: QuantityOrNot | None = None
    """How long one session lasts."""
    schedule: QuantityOrNot | None = None
    """How often it is repeated."""
    state: StatedOrNot | None = None
    """The state of the person meanwhile."""


class Availability(ClaimBase):
    """Where and how widely something can be had."""

    type: Literal["availability"]
    """The kind of claim."""
    intervention: Stated
    """What is offered."""
    extent: Stated
    """How widely, as stated."""
    provider: StatedOrNot | None = None
    """By whom."""
    indication: StatedOrNot | None = None
    """For what."""
    jurisdiction: StatedOrNot | None = None
    """In which country or area."""


class Cost(ClaimBase):
    """What something costs and who pays."""

    type: Literal["cost"]
    """The kind of claim."""
    item: Stated
    """What is paid for."""
    amount: QuantityOrNot | None = None
    """How much, as stated."""
    payer: StatedOrNot | None = None
    """Who pays."""
    coverage: StatedOrNot | None = None
    """What an insurer is said to cover."""
    jurisdiction: StatedOrNot | None = None
    """In which country or area."""


class Guidance(ClaimBase):
    """What the document says should or may be done."""

    type: Literal["guidance"]
    """The kind of claim."""
    recommendation: Stated
    """What is recommended."""
    for_whom: StatedOrNot | None = None
    """For whom."""
    strength: Annotated[CodedOrNot, term("strengths")]
    """How strongly, as worded."""


class Usage(ClaimBase):
    """What something is or has been used for, by whom, since when."""

    type: Literal["usage"]
    """The kind of claim."""
    agent: Stated
    """What is used."""
    use: Stated
    """What it is used for or known as."""
    setting: StatedOrNot | None = None
    """Where it is used."""
    period: QuantityOrNot | None = None
    """Since when or how long."""
    reason: StatedOrNot | None = None
    """Why, as stated."""


Claim = Annotated[
    Definition
    | Epidemiology
    | Mechanism
    | Efficacy
    | StudyFinding
    | Citation
    | Safety
    | Administration
    | Availability
    | Cost
    | Guidance
    | Usage,
    Field(discriminator="type"),
]
"""One claim, told apart by `type`."""

CLAIM_CLASSES: tuple[type[ClaimBase], ...] = (
    Definition,
    Epidemiology,
    Mechanism,
    Efficacy,
    StudyFinding,
    Citation,
    Safety,
    Administration,
    Availability,
    Cost,
    Guidance,
    Usage,
)

CLAIM_TYPES: Mapping[str, type[ClaimBase]] = {
    get_args(cls.model_fields["type"].annotation)[0]: cls for cls in CLAIM_CLASSES
}
"""Each claim type with its model."""

CLAIM: TypeAdapter[ClaimBase] = TypeAdapter(Claim)
"""Reads and writes any claim."""
