"""The scratch copy: the base in memory without decisions, keys and waivers, since no probe can sign for its people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kbtool.diagnostics import Path
from kbtool.model.claim import ClaimBase
from kbtool.model.references import evidence_named
from kbtool.probe.edits import DROP, changed, data_of
from kbtool.probe.fault import NotApplicable, Scratch
from kbtool.probe.gates import POLICY, VOCABULARY, loaded
from kbtool.records.assemble import Files
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import FileKind, kind_of, text_name
from kbtool.yamlsource.splice import splice

_EARLIEST = date(2, 1, 1)
"""Before it there is no room for the days on which made-up people decide."""

_SET_ASIDE = frozenset({FileKind.REVIEW, FileKind.WAIVER, FileKind.STRAY})


def scratch_copy(files: Files, as_of: date) -> Scratch | NotApplicable:
    """A copy of a base as nobody has reviewed it yet; its records, texts, vocabulary and policy as they are."""
    if not _EARLIEST < as_of < date.max:
        return NotApplicable(f"the calendar has no room for a story that ends on {as_of.isoformat()}")
    own = {file.name: file.raw for file in files.base if kind_of(file.name) not in _SET_ASIDE}
    schema = {VOCABULARY: files.vocabulary, POLICY: files.policy}
    copy = own | {name: file.raw for name, file in schema.items() if file is not None}
    base = loaded(copy).base
    if base is None:
        return NotApplicable("the base has no usable kb.yaml, vocabulary or policy")
    undecided = _undecided(copy, base)
    return Scratch(undecided, loaded(undecided).base or base, as_of)


def _undecided(files: Mapping[str, bytes], base: KnowledgeBase) -> dict[str, bytes]:
    """The files without reviewers and trust root, every claim a draft."""
    pinned: dict[Path, object] = {(key,): DROP for key in ("root", "log") if key in data_of(files, "kb.yaml")}
    copy = changed(files, "kb.yaml", pinned) if pinned else dict(files)
    copy["reviewers.yaml"] = b"reviewers: []\n"
    for id_, record in base.claims.items():
        if record.model.review.status != "draft":
            copy[f"{id_}.yaml"] = splice(record.raw, ("review", "status"), "draft")
    return copy


def reduced(files: Mapping[str, bytes], names: Iterable[str], base: KnowledgeBase) -> dict[str, bytes]:
    """Only the files of these names, what they cite and rest on, and the configuration of the base.

    A rule on one record finds there what it finds in the whole base.
    """
    keep = {*names, "kb.yaml", "reviewers.yaml", VOCABULARY, POLICY}
    ids = {name.removesuffix(".yaml") for name in keep} & base.claims.keys()
    slugs = {name.removeprefix("evidence/").removesuffix(".yaml") for name in keep if name.startswith("evidence/")}
    ids |= {id_ for id_, record in base.claims.items() if slugs & {slug for _, slug in evidence_named(record.model)}}
    for id_ in with_claims_named(ids, base):
        keep |= _cited(base.claims[id_].model, base) | {f"{id_}.yaml"}
    return {name: raw for name, raw in files.items() if name in keep}


def with_claims_named(ids: Iterable[str], base: KnowledgeBase) -> set[str]:
    """These claims with all that they name, directly or through others."""
    found, todo = set(ids), sorted(ids)
    while todo:
        claim = base.claims[todo.pop()].model
        named = {r.claim for r in claim.relations} | {c.basis.claim for c in claim.caveats if c.basis and c.basis.claim}
        more = sorted((named & base.claims.keys()) - found)
        found |= set(more)
        todo += more
    return found


def _cited(claim: ClaimBase, base: KnowledgeBase) -> set[str]:
    document = claim.source.document
    names = {f"evidence/{slug}.yaml" for _, slug in evidence_named(claim)} | {f"sources/{document}.yaml"}
    if document in base.sources:
        names.add(text_name(document, base.sources[document].model.text.digest))
    return names
