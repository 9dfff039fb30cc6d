"""Sentences that make no checkable claim, each with the reason and the cue it was known by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbtool.ingest.clauses import has_verb
from kbtool.ingest.cue_pattern import any_of, first_found

_QUESTION = re.compile(r"[?\u061f\uff1f][\"'\u2019\u201d)\]]*$")
_BOILERPLATE = any_of(
    r"share (?:this|on)(?: \w+)?",
    r"all rights reserved",
    r"(?:uses?|accept|manage) cookies|cookie (?:policy|settings|notice)",
    r"copyright",
    r"privacy (?:policy|notice)|terms (?:of use|and conditions)|terms of service",
    r"(?:page |content )?last (?:reviewed|updated|modified)|next review due|date (?:published|updated)",
    r"subscribe|newsletter|follow us|log in|sign in|skip to (?:main )?content|back to top|print this page",
    r"(?:photo|image) (?:credit|by|courtesy)|advertisement|sponsored|related (?:articles|posts|links)",
    r"table of contents|all comments|leave a (?:reply|comment)",
)
_COPYRIGHT = re.compile(r"^\s*(?:\u00a9|\(c\)\s*\d{4})", re.IGNORECASE)
_INVITES = re.compile(
    r"^(?:please |to learn more,? |ready to |so,? |why not |don['\u2019]t (?:wait|hesitate)[^.]{0,20} "
    r"|for (?:further|more) [^,]{1,40},? )?"
    r"(?:contact|call|visit|book|order|buy|shop|schedule|sign up|register|join|subscribe|click|download|learn more"
    r"|find out"
    r"|read more|read about|discover|get in touch|reach out|donate|request|browse|watch|listen|check out|see our"
    r"|go to)\b",
    re.IGNORECASE,
)
_LEADS_ELSEWHERE = re.compile(
    r"(?:find|book|search|view|browse|order|download|print|apply)\b[^.!;:,]*[^\W_]\Z", re.IGNORECASE
)
"""A line that is the words of a link: an order without a full stop."""
_LONGEST_LINK = 6
_INVITES_TO = any_of(
    r"us|our|today|now|here|website|web site|online|newsletter|consultation|appointment|more|page|video|clinic|shop"
)
_CARE = any_of(
    r"doctor|gp|911|999|111|112|ambulance|emergency|hospital|pharmacist|nurse|provider|midwife|dentist|a\s?&\s?e"
    r"|symptoms?"
)
"""An invitation to seek care is advice, and advice is a claim."""
_TRANSITION = re.compile(
    r"^(?:let['\u2019]s|here(?:['\u2019]s| is| are) (?:how|what|why|some|the|a)\b|in this (?:article|section|guide"
    r"|post|chapter)"
    r"|this (?:article|page|section|guide|leaflet|fact sheet) (?:will |also )?(?:covers?|explains?|describes?|looks?"
    r"|discusse?s?"
    r"|tells?|answers?)|below (?:is|are|you)|read on|now,? let|more on (?:this|that)|the following (?:section"
    r"|is a list)"
    r"|(?:some )?(?:examples?|common ones) (?:are|include)s?:?$)",
    re.IGNORECASE,
)
_SIGNPOST = re.compile(
    r"^(?:note|remember|important|warning|caution|tip|keep in mind|please note|nota bene|good to know|key (?:points"
    r"|facts)"
    r"|see (?:also|below|above|figure|table|section)\b.{0,30})\W*$",
    re.IGNORECASE,
)
_OPINION = any_of(
    r"in (?:my|our) (?:opinion|view)",
    r"i (?:think|believe|feel|love|hope|wish|prefer)",
    r"we (?:hope|love|wish|are (?:proud|happy|delighted|excited))",
    r"(?:you (?:deserve|won't regret))",
    r"(?:beautiful|wonderful|amazing|fantastic|awesome|delightful|lovely)",
)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_FURNITURE = 25
"""Words of a sentence at the most that is taken for a part of the page by a cue of it."""
_SHORTEST_CLAIM = 7
"""Words below which a paragraph without a verb is a heading that was not marked as one."""
_OF_KIND = {"heading": "heading", "boiler-plate": "boilerplate", "marker": "signpost", "code": "boilerplate"}
"""Skip reasons by kind of block."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Why a sentence makes no claim: the skip reason, and the cue, in words."""

    reason: str
    cue: str


def set_aside(text: str, kind: str, placeholder: re.Pattern[str]) -> SetAside | None:
    """Why a sentence in a block of a kind makes no claim, or None; `placeholder` finds words of unfinished texts."""
    if kind in _OF_KIND:
        return SetAside(_OF_KIND[kind], f"the block is a {kind}")
    if _QUESTION.search(text.rstrip()):
        return SetAside("question", "ends in a question mark")
    if found := placeholder.search(text):
        return SetAside("boilerplate", f"holds the placeholder {found[0]!r}")
    if len(_LETTER.findall(text)) < 3:
        return SetAside("boilerplate", "has hardly a letter and says nothing by itself")
    return _by_words(text, kind)


def _by_words(text: str, kind: str) -> SetAside | None:
    is_short = len(text.split()) <= _LONGEST_FURNITURE
    if is_short and (found := _COPYRIGHT.search(text) or _BOILERPLATE.search(text)):
        return SetAside("boilerplate", f"{' '.join(found[0].split())!r}")
    if (found := _INVITES.search(text)) and _INVITES_TO.search(text) and not _CARE.search(text):
        return SetAside("call-to-action", f"begins with {found[0].strip()!r}")
    if is_short and not _DIGIT.search(text) and (aside := _of_no_weight(text)):
        return aside
    if kind == "paragraph" and len(text.split()) <= _LONGEST_LINK and (found := _LEADS_ELSEWHERE.match(text)):
        return SetAside("call-to-action", f"{found[0]!r} is a line without a full stop that leads elsewhere")
    if kind == "paragraph" and _is_label(text):
        return SetAside("heading", "a short line without a verb or a full stop")
    return None


def _of_no_weight(text: str) -> SetAside | None:
    """Signposts, transitions and opinions: short, and without a number."""
    if found := _SIGNPOST.search(text):
        return SetAside("signpost", f"{found[0].strip()!r}")
    if found := _TRANSITION.search(text):
        return SetAside("transition", f"begins with {found[0].strip()!r}")
    cue = first_found(_OPINION, text)
    return SetAside("opinion", f"{cue!r}") if cue else None


def _is_label(text: str) -> bool:
    plain = text.strip()
    return (
        len(plain.split()) < _SHORTEST_CLAIM
        and plain[-1] not in ".!;"
        and not has_verb(plain)
        and not _DIGIT.search(plain)
    )
