"""Drafts to the files of a base: the source with its stored text, a record for each claim, one for each study named.

Nothing in them is checked or approved, and each says so: status draft, a verdict that nothing was looked for, and for
each caveat that policy asks for but the document does not state, one that says just that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.ingest.document import Document
from kbtool.ingest.draft_caveats import Said, caveats_of
from kbtool.ingest.draft_values import Draft, Drafts
from kbtool.ingest.selectors import selector_at
from kbtool.ingest.slugs import claim_slugs, letters_of
from kbtool.ingest.source_record import source_data
from kbtool.ingest.study_mentions import Mention
from kbtool.model.policy import Policy
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.words import Lexicon, hedges, lexicon, negations, numbers
from kbtool.records.layout import text_name
from kbtool.rules.folding import fold
from kbtool.yamlsource.problems import Data

RATINGS = ("not-checked", "unverifiable")
"""Ratings that may stand for "nobody has looked yet", the plainest first; the vocabulary must have the last."""
UNTRACED = "unverifiable"
"""The one rating of a claim that leans on a study nobody has traced."""
RATIONALE = (
    "Not checked yet: a program drafted this record from the document alone, and nobody has looked for evidence."
)
_STUDY_TYPES = frozenset({"study-finding", "citation"})
_SHORT = 100


@dataclass(frozen=True, slots=True)
class Intake:
    """What is to become of a document: its id, where it came from, the day, and how it may be shown."""

    document: str
    found_at: str
    """Where the file was found, in words: its name, or standard input."""
    on: date
    use: str
    """`full-text` or `quotes-only`."""
    taken_evidence: frozenset[str] = frozenset()
    """Slugs of evidence records that the base already has."""
    taken_statements: frozenset[str] = frozenset()
    """Statements that the base already has, folded as for comparing."""


@dataclass(frozen=True, slots=True)
class Records:
    """The data of each new record by its file name inside the base, and the stored text."""

    text_name: str
    text: bytes
    source: Mapping[str, Data]
    claims: Mapping[str, Data]
    evidence: Mapping[str, Data]
    draft_of: Mapping[str, Draft]
    """By file name of the claim."""
    behind: Mapping[str, Draft]
    """The same, and by file name of the study that a draft leans on."""


@dataclass(frozen=True, slots=True)
class _Desk:
    document: Document
    intake: Intake
    vocabulary: Vocabulary
    policy: Policy
    words: Lexicon


def records_of(document: Document, drafts: Drafts, intake: Intake, vocabulary: Vocabulary, policy: Policy) -> Records:
    """The records of a document's drafts."""
    desk = _Desk(document, intake, vocabulary, policy, lexicon(vocabulary))
    raw = document.text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    ids = [f"{intake.document}/{slug}" for slug in claim_slugs([each.statement for each in drafts.drafts])]
    statements = _statements(desk, drafts.drafts)
    repeated = _repeated(ids, statements)
    studies = _studies(desk, drafts.drafts)
    saids = [
        Said(id_, said, _rating(vocabulary, studies.get(index)), studies.get(index), is_repeated=id_ in repeated)
        for index, (id_, said) in enumerate(zip(ids, statements, strict=True))
    ]
    claims = {
        f"{said.id}.yaml": _claim(desk, draft, said, repeated.get(said.id, ()))
        for draft, said in zip(drafts.drafts, saids, strict=True)
    }
    evidence = {f"evidence/{slug}.yaml": _study(desk, drafts.drafts[index], slug) for index, slug in studies.items()}
    draft_of = dict(zip(claims, drafts.drafts, strict=True))
    of_study = {f"evidence/{slug}.yaml": drafts.drafts[index] for index, slug in studies.items()}
    return Records(
        text_name=text_name(intake.document, digest),
        text=raw,
        source={f"sources/{intake.document}.yaml": source_data(document, drafts, intake.document, digest, intake)},
        claims=claims,
        evidence=evidence,
        draft_of=draft_of,
        behind=draft_of | of_study,
    )


def _statements(desk: _Desk, drafts: Sequence[Draft]) -> list[str]:
    """The statements, those of another document of the base told apart by whose they are."""
    return [
        each.statement if fold(each.statement) not in desk.intake.taken_statements else _of_this_document(desk, each)
        for each in drafts
    ]


def _of_this_document(desk: _Desk, draft: Draft) -> str:
    """The statement with the name of its document in front, in words that neither count, deny nor hedge."""
    name = " ".join(part for part in desk.intake.document.split("-") if part.isalpha())
    if not name or numbers(name) or negations(desk.words, name) or hedges(desk.words, name):
        name = letters_of(desk.intake.document)
    said = f"The document {name!r} says: {draft.statement}"
    again = fold(said) in desk.intake.taken_statements
    return f"The document {letters_of(desk.intake.document)!r} says: {draft.statement}" if again else said


