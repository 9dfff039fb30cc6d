"""What an import would write, and what becomes of every row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbtool.ingest.import_claim import NotMapped, Settings, kind_of
from kbtool.ingest.import_own import own_record, same_claim
from kbtool.ingest.import_plan import Aim, Plan, planned
from kbtool.ingest.import_row import Found, Judged, Limit, NoRow, Quoted, Row
from kbtool.ingest.import_source import sheet_of
from kbtool.ingest.verdict_words import VerdictWords
from kbtool.model.claim import CLAIM
from kbtool.quotes.words import lexicon
from kbtool.records.assemble import Files, assemble
from kbtool.records.base import KnowledgeBase
from kbtool.records.layout import BaseFile
from kbtool.store.read import read_base
from kbtool.store.scaffold import start_base
from tests.ingest.test_verdict_words import shipped

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The example base, of a made-up note about tea."""
    folder = tmp_path_factory.mktemp("import") / "base"
    start_base(folder)
    return read_base(folder / "claims", "claims").files


@pytest.fixture(scope="module")
def base(files: Files) -> KnowledgeBase:
    loaded = assemble(files).base
    assert loaded is not None
    return loaded


def settings(base: KnowledgeBase, table: VerdictWords | None = None) -> Settings:
    vocabulary = base.vocabulary.model
    return Settings("f.csv", "0" * 64, ON, "csv", vocabulary, lexicon(vocabulary), table or shipped())


def plan(base: KnowledgeBase, *rows: Found, **aim: Any) -> Plan:
    return planned(rows, base, settings(base), Aim("feed", **aim))


def fates(made: Plan) -> list[tuple[str, str]]:
    return [(fate.outcome, fate.detail) for fate in made.fates]


FALSE = Judged("False", "Example Check", "https://check.example/1", "No", "2020", "Nobody found 3 trials.", ("A book",))


def test_a_row_becomes_a_claim_a_review_and_a_document(base: KnowledgeBase) -> None:
    made = plan(
        base, Row("line 2", "Tea may not cure colds. Nor does milk.", judged=FALSE, claimant="Ann", language="de")
    )
    assert fates(made) == [("new", "feed/tea-may-not-cure-colds-nor-does-milk")]
    claim = made.records["feed/tea-may-not-cure-colds-nor-does-milk.yaml"]
    assert [quote["exact"] for quote in claim["source"]["quotes"]] == ["Tea may not cure colds.", "Nor does milk."]
    assert claim["hedges"] == ["may"]
    assert claim["verdict"]["rating"] == "contradicted"
    assert claim["verdict"]["rationale"] == "Example Check rates it as 'False'. Nobody here has checked that."
    assert claim["review"] == {"status": "draft"}
    assert claim["notes"].startswith("Made by: Ann. The type")
    (link,) = claim["evidence"]
    assert link["stance"] == "contradicts"
    evidence = made.records[f"evidence/{link['ref']}.yaml"]
    assert evidence["seen"]["how"] == "second-hand"
    assert evidence["citation"] == {
        "type": "webpage",
        "title": "No",
        "author": [{"literal": "Example Check"}],
        "issued": "2020",
        "URL": "https://check.example/1",
    }
    assert evidence["result"].endswith("Reasons given: Nobody found 3 trials.\nCites: A book")
    source = made.records["sources/feed.yaml"]
    assert source["language"] == "de"
    (text,) = made.texts.values()
    assert text == b"Tea may not cure colds. Nor does milk.\n"
    assert source["sentences"] == [["0", "23"], ["24", "38"]]


def test_a_row_without_a_verdict_is_unchecked(base: KnowledgeBase) -> None:
    made = plan(base, Row("line 2", "Tea is hot."))
    claim = made.records["feed/tea-is-hot.yaml"]
    assert claim["verdict"] == {"rating": "unverifiable", "rationale": "Nobody has checked it yet."}
    assert (claim["caveats"], claim["evidence"], claim["polarity"]) == ([], [], "asserted")


def test_the_same_claim_twice_is_one_record(base: KnowledgeBase) -> None:
    other = Judged("Incorrect", None, None)
    made = plan(
        base,
        Row("line 2", "Tea cures colds.", judged=FALSE),
        Row("line 3", "Tea  cures colds.", judged=other),
        Row("line 4", "Tea cures colds.", judged=Judged("True", "Third")),
        Row("line 5", "Tea cures colds.", judged=FALSE),
        Row("line 6", "Tea cures colds?", judged=FALSE),
    )
    assert [outcome for outcome, _ in fates(made)] == ["new", "joined", "refused", "joined", "new"]
    assert fates(made)[2][1] == "line 2 has the same claim rated 'contradicted', and this one amounts to 'supported'"
    assert len(made.records["feed/tea-cures-colds.yaml"]["evidence"]) == 2
    assert "feed/tea-cures-colds-2.yaml" in made.records


