"""The yardstick: read every record of a base with PyYAML's C loader and validate it with small pydantic models.

    python bench/reference.py BASE

No places, no strictness, no rules, no cross-references: what any such program has to pay for reading the same files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel


class Selector(BaseModel):
    """Words and their place."""

    exact: str
    start: int
    end: int


class Passage(BaseModel):
    """Where a claim stands."""

    document: str
    quotes: list[Selector]


class Caveat(BaseModel):
    """A limit."""

    kind: str
    text: str
    basis: dict[str, Any]


class Link(BaseModel):
    """What one piece of evidence says."""

    ref: str
    stance: Literal["supports", "partly-supports", "contradicts", "context"]
    directness: str
    finding: str
    locator: str


class Verdict(BaseModel):
    """What checking found."""

    rating: str
    rationale: str


class Relation(BaseModel):
    """A link to another claim."""

    kind: str
    claim: str


class Claim(BaseModel, extra="allow"):
    """A claim; its typed fields pass unchecked."""

    id: str
    type: str
    statement: str
    polarity: Literal["asserted", "denied"]
    hedges: list[str]
    source: Passage
    caveats: list[Caveat]
    evidence: list[Link]
    verdict: Verdict
    relations: list[Relation]


class Evidence(BaseModel, extra="allow"):
    """An evidence record."""

    id: str
    kind: str
    citation: dict[str, Any]
    result: str


class Source(BaseModel, extra="allow"):
    """A source record."""

    document: str
    title: str
    sentences: list[tuple[int, int]]
    skipped: list[Selector]
    connectives: list[Selector]


MODELS: dict[str, type[BaseModel]] = {"evidence": Evidence, "sources": Source}


def main() -> None:
    """Read and validate; print how many records there were."""
    base = Path(sys.argv[1])
    count = 0
    for path in sorted(base.glob("*/*.yaml")):
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        MODELS.get(path.parent.name, Claim).model_validate(data)
        count += 1
    print(count)


if __name__ == "__main__":
    main()
