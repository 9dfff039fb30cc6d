"""A check of a base on disk: the quick answer where nothing has changed, else the work that a change asks for, kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.diagnostics import INTERNAL_ERROR
from kbtool.engine.board import STANDINGS
from kbtool.engine.encoded import printed_under
from kbtool.engine.warm import Looked, Warm, holds_on, look, mark_of, still_holds
from kbtool.store.adopt import adopt
from kbtool.store.cache import Cache, Damaged, Moved, kept_for, renewed
from kbtool.store.scan import SLACK, Odd, change_under_way, is_young, stat_of
from kbtool.store.tool_key import tool_key

if TYPE_CHECKING:
    from kbtool.engine.front import Front
    from kbtool.engine.kept import Kept
    from kbtool.engine.known import Known, Seen
    from kbtool.engine.outcome import Run
    from kbtool.engine.shard import Outcome, Setting, Shard
    from kbtool.rules import Rules

POOL_FROM = 3_000
"""Records to read or check below which starting processes costs more than it saves."""
_FLUSH_AT = 4_000
"""Bodies of records that come together before they are written."""
_TRIES = 3
"""How often a check begins anew because another process stored what it found meanwhile."""
_CONFIG = "kb.yaml"


@dataclass(frozen=True, slots=True)
class How:
    """How to go about a check; nothing here changes what it finds."""

    cache: Path | None = None
    """The cache file; None to keep nothing."""
    jobs: int = 1
    progress: Callable[[int, int], None] = field(default=lambda _done, _all: None)
    now: Callable[[], int] = time.time_ns
    """The clock of the machine in nanoseconds: only tells which files are too young to trust their times."""
    whole: bool = False
    """Whether the records are wanted too, even where nothing has changed."""
    rules: Rules | None = None
    """Other rules than all, for tests."""


@contextmanager
def session(root: Path, shown: str, as_of: date, how: How) -> Iterator[Warm | Run | None]:
    """The outcome of a check, good for as long as the context lasts; None where the full reader has to tell.

    A cache that turns out damaged on the way is thrown away, with a word about it, and the check is made without it.
    """
    if how.cache is not None:
        adopt(how.cache, root)
    with kept_for(how.cache) as cache:
        try:
            found = _session(root, shown, as_of, how, cache)
        except Damaged:
            found = None
        else:
            yield found
            return
    if how.cache is not None and (fresh := renewed(how.cache)) is not None:
        fresh.close()
    with kept_for(how.cache) as cache:
        yield _session(root, shown, as_of, how, cache)


def _session(root: Path, shown: str, as_of: date, how: How, cache: Cache | None) -> Warm | Run | None:
    """The outcome of one try, or of the next where another process stores its own meanwhile."""
    try:
        tool = tool_key() if cache else ""
    except OSError:
        cache, tool = None, ""
    for _ in range(_TRIES):
        began = how.now()
        with suppress(Moved):
            try:
                looked = look(root, cache, tool)
                if cache and looked.raw_head and not looked.head:
                    cache = cache if cache.empty(looked.raw_head) else None
                    looked = replace(looked, raw_head=None)
                if cache and not how.whole and (warm := still_holds(looked, root, shown, as_of, cache)):
                    return warm
                return _Work(root, shown, as_of, how, cache, tool, looked, began).run()
            except (Odd, OSError):
                return None
    return None


@dataclass(frozen=True, slots=True)
class _Work:
    root: Path
    shown: str
    as_of: date
    how: How
    cache: Cache | None
    tool: str
    looked: Looked
    began: int

    def run(self) -> Warm | Run | None:
        """Check the base and keep what was found, unless we failed at it; None where the files make no base."""
        from kbtool.engine.known import known_files, seen_in  # noqa: PLC0415 - not needed where nothing changed

        known = known_files(self._part if self.looked.head else _nothing)
        seen = seen_in(known, self.looked.scanned, self._digests)
        if self.cache is not None and self._is_the_same(seen):
            return self._again(known, seen, self.cache)
        return self._anew(known, seen)

    def _is_the_same(self, seen: Seen) -> bool:
        """Whether every byte is that of the last run, whatever times say, and the day one on which its outcome holds.

        The outcome is a function of the bytes and the day, so then it is that of the last run.
        """
        head = self.looked.head
        if not head or self.how.whole or seen.fresh or seen.removed or not holds_on(head, self.as_of):
            return False
        schema: Mapping[str, str] = head["schema"]
        return schema == {name: sha256(self._outside(head["folder"], name)).hexdigest() for name in schema}

    def _again(self, known: Known, seen: Seen, cache: Cache) -> Warm | None:
        """The outcome of the last run, kept with the times of now."""
        if change_under_way(self.root) != self.looked.change:
            return None
        looked, folder = self.looked, self.looked.head["folder"]
        head = {**looked.head, "mark": self._mark(folder), "change": looked.change}
        raw = self._store(cache, self._of_files(known, seen), head)
        return Warm(self.root, printed_under(self.shown, folder), head, looked.scanned, cache, raw or looked.raw_head)

    def _anew(self, known: Known, seen: Seen) -> Run | None:
        """The outcome of a check of what has changed and of all that rests on it."""
        from kbtool.engine.kept import Kept, buckets_for  # noqa: PLC0415 - heavy, and not needed where nothing changed
        from kbtool.engine.run import Job  # noqa: PLC0415 - the same

        head = self.looked.head
        buckets = head.get("buckets") or buckets_for(len(seen.present))
        kept = Kept(buckets, self._part if head else _nothing)
        front = self._front(seen)
        if front is None:
            return None
        job = Job(front, kept, head, seen, self.as_of, stores=self.cache is not None, whole=self.how.whole)
        if self.how.rules:
            job.rules = self.how.rules
        if self.cache is not None:
            job.bodies = partial(_bodies, self.how.cache, seen)
            job.flush = self._flush
        job.progress = self.how.progress
        run = job(self._spread)
        if change_under_way(self.root) != self.looked.change:
            return None
        if self._is_kept():
            return run
        if self.cache is not None and not any(found.rule == INTERNAL_ERROR for found in run.diagnostics):
            self._keep(kept, known, seen, run, self.cache)
        return run

    def _is_kept(self) -> bool:
        """Whether nothing has changed since what is kept was kept; then only the records were wanted."""
        return bool(self.how.whole and self.cache and still_holds(self.looked, self.root, "", self.as_of, self.cache))

    def _part(self, name: str) -> bytes | None:
        return self.cache.part(name) if self.cache else None

    def _digests(self, names: list[str]) -> Iterable[str]:
        from kbtool.store.digests import digester  # noqa: PLC0415 - with the rest
        from kbtool.store.pool import spread  # noqa: PLC0415 - the same

        lots = [tuple(names[at : at + 500]) for at in range(0, len(names), 500)]
        jobs = self.how.jobs if len(names) >= 8 * POOL_FROM else 1
        return (digest for lot in spread(digester, self.root, lots, jobs) for digest in lot)

    def _outside(self, folder: str, name: str) -> bytes:
        """A file of the schema folder, by the name under which it is kept."""
        return _plain_bytes(self.root / folder / name[1:])

    def _front(self, seen: Seen) -> Front | None:
        from kbtool.engine.front import front_files, front_of  # noqa: PLC0415 - heavy
        from kbtool.engine.library import bytes_of  # noqa: PLC0415 - heavy
        from kbtool.records.assemble import Files  # noqa: PLC0415 - heavy
        from kbtool.records.layout import FileKind  # noqa: PLC0415 - with the rest

        wanted = seen.of(FileKind.CONFIG, FileKind.REVIEWERS, FileKind.WAIVER, FileKind.REVIEW)
        read = {name: bytes_of(f"{self.root}/{name}") for name in wanted}
        read |= dict.fromkeys(seen.of(FileKind.STRAY), b"")
        folder = _schema_folder(read.get(_CONFIG, b""))
        if folder is None:
            return None
        printed = printed_under(self.shown, folder)
        outside = {name: self._outside(folder, name) for name in printed.outside}
        digests = {name: sha256(raw).hexdigest() for name, raw in (read | outside).items()}
        seen.digests.update({name: digests[name] for name in wanted if not seen.present[name]})
        vocabulary, policy = front_files(outside, printed)
        files = Files(tuple(front_files(read, printed)), vocabulary, policy)
        own = {n: d for n, d in digests.items() if n not in read or seen.kinds[n] is not FileKind.REVIEW}
        return front_of(self.root, folder, printed, files, own)

    def _spread(self, setting: Setting, shards: list[Shard]) -> Iterator[Outcome]:
        from kbtool.engine.shard import prepare  # noqa: PLC0415 - heavy
        from kbtool.store.pool import spread  # noqa: PLC0415 - the same

        records = sum(len(shard.read) + len(shard.check) for shard in shards) // 2
        jobs = self.how.jobs if records >= POOL_FROM and self.how.rules is None else 1
        return spread(prepare, setting, shards, jobs) if shards else iter(())

    def _flush(self, kept: Kept) -> None:
        """Write the bodies that have come together; each says which bytes it is of, so their order is no matter."""
        if self.cache is not None and len(kept.data) >= _FLUSH_AT:
            bodies = ((f"data/{name}", body) for name, body in kept.data.items() if body is not None)
            stored = self.cache.store(bodies, (), self.looked.raw_head)
            if self.cache.part("head") != self.looked.raw_head:
                raise Moved
            if stored:
                kept.data = {name: None for name, body in kept.data.items() if body is None}

    def _keep(self, kept: Kept, known: Known, seen: Seen, run: Run, cache: Cache) -> None:
        """Store everything that has changed, the head last."""
        head = {**run.head, "tool": self.tool, "mark": self._mark(run.front.folder), "change": self.looked.change}
        also = (*self._of_files(known, seen), (STANDINGS, run.standings))
        raw = self._store(cache, chain(kept.parts(), also), head, kept.gone())
        if raw:
            run.keep = partial(_keep_also, cache, raw)

    def _store(
        self, cache: Cache, parts: Iterable[tuple[str, bytes]], head: Mapping[str, Any], gone: Iterable[str] = ()
    ) -> bytes | None:
        """Store parts and the head behind them; the head as it is kept, None where that does not go.

        Raises Moved where another process was quicker.
        """
        from kbtool.engine.kept import as_json  # noqa: PLC0415 - with the rest

        raw = as_json(head)
        stored = cache.store(chain(parts, (("head", raw),)), gone, self.looked.raw_head)
        if cache.part("head") != (raw if stored else self.looked.raw_head):
            raise Moved
        return raw if stored else None

    def _of_files(self, known: Known, seen: Seen) -> Iterable[tuple[str, bytes]]:
        """The parts that tell of the files; those that may change again within the same tick without their times."""
        from kbtool.engine.known import parts_of  # noqa: PLC0415 - with the rest
        from kbtool.store.digests import file_digest  # noqa: PLC0415 - the same

        digest = lambda name: file_digest(f"{self.root}/{name}")  # noqa: E731 - one expression, used once
        return parts_of(known, seen, self.looked.scanned, self.began - SLACK, digest).items()

    def _mark(self, folder: str) -> str:
        """The mark of the walk; "" where a file may change again within the same tick."""
        if self.looked.scanned.youngest > self.began - SLACK:
            return ""
        schema = (self.root / folder / name for name in ("vocabulary.yaml", "policy.yaml"))
        if any(is_young(stat_of(path), self.began) for path in schema):
            return ""
        return mark_of(self.root, self.looked.scanned, folder)


def _plain_bytes(path: Path) -> bytes:
    """The bytes of a regular file; raises Odd for anything else, which might keep us waiting."""
    stat_of(path)
    return path.read_bytes()


def _keep_also(cache: Cache, head: bytes, name: str, body: bytes) -> None:
    cache.store([(name, body)], (), head)


def _nothing(_name: str) -> bytes | None:
    return None


def _bodies(cache: Path | None, seen: Seen) -> Callable[[str], bytes | None]:
    """What gives the kept body of a record whose digest is known; opens the cache anew in each process."""
    from kbtool.store.cache import open_cache  # noqa: PLC0415 - with the rest

    opened: Cache | None = None
    if cache is not None:
        try:
            opened = open_cache(cache, at_once=False)
        except Damaged:
            opened = None

    def body(name: str) -> bytes | None:
        digest = seen.present.get(name) or seen.digests.get(name)
        found = opened.part(f"data/{name}") if opened and digest else None
        if found is None or digest is None or found[:64] != digest.encode():
            return None
        return found[64:]

    return body


def _schema_folder(raw: bytes) -> str | None:
    """The schema folder that `kb.yaml` names, as far as it is one that can be followed; None where it is not."""
    from kbtool.yamlsource.parse import parse  # noqa: PLC0415 - heavy

    data: Any = parse(raw).data
    schema = data.get("schema") if isinstance(data, dict) else None
    folder = schema.get("folder") if isinstance(schema, dict) else None
    return folder if isinstance(folder, str) and not Path(folder).is_absolute() else None
