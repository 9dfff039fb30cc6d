"""A second verifier of audit bundles: plain Python and `openssl`, none of kbtool's code, written from VERIFY.md alone.

    python second_verifier.py FILE.zip [ROOT_KEY_ID...]

Ends with a sentence on standard error and status 1 where something does not hold.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

Files = dict[str, bytes]
OPENSSL = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin"]


def sha(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def check(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"does not hold: {what}")


def signed(key: bytes, sig: bytes, message: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in (("key", bytes.fromhex("302a300506032b6570032100") + key), ("sig", sig), ("in", message)):
            (Path(folder) / name).write_bytes(raw)
        command = [*OPENSSL, "-in", "in", "-sigfile", "sig"]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def opened(files: Files, name: str, keys: dict[str, bytes]) -> tuple[dict, set[str]]:
    check(sha(files[name]) == name[-69:-5], f"the bytes of {name}")
    envelope = json.loads(files[name])
    kind, payload = envelope["payloadType"].encode(), b64decode(envelope["payload"])
    pae = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
    for one in envelope["signatures"]:
        check(signed(keys.get(one["keyid"], b""), b64decode(one["sig"]), pae), f"the signature on {name}")
    return json.loads(payload), {one["keyid"] for one in envelope["signatures"]}


def tree(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return sha256(b"\0" + leaves[0]).digest() if leaves else sha256(b"").digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + tree(leaves[:left]) + tree(leaves[left:])).digest()


def verify(files: Files, trusted: set[str]) -> int:
    lines = (files["manifest-sha256.txt"] + files["tagmanifest-sha256.txt"]).decode().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    check(listed == {n: sha(raw) for n, raw in files.items() if n != "tagmanifest-sha256.txt"}, "the manifests")
    rows = [line.split("\t") for line in files["data/keys/keys.tsv"].decode().splitlines()[1:]]
    keys = {sha(b64decode(row[3])): b64decode(row[3]) for row in rows}
    before, root, log_keys, agreed = None, None, [], {}
    for name in sorted(name for name in files if name.startswith("data/claims/governance/")):
        stated, signers = opened(files, name, keys)
        now = stated["predicate"]["root"]
        for asked in (root or now, now):
            ids = {sha(b64decode(key["public"])) for key in asked["keys"]}
            check(len(ids & signers) >= asked["threshold"], f"too few root keys signed {name}")
        check(stated["predicate"].get("previous") == before, f"{name} does not follow the one before it")
        agreed = {subject["name"]: subject["digest"]["sha256"] for subject in stated["subject"]}
        log_keys.append(b64decode(stated["predicate"]["log"]["public"]))
        before, root, trusted = name[-69:-5], now, trusted - signers
    check(not trusted, "a root key that was given signed nothing")
    for name, place in (("policy.yaml", "schema"), ("reviewers.yaml", "claims")):
        check(agreed.get(name) == sha(files[f"data/{place}/{name}"]), f"{name} is not the one agreed")
    decisions = [name for name in files if name.startswith("data/claims/decisions/")]
    for name in decisions:
        stated, signers = opened(files, name, keys)
        about = stated["subject"][0]
        kept = files[f"data/claims/reviewed/{about['digest']['sha256']}.json"]
        check(sha(kept) == about["digest"]["sha256"], f"the content kept for {name}")
        check(json.loads(kept)["claim"]["id"] == about["name"] == name[22:-70], f"the subject of {name}")
        for key in signers:
            check(b"public: " + b64encode(keys[key]) in files["data/claims/reviewers.yaml"], f"the signer of {name}")
    entries = files["data/claims/log/entries.ndjson"].split(b"\n")[:-1]
    text, _, lines_of_signers = files["data/claims/log/checkpoint"].partition(b"\n\n")
    size, top = text.split(b"\n")[1:3]
    check(int(size) == len(entries) and b64decode(top) == tree(entries), "the root of the log")
    sig = b64decode(lines_of_signers.split()[2])[4:]
    check(any(signed(key, sig, text + b"\n") for key in log_keys), "the signature on the checkpoint")
    for entry in map(json.loads, entries):
        check(sha(files[f"data/claims/{entry['file']}"]) == entry["digest"], f"{entry['file']} is not the one logged")
    return len(decisions)


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1]) as archive:
        found = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    sys.stdout.write(f"{verify(found, set(sys.argv[2:]))} decisions hold\n")
