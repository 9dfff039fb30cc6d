"""Where caches lie, by the custom of each platform."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

VARIABLE = "KBTOOL_CACHE"
"""The variable that names another folder, or is `off`."""
ENDING = ".kbcache"
"""How the name of every cache file ends."""
MOST_BYTES = 2 * 1024**3
"""Bytes that all caches together may take; those used longest ago go first."""


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """The folder for caches, which may not be there yet; None where caching is switched off or there is no home."""
    named = environ.get(VARIABLE, "")
    if named:
        return None if named == "off" else Path(named)
    home = environ.get("HOME") or environ.get("USERPROFILE")
    if sys.platform == "win32":
        local = environ.get("LOCALAPPDATA")
        return Path(local) / "kbtool" / "Cache" if local else None
    if sys.platform == "darwin":
        return Path(home) / "Library" / "Caches" / "kbtool" if home else None
    stated = environ.get("XDG_CACHE_HOME", "")
    if stated.startswith("/"):
        return Path(stated) / "kbtool"
    return Path(home) / ".cache" / "kbtool" if home else None


def cache_files(folder: Path) -> list[tuple[Path, int]]:
    """Every cache file in a folder with its size in bytes, in order of names."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        with suppress(OSError):
            found.append((path, path.stat().st_size))
    return found
