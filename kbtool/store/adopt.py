"""A cache for a base that has none yet: a copy of that of the same base in another place, a fresh clone say.

Everything in a cache is under digests of the bytes it was made of, so what does not fit is found anew.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kbtool.store.cache import Cache, Damaged, open_cache
from kbtool.store.cache_place import cache_files
from kbtool.store.find import CONFIG
from kbtool.store.interrupt import undone_on_interrupt

_MOST_TRIED = 16


def adopt(path: Path, root: Path) -> None:
    """Put a copy of a cache that fits the base at `root` at `path`, where there is none and one fits.

    One fits whose base had the very `kb.yaml` that this one has; of several, that used last.
    """
    with suppress(OSError):
        if path.exists():
            return
        digest = sha256((root / CONFIG).read_bytes()).hexdigest()
        others = sorted((other for other, _ in cache_files(path.parent)), key=_used, reverse=True)
        for other in others[:_MOST_TRIED]:
            if _copied(other, path, digest):
                return


def _used(path: Path) -> float:
    return path.stat().st_mtime


def _copied(other: Path, path: Path, digest: str) -> bool:
    """Copy a cache where it fits. Having read from it, we hold off whoever would change it until it is copied."""
    with suppress(Damaged, ValueError):
        cache = open_cache(other)
        if cache is not None:
            try:
                return _fits(cache, digest) and _copy(other, path)
            finally:
                cache.database.close()
    return False


def _fits(cache: Cache, digest: str) -> bool:
    head = json.loads(cache.part("head") or b"{}")
    return bool(head) and head.get("front", {}).get(CONFIG) == digest


def _copy(other: Path, path: Path) -> bool:
    with undone_on_interrupt():
        handle, name = tempfile.mkstemp(prefix=".adopting-", dir=path.parent)
        os.close(handle)
        try:
            shutil.copyfile(other, name)
            os.link(name, path)
        except FileExistsError:
            return True
        finally:
            Path(name).unlink()
    return True
