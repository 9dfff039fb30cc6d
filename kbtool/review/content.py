"""The content of a claim that a reviewer decides about, as canonical bytes, and what those bytes are named by.

In: the reviewed fields of the claim and of the evidence it cites, each quote with the paragraph it stands in, label and
definition of every vocabulary term used. Out: positions, contexts, tags, notes, order of keys, white space. The bytes
are RFC 8785 JSON with type and version inside, so that plain `sha256sum` of the kept file gives the digest.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias

from kbtool.model.base import Coded, Model
from kbtool.model.claim import ClaimBase, Selector
from kbtool.model.evidence import Evidence
from kbtool.model.references import CODED_FIELDS, claims_rested_on, evidence_slugs
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


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False)
_MOST_EVIDENCE = 4_096
"""Evidence records whose bytes are held at once; claims cite what lies near them."""


@dataclass(frozen=True, slots=True)
class Content:
    """A claim's content by its digest, with what weighing asks of it; equal to others of the same digest."""

    digest: str
    """SHA-256 of its canonical bytes."""
    claim: str | None = field(compare=False)
    """Id of the claim, as the content says it; None in a kept one that says nothing of it."""
    drafter: str | None = field(compare=False)
    """Who drafted the claim, as the content says it; None as above."""
    write: Callable[[], bytes] = field(compare=False, repr=False)
    """Gives its canonical bytes: so many contents are known at once that not all are held."""

    @property
    def raw(self) -> bytes:
        """Its canonical bytes."""
        return self.write()

    @property
    def value(self) -> Mapping[str, Json]:
        """What those bytes say."""
        value: Mapping[str, Json] = json.loads(self.write())
        return value


@dataclass(frozen=True, slots=True)
class ContentReader:
    """A base with what was already worked out of it: many claims cite the same evidence and use the same terms."""

    base: KnowledgeBase
    evidence: dict[str, bytes] = field(default_factory=dict)
    """The reviewed fields by slug, as canonical bytes with the slug before them."""
    terms: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """Label and definition by list and id, as canonical bytes with the id before them; empty for an unknown term."""

    def content(self, claim: ClaimBase) -> Content:
        """What an approval of `claim` binds, from the base as it stands.

        Evidence that cannot be read and a text that is missing are absent, which no approval of the whole survives.
        """
        raw = _written(claim, self)
        return Content(digest_of(raw), claim.id, _folded(claim.drafted.by), lambda: raw)


def content_of(claim: ClaimBase, base: KnowledgeBase) -> Content:
    """What an approval of `claim` binds, from the base as it stands."""
    return ContentReader(base).content(claim)


def contents_of(ids: Iterable[str], base: KnowledgeBase) -> dict[str, Content]:
    """The contents of many claims of the base, by id; raises KeyError for an id that it does not have."""
    reader = ContentReader(base)
    return {id_: reader.content(base.claims[id_].model) for id_ in ids}


def evidence_digest(record: Evidence) -> str:
    """Digest of an evidence record's reviewed fields."""
    return digest_of(plain_json(_fields(record, None)))


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


def _written(claim: ClaimBase, reader: ContentReader) -> bytes:
    """The canonical bytes; what is canonical stays so inside a canonical whole, so shared parts are written once."""
    slugs = _evidence_cited(claim, reader.base)
    own = plain_json(_fields(claim, reader.base.texts.get(claim.source.document)))
    evidence = b",".join([_evidence(slug, reader) for slug in slugs])
    parts = (_TYPE, own, evidence, _terms(claim, slugs, reader))
    return b'{"_type":%b,"claim":%b,"evidence":{%b},"terms":{%b}}' % parts


def plain_json(value: Json) -> bytes:
    """RFC 8785 bytes of a value by the standard encoder, which is quicker by far than `canonical`.

    The two agree where every key is ASCII and there are no floats, as in all records. Raises UnicodeEncodeError for
    half of a surrogate pair.
    """
    return _ENCODER.encode(value).encode()


_TYPE = plain_json(CONTENT_TYPE)


