"""Verifying a bundle: everything that it states is computed again from what it holds.

The steps go from the most basic on, and later ones are taken only where the earlier ones hold: the archive, the bag,
the records, signatures and log, what the auditor brings along, standings, then every file that is made of the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kbtool.audit.anchors import Anchors, checkpoint_problems, root_problems
from kbtool.audit.archive import ArchiveProblem, read_archive
from kbtool.audit.bag import bag_problems
from kbtool.audit.borrowed import lender
from kbtool.audit.bundle import bundle_files
from kbtool.audit.held import Held, documents_left_out, policies_named
from kbtool.audit.layout import (
    CLAIMS,
    CONTENTS,
    CRATE,
    FORMAT,
    INFO,
    MANIFEST,
    PAYLOAD,
    POLICIES,
    POLICY,
    RENDERED,
    REPORT,
    STATEMENT,
    TAG_MANIFEST,
    VOCABULARY,
)
from kbtool.audit.outcome import verdict_of
from kbtool.audit.statement import statement_of
from kbtool.audit.verdict import Verdict
from kbtool.diagnostics import Diagnostic, Severity
from kbtool.records.assemble import Files, Loaded, assemble
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.review.content import digest_of
from kbtool.review.known import known_of
from kbtool.review.state import review_state
from kbtool.review.weigh import weighed_state

Report = Callable[[Loaded, date], bytes]
"""Makes the diagnostics report of a base as of a day, as `bundle_files` was given it."""

_DIGEST = re.compile(rb"[0-9a-f]{64}")
_UNREADABLE = frozenset({"source-text-missing"})
_OF_BASE = (CLAIMS, VOCABULARY, POLICY, POLICIES)
_LISTS = frozenset({INFO, MANIFEST, TAG_MANIFEST})


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the bundle states, as far as the next steps need it."""

    value: Mapping[str, Any]
    as_of: date
    tool: str
    contents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verifier:
    """What verifying needs from outside."""

    anchors: Anchors
    tool: str
    """This program with its version."""
    report: Report


def verify_archive(raw: bytes, verifier: Verifier) -> Verdict | ArchiveProblem:
    """The verdict on an archive's bytes, or why it is not even read."""
    files = read_archive(raw)
    return files if isinstance(files, ArchiveProblem) else _verify(files, verifier)


def _verify(files: Mapping[str, bytes], verifier: Verifier) -> Verdict:
    problems = tuple(bag_problems(files))
    stated = _stated(files.get(STATEMENT, b""))
    if problems or isinstance(stated, str):
        return Verdict("broken", problems or (str(stated),))
    loaded = assemble(_base_files(files))
    problems = tuple(_record_problems(loaded))
    if loaded.base is None or problems:
        return Verdict("broken", problems or ("kb.yaml, the vocabulary or the policy is missing",))
    held = _held(files, stated, loaded.base)
    problems = tuple(_problems(held, files, stated, verifier))
    return Verdict("broken", problems) if problems else _sound(held, verifier)


def _sound(held: Held, verifier: Verifier) -> Verdict:
    verdict = verdict_of(held, verifier.anchors)
    if held.tool == verifier.tool:
        return verdict
    return replace(
        verdict,
        limits=(*verdict.limits, f"its pages and report were not compared: another program made them, {held.tool}"),
    )


def _problems(held: Held, files: Mapping[str, bytes], stated: _Stated, verifier: Verifier) -> list[str]:
    """What does not hold, of the first kind of which anything does not."""
    steps: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: _review_problems(held),
        lambda: root_problems(verifier.anchors, held.state),
        lambda: checkpoint_problems(verifier.anchors, held.base, held.state),
        lambda: _standing_problems(held, stated.value),
        lambda: _policy_problems(held),
        lambda: _described_problems(files),
        lambda: _report_problems(held, stated, verifier),
        lambda: _file_problems(held, files, frozenset() if stated.tool == verifier.tool else RENDERED),
    )
    return next((found for step in steps if (found := list(step()))), [])


def _stated(raw: bytes) -> _Stated | str:
    """The statement of the bundle, or why there is none."""
    try:
        value = json.loads(raw)
        if value["format"] != FORMAT:
            return f"'{STATEMENT}' is not of the form '{FORMAT}'; another version of kbtool made it"
        contents = {str(id_): str(claim["content"]) for id_, claim in value["claims"].items()}
        return _Stated(value, date.fromisoformat(value["as_of"]), str(value["tool"]), contents)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return f"'{STATEMENT}' is missing or is no statement of a bundle"


