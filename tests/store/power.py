"""What a loss of power leaves of a folder: only what was forced to the disk, or all names but only forced bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.store.faults import Call, intercepted


@dataclass(eq=False)
class Node:
    """A file or folder: how it is in memory and how it is on the disk."""

    entries: dict[str, Node] | None = None
    content: bytes = b""
    kept_entries: dict[str, Node] = field(default_factory=dict)
    kept_content: bytes = b""

    def force(self) -> None:
        """What fsync does: of a file the bytes, of a folder the names."""
        self.kept_content = self.content
        self.kept_entries = dict(self.entries or {})


def _node(path: Path) -> Node:
    node = Node(None, path.read_bytes()) if path.is_file() else Node({p.name: _node(p) for p in path.iterdir()})
    node.force()
    return node


class Disk:
    """A model of the disk below one folder, which follows the calls that are made there.

    `at_each_call` is given the model after each call.
    """

    def __init__(self, root: Path, at_each_call: Callable[[Disk], None]) -> None:
        self.root, self.tree, self._show = root, _node(root), at_each_call
        self._opened: dict[int | None, Path] = {}

    def during(self, act: Callable[[], None]) -> None:
        """Do something and follow it."""
        with intercepted(self._meet):
            act()

    def put(self, target: Path, *, names_survive: bool) -> None:
        """Write what a loss of power now leaves."""
        _put(self.tree, target, names_survive)

    def _meet(self, call: Call) -> Any:
        where = self._path(call)
        before = where.exists() if where else False
        done = call.run()
        if where and call.name == "open":
            self._opened[done] = where
        if where is not None:
            self._follow(call, where, before)
            self._show(self)
        return done

    def _path(self, call: Call) -> Path | None:
        """The file or folder that a call is about, None where it lies elsewhere."""
        what = call.args[0]
        if isinstance(what, int):
            path = self._opened[what]
        else:
            path = self._opened.get(call.named.get("dir_fd"), Path()) / what
        return path if path.is_relative_to(self.root) else None

    def _follow(self, call: Call, path: Path, existed: bool) -> None:
        match call.name:
            case "open" if not existed:
                self._entries(path)[path.name] = Node()
            case "mkdir":
                self._entries(path)[path.name] = Node({})
            case "write":
                node = self._find(path)
                node.content += bytes(call.args[1])
            case "fsync":
                self._find(path).force()
            case "rename" | "replace":
                to = Path(call.args[1])
                self._entries(to)[to.name] = self._entries(path).pop(path.name)
            case "unlink" | "rmdir":
                del self._entries(path)[path.name]

    def _find(self, path: Path) -> Node:
        node = self.tree
        for part in path.relative_to(self.root).parts:
            assert node.entries is not None
            node = node.entries[part]
        return node

    def _entries(self, path: Path) -> dict[str, Node]:
        entries = self._find(path.parent).entries
        assert entries is not None
        return entries


def _put(node: Node, target: Path, names_survive: bool) -> None:
    if node.entries is None:
        target.write_bytes(node.kept_content)
        return
    target.mkdir()
    for name, each in (node.entries if names_survive else node.kept_entries).items():
        _put(each, target / name, names_survive)
