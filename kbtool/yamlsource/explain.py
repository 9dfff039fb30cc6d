"""The slow road: every event with its marks, to say what is wrong with a file and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from kbtool.yamlsource.comments import Comment, comments
from kbtool.yamlsource.problems import MAX_DEPTH, MERGE_KEY, NULLS, UNWELCOME, Problem, line_and_column, problem, quoted
from kbtool.yamlsource.reader import READ_ERRORS, Open, end, events, reason, start
from kbtool.yamlsource.syntax import in_our_words

_HASH_BEHIND_TEXT = re.compile(rb"[^ \n#] *#")
_QUESTION_BEFORE_TEXT = re.compile(rb"[{\[,\n] *\?[^ \n]")


def may_mislead(raw: bytes) -> bool:
    """Whether the bytes hold what no event tells of, so that `explain` has to look: most often it finds nothing.

    That is a '#' behind other text, a line that begins with '%' and a '?' right before text.
    """
    has_comment = b"#" in raw and _HASH_BEHIND_TEXT.search(raw)
    has_question = b"?" in raw and _QUESTION_BEFORE_TEXT.search(raw)
    return bool(has_comment or has_question or b"\n%" in raw or raw[:1] == b"%")


def explain(text: str, begin: Open) -> tuple[Problem, ...]:
    """What keeps a file that passed the gate out of the strict subset, in order of place. Never raises."""
    notes = _Notes(text)
    try:
        for event in events(text.encode(), begin):
            _take(notes, event)
            if notes.stopped:
                break
        else:
            _end(notes)
    except READ_ERRORS as error:
        _refuse(notes, error)
    return tuple(sorted(notes.problems, key=lambda each: (each.line, each.column, each.rule)))


@dataclass(slots=True)
class _Level:
    """A mapping or list that is being read."""

    first_lines: dict[str, int] | None
    """Line of the first use of each key; None in a list."""
    in_flow: bool
    key_is_next: bool


@dataclass(slots=True)
class _Notes:
    """What was seen of a file so far."""

    text: str
    problems: list[Problem] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    scalars: list[tuple[int, int]] = field(default_factory=list)
    plain_ends: dict[int, str] = field(default_factory=dict)
    documents: int = 0
    stopped: bool = False

    def add(self, rule: str, message: str, offset: int) -> None:
        """Note a problem at an offset."""
        self.problems.append(problem(rule, message, self.text, offset))

    def stop(self, rule: str, message: str, offset: int) -> None:
        """Note a problem behind which nothing can be read safely."""
        self.add(rule, message, offset)
        self.stopped = True


def _take(notes: _Notes, event: Event) -> None:
    if isinstance(event, DocumentStartEvent):
        _start_document(notes, event)
    elif isinstance(event, CollectionEndEvent):
        notes.levels.pop()
    elif isinstance(event, NodeEvent):
        _node(notes, event)


def _start_document(notes: _Notes, event: DocumentStartEvent) -> None:
    offset = start(event)
    notes.documents += 1
    if notes.documents > 1:
        notes.stop("yaml-several-documents", "a second document begins here", offset)
    elif event.version or event.tags or notes.text.startswith("%", offset):
        notes.add("yaml-directive", "a '%' directive stands before the record", offset)


def _node(notes: _Notes, event: NodeEvent) -> None:
    if not notes.levels:
        _top(notes, event)
    _properties(notes, event)
    level = notes.levels[-1] if notes.levels else None
    is_key = level is not None and level.key_is_next
    if level and level.first_lines is not None:
        level.key_is_next = not level.key_is_next
    if isinstance(event, ScalarEvent):
        _scalar(notes, event, level, is_key=is_key)
    elif isinstance(event, CollectionStartEvent):
        _open_collection(notes, event, is_key=is_key)


def _top(notes: _Notes, event: NodeEvent) -> None:
    if isinstance(event, MappingStartEvent):
        return
    if isinstance(event, ScalarEvent) and not event.value and not event.style:
        notes.stop("yaml-empty-document", "the file holds no record", 0)
        return
    kind = "text" if isinstance(event, ScalarEvent) else "a list"
    notes.add("yaml-not-mapping", f"the file holds {kind} where a mapping is due", start(event))


def _properties(notes: _Notes, event: NodeEvent) -> None:
    offset = start(event)
    if isinstance(event, AliasEvent):
        notes.add("yaml-anchor", f"the alias {quoted(f'*{event.anchor}')} stands for a value from elsewhere", offset)
    elif event.anchor:
        notes.add("yaml-anchor", f"the anchor {quoted(f'&{event.anchor}')} gives a value a name", offset)
    if tag := getattr(event, "tag", None):
        notes.add("yaml-tag", f"the tag {quoted(tag)} gives a value a type", offset)


def _open_collection(notes: _Notes, event: CollectionStartEvent, *, is_key: bool) -> None:
    offset = start(event)
    if is_key:
        notes.stop("yaml-key-not-text", "a mapping or list stands where a key is due", offset)
    elif len(notes.levels) == MAX_DEPTH:
        notes.stop("yaml-too-deep", f"mappings and lists stand more than {MAX_DEPTH} deep inside each other", offset)
    is_map = isinstance(event, MappingStartEvent)
    notes.levels.append(_Level({} if is_map else None, bool(event.flow_style), is_map))


def _scalar(notes: _Notes, event: ScalarEvent, level: _Level | None, *, is_key: bool) -> None:
    begin, behind = start(event), end(event)
    notes.scalars.append((begin, behind))
    if level is None:
        return
    if not event.style:
        notes.plain_ends[behind] = event.value
        _plain(notes, event, level, is_key=is_key)
    elif event.style in "|>" and not event.value.strip("\n "):
        notes.add("yaml-empty-block", f"the block behind '{event.style}' holds no text", begin)
    elif found := UNWELCOME.search(event.value):
        notes.add("yaml-control-character", f"the escape stands for the control character U+{ord(found[0]):04X}", begin)
    if level.in_flow and notes.text[begin - 1] == "?":
        notes.add("yaml-syntax", "a '?' stands right before text, without a blank", begin - 1)
    if is_key and level.first_lines is not None:
        _key(notes, event, level.first_lines)


def _plain(notes: _Notes, event: ScalarEvent, level: _Level, *, is_key: bool) -> None:
    value, offset = event.value, start(event)
    if not value and not is_key:
        notes.add("yaml-empty-value", "a value is missing here", _after_indicator(notes.text, offset))
    elif value in NULLS:
        notes.add("yaml-null", f"the plain {quoted(value)} means no value to other readers", offset)
    elif is_key and value == MERGE_KEY:
        notes.add("yaml-merge-key", "the key '<<' merges another mapping into this one", offset)
    elif level.in_flow and " " in value:
        message = f"the unquoted text {quoted(value)} stands in brackets or braces, where a comma or brace ends it"
        notes.add("yaml-prose-in-flow", message, offset)


def _after_indicator(text: str, offset: int) -> int:
    """The place of an empty value: just behind the last sign before it, on that sign's line."""
    return len(text[:offset].rstrip(" \n"))


