"""The page of a claim: statement, verdict and caveats first, then everything that they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kbtool.model.claim import CLAIM_TYPES, ClaimBase
from kbtool.model.references import CODED_FIELDS
from kbtool.site import paths
from kbtool.site.embed import snippets
from kbtool.site.evidence_names import SEEN, state_words
from kbtool.site.frame import lang
from kbtool.site.marks import mark_of
from kbtool.site.passages import Layer, Piece, around, cut, ends_of
from kbtool.site.text import counted

if TYPE_CHECKING:
    from kbtool.quotes.resolve import Span
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.contents import Contents
    from kbtool.site.frame import Frame


def claim_page(frame: Frame, claim: JsonObject, spans: list[Span], structured: JsonObject | None) -> Artifact:
    """The page; `spans` are the paragraphs of its document, none where the text may not go out."""
    contents, id_ = frame.contents, claim["id"]
    document = claim["source"]["document"]
    order, number = contents.order[document], contents.number[id_]
    rating = contents.term("ratings", claim["verdict"]["rating"])
    plain, card = snippets(claim, frame)
    return frame.page(
        paths.claim_page(id_),
        "claim.html",
        claim["statement"],
        "Claims",
        description=f"Verdict: {claim['verdict']['label']}. {_of_caveats(claim)}. {claim['review']['standing_label']}.",
        c=claim,
        slug=id_.partition("/")[2],
        claim_json=True,
        structured=structured,
        ql=lang(contents.sources[document]["language"]),
        document_path=paths.document_page(document),
        type_path=contents.term("claim_types", claim["type"])["path"],
        number=number,
        total=len(order),
        chip=frame.chip(rating["code"]),
        mark=mark_of(rating["code"]),
        verdict_definition=rating["definition"],
        caveats_heading=_heading(claim),
        density=density(claim),
        caveats=[_caveat(caveat, contents) for caveat in claim["caveats"]],
        approvals=", ".join(_approver(each) for each in claim["review"]["approvers"]),
        certainty=_certainty(claim, contents),
        passages=passages_of(contents.sources[document]["full_text"], contents.places[id_], spans),
        is_full=contents.sources[document]["full_text"] is not None,
        fields=list(_fields(claim, contents)),
        evidence=[_evidence(link, contents) for link in claim["evidence"]],
        relations=list(_relations(claim, frame)),
        snippet=plain,
        card=card,
        citation=citation(claim, contents.release),
        previous=contents.claim_link(order[number - 2]) if number > 1 else None,
        next=contents.claim_link(order[number]) if number < len(order) else None,
    )


def passages_of(text: str | None, places: list[Span] | None, spans: list[Span]) -> list[list[Piece]]:
    """The paragraphs that the quotes stand in, in pieces; none where the text is not shown or a quote has no place."""
    if text is None or not places:
        return []
    layers = [Layer(start, end, 0) for start, end in places]
    ends = ends_of(layers)
    return [cut(text, span, layers, ends) for span in around(spans, places)]


def citation(claim: JsonObject, release: JsonObject) -> str:
    """How to cite the claim: with its verdict, its standing and the number of its caveats, so that none gets lost."""
    notice = f", {claim['review']['notice']}" if claim["review"]["notice"] else ""
    return (
        f"“{claim['statement']}” Claim {claim['id']} in: {release['title']}. {release['publisher']['name']}, release "
        f"{release['id']}, as of {release['as_of']}. Verdict: {claim['verdict']['label']}; {_of_caveats(claim)}; "
        f"standing: {claim['review']['standing_label']}{notice}. {claim['uri']}"
    )


def _of_caveats(claim: JsonObject) -> str:
    return counted(len(claim["caveats"]), "caveat") if claim["caveats"] else "no caveat recorded"


def _heading(claim: JsonObject) -> str:
    return counted(len(claim["caveats"]), "caveat").capitalize() if claim["caveats"] else "Caveats"


_ROOM = 480
"""Characters of statement, caveats and labels that the first screen of a phone, 320 by 568 pixels, has room for."""
_ROOM_WHEN_DENSE = 980
"""The same in smaller type and with what the caveats rest on below them."""


def density(claim: JsonObject) -> str:
    """How a phone gets statement and caveats onto its first screen: as they are, `dense`, or `packed`.

    Where not even small type is enough, the kinds of all caveats are named before the first is spelled out.
    """
    caveats = sum(len(each["label"]) + len(each["text"]) for each in claim["caveats"])
    needed = len(claim["statement"]) + caveats
    return "" if needed <= _ROOM else "dense" if needed <= _ROOM_WHEN_DENSE else "packed"


def _approver(approver: JsonObject) -> str:
    return f"{approver['id']} ({', '.join(approver['roles'])})" if approver["roles"] else str(approver["id"])


def _caveat(caveat: JsonObject, contents: Contents) -> JsonObject:
    basis = caveat["basis"] or {}
    return {
        "label": caveat["label"],
        "text": caveat["text"],
        "path": contents.term("caveat_kinds", caveat["kind"])["path"],
        "evidence": contents.evidence_link(basis["evidence"]) if "evidence" in basis else None,
        "quote": basis["quote"]["exact"] if "quote" in basis else None,
        "claim": contents.claim_link(basis["claim"]) if "claim" in basis else None,
    }


def _certainty(claim: JsonObject, contents: Contents) -> JsonObject | None:
    stated = claim["verdict"]["certainty"]
    if stated is None:
        return None
    return {**contents.term("certainty_levels", stated["level"]), "by": contents.evidence_link(stated["stated_by"])}


def _evidence(link: JsonObject, contents: Contents) -> JsonObject:
    record = contents.evidence[link["ref"]]
    return {
        "link": link,
        "record": record,
        "name": contents.names[link["ref"]],
        "path": paths.evidence_page(link["ref"]),
        "state": state_words(record),
        "seen": SEEN[record["seen"]["how"]],
    }


_OWN_FIELDS = {
    kind: [name for name in model.model_fields if name not in ClaimBase.model_fields and name != "type"]
    for kind, model in CLAIM_TYPES.items()
}


def _fields(claim: JsonObject, contents: Contents) -> Iterator[tuple[str, str, str]]:
    """Name, words of the document, and what they amount to, for each field of the claim's own type that it has."""
    for name in _OWN_FIELDS[claim["type"]]:
        if name in claim:
            yield name.replace("_", " ").capitalize(), *_field(name, claim[name], contents)
    if claim["polarity"] == "denied":
        yield "Polarity", "", "the document denies it"
    if claim["hedges"]:
        yield "Hedges", "”, “".join(claim["hedges"]), ""