def test_words_and_caveats_that_are_not_known_stop_a_row(base: KnowledgeBase) -> None:
    made = plan(
        base,
        Row("line 2", "A.", judged=Judged("Four Stars")),
        Row("line 3", "B.", limits=(Limit("dear", "Nonsense"),)),
        Row("line 4", "C.", limits=(Limit("dear"),)),
        NoRow("line 5", "broken"),
        Row("line 7", "\u200b"),
        Row("line 6", "D."),
        refused={"line 6": "looked at before"},
    )
    assert [detail for _, detail in fates(made)] == [
        "the verdict word 'Four Stars' is not in verdict-words.yaml",
        "it has a caveat of the kind 'Nonsense', which the vocabulary has not, and no caveat is dropped",
        "it has a caveat without a kind, and no caveat is dropped",
        "broken",
        "there are no words in it",
        "looked at before",
    ]
    assert made.unmapped == {"Four Stars": 1}
    assert not made.records
    assert not made.texts


def test_a_tag_is_a_verdict_where_its_word_is_known(base: KnowledgeBase) -> None:
    tags = (Judged("to read", "Ann"), Judged("false", "Ann"))
    made = plan(base, Row("1", "Tea is cold.", tagged=tags), Row("2", "Tea is wet.", tagged=tags[:1]))
    assert made.records["feed/tea-is-cold.yaml"]["verdict"]["rating"] == "contradicted"
    wet = made.records["feed/tea-is-wet.yaml"]
    assert wet["verdict"]["rating"] == "unverifiable"
    assert "Tags there: to read." in wet["notes"]


def test_labels_of_the_vocabulary_are_known(base: KnowledgeBase) -> None:
    limit = Limit("Not for all.", "Limited evidence")
    made = plan(base, Row("line 2", "Tea cures colds.", judged=Judged("Partly supported", "X"), limits=(limit,)))
    claim = made.records["feed/tea-cures-colds.yaml"]
    assert claim["verdict"]["rating"] == "partly-supported"
    assert [caveat["kind"] for caveat in claim["caveats"]] == ["limited-evidence", "limited-evidence"]
    assert "Limits given: Not for all." in made.records[f"evidence/{claim['evidence'][0]['ref']}.yaml"]["result"]
    assert kind_of(Limit("x", "not-a-cure"), settings(base)) == "not-a-cure"
    with pytest.raises(NotMapped):
        kind_of(Limit("x"), settings(base))


def test_types_that_the_file_names(base: KnowledgeBase) -> None:
    made = plan(
        base,
        Row("1", "Tea is hot.", type="usage"),
        Row("2", "Tea was studied.", type="citation"),
        Row("3", "Tea is green.", type="usage"),
        plain=frozenset({"3"}),
    )
    assert made.records["feed/tea-is-hot.yaml"]["type"] == "usage"
    assert made.records["feed/tea-was-studied.yaml"]["type"] != "citation"
    assert made.records["feed/tea-is-green.yaml"]["type"] == "mechanism"


def document_of(base: KnowledgeBase) -> tuple[str, str]:
    return next(iter(base.texts.items()))


def unquoted(base: KnowledgeBase) -> str:
    """Words of the example's text that no claim quotes."""
    _, text = document_of(base)
    claim = next(iter(base.claims.values())).model
    return text[claim.source.quotes[0].start : (claim.source.quotes[0].end or 0) - 4].rpartition(" ")[0]


def test_quotes_stand_in_the_document_that_is_named(base: KnowledgeBase) -> None:
    document, _ = document_of(base)
    words = unquoted(base)
    for row in (
        Row("1", words, document=document),
        Row("1", words, home=document),
        Row(
            "1",
            words,
            quotes=(Quoted(words, start=0, end=3),),
            document_url=f"{base.config.model.base_url}sources/{document}",
        ),
    ):
        made = plan(base, row)
        ((outcome, id_),) = fates(made)
        assert (outcome, id_.partition("/")[0]) == ("new", document)
        assert not made.texts
    assert fates(plan(base, Row("1", words), named=document))[0][0] == "new"


def test_an_address_finds_the_document(base: KnowledgeBase) -> None:
    record = next(iter(base.sources.values()))
    place = record.model.found[0].model_copy(update={"url": "https://page.example/tea"})
    source = record.model.model_copy(update={"found": (place,)})
    changed = type(record)(record.file, record.raw, source)
    known = type(base)(
        **{name: getattr(base, name) for name in base.__slots__} | {"sources": {source.document: changed}}
    )
    row = Row("1", unquoted(base), document_url="https://page.example/tea")
    assert fates(plan(known, row))[0][1].startswith(f"{source.document}/")
    assert fates(plan(base, row))[0][1].startswith("feed/")


def test_quotes_that_have_no_place_are_refused(base: KnowledgeBase) -> None:
    document, text = document_of(base)
    letter = next(word for word in text.split() if text.split().count(word) > 1)
    for words, reason in (("no such words " * 6, "do not stand in"), (letter, "stand more than once in")):
        ((outcome, detail),) = fates(plan(base, Row("1", words, document=document)))
        assert outcome == "refused"
        assert reason in detail
    assert "no readable document 'nowhere'" in fates(plan(base, Row("1", "x", document="nowhere")))[0][1]


