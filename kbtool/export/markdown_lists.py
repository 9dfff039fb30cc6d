"""The Markdown pages that list: the release, claims by verdict and by caveat, sources, evidence, held and withdrawn.

Wherever a statement stands in a list, its caveats and its standing stand below it. A list that has no room for them
names claims by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbtool.export.front_matter import front_matter
from kbtool.export.markdown_parts import Shelf, claim_link, entries, notice, release_lines, table, text_of
from kbtool.export.markdown_text import inline
from kbtool.export.readable import basis_words
from kbtool.export.rows import label_of

if TYPE_CHECKING:
    from kbtool.release.jsontext import JsonObject

INDEX, BY_VERDICT, BY_CAVEAT, HELD, WITHDRAWN = (
    "README.md",
    "by_verdict.md",
    "by_caveat.md",
    "held_claims.md",
    "withdrawn_claims.md",
)
"""No document can be named like these: ids have no capitals and no underscores."""


_RECORDED = {
    "design": "Design",
    "population": "Population",
    "n": "n",
    "result": "Result",
    "certainty_stated": "Certainty stated",
    "limits": "Limits",
}
"""Parts of an evidence record that are plain words, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Lines about each claim, kept while the pages of claims are made."""

    by_verdict: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By rating."""
    by_caveat: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By kind of caveat."""
    by_source: dict[str, list[tuple[int, list[str]]]] = field(default_factory=lambda: defaultdict(list))
    """By document: where the first quote begins, and the lines."""
    by_evidence: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By slug of the evidence record."""

    def add(self, claim: JsonObject, shelf: Shelf) -> None:
        """Keep what the lists say of a claim."""
        document = claim["source"]["document"]
        starts = [quote["start"] or 0 for quote in claim["source"]["quotes"]]
        under_verdict, under_source = entries(claim, (BY_VERDICT, f"sources/{document}.md"), shelf)
        self.by_verdict[claim["verdict"]["rating"]] += under_verdict
        self.by_source[document].append((min(starts), under_source))
        for caveat in claim["caveats"]:
            basis = inline(basis_words(caveat["basis"], shelf.citation))
            link = claim_link(claim["id"], BY_CAVEAT, shelf)
            self.by_caveat[caveat["kind"]].append(f"- {link}: {inline(caveat['text'])} ({basis})")
        for each in claim["evidence"]:
            link = claim_link(claim["id"], f"evidence/{each['ref']}.md", shelf)
            points = f"{inline(each['stance_label'])}, {inline(each['directness_label'])}"
            self.by_evidence[each["ref"]].append(f"- {link}: {points}: {inline(each['finding'])}")


def index_page(shelf: Shelf, sources: Iterable[str]) -> bytes:
    """What the release is, what it is for, what it is not, and where to go on."""
    return _page(shelf.header["title"], _index_lines(shelf, sources), shelf, slug="about_this_release")


def verdict_page(lists: Lists, ratings: JsonObject, shelf: Shelf) -> bytes:
    """Claims by verdict."""
    return _grouped("Claims by verdict", lists.by_verdict, ratings, shelf)


def caveat_page(lists: Lists, kinds: JsonObject, shelf: Shelf) -> bytes:
    """Claims by kind of caveat."""
    return _grouped("Claims by caveat", lists.by_caveat, kinds, shelf)


def held_page(held: list[JsonObject], shelf: Shelf) -> bytes:
    """The claims that are kept back, and why."""
    lines = [f"- {inline(each['id'])} ({inline(each['standing_label'])}): {inline(each['reason'])}" for each in held]
    return _page("Claims held back", ["", *(lines or ["None."])], shelf)


def withdrawn_page(gone: list[JsonObject], shelf: Shelf) -> bytes:
    """The claims that were withdrawn, when and why."""
    lines = [
        f"- {claim_link(each['id'], WITHDRAWN, shelf)}, {each['on'] or 'day not known'}: {inline(each['reason'])}"
        for each in gone
    ]
    return _page("Withdrawn claims", ["", *(lines or ["None."])], shelf)


def source_page(source: JsonObject, lists: Lists, shelf: Shelf) -> bytes:
    """A document under check: whose it is, where it was found, how much is accounted for, its claims in order."""
    front = {name: source[name] for name in ("document", "language", "rights", "text", "coverage")}
    return _page(source["title"], _source_lines(source, lists), shelf, source=front)


