"""That stable addresses lead to pages, and what lies beside them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kbtool.export import run_exporters
from kbtool.export.site import SiteExporter
from kbtool.release.manifest import manifest_of
from kbtool.release.uris import decision_uri, evidence_uri, release_uri, reviewer_uri, source_uri, term_uri
from kbtool.release.view import document_of
from kbtool.site import paths, sitemap
from kbtool.site.people import decisions_of
from kbtool.store.write import write_release
from tests.export.older import newer_json
from tests.export.small import VOCABULARY, small_release
from tests.site.reading import by_class, page, site, words

DOCS = Path(__file__).parents[2] / "docs"
STEM = "https://example.org/claims/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def uris() -> list[str]:
    """The public identifiers of everything in the small release."""
    release = small_release()
    document = document_of(release)
    decisions = [each for claim in document["claims"] for each in claim["review"]["decisions"]]
    decisions += [stone["decision"] for stone in document["withdrawn"] if stone["decision"]]
    return [
        *(each["uri"] for each in (*document["claims"], *document["withdrawn"])),
        *(f"{STEM}{held['id']}" for held in document["held"]),
        *(evidence_uri(STEM, each["id"]) for each in document["evidence"]),
        *(source_uri(STEM, each["document"]) for each in document["sources"]),
        *(decision_uri(STEM, each["file"]) for each in decisions),
        *(reviewer_uri(STEM, each["reviewer"]) for each in decisions),
        *(term_uri(STEM, "ratings", code) for code in VOCABULARY.ratings),
        *(term_uri(STEM, "hedges", code) for code in VOCABULARY.hedges),
        release_uri(STEM, release.id),
    ]


@pytest.mark.parametrize("uri", sorted(set(uris())))
def test_a_stable_address_is_that_of_a_page_that_names_it(uri: str) -> None:
    path = f"{uri.removeprefix(STEM)}/index.html"
    canonical = [link.get("href") for link in page(path).iter("link") if link.get("rel") == "canonical"]
    assert canonical == [uri]


def test_a_claim_that_is_shown_has_its_json_beside_it() -> None:
    document = document_of(small_release())
    for claim in document["claims"]:
        found = json.loads(site()[f"{claim['id']}/claim.json"])
        assert (found["format"], found["state"], found["uri"]) == ("kbtool/claim/1", "released", claim["uri"])
        assert found["released"] == claim
        assert (found["held"], found["withdrawn"]) == (None, None)
        assert (found["as_of"], found["valid_until"]) == ("2026-01-31", document["release"]["valid_until"])
        assert found["release"]["notice"] == "not reviewed by a qualified person"


def test_a_withdrawn_claim_keeps_address_and_json_and_both_say_so() -> None:
    """A withdrawn claim leaves a tombstone in every export."""
    stones = document_of(small_release())["withdrawn"]
    assert {bool(stone["successor"]) for stone in stones} == {True, False}
    for stone in stones:
        root = page(f"{stone['id']}/index.html")
        assert words(root.find(".//h1")) == "This claim was withdrawn"
        assert stone["reason"] in words(root)
        assert [each.get("content") for each in root.iter("meta") if each.get("name") == "robots"] == ["noindex"]
        found = json.loads(site()[f"{stone['id']}/claim.json"])
        assert (found["state"], found["withdrawn"], found["released"]) == ("withdrawn", stone, None)
        assert stone["id"] in words(page("not-shown.html"))


def test_a_held_claim_keeps_its_address_and_gives_the_reason() -> None:
    """A claim held back is listed as held, with the reason."""
    held = document_of(small_release("approved"))["held"]
    assert len(held) > 5
    for each in held:
        root = page(f"{each['id']}/index.html", "approved")
        assert words(root.find(".//h1")) == "This claim is held back"
        assert words(root).count(" ".join(each["reason"].split())) == 1
        assert json.loads(site("approved")[f"{each['id']}/claim.json"])["held"] == each
        assert each["id"] in words(page("not-shown.html", "approved"))


def test_a_caveat_that_rests_on_a_claim_that_is_not_shown_says_so() -> None:
    root = page("open-text/efficacy/index.html", "approved")
    assert "another claim (held back)" in words(by_class(root, "caveats")[0])


def test_the_sitemap_names_every_page_that_shows_something() -> None:
    root = ET.fromstring(site()["sitemap.xml"])
    found = [str(each.text) for each in root.iter(f"{SITEMAP}loc")]
    assert len(found) == len(set(found))
    assert {STEM, f"{STEM}open-text", f"{STEM}open-text/efficacy", f"{STEM}claims.html"} <= set(found)
    gone = {stone["uri"] for stone in document_of(small_release())["withdrawn"]}
    assert not gone & set(found)
    assert b"Sitemap: https://example.org/claims/sitemap.xml" in site()["robots.txt"]


def test_a_sitemap_that_is_too_long_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "_MOST", 2)
    files = {
        each.path: each.content for each in sitemap.sitemap("https://example.org/?a&b/", ["a", "b", "c"], "2026-01-31")
    }
    index = ET.fromstring(files["sitemap.xml"])
    parts = [str(each.text).rpartition("/")[2] for each in index.iter(f"{SITEMAP}loc")]
    assert parts == ["sitemap-1.xml", "sitemap-2.xml"]
    assert [len(list(ET.fromstring(files[part]))) for part in parts] == [2, 1]


def test_feeds_lie_beside_the_pages_and_are_named_in_each() -> None:
    assert {"feed.atom", "feed.json"} <= set(site())
    links = [
        link.get("href") for link in page("open-text/cost/index.html").iter("link") if link.get("rel") == "alternate"
    ]
    assert links == ["../../feed.atom", "../../feed.json", "claim.json"]


def test_no_page_of_the_site_can_meet_one_of_a_document() -> None:
    own = [getattr(paths, name) for name in dir(paths) if name.isupper()]
    assert len(own) == 8
    assert all("." in path and "/" not in path for path in own)


def test_decisions_are_those_of_claims_and_of_tombstones() -> None:
    from kbtool.site.contents import contents_of
    from kbtool.site.frame import frame_of

    frame = frame_of(contents_of(document_of(small_release())))
    kinds = {decision["kind"] for _, decision in decisions_of(frame)}
    assert {"approve", "withdraw", "dispute"} <= kinds


def reader() -> dict[str, Any]:
    """The names that the program on the page about this export defines."""
    (program,) = re.findall(r"```python\n(.*?)```", (DOCS / "export-site.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(program, "program", "exec"), names)
    return names


@pytest.mark.parametrize(
    ("id_", "today", "second"),
    [
        ("open-text/efficacy", "2026-02-01", "Supported; Approved"),
        ("open-text/efficacy", "2999-01-01", "could not confirm that this still stands"),
        ("open-text/usage", "2026-02-01", "Supported; not reviewed by a qualified person"),
    ],
)
def test_an_older_reader_reads_a_newer_claim_json(tmp_path: Path, id_: str, today: str, second: str) -> None:
    """Within a version fields are only added, and a reader ignores what it does not know."""
    raw = site()[f"{id_}/claim.json"]
    (tmp_path / "claim.json").write_bytes(raw)
    (tmp_path / "newer.json").write_text(json.dumps(newer_json(json.loads(raw))), "utf-8")
    said = list(reader()["lines"](tmp_path / "newer.json", today))
    assert said == list(reader()["lines"](tmp_path / "claim.json", today))
    assert (said[1], said[-1]) == (second, "as of 2026-01-31")
    assert len(said) == 7


def test_the_reader_says_that_a_claim_was_withdrawn(tmp_path: Path) -> None:
    for stone in document_of(small_release())["withdrawn"]:
        (tmp_path / "claim.json").write_bytes(site()[f"{stone['id']}/claim.json"])
        said = list(reader()["lines"](tmp_path / "claim.json", "2026-02-01"))
        assert said == [f"{stone['id']} is withdrawn: {stone['reason']}"]


@pytest.fixture(scope="module")
def release_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small release with its site and manifest, on a disk."""
    folder, made = tmp_path_factory.mktemp("audited"), small_release()
    files = run_exporters([SiteExporter()], made).artifacts
    write_release(folder / "release", files, partial(manifest_of, made), folder / "claims")
    return folder / "release"


def audited(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the commands on the page for auditors say, run in a release's folder."""
    (commands,) = page("audit.html").iter("pre")
    return subprocess.run(
        ["bash", "-c", "".join(commands.itertext())], cwd=folder, check=False, capture_output=True, text=True
    )


def test_the_commands_for_auditors_find_every_file_as_it_was(release_folder: Path) -> None:
    assert audited(release_folder).stdout == "every file is as the manifest says\n"


def test_the_commands_for_auditors_find_a_changed_file(release_folder: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(release_folder, tmp_path / "changed")
    (changed / "site/index.html").write_bytes(b"changed")
    found = audited(changed)
    assert found.returncode != 0
    assert "site/index.html" in found.stderr
