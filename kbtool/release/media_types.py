"""Media types of the files of a release, by ending, as registered with IANA where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

_BY_NAME: Mapping[str, str] = {
    "datapackage.json": "application/vnd.datapackage+json",
    "feed.json": "application/feed+json",
}
_BY_ENDING: Mapping[str, str] = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ndjson": "application/x-ndjson",
    ".nq": "application/n-quads",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


def media_type_of(path: str) -> str:
    """The media type of a file, by its name or ending.

    >>> media_type_of("claims.csv"), media_type_of("a/feed.json"), media_type_of("x")
    ('text/csv', 'application/feed+json', 'application/octet-stream')
    """
    file = PurePosixPath(path)
    return _BY_NAME.get(file.name) or _BY_ENDING.get(file.suffix, "application/octet-stream")
