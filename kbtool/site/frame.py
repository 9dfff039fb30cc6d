"""What stands on every page of one site: head, navigation, footer, and the chips that show a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from kbtool.release.artifact import Artifact
from kbtool.site import paths
from kbtool.site.marks import mark_of
from kbtool.site.structured import data_block
from kbtool.site.templates import fragment, template
from kbtool.site.text import TOP, html_bytes, long_day, web_address

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.contents import Contents

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""The content security policy of every page: nothing from elsewhere, nothing inline, no form that goes anywhere."""

FEEDS = (
    {"path": "feed.atom", "media_type": "application/atom+xml", "title": "Changes (Atom)", "name": "Atom feed"},
    {"path": "feed.json", "media_type": "application/feed+json", "title": "Changes (JSON Feed)", "name": "JSON feed"},
)
"""The feeds that lie beside the pages."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything about a site that does not change from page to page."""

    contents: Contents
    navs: Mapping[tuple[str, bool], Markup]
    """The navigation, by the section that a page belongs to and whether it is that section's own page."""
    chips: Mapping[str, Markup]
    """Each verdict of the vocabulary as symbol and label, linked to its page."""
    common: Mapping[str, Any]
    """What templates may use on every page."""

    def page(self, path: str, name: str, title: str, here: str = "", **data: Any) -> Artifact:
        """A page made with a template; `here` is the section of the navigation it belongs to."""
        own = self.common["paths"].get(here) == path
        values = {
            **self.common,
            "title": _title(title, str(self.contents.release["title"])),
            "nav": self.navs[here, own],
            "canonical": f"{self.contents.release['base_url']}{paths.address_of(path)}",
            **data,
        }
        if structured := data.get("structured"):
            values["structured"] = data_block(structured)
        root = self._root(path)
        return Artifact(path, html_bytes(template(name).render(values), root))

    def chip(self, rating: str) -> Markup:
        """The chip of a rating, also of one that the vocabulary lacks."""
        return self.chips.get(rating) or _chip(self.contents.term("ratings", rating))

    def _root(self, path: str) -> str:
        """The way to the site's folder: from the page, or from the host for the page shown at wrong addresses."""
        if path == paths.NOT_FOUND:
            return urlsplit(str(self.contents.release["base_url"])).path
        return paths.root_of(path)


def frame_of(contents: Contents, *, has_feeds: bool = False) -> Frame:
    """The frame of the site of a release."""
    release = contents.release
    approved = sum(claim["review"]["standing"] == "approved" for claim in contents.claims.values())
    sections = _sections(contents)
    common: JsonObject = {
        "policy": POLICY,
        "release": release,
        "dl": lang(release["language"]),
        "notice": notice_words(approved, len(contents.claims)),
        "approved": approved,
        "total": len(contents.claims),
        "feeds": FEEDS if has_feeds else (),
        "publisher_url": web_address(release["publisher"].get("url")),
        "as_of": long_day(release["as_of"]),
        "valid_until": long_day(release["valid_until"]),
        "sections": sections,
        "paths": dict(sections),
    }
    head, foot = fragment("head.html", **common), fragment("foot.html", **common)
    names = ["", *(name for name, _ in sections)]
    return Frame(
        contents=contents,
        navs={(n, own): fragment("nav.html", here=n, exact=own, **common) for n in names for own in (True, False)},
        chips={code: _chip(contents.term("ratings", code)) for code in contents.vocabulary["ratings"]},
        common={**common, "head": head, "foot": foot},
    )


def lang(language: str) -> Markup:
    """The attribute that says in which language a text is; nothing for English, which the pages themselves are in.

    >>> str(lang("de")), str(lang("en"))
    (' lang="de"', '')
    """
    return Markup("") if language == "en" else Markup(' lang="{}"').format(language)


def notice_words(approved: int, total: int) -> str:
    """What a page with several claims says of their review, where any claim of the release is not approved."""
    if not approved:
        return "Not reviewed by a qualified person: nobody has approved any claim of this release."
    left = f"{total - approved} of the {total} claims of this release"
    return f"{left} are not reviewed by a qualified person; each says so itself."


def _sections(contents: Contents) -> list[tuple[str, str]]:
    documents = list(contents.order)
    text = [("Text", paths.document_page(documents[0]))] if len(documents) == 1 else []
    return [
        ("Home", paths.HOME),
        *text,
        ("Claims", paths.CLAIMS),
        ("Browse", paths.BROWSE),
        ("Evidence", paths.EVIDENCE),
        ("Glossary", paths.GLOSSARY),
        ("For auditors", paths.AUDIT),
    ]


def _title(own: str, site: str) -> str:
    short = own if len(own) <= 90 else f"{own[:88].rsplit(' ', 1)[0]} …"
    return short if own == site else f"{short} | {site}"


def _chip(term: JsonObject) -> Markup:
    mark = mark_of(term["code"])
    inner = Markup("{}<span>{}</span>").format(mark.symbol, term["label"])
    if term["path"] is None:
        return Markup('<span class="chip {}">{}</span>').format(mark.css, inner)
    return Markup('<a class="chip {}" href="{}{}">{}</a>').format(mark.css, TOP, term["path"], inner)
