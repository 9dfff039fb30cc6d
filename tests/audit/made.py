"""Bundles for tests: of the tiny base, and of the scratch base with decisions, governance and a log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from kbtool.audit.anchors import Anchors
from kbtool.audit.archive import ArchiveProblem, read_archive, write_archive
from kbtool.audit.bundle import bundle_files
from kbtool.audit.held import Held, shown_alike
from kbtool.audit.layout import INFO, MANIFEST, PAYLOAD, TAG_MANIFEST
from kbtool.audit.verdict import Verdict
from kbtool.audit.verify import Verifier, verify_archive
from kbtool.engine.check import check
from kbtool.records.assemble import Files, Loaded, assemble
from kbtool.records.layout import BaseFile
from kbtool.review.content import digest_of
from kbtool.review.keys import PublicKey
from kbtool.review.state import review_state
from tests.review.scratch import (
    AS_OF,
    CLINICIAN,
    DENIAL,
    EDITOR,
    ROOTS,
    TRIAL,
    checkpointed,
    decided,
    key_of,
    reviewed_base,
    synced,
)
from tests.rules.bases import POLICY, VOCABULARY, Base, tiny_base

TOOL = "kbtool tests"
DRAFT = "plumberry-tea/restated-at-the-end"
"""The claim that nobody decides about."""


def report(loaded: Loaded, as_of: date) -> bytes:
    """A report as bytes."""
    return "".join(f"{d.rule} {d.location.file} {d.message}\n" for d in check(loaded, as_of).diagnostics).encode()


def files_of(base: Base) -> Files:
    """The base as it is read from a disk."""
    own = tuple(
        BaseFile(name, f"somewhere/{name}", raw) for name, raw in base.items() if not name.startswith("schema/")
    )
    return Files(own, *(BaseFile(name[7:], name, base[name]) for name in (VOCABULARY, POLICY)))


def held(base: Base, policies: Mapping[str, bytes] | None = None) -> Held:
    """What goes into a bundle of the base."""
    files = shown_alike(files_of(base))
    loaded = assemble(files)
    assert loaded.base is not None
    state = review_state(loaded.base, AS_OF)
    return Held(files, loaded.base, state, AS_OF, report(loaded, AS_OF), policies or {}, TOOL)


def bag(base: Base, policies: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of a bundle."""
    return bundle_files(held(base, policies))


def bundle(base: Base) -> bytes:
    """The archive."""
    return write_archive(bag(base))


@cache
def signed_base() -> Mapping[str, bytes]:
    """Two claims approved by two people each, with a checkpoint after each claim; the third is a draft."""
    base = reviewed_base()
    for claim in (DENIAL, TRIAL):
        base = checkpointed(decided(decided(base, claim, "approve", EDITOR), claim, "approve", CLINICIAN))
    return synced(base)


@cache
def signed() -> bytes:
    """The bundle of the base above."""
    return bundle(signed_base())


@cache
def unsigned() -> bytes:
    """The bundle of a base for which nobody has a key."""
    return bundle(tiny_base())


def opened(archive: bytes) -> dict[str, bytes]:
    """The files of a bundle."""
    files = read_archive(archive)
    assert not isinstance(files, ArchiveProblem)
    return files


def roots() -> tuple[PublicKey, ...]:
    """The scratch base's root keys, as their holders would tell them."""
    return tuple(key_of(name).public() for name in ROOTS)


def verified(archive: bytes | Mapping[str, bytes], anchors: Anchors = Anchors(), tool: str = TOOL) -> Verdict:  # noqa: B008
    """The verdict on an archive that can be read."""
    raw = archive if isinstance(archive, bytes) else write_archive(archive)
    outcome = verify_archive(raw, Verifier(anchors, tool, report))
    assert isinstance(outcome, Verdict), outcome
    return outcome


def relisted(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as somebody leaves them who changed some and made the bag good again, manifests and all."""
    bag = {name: raw for name, raw in files.items() if name not in {MANIFEST, TAG_MANIFEST}}
    payload = {name: raw for name, raw in bag.items() if name.startswith(PAYLOAD)}
    oxum = b"Payload-Oxum: %d.%d" % (sum(map(len, payload.values())), len(payload))
    bag[INFO] = re.sub(rb"Payload-Oxum: .*", oxum, bag[INFO])
    bag[MANIFEST] = listed(payload)
    bag[TAG_MANIFEST] = listed({name: raw for name, raw in bag.items() if not name.startswith(PAYLOAD)})
    return bag


def listed(files: Mapping[str, bytes]) -> bytes:
    """A manifest."""
    return b"".join(f"{digest_of(raw)}  {name}\n".encode() for name, raw in sorted(files.items()))
