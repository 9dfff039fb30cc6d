from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from kbtool.audit.bag import bag_problems, bagged
from tests.audit.made import bag, relisted, signed_base

PAYLOAD = {"data/a": b"one", "data/b/c": b"two", "VERIFY.md": b"how"}
Files = dict[str, bytes]


def made() -> Files:
    return bagged(PAYLOAD, {"Source-Organization": "Nobody\n at all"})


def test_a_bag_is_complete_and_valid() -> None:
    assert list(bag_problems(made())) == []


def test_the_description_is_one_line_a_value() -> None:
    assert made()["bag-info.txt"] == b"Source-Organization: Nobody at all\nPayload-Oxum: 6.2\n"


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {key: raw for key, raw in files.items() if key != name}


def put(name: str, raw: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: raw}


CASES: tuple[tuple[str, Callable[[Files], Files], str], ...] = (
    ("changed", put("data/a", b"two"), "'data/a' is not the one that 'manifest-sha256.txt' lists"),
    ("gone", without("data/a"), "'data/a', listed in 'manifest-sha256.txt', is missing"),
    ("unlisted", put("data/z", b""), "'data/z' is not listed in 'manifest-sha256.txt'"),
    ("unlisted tag", put("more.txt", b""), "'more.txt' is not listed in 'tagmanifest-sha256.txt'"),
    ("tag changed", put("VERIFY.md", b""), "'VERIFY.md' is not the one that 'tagmanifest-sha256.txt' lists"),
    ("no declaration", without("bagit.txt"), "'bagit.txt' is missing"),
    ("other version", put("bagit.txt", b"BagIt-Version: 0.97\n"), "'bagit.txt' is missing or declares"),
    ("no manifest", without("manifest-sha256.txt"), "'manifest-sha256.txt' is missing or malformed"),
    ("no tag manifest", without("tagmanifest-sha256.txt"), "'tagmanifest-sha256.txt' is missing or malformed"),
    ("bad manifest", put("manifest-sha256.txt", b"x  data/a\n"), "'manifest-sha256.txt' is missing or malformed"),
    ("cut manifest", put("manifest-sha256.txt", b"\xff"), "'manifest-sha256.txt' is missing or malformed"),
    ("no oxum", put("bag-info.txt", b""), "Payload-Oxum"),
    ("other oxum", put("bag-info.txt", b"Payload-Oxum: 7.2\n"), "Payload-Oxum"),
)


@pytest.mark.parametrize(("change", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_keeps_files_from_being_a_bag(change: Callable[[Files], Files], message: str) -> None:
    assert message in "\n".join(bag_problems(change(made())))


def test_a_manifest_that_lists_a_file_twice_is_malformed() -> None:
    files = made()
    files["manifest-sha256.txt"] *= 2
    assert "malformed" in "\n".join(bag_problems(files))


def test_the_manifests_of_the_tests_are_those_of_the_product() -> None:
    assert relisted(made()) == made()


def test_bagit_finds_the_bag_valid(tmp_path: Path) -> None:
    for name, raw in bag(signed_base()).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    assert bagit.Bag(str(tmp_path)).validate()
    (tmp_path / "data/claims/kb.yaml").write_bytes(b"")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path)).validate()
