"""Write a made-up base of any size: deterministic by seed, whole, and without a single finding.

    python bench/generate.py OUT -n 10000 [--seed 1]

OUT/claims is the base, OUT/schema its vocabulary and policy (copies of the project's). A document has twenty claims
and ten evidence records. What is written for a document does not depend on how many follow: a base of 1,000 claims is
the beginning of the base of 10,000. Links point to lower numbers, so that no chain of them closes.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sentences import Sentence, aside, name_of, sentences

from kbtool.yamlsource.write import write

CLAIMS_PER_DOCUMENT = 20
EVIDENCE_PER_DOCUMENT = 10
SCHEMA = Path(__file__).resolve().parent.parent / "schema"

REMARKS = (
    "The effect was seen in the per-protocol analysis only.",
    "One site alone reported this outcome.",
    "Participants were recruited from a single hospital.",
    "The comparison was left to the treating physician.",
    "The sponsor supplied the study drug and took part in the analysis.",
    "The press release says “cures”, the paper says “relieves”.",
    "Follow-up ended early, so later events are unknown.",
    "The confidence interval includes a null result: read it as uncertain.",
    "The dose is twice the one licensed in other countries.",
    "The figure is a relative risk; the absolute difference is small.",
    "Superseded by a later analysis of the same cohort.",
    "People with renal impairment were excluded from the trial.",
)
JOURNALS = ("A Journal of Trials", "Annals of Nothing", "Made-up Medicine", "The Sample Review", "Letters on Figures")
EVIDENCE_KINDS = ("randomised-trial", "cohort-study", "systematic-review", "secondary-analysis", "chart-review")
CAVEAT_KINDS = (
    "limited-evidence",
    "individual-variation",
    "short-lived-effect",
    "incomplete-picture",
    "adverse-effects",
)
NEEDED = {
    "efficacy": "individual-variation",
    "study-finding": "individual-variation",
    "safety": "adverse-effects",
    "cost": "cost-and-coverage",
    "availability": "limited-availability",
}
"""The caveat kind that the policy asks for, by type of claim."""
STANCES = {"supported": "supports", "partly-supported": "partly-supports", "contradicted": "contradicts"}
DIRECTNESS = ("direct", "indirect-population", "indirect-intervention", "other-outcome")
CONFIG: dict[str, Any] = {
    "title": "A base made up for measuring",
    "description": "Claims of articles that nobody wrote; nothing in it is about the world.",
    "language": "en",
    "publisher": {"name": "Nobody"},
    "base_url": "https://kb.example.org/",
    "licences": {"data": "CC0-1.0", "code": "Apache-2.0", "texts": "Made up for measuring."},
    "schema": {"folder": "../schema", "version": "1"},
    "intended_use": {"is_for": "Measuring speed.", "is_not": ["Not about anything in the world."]},
}


def document_id(document: int) -> str:
    """Id of a document by its number."""
    return f"doc-{document:05d}"


def claim_id(number: int) -> str:
    """Id of a claim by its number in the whole base."""
    return f"{document_id(number // CLAIMS_PER_DOCUMENT)}/claim-{number % CLAIMS_PER_DOCUMENT:02d}"


def evidence_id(document: int, index: int) -> str:
    """Id of the index-th evidence record that was made for a document."""
    return f"trial-{document:05d}-{index}"


class Text:
    """A document's text as it grows, with what every passage of it is."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[list[str]] = []
        self.skipped: list[dict[str, str]] = []
        self.connectives: list[dict[str, str]] = []

    def add(self, words: str, end: str = ".") -> int:
        """Add a sentence; the position of its first character."""
        start = len(self.text)
        self.text += f"{words}{end}"
        self.spans.append([str(start), str(len(self.text))])
        self.text += "\n\n" if len(self.spans) % 4 == 0 else " "
        return start

    def add_aside(self, words: str, reason: str) -> None:
        """Add a sentence that makes no claim."""
        start = self.add(words, "" if words.endswith("?") else ".")
        self.skipped.append({**_placed(words, start), "reason": reason})

    def add_claim(self, sentence: Sentence) -> list[dict[str, str]]:
        """Add a claim's sentence; its quotes."""
        at, quotes = self.add(sentence.text), []
        for part in sentence.parts:
            if quotes:
                self.connectives.append(_placed("and", at + len(", ")))
                at += len(", and ")
            quotes.append(_placed(part, at))
            at += len(part)
        return quotes


