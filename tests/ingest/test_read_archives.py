"""DOCX, ODT and EPUB: what stands in a ZIP file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbtool.ingest import archive
from kbtool.ingest.document import Document, Refusal
from kbtool.ingest.read_docx import read_docx
from kbtool.ingest.read_epub import read_epub
from kbtool.ingest.read_odt import read_odt
from tests.ingest.made import blocks, docx, epub, odt, paragraph, read, refused, run, word_part, zipped
from tests.ingest.test_read_text import check_blocks

STYLES = word_part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="H2"><w:name w:val="Custom"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="My own"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:styleId="L"><w:name w:val="List Bullet"/><w:pPr><w:numPr/></w:pPr></w:style>'
    '<w:style w:styleId="C"><w:name w:val="caption"/></w:style>'
    '<w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style>',
)
BODY = (
    paragraph("Tea and sleep", style="T")
    + paragraph("Contents", style="Toc")
    + paragraph("What it does", style="H1")
    + paragraph("In more detail", style="H2")
    + paragraph("By own style", style="Own")
    + paragraph("By outline", properties='<w:outlineLvl w:val="2"/>')
    + paragraph(
        "Tea ", "has ", "<w:ins>" + run("much.") + "</w:ins>", "<w:del><w:r><w:delText>no </w:delText></w:r></w:del>"
    )
    + paragraph(
        "caffeine", '<w:r><w:footnoteReference w:id="2"/></w:r>', ".", '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    + paragraph("One.<w:br/>".replace("<w:br/>", ""), "<w:r><w:br/></w:r>", "Two", "<w:r><w:tab/></w:r>", "three.")
    + paragraph(
        "self", "<w:r><w:noBreakHyphen/></w:r>", "made ", '<w:r><w:sym w:char="F0B7"/><w:sym w:char="x"/></w:r>'
    )
    + paragraph("item", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    + paragraph("styled item", style="L")
    + paragraph("no item.", style="L", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    + paragraph("looped.", style="Loop")
    + "<w:tbl><w:tr><w:tc>"
    + paragraph("a")
    + "</w:tc><w:tc>"
    + paragraph("b", style="H1")
    + "</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
    + paragraph("gone")
    + "</w:tc></w:tr></w:tbl>"
    + paragraph("A table.", style="C")
    + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
    + paragraph("In a box.")
    + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
    + paragraph("In a box.")
    + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    + "<w:moveFrom>"
    + paragraph("moved away")
    + "</w:moveFrom><mc:Fallback>"
    + paragraph("never")
    + "</mc:Fallback><w:sectPr/>"
)
NOTES = word_part(
    "footnotes",
    f'<w:footnote w:id="0">{paragraph("no")}</w:footnote><w:footnote w:id="2">{paragraph("A note.")}</w:footnote>',
)
CORE = (
    '<c:p xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
    "<dc:title>Tea</dc:title><dc:creator>Ann Example; Ben Example</dc:creator><dc:rights>CC0</dc:rights>"
    "<t:created>2020-01-02T00:00:00Z</t:created><t:modified>2021-01-02T00:00:00Z</t:modified></c:p>"
)
COMMENTS = word_part(
    "comments",
    f'<w:comment w:author="Ann">{paragraph("Is that so?")}</w:comment><w:comment>{paragraph("x" * 90)}</w:comment>',
)


def test_a_docx_is_read_in_its_final_form() -> None:
    document = read(read_docx(docx(BODY, styles=STYLES, footnotes=NOTES, comments=COMMENTS, core=CORE)))
    assert blocks(document) == [
        ("heading", "Tea and sleep"),
        ("boiler-plate", "Contents"),
        ("heading", "What it does"),
        ("heading", "In more detail"),
        ("heading", "By own style"),
        ("heading", "By outline"),
        ("paragraph", "Tea has much."),
        ("paragraph", "caffeine[1].[2]"),
        ("paragraph", "One."),
        ("paragraph", "Two three."),
        ("paragraph", "self-made \u25a1"),
        ("list-item", "item"),
        ("list-item", "styled item"),
        ("paragraph", "no item."),
        ("paragraph", "looped."),
        ("table-cell", "a"),
        ("table-cell", "b"),
        ("caption", "A table."),
        ("paragraph", "In a box."),
        ("footnote", "A note."),
    ]
    assert [block.level for block in document.blocks if block.kind == "heading"] == [1, 1, 2, 1, 3]


def test_tracked_changes_and_comments_are_said() -> None:
    remarks = read(read_docx(docx(BODY, styles=STYLES, comments=COMMENTS))).remarks
    assert remarks[0] == "tracked changes were taken as final: 1 insertion kept, 2 deletions left out"
    assert remarks[1].startswith(
        "2 comments in the file, not part of the text: Ann wrote 'Is that so?'; somebody wrote 'xxx"
    )
    assert remarks[1].endswith("...'")


def test_the_facts_of_a_docx() -> None:
    facts = read(read_docx(docx(paragraph("Text."), styles=STYLES, core=CORE))).facts
    assert (facts.title, facts.authors, facts.licence) == ("Tea", ("Ann Example", "Ben Example"), "CC0")
    assert (facts.created, facts.modified, facts.published, facts.language) == (
        "2020-01-02",
        "2021-01-02",
        None,
        "en-GB",
    )
    bare = read(read_docx(docx(paragraph("Text.")))).facts
    assert (bare.title, bare.authors, bare.language) == (None, (), None)


def test_a_docx_without_what_it_needs_is_refused() -> None:
    assert refused(read_docx(docx(paragraph(" ")))) == "there are no words in the file"
    assert refused(read_docx(zipped({"a": "b"}))) == "the archive is damaged"
    no_main = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    assert refused(read_docx(zipped({"_rels/.rels": no_main}))) == "the archive is damaged"
    relation = docx("").replace(b"", b"")
    assert refused(read_docx(relation)) == "there are no words in the file"
    bodiless = {
        "_rels/.rels": (
            '<R xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Type="x/officeDocument" Target="word/document.xml"/></R>'
        ),
        "word/document.xml": word_part("document", ""),
    }
    assert refused(read_docx(zipped(bodiless))) == "the archive is damaged"


ODT_BODY = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
    "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    '<text:p text:style-name="P1">Tea and sleep</text:p>'
    '<text:h text:outline-level="2">What it does</text:h><text:h text:outline-level="x">Odd level</text:h>'
    "<text:p>Tea<text:s/>has <text:span>caffeine</text:span><text:note><text:note-body><text:p>A note."
    "</text:p></text:note-body></text:note>.<text:line-break/>More<text:tab/>here.</text:p>"
    "<text:p>Seen.<office:annotation><dc:creator>Ann</dc:creator><text:p>Is it?</text:p></office:annotation>"
    "<office:annotation><text:p>" + "y" * 90 + "</text:p></office:annotation><text:note/></text:p>"
    "<text:list><text:list-item><text:p>item</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item>"
    "</text:list></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
    "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    '<text:p text:style-name="Quotations">A quote.</text:p>'
)
ODT_STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="Title" style:parent-style-name="Heading"/>'
    '<style:style style:name="A" style:parent-style-name="A"/>'
)


def test_an_odt_is_read_in_its_final_form() -> None:
    document = read(read_odt(odt(ODT_BODY + '<text:p text:style-name="A">End.</text:p>', ODT_STYLES)))
    assert blocks(document) == [
        ("heading", "Tea and sleep"),
        ("heading", "What it does"),
        ("heading", "Odd level"),
        ("paragraph", "Tea has caffeine[1]."),
        ("paragraph", "More here."),
        ("paragraph", "Seen.[2]"),
        ("list-item", "item"),
        ("list-item", "inner"),
        ("table-cell", "a"),
        ("table-cell", "b"),
        ("quote", "A quote."),
        ("paragraph", "End."),
        ("footnote", "A note."),
    ]
    assert document.remarks[0] == "tracked changes were taken as final: 1 insertion kept, 1 deletion left out"
    assert document.remarks[1].startswith("2 comments in the file, not part of the text: Ann wrote 'Is it?'; somebody")


def test_the_facts_of_an_odt() -> None:
    meta = (
        "<office:meta><dc:title>Tea</dc:title><meta:initial-creator>Ann Example</meta:initial-creator>"
        "<meta:creation-date>2020-01-02</meta:creation-date><dc:date>2021-01-02</dc:date><dc:language>de</dc:language>"
        "</office:meta>"
    )
    facts = read(read_odt(odt("<text:p>Text.</text:p>", meta=meta))).facts
    assert (facts.title, facts.authors, facts.language) == ("Tea", ("Ann Example",), "de")
    assert (facts.created, facts.modified) == ("2020-01-02", "2021-01-02")


def test_an_odt_without_what_it_needs_is_refused() -> None:
    assert refused(read_odt(odt(""))) == "there are no words in the file"
    assert refused(read_odt(odt("x", manifest="<m><encryption-data/></m>"))) == "the archive is encrypted"
    bare = {"META-INF/manifest.xml": "<m/>", "content.xml": "<x/>"}
    assert refused(read_odt(zipped(bare))) == "the archive is damaged"
    assert refused(read_odt(b"no zip")) == "the archive is damaged"


ITEMS = (
    '<item id="n" href="nav.xhtml" properties="nav"/><item id="t" href="title.xhtml"/><item id="a" href="a%201.xhtml"/>'
    '<item id="b" href="b.xhtml"/><item id="c" href="c.xhtml"/><item id="e" href="e.xhtml"/>'
)
SPINE = (
    "".join(f'<itemref idref="{name}"/>' for name in "ntabe") + '<itemref idref="c" linear="no"/><itemref idref="z"/>'
)
CHAPTERS = {
    "nav.xhtml": "<html><body><p>Menu</p></body></html>",
    "title.xhtml": '<html><body epub:type="frontmatter titlepage"><h1>Tea</h1></body></html>',
    "a 1.xhtml": "<html><body><h1>One</h1><p>Tea has caffeine.</p><table><tr><td>1</td></tr></table></body></html>",
    "b.xhtml": "<html><body><h1>Two</h1><table><tr><td>2</td><td>3</td></tr></table></body></html>",
    "c.xhtml": "<html><body><p>aside</p></body></html>",
    "e.xhtml": "",
}


def test_an_epub_is_read_in_its_order() -> None:
    meta = "<dc:title>Tea</dc:title><dc:creator>Ann</dc:creator><dc:creator>Ben</dc:creator><dc:date>2020</dc:date>"
    meta += '<dc:language>en</dc:language><meta property="dcterms:modified">2021-02-03T00:00:00Z</meta>'
    document = read(read_epub(epub(CHAPTERS, ITEMS, SPINE, meta)))
    assert document.text == "One\n\nTea has caffeine.\n\n1\n\nTwo\n\n2\n3\n"
    facts = document.facts
    assert (facts.title, facts.authors, facts.published, facts.modified) == (
        "Tea",
        ("Ann", "Ben"),
        "2020",
        "2021-02-03",
    )
    assert document.method.startswith("kbtool-epub/1 libxml2/")


def test_an_epub_without_what_it_needs_is_refused() -> None:
    assert refused(read_epub(epub({}, "", ""))) == "there are no words in the file"
    locked = {"META_INF__x": "", "META-INF__encryption.xml": "<e/>", "META-INF__rights.xml": "<r/>"}
    assert refused(read_epub(epub({}, "", "", **locked))) == "the archive is encrypted"
    assert refused(read_epub(zipped({"META-INF/container.xml": "<c/>"}))) == "the archive is damaged"
    assert refused(read_epub(epub({}, '<item id="a" href="a"/>', '<itemref idref="a"/>'))) == "the archive is damaged"


def _flipped(content: bytes, name: bytes, at: int) -> bytes:
    place = content.index(name) + len(name) + at
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_bombs_are_refused_unread() -> None:
    bomb = docx(paragraph("x" * (9 * 1024 * 1024)))
    assert refused(read_docx(bomb)) == "the archive unpacks to far more than a document holds"
    many = zipped({str(number): "" for number in range(archive.MOST_MEMBERS + 1)}, zipfile.ZIP_STORED)
    assert refused(read_docx(many)) == "the archive unpacks to far more than a document holds"


def test_a_member_larger_than_it_says_is_refused() -> None:
    content = bytearray(docx(paragraph("x" * 1000)))
    at = content.rindex(b"word/document.xml") - 46 + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    assert "archive" in refused(read_docx(bytes(content)))


def test_encrypted_and_damaged_archives_are_refused() -> None:
    content = bytearray(docx(paragraph("text")))
    at = content.rindex(b"word/document.xml") - 46 + 8
    content[at] |= 1
    assert refused(read_docx(bytes(content))) == "the archive is encrypted"
    assert (
        refused(read_docx(_flipped(docx(paragraph("some words " * 50)), b"word/document.xml", 5)))
        == "the archive is damaged"
    )
    assert refused(read_docx(b"PK\x03\x04 broken")) == "the archive is damaged"


@pytest.mark.parametrize("xml", ['<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "<x", "<x>&a;</x>"])
def test_entities_and_broken_xml_are_refused(xml: str) -> None:
    rels = zipped({"_rels/.rels": xml})
    assert refused(read_docx(rels)) == "the archive is damaged"


@given(st.binary(max_size=200), st.integers(0, 10_000))
@example(b"\x00\x06", 1739)
def test_no_damage_raises(junk: bytes, at: int) -> None:
    """Why bytes give no document."""
    good = docx(BODY, styles=STYLES, footnotes=NOTES)
    place = at % len(good)
    made = read_docx(good[:place] + junk + good[place + len(junk) :])
    assert isinstance(made, Document | Refusal)
    if isinstance(made, Document):
        check_blocks(made)


@pytest.mark.parametrize("reader", [read_docx, read_odt, read_epub])
def test_an_empty_archive_is_refused(reader: Callable[[bytes], Document | Refusal]) -> None:
    out = BytesIO()
    zipfile.ZipFile(out, "w").close()
    assert refused(reader(out.getvalue())) == "the archive is damaged"
