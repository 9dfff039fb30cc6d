"""What tells one kbtool from another: two with the same key find the same in the same files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from kbtool import __version__

_LIBRARIES = {"pydantic": "version.py", "yaml": "__init__.py"}
"""Libraries whose version can change a message or a reading, with the file that states it."""


def tool_key() -> str:
    """A digest of this program's own source, its version, Python's, and that of the libraries that read records.

    The contents count and not the times, so that a cache stays good where the program is installed again.
    """
    whole = sha256(f"{__version__}\0{sys.version}".encode())
    for path in _sources():
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _sources() -> Iterator[Path]:
    package = Path(__file__).resolve().parent.parent
    for layer in ("", "diagnostics", "model", "yamlsource", "records", "quotes", "review", "rules", "engine"):
        yield from sorted((package / layer).glob("*.py"))
    for library, file in _LIBRARIES.items():
        found = find_spec(library)
        if found and found.origin and (stating := Path(found.origin).parent / file).is_file():
            yield stating
