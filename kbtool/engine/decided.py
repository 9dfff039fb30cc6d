"""What weighing takes from claims and decisions, as rows: made where a claim is checked, weighed over all of them.

A row rests on what the rules on its claim rest on (its file, its text, the evidence it cites, vocabulary, policy), and
on nothing that a decision says. That a signature holds rests on the bytes of the decision's file, which its name is the
digest of, and on the key, which its id is the digest of: no later change makes it untrue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kbtool.engine.kept import Kept
from kbtool.model.claim import ClaimBase
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.review.known import Known, Own, own_of
from kbtool.review.needs import Need

if TYPE_CHECKING:
    from kbtool.review.content import Content, ContentReader
    from kbtool.review.trust import KeyBook

WEIGHED = "weighed"
"""Name of the group of these rows; each stands under its claim."""

_DECISIONS = "decisions/"


def people_decide(front: KnowledgeBase) -> bool:
    """Whether anybody ever decided anything in a base, or could."""
    config = front.config.model
    return bool(front.review or config.root.keys or config.log or front.reviewers.model.reviewers)


class WeighedRow(NamedTuple):
    """What is known of one claim."""

    id: str
    """As the record says it."""
    risk: Any
    people: int
    roles: list[str]
    months: int | None
    """What its approval takes, as `kbtool.review.needs.Need` has it."""
    rests_on: list[str]
    """Ids of the claims whose doubt reaches this one."""
    content: list[str | None] | None = None
    """Digest, claim and drafter of its content; None where nobody needs it."""
    holds: Mapping[str, list[str]] = {}
    """Ids of the keys whose signatures hold, by the digest of the decision's file."""

    def own(self) -> Own:
        """What weighing needs to know of the record."""
        return Own(self.id, _need(self.risk, self.people, tuple(self.roles), self.months), frozenset(self.rests_on))


@lru_cache(maxsize=256)
def _need(risk: Any, people: int, roles: tuple[str, ...], months: int | None) -> Need:
    return Need(risk, people, roles, months)


def _row_of(own: Own) -> WeighedRow:
    need = own.need
    return WeighedRow(own.id, need.risk, need.people, list(need.roles), need.months, sorted(own.rests_on))


@dataclass(frozen=True, slots=True)
class Scales:
    """Makes the row of each claim of a base in which people decide."""

    base: KnowledgeBase
    reader: ContentReader
    book: KeyBook
    decisions: Mapping[str, list[BaseFile]]
    """Files of decisions by the claim that they lie under."""

    @classmethod
    def of(cls, base: KnowledgeBase) -> Self:
        """The scales of a base; the libraries for signatures are loaded only here, where people decide."""
        from kbtool.review.content import ContentReader  # noqa: PLC0415 - see above
        from kbtool.review.trust import key_book  # noqa: PLC0415 - see above

        decisions = defaultdict(list)
        for name, file in base.review.items():
            if name.startswith(_DECISIONS):
                decisions[name[len(_DECISIONS) :].rpartition("/")[0]].append(file)
        return cls(base, ContentReader(base), key_book(base.reviewers.model), decisions)

    def row(self, id_: str, claim: ClaimBase) -> WeighedRow:
        """The row of a claim, with its content where somebody decided about it."""
        row = _row_of(own_of(claim, self.base))
        if id_ not in self.decisions:
            return row
        holds = {digest: list(keys) for digest, keys in self._verified(self.decisions[id_]) if keys}
        return row._replace(content=_plain(self.reader.content(claim)), holds=holds)

    def _verified(self, files: Iterable[BaseFile]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Digest of each file of the usual form, and whose signatures hold; the others are for whoever weighs."""
        from kbtool.review.content import digest_of  # noqa: PLC0415 - see above
        from kbtool.review.dsse import read_written  # noqa: PLC0415 - see above
        from kbtool.review.trust import keys_that_hold  # noqa: PLC0415 - see above

        for file in files:
            digest, envelope = digest_of(file.raw), read_written(file.raw)
            if envelope and file.name.endswith(f"/{digest}.json"):
                yield digest, keys_that_hold(envelope, self.book)


def _plain(content: Content) -> list[str | None]:
    return [content.digest, content.claim, content.drafter]


@dataclass(slots=True)
class Weighed:
    """The rows of a whole base; those that are missing are made, and kept."""

    base: KnowledgeBase
    kept: Kept
    ids: list[str]
    """Every claim that can be read, in order."""
    rows: dict[str, WeighedRow] = field(default_factory=dict)

    def known(self) -> Known:
        """What weighing can begin with."""
        rows = dict(self.kept.whole(WEIGHED))
        for id_ in self.ids:
            self.rows[id_] = WeighedRow(*rows[id_]) if id_ in rows else self._made(id_)
        own = {id_: row.own() for id_, row in self.rows.items()}
        return Known(own, self._contents, dict(self._holds()))

    def keep(self, verified: Mapping[str, tuple[str, ...]]) -> None:
        """Keep whose signatures hold, by the name of the decision file."""
        by_claim: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for name, keys in verified.items():
            claim, _, file = name[len(_DECISIONS) :].rpartition("/")
            if keys:
                by_claim[claim][file.removesuffix(".json")] = list(keys)
        for id_, row in self.rows.items():
            if row.holds != (holds := by_claim.get(id_, {})):
                self._put(id_, row._replace(holds=holds))

    def _holds(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for id_, row in self.rows.items():
            for digest, keys in row.holds.items():
                yield f"{_DECISIONS}{id_}/{digest}.json", tuple(keys)

    def _made(self, id_: str) -> WeighedRow:
        row = _row_of(own_of(self.base.claims[id_].model, self.base))
        self._put(id_, row)
        return row

    def _contents(self, ids: Iterable[str]) -> dict[str, Content]:
        """The contents of claims; each is written out again from the record where somebody asks for its words."""
        from kbtool.review.content import Content, ContentReader, content_of  # noqa: PLC0415 - where people decide

        reader, found = ContentReader(self.base), {}
        for id_ in ids:
            if self.rows[id_].content is None:
                made = reader.content(self.base.claims[id_].model)
                self._put(id_, self.rows[id_]._replace(content=_plain(made)))
            digest, claim, drafter = self.rows[id_].content or []
            write: Callable[[], bytes] = partial(_written, content_of, self.base, id_)
            found[id_] = Content(str(digest), claim, drafter, write)
        return found

    def _put(self, id_: str, row: WeighedRow) -> None:
        self.rows[id_] = row
        self.kept.put(WEIGHED, f"{id_}.yaml", id_, row)


def _written(content_of: Callable[[ClaimBase, KnowledgeBase], Content], base: KnowledgeBase, id_: str) -> bytes:
    return content_of(base.claims[id_].model, base).raw
