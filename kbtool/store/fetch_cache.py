"""Pages that were fetched before, one file each; a damaged file is no file."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_FORMAT = "kbtool/fetched-page/1"
_ENDING = ".page"


@dataclass(frozen=True, slots=True)
class Cached:
    """A page with what its site said of it."""

    body: bytes
    media_type: str
    charset: str | None
    etag: str
    modified: str
    fresh_until: float
    """Seconds since 1970 until which it is not asked for again."""


@dataclass(frozen=True, slots=True)
class PageCache:
    """A folder of pages; it need not be there."""

    folder: Path

    def get(self, url: str) -> Cached | None:
        """The page kept for an address; None where there is none, or one that is damaged."""
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            said = json.loads(head)
            known = {name: said[name] for name in ("media_type", "charset", "etag", "modified", "fresh_until")}
            whole = said["format"] == _FORMAT and said["url"] == url and said["digest"] == sha256(body).hexdigest()
            return Cached(body=body, **known) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, page: Cached) -> None:
        """Keep a page; where the disk does not take it, it is not kept."""
        said = {
            "format": _FORMAT,
            "url": url,
            "digest": sha256(page.body).hexdigest(),
            "media_type": page.media_type,
            "charset": page.charset,
            "etag": page.etag,
            "modified": page.modified,
            "fresh_until": page.fresh_until,
        }
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".page-", dir=self.folder)
            with os.fdopen(handle, "wb") as out:
                out.write(json.dumps(said).encode() + b"\n" + page.body)
            Path(name).replace(self._file(url))

    def _file(self, url: str) -> Path:
        return self.folder / f"{sha256(url.encode()).hexdigest()}{_ENDING}"
