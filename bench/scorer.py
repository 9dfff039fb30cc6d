"""The scripts that score answers, which lie beside the checkout with the data."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any


def scorer(data: Path, name: str) -> Any:
    """The module `score/NAME.py` of the data; ends the program where there is none."""
    path = data / "score" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"there is no {path}; name the folder that holds 'score' with --data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
