"""A JSON object whose last member is a long list, one item a line: readers take it whole, and it is made in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def with_items(head: bytes, name: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    r"""The members of an object on one line, of which there is at least one, then the list `name` of the lines.

    >>> b"".join(with_items(b'{"a":1}\n', "rows", [b'{"b":2}\n', b'{"b":3}\n']))
    b'{"a":1,"rows":[\n{"b":2},\n{"b":3}\n]}\n'
    """
    yield head.removesuffix(b"}\n") + f',"{name}":['.encode()
    before = b"\n"
    for line in lines:
        yield before + line.removesuffix(b"\n")
        before = b",\n"
    yield b"\n]}\n"
