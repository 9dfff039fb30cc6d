"""Which of the claim types a sentence is, by its cues; what speaks for several types is decided by weight and order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbtool.ingest.clauses import main_clause
from kbtool.ingest.cue_pattern import COUNTS, Cues, all_found, any_of, first_found

IMPERATIVE = re.compile(
    r"(?:please |always |never |do not |don['\u2019]t |be sure to |make sure |try to |try )?(?:take|avoid|ask|talk"
    r"|see|tell|call"
    r"|contact|use(?! of)|try|keep|start|wash|eat|drink|stop|make sure|consider|seek|get|do not|don['\u2019]t|wear"
    r"|check|follow"
    r"|limit|choose"
    r"|stay|speak|go to|visit|rest|put|apply|remember|discuss|store|read|look|buy|find|book|shower|limit|exercise)\b",
    re.IGNORECASE,
)
"""How advice begins that is put as an order."""

_BEFORE_ORDER = re.compile(
    r"(?:if|when|before|after|while|for example|instead|first|then|otherwise)\b[^,]{0,160}, "
    r"(?:(?:if|when)\b[^,]{0,160}, )?",
    re.IGNORECASE,
)
"""What may stand before an order: "If it hurts, "."""

CUES: Mapping[str, tuple[float, Cues]] = {
    "guidance": (
        1.2,
        any_of(
            r"should(?:n't)?|must(?:n't)?|ought to|need to|needs to|have to|has to",
            r"(?:is|are) (?:important|best|essential|vital|crucial|recommended|advised|advisable) (?:to|that|for)",
            r"recommend(?:s|ed|ation|ations)?|advis(?:e|es|ed)|guidelines?",
            r"(?:ask|talk to|see|tell|call|contact|consult) (?:a|your|the) \w+",
            r"(?:can|may|could) (?:talk|speak|consult|discuss|ask)|they (?:may|might|will) (?:refer|suggest|prescribe)",
            r"(?:doctor|gp|provider|specialist|nurse|team) (?:may|might|will|can|could) (?:\w+ )?(?:refer|recommend"
            r"|suggest|advise|ask|order|prescribe|want)",
        ),
    ),
    "cost": (
        1.4,
        any_of(
            r"costs?|costly|prices?|priced|expensive|cheap(?:er)?|afford\w*|fees?|out[- ]of[- ]pocket",
            r"insur(?:ance|ers?|ed)|medicare|medicaid|reimburs\w+|covered by|free of charge|co-?pay\w*",
        ),
    ),
    "availability": (
        1.3,
        any_of(
            r"(?:un)?available|availability|over[- ]the[- ]counter|on prescription|prescription[- ]only",
            r"(?:is|are|be|been|being|not|now|widely|often) offered|offered (?:by|at|in|on|as|through)",
            r"(?:buy|bought|order(?:ed)?) (?:[\w-]+ ){0,4}(?:online|from|at|without)",
            r"(?:fda[- ])?approv(?:ed|al)|licen[sc]ed|marketed|sold|clinics? (?:offer|provide)\w*"
            r"|withdrawn from the market",
        ),
    ),
    "safety": (
        1.3,
        any_of(
            r"side[- ]effects?|adverse(?: \w+)?|complications?|toxic\w*|harm(?:s|ful|less)?|dangers?|dangerous",
            r"(?:un)?safe|safety|contraindicat\w+|overdos\w+|allergic reactions?|withdrawal symptoms?|interacts? with",
            r"well[- ]tolerated|addict\w+|life[- ]threatening|fatal|can cause|may cause|serious (?:problems?|risks?)",
        ),
    ),
    "administration": (
        1.2,
        any_of(
            r"doses?|dosage|dosing|injected|infused|intraven\w+|by mouth|orally|tablets?|capsules?",
            rf"(?:once|twice|{COUNTS} times) (?:a|per|daily|each) ?(?:day|week|month)?|every \w+ (?:hours?|days?|weeks?"
            r"|months?)",
            r"(?:is|are) (?:given|taken|administered|applied|inserted|delivered)|sessions?|mg|mcg|inhaler|nasal spray",
        ),
    ),
    "epidemiology": (
        1.0,
        any_of(
            r"prevalen\w+|incidence|(?:un)?common(?:ly)?|rare(?:ly)?|million|per 100,?000|diagnosed|mortality|survival",
            r"percent of|per cent of|\d[\d.,]*\s?% of|(?:one|two|three|four|\d+) (?:in|out of) (?:\w+|\d+)",
            r"affects? (?:about|up to|\w+ people)",
            r"more (?:likely|common|often)|less likely|risk factors?|rates?|men|women|children|adults|ethnic\w*"
            r"|associated",
        ),
    ),
    "efficacy": (
        1.1,
        any_of(
            r"(?:in)?effective(?:ness|ly)?|efficacy|benefi\w+|improv\w+|reliev\w+|relief|eas(?:e|es|ed|ing)",
            r"reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|help(?:s|ed|ing|ful)?|treat(?:s|ed|ing)|cur(?:e|es|ed|ing)",
            r"prevent(?:s|ed|ing|ion)?|protect(?:s|ed|ing|ive)?|superior|no better than|outperform\w*|heal(?:s|ed"
            r"|ing)?",
            r"(?:feels?|felt|gets?|got) (?:\w+ )?better|(?:goes|go|went) away|(?:does|do|did)(?: not|n't) work",
            r"works? (?:well|better|for|in)|slow(?:s|ed|ing)? (?:down )?(?:the|its|their|progress\w*)|promising",
            r"respond(?:s|ed)? (?:\w+ )?to|(?:antidepressant|analgesic|painkilling|anti-?inflammatory) effects?",
            r"promise",
        ),
    ),
    "mechanism": (
        1.0,
        any_of(
            r"caus(?:e|es|ed|ing)|leads? to|led to|because(?: of)?|due to|results? (?:in|from)|happens? when"
            r"|occurs? when",
            r"works? by|acts? (?:on|as|by)|blocks?|binds?|produces?|triggers?|mechanisms?|receptors?|stimulat\w+"
            r"|releas\w+",
            r"affects?|contribut\w+|develops?|builds? up|passes|carries|makes? (?:it|the|your)|prevents? the",
        ),
    ),
    "usage": (
        1.1,
        any_of(
            r"(?:tests?|scans?|x-?rays?|biops(?:y|ies)|ultrasounds?|mris?|examinations?|procedures?) "
            r"(?:can |may |will |also )?(?:shows?|measures?|checks?|detects?|finds?|looks?|lets?|allows?|helps?)",
            r"treatment options? for|as a treatment",
            r"used (?:to|for|as|in|by|since|with)|use of|known as a|first used|has been used|in use"
            r"|prescribed (?:for|to)",
            r"originally|since the \d{4}s|anesthetic|anaesthetic",
        ),
    ),
    "definition": (
        0.9,
        any_of(
            r"(?:is|are|was|were) (?:a|an|the|one of|any|called|known as|also called|also known as|defined as|named)",
            r"refers? to|means?|stands? for|short for|consists? of|includes?|types? of|so[- ]called",
        ),
    ),
}
"""Weight and cues of each type, in the order that decides between equals."""

_BY_HEADING = 0.2
"""How clearly a heading alone tells the type."""
_HEADINGS: Mapping[str, Cues] = {
    "safety": any_of(r"side[- ]effects?|risks? (?:of|and)|safety|safe|warnings?|precautions?|adverse \w+"),
    "administration": any_of(r"dos(?:e|es|age|ing)|how (?:to|(?:do|should) (?:i|you)|is it) (?:take|use|given|taken)"),
    "cost": any_of(r"costs?|prices?|insurance|pay(?:ing)? for"),
    "epidemiology": any_of(r"how (?:common|many)|who (?:is|gets|has)|frequency|prevalence|risk factors?|at risk"),
    "guidance": any_of(
        r"prevent(?:ion|ing|ed)?|self[- ]care|living with|(?:you|i) can do|do|don't|advice|see a gp|lifestyle|tips"
    ),
    "efficacy": any_of(r"treat(?:ed|ments?|ing)?|therap(?:y|ies)|benefits?|effective(?:ness)?"),
    "usage": any_of(r"uses?|used for|tests?|diagnos(?:is|ed|e|ing)"),
}
"""What the heading above a sentence without a cue of its own tells, in the order that decides."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A claim type, how clearly it is the one (0 to 1), and the cues that decided."""

    type: str
    clarity: float
    cues: tuple[str, ...]


