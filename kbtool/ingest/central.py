"""Which sentences of an abstract or article make its claims, as against its aims, methods, counts and outlook.

Cues and the place in the passage both count: conclusions stand at the end. The weights are set by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbtool.ingest.causal import causal_language
from kbtool.ingest.cue_pattern import any_of, first_found

THRESHOLD = 0.5
"""The score from which a sentence counts as a claim of its passage."""

_START = 0.22
_CONCLUDES = any_of(
    r"in (?:conclusion|summary|sum)",
    r"conclusions?(?=:| )",
    r"taken together",
    r"(?:we|authors?) (?:conclude|propose|suggest|demonstrate|show|found|find|report|provide|identified|observed)\w*"
    r"(?: \w+)? (?:that|evidence|how|a)",
    r"we (?:here |thus |therefore )?(?:conclude|propose|demonstrate)",
    r"(?:these|our|the|this|present|current|study)(?: \w+){0,3} (?:results?|findings?|data|observations?|study|work"
    r"|analys[ei]s"
    r"|evidence|review|trial)(?: \w+){0,4}? (?:suggest|indicate|demonstrate|show|support|reveal|confirm|provide"
    r"|highlight"
    r"|imply|establish)\w*",
    r"(?:suggest|indicat|demonstrat|reveal|confirm|highlight|impl)(?:s|es|ed|ing|ies|e)? that",
    r"thus|therefore|hence|overall|collectively|consequently",
    r"evidence (?:that|for|of)",
)
_FINDS = any_of(
    r"significant(?:ly)?",
    r"(?:more|less|most|least) \w+",
    r"(?:higher|lower|better|worse|greater|fewer|superior|inferior)",
    r"novel|first|new",
    r"effective|safe|useful|feasible|promising|reliable|important|essential|critical|key|crucial",
    r"can be (?:used|a|an)",
    r"no (?:significant )?(?:difference|effect|association|evidence)",
    r"role (?:of|in|for)",
    r"plays?",
)
_METHODS = any_of(
    r"(?:were|was) (?:\w+ly )?(?:randomi[sz]ed|randomly|assigned|enrolled|recruited|included|excluded|measured|assessed"
    r"|collected|performed|conducted|analy[sz]ed|evaluated|obtained|used|calculated|determined|examined|carried"
    r"|compared"
    r"|investigated|studied|treated|divided|selected|reviewed|searched|asked|administered|defined|extracted|estimated)",
    r"we (?:\w+ )?(?:recruited|enrolled|used|measured|assessed|collected|performed|conducted|analy[sz]ed|evaluated"
    r"|searched"
    r"|included|examined|investigated|studied|compared|tested|reviewed|sought|aimed|applied|calculated|randomi[sz]ed)",
    r"using|questionnaires?|databases?|participants|data (?:were|was)|cross-sectional|regression|follow-up",
)
_AIMS = any_of(
    r"(?:the )?(?:aims?|objectives?|purpose|goal)(?: of)?",
    r"(?:aimed|sought|designed|intended|conducted|undertaken|performed) to",
    r"(?:to|we) (?:investigate|examine|evaluate|assess|determine|explore|compare|describe|study)[sd]?",
    r"whether",
    r"hypothesi[sz]\w*",
    r"(?:little|less) is known|is (?:unknown|unclear|poorly understood)|remains? (?:unclear|unknown|elusive)",
    r"background|introduction|objective|methods?|setting|design|participants|main outcome",
    r"here,? we (?:report|describe|present|investigate)",
)
_OUTLOOK = any_of(
    r"(?:further|future|additional|larger|more) (?:[\w-]+ ){0,3}(?:research|studies|study|work|investigations?"
    r"|trials?)",
    r"(?:is|are) (?:needed|warranted|required|discussed|presented)",
    r"trial registration|registered|clinicaltrials\S*|funded|copyright|all rights reserved|prospero",
)
_COUNTS = re.compile(r"\d+(?:\.\d+)?\s?(?:%|±|\+/-|vs\.?|mg|ml|years)|[pP]\s?[<>=]\s?0?\.\d|\bCI\b|\bn\s?=\s?\d")


@dataclass(frozen=True, slots=True)
class Centrality:
    """How likely a sentence is a claim of its passage, from 0 to 1, and the cues that decided."""

    score: float
    cues: tuple[str, ...]

    @property
    def is_central(self) -> bool:
        """Whether it counts as one."""
        return self.score >= THRESHOLD


def centrality(text: str, position: int, total: int) -> Centrality:
    """How likely the sentence at a position (from 0) of a passage of `total` sentences is a claim of it."""
    weighed = [(weight, cue) for weight, cue in _weighed(text, position, total) if cue]
    score = _START + sum(weight for weight, _ in weighed)
    return Centrality(round(min(1.0, max(0.0, score)), 2), tuple(cue for _, cue in weighed))


def _weighed(text: str, position: int, total: int) -> list[tuple[float, str | None]]:
    """Each cue with its weight; None where the sentence does not have it."""
    causal = causal_language(text)
    counted = _COUNTS.search(text)
    return [
        (_of_place(position, total), _place(position, total)),
        (0.34, first_found(_CONCLUDES, text)),
        (0.1, first_found(_FINDS, text)),
        (0.12, causal.cues[0] if causal.kind != "none" and causal.cues else None),
        (-0.28, first_found(_METHODS, text)),
        (-0.34, first_found(_AIMS, text)),
        (-0.4, first_found(_OUTLOOK, text)),
        (-0.1, counted[0] if counted else None),
        (-0.4, "?" if text.rstrip("\"')\u201d ").endswith("?") else None),
    ]


def _of_place(position: int, total: int) -> float:
    """The weight of the place: the last sentence most, the one before it next, the first half speaks against it."""
    from_end = total - 1 - position
    if total < 3 or from_end > 2:
        return -0.14 if total >= 3 and position < total / 2 else 0.0
    return (0.36, 0.26, 0.06)[from_end]


def _place(position: int, total: int) -> str:
    return f"sentence {position + 1} of {total}"
