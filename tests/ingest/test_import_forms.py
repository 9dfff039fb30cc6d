"""Files of claims to rows: ClaimReview, tables, lines of JSON, annotations."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.export.cell import guard, unguard
from kbtool.ingest.import_annotation import annotation_rows
from kbtool.ingest.import_claimreview import claimreview_rows
from kbtool.ingest.import_json import NoJson, address_of, name_of, words
from kbtool.ingest.import_row import Found, Judged, Limit, NoRow, Quoted, Row
from kbtool.ingest.import_table import BadMapping, ndjson_rows, table_rows

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "Tea cures  colds.",
    "reviewRating": {"ratingValue": 1, "alternateName": "False"},
    "author": {"name": "Example Check", "url": "https://check.example"},
    "url": "https://check.example/tea",
    "datePublished": "2020-01-02T10:00:00Z",
    "headline": "No, tea does not",
    "reviewBody": "Nobody found it.",
    "inLanguage": "en",
    "citation": [{"name": "A trial", "description": "found nothing"}, "A book", {"url": "https://x.example"}],
    "itemReviewed": {
        "@type": "Claim",
        "author": {"name": "Somebody"},
        "datePublished": "2019",
        "appearance": {
            "@type": "CreativeWork",
            "name": "A page",
            "url": ["https://page.example/tea"],
            "hasPart": [{"@type": "Quotation", "text": "Tea cures colds."}, {"@type": "Quotation"}, "x"],
        },
    },
}


def row(found: list[Found]) -> Row:
    assert len(found) == 1
    assert isinstance(found[0], Row), found
    return found[0]


def claimreviews(value: Any) -> list[Found]:
    return list(claimreview_rows(json.dumps(value).encode()))


def test_a_claimreview_is_read_whole() -> None:
    assert row(claimreviews(REVIEW)) == Row(
        place="review 1",
        statement="Tea cures colds.",
        quotes=(Quoted("Tea cures colds."),),
        judged=Judged(
            words="False",
            by="Example Check",
            url="https://check.example/tea",
            title="No, tea does not",
            on="2020-01-02",
            why="Nobody found it.",
            cites=("A trial - found nothing", "A book"),
        ),
        document_url="https://page.example/tea",
        document_title="A page",
        claimant="Somebody",
        claimed_on="2019",
        language="en",
    )


@pytest.mark.parametrize(
    "value",
    [
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "ItemList", "itemListElement": [{"item": REVIEW}]},
        {**REVIEW, "@type": ["Review", "http://schema.org/ClaimReview"]},
    ],
)
def test_a_review_is_found_wherever_feeds_put_it(value: Any) -> None:
    assert row(claimreviews(value)).statement == "Tea cures colds."


def test_a_page_holds_reviews_in_its_scripts() -> None:
    page = f'<html><script type="application/ld+json">{json.dumps(REVIEW)}</script></html>'
    assert row(list(claimreview_rows(page.encode()))).place == "review 1"
    with pytest.raises(NoJson, match="no JSON"):
        list(claimreview_rows(b'<script type="application/ld+json">{</script>'))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"claimReviewed": " ", "itemReviewed": {}}, "does not say which claim"),
        ({"reviewRating": {"ratingValue": 2}}, "only the number 2"),
        ({"reviewRating": None}, "gives no verdict in words"),
    ],
)
def test_a_review_without_claim_or_verdict_is_no_row(change: dict[str, Any], reason: str) -> None:
    found = claimreviews({**REVIEW, **change})
    assert isinstance(found[0], NoRow)
    assert reason in found[0].reason


def test_what_a_feed_only_lists_is_reported() -> None:
    gone = {"@type": "Claim", "@id": "https://kb.example/x", "creativeWorkStatus": "Withdrawn"}
    found = claimreviews({"@type": "DataFeed", "dataFeedElement": [{"item": [gone]}]})
    assert found == [NoRow("review 1", "the feed lists 'https://kb.example/x' as 'Withdrawn' and does not give it")]


def test_other_shapes_of_a_review() -> None:
    made = row(
        claimreviews(
            {
                **REVIEW,
                "claimReviewed": None,
                "author": {"url": "https://check.example"},
                "headline": None,
                "name": "Named",
                "reviewBody": None,
                "reviewRating": {"name": "False", "ratingExplanation": "so"},
                "itemReviewed": {"@type": "CreativeWork", "name": "Tea heals.", "url": "https://page.example/x"},
                "additionalProperty": [
                    {"propertyID": "kbtool:caveat", "name": "Cost", "value": "It costs."},
                    {"propertyID": "kbtool:claim-id", "value": "tea/heals"},
                    {"propertyID": "kbtool:claim-type", "value": "cost"},
                    {"propertyID": "x", "value": True},
                    "x",
                ],
            }
        )
    )
    assert (made.statement, made.id, made.type) == ("Tea heals.", "tea/heals", "cost")
    assert made.limits == (Limit("It costs.", "Cost"),)
    assert made.judged is not None
    assert (made.judged.by, made.judged.title, made.judged.why) == ("check.example", "Named", "so")
    assert made.document_url == "https://page.example/x"
    nobody = row(claimreviews({**REVIEW, "author": None, "url": None}))
    assert nobody.judged is not None
    assert nobody.judged.by is None


def test_nesting_ends_somewhere() -> None:
    deep: Any = REVIEW
    for _ in range(40):
        deep = {"@graph": [deep]}
    assert claimreviews(deep) == []
    assert claimreviews(["x", 3, None]) == []


@pytest.mark.parametrize(
    ("content", "where"), [(b"{\n x", "line 2"), (b"[" * 200_000, "too deep"), (b"\x00\x01\x02", "no text")]
)
def test_what_is_no_json_is_said(content: bytes, where: str) -> None:
    with pytest.raises(NoJson, match=where):
        list(annotation_rows(content))


def test_small_questions_to_json() -> None:
    assert words([None, {"@value": " a  b "}]) == "a b"
    assert words(True) is None
    assert name_of(["", {"name": "Ann"}]) == "Ann"
    assert address_of({"id": ["x", "https://a.example/b c", "https://a.example"]}) == "https://a.example"


# --- tables


def table(text: str, **given: str) -> list[Found]:
    return list(table_rows(text.encode(), {key.replace("_", "-"): value for key, value in given.items()}, unguard))


def test_usual_columns_are_found() -> None:
    made = row(
        table(
            "Claim;Verdict;Fact-checker;Review URL;Review date;Why;Caveats;Speaker;Claim date;Source;Lang;Note;Quote\n"
            'Tea cures colds.;False;Example Check;https://check.example/1;2020-01-02;Nope;"Cost: dear\nplain";Ann;2019;'
            "https://page.example;en;hm;Tea cures colds.\n"
        )
    )
    assert made == Row(
        place="line 2",
        statement="Tea cures colds.",
        quotes=(Quoted("Tea cures colds."),),
        judged=Judged("False", "Example Check", "https://check.example/1", None, "2020-01-02", "Nope"),
        limits=(Limit("dear", "Cost"), Limit("plain")),
        document_url="https://page.example",
        claimant="Ann",
        claimed_on="2019",
        language="en",
        note="hm",
    )


def test_a_mapping_says_what_is_where() -> None:
    made = row(table("a,b,c\nTea is hot.,Right,not an address\n", statement="a", rating="b", review_url="c"))
    assert made.statement == "Tea is hot."
    assert made.judged == Judged("Right")


@pytest.mark.parametrize(
    ("text", "given", "reason"),
    [
        ("a,b\n1,2\n", {}, "no column holds the claims; the columns are: 'a', 'b'"),
        ("", {}, "the columns are: none"),
        ("a\n1\n", {"statement": "z"}, "the table has no column 'z'"),
        ("a\n1\n", {"verdict": "a"}, "'verdict' is nothing that can be mapped"),
    ],
)
def test_a_mapping_that_does_not_fit(text: str, given: dict[str, str], reason: str) -> None:
    with pytest.raises(BadMapping, match=reason):
        table(text, **given)


def test_lines_that_are_no_rows_are_reported() -> None:
    found = table('claim,note\nTea.,x\n\nTea.\n"two\nlines",y\n,z\n')
    assert [(each.place, getattr(each, "reason", "")) for each in found] == [
        ("line 2", ""),
        ("line 4", "the line has 1 cells and the header 2"),
        ("line 5", ""),
        ("line 7", "there is no statement (column 'claim' is empty)"),
    ]


def test_a_table_that_breaks_off_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    from kbtool.ingest import import_table

    monkeypatch.setattr(import_table, "_LONGEST_CELL", 10)
    found = table("claim\nTea.\n" + "x" * 11 + "\n")
    assert isinstance(found[-1], NoRow)
    assert "cannot be read from here on" in found[-1].reason
    monkeypatch.setattr(import_table, "_LONGEST_CELL", 16 * 1024 * 1024)
    table("claim\nTea.\n")


def test_cells_of_our_own_tables_are_unguarded() -> None:
    head = "id,statement,review_notice,release,gate\n"
    made = row(table("id,statement,review_notice,release,gate,document\ntea/x,Tea.,n,r,g,tea\n"))
    assert (made.document, made.home) == (None, "tea")
    assert list(table_rows(f"{head}tea/x,,n,r,g\n".encode(), {}, unguard)) == [
        NoRow("line 2", "there is no statement (column 'statement' is empty)")
    ]
    assert row(table(f"{head}tea/x,{guard('-5 is cold.')},n,r,g\n")).statement == "-5 is cold."
    assert row(table("id,statement\ntea/x,'-5 is cold.\n")).statement == "'-5 is cold."


def test_a_table_that_is_no_text() -> None:
    with pytest.raises(NoJson):
        list(table_rows(b"\x00\x01\x02", {}, unguard))
    with pytest.raises(NoJson):
        list(ndjson_rows(b"\x00\x01\x02", {}))


def test_lines_of_json() -> None:
    lines = [
        '{"claim": "Tea is hot.", "verdict": {"label": "True", "n": null}, "tags": ["a", {}]}',
        "",
        "[1]",
        "{",
        '{"verdict": "True"}',
    ]
    found = list(ndjson_rows("\n".join(lines).encode(), {"rating": "verdict.label"}))
    assert [each.place for each in found] == ["line 1", "line 3", "line 4", "line 5"]
    assert row(found[:1]).judged == Judged("True")
    assert [each.reason for each in found[1:] if isinstance(each, NoRow)] == [
        "the line is no JSON object",
        "the line is no JSON",
        "there is no statement (column 'statement' is empty)",
    ]
    with pytest.raises(BadMapping):
        list(ndjson_rows(b"{}", {"x": "y"}))


def test_a_line_of_our_own_export_is_kept_whole() -> None:
    line: dict[str, Any] = {key: {} for key in ("source", "verdict", "drafted", "review")} | {
        "id": "t/h",
        "type": "cost",
        "statement": "X.",
    }
    found = list(ndjson_rows(json.dumps(line).encode(), {}))
    assert found == [Row("line 1", "X.", id="t/h", type="cost", record=line)]
    assert row(list(ndjson_rows(json.dumps(line).encode(), {"note": "type"}))).record is None


# --- annotations


def annotated(value: Any) -> list[Found]:
    return list(annotation_rows(json.dumps(value).encode()))


W3C = {
    "type": "Annotation",
    "creator": {"name": "Ann"},
    "created": "2020-01-02T00:00:00Z",
    "body": [{"type": "TextualBody", "value": "Not so."}, {"purpose": "tagging", "value": "false"}, "plain", 3],
    "target": {
        "source": "https://page.example/tea",
        "selector": {
            "type": "RangeSelector",
            "refinedBy": [
                {"type": "TextQuoteSelector", "exact": "Tea  cures", "prefix": "a ", "suffix": " "},
                {"type": "TextPositionSelector", "start": 2, "end": "x"},
                "x",
            ],
        },
    },
}


def test_a_w3c_annotation() -> None:
    made = row(annotated({"type": "AnnotationPage", "items": [W3C]}))
    assert made.quotes == (Quoted("Tea  cures", "a ", None, 2, None),)
    assert made.statement == "Tea cures"
    assert made.document_url == "https://page.example/tea"
    assert made.tagged == (Judged("false", "Ann", on="2020-01-02", why="Not so. plain"),)
    assert made.note == "Ann wrote: Not so. plain"


def test_a_hypothesis_annotation() -> None:
    made = row(
        annotated(
            {
                "total": 1,
                "rows": [
                    {
                        "uri": "https://page.example/tea",
                        "user": "acct:ben@example.org",
                        "text": "Hm.",
                        "tags": [],
                        "document": {"title": ["A page"]},
                        "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "Tea cures"}]}],
                    }
                ],
            }
        )
    )
    assert (made.document_url, made.document_title) == ("https://page.example/tea", "A page")
    assert (made.tagged, made.note) == ((), "ben wrote: Hm.")


def test_other_annotations() -> None:
    bare = {
        "target": [{"source": {"id": "https://x.example"}, "selector": {"type": "TextQuoteSelector", "exact": "Tea"}}]
    }
    made = row(annotated(bare))
    assert (made.note, made.judged, made.document_url) == (None, None, "https://x.example")
    assert row(annotated({**bare, "text": "Hm."})).note == "somebody wrote: Hm."
    assert annotated({"target": "https://x.example"}) == [
        NoRow("annotation 1", "it quotes no words of its target (no TextQuoteSelector)")
    ]
    assert annotated(["x", {"items": "y"}]) == []


def test_annotations_of_one_claim_are_one_row() -> None:
    body = {
        "type": ["kb:Claim", "prov:Entity"],
        "id": "https://kb.example/tea/hot",
        "dcterms:identifier": "tea/hot",
        "kb:statement": "Tea is hot.",
        "kb:verdict": {"kb:rating": {"skos:prefLabel": "Supported"}, "kb:rationale": "Seen."},
        "kb:caveat": [{"kb:text": "Not iced.", "kb:caveatKind": {"skos:prefLabel": "Limited evidence"}}, {}],
    }

    def part(words: str) -> dict[str, Any]:
        return {"body": [body], "target": {"selector": [{"type": "TextQuoteSelector", "exact": words}]}}

    made = row(annotated([part("Tea"), part("is hot.")]))
    assert [quote.exact for quote in made.quotes] == ["Tea", "is hot."]
    assert (made.id, made.statement) == ("tea/hot", "Tea is hot.")
    assert made.limits == (Limit("Not iced.", "Limited evidence"),)
    assert made.judged == Judged("Supported", None, "https://kb.example/tea/hot", why="Seen.")
    plain = {"body": [{"type": "kb:Claim"}], "target": part("Tea")["target"]}
    assert row(annotated(plain)).judged is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "type",
                        "target",
                        "selector",
                        "exact",
                        "body",
                        "items",
                        "source",
                        "claimReviewed",
                        "reviewRating",
                        "itemReviewed",
                        "author",
                        "citation",
                        "additionalProperty",
                        "value",
                        "url",
                        "id",
                    ]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_no_shape_of_json_raises(value: Any) -> None:
    """Small questions to JSON values of unknown shape."""
    content = json.dumps([value, {**REVIEW, "author": value, "itemReviewed": value, "reviewRating": value}]).encode()
    list(claimreview_rows(content))
    list(annotation_rows(content))
    list(annotation_rows(json.dumps({"target": value, "body": value, "creator": value}).encode()))
