"""A difference between two bases as text, JSON and Markdown: dropped caveats and lost approvals always come first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from kbtool.cli.page import clean
from kbtool.release.compare import Difference
from kbtool.review.changes import Change, Piece, word_difference

_LONG, _KEPT = 30, 8
"""Words of an unchanged run that are shown whole; of a longer one so many at each end."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!@])")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that changed: a head, and what there is to say of it, line by line."""

    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one sort that changed; loud ones must be seen by whoever reads nothing else."""

    title: str
    items: tuple[Item, ...]
    loud: bool = False


def sections_of(found: Difference) -> tuple[Section, ...]:
    """Everything that differs, by sort, what takes something from readers first; empty sorts are left out."""
    lost = (Item(c.claim, (f"approved -> {c.after}: {c.reason}",)) for c in found.approvals_lost)
    other = (c for c in found.standings if not c.is_loss)
    every = (
        Section(
            "Caveats dropped", tuple(Item(c.claim, (f"{c.kind}: {c.text}",)) for c in found.caveats_dropped), loud=True
        ),
        Section("Approvals lost", tuple(lost), loud=True),
        Section("Gone without a withdrawal", tuple(Item(id_) for id_ in found.vanished), loud=True),
        Section("Withdrawn", tuple(Item(id_, (reason,)) for id_, reason in found.withdrawn)),
        Section("Added", tuple(Item(id_) for id_ in found.added)),
        Section("Renamed", tuple(Item(old, (f"now {new}",)) for old, new in found.renamed)),
        Section("Caveats added", tuple(Item(c.claim, (f"{c.kind}: {c.text}",)) for c in found.caveats_added)),
        Section("Records changed", tuple(Item(c.claim, tuple(_parts(c.parts))) for c in found.changed)),
        Section("Standings changed", tuple(Item(c.claim, (f"{c.before} -> {c.after}: {c.reason}",)) for c in other)),
        Section(
            "Evidence changed", tuple(Item(e.evidence, tuple(_touching(e.changes, e.claims))) for e in found.evidence)
        ),
        Section("Terms redefined", tuple(Item(t.term, tuple(_touching(t.changes, t.claims))) for t in found.terms)),
        Section("Policy changed", tuple(Item(difference_words(change)) for change in found.policy)),
    )
    return tuple(section for section in every if section.items)


def _parts(parts: Iterable[tuple[str, tuple[Change, ...]]]) -> Iterator[str]:
    for kind, changes in parts:
        yield from (f"{kind}: {difference_words(change)}" for change in changes)


def _touching(changes: Iterable[Change], claims: tuple[str, ...]) -> Iterator[str]:
    yield from (difference_words(change) for change in changes)
    yield f"touches {', '.join(claims)}"


def difference_words(change: Change) -> str:
    """One changed field on one line, dropped words as [-…-] and added ones as {+…+}."""
    return f"{change.what}: {''.join(_marked(piece) for piece in word_difference(change.before, change.after))}"


def _marked(piece: Piece) -> str:
    if piece.kind == "same":
        words = piece.text.split(" ")
        return piece.text if len(words) <= _LONG else " ".join((*words[:_KEPT], "…", *words[-_KEPT:]))
    return f"[-{piece.text}-]" if piece.kind == "dropped" else f"{{+{piece.text}+}}"


def as_text(found: Difference, head: str) -> str:
    """The difference for a terminal."""
    lines = [clean(head)]
    for section in sections_of(found):
        lines += ["", f"{'! ' if section.loud else ''}{section.title} ({len(section.items)})"]
        for item in section.items:
            lines.append(f"  {clean(item.head)}")
            lines += [f"    {clean(line)}" for line in item.lines]
    return "\n".join((*lines, "", summary_of(found))) + "\n"


def summary_of(found: Difference) -> str:
    """How much changed, in one line."""
    counts = [f"{section.title.lower()}: {len(section.items)}" for section in sections_of(found)]
    return "; ".join(counts) or "nothing changed"


def as_markdown(found: Difference, head: str) -> str:
    """The difference for a pull request: a summary table, then a list for each sort, the loud ones first."""
    lines = [f"### {_escaped(head)}", ""]
    sections = sections_of(found)
    if not sections:
        return "\n".join((*lines, "Nothing changed.")) + "\n"
    lines += ["| What | Number |", "|---|---:|"]
    lines += [f"| {'**' if s.loud else ''}{s.title}{'**' if s.loud else ''} | {len(s.items)} |" for s in sections]
    for section in sections:
        lines += ["", f"#### {'⚠ ' if section.loud else ''}{section.title}", ""]
        for item in section.items:
            lines.append(f"* {_escaped(item.head)}")
            lines += [f"  * {_escaped(line)}" for line in item.lines]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Text from data as one line in which Markdown and HTML find nothing to obey, mentions and links included."""
    safe = _MARKDOWN.sub(r"\\\1", clean(text)).replace("\\@", "@\u2060")
    return safe.replace("://", ":\u2060//")


def as_json(found: Difference, before: str, after: str, as_of: str) -> str:
    """The difference for programs; keys are in a fixed order."""
    value = {"before": before, "after": after, "as_of": as_of, "differs": bool(found), **asdict(found)}
    value["approvals_lost"] = [asdict(change) for change in found.approvals_lost]
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
