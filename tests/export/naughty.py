"""Strings that break careless programs, as statements and caveats of made-up claims."""

from __future__ import annotations

import json

from tests.shared import SHARED


def naughty_strings() -> tuple[str, ...]:
    """Every string of the list that is no blank text and whole Unicode; the list is not part of the repository."""
    assert SHARED
    texts = json.loads((SHARED / "testdata/naughty-strings/blns.json").read_bytes())
    return tuple(text for text in texts if text.strip() and not any("\ud800" <= each <= "\udfff" for each in text))
