"""The words by which a statement says that two things go together, that one brings about the other, or what to do."""

from __future__ import annotations

import re

from kbtool.ingest.cue_pattern import any_of

ASSOCIATION = any_of(
    r"(?:un)?associat(?:ed|es?(?! (?:professor|director|dean|editor|chief|investigator))|ions?)",
    r"(?:inter|auto)?correlat(?:ed|es?|ions?|ing)",
    r"(?:un|inter)?related to",
    r"relates? to",
    r"(?:inter)?relations?(?:hips?)? (?:between|of|with|among|was|were|is)",
    r"linked",
    r"links? (?:between|with|to)",
    r"tied to",
    r"prone to",
    r"(?:twice|times) (?:as|more|less) (?:likely|common)",
    r"(?:high|low|significant) risks? (?:of|for)",
    r"risks? (?:is |was |are |were )?(?:significantly |much )?(?:higher|lower|greater)",
    r"(?:bio)?markers? (?:of|for)",
    r"predict(?:s|ed|ors?|ive)?",
    r"risk (?:factors?|markers?|indicators?)",
    r"at (?:\w+ )?(?:higher|lower|increased|greater|elevated|high|particular) risks?",
    r"(?:higher|lower|increased|greater|elevated|decreased) (?:\w+ ){0,2}"
    r"(?:risks?|odds|likelihood|hazard|prevalence|incidence|rates?|mortality)",
    r"odds",
    r"(?:more|less|most|least) (?:likely|commonly|prevalent|frequent|frequently|often|pronounced)",
    r"prognostic (?:factors?|values?|roles?|significance)",
    r"suscept\w+",
    r"coexist\w*",
    r"accompanied",
    r"proportional",
    r"parallel(?:s|ed)",
    r"dose-dependent(?:ly)?",
    r"independent(?:ly)? (?:predict\w+|of|factors?)",
)
"""Two things go together."""

COMPARISON = any_of(
    r"differ(?:s|ed|ences?|ent)? (?:significantly |\w+ )?(?:in|between|among|by|according|across|from)",
    r"var(?:y|ies|ied) (?:with|by|according|across|between)",
    r"(?:higher|lower|greater|larger|longer|shorter|better|worse|older|younger|smaller|fewer|stronger|poorer|thicker"
    r"|thinner|faster|slower) (?:[\w/-]+ ){0,10}(?:than|compared)",
    r"(?:higher|lower|greater|better|worse|poorer|elevated|decreased|increased|reduced|impaired) (?:[\w-]+ ){0,3}"
    r"(?:in|among) (?!the (?:present|current))",
    r"trends? (?:towards?|in|for)",
    r"tended to",
    r"(?:more|less) \w+ (?:[\w-]+ ){0,6}than",
    r"(?:increased|decreased|declined|rose|decreases|increases|improved|worsened) (?:significantly )?"
    r"(?:with|over|from|during|after|between)",
    r"progressively",
    r"(?:significantly|much) (?:higher|lower|greater) (?:on|at|for|with)",
)
"""One group or time is set beside another."""

CAUSE_VERB = any_of(
    r"affect(?:s|ed|ing)?",
    r"influenc(?:es?|ed|ing)",
    r"caus(?:es?|ed|ing)",
    r"(?:leads?|leading|led) to",
    r"result(?:s|ed|ing)? in",
    r"(?:prevent|stimulat|promot|enhanc|induc|inhibit|attenuat|facilitat|modulat|mediat|aggravat|exacerbat|alleviat"
    r"|ameliorat|accelerat|elicit|trigger|alter|protect|impact|suppress)(?:e?s|e|ed|ing)?",
    r"(?:(?:up|down)-?)?regulat(?:es?|ed|ing)",
    r"benefit(?:s|ed)?",
    r"contribut(?:es?|ed|ing)",
    r"help(?:s|ed|ing)?",
    r"(?:improv|increas|reduc|decreas)(?:es?|ing)",
    r"lower(?:s|ing)",
    r"worsen(?:s|ed|ing)?",
    r"produc(?:es?|ed)",
    r"(?:delay|avoid)(?:s|ed|ing)?",
    r"(?:restor|revers)(?:es?|ed|ing)",
    r"favou?rs?",
    r"(?:optimi|maximi|minimi)[sz]es?",
    r"stabili[sz](?:es?|ed)",
    r"drives?",
    r"driven",
    r"(?:exert|render|shorten|prolong)(?:s|ed)?",
    r"diminish(?:es|ed)?",
    r"raise[sd]?",
    r"confer(?:s|red)?",
    r"predispos(?:es?|ed)",
    r"deteriorat\w+",
    r"(?:boost|harm|hurt|damage|disrupt|hamper|curb|ease|relieve|impair|weaken|strengthen|hinder|extend|elevate|spur"
    r"|heighten|compromise|prompt)(?:s|d|ed|ing)?",
    r"(?:doubl|tripl|halv|sav|eliminat)(?:es|ed|ing)",
    r"(?:double|triple|halve|save|eliminate|slow) (?:the|their|your|his|her|risks?|odds|lives|down)",
    r"slow(?:s|ed|ing)",
    r"cuts?",
    r"ups",
    r"poses?",
    r"translates? (?:in)?to",
)
"""One thing brings about, hinders or changes another."""

CAUSE_PAST = any_of(
    r"(?:improved|increased|reduced|decreased|lowered)(?= (?:the|their|its|our|both|daily|all|levels?|plasma|serum"
    r"|blood"
    r"|body|pain|weight|risk|mortality|[\w-]+ (?:and|in|by|levels?|intake|scores?|function|control|risk|outcomes?|loss"
    r"|time|quality)))"
)
"""Forms that are as often adjectives ("increased risk"): verbs where an object follows."""

