"""Markdown pages, read by real generators and by two readers of Markdown: caveats are in the body, text stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import markdown  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kbtool.export.front_matter import front_matter, harmless
from kbtool.export.markdown import MarkdownExporter
from kbtool.export.markdown_text import inline, shown
from kbtool.release.gate import GATES
from kbtool.release.release import Release, make_release
from kbtool.release.view import document_of
from tests.export import generators
from tests.export.small import AS_OF, HOSTILE, base_of, claim_of, files_of, small_release, source_of
from tests.golden import check_golden
from tests.shared import SHARED, needs_shared

GOLDEN = Path(__file__).parent / "golden"
Json = dict[str, Any]


def _pages(release: Release | None = None) -> dict[str, bytes]:
    files = files_of(MarkdownExporter(), release or small_release())
    return {path.removeprefix("markdown/"): content for path, content in files.items()}


def _front(page: bytes) -> Json:
    _, block, _ = page.decode().split("---\n", 2)
    found: Json = yaml.safe_load(block)
    return found


def _body(page: bytes) -> str:
    return page.decode().split("---\n", 2)[2]


MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</main><h1>x</h1>",
    "<!-- a comment",
    "--> <b>bold</b>",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "[x](javascript:alert(1)) ![i](https://example.net/x.png) [y][z] [^1]",
    "<https://example.net> <javascript:alert(1)> https://example.net www.example.net a@example.net",
    '{{< figure src="x" >}} {{% raw %}} {{ 7*7 }} {% include "x" %} {# note #} {{{ x }}}',
    "{: .red } {#id} [TOC] [[page]] !!! note ??? x +++ ---8<--- %%",
    "# head",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quote",
    "    four blanks",
    "\ttab",
    "***",
    "===",
    "~~~ fence",
    "``` fence",
    "a | b | c",
    "| --- | --- |",
    "*a* _b_ **c** __d__ ~~e~~ ==f== ^^g^^ `h` $i$ $$j$$ \\(k\\) :l: ::m",
    "\"straight\" 'single' it's -- dash --- dash ... dots (c) (TM) (r) +- ,,low",
    "one\n\n# two\n\n    three",
    "a backslash \\",
    "p < 0.05 & n > 3; 5 mg/kg, off-label, e.g. 1.10, (n = 12) at 12:30: 70% [95% CI 1-2]",
    "term\n: definition",
    "*[HTML]: abbreviation",
    "\x00\x07\x1b[31m\x7f\x85\u2028\u2029\ufeff\ufffe",
    "\u202edesrever\u202c \u2066isolate\u2069 \u200fmark",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
)
"""Texts that some reader of Markdown, template language or browser could take for more than text."""


def _shown(text: str) -> str:
    """What a page shows of a text, said once more: blanks folded, controls and turning signs by number."""
    folded = " ".join(re.split("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+", text)).strip()
    odd = {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF}
    return "".join(f"[U+{ord(each):04X}]" if ord(each) in odd else each for each in folded)


FRAMES = {
    "paragraph": "{}",
    "heading": "# {}",
    "item": "- **A**: {} (x)",
    "quote": "> {}",
    "cell": "| a | b |\n| --- | --- |\n| {} | x |",
    "link": "- [{}](x.md) (y)",
}
"""How pages hold a text."""

_COMMONMARK = MarkdownIt("default", {"html": True, "typographer": True})
_EXTENSIONS = ["tables", "toc", "fenced_code", "attr_list", "def_list", "admonition", "footnotes", "abbr", "smarty"]
_PYTHON = markdown.Markdown(extensions=[*_EXTENSIONS, "md_in_html", "nl2br", "wikilinks"])


@cache
def _read(reader: str, text: str) -> tuple[str, tuple[str, ...]]:
    """What a reader of Markdown makes of a text: its words with blanks folded, and the elements they are in."""
    html = _COMMONMARK.render(text) if reader == "markdown-it" else _PYTHON.reset().convert(text)
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return generators.words(tree).strip(), tuple(str(each.tag) for each in tree.iter())


def _taken_for_more(
    text: str, frames: Iterable[str] = FRAMES, readers: Iterable[str] = ("markdown-it", "Python-Markdown")
) -> list[tuple[str, str, str]]:
    found = []
    for frame in frames:
        for reader in readers:
            plain, tags = _read(reader, FRAMES[frame].format("ZQZ"))
            got = _read(reader, FRAMES[frame].format(inline(text)))
            if got != (re.sub("[ \n]+", " ", plain.replace("ZQZ", _shown(text))).strip(), tags):
                found.append((frame, reader, got[0]))
    return found


@pytest.mark.parametrize("text", [*MARKUP, *HOSTILE])
def test_no_reader_takes_data_for_markup(text: str) -> None:
    assert _taken_for_more(text) == []
    assert not re.search(r"\{[{%#<]|[<>`*_]", inline(text))


@needs_shared
def test_the_reader_of_eleventy_takes_no_naughty_string_for_markup() -> None:
    """Those of Hugo and MkDocs get them in whole sites, below."""
    wrong = ((text, _taken_for_more(text, ("cell",), ("markdown-it",))) for text in _naughty())
    assert [found for found in wrong if found[1]] == []


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.sampled_from("ab1 \t\n.-+*_#>=~|:;!?'\"()[]{}<>&%$^@\\/`,x"), min_size=1, max_size=12).filter(
        str.strip
    )
)
def test_no_reader_takes_any_text_for_markup(text: str) -> None:
    """Text is escaped so that markup in data never becomes markup."""
    assert _taken_for_more(text) == []


@cache
def _naughty() -> tuple[str, ...]:
    assert SHARED is not None
    texts = json.loads((SHARED / "testdata/naughty-strings/blns.json").read_bytes())
    return tuple(text for text in texts if text.strip() and _shown(text))


def test_text_stays_legible_where_no_sign_means_anything() -> None:
    plain = "In 8 of 12 people (67%), off-label use at 0.5 mg/kg; see Fig. 2. Then: stop."
    assert inline(plain) == plain


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_front_matter_keeps_the_exact_text(text: str) -> None:
    """Front matter holds the exact words, whatever they are."""
    page = front_matter(text, claim={"statement": text}).encode()
    assert _front(page)["claim"]["statement"] == text
    assert _front(page)["title"] == harmless(text)
    assert page.count(b"\n") == 5


@pytest.mark.parametrize("text", MARKUP)
def test_a_title_runs_nothing_where_a_theme_prints_it_as_it_is(text: str) -> None:
    tree = html5lib.parse(f"<title>x</title><p>{harmless(text)}</p>", namespaceHTMLElements=False)
    assert [str(each.tag) for each in tree.iter()] == ["html", "head", "title", "body", "p"]
    assert generators.words(tree.find(".//p")).strip() == re.sub("[ \n]+", " ", harmless(text)).strip()
    assert not re.search(r"\{[{%#]|\]\(", harmless(text))


def _hostile_release() -> Release:
    """Every text of every kind in every field that takes free words."""
    texts = [*MARKUP, *HOSTILE, *(_naughty() if SHARED else ())]
    lots = [texts[at : at + 30] for at in range(0, len(texts), 30)]
    claims = [_hostile_claim(number, lot) for number, lot in enumerate(lots)]
    base = base_of([*claims, claim_of("usage", MARKUP[0], id="open-text/gone", review={"status": "withdrawn"})])
    release = make_release(base, GATES["any"], AS_OF)
    source = source_of("open-text", "quotes-only", "x").model_copy(update={"title": "".join(MARKUP[:4])})
    config = release.config.model_copy(update={"title": MARKUP[8], "description": MARKUP[9]})
    return replace(release, config=config, sources=tuple(replace(each, source=source) for each in release.sources))


def _hostile_claim(number: int, lot: list[str]) -> Any:
    first, last = lot[0], lot[-1]
    return claim_of(
        "efficacy",
        first,
        id=f"open-text/c{number}",
        source={"document": "open-text", "quotes": [{"exact": text} for text in lot]},
        caveats=[{"kind": "limited-evidence", "text": text, "basis": {"quote": {"exact": text}}} for text in lot],
        evidence=[{"ref": "a-trial", "stance": "supports", "directness": "direct", "finding": last, "locator": first}],
        verdict={"rating": "supported", "rationale": last},
        drafted={"by": first, "on": "2026-01-01", "method": last},
        intervention={"as_stated": first},
        outcome={"as_stated": last},
    )


@pytest.fixture(scope="module")
def hostile() -> tuple[Json, dict[str, bytes]]:
    release = _hostile_release()
    return document_of(release), _pages(release)


@pytest.fixture(scope="module")
def mkdocs(hostile: tuple[Json, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generators.mkdocs_site(hostile[1], tmp_path_factory.mktemp("mkdocs"))


@pytest.fixture(scope="module")
def hugo(hostile: tuple[Json, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generators.hugo_site(hostile[1], tmp_path_factory.mktemp("hugo")) / "claims"


def _check_site(document: Json, site: Path) -> None:
    for claim in document["claims"]:
        tree = generators.elements(site / claim["id"] / "index.html")
        main = generators.words(generators.main_of(tree))
        for caveat in claim["caveats"]:
            assert f"{caveat['label']}: {_shown(caveat['text'])} (rests on the words " in main
        texts = [claim["statement"], claim["verdict"]["rationale"], *(q["exact"] for q in claim["source"]["quotes"])]
        assert [text for text in texts if re.sub(" +", " ", _shown(text)) not in main] == []
        assert "Not reviewed by a qualified person." in main
    pages = sorted(site.rglob("*.html"))
    trees = {page: generators.elements(page) for page in pages}
    assert {page: found for page, tree in trees.items() if (found := list(generators.dangers(tree)))} == {}


def _check_links(site: Path, root: Path) -> None:
    """No link was made of data, and each link of ours goes to a page."""
    seen = 0
    for page in sorted(site.rglob("index.html")):
        for href in generators.links(generators.main_of(generators.elements(page))):
            if href.startswith("#"):
                continue
            goal = root / href.lstrip("/") if href.startswith("/") else page.parent / href
            assert (goal / "index.html").is_file() or goal.is_file(), (page, href)
            seen += 1
    assert seen > 100


def test_mkdocs_shows_every_caveat_and_runs_nothing(hostile: tuple[Json, dict[str, bytes]], mkdocs: Path) -> None:
    _check_site(hostile[0], mkdocs)
    _check_links(mkdocs, mkdocs)
    title = generators.elements(mkdocs / "open-text/c0/index.html").find(".//title")
    assert generators.words(title) == "\u2039script>alert(1)\u2039/script> - Checked claims"


@generators.needs_hugo
def test_hugo_shows_every_caveat_and_runs_nothing(hostile: tuple[Json, dict[str, bytes]], hugo: Path) -> None:
    _check_site(hostile[0], hugo)
    _check_links(hugo, hugo.parent)


@generators.needs_hugo
def test_hugo_lists_show_a_statement_with_all_its_caveats(hostile: tuple[Json, dict[str, bytes]], hugo: Path) -> None:
    tree = generators.elements(hugo / "index.html")
    articles = [re.sub(" +", " ", generators.words(each)) for each in tree.iter("article")]
    for claim in hostile[0]["claims"]:
        statement = re.sub(" +", " ", _shown(claim["statement"]))
        (article,) = [
            each
            for each in articles
            if each.strip().startswith(statement) and _shown(claim["caveats"][-1]["text"]) in each
        ][:1]
        assert all(re.sub(" +", " ", _shown(caveat["text"])) in article for caveat in claim["caveats"])
        assert "Verdict" not in article


def test_statement_notice_and_caveats_come_first() -> None:
    lines = [line for line in _body(_pages()["open-text/usage.md"]).splitlines() if line]
    assert lines[0] == "# 70 % of \u00b5g/kg \u2265 1.10 e\u0301\u00e9"
    assert lines[1].startswith("**Not reviewed by a qualified person.** Draft on 2026-01-31: ")
    assert lines[2] == "**Caveats**"
    assert [line.partition("**:")[0] for line in lines[3:7]] == [
        "- **Limited evidence",
        "- **Limited evidence",
        "- **Untraced citation",
        "- **unknown-kind",
    ]
    assert lines[7:9] == ["<!--more-->", "## Verdict: Supported"]


def test_an_approved_claim_says_who_approved_it_and_until_when() -> None:
    body = _body(_pages()["open-text/efficacy.md"])
    assert "Not reviewed" not in body
    assert "\nApproved on 2026-01-10, lapses on 2028-01-10.\n" in body
    assert "\n| 2026-01-10 | Approved | example-clinician | clinician | yes |\n" in body
    assert "\n| 2026-01-10 | Approved | example-reader | patient | no |\n" in body
    assert "\nCertainty for \u201crelief\u201d" in body
    assert "\nApproved on 2026-01-10.\n" in _body(_pages()["open-text/definition.md"])


def test_a_claim_with_nothing_but_its_quote() -> None:
    body = _body(_pages()["closed-text/cost.md"])
    assert "\nNo caveat is recorded.\n" in body
    assert "\nNo evidence is recorded.\n" in body
    assert "Related claims" not in body
    bare: Json = {
        "caveats": [],
        "tags": [],
        "source": {"document": "open-text", "quotes": [{"exact": "x"}]},
        "hedges": [],
    }
    body = _body(
        _pages(make_release(base_of([claim_of("usage", "x", **bare)]), GATES["any"], AS_OF))["open-text/usage.md"]
    )
    assert "Characters" not in body
    assert "Tags" not in body
    assert "valid until" not in body
    assert "\n| hedges | \u2013 | \u2013 |\n" in body


def test_fields_that_restate_the_document() -> None:
    pages = _pages()
    assert "\n| frequency | 4% | 4 % |\n" in _body(pages["open-text/epidemiology.md"])
    assert "\n| knowledge | not-stated | \u2013 |\n" in _body(pages["open-text/mechanism.md"])
    assert "\n| study | untraced-study | \u2013 |\n" in _body(pages["open-text/citation.md"])


def test_tombstones_held_claims_and_lists() -> None:
    pages = _pages()
    gone = _body(pages["closed-text/usage.md"])
    assert "withdrawn on 2026-01-10 and may not be shown any more: &#64;nobody said so" in gone
    assert "Its place is taken by [closed-text/cost](../closed-text/cost.md)" in gone
    assert "This claim was withdrawn and may not" in _body(pages["closed-text/definition.md"])
    withdrawn = _body(pages["withdrawn_claims.md"])
    assert "- [closed-text/usage](closed-text/usage.md), 2026-01-10: " in withdrawn
    assert "- [closed-text/definition](closed-text/definition.md), day not known: " in withdrawn
    assert "- closed-text/held (Draft): it cites evidence &#39;lost-study&#39;" in _body(pages["held_claims.md"])
    assert _front(pages["closed-text/usage.md"])["withdrawn"]["successor"] == "closed-text/cost"


def test_wherever_a_statement_stands_in_a_list_its_caveats_stand_below_it() -> None:
    """Caveats travel: no list shows a statement without them."""
    pages = _pages()
    claims = {claim["id"]: claim for claim in document_of(small_release())["claims"]}
    lists = [page for path, page in pages.items() if path not in {f"{id_}.md" for id_ in claims}]
    for claim in claims.values():
        first = f"[{inline(claim['statement'])}]("
        for body in map(_body, lists):
            for part in body.split(first)[1:]:
                below = part.split("\n- ")[0]
                assert all(inline(caveat["text"]) in below for caveat in claim["caveats"])
                assert bool(claim["review"]["notice"]) == ("Not reviewed" in below)


def test_lists_have_every_claim_and_evidence_page() -> None:
    pages = {path: _body(page) for path, page in _pages().items()}
    ids = [each.claim.id for each in small_release().claims]
    assert all(f"({id_}.md)" in pages["by_verdict.md"] for id_ in ids)
    assert [line for line in pages["by_verdict.md"].splitlines() if line.startswith("## ")] == [
        "## Supported",
        "## Partly supported",
        "## Contradicted",
        "## Unverifiable",
        "## Not checkable",
    ]
    headings = [line for line in pages["by_caveat.md"].splitlines() if line.startswith("## ")]
    assert headings == ["## Limited evidence", "## Untraced citation", "## unknown-kind"]
    assert "None directly" in pages["evidence/untraced-study.md"]
    assert "| Identifiers | doi 10.5555/example, pmid 0, pmcid PMC0, NCT00000000 |" in pages["evidence/a-trial.md"]
    assert "- Found on 2026-01-01: made up" in pages["sources/open-text.md"]
    assert "**Not reviewed by a qualified person.**" in pages["README.md"]


def test_places_with_an_address_show_it() -> None:
    release = small_release()
    place = {"url": "https://example.org/a", "on": "2026-01-01", "note": "seen"}
    source = release.sources[1].source
    known = source.model_validate(source.model_dump(mode="json") | {"copies": [place]})
    changed = replace(release, sources=(release.sources[0], replace(release.sources[1], source=known)))
    body = _body(_pages(changed)["sources/open-text.md"])
    assert "- Copies on 2026-01-01, https&#58;&#47;&#47;example&#46;org/a: seen" in body


def test_an_evidence_page_says_what_was_looked_at() -> None:
    release = small_release()
    trial = release.evidence[0]
    changed = trial.model_validate(
        trial.model_dump(mode="json", by_alias=True)
        | {"seen": {"how": "full-text", "detail": "table 2"}, "certainty_stated": "low for relief", "n": "24"}
    )
    body = _body(_pages(replace(release, evidence=(changed, *release.evidence[1:])))["evidence/a-trial.md"])
    assert "\n| n | 24 |\n" in body
    assert "\n| Certainty stated | low for relief |\n" in body
    assert "\n| Seen | full-text, table 2 |\n" in body


def test_a_release_with_nothing_in_it_says_so() -> None:
    release = replace(small_release(), claims=(), held=(), tombstones=(), sources=(), evidence=())
    pages = {path: _body(page) for path, page in _pages(release).items()}
    assert set(pages) == {"README.md", "by_verdict.md", "by_caveat.md", "held_claims.md", "withdrawn_claims.md"}
    assert all("\nNone.\n" in body for path, body in pages.items() if path != "README.md")
    assert "Not reviewed" not in pages["README.md"]


def test_front_matter_has_the_claim_as_in_the_json_and_the_release() -> None:
    for claim in document_of(small_release())["claims"]:
        front = _front(_pages()[f"{claim['id']}.md"])
        assert front["claim"] == claim
        assert front["release"] == {
            "id": small_release().id,
            "as_of": "2026-01-31",
            "valid_until": "2028-01-09",
            "gate": "any",
            "notice": "not reviewed by a qualified person",
        }
        assert front["templateEngineOverride"] == "md"


def test_shown_texts_are_what_the_page_says_they_are() -> None:
    assert all(shown(text) == _shown(text) for text in (*MARKUP, *HOSTILE))


def test_an_older_reader_reads_a_newer_page() -> None:
    """Keys are only added within a version; readers ignore what they do not know."""
    older = _pages()["open-text/usage.md"]
    newer = older.replace(b"\nclaim: {", b'\nnew: {"x": 1}\nclaim: {"new": [1], ', 1)
    assert newer != older
    assert _older_reader(newer) == _older_reader(older)


def _older_reader(page: bytes) -> tuple[Any, ...]:
    """The documented minimum of `markdown/1`."""
    front = _front(page)
    claim = front["claim"]
    caveats = [(each["label"], each["text"], each["basis"]) for each in claim["caveats"]]
    return front["title"], claim["statement"], caveats, claim["review"]["notice"], front["release"]["as_of"]


def test_golden_files() -> None:
    files = files_of(MarkdownExporter(), small_release())
    for path, content in files.items():
        check_golden(GOLDEN / path, content)
    accepted = {path.relative_to(GOLDEN).as_posix() for path in (GOLDEN / "markdown").rglob("*") if path.is_file()}
    assert accepted == set(files)
