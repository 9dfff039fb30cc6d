"""How doubt about one claim reaches those that rest on it."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.review.cascade import DOUBTFUL, cascade
from kbtool.review.standing import Standing, StandingValue

VALUES: Mapping[str, StandingValue] = {
    "A": "approved",
    "D": "draft",
    "I": "in-review",
    "N": "needs-review",
    "C": "changes-requested",
    "X": "disputed",
    "W": "withdrawn",
}

Graph = Mapping[str, str]
"""Claim to the claims it rests on, one letter each."""


def spread(stands: Mapping[str, str], graph: Graph, changed: str = "") -> dict[str, Standing]:
    """The standings after doubt has spread; every approval names what it rests on, the changed claims as they were."""
    digests = {id_: f"{id_}2" if id_ in changed else id_ for id_ in stands}
    own = {
        id_: Standing(VALUES[letter], f"why {id_}", rests_on={f"claim/{below}": below for below in graph.get(id_, "")})
        for id_, letter in stands.items()
    }
    return cascade(own, {id_: frozenset(below) for id_, below in graph.items()}, digests)


def letters(found: Mapping[str, Standing]) -> str:
    """The standings as letters, in the order of the claims."""
    back = {value: letter for letter, value in VALUES.items()}
    return "".join(back[found[id_].value] for id_ in sorted(found))


CASES: Mapping[str, tuple[str, Graph, str, str]] = {
    "nothing to doubt": ("AAA", {"b": "a", "c": "b"}, "", "AAA"),
    "chain": ("WAA", {"b": "a", "c": "b"}, "", "WNN"),
    "chain, from the middle": ("AXA", {"b": "a", "c": "b"}, "", "AXN"),
    "diamond": ("WAAA", {"b": "a", "c": "a", "d": "bc"}, "", "WNNN"),
    "half a diamond": ("AWAA", {"b": "a", "c": "a", "d": "bc"}, "", "AWAN"),
    "cycle": ("WAA", {"b": "ac", "c": "b"}, "", "WNN"),
    "cycle of approved": ("AA", {"a": "b", "b": "a"}, "", "AA"),
    "cycle with doubt in it": ("NA", {"a": "b", "b": "a"}, "", "NN"),
    "rests on itself": ("NA", {"a": "a", "b": "a"}, "", "NN"),
    "needs review": ("NA", {"b": "a"}, "", "NN"),
    "changes requested": ("CA", {"b": "a"}, "", "CN"),
    "draft below is no doubt": ("DA", {"b": "a"}, "", "DA"),
    "in review below is no doubt": ("IA", {"b": "a"}, "", "IA"),
    "doubt passes through a draft": ("WDA", {"b": "a", "c": "b"}, "", "WDN"),
    "doubt passes through a claim in review": ("WIA", {"b": "a", "c": "b"}, "", "WIN"),
    "what is not approved keeps its standing": ("WXWCDI", dict.fromkeys("bcdef", "a"), "", "WXWCDI"),
    "changed below": ("AA", {"b": "a"}, "a", "AN"),
    "changed at the bottom of a chain": ("AAA", {"b": "a", "c": "b"}, "a", "ANN"),
    "draft changed below": ("DA", {"b": "a"}, "a", "DN"),
    "what rests on nothing in doubt": ("WAAA", {"b": "a", "d": "c"}, "", "WNAA"),
}


@pytest.mark.parametrize(("stands", "graph", "changed", "after"), CASES.values(), ids=CASES)
def test_how_far_doubt_reaches(stands: str, graph: Graph, changed: str, after: str) -> None:
    """A change or withdrawal of a claim puts every dependant into needs-review along cascading relations."""
    named = dict(zip("abcdef", stands, strict=False))
    assert letters(spread(named, graph, changed)) == after


CAUSES: Mapping[str, tuple[dict[str, str], Graph, str, tuple[str, ...]]] = {
    "direct": ({"a": "W", "z": "A"}, {"z": "a"}, "", ("it rests on 'a', which is withdrawn: why a",)),
    "through another": (
        {"a": "X", "b": "A", "z": "A"},
        {"b": "a", "z": "b"},
        "",
        ("it rests on 'b', which rests on 'a', which is disputed: why a",),
    ),
    "two ways": (
        {"a": "C", "b": "N", "z": "A"},
        {"z": "ab"},
        "",
        ("it rests on 'a', which has changes requested: why a", "it rests on 'b', which needs review: why b"),
    ),
    "changed below": (
        {"a": "A", "z": "A"},
        {"z": "a"},
        "a",
        ("'a', on which it rests, has changed since the approval",),
    ),
    "changed further below": (
        {"a": "A", "b": "A", "z": "A"},
        {"b": "a", "z": "b"},
        "a",
        ("it rests on 'b', which needs review: 'a', on which it rests, has changed since the approval",),
    ),
    "a long way": (
        dict.fromkeys("bcdefz", "A") | {"a": "W"},
        {"b": "a", "c": "b", "d": "c", "e": "d", "f": "e", "z": "f"},
        "",
        (
            (
                "it rests on 'f', which rests on 'e', which rests on 'd', which rests on 'c', which rests on …, "
                "which rests on 'a', which is withdrawn: why a"
            ),
        ),
    ),
    "doubt that comes back is no cause": (
        {"a": "A", "z": "N"},
        {"a": "z", "z": "a"},
        "",
        (),
    ),
    "doubt that comes back by another way is no further cause": (
        {"a": "W", "b": "A", "z": "A"},
        {"b": "z", "z": "ab"},
        "",
        ("it rests on 'a', which is withdrawn: why a",),
    ),
    "one more cause for what needs review anyway": (
        {"a": "W", "z": "N"},
        {"z": "a"},
        "",
        ("it rests on 'a', which is withdrawn: why a",),
    ),
}


@pytest.mark.parametrize(("stands", "graph", "changed", "causes"), CAUSES.values(), ids=CAUSES)
def test_the_cause_names_the_path(stands: dict[str, str], graph: Graph, changed: str, causes: tuple[str, ...]) -> None:
    """`standing` says which and through which path."""
    found = spread(stands, graph, changed)["z"]
    assert found.causes == causes
    assert found.reason == (causes[0] if stands["z"] == "A" else "why z")


def test_a_claim_below_that_is_gone_or_was_never_named() -> None:
    own = {"a": Standing("approved", ""), "b": Standing("draft", "")}
    gone = cascade(own, {"a": frozenset("c")}, {"a": "1", "b": "2"})["a"]
    unnamed = cascade(own, {"a": frozenset("b")}, {"a": "1", "b": "2"})["a"]
    assert gone.causes == ("it rests on 'c', which is gone",)
    assert unnamed.causes == ("the approval does not say on which content of 'b' it rests",)
    assert gone.value == unnamed.value == "needs-review"


GRAPHS = st.dictionaries(st.sampled_from("abcdef"), st.text("abcdef", max_size=3), max_size=6)
STANDS = st.fixed_dictionaries({id_: st.sampled_from(sorted(VALUES)) for id_ in "abcdef"})


@given(STANDS, GRAPHS, st.text("abcdef", max_size=2), st.integers())
def test_doubt_reaches_exactly_what_rests_on_it(stands: dict[str, str], graph: Graph, changed: str, seed: int) -> None:
    """Doubt spreads along cascading relations by walking the graph, never by nested hashes."""
    found = spread(stands, graph, changed)
    shuffled = list(stands)
    random.Random(seed).shuffle(shuffled)
    again = spread(
        {id_: stands[id_] for id_ in shuffled}, {id_: graph[id_] for id_ in shuffled if id_ in graph}, changed
    )
    assert again == found
    for id_, letter in stands.items():
        below = reached(id_, graph)
        doubted = any(VALUES[stands[other]] in DOUBTFUL for other in below) or any(
            stands[middle] == "A" and set(graph.get(middle, "")) & set(changed) for middle in {id_} | below
        )
        assert found[id_].value == ("needs-review" if letter == "A" and doubted else VALUES[letter])


def reached(id_: str, graph: Graph) -> set[str]:
    """All that a claim rests on, near and far."""
    found: set[str] = set()
    todo = list(graph.get(id_, ""))
    while todo:
        other = todo.pop()
        if other not in found:
            found.add(other)
            todo += graph.get(other, "")
    return found


def test_a_chain_of_twenty_thousand_claims_is_walked_once() -> None:
    """No pass is quadratic."""
    size = 20_000
    names = [f"{n:05}" for n in range(size)]
    own = {names[0]: Standing("withdrawn", "why")}
    links = {names[n]: frozenset({names[n - 1]}) for n in range(1, size)}
    own |= {names[n]: Standing("approved", "", rests_on={f"claim/{names[n - 1]}": "x"}) for n in range(1, size)}
    found = cascade(own, links, dict.fromkeys(names, "x"))
    assert [found[name].value for name in names[1:]] == ["needs-review"] * (size - 1)
    assert max(len(standing.reason) for standing in found.values()) < 300
