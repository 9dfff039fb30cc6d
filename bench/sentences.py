"""Made-up sentences of health articles, with what each says: type of claim, typed fields, hedges, polarity.

Nothing here is about the world; the words only have the length and the turns of real ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

AGENTS = (
    "metformin", "low-dose aspirin", "atorvastatin", "vitamin D", "omega-3 supplementation", "sertraline",
    "cognitive behavioural therapy", "intermittent fasting", "a Mediterranean diet", "semaglutide", "apixaban",
    "inhaled budesonide", "the adjuvanted vaccine", "paracetamol", "aerobic exercise", "oral rehydration", "warfarin",
    "ibuprofen", "melatonin", "a tele-health programme",
)  # fmt: skip
GROUPS = (
    "adults with type 2 diabetes", "people over 65 years", "pregnant women", "children under five",
    "patients with heart failure", "adults with chronic low back pain", "night-shift workers",
    "patients after myocardial infarction", "adolescents with moderate depression", "healthy volunteers",
    "people with stage 3 chronic kidney disease", "patients in primary care", "former smokers",
)  # fmt: skip
OUTCOMES = (
    "all-cause mortality", "HbA1c", "systolic blood pressure", "the rate of major bleeding", "hospital admission",
    "self-reported pain", "sleep latency", "body weight", "LDL cholesterol", "the number of exacerbations",
    "quality of life", "time to relapse", "total cost per patient", "the incidence of stroke",
    "treatment discontinuation", "C-reactive protein",
)  # fmt: skip
EFFECTS = ("headache", "nausea", "dry mouth", "dizziness", "minor bleeding", "a skin rash", "fatigue", "diarrhoea")
TAILS = (
    "compared with placebo", "compared with usual care", "after adjustment for age and sex",
    "in the intention-to-treat population", "at 12 months", "over a median follow-up of 3.4 years",
    "(95% CI 0.71 to 0.94)", "in two of the five trials", "by 4.2 percentage points", "at doses ≥ 500 mg",
    "although the trial was stopped early", "with moderate heterogeneity (I² = 48%)",
)  # fmt: skip
VERBS = (
    ("reduced", "improves", "", "asserted"),
    ("slightly improved", "improves", "", "asserted"),
    ("may improve", "may-improve", "may", "asserted"),
    ("generally improved", "improves", "generally", "asserted"),
    ("worsened", "worsens", "", "asserted"),
    ("did not change", "no-effect", "", "denied"),
    ("had no measurable effect on", "no-effect", "", "denied"),
)
"""Words, direction, hedge, polarity."""


def name_of(number: int) -> str:
    """A name of six or more letters that only this number has."""
    syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
    name = ""
    for _ in range(3):
        number, rest = divmod(number, len(syllables))
        name += syllables[rest]
    return (name + (name_of(number - 1).lower() if number else "")).capitalize()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim as a document makes it: the parts that are quoted, joined by ", and ", and what they say."""

    parts: tuple[str, ...]
    kind: str
    fields: dict[str, Any]
    hedges: tuple[str, ...] = ()
    polarity: str = "asserted"
    about: tuple[str, str, str] = field(default=("", "", ""))
    """Agent, outcome and group."""

    @property
    def text(self) -> str:
        """The sentence without its full stop."""
        return ", and ".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Topic:
    rng: random.Random
    agent: str
    outcome: str
    group: str
    place: str

    @property
    def subject(self) -> str:
        """The agent at the beginning of a sentence."""
        return self.agent[0].upper() + self.agent[1:]


def _stated(words: str, **more: str) -> dict[str, str]:
    return {"as_stated": words, **more}


def _efficacy(t: _Topic) -> Sentence:
    words, code, hedge, polarity = t.rng.choice(VERBS)
    text = f"{t.subject} {words} {t.outcome} in {t.group} {t.rng.choice(TAILS)} in {t.place}"
    fields = {"intervention": _stated(t.subject), "outcome": _stated(t.outcome), "population": _stated(t.group)}
    return Sentence(
        (text,), "efficacy", {**fields, "direction": _stated(words, code=code)}, (hedge,) * bool(hedge), polarity
    )


def _study_finding(t: _Topic) -> Sentence:
    share = str(t.rng.randint(3, 60))
    text = (
        f"A trial of {t.agent} in {t.group} found that {t.outcome} fell by {share}% {t.rng.choice(TAILS)} in {t.place}"
    )
    result = _stated(f"{share}%", value=share, unit="%")
    fields = {"outcome": _stated(t.outcome), "result": result, "population": _stated(t.group)}
    return Sentence((text,), "study-finding", {**fields, "intervention": _stated(t.agent)})


def _safety(t: _Topic) -> Sentence:
    share, effect = str(t.rng.randint(2, 40)), t.rng.choice(EFFECTS)
    text = f"{t.subject} was followed by {effect} in {share}% of {t.group} in {t.place}"
    more = f"{t.outcome} was watched in {t.group} on {t.agent} {t.rng.choice(TAILS)}"
    fields = {"intervention": _stated(t.subject), "effect": _stated(effect), "population": _stated(t.group)}
    return Sentence((text, more), "safety", {**fields, "frequency": _stated(f"{share}%", value=share, unit="%")})


