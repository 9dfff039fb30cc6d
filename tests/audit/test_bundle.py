from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.signer._key import SSlibKey

from kbtool.audit.held import shown_alike, unfit_names
from kbtool.audit.layout import CRATE, KEY_LIST, PAYLOAD, SUMMARY
from kbtool.records.assemble import Files
from kbtool.review.base64text import decode
from kbtool.review.merkle import verify_inclusion
from kbtool.review.note import read_checkpoint
from tests.audit.made import DRAFT, bag, files_of, held, opened, signed, signed_base, unsigned
from tests.review.scratch import CLINICIAN, DENIAL, EDITOR, LOG, ORIGIN, ROOTS, decided, key_of, reviewed_base
from tests.rules.bases import edited, tiny_base

DECISIONS = [name for name in opened(signed()) if name.startswith("data/claims/decisions/")]


def test_every_file_of_the_base_is_in_it_byte_for_byte() -> None:
    files = opened(signed())
    for name, raw in signed_base().items():
        assert files[f"data/{name}" if name.startswith("schema/") else f"data/claims/{name}"] == raw


def test_the_report_does_not_depend_on_where_the_base_lay() -> None:
    files = shown_alike(files_of(tiny_base()))
    assert {file.shown.split("/")[0] for file in files.base} == {"claims"}
    assert shown_alike(Files((), None, None)) == Files((), None, None)


def test_names_that_no_bundle_takes() -> None:
    base = {**tiny_base(), "stray.exe": b"", "odd folder/README.md": b"", "README.md": b""}
    assert set(unfit_names(files_of(base))) == {"stray.exe", "odd folder/README.md"}


