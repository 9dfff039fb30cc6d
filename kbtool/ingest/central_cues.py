"""The words by which an abstract or article says what it found, and those by which it says what it set out to do."""

from __future__ import annotations

import re

from kbtool.ingest.cue_pattern import any_of

_RESULTS = (
    r"(?:results?|findings?|data|observations?|study|studies|work|analys[ei]s|evidence|review|trial|experiments?"
    r"|research|insights?|paper|approach|meta-analys[ie]s)"
)
_TELL = (
    r"(?:suggest|indicat|demonstrat|show|support|reveal|confirm|provid|highlight|impl|establish|identif|point|underlin"
    r"|underscor|emphasi[sz]|illustrat|uncover|defin|offer|represent|rais|argu|document|strengthen|open|extend|expand"
    r"|add|shed|describ)(?:e|es|ed|ing|s|y|ies|ied)?"
)

CONCLUDES = any_of(
    r"in (?:conclusion|summary|sum|short|essence)",
    r"to (?:conclude|summari[sz]e|sum up)",
    r"conclu(?:sions?|de|ded|ding)",
    r"taken together|together,|collectively|overall|altogether|in aggregate",
    rf"(?:these|those|our|this|present|current) (?:[\w-]+ ){{0,4}}{_RESULTS}(?:,? [\w-]+){{0,4}}? {_TELL}",
    r"(?:suggest|indicat|impl|argu|propos)(?:s|es|ed|ing|ies|y|e)? (?:that|an?|the|how)",
    r"(?:we|authors?) (?:\w+ )?(?:conclude|propose|suggest|believe|speculate|hypothesi[sz]e|recommend|argue|postulate)",
    r"thus|therefore|hence|consequently|accordingly",
)
"""It draws a conclusion."""

ANNOUNCES = any_of(
    r"(?:we|study|paper|results?) (?:\w+ )?(?:shows?|demonstrates?|finds?|establish|reveal) (?:here |\w+ly )?"
    r"(?:that|how)",
    r"here,? (?:we|i) (?:\w+ )?(?:show|demonstrate|report that|find)",
)
"""It says in the present tense what is shown, which abstracts do anywhere."""

SHOWS = any_of(
    r"(?:here|we|study|studies|paper|results?|data|work) (?:\w+ ){0,3}(?:shows?|demonstrates?|reports?|identify"
    r"|identifies|establish|reveals?|provides?|present|describe|uncover|confirm|find|discover) (?:\w+ ){0,2}"
    r"(?:that|how|evidence|a|the|an)",
    r"(?:first|new|novel) (?:time|evidence|report|demonstration|insights?|tool|approach|strategy|method|mechanism"
    r"|role)",
)
"""It says that something is shown, or is new."""

METHODS = any_of(
    r"(?:were|was) (?:\w+ly )?(?:randomi[sz]ed|randomly|assigned|enrolled|recruited|included|excluded|measured|assessed"
    r"|collected|performed|conducted|analy[sz]ed|evaluated|obtained|used|calculated|determined|examined|carried"
    r"|compared|investigated|studied|treated|divided|selected|reviewed|searched|asked|administered|defined|extracted"
    r"|estimated|tested|isolated|monitored|recorded)",
    r"we (?:\w+ )?(?:recruited|enrolled|used|measured|assessed|collected|performed|conducted|analy[sz]ed|evaluated"
    r"|searched|included|examined|investigated|studied|compared|tested|reviewed|sought|aimed|applied|calculated"
    r"|randomi[sz]ed|determined|sequenced|generated|developed)",
    r"using|questionnaires?|databases?|participants|data (?:were|was)|cross-sectional|regression|follow-up",
)
"""It says how something was done."""

AIMS = any_of(
    r"(?:the )?(?:aims?|objectives?|purpose|goal)(?: of)?",
    r"(?:aimed|sought|designed|intended|conducted|undertaken|performed) to",
    r"(?:to|we) (?:investigate|examine|evaluate|assess|determine|explore|compare|describe|study)[sd]?",
    r"whether",
    r"hypothesi[sz]\w*",
    r"(?:little|less|not|poorly|incompletely|largely) (?:is )?(?:known|unknown|understood|clear)",
    r"is (?:unknown|unclear|poorly understood)|remains? (?:\w+ )?(?:unclear|unknown|elusive|controversial)",
    r"background|introduction|objective|methods?|setting|design|participants|main outcome",
)
"""It says what was to be found out, or what is not known."""

OUTLOOK = any_of(
    r"(?:further|future|additional|larger|more) (?:[\w-]+ ){0,3}(?:research|studies|study|work|investigations?"
    r"|trials?)",
    r"(?:is|are) (?:needed|warranted|discussed|presented|reviewed|described|summari[sz]ed|outlined)",
    r"(?:we|article|review|paper) (?:\w+ ){0,4}(?:discuss|review|summari[sz]e|outline|focus|highlight|cover"
    r"|provides? an overview|survey)\w*",
)
"""It says what remains to be done, or what is talked about elsewhere."""

FURNITURE = any_of(
    r"trial registration|registered|clinicaltrials\S*|prospero|copyright|all rights reserved",
    r"funded|supported by (?:an? |the )?(?:grants?|national|funding)",
    r"freely available|available (?:at|from|online)|https?\S*|www\S*|article is part|special issue|published",
)
"""It says who paid, or where something is kept: what abstracts end in and is none of theirs."""

COUNTS = re.compile(
    r"\d+(?:\.\d+)?\s?(?:%|\u00b1|\+/-|vs\.?|mg|ml|years)|[pP]\s?[<>=]\s?0?\.\d|\bCI\b|\bn\s?=\s?\d"
    r"|respectively|(?<![\w(.-])\d+\.\d"
)
"""It gives a measured number."""

OPENS = re.compile(
    r"(?:however|moreover|furthermore|in addition|additionally|in contrast|by contrast|interestingly|although|while"
    r"|whereas|to|recent|previous|among|in this (?:study|review|paper|article)|for example|similarly|specifically"
    r"|finally|notably)\b",
    re.IGNORECASE,
)
"""It begins as one of several results, or as what others said before."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODAL = _words("""
    may might can could should will would must likely potential potentially possible possibly appear appears seem seems
    capable promising need needs important importantly
    """)
"""It goes beyond what was seen."""

STATES = _words("""
    is are has have does do play plays provide provides contribute contributes represent represents offer offers depend
    depends require requires lead leads regulate regulates promote promotes induce induces inhibit inhibits reduce
    reduces increase increases improve improves affect affects influence influences cause causes act acts serve serves
    remain remains exhibit exhibits reveal reveals allow allows enable enables support supports mediate mediates control
    controls function functions occur occurs constitute constitutes
    """)
"""It speaks in the present tense."""

WORTH = _words("""
    novel effective effectively effectiveness useful feasible promising reliable important critical crucial key
    essential role mechanism mechanisms therapeutic superior safe beneficial better valuable powerful
    implication implications strategy target tool biomarker biomarkers candidate candidates evidence contribute
    contributes acceptable advantage advantages alternative option options viable comparable equivalent
    tolerated tolerable benefit benefits efficacious efficacy preferable recommended suitable favourable
    favorable contributed contributing contribution contributions improve improves improved improving
    improvement improvements
    """)
"""It says what something is good for."""

PAST = _words("""
    was were had did showed revealed found exhibited increased decreased observed identified resulted led compared used
    measured examined
    """)
"""It tells what happened."""
