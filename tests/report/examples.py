"""Reports to test the formats with: one that holds everything, a small one for the manual, and any at all."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kbtool.diagnostics import Diagnostic, Location, Severity, in_order
from kbtool.report.run import RunReport
from kbtool.rules.rule import RulePage

CLAIM = "claims/tea/boiling-point.yaml"
HOSTILE = "claims/tea/hostile \u202e name.yaml"
LINES = {
    (CLAIM, 14): "    - exact: water boils at 90 degrees\n",
    (CLAIM, 20): "  - kind: sea-level-only",
    (CLAIM, 31): "  rationale: " + "long words that go on and on, " * 8 + "up to HERE" + " and then some more" * 9,
    ("claims/evidence/tea-study.yaml", 3): "title: 纤维 茶 の研究 \u200b(zero width)",
    (HOSTILE, 2): "statement: \x1b[31mred\tand \u202eesrever\u202c 5\u00a0mg",
}
PAGES = {
    page.name: page
    for page in (
        RulePage(
            "quote-not-in-source",
            "A quote does not stand in the stored text at its place.",
            "A claim whose quote is not in the document says what the document does not.",
            "Copy the words from the stored text and run the check again.",
            Severity.ERROR,
            locked=True,
        ),
        RulePage(
            "caveat-without-basis",
            "A caveat does not say what it rests on.",
            "A limit without a basis is an opinion.",
            "Add a quote, evidence or claim as its basis.",
            Severity.WARNING,
        ),
        RulePage("quiet", "A rule that a policy may turn on.", "It can matter.", "Mend it.", Severity.OFF),
    )
}
NOT_FOUND = Diagnostic(
    "quote-not-in-source",
    Severity.ERROR,
    "quote 'water boils at 90 degrees' is not in source 'tea'",
    Location(CLAIM, 14, 14),
    ("source", "quotes", 0, "exact"),
    "nearest text is 'water boils at 100 degrees' at 12",
    ((Location("claims/sources/tea.yaml", 3, 1), "the source is described here"),),
    "tea/boiling-point",
)
UNBASED = Diagnostic(
    "caveat-without-basis",
    Severity.WARNING,
    "caveat 'sea-level-only' names no basis",
    Location(CLAIM, 20, 5),
    ("caveats", 1),
    subject="tea/boiling-point",
)
SUBJECTS = (
    ("kb.yaml", "claims/kb.yaml"),
    ("tea", "claims/sources/tea.yaml"),
    ("tea/boiling-point", CLAIM),
    ("tea-study", "claims/evidence/tea-study.yaml"),
)


def report_of(
    *diagnostics: Diagnostic, checks: int = 3215, subjects: tuple[tuple[str, str], ...] = SUBJECTS
) -> RunReport:
    """A report over these diagnostics, with the lines and rules of this module."""
    return RunReport(
        as_of=date(2026, 11, 22),
        base="claims",
        diagnostics=in_order(diagnostics),
        files=143,
        records=137,
        checks=checks,
        waived=1,
        pages=PAGES,
        line=lambda file, number: LINES.get((file, number)),
        version="0.1.0",
        subjects=subjects,
    )


SMALL = report_of(NOT_FOUND, UNBASED)
"""Two diagnostics in one file: the example of the manual."""

FULL = report_of(
    NOT_FOUND,
    UNBASED,
    Diagnostic("long-rationale", Severity.NOTE, "rationale has 430 characters", Location(CLAIM, 31, 256)),
    Diagnostic(
        "no-such-term",
        Severity.ERROR,
        "kind '[a](b) {0}, 100%: no' is unknown",
        Location(CLAIM, 14, 99),
        hint="see a::b",
    ),
    Diagnostic(
        "hidden-character",
        Severity.WARNING,
        "title holds '\u200b', which nobody can see",
        Location("claims/evidence/tea-study.yaml", 3, 17),
        ("title",),
        subject="tea-study",
    ),
    Diagnostic(
        "yaml-control-character",
        Severity.ERROR,
        "'\x1b[31m' cannot\nstand ]]> <in> \"YAML\" & \ud800 \x9b2J",
        Location(HOSTILE, 2, 12),
        hint="take out \x07\r\n::error::it",
        related=((Location(HOSTILE, 2, 20), "a tab\there"),),
    ),
)
"""Several errors in one file, warnings, hints, related places, hostile and wide characters, rules without a page."""

TEXTS = st.text(max_size=40) | st.sampled_from(
    ["\x1b[2J", "a\r\n::error::b", "]]>", "%0A", "\ud800", "\u202e", "{0}[x](1)"]
)
LOCATIONS = st.builds(
    Location, st.text(max_size=20) | st.just("/a//b c%.yaml"), st.integers(1, 10**6), st.integers(1, 10**4)
)
DIAGNOSTICS = st.builds(
    Diagnostic,
    TEXTS | st.sampled_from(sorted(PAGES)),
    st.sampled_from([Severity.ERROR, Severity.WARNING, Severity.NOTE]),
    TEXTS,
    LOCATIONS,
    st.lists(TEXTS | st.integers(0, 9), max_size=3).map(tuple),
    TEXTS,
    st.lists(st.tuples(LOCATIONS, TEXTS), max_size=2).map(tuple),
    TEXTS | st.sampled_from([subject for subject, _ in SUBJECTS]),
)
REPORTS = st.lists(DIAGNOSTICS, max_size=4).flatmap(
    lambda found: st.sampled_from([0, 7]).map(lambda checks: report_of(*found, checks=checks))
)
"""Reports over any diagnostics."""
