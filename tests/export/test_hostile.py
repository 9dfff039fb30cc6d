"""Hostile text stays text: one base with it in every text field, exported to every format and read back."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import html5lib
import polars as pl
import pytest
import yaml

from kbtool.export import EXPORTERS
from kbtool.records.characters import odd_characters
from kbtool.yamlsource.parse import parse
from tests.export.hostile import (
    CANARY,
    CONTROLS,
    DIRECTIONS,
    EXAMPLES,
    OWN,
    free_fields,
    hostile_release,
    hostile_texts,
)
from tests.export.linked import from_jsonld, from_nanopubs
from tests.export.readers import folded, texts_of
from tests.export.small import files_of
from tests.export.tables import read_csv

Files = Mapping[str, bytes]
Said = dict[str, tuple[str, list[str]]]
"""Statement and caveats of each claim by id, as a reader of the files finds them."""

MOST = len(OWN)
"""Claims where a format's own reader is slow; all texts are used nevertheless."""
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]")


@cache
def made(name: str, most: int | None = None) -> Files:
    """The files of an exporter for the hostile base; no claim of it is refused."""
    return files_of(EXPORTERS[name], hostile_release(most))


def said_of(most: int | None = None) -> Said:
    """What the records say."""
    claims = [released.claim for released in hostile_release(most).claims]
    return {claim.id: (claim.statement, [caveat.text for caveat in claim.caveats]) for claim in claims}


def from_views(claims: list[dict[str, Any]]) -> Said:
    """The same from claims as JSON has them."""
    return {each["id"]: (each["statement"], [caveat["text"] for caveat in each["caveats"]]) for each in claims}


def _json(files: Files) -> Said:
    return from_views(json.loads(files["claims.json"])["claims"])


def _ndjson(files: Files) -> Said:
    return from_views([json.loads(line) for line in files["claims.ndjson"].split(b"\n") if line])


def _csv(files: Files) -> Said:
    rows = read_csv(files["caveats.csv"])
    return {
        claim["id"]: (claim["statement"], [row["text"] for row in rows if row["claim"] == claim["id"]])
        for claim in read_csv(files["claims.csv"])
    }


def _sqlite(files: Files) -> Said:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["sqlite/claims.sqlite"])
    found: Said = {id_: (text, []) for id_, text in connection.execute("SELECT id, statement FROM claim")}
    for id_, text in connection.execute("SELECT claim, text FROM caveat ORDER BY claim, position"):
        found[id_][1].append(text)
    connection.close()
    return found


def _parquet(files: Files) -> Said:
    return from_views(pl.read_parquet(io.BytesIO(files["parquet/claims.parquet"])).to_dicts())


def _markdown(files: Files) -> Said:
    """From the front matter, as a generator's YAML reader has it."""
    pages = [raw.decode() for path, raw in files.items() if "/open-text/" in path]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return from_views([yaml.load(page.split("---\n", 2)[1], loader)["claim"] for page in pages])


def _changes(files: Files) -> Said:
    listed = json.loads(files["changes.json"])["claims"]
    return from_views([{**each["claim"], "id": each["id"]} for each in listed])


def _claim_files(files: Files) -> Said:
    found = [json.loads(raw) for path, raw in files.items() if path.endswith("/claim.json")]
    return from_views([each["released"] for each in found])


EXACT: dict[str, Callable[[Files], Said]] = {
    "json": _json,
    "ndjson": _ndjson,
    "csv": _csv,
    "sqlite": _sqlite,
    "parquet": _parquet,
    "markdown": _markdown,
    "changes": _changes,
    "site": _claim_files,
}
"""Formats in which every character comes back, each with a reader of its own."""


@pytest.mark.parametrize("name", EXACT)
def test_every_character_comes_back(name: str) -> None:
    """Hostile text stays text: exported once to every format and read back."""
    assert EXACT[name](made(name)) == said_of()


@pytest.mark.parametrize(("name", "read"), [("jsonld", from_jsonld), ("nanopub", from_nanopubs)])
def test_every_character_comes_back_from_linked_data(name: str, read: Callable[[Files], Any]) -> None:
    """The same in graphs, by PyLD and by rdflib."""
    found = read(made(name, MOST))
    assert {id_: texts for id_, (texts, _) in found.items()} == {
        id_: texts for id_, (_, texts) in said_of(MOST).items()
    }


