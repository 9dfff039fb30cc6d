"""A record format with a made-up past, and bases as they would have been in its first version.

Its third version is the format that the models read. In the second one evidence called `checked` otherwise; in the
first one claims did so with `drafted`, and the policy with `severities`.
"""

from __future__ import annotations

from kbtool.schemas.migration import Document, Migration, RecordFormat, Stuck
from kbtool.schemas.rename_key import rename_key
from kbtool.yamlsource.splice import splice
from tests.rules.bases import POLICY, Base


def _drafted(document: Document) -> str:
    return rename_key(document.text, ("written",), "drafted")


def _severities(document: Document) -> str:
    return rename_key(document.text, ("weights",), "severities")


def _checked(document: Document) -> str | Stuck:
    if "looked_up" in document.data and "checked" in document.data:
        hint = "keep one of the two"
        return Stuck("'looked_up' and 'checked' both say when it was looked up", ("looked_up",), hint)
    return rename_key(document.text, ("looked_up",), "checked")


ONE_TO_TWO = Migration(
    1,
    "'written' of claims is 'drafted', 'weights' of the policy 'severities'",
    {"claim": _drafted, "policy": _severities},
)
TWO_TO_THREE = Migration(2, "'looked_up' of evidence is 'checked'", {"evidence": _checked})
FORMAT = RecordFormat(3, (ONE_TO_TWO, TWO_TO_THREE))
"""The format with its past."""


def _method(document: Document) -> str:
    return splice(document.text.encode(), ("drafted", "method"), "Made up for tests, in another form.").decode()


OTHER_WORDS = RecordFormat(3, (ONE_TO_TWO, Migration(2, "the method is worded anew", {"claim": _method})))
"""The same with a step that changes what reviewers decide about."""


def in_version(base: Base, number: int) -> dict[str, bytes]:
    """The base as it says that it is in another version, its records as they are."""
    return dict(base) | {"kb.yaml": splice(base["kb.yaml"], ("schema", "version"), str(number))}


def as_first(base: Base) -> dict[str, bytes]:
    """A base of today as it would have been in the made-up first version, with a comment in each changed record."""
    return in_version({name: _old(name, raw) for name, raw in base.items()}, 1)


def as_second(base: Base) -> dict[str, bytes]:
    """The same in the second version."""
    first = as_first(base)
    return in_version(first | {n: base[n] for n in base if n == POLICY or n.startswith("plumberry-tea/")}, 2)


def _old(name: str, raw: bytes) -> bytes:
    text = raw.decode()
    if name == POLICY:
        return text.replace("\nseverities:", "\n# how much a rule weighs\nweights:").encode()
    if name.startswith("evidence/"):
        return text.replace("\nchecked:", "\n# by hand\nlooked_up:").encode()
    if name.startswith("plumberry-tea/"):
        return text.replace("\ndrafted:\n", "\n# who wrote it\nwritten:\n").encode()
    return raw
