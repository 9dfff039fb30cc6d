"""Which base a command is about: found from where a person is, or named."""

from __future__ import annotations

from pathlib import Path

CONFIG = "kb.yaml"
DEFAULT_FOLDER = "claims"


class NoBase(Exception):  # noqa: N818 - it says what there is, as in "raises NoBase"
    """There is no usable base where one was looked for; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def find_base(start: Path, named: Path | None) -> Path:
    """The folder of the base: the one named, else that of the nearest `kb.yaml` above `start` or in a `claims/` there.

    Raises NoBase with a hint where there is none.
    """
    if named is not None:
        return _named_base(named)
    for folder in (start, *start.parents):
        for candidate in (folder, folder / DEFAULT_FOLDER):
            if is_file(candidate / CONFIG):
                return candidate
    raise NoBase(
        f"no {CONFIG!r} here, above, or in a folder {DEFAULT_FOLDER!r}",
        "name the base with --kb DIR, or start one with 'kbtool init DIR'",
    )


def _named_base(named: Path) -> Path:
    if is_file(named / CONFIG):
        return named
    if named.name == CONFIG and is_file(named):
        return named.parent
    if is_file(named):
        raise NoBase(f"{str(named)!r} is a file", f"name the folder that holds {CONFIG!r}")
    if not _exists(named):
        raise NoBase(f"there is no folder {str(named)!r}", "check the path, or start a base with 'kbtool init DIR'")
    hint = "name the folder that holds it, or start a base with 'kbtool init DIR'"
    raise NoBase(f"there is no readable {CONFIG!r} in {str(named)!r}", hint)


def is_file(path: Path) -> bool:
    """Whether the path leads to a regular file; one that cannot even be asked for does not."""
    try:
        return path.is_file()
    except OSError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
