"""The pages that sum up: home, browse and glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from kbtool.release.last_reviewed import last_reviewed
from kbtool.site import paths
from kbtool.site.charts import Bar, chart
from kbtool.site.contents import LISTS
from kbtool.site.coverage import accounted_words, coverage_chart
from kbtool.site.frame import lang
from kbtool.site.marks import mark_of
from kbtool.site.people import people_of
from kbtool.site.structured import web_page
from kbtool.site.text import TOP, counted, long_day

if TYPE_CHECKING:
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame
    from kbtool.site.items import Items

_BROWSED = ("ratings", "statuses", "caveat_kinds", "claim_types")
_MOST_CAVEATS = 6
_MOST_CAREFUL = 6
_CAREFUL = ("contradicted", "unverifiable")


def home_page(frame: Frame, items: Items) -> Artifact:
    """What was checked, by whom, what came of it, and what it is not."""
    contents = frame.contents
    careful = [id_ for rating in _CAREFUL for id_ in contents.using.get(("ratings", rating), ())]
    reviewed = last_reviewed(contents.claims.values())
    words, more = _status(frame, reviewed)
    people = people_of(contents.claims.values())
    return frame.page(
        paths.HOME,
        "home.html",
        contents.release["title"],
        "Home",
        description=contents.release["description"],
        structured=web_page(contents.release, contents.release["title"], reviewed, [each["id"] for each in people]),
        status_words=words,
        status_more=more,
        approvers=people,
        figures=_figures(frame),
        documents=[_document(frame, document) for document in contents.order],
        verdict_chart=_chart(frame, "ratings", hide_caption=True),
        standing_chart=_chart(frame, "statuses", hide_caption=True),
        caveats=_caveats(frame),
        careful=items.all(careful[:_MOST_CAREFUL]),
        careful_words=_careful_words(len(careful)),
    )


def browse_page(frame: Frame) -> Artifact:
    """Every index with its numbers."""
    parts = [{"id": name, "heading": LISTS[name], "chart": _chart(frame, name)} for name in _BROWSED]
    return frame.page(paths.BROWSE, "browse.html", "Browse", "Browse", parts=parts)


def glossary_page(frame: Frame) -> Artifact:
    """Every term of the vocabulary with its definition."""
    contents = frame.contents
    parts = [
        {"id": name, "heading": heading, "terms": [contents.term(name, code) for code in contents.vocabulary[name]]}
        for name, heading in LISTS.items()
    ]
    return frame.page(paths.GLOSSARY, "glossary.html", "Glossary", "Glossary", parts=parts)


def _status(frame: Frame, reviewed: str | None) -> tuple[str, str]:
    """The state of review in a few words, and a sentence more."""
    total, approved = frame.common["total"], frame.common["approved"]
    day = long_day(frame.contents.release["as_of"])
    if not approved:
        return "Nobody qualified has reviewed any of this.", (
            f"As of {day}, no claim here carries an approval. Read every verdict as a draft."
        )
    if approved == total:
        return "Every claim here is approved.", (
            f"As of {day}, each for exactly the words shown here; the oldest approval is of {long_day(reviewed)}."
        )
    return f"{approved} of {total} claims are approved.", (
        f"As of {day}. Every other one is not reviewed by a qualified person, and says so wherever it is shown."
    )


def _figures(frame: Frame) -> list[tuple[str, str, str]]:
    counts = frame.contents.release["counts"]
    found = [
        (counts["claims"], "claim", "claims", paths.CLAIMS),
        (counts["caveats"], "caveat", "caveats", f"{paths.BROWSE}#caveat_kinds"),
        (counts["evidence"], "work of evidence", "works of evidence", paths.EVIDENCE),
        (counts["held"] + counts["withdrawn"], "held or withdrawn", "held or withdrawn", paths.NOT_SHOWN),
    ]
    return [(f"{number:,}", one if number == 1 else many, path) for number, one, many, path in found]


def _document(frame: Frame, document: str) -> JsonObject:
    source = frame.contents.sources[document]
    return {
        "title": source["title"],
        "lang": lang(source["language"]),
        "path": paths.document_page(document),
        "about": paths.source_page(document),
        "words": f"{counted(len(frame.contents.order[document]), 'claim')}. {accounted_words(source['coverage'])}",
        "coverage": coverage_chart(source["coverage"]),
    }


def _chart(frame: Frame, name: str, *, hide_caption: bool = False) -> Markup:
    """The terms of a list with the number of claims that use each; unused ones only of verdicts and standings."""
    contents = frame.contents
    counts = contents.counts(name)
    codes = list(dict.fromkeys([*contents.vocabulary[name], *sorted(counts)]))
    kept = [code for code in codes if counts[code] or name == "ratings"]
    if name == "caveat_kinds":
        kept.sort(key=lambda code: -counts[code])
    bars = [Bar(_term_link(frame, name, code), counts[code], _css(name, code)) for code in kept]
    return chart(
        f"Claims by {_BY[name]}", _BY[name].capitalize(), bars, len(contents.claims), hide_caption=hide_caption
    )


_BY = {"ratings": "verdict", "statuses": "standing", "caveat_kinds": "kind of caveat", "claim_types": "type"}


def _css(name: str, code: str) -> str:
    if name == "ratings":
        return mark_of(code).css
    return "b-good" if code == "approved" else "b-open" if name == "statuses" else "b-plain"


def _term_link(frame: Frame, name: str, code: str) -> Markup | str:
    if name == "ratings":
        return frame.chip(code)
    term = frame.contents.term(name, code)
    return Markup('<a href="{}{}">{}</a>').format(TOP, term["path"], term["label"]) if term["path"] else term["label"]


def _caveats(frame: Frame) -> list[JsonObject]:
    """The kinds that most claims carry."""
    counts = frame.contents.counts("caveat_kinds")
    top = sorted(counts, key=lambda code: (-counts[code], code))[:_MOST_CAVEATS]
    return [{**frame.contents.term("caveat_kinds", code), "words": counted(counts[code], "claim")} for code in top]


def _careful_words(number: int) -> str:
    shown = f"Shown: {_MOST_CAREFUL} of {number}. " if number > _MOST_CAREFUL else ""
    return f"{shown}What was found says otherwise, or nothing could be found that bears on them."
