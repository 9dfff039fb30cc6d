"""The schema folder that comes with kbtool: `schema/` of a checkout, or the copy inside an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "schema_files", _PACKAGE.parent / "schema")
_NEEDED = ("vocabulary.yaml", "policy.yaml")


class NotShipped(Exception):  # noqa: N818 - it says what is the matter, as messages do
    """This installation of kbtool lacks a part of itself."""


def shipped_schema_folder() -> Path:
    """The folder with vocabulary, policy and schemas; raises NotShipped where the installation lacks it."""
    for folder in _PLACES:
        if all((folder / name).is_file() for name in _NEEDED):
            return folder
    raise NotShipped("this installation of kbtool lacks its schema folder")


def shipped_schema_files() -> dict[str, bytes]:
    """The bytes of every file of that folder that belongs in a base's schema folder, by name."""
    folder = shipped_schema_folder()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in {".yaml", ".json"}}


def example_files() -> dict[str, bytes]:
    """The bytes of every file of the example base, by path with forward slashes; raises NotShipped without them."""
    folder = _PACKAGE / "store" / "example"
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    if "claims/kb.yaml" not in files:
        raise NotShipped("this installation of kbtool lacks its example base")
    return files
