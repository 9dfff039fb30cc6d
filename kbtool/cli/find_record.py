"""Which record a person means by an id: a claim's whole id or its last part, an evidence slug, a document's id."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from kbtool.cli.base import Unusable

if TYPE_CHECKING:
    from kbtool.records.base import KnowledgeBase

Kind = Literal["claim", "evidence", "source"]
Found = tuple[Kind, str]
"""What a record is and its id."""

_MOST_SHOWN = 5


def find_record(base: KnowledgeBase, name: str) -> Found:
    """The one record that `name` stands for.

    `evidence/<slug>` and `sources/<document>` name those kinds where a bare slug would not be clear. Raises Unusable
    where nothing has that name, with the nearest ones, or where several have.
    """
    found = _meant(base, name.removesuffix(".yaml"))
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(_spelled(each) for each in found[:_MOST_SHOWN])
        raise Unusable(f"{name!r} stands for {len(found)} records", f"name one of them in full: {shown}")
    near = _near(name, sorted(_names(base)))
    hint = f"did you mean {' or '.join(repr(each) for each in near)}?" if near else "'kbtool list' lists the claims"
    raise Unusable(f"there is no claim, evidence or source {name!r}", hint)


def _near(name: str, names: list[str]) -> list[str]:
    """The names that hold what was typed, else the ones most like it; at most three."""
    holding = [each for each in names if name in each and "/" not in each] if name else []
    return (holding or get_close_matches(name, names, n=3))[:3]


def _meant(base: KnowledgeBase, name: str) -> list[Found]:
    folder, slash, slug = name.partition("/")
    if name in base.claims:
        return [("claim", name)]
    if slash and folder == "evidence":
        return [("evidence", slug)] if slug in base.evidence else []
    if slash and folder == "sources":
        return [("source", slug)] if slug in base.sources else []
    found: list[Found] = [("claim", id_) for id_ in base.claims if id_.partition("/")[2] == name]
    found += [("evidence", name)] if name in base.evidence else []
    return found + ([("source", name)] if name in base.sources else [])


def _spelled(found: Found) -> str:
    prefix = {"claim": "", "evidence": "evidence/", "source": "sources/"}[found[0]]
    return f"'{prefix}{found[1]}'"


def _names(base: KnowledgeBase) -> set[str]:
    slugs = {id_.partition("/")[2] for id_ in base.claims}
    return {*base.claims, *slugs, *base.evidence, *base.sources}
