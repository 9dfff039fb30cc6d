"""Findings that follow from a record that could not be read: one diagnostic stands for them and says how many.

A record that is absent makes others look wrong: what cites it cites nothing, and what rests on it rests on nothing.
Nobody can tell what those findings are worth until it can be read. So a report leaves them out, under the cause that
they follow from. Whoever decides whether something may be approved or released still looks at all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kbtool.diagnostics import Diagnostic, Severity

_UNREAD = frozenset({"unreadable-file", "symbolic-link"})
"""Rules under which reading the disk says that a file or a whole folder is absent; the subject is its name."""
_NOT_A_RECORD = ("yaml-", "schema-")
"""How the names of rules begin under which a file gives no record; the subject is the id that the file stands for."""
_NAMED = frozenset(
    {"dangling-evidence", "dangling-relation", "one-sided-relation", "overlap-not-mutual", "unknown-source"}
)
"""Rules whose message quotes the name of the record that is absent."""
_BY_EVIDENCE = frozenset({"rationale-number-without-source", "caveat-number-without-basis", "verdict-without-support"})
"""Rules that judge a claim by all the evidence that it cites."""
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "decided-claim-missing": ("{subject}.yaml",),
    "decision-misdated": ("log",),
    "governance-broken": ("governance",),
    "kept-content-missing": ("reviewed",),
    "kept-policy-missing": ("reviewed",),
    "log-altered": ("log",),
    "log-unsigned": ("log",),
    "logged-file-missing": ("decisions", "governance"),
    "source-text-missing": ("sources/{subject}",),
    "source-without-claims": ("{subject}",),
    "status-not-as-decided": ("decisions/{subject}", "reviewed", "log"),
    "status-without-decision": ("decisions/{subject}",),
    "text-unaccounted": ("{subject}",),
    "ungoverned-change": ("governance",),
}
"""Rules that judge by the files of these folders, or by one file; `{subject}` is the id of what they judge."""
_BY_ALL_CLAIMS = "unused-evidence"
"""The rule that judges by all claims."""
_QUOTED = re.compile(r"'([a-z0-9-]+(?:/[a-z0-9-]+)?)'")
_ELSEWHERE = ("evidence", "sources", "decisions", "reviewed", "governance", "reports", "waivers", "releases", "log")


@dataclass(frozen=True, slots=True)
class _Absent:
    """The diagnostics for what could not be read, by name inside the base; a folder stands for all that is below it."""

    causes: Mapping[str, Diagnostic]

    def file(self, name: str) -> Diagnostic | None:
        """The cause for which a file or folder is absent."""
        parts = name.split("/")
        names = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
        return next((self.causes[each] for each in names if each in self.causes), None)

    def below(self, folder: str) -> Diagnostic | None:
        """The cause for which a folder, or anything in it, is absent."""
        inside = (cause for name, cause in self.causes.items() if name.startswith(f"{folder}/"))
        return self.file(folder) or next(inside, None)

    def claim(self) -> Diagnostic | None:
        """The cause for which any claim is absent."""
        return next((cause for name, cause in self.causes.items() if name.partition("/")[0] not in _ELSEWHERE), None)


def without_follow_ups(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in their order, without those that follow from others; the hints of those say how many."""
    causes: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        if name := _absent_name(diagnostic):
            causes.setdefault(name, diagnostic)
    if not causes:
        return tuple(diagnostics)
    absent = _Absent(causes)
    unsupported = _citing_absent(diagnostics, absent)
    kept: list[Diagnostic] = []
    left_out: Counter[Diagnostic] = Counter()
    for diagnostic in diagnostics:
        cause = _cause_of(diagnostic, absent, unsupported)
        if cause is None:
            kept.append(diagnostic)
        else:
            left_out[cause] += 1
    return tuple(_counting(diagnostic, left_out[diagnostic]) for diagnostic in kept)


def _absent_name(diagnostic: Diagnostic) -> str:
    """Name inside the base of what is absent for this reason; empty for every other diagnostic."""
    if diagnostic.severity is not Severity.ERROR:
        return ""
    if diagnostic.rule in _UNREAD:
        return diagnostic.subject
    if not diagnostic.rule.startswith(_NOT_A_RECORD):
        return ""
    id_ = diagnostic.subject
    names = (f"evidence/{id_}.yaml", f"sources/{id_}.yaml", f"{id_}.yaml")
    return next((name for name in names if f"/{diagnostic.location.file}".endswith(f"/{name}")), "")


def _citing_absent(diagnostics: Sequence[Diagnostic], absent: _Absent) -> dict[str, Diagnostic]:
    """The claims that cite evidence that is absent, by id, with the first cause of each."""
    found: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        if diagnostic.rule == "dangling-evidence" and (cause := _of_names(diagnostic, absent)):
            found.setdefault(diagnostic.subject, cause)
    return found


def _cause_of(diagnostic: Diagnostic, absent: _Absent, unsupported: Mapping[str, Diagnostic]) -> Diagnostic | None:
    """The diagnostic that this one follows from."""
    if diagnostic.rule in _NAMED:
        return _of_names(diagnostic, absent)
    if diagnostic.rule in _BY_EVIDENCE:
        return unsupported.get(diagnostic.subject)
    if diagnostic.rule == _BY_ALL_CLAIMS:
        return absent.claim()
    folders = (folder.format(subject=diagnostic.subject) for folder in _FOLDERS.get(diagnostic.rule, ()))
    return next(filter(None, map(absent.below, folders)), None)


def _of_names(diagnostic: Diagnostic, absent: _Absent) -> Diagnostic | None:
    """The cause for which a record that the message quotes is absent."""
    return next(filter(None, map(absent.file, _quoted_files(diagnostic.message))), None)


def _quoted_files(message: str) -> Iterator[str]:
    """The files in which the records that a message quotes would stand."""
    for name in _QUOTED.findall(message):
        yield from (f"{name}.yaml",) if "/" in name else (f"evidence/{name}.yaml", f"sources/{name}.yaml")


def _counting(diagnostic: Diagnostic, left_out: int) -> Diagnostic:
    if not left_out:
        return diagnostic
    what = "1 finding on what rests on it is" if left_out == 1 else f"{left_out} findings on what rests on it are"
    hint = f"{diagnostic.hint}; " if diagnostic.hint else ""
    return replace(diagnostic, hint=f"{hint}{what} left out until it can be read")