def test_a_second_run_changes_nothing(base: KnowledgeBase, files: Files) -> None:
    rows = (Row("1", "Tea cures colds.", judged=FALSE), Row("2", "Tea is hot."))
    again = _with(plan(base, *rows), files)
    made = plan(again, *rows)
    assert [outcome for outcome, _ in fates(made)] == ["there", "there"]
    assert (made.records, made.texts) == ({}, {})
    other = plan(again, Row("1", "Tea cures colds.", judged=Judged("False", "Other")), Row("2", "New words."))
    assert [outcome for outcome, _ in fates(other)] == ["refused", "refused"]
    assert "without this review" in fates(other)[0][1]
    assert "has a document 'feed' already" in fates(other)[1][1]
    third = planned([Row("2", "New words.", judged=FALSE)], again, settings(again), Aim("feed-2"))
    assert not any(name.startswith("evidence/") for name in third.records)


def _with(made: Plan, files: Files) -> KnowledgeBase:
    """The base with what a plan would write."""
    from kbtool.yamlsource.write import write

    new = [BaseFile(name, name, write(data)) for name, data in made.records.items()]
    new += [BaseFile(name, name, raw) for name, raw in made.texts.items()]
    loaded = assemble(Files((*files.base, *new), files.vocabulary, files.policy))
    assert not loaded.diagnostics, loaded.diagnostics
    assert loaded.base is not None
    return loaded.base


def exported(base: KnowledgeBase, id_: str) -> dict[str, Any]:
    """A claim as an export shows it: with labels and nulls."""
    claim = base.claims[id_].model.model_dump(mode="json", by_alias=True, exclude_none=True)
    claim["verdict"] |= {"label": "X", "certainty": None}
    claim["evidence"] = [{**link, "stance_label": "X", "seen": {"how": "x"}} for link in claim["evidence"]]
    value: dict[str, Any] = json.loads(json.dumps({**claim, "uri": "https://kb.example/x", "type_label": "X"}))
    return value


def test_our_own_claims_come_back_whole(base: KnowledgeBase) -> None:
    for id_, record in base.claims.items():
        value = exported(base, id_)
        row = Row("1", value["statement"], id=id_, record=value)
        assert fates(plan(base, row)) == [("there", id_)]
        fewer = {name: claim for name, claim in base.claims.items() if name != id_}
        without = type(base)(**{name: getattr(base, name) for name in base.__slots__} | {"claims": fewer})
        made = plan(without, row)
        assert fates(made) == [("new", id_)]
        assert same_claim(record.model, made.records[f"{id_}.yaml"])
        changed = Row("1", "x", id=id_, record={**value, "statement": "Something else."})
        assert "says otherwise" in fates(plan(base, changed))[0][1]
        stranger = type(base)(
            **{name: getattr(base, name) for name in base.__slots__} | {"claims": {}, "sources": {}, "texts": {}}
        )
        assert fates(plan(stranger, row))[0][1].startswith("feed/")


def test_what_is_no_whole_claim_is_none(base: KnowledgeBase) -> None:
    value = exported(base, next(iter(base.claims)))
    assert own_record({**value, "type": "nonsense"}) is None
    assert own_record({**value, "statement": " "}) is None
    assert own_record({**value, "statement": {"a": "b"}}) is None
    whole = own_record({**value, "hedges": [], "drafted": {**value["drafted"], "machine": True}})
    assert whole is not None
    assert CLAIM.validate_python(whole).drafted.machine
    row = Row("1", value["statement"], id=value["id"])
    assert fates(plan(base, row)) == [("there", value["id"])]
    assert fates(plan(base, Row("1", "No. Words.", record={"type": "x"})))[0][0] == "new"


def test_vocabularies_without_our_words(base: KnowledgeBase) -> None:
    terms = base.vocabulary.model
    bare = terms.model_copy(
        update={
            "ratings": {"checked": terms.ratings["supported"], "open": terms.ratings["unverifiable"]},
            "caveat_kinds": {},
        }
    )
    record = type(base.vocabulary)(base.vocabulary.file, base.vocabulary.raw, bare)
    other = type(base)(**{name: getattr(base, name) for name in base.__slots__} | {"vocabulary": record})
    table = VerdictWords(ratings={"checked": ("yes",), "open": ("maybe",)}, review_kind="news-report")
    made = planned(
        [Row("1", "A b."), Row("2", "C d.", judged=Judged("yes")), Row("3", "E f.", judged=Judged("maybe"))],
        other,
        settings(other, table),
        Aim("feed"),
    )
    assert made.records["feed/a-b.yaml"]["verdict"]["rating"] == "open"
    assert made.records["feed/c-d.yaml"]["caveats"] == []
    assert made.records["feed/e-f.yaml"]["evidence"][0]["stance"] == "context"


def test_a_sheet_leaves_out_what_has_no_words() -> None:
    sheet = sheet_of(["Tea.", "\u200b", "Tea."])
    assert (sheet.text, list(sheet.spans)) == ("Tea.\n", ["Tea."])
    assert sheet_of([]).text == ""


def test_the_schema_folder_has_the_table() -> None:
    assert (Path(__file__).resolve().parents[2] / "schema/verdict-words.schema.json").is_file()
