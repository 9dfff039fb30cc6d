"""Names of the hidden entries that kbtool keeps in a base."""

from __future__ import annotations

LOCK = ".kbtool-lock"
"""The hidden file in the base that is locked while one process writes."""
JOURNAL = ".kbtool-journal"
"""The hidden folder that holds a change of several files while it is put in place."""
