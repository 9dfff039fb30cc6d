"""Small files of every kind that is read, made in code: DOCX, ODT, EPUB and PDF."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from kbtool.ingest.document import Document, Refusal

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def read(made: Document | Refusal) -> Document:
    """The document, which there must be."""
    assert isinstance(made, Document), made
    return made


def refused(made: Document | Refusal) -> str:
    """The reason of a refusal, which there must be."""
    assert isinstance(made, Refusal), made
    assert made.hint
    return made.reason


def blocks(document: Document) -> list[tuple[str, str]]:
    """The blocks of a document: kind and words."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def zipped(members: Mapping[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX whose body is `body`; `parts` are the contents of other members: styles, footnotes, comments, core."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="http://x/other" Target="x.xml"/>'
            '<Relationship Id="b" Type="http://x/relationships/officeDocument" Target="/word/document.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        members[f"word/{name}.xml" if name != "core" else "docProps/core.xml"] = content
    return zipped(members)


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of WordprocessingML; a run that begins with "<" is taken as it is."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    head = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{head}{''.join(each if each.startswith('<') else run(each) for each in runs)}</w:p>"


def run(words: str) -> str:
    """A run of words."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def word_part(name: str, content: str) -> str:
    """Another member of a DOCX, in the same namespace."""
    return f"<w:{name} {_W}>{content}</w:{name}>"


def odt(body: str, styles: str = "", meta: str = "", manifest: str = "<manifest/>") -> bytes:
    """An ODT whose text is `body`."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": (
                f"<office:document-content {_OFFICE}><office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
            **({"meta.xml": f"<office:document-meta {_OFFICE}>{meta}</office:document-meta>"} if meta else {}),
        },
        zipfile.ZIP_STORED,
    )


def epub(chapters: Mapping[str, str], manifest: str, spine: str, metadata: str = "", **members: str) -> bytes:
    """An EPUB of chapters."""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container xmlns="urn:x:container"><rootfiles><rootfile full-path="b/p.opf"/>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f"{container}</rootfiles></container>",
            "b/p.opf": package,
            **{f"b/{name}": content for name, content in chapters.items()},
            **{name.replace("__", "/"): content for name, content in members.items()},
        },
        zipfile.ZIP_STORED,
    )


Drawn = tuple[float, float, float, str]
"""A line of a page: left, bottom, size and words."""


def pdf(pages: Sequence[Sequence[Drawn]], info: str = "", catalog: str = "") -> bytes:
    """A PDF of pages of lines in Helvetica; letters beyond ASCII as octal escapes."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {left} {bottom} Td ({words}) Tj ET\n" for left, bottom, size, words in lines)
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {font} /Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream".encode())
    objects.append(f"<< {info} >>".encode())
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + head.encode() + end.encode()
