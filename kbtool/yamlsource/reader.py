"""PyYAML's event readers: the C parser where it was built, else the pure Python one. Both yield the same events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, cast

import yaml
from yaml.events import Event, StreamEndEvent

READ_ERRORS = (yaml.YAMLError, ValueError, RecursionError, MemoryError)
"""What a reader raises on bytes that it cannot read; ValueError covers escapes beyond Unicode in the Python reader."""


class EventReader(Protocol):
    """A reader of the events of one stream."""

    def get_event(self) -> Event:
        """The next event."""
        ...


Open = Callable[[bytes], EventReader]
"""Begins to read bytes; may raise one of `READ_ERRORS`, as may every later event."""


def _python_reader(raw: bytes) -> EventReader:
    return cast("EventReader", yaml.BaseLoader(raw))


def _readers() -> tuple[Open, ...]:
    try:
        from yaml import cyaml  # noqa: PLC0415 - absent where PyYAML was built without libyaml
    except ImportError:
        return (_python_reader,)
    return (cast("Open", vars(cyaml)["CParser"]), _python_reader)


READERS: tuple[Open, ...] = _readers()
"""The readers at hand, the fastest first."""


def events(raw: bytes, begin: Open) -> Iterator[Event]:
    """The events of a stream, its end included; raises one of `READ_ERRORS`."""
    reader = begin(raw)
    while True:
        event = reader.get_event()
        yield event
        if isinstance(event, StreamEndEvent):
            return


def start(event: Event) -> int:
    """The code-point offset where what the event stands for begins."""
    return event.start_mark.index if event.start_mark else 0


def end(event: Event) -> int:
    """The code-point offset just behind what the event stands for; of a block scalar, its blank lines included."""
    return event.end_mark.index if event.end_mark else 0


def reason(error: BaseException) -> tuple[str, int]:
    """What a reader says is wrong and the code-point offset where; an empty reason where it says nothing of use."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return error.problem or "", mark.index if mark else 0
    return "", 0
