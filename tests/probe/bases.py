"""Bases as the probe gets them: files as read."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from kbtool.probe.run import Outcome, probe
from kbtool.records.assemble import Files
from kbtool.records.layout import BaseFile
from tests.rules.bases import AS_OF, POLICY, VOCABULARY, Base, real_base, tiny_base

LATER = AS_OF.replace(year=2027)
"""A day on which nothing of our own base lies in the future."""


def files_of(base: Base) -> Files:
    """The files of a base in memory."""
    own = tuple(BaseFile(name, name, raw) for name, raw in base.items() if name not in {VOCABULARY, POLICY})
    schema = [BaseFile(PurePosixPath(n).name, n, base[n]) if n in base else None for n in (VOCABULARY, POLICY)]
    return Files(own, schema[0], schema[1])


@cache
def own_outcome() -> Outcome:
    """The probe of our own base."""
    return probe(files_of(real_base()), LATER)


@cache
def tiny_outcome() -> Outcome:
    """The probe of the tiny base."""
    return probe(files_of(tiny_base()), AS_OF)
