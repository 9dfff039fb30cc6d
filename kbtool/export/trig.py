"""RDF statements as TriG: graph by graph, subject by subject, with short names, for people and programs.

In literals whatever could break a line, end a quotation or turn the direction of writing is written as an escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kbtool.export.quads import RDF_TYPE, STRING, Graph, Triple

_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x61C,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
)
"""Code points that show nothing, or change how the text around them shows."""

_ESCAPES = {code: f"\\u{code:04X}" for code in _HIDDEN} | {ord(character): text for character, text in _NAMED.items()}
_END = " .\n"
_MOST = 4096
"""How many short names are kept; nearly all that come again come again soon."""

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def quoted(text: str) -> str:
    r"""A literal's words between double quotes.

    >>> quoted('5 "mg"')
    '"5 \\"mg\\""'
    """
    is_plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if is_plain else f'"{text.translate(_ESCAPES)}"'


class Names(dict[str, str]):
    """Short names by address, each worked out when it is first asked for: of the first prefix that fits, if any."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = tuple(prefixes.items())

    def __missing__(self, address: str) -> str:
        if len(self) == _MOST:
            self.clear()
        self[address] = short = self._shortened(address)
        return short

    def _shortened(self, address: str) -> str:
        for prefix, namespace in self._prefixes:
            if address.startswith(namespace):
                local = address[len(namespace) :]
                if not local or _LOCAL.fullmatch(local):
                    return f"{prefix}:{local}"
        return f"<{address}>"


def prefix_lines(prefixes: Mapping[str, str]) -> str:
    """What comes before all statements: what each prefix stands for."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def trig(graphs: Iterable[Graph], names: Names) -> str:
    """Graphs, subject by subject."""
    return "".join(
        [f"\n{names[graph]} {{\n{''.join(_said(triples, names))} .\n}}\n" for graph, triples in graphs if triples]
    )


def _said(triples: Iterable[Triple], names: Names) -> list[str]:
    """What comes before a statement depends on how much of it the one before has already said."""
    pieces: list[str] = []
    last_subject = last_predicate = ""
    for subject, predicate, is_literal, text, datatype in triples:
        if subject != last_subject:
            pieces += (_END if last_subject else "", "  ", names[subject], " ", _verb(predicate, names), " ")
            last_subject, last_predicate = subject, predicate
        elif predicate != last_predicate:
            pieces += (" ;\n    ", _verb(predicate, names), " ")
            last_predicate = predicate
        else:
            pieces.append(",\n      ")
        pieces.append(_object(text, datatype, names) if is_literal else names[text])
    return pieces


def _verb(predicate: str, names: Names) -> str:
    return "a" if predicate == RDF_TYPE else names[predicate]


def _object(text: str, datatype: str, names: Names) -> str:
    if datatype == STRING:
        return quoted(text)
    return f"{quoted(text)}{datatype}" if datatype.startswith("@") else f"{quoted(text)}^^{names[datatype]}"
