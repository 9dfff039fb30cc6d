"""The public identifiers of everything in a release: stable addresses under the base's own stem.

`stem` is the base URL with its slash, as `release.base_url` in the JSON has it. A claim's address is the stem and its
id, so the names that no document may bear (see `kbtool.records.layout`) keep the others apart from claims. Whether
anything is served there is up to the publisher.
"""

from __future__ import annotations


def stem_of(base_url: str) -> str:
    """The stem for a base URL as somebody wrote it, with its slash.

    >>> stem_of("https://example.org/claims")
    'https://example.org/claims/'
    """
    return f"{base_url.rstrip('/')}/"


def claim_uri(stem: str, id_: str) -> str:
    """Of a claim, by id; its tombstone keeps it."""
    return f"{stem}{id_}"


def evidence_uri(stem: str, slug: str) -> str:
    """Of an evidence record, by slug."""
    return f"{stem}evidence/{slug}"


def source_uri(stem: str, document: str) -> str:
    """Of a document under check, by id."""
    return f"{stem}sources/{document}"


def text_uri(stem: str, document: str, digest: str) -> str:
    """Of one stored text of a document, by the SHA-256 of its bytes."""
    return f"{stem}sources/{document}/{digest}.txt"


def decision_uri(stem: str, file: str) -> str:
    """Of a signed decision, by the SHA-256 of its file."""
    return f"{stem}decisions/{file}"


def content_uri(stem: str, digest: str) -> str:
    """Of the exact content that a decision was about, by its SHA-256."""
    return f"{stem}reviewed/{digest}"


def reviewer_uri(stem: str, id_: str) -> str:
    """Of a reviewer, by id."""
    return f"{stem}reviewers/{id_}"


def release_uri(stem: str, id_: str) -> str:
    """Of a release, by id."""
    return f"{stem}releases/{id_}"


def change_uri(stem: str, release: str, id_: str) -> str:
    """Of what a release changed about a claim: the entry of a feed, by release and claim id."""
    return f"{stem}releases/{release}#{id_}"


def feed_uri(stem: str, file: str) -> str:
    """Of a feed, by its file: releases that follow each other keep it."""
    return f"{stem}{file}"


def term_uri(stem: str, vocabulary: str, code: str) -> str:
    """Of a vocabulary term, by the list it stands in (`ratings`, `caveat_kinds`, ...) and its code."""
    return f"{stem}vocabulary/{vocabulary}/{code}"