def _base_files(files: Mapping[str, bytes]) -> Files:
    def one(name: str) -> BaseFile | None:
        raw = files.get(name)
        return None if raw is None else BaseFile(name.rpartition("/")[2], name.removeprefix(PAYLOAD), raw)

    names = sorted(name for name in files if name.startswith(CLAIMS))
    own = tuple(BaseFile(name.removeprefix(CLAIMS), name.removeprefix(PAYLOAD), files[name]) for name in names)
    return Files(own, one(VOCABULARY), one(POLICY))


def _record_problems(loaded: Loaded) -> Iterator[str]:
    """Files that cannot be read as what they are; that a text is left out for its rights is no problem."""
    out = frozenset(documents_left_out(loaded.base)) if loaded.base else frozenset[str]()
    for found in loaded.diagnostics:
        if found.severity is Severity.ERROR and not _left_out(found, out):
            yield f"{found.location.file}:{found.location.line}: {found.message}"


def _left_out(found: Diagnostic, documents: frozenset[str]) -> bool:
    return found.rule in _UNREADABLE and found.subject in documents


def _held(files: Mapping[str, bytes], stated: _Stated, base: KnowledgeBase) -> Held:
    """The base as it was held when the bundle was made."""
    kept = [raw for name, raw in files.items() if name.startswith((f"{CLAIMS}reviewed/", CONTENTS))]
    if documents_left_out(base) and base.review:
        lent = lender(kept, stated.contents)
        known = replace(known_of(base), contents_of=lambda ids: lent.contents_of(ids, base))
        state = weighed_state(base, stated.as_of, known)
    else:
        state = review_state(base, stated.as_of)
    policies = {
        name.removeprefix(POLICIES).removesuffix(".yaml"): raw
        for name, raw in files.items()
        if name.startswith(POLICIES)
    }
    return Held(_base_files(files), base, state, stated.as_of, files.get(REPORT, b""), policies, stated.tool)


def _review_problems(held: Held) -> Iterator[str]:
    for problem in held.state.problems:
        about = f"claim '{problem.subject}': " if problem.subject else ""
        yield f"{about}'{problem.file}': {problem.message}"


def _standing_problems(held: Held, stated: Mapping[str, Any]) -> Iterator[str]:
    """Claims that do not stand as the bundle states, with the reason for which they do not."""
    said, found = stated["claims"], statement_of(held)["claims"]
    for id_ in sorted({*said, *found}):
        if said.get(id_) == found.get(id_):
            continue
        if id_ not in found:
            yield f"claim '{id_}': the bundle states how it stands, and its record is gone"
        elif id_ not in said or said[id_].get("standing") == found[id_]["standing"]:
            yield f"claim '{id_}': its decisions or contents are not the ones that the bundle states"
        else:
            now = found[id_]
            why = "; ".join((now["reason"], *now["causes"]))
            stands = f"the bundle states {said[id_].get('standing')!r}, and it is {now['standing']!r}"
            yield f"claim '{id_}': {stands}: {why}"


def _policy_problems(held: Held) -> Iterator[str]:
    named = policies_named(held.base)
    for digest, raw in sorted(held.policies.items()):
        if digest_of(raw) != digest or digest not in named:
            yield f"'{POLICIES}{digest}.yaml' is not a policy that a decision or governance names by that digest"


def _report_problems(held: Held, stated: _Stated, verifier: Verifier) -> Iterator[str]:
    """Whether the report is what a check says; not where texts are left out or another version checked."""
    if stated.tool != verifier.tool or documents_left_out(held.base):
        return
    if verifier.report(assemble(held.files), held.as_of) != held.report:
        yield f"'{REPORT}' is not what a check of these records says"


def _described_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """Files of the base other than the ones described when the bundle was made; this names a changed record."""
    described = set(_DIGEST.findall(files.get(CRATE, b"")))
    for name in sorted(name for name in files if described and name.startswith(_OF_BASE)):
        if digest_of(files[name]).encode() not in described:
            yield f"the file '{name}' is not the one that '{CRATE}' describes"


def _file_problems(held: Held, files: Mapping[str, bytes], other: frozenset[str]) -> Iterator[str]:
    """Files that are not the ones that a bundle of this base has; those in `other` may differ. Manifests come last."""
    made = bundle_files(held)
    different = (name for name in {*made, *files} - other if made.get(name) != files.get(name))
    for name in sorted(different, key=lambda name: (name in _LISTS, name)):
        if name not in files:
            yield f"the file '{name}' is missing"
        elif name not in made:
            yield f"the file '{name}' does not belong to this bundle"
        else:
            yield f"the file '{name}' is not what its records and decisions give"
