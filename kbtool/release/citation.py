"""A citation on one line, from what was seen and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.model.evidence import Name, Reference


def citation_line(reference: Reference) -> str:
    """Authors, date, title, container, volume, pages and publisher as far as they were seen, for readers.

    >>> from kbtool.model.evidence import Reference
    >>> citation_line(Reference(type="webpage", title="A page", issued="2020"))
    '(2020). A page'
    """
    pieces = (
        ", ".join(filter(None, map(_name, reference.author))),
        f"({reference.issued})" if reference.issued else None,
        reference.title or "[no title seen]",
        reference.genre,
        _container(reference),
        reference.publisher,
    )
    return ". ".join(piece.strip().removesuffix(".") for piece in pieces if piece)


def _name(name: Name) -> str:
    return name.literal or " ".join(part for part in (name.family, name.given) if part)


def _container(reference: Reference) -> str:
    volume = (reference.volume or "") + (f"({reference.issue})" if reference.issue else "")
    return ", ".join(part for part in (reference.container_title, volume, reference.page) if part)
