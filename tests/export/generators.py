"""Real site generators, set up as docs/export-markdown.md says, and their pages read as browsers read them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest

_PAGE = Path(__file__).parents[2] / "docs" / "export-markdown.md"

HUGO = shutil.which("hugo")
needs_hugo = pytest.mark.skipif(HUGO is None, reason="NOT RUN: hugo is not installed")

_LAYOUT = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    "<body><header>{{ .Title }}</header><main>%s</main></body></html>"
)


def example(language: str) -> str:
    """The first block of code in a language on the page of the format."""
    found = re.search(rf"^```{language}\n(.*?)^```$", _PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def _write(folder: Path, files: Mapping[str, bytes | str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def hugo_site(pages: Mapping[str, bytes], folder: Path) -> Path:
    """Build the pages with Hugo; the folder of the site, in which the claims are below `claims/`."""
    layouts = {
        "hugo.toml": example("toml") + 'disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n',
        "layouts/_default/_markup/render-link.html": example("html"),
        "layouts/_default/single.html": _LAYOUT % "{{ .Content }}",
        "layouts/_default/list.html": _LAYOUT % "{{ range .Pages }}<article>{{ .Summary }}</article>{{ end }}",
    }
    _write(folder, layouts)
    _write(folder / "content" / "claims", pages)
    _run([str(HUGO), "--quiet", "--cacheDir", str(folder / "cache")], folder)
    return folder / "public"


def mkdocs_site(pages: Mapping[str, bytes], folder: Path) -> Path:
    """Build the pages with MkDocs and its own theme; the folder of the site."""
    _write(folder, {"mkdocs.yml": example("yaml")})
    _write(folder / "markdown", pages)
    _run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")], folder)
    return folder / "site"


def _run(command: list[str], folder: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def elements(page: Path) -> Any:
    """The page as a tree of elements, as browsers make it."""
    return html5lib.parse(page.read_bytes(), namespaceHTMLElements=False, transport_encoding="utf-8")


def main_of(tree: Any) -> Any:
    """The part of a page that was made of the Markdown."""
    found = tree.find(".//main")
    return found if found is not None else tree.find(".//*[@role='main']")


def words(element: Any) -> str:
    """The text of an element, with blanks and line ends folded."""
    return re.sub("[ \n]+", " ", "".join(element.itertext()))


def dangers(tree: Any) -> Iterator[str]:
    """What runs, or loads from elsewhere, in a page of which the theme itself has only plain scripts."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name.startswith("on") or re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE):
                yield f"{element.tag} {name}={value}"
        if element.tag in {"script", "style"} and "alert" in "".join(element.itertext()):
            yield f"{element.tag} runs"


def links(element: Any) -> list[str]:
    """Where the links in an element go."""
    return [each.get("href", "") for each in element.iter("a")]