CAUSE_NOUN = any_of(
    r"effects? (?:on|upon|against)",
    r"(?:beneficial|adverse|protective|positive|negative|significant|causal|greater|synergistic|independent|side"
    r"|inhibitory|therapeutic|no|any) effects?",
    r"effects? (?:of|was|were|is) ",
    r"(?:cost-)?(?:in)?effective(?:ly)?",
    r"efficac(?:y|ious)",
    r"beneficial",
    r"benefits?",
    r"contribut(?:ors?|ions?)",
    r"determinants?",
    r"(?:plays?|played|playing|have|has|had|having) (?:an? )?(?:[\w-]+ ){0,4}roles?",
    r"due to",
    r"because of",
    r"attributed",
    r"responsible for",
    r"impacts? (?:on|of)",
    r"successful(?:ly)?",
    r"superior",
    r"well[- ]tolerated",
    r"(?:significant|greater|marked|substantial|sustained|weight|clinical) (?:\w+ ){0,2}"
    r"(?:improvements?|reductions?|increases?|decreases?|changes?|loss)",
    r"(?:improvements?|reductions?) in",
    r"consequences?",
    r"driven by",
    r"mechanisms?",
    r"protective",
    r"helpful",
    r"cause of",
    r"involved in",
    r"(?:safe|feasible) (?:and|,)",
    r"(?:have|has|had|having) (?:[\w-]+ ){0,5}(?:effects?|impacts?|influence)",
    r"(?:life[- ]?threatening|detrimental|harmful|deadly|hazardous)",
    r"(?:main|major|leading|key|common) (?:sources?|causes?|drivers?|routes?) of",
)
"""Nouns and adjectives that name an effect."""

MODAL = any_of(
    r"may",
    r"might",
    r"could",
    r"would",
    r"appear(?:s|ed)? to",
    r"seem(?:s|ed)? to",
    r"potential to",
    r"potentially",
    r"possibly",
    r"likely to",
    r"probably",
    r"suggests? (?:a |an )?(?:possible|potential|protective|beneficial|role)",
    r"have the potential",
)
"""What makes an effect a mere possibility; "can" states an ability and leaves it a fact."""

POSSIBLE = any_of(
    r"(?:may|might|could) (?:also |even |potentially |prove to )?be (?:an? )?(?:\w+ )?(?:useful|helpful|key|critical"
    r"|feasible|responsible|to blame|alternative|prone|at risk)",
    r"(?:may|might|could) (?:also |even |potentially )?(?:aid|assist|offer|keep|make|yield|stop|face)",
)
"""It is possible that one thing matters to another."""

ADVICE = any_of(
    r"should(?! (?:have|lead|result))",
    r"must",
    r"needs?(?: to)?",
    r"needed",
    r"warrant(?:s|ed)?",
    r"(?:further|future|more|additional|larger|prospective|longitudinal) (?:[\w-]+ ){0,3}"
    r"(?:research|studies|study|work|investigations?|trials?|evaluation)",
    r"recommend(?:s|ed|ations?)?",
    r"required",
    r"(?:is|are) (?:necessary|important to|essential|imperative|crucial)",
    r"call for",
    r"(?:aims?|aimed|objective|purpose)",
    r"to (?:assess|examine|investigate|evaluate|determine|explore|compare|identify|establish|clarify|confirm|test"
    r"|elucidate|understand|inform|guide)",
    r"whether",
    r"remains? (?:unclear|unknown|to be|controversial)",
    r"unclear",
    r"implications?",
    r"understanding",
    r"registration",
    r"(?:was|were) (?:\w+ )?funded|funded by .{0,80}\.$",
    r"clinicaltrials\S*",
)
"""What to do, to find out or to study: no finding of its own."""

RAISES_RISK = any_of(
    r"(?:increas|reduc|decreas|rais|elevat|doubl|halv)(?:e|es|ed|ing) (?:significantly )?(?:the |an? |their |his |her "
    r"|your |our |its |people's |patients' |women's )(?:[\w-]+ ){0,3}(?:risks?|odds|likelihood|chances?)",
    r"(?:lowers?|lowered|lowering|cuts?|cutting|leads? to|led to|leading to|causes?|caused|results? in|resulted in) "
    r"(?:[\w-]+ ){0,3}(?:risks?|odds|likelihood|chances?)",
)
"""A risk is changed: something brings that about, though a risk alone only goes together with it."""

BACKGROUND = any_of(
    r"previous (?:research|studies|work|reports?) (?:has|have|had|suggest|show|indicat)(?:s|ed|ing)?",
    r"(?:has|have) long been",
    r"(?:it is|is) (?:widely|well|commonly|generally) (?:accepted|known|established|recognized|recognised)",
    r"(?:growing|longstanding|widespread) (?:concern|debate|interest)",
    r"not (?:well |fully |yet )?(?:known|understood|clear)",
    r"little is known",
)
"""It tells what was known or asked before."""

PURPOSE = re.compile(
    r"(?:(?<!able )(?<!found )(?<!shown )(?<!likely )(?<!appears )(?<!appear )(?<!seems )(?<!seem )(?<!helps )"
    r"(?<!help )(?<!potential )(?<!ability )"
    r"(?:in order )?\bto|aimed at|for|of|in|at|strateg\w+|interventions?|by) (?:\w+ly )?$",
    re.IGNORECASE,
)
"""Before a verb: it names an aim or an activity, and nothing that happened."""
