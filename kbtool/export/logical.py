"""The logical digest: one number for what tables say, whatever bytes a library lays them out in.

SQLite and Parquet files name the version of the library that wrote them, so the same release does not give the same
bytes everywhere. It gives the same rows, and their digest is defined here, so that anybody can take it again from the
file alone (`docs/export-sqlite.md` and `docs/export-parquet.md` have the programs):

1. A line of a table is the JSON array of a row's cells in the order of the columns: no spaces, nothing escaped that
   JSON does not demand, UTF-8, a line feed at the end. Days are text, `YYYY-MM-DD`. A structure is an object of all its
   parts, with the keys sorted; what has no value is null.
2. The digest of a table is the SHA-256 of the line of its column names and then the line of each row, in the order of
   the table.
3. The digest of a set of tables is the SHA-256 of one line a table, `<digest of the table>  <name of the table>` and a
   line feed, sorted by name: what `sha256sum` prints of files that hold the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from json import JSONEncoder
from typing import Any

LOGICAL_DIGEST = "kbtool/logical/1"
"""Name and version of the definition above; it stands in the files beside the digest."""

_ENCODER = JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"), default=date.isoformat
)


def line_of(cells: Sequence[Any]) -> str:
    """The line of a row, without its line feed; see step 1. Days may be dates or text."""
    return _ENCODER.encode(cells)


def table_digest(columns: Sequence[str], lines: Iterable[str]) -> str:
    """The digest of a table, given the lines of its rows, in lower-case hexadecimal; see step 2."""
    digest = sha256(f"{line_of(columns)}\n".encode())
    waiting = iter(lines)
    while some := list(islice(waiting, _SOME)):
        digest.update("\n".join([*some, ""]).encode())
    return digest.hexdigest()


_SOME = 1_000
"""Lines that are digested at a time, which is faster than one by one."""


def logical_digest(tables: Mapping[str, str]) -> str:
    """The digest of a set of tables, given the digest of each by name; see step 3."""
    return sha256("".join(f"{tables[name]}  {name}\n" for name in sorted(tables)).encode()).hexdigest()
