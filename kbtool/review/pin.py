"""The blocks `root` and `log` of kb.yaml, written behind what stands there; every other byte stays."""

from __future__ import annotations

from kbtool.model.base_config import LogKey, Root
from kbtool.review.edits import Refusal
from kbtool.yamlsource.parse import Data, parse
from kbtool.yamlsource.write import WriteError, write


def pinned(raw: bytes, root: Root, log: LogKey | None) -> bytes | Refusal:
    """The text of kb.yaml with the trust root at its end, proven to say nothing else that is new."""
    before = parse(raw).data
    if not isinstance(before, dict):
        return Refusal("kb.yaml cannot be read", "run 'kbtool validate' and mend it first")
    if taken := [key for key in ("root", "log") if key in before]:
        hint = "edit it there and run 'kbtool govern propose'; for the first time, take the block out"
        return Refusal(f"kb.yaml has a block '{taken[0]}' already", hint)
    blocks = _blocks(root, log)
    try:
        after = raw + write(blocks)
    except WriteError as error:
        return Refusal(f"the keys cannot be written into kb.yaml: {error}", "use plain names")
    if parse(after).data != {**before, **blocks}:
        return Refusal("the keys cannot be written behind what stands in kb.yaml", "end its last block, and try again")
    return after


def _blocks(root: Root, log: LogKey | None) -> dict[str, Data]:
    keys: list[Data] = [{"name": key.name, "public": key.public} for key in root.keys]
    blocks: dict[str, Data] = {"root": {"threshold": str(root.threshold), "keys": keys}}
    return blocks | ({"log": {"origin": log.origin, "public": log.public}} if log else {})
