"""What a careless or hostile editor would try on one claim, and near misses that must pass."""

from __future__ import annotations

import pytest

from kbtool.rules import CLAIM_RULES
from tests.rules.bases import diagnose
from tests.rules.notes import Note, base_of

CLAIM_NAMES = {rule.name for rule in CLAIM_RULES}


def found(note: Note) -> set[str]:
    """The claim rules that find something in the note's claim, and whatever fails."""
    names = {d.rule for d in diagnose(base_of(note))}
    assert "internal-error" not in names
    return names & CLAIM_NAMES


BAD = {
    "begins behind not": (Note("Tea does not help.", ["help"], "Tea does help."), "quote-cuts-negation"),
    "begins behind not a": (
        Note("Tea is not a cure for hiccups.", ["cure for hiccups"], "Tea: cure for hiccups."),
        "quote-cuts-negation",
    ),
    "begins behind not yet widely": (
        Note("Tea is not yet widely sold.", ["sold"], "Tea is sold."),
        "quote-cuts-negation",
    ),
    "begins behind isn't": (
        Note("Tea isn't useful here.", ["useful here"], "Tea is useful here."),
        "quote-cuts-negation",
    ),
    "begins behind isn’t": (
        Note("Tea isn’t useful here.", ["useful here"], "Tea is useful here."),
        "quote-cuts-negation",
    ),
    "begins behind NOT": (Note("Tea does NOT help.", ["help"], "Tea does help."), "quote-cuts-negation"),
    "begins behind not and a line break": (
        Note("Tea does not\nhelp.", ["help"], "Tea does help."),
        "quote-cuts-negation",
    ),
    "begins behind may": (Note("Tea may help.", ["help"], "Tea can help."), "quote-cuts-negation"),
    "begins behind may still": (Note("Tea may still help.", ["help"], "Tea does help."), "quote-cuts-negation"),
    "begins behind without": (Note("Tea without any sugar", ["sugar"], "Tea has sugar."), "quote-cuts-negation"),
    "quoted word behind not": (
        Note("Tea is not “useful” here.", ["“useful” here"], "Tea is useful here."),
        "quote-cuts-negation",
    ),
    "ends before not": (Note("Tea does not help.", ["Tea does"], "Tea does."), "quote-cuts-negation"),
    "ends before rarely": (Note("Tea helps rarely.", ["Tea helps"], "Tea helps."), "quote-cuts-negation"),
    "ends before a hedge behind a stop that ends no sentence": (
        Note("Doe et al. possibly slept.", ["Doe et al."], "Doe et al. it is."),
        "quote-cuts-negation",
    ),
    "ends before a hedge where the source has a border without a stop": (
        Note("Tea helps Perhaps it does.", ["Tea helps"], "Tea helps.", second="Perhaps"),
        "quote-cuts-negation",
    ),
    "ends before a hedge where the source has a border at a small letter": (
        Note("Doe et al. possibly slept.", ["Doe et al."], "Doe et al. it is.", second="possibly"),
        "quote-cuts-negation",
    ),
    "ends before a hedge and no border is known": (
        Note("Tea helps. Perhaps it does.", ["Tea helps."], "Tea helps."),
        "quote-cuts-negation",
    ),
    "not between the parts": (
        Note("Tea does not help.", ["Tea does", "help"], "Tea does help."),
        "quote-cuts-negation",
    ),
    "number word turned": (
        Note("Two cups help.", ["Two cups help"], "Three cups help."),
        "number-not-in-quote",
    ),
    "number word added": (Note("Cups help.", ["Cups help"], "Two cups help."), "number-not-in-quote"),
    "effective of ineffective": (Note("It was ineffective.", ["effective"], "It was effective."), "quote-cuts"),
    "inferior of non-inferior": (Note("It was non-inferior.", ["inferior"], "It was inferior."), "quote-cuts"),
    "isn of isn't": (Note("Tea isn't it.", ["Tea isn"], "Tea isn it."), "quote-cuts"),
    "unit cut": (Note("They took 5 mg daily.", ["They took 5"], "They took 5."), "quote-cuts"),
    "unit cut without a space": (Note("They took 5mg daily.", ["They took 5"], "They took 5."), "quote-cuts"),
    "percent sign cut": (Note("It helped 70% of us.", ["It helped 70"], "It helped 70."), "quote-cuts"),
    "sign cut": (Note("The result was p < 0.05.", ["0.05"], "The result was 0.05."), "quote-cuts"),
    "minus cut": (Note("It fell by −3.5 points.", ["3.5 points"], "It rose by 3.5 points."), "quote-cuts"),
    "plus-minus cut": (Note("It was 12 ± 3 in all.", ["3 in all"], "It was 3 in all."), "quote-cuts"),
    "decimal cut": (Note("It was 0.5 in all.", ["5 in all"], "It was 5 in all."), "quote-cuts"),
    "thousands cut": (Note("It was 12,000 in all.", ["000 in all"], "It was nothing in all."), "quote-cuts"),
    "en dash range cut": (Note("It took 2–4 weeks.", ["4 weeks"], "It took 4 weeks."), "quote-cuts"),
    "range begun and cut": (Note("It took 2–4 weeks.", ["It took 2"], "It took 2."), "quote-cuts"),
    "not dropped": (
        Note("Tea does not help.", ["Tea does not help"], "Tea does help.", polarity="denied"),
        "negation-lost",
    ),
    "n’t dropped": (Note("Tea doesn’t help.", ["Tea doesn’t help"], "Tea helps.", polarity="denied"), "negation-lost"),
    "one of two nots dropped": (
        Note("It is not hot and not cold.", ["It is not hot and not cold"], "It is not hot and cold."),
        "negation-lost",
    ),
    "hedge dropped": (Note("Tea may help.", ["Tea may help"], "Tea helps.", hedges=["may"]), "hedge-lost"),
    "hardly dropped": (
        Note("Tea hardly helps.", ["Tea hardly helps"], "Tea helps.", polarity="denied"),
        "negation-lost",
    ),
    "failed to dropped": (
        Note("Tea failed to help.", ["Tea failed to help"], "Tea helped.", polarity="denied"),
        "negation-lost",
    ),
    "reportedly dropped": (
        Note("Tea reportedly helps.", ["Tea reportedly helps"], "Tea helps.", hedges=["reportedly"]),
        "hedge-lost",
    ),
    "almost dropped": (
        Note("It helps almost all.", ["It helps almost all"], "It helps all.", hedges=["almost"]),
        "hedge-lost",
    ),
    "hedge swapped for a stronger": (
        Note("Tea may help.", ["Tea may help"], "Tea usually helps.", hedges=["may"]),
        "hedge-lost",
    ),
    "hedges out of order": (
        Note("Some may help.", ["Some may help"], "Some may help.", hedges=["may", "some"]),
        "hedges-not-as-quoted",
    ),
    "ineffective made effective": (
        Note("It was ineffective.", ["It was ineffective"], "It was effective."),
        "negated-word-turned",
    ),
    "likely made unlikely": (
        Note("It is likely true.", ["It is likely true"], "It is likely untrue.", hedges=["likely"]),
        "negated-word-turned",
    ),
    "mg made g": (
        Note("They took 5 mg daily.", ["They took 5 mg daily"], "They took 5 g daily."),
        "measure-not-as-quoted",
    ),
    "hours made days": (Note("It took 5 hours.", ["It took 5 hours"], "It took 5 days."), "measure-not-as-quoted"),
    "percent lost": (
        Note("It helped 70% of us.", ["It helped 70% of us"], "It helped 70 of us."),
        "measure-not-as-quoted",
    ),
    "more than lost": (Note("More than 50% slept.", ["More than 50% slept"], "50% slept."), "measure-not-as-quoted"),
    "less made more": (
        Note("Fewer than 10 slept.", ["Fewer than 10 slept"], "More than 10 slept."),
        "measure-not-as-quoted",
    ),
    "p turned": (
        Note("It differed (p < 0.05).", ["It differed (p < 0.05)"], "It differed (p > 0.05)."),
        "measure-not-as-quoted",
    ),
    "per kilogram lost": (
        Note("They took 2 mg/kg daily.", ["They took 2 mg/kg daily"], "They took 2 mg daily."),
        "measure-not-as-quoted",
    ),
    "number changed": (Note("It took 15 cups.", ["It took 15 cups"], "It took 51 cups."), "number-not-in-quote"),
    "point moved": (Note("It took 1.5 cups.", ["It took 1.5 cups"], "It took 15 cups."), "number-not-in-quote"),
}

