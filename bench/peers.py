"""Other programs that check YAML records, run over the same files where they are installed.

None of them does what kbtool does: they parse, and some hold records against the JSON Schema. They tell what kind of
seconds these are.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / "build" / "peers"
PEERS = ("yamllint", "check-jsonschema")


def installed() -> Iterator[tuple[str, Path]]:
    """The peers that there are, on the path or in environments of their own."""
    for name in PEERS:
        own = ENVIRONMENTS / name / "bin" / name
        found = str(own) if own.exists() else shutil.which(name)
        if found:
            yield name, Path(found)


def install() -> None:
    """Put each peer into an environment of its own below `build/`."""
    for name in PEERS:
        folder = ENVIRONMENTS / name
        if not (folder / "bin" / name).exists():
            venv.create(folder, with_pip=True)
            subprocess.run((folder / "bin" / "pip", "install", "-q", name), check=True, stdout=sys.stderr)


def command_of(name: str, program: Path, base: Path) -> tuple[str | Path, ...]:
    """How a peer is run over the claims of a base."""
    claims = sorted(base.glob("doc-*"))
    if name == "yamllint":
        return (program, "-s", "-d", "{rules: {key-duplicates: enable}}", *claims)
    files = [path for folder in claims for path in sorted(folder.glob("*.yaml"))]
    return (program, "--schemafile", ROOT / "schema" / "claim.schema.json", *files)
