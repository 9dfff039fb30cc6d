"""The templates and assets of the site: files of the package itself, read once and compiled once.

They are read through `importlib.resources`, as Python reads the modules beside them: they are part of the program, not
of anybody's data, so the core still gives the same bytes for the same release whatever lies on the disk.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, Template
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from kbtool.site.text import TOP, long_day

ASSETS = ("site.css", "icon.svg", "document.js", "search.js", "claim-card.js")
"""Files that every site carries beside its pages; scripts are classic ones, so that they run from the disk too."""


class _ShownDirectly(CodeGenerator):
    """Compiles `{{ … }}` to a call of `_Pages.shown` in the place of `escape`, which makes an object of every text."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        del node, frame, finalize
        self.write("environment.shown(")


class _Pages(Environment):
    """Reads `a.b` as an item of `a` before an attribute: nearly everything here is a mapping."""

    code_generator_class = _ShownDirectly

    @staticmethod
    def shown(value: Any) -> Any:
        """What a page holds of a value: what `escape` gives, and most texts as they are, since it would change nothing.

        >>> [str(_Pages.shown(each)) for each in ("a", "<", Markup("<"), 1)]
        ['a', '&lt;', '<', '1']
        """
        kind = type(value)
        if kind is Markup:
            return value
        if kind is str and not ("&" in value or "<" in value or ">" in value or "'" in value or '"' in value):
            return value
        return escape(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The item, or else what Jinja would give."""
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return super().getattr(obj, attribute)


@cache
def template(name: str) -> Template:
    """A compiled template; autoescape is on in all of them, and no template uses `safe` on data."""
    return _environment().get_template(name)


@cache
def asset(name: str) -> bytes:
    """The bytes of an asset."""
    return (files("kbtool.site") / "assets" / name).read_bytes()


def fragment(name: str, **data: object) -> Markup:
    """A piece of a page: the output of a template, which has escaped every text in it."""
    return Markup(template(name).render(data))  # noqa: S704 - the template has escaped the data


@cache
def _environment() -> Environment:
    folder = files("kbtool.site") / "templates"
    texts = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".html")}
    sources = {name: text.replace('"~/', f'"{TOP}') for name, text in texts.items()}
    found = _Pages(loader=DictLoader(sources), autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    found.filters["day"] = long_day
    return found
