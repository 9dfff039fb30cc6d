"""A name for a finding that stays the same when lines move, so that services can follow it from run to run."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbtool.diagnostics import Diagnostic


def fingerprint(diagnostic: Diagnostic) -> str:
    """SHA-256 (hex) over rule, record, path and sentence; the place in the file is left out."""
    parts = [diagnostic.rule, diagnostic.subject or diagnostic.location.file, diagnostic.path, diagnostic.message]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def numbered_fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The fingerprint of each, with `:1`, `:2`, … behind it so that equal findings are told apart."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        digest = fingerprint(diagnostic)
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"