def _repeated(ids: Sequence[str], statements: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each claim whose statement stands in the document more than once, the ids of the others it restates.

    The first by the name of its file is related to all the others, and each of those to the first.
    """
    groups: dict[str, list[str]] = {}
    for id_, statement in zip(ids, statements, strict=True):
        groups.setdefault(fold(statement), []).append(id_)
    found: dict[str, tuple[str, ...]] = {}
    for first, *others in (sorted(group, key="{}.yaml".format) for group in groups.values() if len(group) > 1):
        found[first] = tuple(others)
        found |= dict.fromkeys(others, (first,))
    return found


def _studies(desk: _Desk, drafts: Sequence[Draft]) -> dict[int, str]:
    """The slug of the record of the study that each draft leans on, by position."""
    taken, found = set(desk.intake.taken_evidence), dict[int, str]()
    for index, each in enumerate(drafts):
        if each.type in _STUDY_TYPES:
            count = len(found) + 1
            while (slug := f"{desk.intake.document[:80].rstrip('-')}-study-{count}") in taken:
                count += 1
            taken.add(slug)
            found[index] = slug
    return found


def _rating(vocabulary: Vocabulary, study: str | None) -> str:
    """The rating that says that nobody has looked yet."""
    return UNTRACED if study else next(each for each in RATINGS if each in vocabulary.ratings)


def _claim(desk: _Desk, draft: Draft, said: Said, restates: Collection[str]) -> Data:
    text, related = desk.document.text, restates if "restates" in desk.vocabulary.relation_kinds else ()
    quotes: list[Data] = [selector_at(text, span) for span in draft.quotes]
    study: dict[str, Data] = {"study": {"ref": said.study}} if said.study else {}
    return {
        "id": said.id,
        "type": draft.type,
        "statement": said.statement,
        "polarity": draft.polarity,
        "hedges": list(draft.hedges),
        **study,
        **draft.fields,
        "source": {"document": desk.intake.document, "quotes": quotes},
        "caveats": caveats_of(draft, text, said, desk.vocabulary, desk.policy),
        "evidence": [_link(said.study)] if said.study else [],
        "verdict": {"rating": said.rating, "rationale": RATIONALE},
        "relations": [{"kind": "restates", "claim": other} for other in related],
        "drafted": {
            "by": draft.drafter,
            "on": desk.intake.on.isoformat(),
            "method": draft.method,
            "machine": "true",
        },
        "review": {"status": "draft"},
        "tags": list(_tags(draft)),
        "notes": _notes(draft),
    }


def _tags(draft: Draft) -> Iterator[str]:
    if draft.causal.kind != "none":
        yield f"language-{draft.causal.kind}"
    if draft.central.is_central:
        yield "central"
    yield "confidence-" + ("low" if draft.confidence < 0.5 else "fair" if draft.confidence < 0.75 else "high")


def _notes(draft: Draft) -> str:
    said = [f"Drafted with confidence {draft.confidence}.", *(f"{_capital(each)}." for each in draft.why)]
    if draft.trail:
        said.insert(1, f"Stands under {' > '.join(draft.trail)!r}.")
    return " ".join((*said, *(f"To do: {each}." for each in draft.remarks)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _link(study: str) -> Data:
    finding = "The document names this study; nobody has looked for it yet."
    return {"ref": study, "stance": "context", "directness": "direct", "finding": finding}


def _study(desk: _Desk, draft: Draft, slug: str) -> Data:
    """The record of a study that the document names, with nothing that the document does not say."""
    mention = draft.mention
    day = desk.intake.on.isoformat()
    said = " ".join(desk.document.text[slice(*draft.quotes[-1])].split())
    kind = "bibliographic-trace"
    return {
        "id": slug,
        "kind": kind if kind in desk.vocabulary.evidence_kinds else next(iter(desk.vocabulary.evidence_kinds)),
        "citation": _citation(mention, said),
        "identifiers": _identifiers(mention),
        "result": f"Not looked for yet. All that the document says of it: {said}",
        "seen": {"how": "not-seen"},
        "status": {"state": "untraced", "on": day, "source": "nobody has looked for the study yet"},
        "checked": {"on": day, "how": "drafted by a program from the document alone; everything is still open"},
    }


def _citation(mention: Mention | None, said: str) -> Data:
    short = said if len(said) <= _SHORT else f"{said[:_SHORT].rsplit(' ', 1)[0]} ..."
    data: dict[str, Data] = {"type": "article", "title": f"[a study as the document words it: {short}]"}
    if mention and mention.venue:
        data["container-title"] = mention.venue
    if mention and mention.year:
        data["issued"] = mention.year
    return data


def _identifiers(mention: Mention | None) -> Data:
    known = {"doi": mention.doi, "pmid": mention.pmid} if mention else {}
    data: dict[str, Data] = {name: value for name, value in known.items() if value}
    if mention and mention.registration:
        data["registry"] = [mention.registration]
    return data
