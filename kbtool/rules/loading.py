"""The manual pages of what loading itself finds: files, YAML, characters, schema, stored texts."""

from __future__ import annotations

from collections.abc import Iterator

from kbtool.diagnostics import INTERNAL_ERROR, Severity
from kbtool.rules.rule import RulePage
from kbtool.yamlsource.problems import HINTS

_YAML: tuple[tuple[str, str, str], ...] = (
    (
        "yaml-not-utf8",
        "A file is not UTF-8.",
        "Bytes that two programs read as different letters cannot be quoted verbatim.",
    ),
    ("yaml-byte-order-mark", "A file begins with a byte order mark.", "Some readers glue it to the first key."),
    ("yaml-carriage-return", "A file has carriage returns.", "Line ends that differ by machine change every digest."),
    (
        "yaml-tab",
        "A file has tab characters.",
        "Tabs look like indentation and are none; two readers may see two structures.",
    ),
    (
        "yaml-control-character",
        "A file has control characters.",
        "They are invisible and can make a terminal show other words.",
    ),
    (
        "yaml-no-final-newline",
        "A file does not end in a line feed.",
        "It may have been cut short, and readers differ on its last text.",
    ),
    (
        "yaml-too-large",
        "A file is larger than its kind may be.",
        "A record of that size was not written by a person, or hides something.",
    ),
    (
        "yaml-line-too-long",
        "A line is over 2,000 characters.",
        "Nobody reads such a line, and no difference of it can be shown.",
    ),
    (
        "yaml-too-deep",
        "Lists or mappings are nested more than 32 deep.",
        "No record is; such files are made to crash readers.",
    ),
    (
        "yaml-empty-document",
        "A file holds nothing, or only comments.",
        "An empty record checks nothing and looks like one that does.",
    ),
    (
        "yaml-several-documents",
        "A file holds more than one document.",
        "Most readers see the first and ignore the rest in silence.",
    ),
    ("yaml-directive", "A file has a YAML directive.", "It changes how the rest is read."),
    (
        "yaml-anchor",
        "A file uses an anchor or an alias.",
        "What a reviewer reads must stand where it is read; a few aliases can also swell to gigabytes.",
    ),
    ("yaml-tag", "A value has a tag.", "The schema gives each field its type; a tag gives it another."),
    ("yaml-merge-key", "A mapping uses a merge key.", "What a reviewer reads must stand where it is read."),
    (
        "yaml-duplicate-key",
        "A mapping has the same key twice.",
        "Most readers keep the last in silence, so one of the two is never checked.",
    ),
    ("yaml-key-not-text", "A key is not a word of text.", "Such keys are read differently by every program."),
    ("yaml-empty-value", "A key or list item has no value.", "Nobody can tell whether a value was forgotten."),
    ("yaml-null", "A value is a bare null.", "Some readers see no value and others a word."),
    (
        "yaml-comment-after-value",
        "A comment stands on the line of an unquoted text.",
        "'not covered # by most insurers' would lose its second half in silence.",
    ),
    (
        "yaml-prose-in-flow",
        "Unquoted prose stands inside braces or brackets.",
        "A comma in it would cut it in two in silence.",
    ),
    ("yaml-empty-block", "A block text is empty.", "Readers differ on what it says, and it says nothing to people."),
    ("yaml-not-mapping", "The top level of a file is not a mapping.", "A record is a mapping of keys to values."),
    ("yaml-syntax", "A file is not YAML.", "Nothing in it can be read, so nothing in it is checked."),
)

_OTHERS: tuple[tuple[str, str, str, str], ...] = (
    (
        "schema-missing",
        "A key that the record needs is missing.",
        "Each part of a record answers a question that a reader will ask.",
        "Add the key; `kbtool schema` prints what each one means.",
    ),
    (
        "schema-unknown-key",
        "A key is not one that this kind of record has.",
        "A misspelt key would be ignored in silence, with the caveat or the evidence in it.",
        "Correct the spelling (the hint has the nearest), or take the key out.",
    ),
    (
        "schema-type",
        "A value is a list where text is wanted, or the like.",
        "The record says something else than it seems to.",
        "Write the value in the form that the message names.",
    ),
    (
        "schema-value",
        "A value does not have the form that its field asks for.",
        "A date, digest or number that is not one cannot be checked.",
        "Write it in the form that the hint gives.",
    ),
    (
        "schema-version",
        "The base is in another version of the record format than this kbtool reads.",
        "Read by the wrong version, a field may lose its meaning.",
        (
            "Bring an older base to this version with `kbtool migrate` (with `--dry-run` first to see what changes); "
            "for a newer one upgrade kbtool."
        ),
    ),
    (
        "id-not-path",
        "The id in a record is not the one that its place stands for.",
        "Links go by id and people by file name; the two must lead to the same record.",
        "Correct the id, or move the file.",
    ),
    (
        "stray-file",
        "A file in the base belongs nowhere, so nothing checks it.",
        "A claim saved under a wrong name would be missing from every check and export in silence.",
        "Rename or move the file, or take it out of the base.",
    ),
    (
        "symbolic-link",
        "A file or folder of the base is a symbolic link.",
        "What it shows can change, or lie outside the base, without a trace in it.",
        "Put the file itself there.",
    ),
    (
        "unreadable-file",
        "A file of the base cannot be read.",
        "What cannot be read is not checked, and the run must say so.",
        "Give the user who runs kbtool the right to read it, or restore it.",
    ),
    (
        "invisible-character",
        "A record has characters that cannot be seen, or that change the direction of the text.",
        "They make a text show other words than it holds.",
        "Delete them, or write them as escapes in double quotes where the source text has them.",
    ),
    (
        "look-alike-letters",
        "A word mixes letters of alphabets that look alike.",
        "It reads like a word that it is not, in searches, ids and comparisons.",
        "Type the word again with letters of one alphabet.",
    ),
    (
        "source-text-missing",
        "The stored text of a source is not there.",
        "Without it no quote can be held against the document.",
        "Put the file back from the repository's history.",
    ),
    (
        "source-text-changed",
        "The bytes of a stored text are not the ones that its digest names.",
        "Quotes were checked, and may have been approved, against other words.",
        "Restore the file; store a new revision of the document beside the old one.",
    ),
    (
        "source-text-not-utf8",
        "A stored text is not UTF-8.",
        "Places in it cannot be counted in characters.",
        "Store the text as UTF-8 under the digest of those bytes.",
    ),
    (
        "source-text-counts",
        "The record gives another number of bytes or characters than the stored text has.",
        "A count that is off shows that record and text were not made together.",
        "Write the numbers that the message gives.",
    ),
    (
        INTERNAL_ERROR,
        "kbtool itself failed while checking a record.",
        "A check that did not run has found nothing; the run ends with status 3 and must not be taken for a pass.",
        "Report it with the text of the message and the record; meanwhile the other records are checked.",
    ),
)


def loading_pages() -> Iterator[RulePage]:
    """The page of every rule that loading reports under; all are errors and locked."""
    for name, summary, why in _YAML:
        mend = HINTS[name]
        yield RulePage(name, summary, why, f"{mend[:1].upper()}{mend[1:]}.", Severity.ERROR, locked=True)
    for name, summary, why, mend in _OTHERS:
        yield RulePage(name, summary, why, mend, Severity.ERROR, locked=True)
