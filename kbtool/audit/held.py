"""What a bundle is made of, and which of a base's files go into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kbtool.audit.archive import is_plain
from kbtool.audit.layout import CLAIMS, POLICIES, POLICY, VOCABULARY
from kbtool.records.assemble import Files
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile, FileKind, kind_of
from kbtool.review.kept_policies import count_by_policy, kept_policies, named_policies
from kbtool.review.reviewed import ReviewState
from kbtool.review.statements import read_decisions, read_governance


@dataclass(frozen=True, slots=True)
class Held:
    """A base as it goes into a bundle, with what is known of it; everything else in the bundle is made of this."""

    files: Files
    base: KnowledgeBase
    state: ReviewState
    as_of: date
    """The day for which standings hold."""
    report: bytes
    """What a check says of the base, as JSON."""
    policies: Mapping[str, bytes]
    """Earlier policies that are named and that the base does not keep, by digest."""
    tool: str
    """The program that made the bundle, with its version."""


def shown_alike(files: Files) -> Files:
    """The same files under printed names that do not depend on where the base lay."""

    def moved(file: BaseFile | None, shown: str) -> BaseFile | None:
        return BaseFile(file.name, shown, file.raw) if file else None

    own = tuple(BaseFile(file.name, f"claims/{file.name}", file.raw) for file in files.base)
    return Files(own, moved(files.vocabulary, "schema/vocabulary.yaml"), moved(files.policy, "schema/policy.yaml"))


def unfit_names(files: Files) -> tuple[str, ...]:
    """Names of files that no bundle can hold, since they belong nowhere in a base or no archive carries them safely."""
    return tuple(f.name for f in files.base if kind_of(f.name) is FileKind.STRAY or not is_plain(f.name))


def documents_left_out(base: KnowledgeBase) -> tuple[str, ...]:
    """The documents of which only quotes may be passed on, sorted."""
    return tuple(sorted(id_ for id_, record in base.sources.items() if record.model.rights.use == "quotes-only"))


def policies_named(base: KnowledgeBase) -> dict[str, int]:
    """How many decisions name each policy that decisions or governance name, by digest, sorted."""
    return dict(count_by_policy(named_policies(read_decisions(base.review)[0], read_governance(base.review)[0])))


def policies_kept(base: KnowledgeBase) -> frozenset[str]:
    """Digests of the policies that the base itself keeps."""
    return frozenset(kept_policies(base.review)[0])


def held_files(held: Held) -> dict[str, bytes]:
    """The base's own bytes by name in the bag: everything but the texts that may not be passed on."""
    out = tuple(f"sources/{document}/" for document in documents_left_out(held.base))
    files = {f"{CLAIMS}{f.name}": f.raw for f in held.files.base if not f.name.startswith(out)}
    files |= {VOCABULARY: held.base.vocabulary.raw, POLICY: held.base.policy.raw}
    return files | {f"{POLICIES}{digest}.yaml": raw for digest, raw in held.policies.items()}
