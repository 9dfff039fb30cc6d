"""A second verifier of audit bundles: plain Python and `openssl`, none of kbtool's code, written from VERIFY.md alone.

Run it as `python second_verifier.py FILE.zip [ROOT_KEY_ID...]`; what does not hold is said, with status 1.
"""

import json
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

OPENSSL = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in said -sigfile sig"


def check(holds: bool, what: str) -> bool:
    return holds or sys.exit(f"does not hold: {what}")


def under(folder: str) -> list[str]:
    return sorted(name for name in files if name.startswith(f"data/claims/{folder}/"))


def signed(key: str, sig: bytes, said: bytes) -> bool:
    with TemporaryDirectory() as folder:
        for name, raw in (("key", b64decode(f"MCowBQYDK2VwAyEA{key}")), ("sig", sig), ("said", said)):
            Path(folder, name).write_bytes(raw)
        return subprocess.run(OPENSSL.split(), cwd=folder, capture_output=True, check=False).returncode == 0


def opened(name: str) -> tuple[list, dict, set[str]]:
    payload, _, signatures = json.loads(files[name]).values()
    said = b"DSSEv1 28 application/vnd.in-toto+json %d %b" % (len(b64decode(payload)), b64decode(payload))
    for one in signatures:
        check(signed(keys.get(one["keyid"], ""), b64decode(one["sig"]), said), f"the signature on {name}")
    statement = json.loads(b64decode(payload))
    return statement["subject"], statement["predicate"], {keys[one["keyid"]] for one in signatures}


def tree(leaves: list[bytes]) -> bytes:
    half = 1 << max(0, (len(leaves) - 1).bit_length() - 1)
    return sha256(b"\1" + tree(leaves[:half]) + tree(leaves[half:]) if leaves[1:] else b"\0" + leaves[0]).digest()


# Every file is the one listed, and what is named by its digest is what its name says.
with zipfile.ZipFile(sys.argv[1]) as archive:
    files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
found = {name: sha256(raw).hexdigest() for name, raw in files.items() if name != "tagmanifest-sha256.txt"}
lines = (files["manifest-sha256.txt"] + files["tagmanifest-sha256.txt"]).decode().splitlines()
check({line[66:]: line[:64] for line in lines} == found, "the manifests")
for name in (*under("governance"), *under("decisions"), *under("reviewed")):
    check(found[name] == Path(name).stem[-64:], f"the bytes of {name}")

# Each state of who may decide is signed by the root keys of the one before it; the last one is in force.
keys = dict(row.split("\t")[::3] for row in files["data/keys/keys.tsv"].decode().splitlines())
before, root, log_keys, agreed, trusted = None, None, [], {}, set(sys.argv[2:])
for name in under("governance"):
    subjects, said, signers = opened(name)
    for asked in (root or said["root"], said["root"]):
        check(len(signers & {key["public"] for key in asked["keys"]}) >= asked["threshold"], f"too few signed {name}")
    check(said.get("previous") == before, f"{name} does not follow the one before it")
    log_keys.append(said["log"]["public"])
    agreed = {subject["name"]: subject["digest"]["sha256"] for subject in subjects}
    before, root, trusted = found[name], said["root"], trusted - {sha256(b64decode(key)).hexdigest() for key in signers}
check(not trusted, "a root key that was given signed nothing")
for name in ("schema/policy.yaml", "claims/reviewers.yaml"):
    check(agreed.get(name[7:]) == found[f"data/{name}"], f"{name} is not the one agreed")

# Each decision is about a content that is kept, by a reviewer whose key signed it.
for name in under("decisions"):
    (about,), _, signers = opened(name)
    content = json.loads(files[f"data/claims/reviewed/{about['digest']['sha256']}.json"])
    check(content["claim"]["id"] == about["name"] == name[22:-70], f"the subject of {name}")
    check(signers <= set(files["data/claims/reviewers.yaml"].decode().split()), f"the signer of {name}")

# The log holds them in this order, under a checkpoint by a key that was agreed.
entries = files["data/claims/log/entries.ndjson"].splitlines()
text, signatures = files["data/claims/log/checkpoint"].split(b"\n\n")
check(text.split(b"\n")[1:3] == [b"%d" % len(entries), b64encode(tree(entries))], "the root of the log")
check(any(signed(key, b64decode(signatures.split()[2])[4:], text + b"\n") for key in log_keys), "who signed the log")
for entry in map(json.loads, entries):
    check(found[f"data/claims/{entry['file']}"] == entry["digest"], f"{entry['file']} is not the one logged")
sys.stdout.write(f"{len(under('decisions'))} decisions hold\n")
