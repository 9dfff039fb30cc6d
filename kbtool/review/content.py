"""The content of a claim that a reviewer decides about, as canonical bytes, and what those bytes are named by.

In: the reviewed fields of the claim and of the evidence it cites, each quote with the paragraph it stands in, label and
definition of every vocabulary term used. Out: positions, contexts, tags, notes, order of keys, white space. The bytes
are RFC 8785 JSON with type and version inside, so that plain `sha256sum` of the kept file gives the digest.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias

from kbtool.model.base import Coded, Model
from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.evidence import Evidence
from kbtool.model.references import CODED_FIELDS, claims_rested_on, evidence_named
from kbtool.model.vocabulary import Vocabulary
from kbtool.quotes.resolve import Span, matches
from kbtool.records.base import KnowledgeBase
from kbtool.review.fields import reviewed_fields

CONTENT_TYPE = "kbtool/claim-content/1"
"""Type and version of the content format; a change of what is covered gets another number."""

Json: TypeAlias = Any
"""A JSON value without floats."""

_NEW_LINE = r"(?>\r\n|\r|\n)"
_PARAGRAPH_END = re.compile(rf"{_NEW_LINE}[^\S\r\n]*{_NEW_LINE}")


@dataclass(frozen=True, slots=True)
class Content:
    """A claim's content: the value, its canonical bytes and their SHA-256."""

    value: Mapping[str, Json]
    raw: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """A base with what was already worked out of it: many claims cite the same evidence and use the same terms."""

    base: KnowledgeBase
    evidence: dict[str, tuple[Json, bytes]] = field(default_factory=dict)
    """By slug: the reviewed fields as a value and as bytes."""
    terms: dict[tuple[str, str], Json] = field(default_factory=dict)


def content_of(claim: ClaimBase, base: KnowledgeBase) -> Content:
    """What an approval of `claim` binds, from the base as it stands.

    Evidence that cannot be read and a text that is missing are absent, which no approval of the whole survives.
    """
    return _content(claim, _Reader(base))


def contents_of(ids: Iterable[str], base: KnowledgeBase) -> dict[str, Content]:
    """The contents of many claims of the base, by id; raises KeyError for an id that it does not have."""
    reader = _Reader(base)
    return {id_: _content(base.claims[id_].model, reader) for id_ in ids}


def evidence_digest(record: Evidence) -> str:
    """Digest of an evidence record's reviewed fields."""
    return digest_of(_record_bytes(_fields(record, None)))


def canonical(value: Json) -> bytes:
    """RFC 8785 bytes of any JSON value."""
    import rfc8785  # noqa: PLC0415 - only where there is something to sign

    return bytes(rfc8785.dumps(value))


