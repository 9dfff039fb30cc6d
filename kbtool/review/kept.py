"""Kept contents: the exact words that were decided about, each under the digest of its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kbtool.records.layout import BaseFile
from kbtool.review.content import CONTENT_TYPE, digest_of
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import read_json


def kept_contents(files: Mapping[str, BaseFile]) -> tuple[dict[str, Any], list[ReviewProblem]]:
    """Kept contents by digest; a file whose bytes are not the ones that its name promises is a problem."""
    kept: dict[str, Any] = {}
    problems = []
    for name, file in sorted(files.items()):
        if not (name.startswith("reviewed/") and name.endswith(".json")):
            continue
        digest, value = name[len("reviewed/") : -len(".json")], read_json(file.raw)
        if digest_of(file.raw) != digest or not isinstance(value, dict) or value.get("_type") != CONTENT_TYPE:
            message = "the bytes of this kept content are not the ones that its name promises"
            problems.append(
                ReviewProblem("kept-content-altered", name, message, "restore the file from the repository's history")
            )
        else:
            kept[digest] = value
    return kept, problems


def drafter_of(kept: Any, claim: str) -> str | None:
    """Who drafted a kept content of this claim; None where it is not kept or not this claim's."""
    try:
        return str(kept["claim"]["drafted"]["by"]) if kept["claim"]["id"] == claim else None
    except (TypeError, KeyError):
        return None
