"""Faults of files: YAML that misleads, records that are none, texts that are not the ones stored, names and links."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase
from kbtool.model.source import Source
from kbtool.probe.edits import DROP, data_of, on_claim, on_source, planted, rewritten, without
from kbtool.probe.fault import Fault, NotApplicable, Plant, Planted, Scratch, caught_by
from kbtool.probe.gates import by_reading
from kbtool.records.layout import text_name
from kbtool.yamlsource.write import write

_NO_CLAIM = NotApplicable("the base has no claim")
_NO_SOURCE = NotApplicable("the base has no source with its stored text")


def _bytes(change: Callable[[bytes], bytes], what: str) -> Plant:
    """The first claim's file, changed as bytes."""

    def plant(scratch: Scratch) -> Planted | NotApplicable:
        first = min(scratch.base.claims, default=None)
        if first is None:
            return _NO_CLAIM
        return rewritten(scratch, f"{first}.yaml", change(scratch.files[f"{first}.yaml"]), what)

    return plant


def _line(line: str) -> Plant:
    """The first claim's file with a line more at its end."""
    return _bytes(lambda raw: raw + line.encode() + b"\n", f"the line {line[:40]!r}")


def _first_line_again(raw: bytes) -> bytes:
    line = next(line for line in raw.split(b"\n") if line.startswith(b"id:"))
    return raw + line + b"\n"


def _raw_invisible(raw: bytes) -> bytes:
    head, mark, rest = raw.partition(b"\nstatement:")
    return head + mark + rest.replace(b"e", "e\u200b".encode(), 1)


@on_claim("no statement has an 'a' within a word")
def _look_alike(claim: ClaimBase, scratch: Scratch) -> dict[Path, Any] | None:
    del scratch
    at = next(
        (
            i
            for i in range(1, len(claim.statement))
            if claim.statement[i - 1 : i + 1].isalpha() and claim.statement[i] == "a"
        ),
        None,
    )
    return None if at is None else {("statement",): f"{claim.statement[:at]}\u0430{claim.statement[at + 1 :]}"}


def _of_claim(path: Path, value: object) -> Plant:
    return on_claim("the base has no claim")(lambda _claim, _scratch: {path: value})


def _misspelt(scratch: Scratch) -> Planted | NotApplicable:
    for id_, record in sorted(scratch.base.claims.items()):
        if record.model.caveats:
            data = data_of(scratch.files, f"{id_}.yaml")
            renamed = {"caveat" if key == "caveats" else key: value for key, value in data.items()}
            return rewritten(scratch, f"{id_}.yaml", write(renamed), "'caveats' written as 'caveat'")
    return NotApplicable("no claim has a caveat")


def _moved(name: Callable[[str], str]) -> Plant:
    """The first claim under another file name."""

    def plant(scratch: Scratch) -> Planted | NotApplicable:
        first = min(scratch.base.claims, default=None)
        if first is None:
            return _NO_CLAIM
        files = {**without(scratch.files, f"{first}.yaml"), name(first): scratch.files[f"{first}.yaml"]}
        return Planted(files, f"{first}.yaml: renamed to {name(first)}")

    return plant


def _text(change: Callable[[bytes], bytes | None], what: str) -> Plant:
    """The first stored text, changed or gone."""

    def plant(scratch: Scratch) -> Planted | NotApplicable:
        document = min(scratch.base.texts, default=None)
        if document is None:
            return _NO_SOURCE
        name = text_name(document, scratch.base.sources[document].model.text.digest)
        raw, rest = change(scratch.files[name]), without(scratch.files, name)
        return Planted(rest if raw is None else {**rest, name: raw}, f"{name[:40]}…: {what}")

    return plant


def _one_letter(raw: bytes) -> bytes:
    at = next(index for index, byte in enumerate(raw) if chr(byte).isalpha() and byte < 128)
    return raw[:at] + bytes([raw[at] ^ 0x20]) + raw[at + 1 :]