def _mechanism(t: _Topic) -> Sentence:
    text = f"{t.subject} acts on the pathway behind {t.outcome} in {t.group} in {t.place}"
    return Sentence((text,), "mechanism", {"subject": _stated(t.subject), "target": _stated("the pathway")})


def _definition(t: _Topic) -> Sentence:
    meaning = f"a first-line choice for {t.group} where {t.outcome} is the aim"
    return Sentence(
        (f"{t.subject} is {meaning} in {t.place}",),
        "definition",
        {"term": _stated(t.subject), "meaning": _stated(meaning)},
    )


def _epidemiology(t: _Topic) -> Sentence:
    share, effect = str(t.rng.randint(2, 70)), t.rng.choice(EFFECTS)
    text = (
        f"Among {t.group} on {t.agent}, {effect} occurs in {share} of 100 people whatever {t.outcome} is in {t.place}"
    )
    frequency = _stated(f"{share} of 100 people", value=share)
    return Sentence(
        (text,), "epidemiology", {"condition": _stated(effect), "population": _stated(t.group), "frequency": frequency}
    )


def _cost(t: _Topic) -> Sentence:
    amount = str(t.rng.randint(20, 9000))
    text = f"{t.subject} for {t.group} costs {amount} dollars a year, and {t.outcome} is paid for on top in {t.place}"
    return Sentence(
        (text,), "cost", {"item": _stated(t.subject), "amount": _stated(f"{amount} dollars a year", value=amount)}
    )


def _usage(t: _Topic) -> Sentence:
    year = str(t.rng.randint(1950, 2020))
    text = f"{t.subject} has been used against changes of {t.outcome} in {t.group} since {year} in {t.place}"
    more = f"{t.rng.choice(EFFECTS)} beside {t.outcome} was known in {t.group} on {t.agent} from the beginning"
    period = _stated(f"since {year}", value=year)
    return Sentence((text, more), "usage", {"agent": _stated(t.subject), "use": _stated(t.outcome), "period": period})


def _guidance(t: _Topic) -> Sentence:
    advice = f"discuss {t.agent} with a clinician"
    text = f"For the sake of {t.outcome}, {t.group} should {advice} {t.rng.choice(TAILS)} in {t.place}"
    strength = _stated("should", code="recommends")
    return Sentence(
        (text,), "guidance", {"recommendation": _stated(advice), "for_whom": _stated(t.group), "strength": strength}
    )


def _availability(t: _Topic) -> Sentence:
    extent = f"in {t.rng.randint(3, 90)} hospitals of the region"
    text = f"{t.subject} is offered to {t.group} {extent} on account of {t.outcome} in {t.place}"
    return Sentence((text,), "availability", {"intervention": _stated(t.subject), "extent": _stated(extent)})


def _administration(t: _Topic) -> Sentence:
    hours = str(t.rng.randint(2, 9))
    text = f"{t.subject} is given to {t.group} over {hours} hours while {t.outcome} is measured in {t.place}"
    fields = {"intervention": _stated(t.subject), "duration": _stated(f"{hours} hours", value=hours, unit="h")}
    return Sentence((text,), "administration", fields)


_MAKERS: tuple[tuple[Callable[[_Topic], Sentence], int], ...] = (
    (_efficacy, 6),
    (_study_finding, 3),
    (_safety, 2),
    (_mechanism, 2),
    (_definition, 2),
    (_epidemiology, 1),
    (_cost, 1),
    (_usage, 2),
    (_guidance, 1),
    (_availability, 1),
    (_administration, 1),
)


def sentences(rng: random.Random, count: int, place: str) -> list[Sentence]:
    """Sentences of one document on one place; no two share agent, outcome and group, so none is part of another."""
    about: set[tuple[str, str, str]] = set()
    while len(about) < count:
        about.add((rng.choice(AGENTS), rng.choice(OUTCOMES), rng.choice(GROUPS)))
    makers = rng.choices([maker for maker, _ in _MAKERS], [weight for _, weight in _MAKERS], k=count)
    made = (maker(_Topic(rng, *topic, place)) for maker, topic in zip(makers, sorted(about), strict=True))
    topics = sorted(about)
    return [
        Sentence(one.parts, one.kind, one.fields, one.hedges, one.polarity, topic)
        for one, topic in zip(made, topics, strict=True)
    ]


def aside(rng: random.Random) -> tuple[str, str]:
    """A sentence that makes no claim, without a full stop but with its question mark, and the reason to skip it."""
    if rng.random() < 0.5:
        return f"Does {rng.choice(AGENTS)} help {rng.choice(GROUPS)}?", "question"
    return f"Let us turn to {rng.choice(OUTCOMES)} now", "transition"