def kind_of_claim(text: str, trail: Sequence[str] = ()) -> Kind:
    """The type of the claim that a sentence makes under some headings; studies are told apart elsewhere."""
    found = {name: all_found(pattern, text) for name, (_, pattern) in CUES.items()}
    before = _BEFORE_ORDER.match(text)
    if match := IMPERATIVE.match(text, before.end() if before else 0):
        found["guidance"] = (match[0].lower(), *found["guidance"])
    scores = {name: CUES[name][0] * min(len(cues), 3) for name, cues in found.items()}
    best = max(scores, key=scores.__getitem__)
    if not scores[best]:
        return Kind("definition", 0.0, ()) if _says_what_is(text) else _by_heading(trail[-1] if trail else "")
    rest = sum(scores.values())
    return Kind(best, round(scores[best] / rest, 2), found[best])


def _by_heading(heading: str) -> Kind:
    """The type that a heading tells; a mechanism, which asks for least, where it tells none."""
    for name, cues in _HEADINGS.items():
        if found := first_found(cues, heading):
            return Kind(name, _BY_HEADING, (f"heading: {found.lower()}",))
    return Kind("mechanism", 0.0, ())


def _says_what_is(text: str) -> bool:
    clause = main_clause(text)
    return clause is not None and text[slice(*clause.verb)].lower() in {"is", "are", "was", "were"}
