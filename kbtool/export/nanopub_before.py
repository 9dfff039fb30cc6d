"""What an earlier release's nanopublications said of which claim, read from its index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kbtool.export.iri import iri
from kbtool.export.trusty import code_in
from kbtool.release.parts import EarlierNanopubs

INDEX_PATH = "nanopub/index.json"


def nanopubs_in(raw: bytes) -> Mapping[str, EarlierNanopubs] | None:
    """By claim id, from the bytes of an index; None where they are no index of ours.

    A claim that is held keeps the addresses that it had, so that they can be retracted or superseded later.
    """
    try:
        return dict(_entries(json.loads(raw)))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None


def _entries(index: dict[str, Any]) -> Iterator[tuple[str, EarlierNanopubs]]:
    for entry in index["held"]:
        yield str(entry["id"]), EarlierNanopubs(_addresses(entry["earlier"]))
    for entry in index["current"]:
        yield str(entry["claim"]), EarlierNanopubs(_addresses([entry["nanopub"]]))
    for entry in index["retractions"]:
        (retraction,) = _addresses([entry["nanopub"]])
        yield str(entry["claim"]), EarlierNanopubs(_addresses(entry["retracts"]), retraction)


def _addresses(values: list[Any]) -> tuple[str, ...]:
    """The trusty URIs of a list; raises ValueError for anything else, since they go into statements as they are."""
    if not all(isinstance(value, str) and code_in(value) and value == iri(value) for value in values):
        raise ValueError("not a trusty URI")
    return tuple(sorted(values))