def _placed(words: str, start: int) -> dict[str, str]:
    return {"exact": words, "start": str(start), "end": str(start + len(words))}


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Every file of a base of `count` claims (a multiple of twenty), by name inside it."""
    yield "kb.yaml", write(CONFIG)
    yield "reviewers.yaml", write({"reviewers": []})
    for document in range(count // CLAIMS_PER_DOCUMENT):
        yield from _document(document, seed)


def _document(document: int, seed: int) -> Iterator[tuple[str, bytes]]:
    rng = random.Random(f"{seed}:{document}")
    said, text = sentences(rng, CLAIMS_PER_DOCUMENT, name_of(document)), Text()
    rng.shuffle(said)
    trials = [_trial(rng, document, index, said[2 * index]) for index in range(EVIDENCE_PER_DOCUMENT)]
    for index, sentence in enumerate(said):
        if rng.random() < 0.4:
            text.add_aside(*aside(rng))
        number = document * CLAIMS_PER_DOCUMENT + index
        yield f"{claim_id(number)}.yaml", write(_claim(rng, number, sentence, text.add_claim(sentence), trials))
    for trial in trials:
        yield f"evidence/{trial['id']}.yaml", write(trial)
    yield from _source(document, text)


def _source(document: int, text: Text) -> Iterator[tuple[str, bytes]]:
    whole = text.text.rstrip() + "\n"
    raw = whole.encode()
    digest, name = hashlib.sha256(raw).hexdigest(), document_id(document)
    stored = {"digest": digest, "bytes": str(len(raw)), "characters": str(len(whole)), "media_type": "text/plain"}
    yield f"sources/{name}/{digest}.txt", raw
    record: dict[str, Any] = {
        "document": name,
        "title": f"Article {document} that nobody wrote",
        "language": "en",
        "published": "2026-01-05",
        "rights": {"use": "full-text", "holder": "Nobody", "statement": "Made up for measuring."},
        "found": [{"url": f"https://texts.example.org/{name}", "on": "2026-01-10", "note": "Where it would stand."}],
        "text": {**stored, "stored": "2026-01-10"},
        "sentences": text.spans,
        "skipped": text.skipped,
        "connectives": text.connectives,
    }
    yield f"sources/{name}.yaml", write(record)


def _trial(rng: random.Random, document: int, index: int, sentence: Sentence) -> dict[str, Any]:
    agent, outcome, group = sentence.about
    slug, people = evidence_id(document, index), str(rng.randint(30, 9000))
    fall, placebo = f"{rng.randint(1, 50)}.{rng.randint(1, 9)}%", f"{rng.randint(1, 9)}%"
    result = f"{outcome} fell by {fall} on {agent} and by {placebo} on placebo."
    return {
        "id": slug,
        "kind": rng.choice(EVIDENCE_KINDS),
        "citation": {
            "type": "article-journal",
            "title": f"{outcome} and {agent} in {group}: a study that never took place",
            "author": [{"family": name_of(document * EVIDENCE_PER_DOCUMENT + index), "given": rng.choice("ABCDEF")}],
            "container-title": rng.choice(JOURNALS),
            "issued": str(rng.randint(1995, 2025)),
        },
        "identifiers": {"doi": f"10.5555/{slug}"},
        "population": group,
        "n": people,
        "result": result[0].upper() + result[1:],
        "seen": {"how": "abstract", "at": [f"https://trials.example.org/{slug}"]},
        "status": {"state": "current", "on": "2026-01-12", "source": "Made up for measuring."},
        "checked": {"on": "2026-01-12", "how": "Made up for measuring."},
    }


def _claim(
    rng: random.Random, number: int, sentence: Sentence, quotes: list[dict[str, str]], trials: list[dict[str, Any]]
) -> dict[str, Any]:
    index = number % CLAIMS_PER_DOCUMENT
    own = [trials[index // 2]] if index % 2 == 0 or sentence.kind == "study-finding" else []
    cited = own + [trial for trial in rng.sample(trials, rng.choice((0, 0, 1, 2))) if trial not in own]
    rating = rng.choice(tuple(STANCES)) if cited else rng.choice(("unverifiable", "not-checkable"))
    typed = dict(sentence.fields)
    if sentence.kind == "study-finding":
        typed = {"study": {"ref": own[0]["id"]}, **typed}
    return {
        "id": claim_id(number),
        "type": sentence.kind,
        "statement": f"{sentence.text}.",
        "polarity": sentence.polarity,
        "hedges": list(sentence.hedges),
        **typed,
        "source": {"document": document_id(number // CLAIMS_PER_DOCUMENT), "quotes": quotes},
        "caveats": _caveats(rng, number, sentence, cited, quotes[0]),
        "evidence": [_link(rng, trial, STANCES.get(rating, "context"), place) for place, trial in enumerate(cited)],
        "verdict": {"rating": rating, "rationale": _rationale(sentence, cited)},
        "relations": _relations(rng, number),
        "drafted": {"by": "generator", "on": "2026-01-15", "method": "Made up for measuring.", "machine": "true"},
        "review": {"status": "draft"},
    }


def _caveats(
    rng: random.Random, number: int, sentence: Sentence, cited: list[dict[str, Any]], quote: dict[str, str]
) -> list[dict[str, Any]]:
    kinds = [NEEDED[sentence.kind]] if sentence.kind in NEEDED else []
    kinds += ["limited-evidence"] if cited else []
    kinds = list(dict.fromkeys((*kinds, *rng.sample(CAVEAT_KINDS, rng.randint(0, 3)))))[:4]
    made = []
    for place, kind in enumerate(kinds):
        remark = " ".join(rng.sample(REMARKS, rng.choice((1, 1, 2))))
        text = f"{remark} The {name_of(number * 4 + place)} centre is where {sentence.about[1]} was looked at."
        basis: dict[str, Any] = {"evidence": rng.choice(cited)["id"]} if cited else {"quote": quote}
        if number and rng.random() < 0.1:
            basis = {"claim": claim_id(rng.randrange(number))}
        made.append({"kind": kind, "text": text, "basis": basis})
    return made


def _link(rng: random.Random, trial: dict[str, Any], stance: str, place: int) -> dict[str, str]:
    finding = f"Among {trial['n']} people: {trial['result']}"
    stance = stance if place == 0 or rng.random() < 0.5 else "context"
    link = {"ref": trial["id"], "stance": stance, "directness": rng.choice(DIRECTNESS), "finding": finding}
    return {**link, "locator": f"table {name_of(place)}"}


def _rationale(sentence: Sentence, cited: list[dict[str, Any]]) -> str:
    if not cited:
        return f"Nothing was found that bears on {sentence.about[1]} in {sentence.about[2]}."
    return f"The study of {cited[0]['n']} people says how {sentence.about[1]} went: {cited[0]['result']}"


def _relations(rng: random.Random, number: int) -> list[dict[str, str]]:
    low = max(0, number - 2000) if rng.random() < 0.8 else 0
    others = sorted({rng.randrange(low, number) for _ in range(rng.randint(0, 3))}) if number else []
    return [{"kind": rng.choice(("depends-on", "narrows", "see-also")), "claim": claim_id(other)} for other in others]


def generate(out: Path, count: int, seed: int) -> None:
    """Write the base and its schema folder below `out`, which must not hold them yet."""
    for name, raw in files(count, seed):
        path = out / "claims" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    (out / "schema").mkdir()
    for name in ("vocabulary.yaml", "policy.yaml"):
        shutil.copyfile(SCHEMA / name, out / "schema" / name)


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("-n", "--claims", type=int, default=1000, help="how many, a multiple of 20")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.claims < 1 or asked.claims % CLAIMS_PER_DOCUMENT:
        parser.error(f"the number of claims must be a multiple of {CLAIMS_PER_DOCUMENT}")
    if (asked.out / "claims").exists() or (asked.out / "schema").exists():
        parser.error(f"{str(asked.out)!r} holds a base already")
    generate(asked.out, asked.claims, asked.seed)


if __name__ == "__main__":
    main()
