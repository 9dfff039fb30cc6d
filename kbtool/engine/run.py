"""A whole check that does only what has to be done: what is kept of the last one, minus what changed, plus what is new.

Plan, shards, merge: the plan says which records are read, which are checked and which texts are accounted for; shards
do that, here or in other processes; the merge puts rows together, runs the rules on the whole base over them, and ends
in the same diagnostics, byte for byte, as `kbtool.engine.check` on the whole base in memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from kbtool.diagnostics import Diagnostic
from kbtool.engine.base_rules import Before, base_findings
from kbtool.engine.board import tally_of
from kbtool.engine.check import review_diagnostics, terms_of, waived_diagnostics
from kbtool.engine.decided import Weighed
from kbtool.engine.encoded import Encoded
from kbtool.engine.facts import facts_of, standing_rows
from kbtool.engine.findings import standing_elsewhere
from kbtool.engine.front import Front
from kbtool.engine.groups import COUNTED, GROUPS, ORDER
from kbtool.engine.kept import Kept, as_json
from kbtool.engine.known import Seen
from kbtool.engine.library import ALL_HELD, Counts, Library, lazy_base
from kbtool.engine.outcome import Run, Undecided
from kbtool.engine.plan import Plan, planned, shards_of
from kbtool.engine.shard import Bench, Outcome, Setting, Shard
from kbtool.engine.window import window_of
from kbtool.records.assemble import CHECKS_PER_RECORD
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import FileKind
from kbtool.review.reviewed import ReviewState
from kbtool.review.state import review_state
from kbtool.rules import RULES, Rules
from kbtool.rules.columns import MAKERS, Columns, Days
from kbtool.rules.context import BaseView

Progress = Callable[[int, int], None]
"""Told how many records are done, of how many."""


@dataclass(slots=True)
class Job:
    """One check: what it is given, and what it finds out on the way."""

    front: Front
    kept: Kept
    head: Mapping[str, Any]
    """What the last run left; empty where there was none."""
    seen: Seen
    as_of: date
    stores: bool
    """Whether anything is kept for the next run."""
    whole: bool = False
    """Whether whoever asked goes over all records too."""
    rules: Rules = RULES
    bodies: Callable[[], Callable[[str], bytes | None]] = field(default=lambda: lambda _: None)
    """Opens the kept bodies of records, in whichever process."""
    flush: Callable[[Kept], None] = field(default=lambda _: None)
    """Writes the bodies that have come together, so that memory does not grow with the base."""
    progress: Progress = field(default=lambda _done, _all: None)
    counts: Counts = field(default_factory=Counts)
    moved: set[str] = field(default_factory=set)
    """Groups of which a row has changed."""

    def __call__(self, spread: Spread) -> Run:
        """Check the base; raises OSError where a file cannot be read."""
        plan = planned(self.kept, self.seen, everything=self._all_rules())
        for name in self.seen.removed:
            self._forget(name)
        self._shards(plan, spread)
        self._astray(plan)
        return self._merged()

    def _all_rules(self) -> bool:
        return self.head.get("schema") != self.front.digests

    def setting(self) -> Setting:
        """What the shards of this run share."""
        rules = None if self.rules is RULES else self.rules
        return Setting(
            self.front.root,
            self.front.printed,
            self.front.base,
            self.seen.present,
            self.bodies,
            self.stores or self.whole,
            rules,
        )

    def _shards(self, plan: Plan, spread: Spread) -> None:
        shards = shards_of(plan)
        total, done = len(plan.read) + len(plan.check), 0
        for shard, outcome in zip(shards, spread(self.setting(), shards), strict=True):
            self._take(shard, outcome)
            done += len(shard.read) + len(shard.check)
            self.progress(done, total)

    def _take(self, shard: Shard, outcome: Outcome) -> None:
        """Put what a shard found among what is kept."""
        self.counts.add(outcome.counts)
        new = {(group, name, key): row for group, name, key, row in outcome.rows}
        for name in shard.read if self.head else ():  # without a last run there is nothing to take out
            kind = self.seen.kinds[name]
            if kind in GROUPS:
                self._clear(name, kind, new)
        for (group, name, key), row in new.items():
            self._put(group, name, key, row)
        for name, digest in outcome.digests.items():
            self.seen.digests[name] = digest
            if self.stores or self.whole:
                body = outcome.bodies[name]
                self.kept.data[name] = None if body is None else digest.encode() + body
        for name in outcome.reading.keys() | outcome.finding.keys():
            old = self.kept.row("found", name, name)
            row = [outcome.reading.get(name, old[0] if old else []), outcome.finding.get(name, old[1] if old else [])]
            if old or any(row):
                self.kept.put("found", name, name, row if any(row) else None)
        self.flush(self.kept)

    def _clear(self, name: str, kind: FileKind, new: Mapping[tuple[str, str, str], Any]) -> None:
        """Take out the rows that a record had and has no more."""
        key = self.seen.ids(name)
        for group in GROUPS[kind]:
            if (group, name, key) not in new and group not in {"accounts", "shown"}:
                self._put(group, name, key, None)
        if ("days", name, name) not in new:
            self._put("days", name, name, None)
            self._put("shown", name, key, None)

    def _put(self, group: str, name: str, key: str, row: Any) -> None:
        if self.kept.put(group, name, key, row):
            self.moved.add(group)

    def _forget(self, name: str) -> None:
        """Take out everything about a file that is gone.

        What was found of a text is filed under its source; where anything of the document is left, it is read again.
        """
        kind = self.seen.kinds[name]
        filed = f"sources/{name.split('/')[1]}.yaml" if kind is FileKind.TEXT else name
        for group in GROUPS.get(kind, ()):
            self._put(group, name, self.seen.ids(name), None)
        self._put("days", name, name, None)
        self._put("found", filed, filed, None)
        if kind in GROUPS and self.stores:
            self.kept.data[name] = None

    def _astray(self, plan: Plan) -> None:
        """Draw up anew the account of each text that a claim of another folder quotes, or quoted."""
        documents: dict[str, list[str]] = {document: [] for document in plan.visited}
        for id_, document in self.kept.whole("astray"):
            documents.setdefault(document, []).append(f"{id_}.yaml")
        if documents:
            accounts = {
                document: (*self.seen.claims_in(document), *names)
                for document, names in sorted(documents.items())
                if f"sources/{document}.yaml" in self.seen.present
            }
            self._take(Shard((), (), accounts), Bench(self.setting()).work(Shard((), (), accounts)))

    def _merged(self) -> Run:
        library = Library(
            root=self.front.root,
            shown=self.front.printed.lead,
            present=self.seen.present,
            body=self.late_body(),
            keeps=False,
            counts=self.counts,
        )
        if self.whole:
            library.most = ALL_HELD
        base = lazy_base(self.front.base, library, self.ids)
        latest = self._latest()
        columns = Columns(self.group, lambda day: self._late(latest, day))
        review = self._review(base)
        view = BaseView(base, terms_of(self.front.base), self.as_of, self.rules.pages, review, columns)
        from_rules = base_findings(view, self.rules, self._before(), self.front, library)
        self.counts.base_rules += from_rules.ran
        found = [*self.front.diagnostics, *self._kept_findings(base), *from_rules.diagnostics]
        if not self.front.undecided:
            found += review_diagnostics(review, base, self.as_of)
        waived = waived_diagnostics(found, base, self.rules, self.as_of)
        sizes = self._sizes()
        claims, evidence, sources, texts = (sum(sizes[group]) for group in COUNTED)
        records = self.seen.records + self.front.records
        checks = records * CHECKS_PER_RECORD + texts + claims * len(self.rules.claim)
        checks += evidence * len(self.rules.evidence) + sources * len(self.rules.source) + len(self.rules.base)
        checks += len(self.front.base.review)
        run = Run(
            diagnostics=waived.kept,
            waived=waived.silenced,
            files=len(self.seen.present) + len(self.front.outside),
            records=records,
            checks=checks,
            claims=claims,
            base=base,
            review=review,
            columns=columns,
            counts=self.counts,
            front=self.front,
            present=self.seen.present,
            kept=self.kept,
            window=window_of([*latest.values(), *_days_in(self.front.days)], self.front, review, self.as_of),
        )
        run.head = self._head(run, from_rules.kept) | {"latest": latest, "sizes": sizes}
        self._tallies()
        if not self.front.undecided:
            run.standings = as_json(standing_rows(review, self.as_of))
        return run

    def _tallies(self) -> None:
        """Count anew in each bucket where a row that is counted has changed."""
        for bucket in range(self.kept.buckets):
            if not self.kept.changed.isdisjoint({("shown", bucket), ("seen", bucket)}):
                self.kept.loaded["tallies", bucket] = tally_of(partial(self._rows_in, bucket))
                self.kept.changed.add(("tallies", bucket))

    def _rows_in(self, bucket: int, group: str) -> Iterable[tuple[str, Any]]:
        return self.kept.rows(group, bucket).items()

    def _unread(self) -> set[tuple[str, str]]:
        """What keeps files, or part of them, from being read: each problem with the file that it stands in."""
        own = (encoded for _, (reading, _) in self.kept.whole("found") for encoded in reading)
        every = (*own, *map(self.front.printed.encode, self.front.diagnostics))
        return {(encoded[3], str(encoded)) for encoded in every}

    def late_body(self) -> Callable[[str], bytes | None]:
        """Gives the bodies that were kept, those of this run among them."""
        kept = self.bodies()

        def body(name: str) -> bytes | None:
            waiting = self.kept.data.get(name)
            return waiting[_DIGEST:] if waiting else kept(name)

        return body

    def _latest(self) -> dict[str, str]:
        """The latest date in the records of each bucket, by its number; found again where one has changed."""
        latest: dict[str, str] = dict(self.head.get("latest", {}))
        for bucket in range(self.kept.buckets):
            if str(bucket) not in latest or ("days", bucket) in self.kept.changed:
                rows = self.kept.rows("days", bucket).values()
                latest[str(bucket)] = max((day for row in rows for _, day in row[0]), default="")
        return latest

    def _late(self, latest: Mapping[str, str], day: str) -> dict[str, Days]:
        """The dates of the records in those buckets that hold one after a day, and those of the front."""
        after = [int(bucket) for bucket, last in latest.items() if last > day[: len(last)]]
        rows = (item for bucket in after for item in self.kept.rows("days", bucket).items())
        return {name: Days(row[0]) for name, row in rows} | self.front.days

    def _sizes(self) -> dict[str, list[int]]:
        """How many rows each bucket of a counted group has; looked up only where one has changed."""
        known = self.head.get("sizes")
        return {group: [self._size(group, b, known) for b in range(self.kept.buckets)] for group in COUNTED}

    def _size(self, group: str, bucket: int, known: Mapping[str, list[int]] | None) -> int:
        if known is None or (group, bucket) in self.kept.changed:
            return len(self.kept.rows(group, bucket))
        return known[group][bucket]

    def ids(self, kind: str) -> list[str]:
        """The ids of all records of a kind that can be read, in the order of their files."""
        group = {"claims": "links", "evidence": "works", "sources": "places", "texts": "accounts"}[kind]
        return list(self.group(group))

    def group(self, name: str) -> Mapping[str, Any]:
        """The rows of a group, in the order of the files."""
        before, behind = ORDER.get(name, ("", "" if name == "days" else ".yaml"))
        make = MAKERS[name]
        rows = sorted(self.kept.whole(name), key=lambda row: before + row[0] + behind)
        return {key: make(row) for key, row in rows} | (self.front.days if name == "days" else {})

    def _review(self, base: KnowledgeBase) -> ReviewState:
        if self.front.undecided:
            return ReviewState(Undecided(base, self.as_of), None, None, {}, (), ())
        weighed = Weighed(base, self.kept, self.ids("claims"))
        known = weighed.known()
        if self.whole:  # what is handed over rests on signatures that were verified for it
            known = replace(known, verified={})
        state = review_state(base, self.as_of, known)
        weighed.keep(state.verified)
        return state

    def _kept_findings(self, base: KnowledgeBase) -> Iterator[Diagnostic]:
        for _, (reading, finding) in self.kept.whole("found"):
            for encoded in (*reading, *finding):
                yield self._decoded(encoded, base)

    def _decoded(self, encoded: Encoded, base: KnowledgeBase) -> Diagnostic:
        """A kept finding; the other texts that hold a missing quote are looked up every time."""
        if len(encoded) == _PLAIN:
            return self.front.printed.decode(encoded)
        quote, document = encoded[_PLAIN:]
        encoded = list(encoded[:_PLAIN])
        encoded[_HINT] += standing_elsewhere(quote, document, base.texts)
        return self.front.printed.decode(encoded)

    def _before(self) -> Before:
        """What the rules on the whole base found, as far as all that they can see beside rows is as it was."""
        same = not self._all_rules() and self.head.get("front") == self.front.own_digests
        rules = self.head.get("rules", {}) if same and not self.front.base.waivers else {}
        return Before(rules, frozenset(self.moved), frozenset(self.seen.fresh))

    def _head(self, run: Run, rules: Mapping[str, Any]) -> dict[str, Any]:
        encode, unread = self.front.printed.encode, self._unread()
        return {
            "serial": secrets.token_hex(8),
            "buckets": self.kept.buckets,
            "schema": self.front.digests,
            "front": self.front.own_digests,
            "folder": self.front.folder,
            "rules": rules,
            "window": run.window.days,
            "diagnostics": [encode(each) for each in run.diagnostics],
            "waived": [encode(each) for each in run.waived],
            "files": run.files,
            "records": run.records,
            "checks": run.checks,
            "claims": run.claims,
            "unread": len({file for file, _ in unread}),
            "problems": len(unread) + len(run.review.problems),
            "facts": facts_of(self.front.base, self.as_of),
        }


def _days_in(rows: Mapping[str, Days]) -> Iterator[str]:
    return (day for days in rows.values() for _, day in days.rows)


Spread = Callable[[Setting, list[Shard]], Iterable[Outcome]]
"""Has the shards checked, wherever, and gives what became of each, in order."""

_PLAIN = 10
"""How many values a kept diagnostic has; the words sought and their document may stand behind."""
_HINT = 7
_DIGEST = 64
"""How many bytes of a body to keep are the digest of the bytes it was read from."""