def digest_of(raw: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return sha256(raw).hexdigest()


def rests_on(claim: ClaimBase, base: KnowledgeBase, digests: Mapping[str, str]) -> dict[str, str]:
    """Digest of each thing that the claim rests on, by name, so that a later change can be told apart.

    Names: `evidence/<slug>`, `text/<document>`, `claim/<id>`; `digests` gives the content digests of claims by id.
    """
    slugs = _evidence_cited(claim, base)
    pieces = {f"evidence/{slug}": evidence_digest(base.evidence[slug].model) for slug in slugs}
    document = claim.source.document
    if document in base.sources:
        pieces[f"text/{document}"] = base.sources[document].model.text.digest
    below = sorted(claims_rested_on(claim, base.vocabulary.model) & digests.keys())
    return pieces | {f"claim/{id_}": digests[id_] for id_ in below}


def paragraph_around(text: str, span: Span) -> str:
    """The paragraph, or paragraphs, that the span stands in, white space folded; blank lines part paragraphs."""
    first, _ = _paragraph_at(text, span[0])
    _, last = _paragraph_at(text, max(span[0], span[1] - 1))
    return _folded(text[first:last])


def _paragraph_at(text: str, at: int) -> Span:
    starts, ends = _paragraphs(text)
    index = bisect_right(starts, at) - 1
    return starts[index], ends[index]


@lru_cache(maxsize=4)
def _paragraphs(text: str) -> tuple[list[int], list[int]]:
    """Where each paragraph starts and ends; a few texts are kept, since claims come document by document."""
    breaks = [match.span() for match in _PARAGRAPH_END.finditer(text)]
    return [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]


def _content(claim: ClaimBase, reader: _Reader) -> Content:
    slugs = _evidence_cited(claim, reader.base)
    cited = {slug: _evidence(slug, reader) for slug in slugs}
    value = {
        "_type": CONTENT_TYPE,
        "claim": _fields(claim, reader.base.texts.get(claim.source.document)),
        "evidence": {slug: fields for slug, (fields, _) in cited.items()},
        "terms": _terms(claim, slugs, reader),
    }
    # What is canonical stays so inside a canonical whole; evidence, most of the bytes, is written once for all claims.
    evidence = b",".join(b'"%b":%b' % (slug.encode(), written) for slug, (_, written) in cited.items())
    parts = (_record_bytes(value["_type"]), _record_bytes(value["claim"]), evidence, _record_bytes(value["terms"]))
    raw = b'{"_type":%b,"claim":%b,"evidence":{%b},"terms":%b}' % parts
    return Content(value, raw, digest_of(raw))


def _record_bytes(value: Json) -> bytes:
    """RFC 8785 bytes of a record's value, by the standard encoder, which is quicker by far than `canonical`.

    The two agree where every key is ASCII and there are no floats, as in all records.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _evidence_cited(claim: ClaimBase, base: KnowledgeBase) -> list[str]:
    """Slugs of the evidence that the claim names and that can be read, sorted."""
    return sorted({slug for _, slug in evidence_named(claim)} & base.evidence.keys())


def _evidence(slug: str, reader: _Reader) -> tuple[Json, bytes]:
    if slug not in reader.evidence:
        fields = _fields(reader.base.evidence[slug].model, None)
        reader.evidence[slug] = fields, _record_bytes(fields)
    return reader.evidence[slug]


def _fields(model: Model, text: str | None) -> dict[str, Json]:
    """The reviewed fields of a model as JSON; absent and empty ones are left out."""
    if isinstance(model, Selector):
        return _quote(model, text)
    found = {}
    for name, alias in _names(type(model)):
        value = getattr(model, name)
        if value is not None and value != ():
            found[alias] = _json(value, text)
    return {name: value for name, value in found.items() if value != {}}


@lru_cache(maxsize=256)
def _names(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The reviewed fields of a model: the name in code and the one in records."""
    return tuple((name, model.model_fields[name].alias or name) for name in sorted(reviewed_fields(model)))


def _json(value: object, text: str | None) -> Json:
    if isinstance(value, str):
        return _folded(value)
    if isinstance(value, Model):
        return _fields(value, text)
    if isinstance(value, tuple):
        return [_json(item, text) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _quote(quote: Selector, text: str | None) -> dict[str, Json]:
    """The words with the paragraph they stand in; where that cannot be told, the words alone."""
    paragraphs = {paragraph_around(text, span) for span in _places(quote, text)} if text is not None else set()
    exact = {"exact": _folded(quote.exact)}
    return exact | {"paragraph": paragraphs.pop()} if len(paragraphs) == 1 else exact


def _places(quote: Selector, text: str) -> tuple[Span, ...]:
    """The stated place where the words stand there, else every place where they stand.

    So a stated place that a moved text has made wrong does not void an approval: that is for a rule to say.
    """
    places = matches(quote, text)
    start = quote.start if quote.start is not None else (quote.end or 0) - len(quote.exact)
    stated = (start, start + len(quote.exact))
    return (stated,) if stated in places else places


def _folded(text: str) -> str:
    return " ".join(text.split())


def _terms(claim: ClaimBase, slugs: Iterable[str], reader: _Reader) -> dict[str, dict[str, Json]]:
    """Label and definition of each term used, by list and id."""
    used: dict[str, dict[str, Json]] = {}
    evidence = (reader.base.evidence[slug].model for slug in slugs)
    for key in sorted(set(terms_used(claim, evidence))):
        if key not in reader.terms:
            reader.terms[key] = _term(key, reader.base.vocabulary.model)
        if reader.terms[key]:
            used.setdefault(key[0], {})[key[1]] = reader.terms[key]
    return used


def _term(key: tuple[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """Label and definition; empty for a term that is not in its list."""
    term = getattr(vocabulary, key[0]).get(key[1])
    return {"label": _folded(term.label), "definition": _folded(term.definition)} if term else {}


def terms_used(claim: ClaimBase, evidence: Iterable[Evidence]) -> Iterator[tuple[str, str]]:
    """List and id of every vocabulary term that a claim and the evidence it cites use, with repeats."""
    yield "claim_types", claim.type  # type: ignore[attr-defined]
    yield "ratings", claim.verdict.rating
    for caveat in claim.caveats:
        yield "caveat_kinds", caveat.kind
    for link in claim.evidence:
        yield "stances", link.stance
        yield "directness", link.directness
    for relation in claim.relations:
        yield "relation_kinds", relation.kind
    if claim.verdict.certainty:
        yield "certainty_levels", claim.verdict.certainty.level
    for name, list_name in CODED_FIELDS.items():
        if name in type(claim).model_fields and isinstance(value := getattr(claim, name), Coded):
            yield list_name, value.code
    for record in evidence:
        yield "evidence_kinds", record.kind