def _not_utf8(scratch: Scratch) -> Planted | NotApplicable:
    document = min(scratch.base.texts, default=None)
    if document is None:
        return _NO_SOURCE
    raw = scratch.base.texts[document].encode() + b"\xe9"
    digest, record = hashlib.sha256(raw).hexdigest(), f"sources/{document}.yaml"
    done = planted(scratch, record, {("text", "digest"): digest})
    return Planted({**done.files, text_name(document, digest): raw}, f"{record}: a stored text in another encoding")


@on_source("the base has no source with its stored text")
def _count_off(source: Source, text: str, scratch: Scratch) -> dict[Path, Any]:
    del text, scratch
    return {("text", "characters"): str(source.text.characters + 1)}


def _older_version(scratch: Scratch) -> Planted:
    return planted(scratch, "kb.yaml", {("schema", "version"): "999"})


def _spoilt(make: Callable[[FilePath], None], name: str, what: str) -> Plant:
    def plant(scratch: Scratch) -> Planted:
        files = planted(scratch, "kb.yaml", {("schema", "folder"): "../schema"}).files
        return Planted(files, f"{name}: {what}", by_reading(lambda root: make(root / name)))

    return plant


def _link(path: FilePath) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.parent.parent / "kb.yaml")


def _pipe(path: FilePath) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


