"""The page about a document: where it comes from, whose it is, and whether every word of it is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbtool.site import paths
from kbtool.site.coverage import accounted_words, coverage_chart
from kbtool.site.frame import lang
from kbtool.site.text import counted, web_address

if TYPE_CHECKING:
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame


def source_page(frame: Frame, document: str) -> Artifact:
    """The page."""
    source = frame.contents.sources[document]
    return frame.page(
        paths.source_page(document),
        "source.html",
        f"About {source['title']}",
        "Text" if len(frame.contents.order) == 1 else "Home",
        source=source,
        ql=lang(source["language"]),
        claims=counted(len(frame.contents.order[document]), "claim"),
        accounted=accounted_words(source["coverage"]),
        coverage=coverage_chart(source["coverage"]),
        skipped=[_skip(frame, source, skip) for skip in source["skipped"]],
        skipped_summary=counted(len(source["skipped"]), "passage") + ", with the reason",
        places=[
            *(("Found", _place(place)) for place in source["found"]),
            *(("Copy elsewhere", _place(place)) for place in source["copies"]),
        ],
        size=f"{source['text']['characters']:,} characters, {source['text']['bytes']:,} bytes",
    )


def _place(place: JsonObject) -> JsonObject:
    return {**place, "link": web_address(place.get("url"))}


def _skip(frame: Frame, source: JsonObject, skip: JsonObject) -> JsonObject:
    text = source["full_text"]
    return {
        "label": frame.contents.term("skip_reasons", skip["reason"])["label"],
        "text": text[skip["start"] : skip["end"]] if text is not None else None,
        "place": f"characters {skip['start']:,} to {skip['end']:,}.",
        "note": skip.get("note"),
    }
