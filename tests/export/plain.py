"""Values as the JSON files have them, without what has no value: the form in which formats are compared."""

from __future__ import annotations

from datetime import date
from typing import Any


def plain(value: Any) -> Any:
    """A value with its days as text and its structures without what is null."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
