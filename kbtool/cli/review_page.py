"""A claim as a reviewer needs it: the claim's own page, what was decided, what changed since, and what to sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kbtool.cli.claim_page import claim_page
from kbtool.cli.page import Page, clean, count, fields, heading, paragraph
from kbtool.cli.reading import Reading
from kbtool.review.changes import Change, Piece, word_difference
from kbtool.review.queue import reasons_of
from kbtool.review.state import changes_since_approval
from kbtool.review.story import Event, decision_event

if TYPE_CHECKING:
    from kbtool.cli.review_desk import Opened
    from kbtool.review.reviewed import ClaimReview, Report

_MARKS = {"dropped": ("\x04", "\x05"), "added": ("\x06", "\x07")}
"""Stand doubled around changed words until a line is finished, so that its width is right; data holds none of them."""
_SHOWN = {"\x04": "[-", "\x05": "-]", "\x06": "{+", "\x07": "+}"}
_COLOURS = {"\x04": "\x1b[31m", "\x06": "\x1b[32m"}
_PLAIN = "\x1b[0m"
_MARK = re.compile(r"([\x04-\x07])\1")

_LONG = 40
"""Words of an unchanged run that are shown whole; of a longer one only the beginning and the end."""
_KEPT = 12


def review_page(page: Page, opened: Opened, claim: str) -> list[str]:
    """The lines that show a claim to its reviewer; the last one is the digest of what was shown."""
    state = opened.desk.state
    review, model = state.claims[claim], opened.base.claims[claim].model
    reading = Reading(opened.base, opened.as_of, state)
    return [
        *claim_page(page, reading, model),
        *_records(page, opened.desk.content(claim).value),
        *_terms(page, opened.desk.content(claim).value),
        *_decisions(page, opened, review),
        *_reports(page, review.reports),
        *_changes(page, review, changes_since_approval(review, state)),
        *_reasons(page, review, opened),
        *heading(page, "Content as shown; give this digest as --seen"),
        opened.desk.content(claim).digest,
    ]


def short_page(opened: Opened, claim: str) -> Iterator[str]:
    """What a person is asked to confirm when they approve several claims: id, statement, digest."""
    page = Page()
    yield from paragraph(page, claim, 0)
    yield from paragraph(page, clean(opened.base.claims[claim].model.statement))
    for reason in reasons_of(opened.desk.state.claims[claim], opened.as_of):
        yield from paragraph(page, clean(reason), 4, first="  -")
    yield f"  {opened.desk.content(claim).digest}"


def event_lines(page: Page, event: Event) -> Iterator[str]:
    """One event: day and what happened, the person's words, what else is known."""
    yield from paragraph(page, f"{event.on.isoformat()}  {clean(event.what)}", 4, first="  -")
    if event.note:
        yield from paragraph(page, f"“{clean(event.note)}”", 6)
    if event.facts:
        yield from paragraph(page, clean("; ".join(event.facts)), 6)


def difference_lines(page: Page, change: Change) -> Iterator[str]:
    """One changed field with its dropped and added words marked, in colour too where there is colour."""
    text = "".join(_marked(piece) for piece in word_difference(clean(change.before), clean(change.after)))
    yield from paragraph(page, clean(change.what), 4, first="  -")
    is_open = ""
    for line in paragraph(Page(page.width), text, 4):
        done, is_open = _coloured(line, is_open) if page.bold else (_MARK.sub(lambda m: _SHOWN[m[1]], line), "")
        yield done


def _marked(piece: Piece) -> str:
    if piece.kind == "same":
        return _shortened(piece.text)
    before, after = _MARKS[piece.kind]
    return f"{before * 2}{piece.text}{after * 2}"


def _shortened(text: str) -> str:
    """An unchanged run, its middle cut out where it is long."""
    words = re.findall(r"\S+\s*", text)
    if len(words) <= _LONG:
        return text
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}{''.join(words[:_KEPT])}… {''.join(words[-_KEPT:])}"


def _coloured(line: str, is_open: str) -> tuple[str, str]:
    """The line with colours around its changed words, and the colour that goes on in the next line."""
    done = is_open
    for part in _MARK.split(line):
        if part in _COLOURS:
            is_open = _COLOURS[part]
            done += is_open + _SHOWN[part]
        elif part in _SHOWN:
            done, is_open = done + _SHOWN[part] + _PLAIN, ""
        else:
            done += part
    return done + (_PLAIN if is_open else ""), is_open


_SHOWN_ABOVE = frozenset({"id", "kind", "citation"})
"""Fields of an evidence record that the claim's own page shows where it cites it."""


def _records(page: Page, content: Mapping[str, Any]) -> Iterator[str]:
    """What an approval covers of the evidence records beyond what stands with the claim."""
    if content["evidence"]:
        yield from heading(page, "What the evidence records say")
    for slug, record in content["evidence"].items():
        yield from paragraph(page, slug, 4, first="  -")
        rows = ((name.replace("_", " "), _flat(value)) for name, value in record.items() if name not in _SHOWN_ABOVE)
        yield from (f"  {line}" for line in fields(Page(page.width - 2), rows))


def _terms(page: Page, content: Mapping[str, Any]) -> Iterator[str]:
    """What an approval covers of the vocabulary: the meaning of each term used."""
    yield from heading(page, "What the terms mean")
    for terms in content["terms"].values():
        for term in terms.values():
            yield from paragraph(page, f"{clean(term['label'])}: {clean(term['definition'])}", 4, first="  -")


def _flat(value: Any) -> str:
    """A value of a content as one clean line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_flat(item)}" for name, item in value.items())
    return ", ".join(_flat(item) for item in value) if isinstance(value, list) else clean(str(value))


def _decisions(page: Page, opened: Opened, review: ClaimReview) -> Iterator[str]:
    yield from heading(page, f"Decisions ({len(review.decisions) or 'none'})")
    for decision in review.decisions:
        yield from event_lines(page, decision_event(decision, review, opened.base))


def _reports(page: Page, reports: Sequence[Report]) -> Iterator[str]:
    waiting = [report for report in reports if not report.answered]
    if waiting:
        yield from heading(page, f"Readers' reports without an answer ({len(waiting)})")
    for report in waiting:
        yield from paragraph(page, f"{report.report.on}  “{clean(report.report.text)}”", 4, first="  -")
        yield from paragraph(page, f"answer it with --answers {report.digest[:16]}", 4)


def _changes(page: Page, review: ClaimReview, found: Sequence[Change]) -> Iterator[str]:
    if found:
        yield from heading(page, f"Changed since it was last approved ({len(found)}): [-dropped-] {{+added+}}")
    elif review.standing.approved_content and review.content is not None:
        same = review.standing.approved_content == review.content.digest
        yield from heading(
            page, "Nothing changed since it was last approved" if same else "What was approved is not kept"
        )
    for change in found:
        yield from difference_lines(page, change)


def _reasons(page: Page, review: ClaimReview, opened: Opened) -> Iterator[str]:
    reasons = reasons_of(review, opened.as_of)
    if reasons:
        yield from heading(page, f"Why it needs a look as of {opened.as_of}")
    for reason in reasons:
        yield from paragraph(page, clean(reason), 4, first="  -")
    need = review.need
    roles = "".join(f", a {role} among them" for role in need.roles)
    lasts = f"; it lasts {count(need.months, 'month')}" if need.months is not None else ""
    yield from heading(
        page,
        f"Approval takes {need.people} {'person' if need.people == 1 else 'people'}{roles}: {need.risk} risk{lasts}",
    )
