"""Where each page lies below the site's folder, so that stable addresses resolve when it is served at the base URL.

Names of the site's own pages have a dot in them, which no document's name has; folders of other things bear the names
that no document may take, or lie two levels below `vocabulary`, where no claim's page lies.
"""

from __future__ import annotations

HOME = "index.html"
CLAIMS = "claims.html"
BROWSE = "browse.html"
EVIDENCE = "evidence.html"
GLOSSARY = "glossary.html"
AUDIT = "audit.html"
NOT_SHOWN = "not-shown.html"
NOT_FOUND = "404.html"


def claim_page(id_: str) -> str:
    """Of a claim, also of one held back or withdrawn."""
    return f"{id_}/index.html"


def claim_file(id_: str) -> str:
    """Of the claim's JSON beside its page."""
    return f"{id_}/claim.json"


def document_page(document: str) -> str:
    """Of a document with its claims marked."""
    return f"{document}/index.html"


def source_page(document: str) -> str:
    """Of what is known of a document: rights, where found, coverage."""
    return f"sources/{document}/index.html"


def evidence_page(slug: str) -> str:
    """Of an evidence record."""
    return f"evidence/{slug}/index.html"


def decision_page(file: str) -> str:
    """Of a signed decision, by the digest of its file."""
    return f"decisions/{file}/index.html"


def reviewer_page(id_: str) -> str:
    """Of a reviewer."""
    return f"reviewers/{id_}/index.html"


def release_page(id_: str) -> str:
    """Of the release that the site shows."""
    return f"releases/{id_}/index.html"


def term_page(vocabulary: str, code: str) -> str:
    """Of a vocabulary term."""
    return f"vocabulary/{vocabulary}/{code}/index.html"


def numbered(path: str, page: int) -> str:
    """Of a further part of a list that is too long for one page.

    >>> numbered("claims.html", 1), numbered("claims.html", 2), numbered("a/b/index.html", 3)
    ('claims.html', 'claims.page-2.html', 'a/b/index.page-3.html')
    """
    return path if page == 1 else f"{path.removesuffix('.html')}.page-{page}.html"


def root_of(path: str) -> str:
    """The way from a page up to the site's folder.

    >>> root_of("index.html"), root_of("a/b/index.html")
    ('', '../../')
    """
    return "../" * path.count("/")


def address_of(path: str) -> str:
    """The path as a stable address has it: without `index.html` and without the slash before it."""
    return path.removesuffix("index.html").removesuffix("/")
