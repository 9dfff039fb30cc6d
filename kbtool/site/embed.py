"""What other sites paste into their pages to show a claim: dated HTML, alone or with the script that looks it up."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha384
from typing import TYPE_CHECKING

from kbtool.site import paths
from kbtool.site.templates import asset, fragment

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame

CARD = "claim-card.js"
"""The script that shows a claim on another site."""


@cache
def card_integrity() -> str:
    """The digest of the script as the `integrity` attribute takes it (W3C Subresource Integrity)."""
    return f"sha384-{b64encode(sha384(asset(CARD)).digest()).decode()}"


def snippets(claim: JsonObject, frame: Frame) -> tuple[str, str]:
    """HTML that shows the claim as it stood on the day of the release; and the same with the script around it."""
    release = frame.contents.release
    plain = fragment("snippet.html", claim=claim, release=release, dl=frame.common["dl"])
    card = fragment(
        "card.html",
        plain=plain,
        id=claim["id"],
        script=f"{release['base_url']}{CARD}",
        file=f"{release['base_url']}{paths.claim_file(claim['id'])}",
        integrity=card_integrity(),
    )
    return str(plain), str(card)
