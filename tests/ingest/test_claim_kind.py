"""The type of a draft claim, by the cues of its sentence, then by the heading above it."""

from __future__ import annotations

import pytest

from kbtool.ingest.claim_kind import kind_of_claim


@pytest.mark.parametrize(
    ("text", "heading", "type_"),
    [
        ("If it hurts, call your doctor.", "", "guidance"),
        ("For example, when it is hot, drink tea.", "", "guidance"),
        ("Your doctor may refer you to a clinic.", "", "guidance"),
        ("Use of tea is old.", "", "usage"),
        ("A blood test measures sugar.", "", "usage"),
        ("You can buy tea at shops.", "", "availability"),
        ("Tea is offered by clinics.", "", "availability"),
        ("Tea can offer much.", "", "mechanism"),
        ("Tea does not work for everyone.", "", "efficacy"),
        ("Patients respond to tea.", "", "efficacy"),
        ("Tea appeals to 70% of those.", "", "epidemiology"),
        ("They drink it three times a day.", "", "administration"),
        ("Leaves unfold.", "Treatments", "efficacy"),
        ("Leaves unfold.", "Side effects", "safety"),
        ("Leaves unfold.", "How is it diagnosed?", "usage"),
        ("Leaves unfold.", "Leaves", "mechanism"),
        ("Leaves are green.", "Treatments", "definition"),
    ],
)
def test_cues_decide_then_the_heading_above(text: str, heading: str, type_: str) -> None:
    assert kind_of_claim(text, ("Tea", heading) if heading else ()).type == type_


def test_a_heading_alone_tells_little() -> None:
    assert kind_of_claim("Leaves unfold.", ("Treatments",)).clarity < kind_of_claim("Tea helps.").clarity
    assert kind_of_claim("Leaves unfold.", ("Treatments",)).cues == ("heading: treatments",)
