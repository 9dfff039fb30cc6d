"""Chains of links that come back to where they began."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.rules.relations import closed_chains

Links = dict[str, list[str]]

TABLE: list[tuple[Links, list[tuple[str, tuple[str, ...]]]]] = [
    ({}, []),
    ({"a": []}, []),
    ({"a": ["b"], "b": ["c"], "c": []}, []),
    ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
    ({"a": ["a"]}, []),
    ({"a": ["nowhere"]}, []),
    ({"a": ["b"], "b": ["a"]}, [("b", ("a", "b"))]),
    ({"a": ["b"], "b": ["c"], "c": ["a"]}, [("c", ("a", "b", "c"))]),
    ({"a": ["b"], "b": ["c"], "c": ["b"]}, [("c", ("b", "c"))]),
    ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, [("b", ("a", "b")), ("c", ("a", "c"))]),
    ({"a": ["b"], "b": ["a"], "x": ["y"], "y": ["x"]}, [("b", ("a", "b")), ("y", ("x", "y"))]),
]


@pytest.mark.parametrize(("links", "chains"), TABLE)
def test_every_link_that_closes_a_chain_is_found_with_the_chain(
    links: Links, chains: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert list(closed_chains(links)) == chains


def test_a_chain_of_any_length_is_followed() -> None:
    links = {str(n): [str(n + 1)] for n in range(20_000)} | {"20000": ["0"]}
    ((_, chain),) = closed_chains(links)
    assert len(chain) == 20_001


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=4)))
def test_a_chain_is_found_exactly_where_there_is_a_circle(links: Links) -> None:
    """A chain of links of an acyclic kind may not come back to where it began."""
    for closing, chain in closed_chains(links):
        assert chain[-1] == closing
        assert all(b in links[a] for a, b in zip(chain, (*chain[1:], chain[0]), strict=True))
    assert bool(list(closed_chains(links))) == any(_comes_back(links, node) for node in links)


def _comes_back(links: Links, node: str) -> bool:
    """Whether a chain from a node over others leads back to it; the plain way, for comparison."""
    reached: set[str] = set()
    todo = [other for other in links[node] if other != node]
    while todo:
        here = todo.pop()
        if here not in reached:
            reached.add(here)
            todo += [other for other in links.get(here, ()) if other != here]
    return node in reached
