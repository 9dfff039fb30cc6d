"""The index that search and facets read: scripts that hand over JSON, since pages opened from the disk may not fetch.

The first file, `search-index.js`, has what every part needs; each part has at most `MOST_IN_A_PART` claims, so that a
browser reads a large base piece by piece. The JSON stands in a string of the script and is parsed as data: nothing of
a claim is ever read as code. Searching itself needs no more than the texts; see `assets/search.js`.

The first file holds, under `format` `kbtool/search/1`: `total` and `parts` (numbers of claims and of files that
follow), `facets` (key, heading and the code and label of each term in use), `marks` (look of each verdict: class, paths
of its symbol) and `absent` (id, what became of it, and the reason, of each claim that is not shown). A part holds
`texts`, each once, and `rows`: id; codes of type, verdict and standing; number of the notice in `texts`, or -1;
caveats as pairs of code and number of their text; statement; quotes; numbers of the titles of its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kbtool.release.artifact import Artifact
from kbtool.site.marks import mark_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.contents import Contents

FORMAT = "kbtool/search/1"
"""Name and version of the index; `assets/search.js` reads this one and no other."""

MOST_IN_A_PART = 1000
"""Claims in one file of the index."""

HEAD = "search-index.js"
"""The first file of the index; the others are numbered from 1: `search-index-1.js`."""

_FACETS = (
    ("verdict", "Verdict", "ratings"),
    ("caveat", "Caveat", "caveat_kinds"),
    ("type", "Type", "claim_types"),
    ("standing", "Standing", "statuses"),
)
_NO_CAVEAT = ["-", "No caveat recorded"]
"""Stands among the kinds of caveat; no kind has such a code."""


def search_files(contents: Contents) -> Iterator[Artifact]:
    """The files of the index, in the order in which the list of claims has them."""
    ids = [id_ for order in contents.order.values() for id_ in order]
    parts = [ids[start : start + MOST_IN_A_PART] for start in range(0, len(ids), MOST_IN_A_PART)]
    titles = {slug: record["citation"].get("title", "") for slug, record in contents.evidence.items()}
    yield _script(HEAD, 0, _head(contents, len(ids), len(parts)))
    for number, part in enumerate(parts, 1):
        yield _script(f"search-index-{number}.js", number, _part([contents.claims[id_] for id_ in part], titles))


def _script(path: str, number: int, value: JsonObject) -> Artifact:
    r"""A call of the function that takes up a part, with the JSON as a string literal.

    >>> print(_script("a.js", 2, {"a": "it's \u2028"}).content.decode().strip())
    kbtoolSearchPart(2, '{"a":"it\'s \u2028"}');
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in (("\\", "\\\\"), ("'", "\\'"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(character, escape)
    return Artifact(path, f"kbtoolSearchPart({number}, '{text}');\n".encode())


def _head(contents: Contents, total: int, parts: int) -> JsonObject:
    return {
        "format": FORMAT,
        "total": total,
        "parts": parts,
        "language": contents.release["language"],
        "facets": list(_facets(contents)),
        "marks": {code: _look(code) for code in _codes(contents, "ratings")},
        "absent": [
            *([each["id"], "withdrawn", each["reason"]] for each in contents.withdrawn.values()),
            *([each["id"], "held back", each["reason"]] for each in contents.held.values()),
        ],
    }


def _facets(contents: Contents) -> Iterator[JsonObject]:
    for key, heading, name in _FACETS:
        terms = [[code, contents.term(name, code)["label"]] for code in _codes(contents, name)]
        if key == "caveat" and any(not claim["caveats"] for claim in contents.claims.values()):
            terms.append(_NO_CAVEAT)
        yield {"key": key, "heading": heading, "terms": terms}
    documents = [[document, contents.sources[document]["title"]] for document in contents.order]
    yield {"key": "document", "heading": "Document", "terms": documents}


def _codes(contents: Contents, name: str) -> list[str]:
    """The terms that claims use, in the order of the vocabulary, then those that it lacks."""
    counts = contents.counts(name)
    return list(dict.fromkeys([*(code for code in contents.vocabulary[name] if counts[code]), *sorted(counts)]))


def _look(rating: str) -> list[str]:
    mark = mark_of(rating)
    return [mark.css, *mark.paths]


def _part(claims: Sequence[JsonObject], titles: Mapping[str, str]) -> JsonObject:
    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    rows = [
        [
            claim["id"],
            claim["type"],
            claim["verdict"]["rating"],
            claim["review"]["standing"],
            number(claim["review"]["notice"]) if claim["review"]["notice"] else -1,
            [[caveat["kind"], number(caveat["text"])] for caveat in claim["caveats"]],
            claim["statement"],
            [quote["exact"] for quote in claim["source"]["quotes"]],
            [number(titles[link["ref"]]) for link in claim["evidence"] if titles[link["ref"]]],
        ]
        for claim in claims
    ]
    return {"texts": list(texts), "rows": rows}
