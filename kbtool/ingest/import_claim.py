"""The records of an imported row: its claim, and the review by others as evidence. Drafts, checked by nobody here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from kbtool.ingest.import_place import shortened
from kbtool.ingest.import_row import Judged, Limit, Row
from kbtool.ingest.import_slugs import plain_slug
from kbtool.ingest.settle import settled
from kbtool.ingest.verdict_words import VerdictWords, folded_words, rating_of
from kbtool.model.vocabulary import Term, Vocabulary
from kbtool.quotes.resolve import Span
from kbtool.quotes.words import Lexicon, hedges, negations

Data = dict[str, Any]

Typed = tuple[str, Data]
"""A type of claim and the fields of that type."""

NOT_CHECKED = "Nobody has checked it yet."
LIMIT = "limited-evidence"
"""The kind of caveat that every verdict taken over from others carries."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an import knows besides its rows."""

    file: str
    """The name of the file, as records show it."""
    digest: str
    """SHA-256 of its bytes."""
    on: date
    form: str
    """How it was read: "claimreview", "csv"."""
    vocabulary: Vocabulary
    lexicon: Lexicon
    table: VerdictWords


@dataclass(frozen=True, slots=True)
class Weighed:
    """A verdict of others with what it amounts to here."""

    judged: Judged
    rating: str
    slug: str
    """Id of its evidence record."""


class NotMapped(Exception):  # noqa: N818 - it says what a word is, as messages do
    """Words that the tables do not have; `words` are the verdict's, or None where a caveat is at fault."""

    def __init__(self, message: str, words: str | None = None) -> None:
        """Keep the message and the words."""
        super().__init__(message)
        self.words = words


def weighed(row: Row, settings: Settings) -> Weighed | None:
    """The verdict of a row, or None where it has none; raises NotMapped."""
    known = next((each for each in row.tagged if _rating(each, settings)), None)
    judged = row.judged or known
    if judged is None:
        return None
    rating = _rating(judged, settings)
    if rating is None:
        raise NotMapped(f"the verdict word {judged.words!r} is not in verdict-words.yaml", judged.words)
    key = "\n".join((judged.by or "", judged.url or row.statement, judged.words))
    by = plain_slug(judged.by or "others", "others")[:40].strip("-")
    return Weighed(judged, rating, f"review-{by}-{sha256(key.encode()).hexdigest()[:8]}")


def _rating(judged: Judged, settings: Settings) -> str | None:
    return rating_of(settings.table, judged.words) or _term(settings.vocabulary.ratings, judged.words)


