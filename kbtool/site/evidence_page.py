"""The page of an evidence record, with every claim that rests on it and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.site import paths
from kbtool.site.evidence_names import SEEN, state_words
from kbtool.site.text import counted, identifier_links, web_address

if TYPE_CHECKING:
    from kbtool.release.artifact import Artifact
    from kbtool.release.jsontext import JsonObject
    from kbtool.site.frame import Frame
    from kbtool.site.items import Items

_ROWS = (
    ("design", "Design"),
    ("population", "Who was studied"),
    ("n", "How many"),
    ("certainty_stated", "Certainty that it states"),
    ("limits", "Limits"),
)


def evidence_page(frame: Frame, items: Items, record: JsonObject, citation: str) -> Artifact:
    """The page; `citation` is the record's citation on one line."""
    contents, slug = frame.contents, record["id"]
    ids = contents.citing.get(slug, ())
    kind = contents.term("evidence_kinds", record["kind"])
    return frame.page(
        paths.evidence_page(slug),
        "evidence.html",
        contents.names[slug],
        "Evidence",
        description=f"{kind['label']}, cited by {counted(len(ids), 'claim')}.",
        e=record,
        kind=kind,
        kind_path=kind["path"],
        heading=contents.names[slug],
        citation=citation,
        state=state_words(record),
        rows=[(name, record[key]) for key, name in _ROWS if key in record],
        seen=SEEN[record["seen"]["how"]].capitalize(),
        addresses=[(address, web_address(address)) for address in record["seen"]["at"]],
        identifiers=identifier_links(record["identifiers"]),
        url=web_address(record["citation"].get("URL")),
        overlaps=[contents.evidence_link(other) for other in record["overlaps"]],
        claims_heading=f"{counted(len(ids), 'claim')} that rest on it" if len(ids) != 1 else "1 claim that rests on it",
        uses=[{"item": items[id_], "roles": list(_roles(contents.claims[id_], slug))} for id_ in ids],
    )


def _roles(claim: JsonObject, slug: str) -> Iterator[JsonObject]:
    """Everything that the record does for the claim."""
    for link in claim["evidence"]:
        if link["ref"] == slug:
            yield {"what": f"{link['stance_label']}, {link['directness_label'].lower()}:", "text": link["finding"]}
    if claim["verdict"]["certainty"] and claim["verdict"]["certainty"]["stated_by"] == slug:
        yield {"what": f"States the certainty: {claim['verdict']['certainty']['label']}.", "text": ""}
    for caveat in claim["caveats"]:
        if caveat["basis"] and caveat["basis"].get("evidence") == slug:
            yield {"what": "A caveat rests on it:", "text": caveat["label"]}
    if claim.get("study", {}).get("ref") == slug:
        yield {"what": "It is the study that the document speaks of.", "text": ""}