def _evidence_cited(claim: ClaimBase, base: KnowledgeBase) -> list[str]:
    """Slugs of the evidence that the claim names and that can be read, sorted."""
    return sorted(slug for slug in evidence_slugs(claim) if slug in base.evidence)


def _evidence(slug: str, reader: ContentReader) -> bytes:
    found = reader.evidence.get(slug)
    if found is None:
        if len(reader.evidence) >= _MOST_EVIDENCE:
            reader.evidence.clear()
        found = b"%b:%b" % (plain_json(slug), plain_json(_fields(reader.base.evidence[slug].model, None)))
        reader.evidence[slug] = found
    return found


def _fields(model: Model, text: str | None) -> dict[str, Json]:
    """The reviewed fields of a model as JSON; absent and empty ones are left out."""
    found, values = {}, vars(model)
    for name, alias in _names(type(model)):
        value = values[name]
        if type(value) is str:
            found[alias] = " ".join(value.split())
        elif value is not None and (value or value != ()) and (said := _json(value, text)) != {}:
            found[alias] = said
    return found


@lru_cache(maxsize=256)
def _names(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The reviewed fields of a model: the name in code and the one in records."""
    return tuple((name, model.model_fields[name].alias or name) for name in sorted(reviewed_fields(model)))


def _json(value: Any, text: str | None) -> Json:
    return _way(type(value))(value, text)  # type: ignore[arg-type]  # every class has a hash


@lru_cache(maxsize=256)
def _way(kind: type) -> Callable[[Any, str | None], Json]:
    """How values of a type become JSON: found once, since to ask whether something is a model takes long."""
    if issubclass(kind, str):
        return lambda value, _: _folded(value)
    if issubclass(kind, Selector):
        return _quote
    if issubclass(kind, Model):
        return _fields
    if issubclass(kind, tuple):
        return lambda value, text: [_json(item, text) for item in value]
    return (lambda value, _: value.isoformat()) if issubclass(kind, date) else (lambda value, _: value)


def _quote(quote: Selector, text: str | None) -> dict[str, Json]:
    """The words with the paragraph they stand in; where that cannot be told, the words alone."""
    paragraphs = {paragraph_around(text, span) for span in _places(quote, text)} if text is not None else set()
    exact = {"exact": _folded(quote.exact)}
    return exact | {"paragraph": paragraphs.pop()} if len(paragraphs) == 1 else exact


def _places(quote: Selector, text: str) -> tuple[Span, ...]:
    """The stated place where the words stand there, else every place where they stand.

    So a stated place that a moved text has made wrong does not void an approval: that is for a rule to say.
    """
    start = quote.start if quote.start is not None else (quote.end or 0) - len(quote.exact)
    stated = (start, start + len(quote.exact))
    if not (quote.prefix or quote.suffix) and text.find(quote.exact) == start:
        return (stated,)  # the first of all places, so one of those that `matches` would give
    places = matches(quote, text)
    return (stated,) if stated in places else places


def _folded(text: str) -> str:
    return " ".join(text.split())


def _terms(claim: ClaimBase, slugs: Iterable[str], reader: ContentReader) -> bytes:
    """Label and definition of each term used, by list and id, without the outer braces."""
    used: dict[str, list[bytes]] = {}
    evidence = (reader.base.evidence[slug].model for slug in slugs)
    for key in sorted(set(terms_used(claim, evidence))):
        term = reader.terms.get(key)
        if term is None:
            term = reader.terms[key] = _term(key, reader.base.vocabulary.model)
        if term:
            used.setdefault(key[0], []).append(term)
    return b",".join([b'"%b":{%b}' % (name.encode(), b",".join(terms)) for name, terms in used.items()])


def _term(key: tuple[str, str], vocabulary: Vocabulary) -> bytes:
    """The id with label and definition; empty for a term that is not in its list."""
    term = getattr(vocabulary, key[0]).get(key[1])
    if term is None:
        return b""
    said = {"label": _folded(term.label), "definition": _folded(term.definition)}
    return b"%b:%b" % (plain_json(key[1]), plain_json(said))


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
