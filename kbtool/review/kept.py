"""Kept contents: the exact words that were decided about, each under the digest of its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kbtool.records.layout import BaseFile
from kbtool.review.content import CONTENT_TYPE, Content, digest_of
from kbtool.review.problem import ReviewProblem
from kbtool.review.statements import read_json

_FOLDER, _ENDING = "reviewed/", ".json"


def kept_contents(
    files: Mapping[str, BaseFile], present: Iterable[Content] = ()
) -> tuple[dict[str, Content], list[ReviewProblem]]:
    """Kept contents by digest; a file whose bytes are not the ones that its name promises is a problem.

    A file with the bytes of one of the contents that are `present` in the base says what that one says, so it is
    digested and not read.
    """
    known = {content.digest: content for content in present}
    kept: dict[str, Content] = {}
    problems = []
    for name in sorted(name for name in files if name.startswith(_FOLDER) and name.endswith(_ENDING)):
        file, digest = files[name], name[len(_FOLDER) : -len(_ENDING)]
        holds = digest_of(file.raw) == digest
        content = (known.get(digest) or read_content(file.raw)) if holds else None
        if content is None:
            message = "the bytes of this kept content are not the ones that its name promises"
            problems.append(
                ReviewProblem("kept-content-altered", name, message, "restore the file from the repository's history")
            )
        else:
            kept[digest] = content
    return kept, problems


def read_content(raw: bytes) -> Content | None:
    """The content that these bytes hold; None where they are no content."""
    value = read_json(raw)
    if not isinstance(value, dict) or value.get("_type") != CONTENT_TYPE:
        return None
    return Content(digest_of(raw), *_claim_and_drafter(value), lambda: raw)


def _claim_and_drafter(value: Any) -> tuple[str | None, str | None]:
    """Id of the claim and who drafted it, where a content that may have any shape says both."""
    try:
        claim, drafter = value["claim"]["id"], str(value["claim"]["drafted"]["by"])
    except (TypeError, KeyError):
        return None, None
    return (claim, drafter) if isinstance(claim, str) else (None, None)


def drafter_of(kept: Content | None, claim: str) -> str | None:
    """Who drafted a kept content of this claim; None where it is not kept or not this claim's."""
    return kept.drafter if kept is not None and kept.claim == claim else None