def evidence_page(evidence: JsonObject, lists: Lists, shelf: Shelf) -> bytes:
    """An evidence record, and what it has to say about each claim that cites it."""
    return _page(shelf.citation(evidence["id"]), _evidence_lines(evidence, lists), shelf, evidence=evidence)


def _page(title: str, lines: Iterable[str], shelf: Shelf, **front: JsonObject | str) -> bytes:
    head = front_matter(title, **front, release=shelf.release)
    return text_of(head, [f"# {inline(title)}", *lines, *release_lines(shelf)])


def _grouped(title: str, groups: Mapping[str, list[str]], terms: JsonObject, shelf: Shelf) -> bytes:
    order = [*terms, *sorted(groups.keys() - terms.keys())]
    lines: list[str] = []
    for code in order:
        if code in groups:
            lines += ["", f"## {inline(label_of(terms, code))}", "", *groups[code]]
    return _page(title, lines or ["", "None."], shelf)


def _index_lines(shelf: Shelf, sources: Iterable[str]) -> Iterator[str]:
    header = shelf.header
    use, counts = header["intended_use"], header["counts"]
    yield from ("", inline(header["description"]), "")
    if header["notice"]:
        yield from (f"**{notice(header['notice'])}**", "")
    yield inline(header["gate_explanation"])
    yield from ("", f"For: {inline(use['is_for'])}", "", "What it is not:", "")
    yield from (f"- {inline(words)}" for words in use["is_not"])
    yield from ("", "## Claims", "")
    yield f"- [Claims by verdict]({BY_VERDICT}): {counts['claims']}"
    yield f"- [Claims by caveat]({BY_CAVEAT}): {counts['caveats']} caveats"
    yield f"- [Claims held back]({HELD}): {counts['held']}"
    yield f"- [Withdrawn claims]({WITHDRAWN}): {counts['withdrawn']}"
    yield from (f"- Document [{inline(document)}](sources/{document}.md)" for document in sources)
    yield from ("", f"Published by {inline(header['publisher']['name'])}. Texts: {inline(header['licences']['texts'])}")


def _source_lines(source: JsonObject, lists: Lists) -> Iterator[str]:
    rights, account = source["rights"], source["coverage"]
    yield from ("", f"Rights: {inline(rights['holder'])}. {inline(rights['statement'])}", "")
    for heading, name in (("Found", "found"), ("Copies", "copies")):
        for place in source[name]:
            where = f", {inline(place['url'])}" if "url" in place else ""
            yield f"- {heading} on {place['on']}{where}: {inline(place['note'])}"
    counted = ("letters", "quoted", "skipped", "connectives", "unaccounted")
    yield from table(
        ("Letters", "Quoted", "Skipped", "Joining words", "Unaccounted"), [[str(account[n]) for n in counted]]
    )
    yield from (
        "",
        f"SHA-256 of the stored text: {source['text']['digest']}",
        "",
        "## Claims in the order of the text",
        "",
    )
    for _, lines in sorted(lists.by_source[source["document"]], key=lambda found: found[0]):
        yield from lines


def _evidence_lines(evidence: JsonObject, lists: Lists) -> Iterator[str]:
    seen, status = evidence["seen"], evidence["status"]
    rows = [(label, inline(evidence[name])) for name, label in _RECORDED.items() if name in evidence]
    numbers = [f"{name} {value}" for name, value in evidence["identifiers"].items() if value and isinstance(value, str)]
    numbers += evidence["identifiers"]["registry"] + evidence["identifiers"]["other"]
    rows.append(("Identifiers", inline(", ".join(numbers))))
    rows.append(
        ("Seen", inline(", ".join([seen["how"], *([seen["detail"]] if "detail" in seen else []), *seen["at"]])))
    )
    rows.append(("State", inline(f"{status['state']} on {status['on']}: {status['source']}")))
    yield from table(("Field", "Recorded"), rows)
    yield from ("", "## Claims that cite it", "")
    yield from lists.by_evidence[evidence["id"]] or [
        "None directly; a caveat, a certainty or a study named rests on it."
    ]
