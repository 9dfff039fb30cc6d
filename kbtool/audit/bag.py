"""The bag around the payload (BagIt 1.0, RFC 8493): declaration, description, manifests of SHA-256."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kbtool.audit.layout import DECLARATION, INFO, MANIFEST, PAYLOAD, TAG_MANIFEST
from kbtool.review.content import digest_of

_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\s\\]+)")
_OXUM = re.compile(rb"(?m)^Payload-Oxum: (\d+)\.(\d+)$")


def bagged(files: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """The payload (below `data/`) and tag files with what makes a bag of them; `info` describes it."""
    described = {**info, "Payload-Oxum": _oxum(files)}
    lines = (f"{name}: {' '.join(value.split())}\n" for name, value in described.items())
    bag = {**files, DECLARATION: _DECLARED, INFO: "".join(lines).encode()}
    bag[MANIFEST] = _manifest({name: raw for name, raw in bag.items() if name.startswith(PAYLOAD)})
    bag[TAG_MANIFEST] = _manifest({name: raw for name, raw in bag.items() if not name.startswith(PAYLOAD)})
    return bag


def bag_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """Everything that keeps the files from being a complete and valid bag, in sentences."""
    if files.get(DECLARATION) != _DECLARED:
        yield f"'{DECLARATION}' is missing or declares another version of BagIt than 1.0"
    for manifest in (MANIFEST, TAG_MANIFEST):
        yield from _manifest_problems(manifest, files)
    oxum = _OXUM.findall(files.get(INFO, b""))
    if [b"%b.%b" % one for one in oxum] != [_oxum(files).encode()]:
        yield f"the Payload-Oxum of '{INFO}' is not that of the payload, {_oxum(files)}"


def _manifest_problems(manifest: str, files: Mapping[str, bytes]) -> Iterator[str]:
    listed = _listed(files.get(manifest))
    if listed is None:
        yield f"'{manifest}' is missing or malformed"
        return
    own = {name for name in files if name.startswith(PAYLOAD) == (manifest == MANIFEST)} - {TAG_MANIFEST}
    for name in sorted(own - listed.keys()):
        yield f"the file '{name}' is not listed in '{manifest}'"
    for name, digest in sorted(listed.items()):
        if name not in own:
            yield f"the file '{name}', listed in '{manifest}', is missing"
        elif digest_of(files[name]) != digest:
            yield f"the file '{name}' is not the one that '{manifest}' lists: its digest differs"


def _listed(raw: bytes | None) -> dict[str, str] | None:
    """Digests by name; None where a line is malformed or a name stands twice."""
    try:
        *lines, end = (raw or b"?").decode().split("\n")
    except UnicodeDecodeError:
        return None
    found = [_LINE.fullmatch(line) for line in lines]
    names = {match[2]: match[1] for match in found if match}
    return names if not end and len(names) == len(lines) else None


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{digest_of(raw)}  {name}\n" for name, raw in sorted(files.items())).encode()


def _oxum(files: Mapping[str, bytes]) -> str:
    sizes = [len(raw) for name, raw in files.items() if name.startswith(PAYLOAD)]
    return f"{sum(sizes)}.{len(sizes)}"
