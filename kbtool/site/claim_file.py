"""`claim.json` beside each claim's page: the claim with what is needed to show it elsewhere, or why it is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.release.artifact import Artifact
from kbtool.release.jsontext import one_line
from kbtool.site import paths

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

FORMAT = "kbtool/claim/1"
"""Name and version of the file's contract."""


def claim_files(document: JsonObject) -> Iterator[Artifact]:
    """The file of every claim of a release: those that are shown, those held back and those withdrawn."""
    for part, state in (("claims", "released"), ("held", "held"), ("withdrawn", "withdrawn")):
        for view in document[part]:
            yield claim_file(document["release"], state, view)


def claim_file(release: JsonObject, state: str, view: JsonObject) -> Artifact:
    """The file of one claim.

    `state` is `released`, `held` or `withdrawn`; the member of that name holds what the release says of it, the two
    others are null. `release` says as of when, until when, and under which terms.
    """
    content: JsonObject = {
        "format": FORMAT,
        "id": view["id"],
        "uri": f"{release['base_url']}{view['id']}",
        "state": state,
        "as_of": release["as_of"],
        "valid_until": release["valid_until"],
        "release": {name: release[name] for name in _TOLD},
        **dict.fromkeys(("released", "held", "withdrawn")),
        state: view,
    }
    return Artifact(paths.claim_file(view["id"]), one_line(content))


_TOLD = ("id", "digest", "gate", "title", "language", "publisher", "licences", "intended_use", "notice")