GOOD = {
    "not quoted whole": Note("Tea does not help.", ["Tea does not help"], "Tea does not help.", polarity="denied"),
    "n't spelt out": Note("Tea doesn't help.", ["Tea doesn't help"], "Tea does not help.", polarity="denied"),
    "not in the sentence before": Note("It is not. Tea helps.", ["Tea helps"], "Tea helps."),
    "not in another clause": Note("It is not hot, but tea helps.", ["tea helps"], "Tea helps."),
    "not behind a conjunction": Note("It is not hot and tea helps.", ["tea helps"], "Tea helps."),
    "not of the verb before": Note("It does not harm the people who drink tea.", ["drink tea"], "They drink tea."),
    "hedge that begins the next sentence": Note(
        "Tea helps. Perhaps it does.", ["Tea helps."], "Tea helps.", second="Perhaps"
    ),
    "negation that begins the next sentence, behind a quotation": Note(
        "They say “tea helps.” Never mind.", ["They say “tea helps.”"], "They say “tea helps.”", second="Never"
    ),
    "May is a month": Note("It was May 2012 here.", ["It was May 2012 here"], "It was May 2012."),
    "knot is no not": Note("They tie a knot there.", ["there"], "It is there."),
    "some behind": Note("Tea helps some people.", ["Tea helps"], "Tea helps."),
    "percent in words": Note("It helped 70% of us.", ["It helped 70% of us"], "It helped 70 percent of us."),
    "micrograms": Note("They took 5 µg daily.", ["They took 5 µg daily"], "They took 5 mcg daily."),
    "hyphenated unit": Note("A 15-minute wait helps.", ["A 15-minute wait helps"], "A wait of 15 minutes helps."),
    "bound in a sign": Note("More than 50% slept.", ["More than 50% slept"], ">50% slept."),
    "thousands comma": Note("It took 12,000 cups.", ["It took 12,000 cups"], "It took 12000 cups."),
    "figure for a word": Note("It took five cups.", ["It took five cups"], "It took 5 cups."),
    "whole unit at the end": Note("They took 5 mg.", ["They took 5 mg"], "They took 5 mg."),
    "number that ends a sentence": Note("They took 5.", ["They took 5"], "They took 5."),
    "hyphen in a word": Note("A well-known tea helps.", ["A well-known tea helps"], "A well-known tea helps."),
    "inside is not negated": Note(
        "It is the side of it.", ["It is the side of it"], "It is inside, on the side of it."
    ),
}


@pytest.mark.parametrize(("note", "rule"), BAD.values(), ids=BAD)
def test_an_edit_that_changes_the_meaning_is_found(note: Note, rule: str) -> None:
    assert rule in found(note)


@pytest.mark.parametrize("note", GOOD.values(), ids=GOOD)
def test_a_faithful_record_passes(note: Note) -> None:
    assert found(note) == set()