FAULTS: tuple[Fault[Scratch], ...] = (
    Fault(
        "bytes-not-utf8",
        "a byte that is no UTF-8",
        caught_by("yaml-not-utf8"),
        _bytes(lambda r: r + b"# \xe9\n", "a byte E9"),
    ),
    Fault(
        "byte-order-mark",
        "a byte order mark",
        caught_by("yaml-byte-order-mark"),
        _bytes(lambda r: b"\xef\xbb\xbf" + r, "a byte order mark"),
    ),
    Fault(
        "carriage-returns",
        "line ends of another system",
        caught_by("yaml-carriage-return"),
        _bytes(lambda r: r.replace(b"\n", b"\r\n"), "CRLF"),
    ),
    Fault("tab-in-record", "a tab as indentation", caught_by("yaml-tab"), _line("\tprobe: word")),
    Fault(
        "control-character", "a character that terminals obey", caught_by("yaml-control-character"), _line("# \x1b[2K")
    ),
    Fault(
        "file-cut-short",
        "the last line feed is gone",
        caught_by("yaml-no-final-newline"),
        _bytes(lambda r: r.rstrip(b"\n"), "no final line feed"),
    ),
    Fault(
        "huge-record",
        "a record of several megabytes",
        caught_by("yaml-too-large"),
        _bytes(lambda r: r + b"# comment\n" * 300_000, "3 MB of comments"),
    ),
    Fault(
        "huge-line", "a line that nobody reads to its end", caught_by("yaml-line-too-long"), _line("# " + "x" * 2_100)
    ),
    Fault(
        "deep-nesting",
        "lists nested to crash readers",
        caught_by("yaml-too-deep"),
        _line("probe: " + "[" * 100 + "]" * 100),
    ),
    Fault(
        "empty-record",
        "a record without content",
        caught_by("yaml-empty-document"),
        _bytes(lambda _: b"# nothing\n", "only a comment"),
    ),
    Fault(
        "second-document",
        "a second record hidden behind the first",
        caught_by("yaml-several-documents"),
        _bytes(lambda r: r + b"---\nid: hidden\n", "a second document"),
    ),
    Fault(
        "yaml-directive-added",
        "a directive that changes how the rest is read",
        caught_by("yaml-directive"),
        _bytes(lambda r: b"%YAML 1.1\n---\n" + r, "a directive"),
    ),
    Fault("alias-bomb", "aliases that swell when read", caught_by("yaml-anchor"), _line("probe: [&a [x, x], *a, *a]")),
    Fault(
        "tag-on-value",
        "a tag that makes a program of a value",
        caught_by("yaml-tag"),
        _line("probe: !!python/name:os.system word"),
    ),
    Fault("merge-key", "a key that takes in another mapping", caught_by("yaml-merge-key"), _line("<<: {probe: word}")),
    Fault(
        "duplicate-key",
        "a key given twice",
        caught_by("yaml-duplicate-key"),
        _bytes(_first_line_again, "'id' a second time"),
    ),
    Fault("key-no-text", "a key that is a list", caught_by("yaml-key-not-text"), _line("? [a, b]\n: word")),
    Fault("forgotten-value", "a key without a value", caught_by("yaml-empty-value"), _line("probe:")),
    Fault("bare-null", "a value that some readers take for none", caught_by("yaml-null"), _line("probe: null")),
    Fault(
        "value-cut-by-comment",
        "a text whose second half is a comment",
        caught_by("yaml-comment-after-value"),
        _line("probe: not covered # by most insurers"),
    ),
    Fault(
        "value-cut-by-comma",
        "a text that a comma cuts in two",
        caught_by("yaml-prose-in-flow"),
        _line("probe: {text: not covered, by: most insurers}"),
    ),
    Fault("empty-block", "a block text without words", caught_by("yaml-empty-block"), _line("probe: >-")),
    Fault(
        "record-is-list",
        "a list where a record should be",
        caught_by("yaml-not-mapping"),
        _bytes(lambda _: b"- statement\n", "a list"),
    ),
    Fault("broken-yaml", "a bracket that is never closed", caught_by("yaml-syntax"), _line("probe: [a, b")),
    Fault(
        "missing-rationale",
        "a verdict without its reason",
        caught_by("schema-missing"),
        _of_claim(("verdict", "rationale"), DROP),
    ),
    Fault(
        "misspelt-caveats", "'caveats' misspelt, so that all would be lost", caught_by("schema-unknown-key"), _misspelt
    ),
    Fault(
        "list-for-text",
        "a list where a text is wanted",
        caught_by("schema-type"),
        _of_claim(("statement",), ["a", "b"]),
    ),
    Fault("date-in-words", "a date that is none", caught_by("schema-value"), _of_claim(("drafted", "on"), "yesterday")),
    Fault(
        "id-climbs-out", "an id that leads out of the base", caught_by("schema-value"), _of_claim(("id",), "../../kb")
    ),
    Fault(
        "other-schema-version", "a base in another version of the format", caught_by("schema-version"), _older_version
    ),
    Fault(
        "id-of-another",
        "an id that is not the file's",
        caught_by("id-not-path"),
        _of_claim(("id",), "probe/another-claim"),
    ),
    Fault(
        "claim-under-stray-name",
        "a claim saved under a name that nothing reads",
        caught_by("stray-file"),
        _moved(lambda id_: f"{id_}.yml"),
    ),
    Fault(
        "invisible-character",
        "a zero-width space within a word",
        caught_by("invisible-character"),
        _bytes(_raw_invisible, "a zero-width space"),
    ),
    Fault("look-alike-letter", "a Cyrillic letter in a Latin word", caught_by("look-alike-letters"), _look_alike),
    Fault(
        "changed-source-text",
        "one letter of a stored text changed",
        caught_by("source-text-changed"),
        _text(_one_letter, "one letter changed"),
    ),
    Fault(
        "missing-source-text",
        "a stored text deleted",
        caught_by("source-text-missing"),
        _text(lambda _: None, "deleted"),
    ),
    Fault(
        "source-text-other-encoding",
        "a stored text that is not UTF-8, under its right digest",
        caught_by("source-text-not-utf8"),
        _not_utf8,
    ),
    Fault(
        "source-text-count-off", "a count that is not the stored text's", caught_by("source-text-counts"), _count_off
    ),
    Fault(
        "symbolic-link",
        "a link out of the folder",
        caught_by("symbolic-link"),
        _spoilt(_link, "evidence/probe.yaml", "a symbolic link"),
    ),
    Fault(
        "unreadable-file",
        "a pipe where a record should be",
        caught_by("unreadable-file"),
        _spoilt(_pipe, "evidence/probe.yaml", "a pipe"),
    ),
)
"""Faults of files, as a literal list."""
