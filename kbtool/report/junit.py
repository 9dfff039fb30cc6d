"""The report as JUnit XML: one test case a record, so that build services show records as tests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kbtool.diagnostics import Severity
from kbtool.report.phrases import NOTHING_CHECKED, count, counts_line, headline, place
from kbtool.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kbtool.diagnostics import Diagnostic
    from kbtool.report.run import RunReport

Subject = tuple[str, str]
"""A record as (subject id, file)."""
_KINDS: Mapping[str, str] = {"sources": "source", "evidence": "evidence"}


@dataclass(frozen=True, slots=True)
class Homes:
    """Where a diagnostic is reported: records by what they are found under."""

    subjects: frozenset[Subject]
    by_id: Mapping[str, Subject]
    by_file: Mapping[str, Subject]

    def of(self, diagnostic: Diagnostic) -> Subject:
        """The record concerned, else the one in the same file, else the file itself, with an empty id."""
        exact = (diagnostic.subject, diagnostic.location.file)
        if exact in self.subjects:
            return exact
        home = self.by_id.get(diagnostic.subject) or self.by_file.get(diagnostic.location.file)
        return home or ("", diagnostic.location.file)


def render_junit(report: RunReport) -> str:
    """The report as XML text: a suite named as the base, a case for the run, one for each record or unreadable file."""
    suite = ET.Element("testsuite", name=visible(report.base))
    suite.append(_run_case(report))
    suite.extend(_record_cases(report))
    suite.attrib |= _counts([suite])
    root = ET.Element("testsuites", {"name": "kbtool"} | _counts([suite]))
    root.append(suite)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _run_case(report: RunReport) -> ET.Element:
    case = ET.Element("testcase", classname="kbtool", name="run", time="0")
    if report.checks == 0:
        ET.SubElement(case, "failure", message=NOTHING_CHECKED, type="nothing-checked")
    ET.SubElement(case, "system-out").text = counts_line(report)
    return case


def _record_cases(report: RunReport) -> Iterable[ET.Element]:
    homes = Homes(
        frozenset(report.subjects),
        {subject[0]: subject for subject in reversed(report.subjects)},
        {subject[1]: subject for subject in reversed(report.subjects)},
    )
    found: dict[Subject, list[Diagnostic]] = defaultdict(list)
    for diagnostic in report.diagnostics:
        found[homes.of(diagnostic)].append(diagnostic)
    for subject in sorted(homes.subjects | found.keys()):
        case = _record_case(subject, found[subject])
        if report.checks == 0 and case.find("failure") is None:
            case.insert(0, ET.Element("skipped", message=NOTHING_CHECKED))
        yield case


def _record_case(subject: Subject, diagnostics: list[Diagnostic]) -> ET.Element:
    identifier, file = subject
    case = ET.Element("testcase", classname=visible(_class_name(subject)), name=visible(identifier or file), time="0")
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    others = [diagnostic for diagnostic in diagnostics if diagnostic.severity is not Severity.ERROR]
    if errors:
        more = f" (and {count(len(errors) - 1, 'more error')})" if errors[1:] else ""
        failure = ET.SubElement(
            case, "failure", message=visible(errors[0].message) + more, type=visible(errors[0].rule)
        )
        failure.text = _lines(errors)
    if others:
        ET.SubElement(case, "system-out").text = _lines(others)
    return case


def _class_name(subject: Subject) -> str:
    identifier, file = subject
    if not identifier:
        return "file"
    document, slash, _ = identifier.partition("/")
    return f"claim/{document}" if slash else _KINDS.get(PurePosixPath(file).parent.name, "base")


def _lines(diagnostics: Iterable[Diagnostic]) -> str:
    """Each diagnostic with its hint and related places; hidden characters are visible, so XML can carry every line."""
    return "\n".join(line for diagnostic in diagnostics for line in _block(diagnostic))


def _block(diagnostic: Diagnostic) -> Iterator[str]:
    yield headline(diagnostic)
    if diagnostic.hint:
        yield f"  hint: {visible(diagnostic.hint)}"
    yield from (f"  see: {place(location)}: {visible(remark)}" for location, remark in diagnostic.related)


def _counts(suites: Iterable[ET.Element]) -> dict[str, str]:
    cases = [case for suite in suites for case in suite.iter("testcase")]
    failures, skipped = (sum(case.find(tag) is not None for case in cases) for tag in ("failure", "skipped"))
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": str(skipped), "time": "0"}
