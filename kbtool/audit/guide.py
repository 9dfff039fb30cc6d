"""VERIFY.md: how to check a bundle with standard tools only. It is the same in every bundle."""

from __future__ import annotations

from kbtool.audit.layout import TOP

_TEXT = r"""# How to check this bundle without kbtool

The commands need `sha256sum`, `openssl` 3, `base64`, `sed`, `awk`, `tr`, `paste`, `find` and a POSIX shell. Unpack the
archive, go into the folder `@TOP@` and run them in this order. The first thing that does not hold ends the run.

Ask the owners of the root keys for their key ids by another way than the one by which you got this bundle. Without
that, everything below shows only that the bundle agrees with itself.

## 1. Every file is listed, and is the one listed

```sh
set -eu
export LC_ALL=C
work=$(mktemp -d)
fail() { echo "does not hold: $1"; exit 1; }
sha256() { sha256sum "$1" | cut -c 1-64; }
sha256sum --check --quiet tagmanifest-sha256.txt
sha256sum --check --quiet manifest-sha256.txt
find data -type f | sort > "$work/found"
sed 's/^[0-9a-f]*  //' manifest-sha256.txt | sort > "$work/listed"
cmp "$work/found" "$work/listed" || fail "a file of the payload is not listed"
```

## 2. Decisions, governance, kept contents and policies are the bytes that their names promise

The last 64 characters of such a name are the SHA-256 of the file.

```sh
find data -path 'data/claims/*.json' -o -path 'data/claims/reviewed/*.yaml' -o -path 'data/policies/*.yaml' \
  | sort > "$work/named"
sed -n -e '/^data\/claims\/governance\//p' "$work/named" > "$work/governance"
sed -n -e '/^data\/claims\/decisions\//p' "$work/named" > "$work/decisions"
sed -n -e '/^data\/claims\/reviewed\//p' -e '/^data\/policies\//p' "$work/named" > "$work/reviewed"
cat "$work/governance" "$work/decisions" "$work/reviewed" | while read -r file; do
  name=$(basename "${file%.*}")
  test "$(sha256 "$file")" = "${name##*-}" || fail "the bytes of $file"
done
```

## 3. Each key file is the key that its name and the list say

A key's id is the SHA-256 of its 32 raw bytes.

```sh
raw_key() { openssl pkey -pubin -in "data/keys/$1.pem" -outform DER | tail -c 32; }
sed 1d data/keys/keys.tsv | while read -r id use owner public; do
  raw_key "$id" > "$work/key"
  test "$(sha256 "$work/key")" = "$id" || fail "the id of key $id"
  test "$(base64 < "$work/key")" = "$public" || fail "the listed bytes of key $id"
done
```

## 4. Every signature holds

A decision is a DSSE envelope. What is signed is `DSSEv1`, then type and payload, each after its length in bytes.
`data/signed/` holds the same parts ready-made; here they are taken out of the envelope anew and compared.

```sh
: > "$work/held"
cat "$work/governance" "$work/decisions" | while read -r file; do
  parts="data/signed/$(sha256 "$file")"
  tr -d ' \t\r\n' < "$file" > "$work/flat"
  sed 's/.*"payload":"\([A-Za-z0-9+\/=]*\)".*/\1/' "$work/flat" | base64 -d > "$work/payload"
  cmp "$work/payload" "$parts/payload.json" || fail "the payload of $file"
  size=$(wc -c < "$work/payload")
  { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$size"; cat "$work/payload"; } > "$work/pae"
  cmp "$work/pae" "$parts/pae" || fail "the signed bytes of $file"
  tr '{' '\n' < "$work/flat" > "$work/objects"
  sed -n 's/.*"keyid":"\([0-9a-f]\{64\}\)".*/\1/p' "$work/objects" > "$work/ids"
  sed -n 's/.*"sig":"\([A-Za-z0-9+\/=]*\)".*/\1/p' "$work/objects" > "$work/sigs"
  paste "$work/ids" "$work/sigs" | while read -r id sig; do
    printf '%s' "$sig" | base64 -d > "$work/sig"
    openssl pkeyutl -verify -pubin -inkey "data/keys/$id.pem" -rawin -in "$work/pae" -sigfile "$work/sig" \
      > "$work/said" || fail "the signature of $id on $file"
    printf '%s\t%s\n' "$file" "$id" >> "$work/held"
  done
  test -s "$work/ids" || echo "not signed, so it can only comment or ask for changes: $file"
done
```

## 5. Who may decide is agreed by the root keys

Each governance file names the digest of the one before it. It is signed by as many root keys of the state before it
as that asks for; the first and each change of the root keys by its own. The newest one names the digests of the
reviewers and of the policy that are in force.

```sh
threshold() { sed 's/.*"root":{"keys":\[.*\],"threshold":\([0-9]*\)}.*/\1/' "$1"; }
held_under() {
  count=0
  for id in $(awk -F '\t' -v file="$1" '$1 == file { print $2 }' "$work/held" | sort -u); do
    ! grep -F -q "\"public\":\"$(raw_key "$id" | base64)\"" "$2" || count=$((count + 1))
  done
  echo "$count"
}
before=
while read -r file; do
  payload="data/signed/$(sha256 "$file")/payload.json"
  sed 's/.*"root":\({"keys":\[.*\],"threshold":[0-9]*}\).*/\1/' "$payload" > "$work/root"
  test -n "$before" || cp "$work/root" "$work/root-before"
  if test -n "$before"; then
    grep -F -q "\"previous\":\"$before\"" "$payload" || fail "$file does not follow the one before it"
  fi
  for root in "$work/root" "$work/root-before"; do
    echo "\"root\":$(cat "$root")" > "$work/asked"
    test "$(held_under "$file" "$root")" -ge "$(threshold "$work/asked")" || fail "too few root keys signed $file"
  done
  cp "$work/root" "$work/root-before"
  before=$(sha256 "$file")
done < "$work/governance"
if test -n "$before"; then
  payload="data/signed/$before/payload.json"
  for pair in policy.yaml:data/schema/policy.yaml reviewers.yaml:data/claims/reviewers.yaml; do
    said="{\"digest\":{\"sha256\":\"$(sha256 "${pair#*:}")\"},\"name\":\"${pair%%:*}\"}"
    grep -F -q "$said" "$payload" || fail "${pair#*:} is not the one that the root keys agreed to"
  done
  echo "root keys (compare these ids with what their owners told you):"
  awk -F '\t' '$2 == "root" { print "  " $1 "  " $3 }' data/keys/keys.tsv
else
  echo "NO ROOT KEYS: this bundle is consistent, not authenticated"
fi
```

## 6. Each decision is about a content that is kept, by the reviewer whose key signed it

```sh
while read -r file; do
  payload="data/signed/$(sha256 "$file")/payload.json"
  sed 's/.*"subject":\[{"digest":{"sha256":"\([0-9a-f]\{64\}\)"},"name":"\([a-z0-9\/-]*\)"}\].*/\1 \2/' "$payload" \
    > "$work/subject"
  set -- $(cat "$work/subject")
  case "$file" in "data/claims/decisions/$2/"*) ;; *) fail "$file is about $2" ;; esac
  grep -F -q "\"id\":\"$2\"" "data/claims/reviewed/$1.json" || fail "the content decided about in $file"
  policy=$(sed 's/.*"policy":"\([0-9a-f]\{64\}\)".*/\1/' "$payload")
  test -f "data/claims/reviewed/$policy.yaml" || test -f "data/policies/$policy.yaml" \
    || test "$(sha256 data/schema/policy.yaml)" = "$policy" || echo "the policy that $file names is not here: $policy"
  verb=$(sed 's/.*"decision":"\([a-z-]*\)".*/\1/' "$payload")
  by=$(sed 's/.*"by":"\([a-z0-9-]*\)".*/\1/' "$payload")
  on=$(sed 's/.*"on":"\([0-9-]*\)".*/\1/' "$payload")
  for id in $(awk -F '\t' -v file="$file" '$1 == file { print $2 }' "$work/held"); do
    grep -q "^$id	reviewer	$by	" data/keys/keys.tsv || fail "the key on $file is not that of $by"
    grep -F -q "$(raw_key "$id" | base64)" data/claims/reviewers.yaml || fail "the key on $file is no reviewer's"
    echo "$on $by: $verb $2, content $1"
  done
done < "$work/decisions"
```

The kept content, `data/claims/reviewed/<digest>.json`, can be read as it is: it holds the exact words decided about.
Hold it against the record, `data/claims/<claim>.yaml`. Where they differ, the record has changed since. The policy that
a decision was made under is `data/claims/reviewed/<digest>.yaml`, or else the one in force, `data/schema/policy.yaml`.

## 7. The log holds them, in this order

The lines of `log/entries.ndjson` are the leaves of a Merkle tree (RFC 9162). The checkpoint states how many there are
and the root of the tree, and is signed by the log's key (C2SP signed note).

```sh
leaf() { { printf '\000'; printf '%s' "$1"; } | openssl dgst -sha256 -binary | base64; }
node() {
  { printf '\001'; printf '%s' "$1" | base64 -d; printf '%s' "$2" | base64 -d; } | openssl dgst -sha256 -binary | base64
}
root_of() {
  stack=
  lines=0
  while IFS= read -r line; do
    hash=$(leaf "$line")
    at=$lines
    while test $((at % 2)) -eq 1; do
      hash=$(node "${stack##* }" "$hash")
      stack=${stack% *}
      at=$((at / 2))
    done
    stack="$stack $hash"
    lines=$((lines + 1))
  done
  hash=${stack##* }
  stack=${stack% *}
  while test -n "$stack"; do
    hash=$(node "${stack##* }" "$hash")
    stack=${stack% *}
  done
  echo "$hash"
}
log=data/claims/log
if test -f "$log/checkpoint"; then
  sed '/^$/,$d' "$log/checkpoint" > "$work/point"
  origin=$(sed -n 1p "$work/point") size=$(sed -n 2p "$work/point") root=$(sed -n 3p "$work/point")
  awk -v name="$origin" 'signed && $2 == name { print $3; exit } $0 == "" { signed = 1 }' "$log/checkpoint" \
    | base64 -d | tail -c 64 > "$work/sig"
  signer=
  for id in $(awk -F '\t' -v name="$origin" '$2 == "log" && $3 == name { print $1 }' data/keys/keys.tsv); do
    ! openssl pkeyutl -verify -pubin -inkey "data/keys/$id.pem" -rawin -in "$work/point" -sigfile "$work/sig" \
      > "$work/said" || signer=$id
  done
  test -n "$signer" || fail "the signature on the checkpoint"
  said="\"log\":{\"origin\":\"$origin\",\"public\":\"$(raw_key "$signer" | base64)\"}"
  while read -r file; do cat "data/signed/$(sha256 "$file")/payload.json"; done < "$work/governance" > "$work/agreed"
  grep -F -q "$said" "$work/agreed" || echo "NO ROOT KEYS agreed to the key of the log"
  test "$(wc -l < "$log/entries.ndjson")" -eq "$size" || fail "the number of entries of the log"
  test "$(root_of < "$log/entries.ndjson")" = "$root" || fail "the root of the log"
  while IFS= read -r entry; do
    name=$(printf '%s' "$entry" | sed 's/.*"file":"\([^"]*\)".*/\1/')
    test "$(sha256 "data/claims/$name")" = "$(printf '%s' "$entry" | sed 's/.*"digest":"\([0-9a-f]*\)".*/\1/')" \
      || fail "the file $name is not the one that the log took up"
  done < "$log/entries.ndjson"
  echo "the log of $origin holds $size files under the root $root"
else
  echo "NO LOG: nothing shows in which order decisions were made, or whether one was left out"
fi
```

If you have an older checkpoint of this log, of `N` entries, `head -n N data/claims/log/entries.ndjson | root_of` must
print its root. Only that shows that the log was not rewritten by its own key.

## 8. One decision alone: its proof leads to the checkpoint

`data/proofs/` has a proof for each logged file (C2SP tlog-proof). With it, the entry's line and the checkpoint, nobody
needs the rest of the log.

```sh
proven() {
  at=$(sed -n 's/^index //p' "$1") last=$((size - 1))
  hash=$(leaf "$(sed -n "$((at + 1))p" "$log/entries.ndjson")")
  for other in $(awk 'NR > 2 && $0 == "" { exit } NR > 2' "$1"); do
    test "$last" -gt 0 || return 1
    if test $((at % 2)) -eq 1 || test "$at" -eq "$last"; then
      hash=$(node "$other" "$hash")
      while test $((at % 2)) -eq 0 && test "$at" -gt 0; do at=$((at / 2)) last=$((last / 2)); done
    else
      hash=$(node "$hash" "$other")
    fi
    at=$((at / 2)) last=$((last / 2))
  done
  test "$last" -eq 0 && test "$hash" = "$root"
}
cat "$work/governance" "$work/decisions" | while read -r file; do
  proof="data/proofs/$(sha256 "$file").tlog-proof"
  if test -f "$proof"; then
    awk 'rest { print } $0 == "" { rest = 1 }' "$proof" > "$work/rest"
    cmp "$work/rest" "$log/checkpoint" || fail "the checkpoint in $proof"
    proven "$proof" || fail "the proof $proof"
  else
    echo "in no checkpoint yet: $file"
  fi
done
rm -r "$work"
echo "everything that standard tools can check holds"
```

## What this does not show

* That a record (YAML) has the content that was approved is for your eyes, or for `kbtool audit verify`, which computes
  each content and each standing anew.
* What no decision is about is not authenticated: whoever made the bundle can have written it. So are tags, notes and
  other editorial fields of approved records, `data/report.json` and `data/summary.html`.
* Dates are what people stated. The log bounds them: a decision is no younger than the entry that took it up.
* Where the rights to a text allow quotes only, it is left out; then nobody can hold the quotes against it here.
* Keys show who held a key, not who the person is.
"""


def guide() -> bytes:
    """The file's bytes."""
    return _TEXT.replace("@TOP@", TOP.rstrip("/")).encode()