def _field(name: str, value: Any, contents: Contents) -> tuple[str, str]:
    if isinstance(value, str):
        return "", value.replace("-", " ")
    if "ref" in value:
        return "", str(contents.evidence_link(value["ref"])["name"])
    if "code" in value:
        return value["as_stated"], contents.term(CODED_FIELDS[name], value["code"])["label"]
    number = " ".join(value[part] for part in ("value", "unit") if part in value)
    return value["as_stated"], "" if number.replace(" ", "") == value["as_stated"].replace(" ", "") else number


def _relations(claim: JsonObject, frame: Frame) -> Iterator[JsonObject]:
    """Links from this claim and to it; of a link that both name, as symmetric ones are, only its own."""
    contents = frame.contents
    own = [(relation["kind"], relation["claim"]) for relation in claim["relations"]]
    for kind, id_ in own:
        yield _relation(f"{contents.term('relation_kinds', kind)['label']}:", id_, frame)
    for kind, id_ in contents.named_by.get(claim["id"], ()):
        if kind and (kind, id_) not in own:
            yield _relation(
                f"Named by another claim as “{contents.term('relation_kinds', kind)['label']}”:", id_, frame
            )
        elif not kind:
            yield _relation("A caveat there rests on this claim:", id_, frame)


def _relation(words: str, id_: str, frame: Frame) -> JsonObject:
    other = frame.contents.claim_link(id_)
    shown = other["claim"]
    chip = frame.chip(shown["verdict"]["rating"]) if shown else None
    return {"words": words, "other": other, "chip": chip, "caveats": _of_caveats(shown) if shown else ""}
