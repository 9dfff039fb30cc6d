"""Files as a newer kbtool might write them within a version of their contract, and the readers that our pages give."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
ADDED = "added-in-a-newer-version"


def programs_in(page: str) -> list[str]:
    """The Python programs of a page of `docs`, in order."""
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def said_by(program: str, folder: Path) -> str:
    """What a program prints that is run in a folder; it must end well."""
    command = [sys.executable, "-X", "utf8", "-c", program]
    ran = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def newer_json(value: Any) -> Any:
    """A JSON value with one more field, of any shape, in every object, and with its keys in another order."""
    if isinstance(value, dict):
        return {ADDED: {"of": ["any", 1, None]}, **{key: newer_json(value[key]) for key in reversed(value)}}
    return [newer_json(item) for item in value] if isinstance(value, list) else value


def newer_csv(raw: bytes) -> bytes:
    """A table with one more column, before the others."""
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([ADDED if number == 0 else "more", *row] for number, row in enumerate(rows))
    return out.getvalue().encode("utf-8-sig")


def newer(path: Path) -> bytes:
    """A file as a newer kbtool might write it, by its ending."""
    raw = path.read_bytes()
    if path.suffix == ".csv":
        return newer_csv(raw)
    if path.suffix == ".ndjson":
        return b"".join(_line(json.loads(line)) for line in raw.splitlines())
    return _line(json.loads(raw))


def _line(value: Any) -> bytes:
    return f"{json.dumps(newer_json(value), ensure_ascii=False)}\n".encode()