def _key(notes: _Notes, event: ScalarEvent, first_lines: dict[str, int]) -> None:
    key, offset = event.value, start(event)
    if not key:
        notes.add("yaml-key-not-text", "the key is empty", offset)
    elif key in first_lines:
        message = f"the key {quoted(key)} stands a second time; it first stands on line {first_lines[key]}"
        notes.add("yaml-duplicate-key", message, offset)
    else:
        first_lines[key] = line_and_column(notes.text, offset)[0]


def _end(notes: _Notes) -> None:
    if not notes.documents:
        notes.add("yaml-empty-document", "the file holds no record", 0)
    for comment in comments(notes.text, notes.scalars):
        if comment.behind is not None:
            _comment(notes, comment, comment.behind)


def _comment(notes: _Notes, comment: Comment, behind: int) -> None:
    if behind == comment.start:
        notes.add("yaml-syntax", "a comment sign stands right behind other text, without a blank", comment.start)
    elif behind in notes.plain_ends:
        value = quoted(notes.plain_ends[behind])
        notes.add("yaml-comment-after-value", f"the comment cuts the unquoted text short at {value}", comment.start)


def _refuse(notes: _Notes, error: BaseException) -> None:
    why, offset = reason(error)
    line = notes.text[notes.text.rfind("\n", 0, offset) + 1 :]
    if line.startswith("%"):
        notes.add("yaml-directive", "a '%' directive stands before the record", offset)
    else:
        notes.add("yaml-syntax", in_our_words(why), offset)
