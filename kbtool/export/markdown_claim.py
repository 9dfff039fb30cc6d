"""The Markdown page of a claim, and the one that remains of a withdrawn claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.export.fields import OWN_FIELDS
from kbtool.export.front_matter import front_matter
from kbtool.export.markdown_parts import (
    Shelf,
    caveat_items,
    claim_link,
    page_of,
    release_lines,
    standing_line,
    table,
    text_of,
    up,
)
from kbtool.export.markdown_text import inline
from kbtool.export.readable import certainty_sentence, drafting_sentence

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

MORE = "<!--more-->"
"""Hugo's mark for the end of the summary: what a list of pages shows of this one is the statement with its caveats."""


def claim_page(claim: JsonObject, shelf: Shelf) -> bytes:
    """Statement, notice, caveats, then everything else; caveats stand in the body, right below the statement."""
    front = front_matter(claim["statement"], claim=claim, release=shelf.release)
    return text_of(front, _claim_lines(claim, shelf))


def tombstone_page(tombstone: JsonObject, shelf: Shelf) -> bytes:
    """That the claim was withdrawn, when, why, and what takes its place."""
    front = front_matter(f"Withdrawn: {tombstone['id']}", withdrawn=tombstone, release=shelf.release)
    return text_of(front, _tombstone_lines(tombstone, shelf))


def _claim_lines(claim: JsonObject, shelf: Shelf) -> Iterator[str]:
    yield f"# {inline(claim['statement'])}"
    yield ""
    yield standing_line(claim, shelf)
    yield ""
    yield "**Caveats**" if claim["caveats"] else "No caveat is recorded."
    yield ""
    yield from caveat_items(claim, shelf)
    yield ""
    yield MORE
    yield from _verdict(claim["verdict"], shelf)
    yield from _passage(claim)
    yield from _stated(claim)
    yield from _evidence(claim)
    yield from _relations(claim, shelf)
    yield from _review(claim["review"])
    yield from _record(claim)
    yield from release_lines(shelf)


def _verdict(verdict: JsonObject, shelf: Shelf) -> Iterator[str]:
    yield from ("", f"## Verdict: {inline(verdict['label'])}", "", inline(verdict["rationale"]))
    if verdict["certainty"]:
        yield from ("", inline(certainty_sentence(verdict["certainty"], shelf.citation)))


def _passage(claim: JsonObject) -> Iterator[str]:
    source = claim["source"]
    where = f"{up(page_of(claim['id']))}sources/{source['document']}.md"
    yield from ("", "## In the document", "", f"From [{inline(source['title'])}]({where}):")
    for quote in source["quotes"]:
        yield from ("", f"> {inline(quote['exact'])}")
        if quote["start"] is not None and quote["end"] is not None:
            yield from ("", f"Characters {quote['start']} to {quote['end']}.")


def _stated(claim: JsonObject) -> Iterator[str]:
    yield from ("", f"## As stated: {inline(claim['type_label'])}")
    rows = [(inline(name.replace("_", " ")), *_value(claim[name])) for name in OWN_FIELDS if name in claim]
    hedges = inline(", ".join(claim["hedges"])) if claim["hedges"] else None
    yield from table(
        ("Field", "Words", "Value"), [*rows, ("polarity", claim["polarity"], None), ("hedges", hedges, None)]
    )


def _value(value: JsonObject | str) -> tuple[str, str | None]:
    if isinstance(value, str):
        return inline(value), None
    if "ref" in value:
        return inline(value["ref"]), None
    number = " ".join(str(value[part]) for part in ("value", "unit", "code") if part in value)
    return inline(value["as_stated"]), inline(number) if number else None


def _evidence(claim: JsonObject) -> Iterator[str]:
    yield from ("", "## Evidence")
    if not claim["evidence"]:
        yield from ("", "No evidence is recorded.")
        return
    way = up(page_of(claim["id"]))
    rows = [
        (
            f"[{inline(link['citation'])}]({way}evidence/{link['ref']}.md)",
            inline(link["kind_label"]),
            inline(link["stance_label"]),
            inline(link["directness_label"]),
            inline(link["finding"]),
            inline(link["locator"]) if link["locator"] else None,
            inline(link["seen"]["how"]),
            inline(link["status"]["state"]),
        )
        for link in claim["evidence"]
    ]
    yield from table(("Work", "Kind", "Points", "How directly", "What it found", "Where", "Seen", "State"), rows)


def _relations(claim: JsonObject, shelf: Shelf) -> Iterator[str]:
    if claim["relations"]:
        yield from ("", "## Related claims", "")
        here = page_of(claim["id"])
        for each in claim["relations"]:
            yield f"- {inline(each['label'])}: {claim_link(each['claim'], here, shelf)}"


def _review(review: JsonObject) -> Iterator[str]:
    yield from ("", "## Review", "", f"Standing: {inline(review['standing_label'])}.")
    if review["approved_on"]:
        lapses = f", lapses on {review['lapses_on']}" if review["lapses_on"] else ""
        yield from ("", f"Approved on {review['approved_on']}{lapses}.")
    if review["decisions"]:
        rows = [
            (
                each["on"],
                inline(each["kind_label"]),
                each["reviewer"],
                inline(", ".join(each["roles"])),
                _yes(each["counts"]),
            )
            for each in review["decisions"]
        ]
        yield from table(("Day", "Decision", "By", "Roles", "Counts"), rows)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _record(claim: JsonObject) -> Iterator[str]:
    yield from ("", "## Record", "", inline(drafting_sentence(claim["drafted"])))
    yield from ("", f"Claim {inline(claim['id'])}, address {inline(claim['uri'])}")
    if claim["tags"]:
        yield from ("", f"Tags: {inline(', '.join(claim['tags']))}")


def _tombstone_lines(tombstone: JsonObject, shelf: Shelf) -> Iterator[str]:
    day = f" on {tombstone['on']}" if tombstone["on"] else ""
    yield from (f"# Withdrawn: {inline(tombstone['id'])}", "")
    yield f"This claim was withdrawn{day} and may not be shown any more: {inline(tombstone['reason'])}"
    if tombstone["successor"]:
        yield from ("", f"Its place is taken by {claim_link(tombstone['successor'], page_of(tombstone['id']), shelf)}")
    yield from release_lines(shelf)
