"""The page on what a decision holds says what is so."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import get_args

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kbtool.model.decision import GOVERNANCE_TYPE, NOTE_VERBS, REVIEW_TYPE, SIGNED_VERBS, ReviewPredicate, Verb
from kbtool.review.content import CONTENT_TYPE
from kbtool.review.fields import CONTENT_MODELS, editorial_fields
from kbtool.review.standing import StandingValue
from kbtool.rules.review_pages import review_pages
from tests.review.planted import good
from tests.review.scratch import CLINICIAN, DENIAL, EDITOR, public_of

PAGE = (Path(__file__).parents[2] / "docs" / "review-format.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """The words in code in the first column of a section's tables."""
    return [name for row in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)]


def test_every_member_of_the_predicate_is_explained() -> None:
    assert first_cells(section("The signed statement")) == list(ReviewPredicate.model_fields)
    assert all(f"`{verb}`" in section("The signed statement") for verb in get_args(Verb))
    assert all(kind in PAGE for kind in (REVIEW_TYPE, CONTENT_TYPE))
    assert GOVERNANCE_TYPE not in PAGE


def test_which_verbs_need_a_note_and_a_signature() -> None:
    assert set(get_args(Verb)) - NOTE_VERBS == {"approve", "reaffirm"}
    assert set(get_args(Verb)) - SIGNED_VERBS == {"comment", "request-changes"}


def test_every_editorial_field_is_named() -> None:
    said = set(
        re.findall(r"`(\w+)`", section("The content, and its digest").partition("| of |")[2].partition("\n\n")[0])
    )
    parts = {"status", "on", "how"}
    every = {name for model in CONTENT_MODELS for name in editorial_fields(model)}
    assert said - {"seen"} == every - parts


def test_every_rule_that_keeps_a_decision_from_counting_exists() -> None:
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section("Which decisions count")))
    assert named <= {page.name for page in review_pages()}
    assert len(named) > 12


def test_every_standing_is_in_the_table() -> None:
    table = section("From decisions to standing").partition("### ")[0]
    assert set(get_args(StandingValue)) <= set(re.findall(r"`([a-z-]+)`", table))


def test_a_decision_can_be_verified_from_the_page_alone() -> None:
    """Precise enough for an independent verifier: nothing of the package is used below."""
    base = good()
    names = [name for name in base if name.startswith(f"decisions/{DENIAL}/")]
    keys = {
        hashlib.sha256(raw).hexdigest(): raw for raw in (base64.b64decode(public_of(n)) for n in (EDITOR, CLINICIAN))
    }
    assert len(names) == 2
    for name in names:
        assert name == f"decisions/{DENIAL}/{hashlib.sha256(base[name]).hexdigest()}.json"
        envelope = json.loads(base[name])
        assert base[name].decode() == json.dumps(envelope, indent=2) + "\n"
        kind, payload = envelope["payloadType"].encode(), base64.b64decode(envelope["payload"])
        signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
        (signature,) = envelope["signatures"]
        Ed25519PublicKey.from_public_bytes(keys[signature["keyid"]]).verify(base64.b64decode(signature["sig"]), signed)
        (subject,) = json.loads(payload)["subject"]
        kept = base[f"reviewed/{subject['digest']['sha256']}.json"]
        assert hashlib.sha256(kept).hexdigest() == subject["digest"]["sha256"]
        assert json.loads(kept)["claim"]["id"] == subject["name"] == DENIAL
        evidence = json.loads(kept)["evidence"]["made-up-review"]
        written = json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        rests_on = json.loads(payload)["predicate"]["rests_on"]
        assert rests_on["evidence/made-up-review"] == hashlib.sha256(written).hexdigest()