def test_every_character_comes_back_from_claim_reviews() -> None:
    found = {}
    for path, raw in made("claimreview").items():
        if not path.endswith("feed.jsonld"):
            review = json.loads(raw)
            caveats = [each["value"] for each in review["additionalProperty"] if each["propertyID"] == "kbtool:caveat"]
            found[review["url"].removeprefix("https://example.org/claims/")] = (review["claimReviewed"], caveats)
    assert found == said_of()


def shown(text: str) -> str:
    """A text as pages and feeds show it: blanks folded, and nothing that neither HTML nor XML can hold."""
    return " ".join(_ODD.sub(" ", text).split())


def test_pages_show_statement_and_caveats_as_texts() -> None:
    """Pages, read by a parser that does as browsers do; none of their elements comes from the data."""
    said, files = said_of(MOST), made("site", MOST)
    wanted, kinds = (
        {id_: (shown(text), [shown(each) for each in caveats]) for id_, (text, caveats) in said.items()},
        set(),
    )
    for id_, expected in wanted.items():
        page = html5lib.parse(files[f"site/{id_}/index.html"].decode(), namespaceHTMLElements=False)
        heading = "".join(page.find(".//h1").itertext())
        caveats = ["".join(each.itertext())[1:] for each in page.iter("span") if each.get("class") == "caveat-text"]
        assert (shown(heading), [shown(each) for each in caveats]) == expected
        (block,) = (each.text for each in page.iter("script") if each.get("type") == "application/ld+json")
        assert json.loads(block or "")["claimReviewed"] == said[id_][0]
        kinds |= {str(each.tag) for each in page.iter()}
        for each in page.iter():
            assert not [name for name in each.keys() if name.startswith("on") or name in {"style", "srcdoc"}]  # noqa: SIM118
            assert not re.match(r"(?i)\s*(javascript|data|vbscript|file):", each.get("href") or each.get("src") or "")
    assert not kinds & {"iframe", "object", "img", "base", "style", "math", "plaintext", "form"}


def test_the_index_of_the_search_holds_every_character_as_data() -> None:
    """Scripts of the index are calls with one string each; JSON in it gives the texts back."""
    files = made("site")
    (part,) = [raw.decode() for path, raw in files.items() if re.fullmatch(r"site/search-index-\d+\.js", path)]
    literal = re.fullmatch(r"kbtoolSearchPart\(1, '((?:[^'\\\n\r\u2028\u2029]|\\(?:['\\]|u202[89]))*)'\);\n", part)
    assert literal is not None
    data = json.loads(re.sub(r"\\(u202[89]|.)", _unescaped, part[len("kbtoolSearchPart(1, '") : -len("');\n")]))
    rows = {row[0]: (row[6], [data["texts"][number] for _, number in row[5]]) for row in data["rows"]}
    assert {id_: (shown(text), list(map(shown, caveats))) for id_, (text, caveats) in rows.items()} == {
        id_: (shown(text), list(map(shown, caveats))) for id_, (text, caveats) in said_of().items()
    }


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1][1:], 16)) if len(found[1]) > 1 else found[1]


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_text_is_lost_in_any_format(name: str) -> None:
    """Every hostile text of a claim, letters and digits, whatever the format does with the rest."""
    files = made(name, MOST)
    found = unicodedata.normalize(
        "NFC", folded("\n".join(t for path, raw in files.items() for t in texts_of(path, raw)))
    )
    for statement, caveats in said_of(MOST).values():
        for text in (statement, *caveats):
            assert unicodedata.normalize("NFC", folded(text)) in found, text


def test_texts_that_deceive_the_eye_are_found_in_records() -> None:
    """Characters that hide or turn text are a finding of the record they stand in; controls cannot stand there."""
    for text in DIRECTIONS:
        if any(unicodedata.category(each) == "Cf" for each in text):
            assert list(odd_characters(text)), text
    for text in CONTROLS:
        assert parse(f"a: '{text}'\n".encode()).problems


def test_the_base_is_hostile_everywhere() -> None:
    """The texts reach every field in which a record may hold any text at all; a new field is found by itself."""
    fields = {(example, place) for example in EXAMPLES for place in free_fields(example)}
    assert len(fields) > 200
    assert any(CANARY in text for text in hostile_texts())
