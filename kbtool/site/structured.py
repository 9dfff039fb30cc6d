"""JSON-LD as a data block in a page, written so that no text in it can end the block or begin another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup
from pydantic_core import to_json

from kbtool.release.jsontext import in_order

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that JSON may hold as they are and that HTML or scripts take amiss."""


def data_block(value: JsonObject) -> Markup:
    """The value, of which all keys are sorted, as JSON in which `<`, `>` and `&` are escapes: no markup."""
    text = to_json(value).decode()
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    if not text.isprintable():
        text = _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)  # noqa: S704 - the escapes leave nothing that a browser reads as markup


def web_page(release: JsonObject, title: str, reviewed: str | None, people: list[str]) -> JsonObject:
    """What schema.org calls a page of the site: who published it, and when it was last reviewed, where it was.

    `reviewed` is the oldest approval among its claims, None where any of them is not approved; then nothing is said of
    a review. It is a `WebPage` and no `MedicalWebPage`: a base does not say that its subject is medicine.
    """
    page: JsonObject = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "inLanguage": release["language"],
        "isPartOf": {"@type": "WebSite", "name": release["title"], "url": release["base_url"]},
        "publisher": {"@type": "Organization", **release["publisher"]},
        "license": release["licences"]["data"],
    }
    if reviewed is not None:
        page["lastReviewed"] = reviewed
        page["reviewedBy"] = [{"@type": "Person", "identifier": id_} for id_ in people]
    found: JsonObject = in_order(page)
    return found
