"""A drafter for `kbtool ingest` that asks a language model behind an endpoint that speaks as OpenAI's does.

    kbtool ingest leaflet.md --drafter python3 -- drafter_client.py --url https://models.example/v1 --model small

It reads JSON lines on standard input: first the task (claim types, caveat kinds, skip reasons), then a line for each
sentence. It asks the model about one sentence at a time and prints an answer for each that it got: claims, or the
reason of a skip. A sentence without an answer keeps the draft that kbtool made by rules, and so does one whose answer
kbtool refuses. kbtool passes no variables on, so a key is read from a file: --key-file. Only the standard library is
used; copy this file and change it to your needs.
"""

# ruff: noqa: INP001, T201 - a script that stands alone and prints its answers

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MOST_BYTES = 1_000_000
"""Bytes of one reply that are read."""

INSTRUCTIONS = """You turn one sentence of a document into checkable claims. Answer with one JSON object and nothing
else: {{"claims": [{{"statement": "...", "type": "...", "fields": {{"...": {{"as_stated": "..."}}}}, "quotes": ["..."],
"caveats": [{{"kind": "...", "text": "...", "quote": "..."}}]}}]}} or {{"skip": "..."}}.
A statement says what the sentence says so that it stands alone, with every number, negation and hedge (may, can,
some, often) kept, and nothing added. Quotes are copied from the sentence letter by letter, in its order, and together
hold all of it. as_stated is copied from the sentence. Leave caveats empty where the sentence states no limit itself.
Types with their fields (* is required): {types}
Caveat kinds: {caveats}
Skip reasons, only for sentences that claim nothing: {skips}"""


def main() -> int:
    """Answer every sentence that the model has a usable reply for; 1 where it could not be asked at all."""
    options = _options()
    key = options.key_file.read_text(encoding="utf-8").strip() if options.key_file else ""
    lines = iter(sys.stdin.buffer)
    task = json.loads(next(lines))
    asked = answered = 0
    for sentence in map(json.loads, lines):
        asked += 1
        try:
            reply = ask(options.url, options.model, key, messages(task, sentence), options.timeout)
        except (OSError, ValueError, LookupError) as error:
            print(f"sentence {sentence['sentence']}: {error}", file=sys.stderr)
            continue
        answered += 1
        print(json.dumps({"sentence": sentence["sentence"], **usable(reply)}), flush=True)
    return 1 if asked and not answered else 0


def messages(task: Mapping[str, Any], sentence: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the model is told of one sentence."""
    told = INSTRUCTIONS.format(
        types=json.dumps(task["claim_types"]),
        caveats=json.dumps(task["caveat_kinds"]),
        skips=json.dumps(task["skip_reasons"]),
    )
    return [{"role": "system", "content": told}, {"role": "user", "content": "\n".join(_context(sentence))}]


def _context(sentence: Mapping[str, Any]) -> Iterator[str]:
    if sentence["under"]:
        yield f"Headings above: {' > '.join(sentence['under'])}"
    yield f"Before it: {sentence['before']}"
    yield f"Behind it: {sentence['after']}"
    if "lead" in sentence:
        yield f"It is an item of a list that these words lead in to (they are quoted for you): {sentence['lead']}"
    yield f"The sentence: {sentence['text']}"


def ask(url: str, model: str, key: str, told: list[dict[str, str]], timeout: float) -> Mapping[str, Any]:
    """The object that the model replies with; raises OSError, ValueError or LookupError where there is none."""
    body = {"model": model, "temperature": 0, "messages": told, "response_format": {"type": "json_object"}}
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url!r} is no address of the web")
    request = urllib.request.Request(f"{url.rstrip('/')}/chat/completions", json.dumps(body).encode(), headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=timeout) as reply:  # noqa: S310 - the scheme was looked at
        content = json.loads(reply.read(MOST_BYTES))["choices"][0]["message"]["content"]
    found = json.loads(content)
    if isinstance(found, dict):
        return found
    raise LookupError("the reply is no JSON object")


def usable(reply: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a reply that kbtool takes; it checks them itself."""
    if isinstance(reply.get("skip"), str) and not reply.get("claims"):
        return {"skip": reply["skip"]}
    return {"claims": reply.get("claims", [])}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A drafter for 'kbtool ingest' that asks a language model.")
    parser.add_argument(
        "--url", required=True, help="the endpoint, up to and with its version: https://models.example/v1"
    )
    parser.add_argument("--model", required=True, help="the model's name at that endpoint")
    parser.add_argument("--key-file", type=Path, help="a file with the key, where the endpoint wants one")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for one sentence")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