def _term(terms: Mapping[str, Term], words: str) -> str | None:
    """The term that words are the id or the label of."""
    wanted = folded_words(words)
    return next((id_ for id_, term in terms.items() if wanted in {folded_words(id_), folded_words(term.label)}), None)


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says, and where in the text of its document."""

    text: str
    spans: Sequence[Span]
    typed: Typed

    @property
    def quoted(self) -> str:
        """Its words, a quote a line."""
        return quoted(self.text, self.spans)


def quoted(text: str, spans: Sequence[Span]) -> str:
    """The words at places of a text, a line each."""
    return "\n".join(text[start:end] for start, end in spans)


def claim_of(row: Row, id_: str, said: Said, reviews: Sequence[Weighed], settings: Settings) -> Data:
    """The record of a claim; raises NotMapped for a caveat of no known kind."""
    type_, fields = said.typed
    return {
        "id": id_,
        "type": type_,
        "statement": " ".join(settled(row.statement).split()),
        "polarity": "denied" if len(negations(settings.lexicon, said.quoted)) % 2 else "asserted",
        "hedges": list(dict.fromkeys(cue.word for cue in hedges(settings.lexicon, said.quoted))),
        **fields,
        "source": {"document": id_.partition("/")[0], "quotes": [_quote(said.text, span) for span in said.spans]},
        "caveats": _caveats(row, reviews, settings),
        "evidence": [_link(review, settings) for review in reviews],
        "verdict": _verdict(reviews, settings),
        "relations": [],
        "drafted": {
            "by": "kbtool",
            "on": settings.on.isoformat(),
            "method": f"imported by kbtool from {settings.file} ({settings.form}, {row.place})",
            "machine": "true",
        },
        "review": {"status": "draft"},
        **({"notes": notes} if (notes := _notes(row)) else {}),
    }


def _quote(text: str, span: Span) -> Data:
    return {"exact": text[span[0] : span[1]], "start": str(span[0]), "end": str(span[1])}


def _notes(row: Row) -> str:
    """What came with a row and has no field: who made the claim, when and where; and what an editor has to do."""
    told = (
        ("Made by", row.claimant),
        ("Made on", row.claimed_on),
        ("Appeared in", row.document_title),
        ("Appeared at", row.document_url),
        ("Type there", row.type),
        ("Id there", row.id),
        ("Tags there", ", ".join(each.words for each in row.tagged)),
        ("Remark", row.note),
    )
    lines = [f"{label}: {' '.join(words.split())}." for label, words in told if words]
    return " ".join([*lines, "The type and its fields were filled in by a program; an editor has to look at them."])


def _caveats(row: Row, reviews: Sequence[Weighed], settings: Settings) -> list[Data]:
    """The caveats that came with the row, then one on every verdict that others gave."""
    basis: Data = {"basis": {"evidence": reviews[0].slug}} if reviews else {}
    found: list[Data] = [{"kind": kind_of(limit, settings), "text": limit.text, **basis} for limit in row.limits]
    if reviews and LIMIT in settings.vocabulary.caveat_kinds:
        who = " and ".join(dict.fromkeys(review.judged.by or "others" for review in reviews))
        own = (
            f"The verdict on {shortened(row.statement)} is that of {who} as an imported file gives it; what it "
            "rests on was not looked at here."
        )
        found.append({"kind": LIMIT, "text": own, **basis})
    return found


def kind_of(limit: Limit, settings: Settings) -> str:
    """The kind of a caveat in the vocabulary, by its id or label; raises NotMapped where there is none."""
    kind = _term(settings.vocabulary.caveat_kinds, limit.label) if limit.label else None
    if kind is None:
        what = f"of the kind {limit.label!r}, which the vocabulary has not" if limit.label else "without a kind"
        raise NotMapped(f"it has a caveat {what}, and no caveat is dropped")
    return kind


def _link(review: Weighed, settings: Settings) -> Data:
    needs = settings.vocabulary.ratings[review.rating].needs
    return {
        "ref": review.slug,
        "stance": needs[0] if needs else "context",
        "directness": "direct",
        "finding": f"Rates the claim as {review.judged.words!r}.",
    }


def _verdict(reviews: Sequence[Weighed], settings: Settings) -> Data:
    if not reviews:
        free = (rating for rating, term in settings.vocabulary.ratings.items() if not term.needs)
        rating = "unverifiable" if "unverifiable" in settings.vocabulary.ratings else next(free, "unverifiable")
        return {"rating": rating, "rationale": NOT_CHECKED}
    said = "; ".join(f"{review.judged.by or 'somebody else'} rates it as {review.judged.words!r}" for review in reviews)
    return {"rating": reviews[0].rating, "rationale": f"{said[0].upper()}{said[1:]}. Nobody here has checked that."}


def evidence_of(row: Row, review: Weighed, settings: Settings) -> Data:
    """The record of a review by others: second hand, since only what the file says of it was seen."""
    judged = review.judged
    parts = [f"Rates the claim {' '.join(row.statement.split())!r} as {judged.words!r}."]
    parts += [f"Reasons given: {judged.why}"] if judged.why else []
    parts += [f"Limits given: {' '.join(limit.text for limit in row.limits)}"] if row.limits else []
    parts += [f"Cites: {'; '.join(judged.cites)}"] if judged.cites else []
    citation = {
        "type": "webpage",
        "title": judged.title,
        "author": [{"literal": judged.by}] if judged.by else None,
        "issued": judged.on,
        "URL": judged.url,
    }
    return {
        "id": review.slug,
        "kind": settings.table.review_kind,
        "citation": {key: value for key, value in citation.items() if value},
        "result": "\n".join(parts),
        "limits": "Only what an imported file says of it was seen.",
        "seen": {
            "how": "second-hand",
            **({"at": [judged.url]} if judged.url else {}),
            "detail": f"what {settings.file} says of it; the page itself was not looked at",
        },
        "status": {
            "state": "current",
            "on": settings.on.isoformat(),
            "source": f"stands in {settings.file}; corrections were not looked for",
        },
        "checked": {
            "on": settings.on.isoformat(),
            "how": "written by a program from an imported file; not checked yet",
        },
    }
