"""Where things lie inside a bundle. Names are relative to the bag, which is the one folder of the archive."""

from __future__ import annotations

FORMAT = "kbtool/audit-bundle/1"
"""Name and version of the bundle's form, in its statement."""

TOP = "audit-bundle/"
"""The archive's one folder: the bag."""

PAYLOAD = "data/"
CLAIMS = "data/claims/"
"""The base, file by file."""
VOCABULARY = "data/schema/vocabulary.yaml"
POLICY = "data/schema/policy.yaml"
POLICIES = "data/policies/"
"""Earlier policies that the base does not keep and that were given, `<digest>.yaml`."""
CONTENTS = "data/contents/"
"""Present contents that are not kept as reviewed and whose text is left out, `<digest>.json`."""
SIGNED = "data/signed/"
"""What was signed, taken out of each envelope: `<digest of the file>/payload.json`, `pae`, `<key id>.sig`."""
KEYS = "data/keys/"
"""Public keys, `<key id>.pem`."""
KEY_LIST = "data/keys/keys.tsv"
"""Key id, use, owner, base64 and file of every key."""
PROOFS = "data/proofs/"
"""Proofs that the log holds a file, `<digest of the file>.tlog-proof`."""
STATEMENT = "data/statement.json"
"""What the bundle states: standings, decisions, log, what is left out."""
REPORT = "data/report.json"
"""What a check says of the base."""
SUMMARY = "data/summary.html"
CRATE = "data/ro-crate-metadata.json"

GUIDE = "VERIFY.md"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

RENDERED = frozenset({SUMMARY, CRATE, REPORT, GUIDE, INFO, MANIFEST, TAG_MANIFEST})
"""Files that another version of the program may write otherwise, and the manifests over them."""
