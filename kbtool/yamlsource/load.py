"""The fast road: events to data, giving up at the first sign of trouble. It says yes; `explain` says why not.

Comments are no events: whether one cuts a plain scalar short is looked at by `explain` alone.
"""

from __future__ import annotations

from typing import Any

from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kbtool.yamlsource.problems import MAX_DEPTH, MERGE_KEY, NULLS, UNWELCOME, Data
from kbtool.yamlsource.reader import READ_ERRORS, EventReader, Open

_NO_VALUE = NULLS | {""}


def load(raw: bytes, begin: Open) -> dict[str, Data] | None:
    """The data of a file within the strict subset, comments apart; None for every other. Never raises."""
    try:
        reader = begin(raw)
        reader.get_event()
        start: Any = reader.get_event()
        if type(start) is not DocumentStartEvent or start.version or start.tags:
            return None
        data = _mapping(reader)
        ended = data is not None and type(reader.get_event()) is DocumentEndEvent
        return data if ended and type(reader.get_event()) is StreamEndEvent else None
    except READ_ERRORS:
        return None


def _mapping(reader: EventReader) -> dict[str, Data] | None:  # noqa: C901, PLR0911, PLR0912 - one hot loop, no calls
    """The mapping that the next events make up."""
    get: Any = reader.get_event
    first = get()
    if type(first) is not MappingStartEvent or first.anchor or first.tag:
        return None
    top: dict[str, Data] = {}
    here: Any = top
    key: str | None = None
    in_map, in_flow = True, first.flow_style
    outer: list[tuple[Any, bool, bool | None]] = []
    while True:
        event = get()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            style = event.style
            if event.anchor or event.tag:
                return None
            if not style:
                if value in _NO_VALUE or (in_flow and " " in value):
                    return None
            elif style == '"':
                if not value.isprintable() and UNWELCOME.search(value):
                    return None
            elif style != "'" and not value.strip("\n "):
                return None
            if not in_map:
                here.append(value)
            elif key is None:
                if value in here or not value or (value == MERGE_KEY and not style):
                    return None
                key = value
            else:
                here[key] = value
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag or len(outer) == MAX_DEPTH - 1:
                return None
            inner: Any = {} if kind is MappingStartEvent else []
            if not in_map:
                here.append(inner)
            elif key is None:
                return None
            else:
                here[key] = inner
                key = None
            outer.append((here, in_map, in_flow))
            here, in_map, in_flow = inner, kind is MappingStartEvent, event.flow_style
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if not outer:
                return top
            here, in_map, in_flow = outer.pop()
        else:
            return None
