"""A base with a hostile text in every text field: what breaks pages, tables, queries, templates and parsers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from tests.export.naughty import naughty_strings
from tests.export.small import AS_OF, CONFIG, FIELDS, VOCABULARY, base_of, claim_of, record, source_of
from tests.shared import SHARED

if TYPE_CHECKING:
    from kbtool.model.base import Model

M = TypeVar("M", bound="Model")

CANARY = "kbtoolCanary"
"""What every script in the texts would set, if one ran."""

RUN = f"window.{CANARY}=1;alert(1)"

SCRIPTS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title></textarea></style></noscript><script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f'"><svg/onload="{RUN}">',
    f"' autofocus onfocus='{RUN}' x='",
    f"<iframe srcdoc='<script>parent.{CANARY}=1</script>'></iframe>",
    f"<details open ontoggle={RUN}>",
    f"<math><mtext></p><style><img src onerror={RUN}></style>",
    "<link rel=stylesheet href=https://evil.example.net/x.css><base href=https://evil.example.net/>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example.net/">',
    "<img src=https://evil.example.net/pixel.png><object data=https://evil.example.net/x></object>",
    f"--!><!-- ]]> <![CDATA[ <?php {RUN} ?> <% {RUN} %>",
    "<plaintext>",
    "</main></body></html>",
    f"'); {RUN}; ('",
    f"\\'); {RUN}; //",
    f"\u2028{RUN}\u2029",
)
SCHEMES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt&colon;{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"[x](javascript:{RUN}) <javascript:{RUN}> ![x](https://evil.example.net/pixel.png)",
    "file:///etc/passwd",
    "//evil.example.net/x",
)
TEMPLATES = (
    "{{ 7*7 }} {{ ''.__class__.__mro__ }}",
    "{% include '/etc/passwd' %} {# gone #} {%- raw -%}",
    '{{< figure src="x" >}} ${7*7} #{7*7} <%= 7*7 %> @{7*7} *{7*7}',
    '"~/site.css" ~/index.html',
)
DIRECTIONS = (
    "safe \u202eelbarap\u202c text \u2066isolated\u2069 \u200fmark\u200e",
    "\u202d\u202e\u2067 never closed",
    "\u05e9\u05dc\u05d5\u05dd (\u0645\u0631\u062d\u0628\u0627) 12% <b>",
    "zero\u200bwidth\u200dand\ufeffmarks \u00ad soft",
    "Z" + "\u0334\u0335\u0336\u0337\u0338\u0300\u0301\u0302" * 20,
)
CONTROLS = ("bell \x07 escape \x1b[31m delete \x7f next \x85 line", "tab\there\r\nand\rthere\n\nand a break\x0b\x0c")
TABLES = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\uff1d1", '"a","b";c', "'=x", '=HYPERLINK("x","y")')
QUERIES = ("'; DROP TABLE claims; --", '" OR 1=1 --', "NULL", "%_\\%", 'MATCH "a* NEAR b"', "x'00'")
RECORDS = (
    "- a: b # c",
    "&a *a !!python/object:x",
    "--- |\n  ...",
    "no",
    "1.10",
    "~",
    "key: [1, {a: b}]",
    "? complex",
    "<<: *x",
)
GRAPHS = (
    '""" . <x:y> <x:z> "',
    "''' ; a owl:Thing . #",
    r"\u0041 \U0001F600 \n \" \x",
    "<a> a <b> .",
    "@prefix x: <x:> .",
    "_:b0 ^^<x> @en",
)
LONG = ("W" * 600, "\u6f22" * 300, "https://example.org/" + "a/" * 200, "word " * 150)

OWN = (
    *SCRIPTS, *SCHEMES, *TEMPLATES, *DIRECTIONS, *CONTROLS, *TABLES, *QUERIES, *RECORDS, *GRAPHS, *LONG, " two  blanks "
)  # fmt: skip


@cache
def hostile_texts() -> tuple[str, ...]:
    """The texts; the public list of naughty strings among them where it is there."""
    return tuple(dict.fromkeys((*OWN, *(naughty_strings() if SHARED else ()))))


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all texts in a value."""
    if isinstance(value, str):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in items for place in _leaves(item, (*path, key))]


def _put(value: Any, path: tuple[Any, ...], text: str) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = text


def _data(model: Model) -> dict[str, Any]:
    data: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


KEPT = {"exact", "prefix", "suffix"}
"""Words of a text under check; in quotes they are set apart, since positions point to them."""


@cache
def free_fields(example: str) -> tuple[tuple[Any, ...], ...]:
    """Places in a record at which any text at all may stand: its model takes a hostile one there."""
    found = []
    model = EXAMPLES[example]
    kind = type(model)
    for place in _leaves(_data(model)):
        data = _data(model)
        _put(data, place, "<x> \u05e9 {{ = ; ' \" \\")
        try:
            kind.model_validate(data)
        except ValidationError:
            continue
        if place[-1] not in KEPT:
            found.append(place)
    return tuple(found)


def filled(model: M, example: str, texts: tuple[str, ...], first: int) -> M:
    """The record with a hostile text at each such place: the one numbered `first`, then every 37th after it."""
    data, kind = _data(model), type(model)
    for place, number in zip(free_fields(example), count(first, 37)):
        _put(data, place, texts[number % len(texts)])
    return kind.model_validate(data)


EXAMPLES: dict[str, Any] = {kind: claim_of(kind, "x") for kind in FIELDS}
_BASE = base_of([])
EXAMPLES |= {f"evidence {slug}": each.model for slug, each in _BASE.evidence.items()}
EXAMPLES |= {"config": CONFIG, "vocabulary": VOCABULARY, "source": source_of("open-text", "full-text", "x")}


@cache
def hostile_release(most: int | None = None) -> Release:
    """The release of a base with one claim for each text, and hostile texts in its other records too.

    With `most` there are no more claims than that; the texts are still all used.
    """
    texts = hostile_texts()
    kinds = list(FIELDS)
    claims = []
    for number, text in enumerate(texts[:most]):
        kind = kinds[number % len(kinds)]
        claim = filled(EXAMPLES[kind], kind, texts, number)
        data = _data(claim)
        data |= {"id": f"open-text/hostile-{number}", "statement": text}
        data["source"]["quotes"] = [{"exact": text}]
        data["caveats"][0]["text"] = text
        data["evidence"][0]["finding"] = text
        data["verdict"]["rationale"] = text
        claims.append(type(claim).model_validate(data))
    base = base_of(claims)
    return make_release(_with_hostile_records(base, texts), GATES["any"], AS_OF)


def _with_hostile_records(base: Any, texts: tuple[str, ...]) -> Any:
    text = "\n\n".join(texts)
    evidence = {
        slug: record(filled(each.model, f"evidence {slug}", texts, 11 + 5 * n))
        for n, (slug, each) in enumerate(base.evidence.items())
    }
    source = _data(source_of("open-text", "full-text", text))
    sources = {"open-text": record(filled(type(EXAMPLES["source"]).model_validate(source), "source", texts, 3))}
    return replace(
        base,
        config=record(filled(CONFIG, "config", texts, 0)),
        vocabulary=record(filled(VOCABULARY, "vocabulary", texts, 2)),
        sources={**base.sources, **sources},
        texts={**base.texts, "open-text": text},
        evidence=evidence,
    )