@pytest.mark.parametrize("name", DECISIONS)
def test_securesystemslib_verifies_each_decision(name: str) -> None:
    files = opened(signed())
    envelope = Envelope.from_dict(json.loads(files[name]))
    keyid = next(iter(envelope.signatures))
    row = next(line.split("\t") for line in files[KEY_LIST].decode().split("\n") if line.startswith(keyid))
    raw = base64.b64decode(row[3])
    known = SSlibKey(keyid, "ed25519", "ed25519", {"public": raw.hex()})
    assert set(envelope.verify([known], 1)) == {keyid}
    folder = f"data/signed/{name[-69:-5]}"
    assert files[f"{folder}/pae"] == envelope.pae()
    assert files[f"{folder}/payload.json"] == envelope.payload
    assert files[f"{folder}/{keyid}.sig"].hex() == envelope.signatures[keyid].signature


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("name", DECISIONS)
def test_openssl_verifies_each_decision(name: str, tmp_path: Path) -> None:
    files = opened(signed())
    folder = f"data/signed/{name[-69:-5]}"
    signature = next(one for one in files if one.startswith(folder) and one.endswith(".sig"))
    (tmp_path / "pem").write_bytes(files[f"data/keys/{Path(signature).stem}.pem"])
    (tmp_path / "sig").write_bytes(files[signature])
    for message, status in ((files[f"{folder}/pae"], 0), (files[f"{folder}/pae"] + b" ", 1)):
        (tmp_path / "pae").write_bytes(message)
        command = [
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "pem",
            "-rawin",
            "-in",
            "pae",
            "-sigfile",
            "sig",
        ]
        done = subprocess.run(command, cwd=tmp_path, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert done.returncode == status


def test_the_keys_are_those_of_roots_reviewers_and_log() -> None:
    rows = [line.split("\t") for line in opened(signed())[KEY_LIST].decode().split("\n")[1:-1]]
    assert {(use, owner) for _, use, owner, _ in rows} == {
        ("log", ORIGIN),
        ("reviewer", CLINICIAN),
        ("reviewer", EDITOR),
        ("reviewer", "editorial"),
        *(("root", name) for name in ROOTS),
    }
    assert all(id_ == hashlib.sha256(base64.b64decode(public)).hexdigest() for id_, _, _, public in rows)
    assert next(public for _, use, _, public in rows if use == "log") == key_of(LOG).public().to_text()


def test_keys_that_are_none_are_passed_over() -> None:
    base = tiny_base()
    base["kb.yaml"] += b"root:\n  keys:\n    - name: x\n      public: bad\nlog:\n  origin: x\n  public: bad\n"
    base["reviewers.yaml"] = b"""reviewers:
  - id: x
    name: X
    roles: [x]
    keys:
      - public: bad
        since: 2026-01-01
"""
    assert bag(base)[KEY_LIST] == b"key id\tuse\towner\tpublic key\n"


def test_each_logged_file_has_a_proof_that_leads_to_the_checkpoint() -> None:
    files = opened(signed())
    entries = files["data/claims/log/entries.ndjson"].split(b"\n")[:-1]
    checkpoint = files["data/claims/log/checkpoint"].decode()
    point = read_checkpoint(checkpoint.partition("\n\n")[0] + "\n")
    for entry in entries:
        proof = files[f"data/proofs/{json.loads(entry)['digest']}.tlog-proof"].decode()
        head, _, note = proof.partition("\n\n")
        kind, index, *hashes = head.split("\n")
        assert (kind, note) == ("c2sp.org/tlog-proof@v1", checkpoint)
        path = [decode(text) or b"" for text in hashes]
        assert verify_inclusion(entry, int(index.removeprefix("index ")), point.size, path, point.root)  # type: ignore[union-attr]


def test_a_log_that_does_not_hold_gets_no_proofs() -> None:
    base = dict(signed_base())
    base["log/entries.ndjson"] += b"x"
    assert not [name for name in bag(base) if name.startswith("data/proofs/")]


def test_the_crate_describes_every_file() -> None:
    files = opened(signed())
    crate = json.loads(files[CRATE])
    entities: dict[str, Any] = {entity["@id"]: entity for entity in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert entities["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    assert parts == sorted(n.removeprefix(PAYLOAD) for n in files if n.startswith(PAYLOAD) and n != CRATE)
    for part in parts:
        raw = files[f"{PAYLOAD}{part}"]
        assert entities[part]["sha256"] == hashlib.sha256(raw).hexdigest()
        assert entities[part]["contentSize"] == str(len(raw))
    for reference in ("license", "publisher"):
        assert entities["./"][reference]["@id"] in entities


def test_the_publisher_has_an_address_where_one_is_known() -> None:
    base = edited(tiny_base(), "kb.yaml", "  name: Nobody\n", "  name: Nobody\n  url: https://nobody.example.org/\n")
    assert b'"url": "https://nobody.example.org/"' in bag(base)[CRATE]


class Page(HTMLParser):
    """What stands in a page: tags, addresses, the policy."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.policy = ""
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.attributes |= given.keys()
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""


def test_the_summary_is_static_and_its_links_lead_to_files_of_the_bundle() -> None:
    files = opened(signed())
    page = Page(files[SUMMARY].decode())
    assert page.tags.isdisjoint({"script", "iframe", "img", "link", "form", "object"})
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert page.policy.startswith("default-src 'none'; style-src 'sha256-")
    style = re.search(r"<style>(.*)</style>", files[SUMMARY].decode(), re.DOTALL)
    assert style is not None
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in page.policy
    assert page.links
    assert all(f"{PAYLOAD}{link}" in files for link in page.links)


def test_the_summary_escapes_what_the_records_say() -> None:
    hostile = "statement: '<script>alert(1)</script> \"&'"
    base = edited(tiny_base(), f"{DRAFT}.yaml", "statement: Plumberry", f"{hostile}\ntags: []\n#")
    page = bag(base)[SUMMARY].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;" in page


def test_the_summary_says_what_does_not_hold_and_what_waits() -> None:
    page = opened(unsigned())[SUMMARY].decode()
    assert "it is consistent, not authenticated" in page
    base = decided(reviewed_base(), DENIAL, "approve", EDITOR, signers=())
    page = bag(base)[SUMMARY].decode()
    assert "What does not hold" in page
    assert "(does not count: the decision &#x27;approve&#x27; is not signed) (in no checkpoint yet)" in page


def test_signatures_of_keys_with_odd_names_make_no_files() -> None:
    base = decided(reviewed_base(), DENIAL, "comment", EDITOR, note="See there.")
    name = next(name for name in base if name.startswith("decisions/"))
    raw = re.sub(rb'"keyid": "[0-9a-f]+"', b'"keyid": "../../x"', base.pop(name))
    digest = hashlib.sha256(raw).hexdigest()
    files = bag({**base, f"decisions/{DENIAL}/{digest}.json": raw})
    assert [n for n in files if n.startswith(f"data/signed/{digest}/")] == [
        f"data/signed/{digest}/payload.json",
        f"data/signed/{digest}/pae",
    ]


def test_what_is_held_names_its_day() -> None:
    assert held(tiny_base()).as_of.isoformat() == "2026-02-01"
