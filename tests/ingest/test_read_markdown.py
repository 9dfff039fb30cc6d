"""Markdown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.ingest.document import Document
from kbtool.ingest.read_markdown import read_markdown
from tests.ingest.made import blocks, read, refused
from tests.ingest.test_read_text import check_blocks

PAGE = """---
title: "Tea and sleep"
author: [Ann Example, 'Ben Example']
date: 2020-03-04
updated: 5 May 2021
lang: en_GB
license: CC0-1.0
canonical_url: https://example.org/tea
tags:
  - one
description: >
  runs over
  two lines
# a comment
---
# Tea *and* sleep {#tea}

Tea has **caffeine**[^1] and
goes on. See [the page](https://example.org "title").

Setext
------

> A quote
runs on.
>
> - item in it

1. first
   still first

   second paragraph
2. second
   - nested
- [x] done

| A | B |
|---|:-:|
| 1 | `x\\|y` |

```python
code = 1

more = 2
```

    indented

***

<div class="box">
<h4>Boxed</h4><p>In a box.<br>Next.</p><script>no()</script>
</div>

{: .class}

[ref]: https://example.org
[^1]: A note.
    And more of it.

<!-- gone
still gone -->

Line one.@@
Line two\\
line three.
""".replace("@@", "  ")


def test_a_page_comes_out_as_a_reader_sees_it() -> None:
    assert blocks(read(read_markdown(PAGE.encode()))) == [
        ("heading", "Tea and sleep"),
        ("paragraph", "Tea has caffeine[1] and goes on. See the page."),
        ("heading", "Setext"),
        ("quote", "A quote runs on."),
        ("list-item", "item in it"),
        ("list-item", "first still first"),
        ("list-item", "second paragraph"),
        ("list-item", "second"),
        ("list-item", "nested"),
        ("list-item", "done"),
        ("table-cell", "A"),
        ("table-cell", "B"),
        ("table-cell", "1"),
        ("table-cell", "x|y"),
        ("code", "code = 1\nmore = 2"),
        ("code", "indented"),
        ("heading", "Boxed"),
        ("paragraph", "In a box. Next."),
        ("footnote", "A note. And more of it."),
        ("paragraph", "Line one."),
        ("paragraph", "Line two line three."),
    ]


def test_front_matter_gives_the_facts() -> None:
    facts = read(read_markdown(PAGE.encode())).facts
    assert facts.title == "Tea and sleep"
    assert facts.authors == ("Ann Example", "Ben Example")
    assert (facts.published, facts.modified) == ("2020-03-04", "2021-05-05")
    assert (facts.language, facts.licence, facts.address) == ("en-GB", "CC0-1.0", "https://example.org/tea")


def test_cells_of_a_row_stand_in_one_paragraph() -> None:
    assert read(read_markdown(b"|a|b|\n|-|-|\n|c|d|\n")).text == "a\nb\n\nc\nd\n"


def test_a_title_block_gives_facts_too() -> None:
    document = read(read_markdown(b"% Tea\n% Ann Example; Ben Example\n% May 2020\n\nText."))
    assert (document.facts.title, document.facts.authors, document.facts.published) == (
        "Tea",
        ("Ann Example", "Ben Example"),
        "2020-05",
    )
    assert document.text == "Text.\n"
    assert read(read_markdown(b"% Tea\n\nText.")).facts.authors == ()


@pytest.mark.parametrize("head", ["---\nno matter\n---\n", "---\nopen: yes\n", "%no\n"])
def test_what_is_no_front_matter_is_text(head: str) -> None:
    assert "Text." in read(read_markdown(f"{head}\nText.".encode())).text


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("a *b* c", "a b c"),
        ("***both*** and __strong__", "both and strong"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("**bold *inside* it**", "bold inside it"),
        ("*a **b* c**", "a b c"),
        ("**not closed", "**not closed"),
        ("~~gone~~ stays", "gone stays"),
        ("*a*b*c*", "abc"),
        ("foo***bar***baz", "foobarbaz"),
        ("*foo**bar*", "foo**bar"),
        (r"\*no\* and \[no\]", "*no* and [no]"),
        ("`a *b* <c>` and ``x ` y``", "a *b* <c> and x ` y"),
        ("` padded ` and ` `", "padded and"),
        ("[a](b) [c][] [d][ref] [ref] [e]", "a [c][] d ref [e]"),
        ("![alt](i.png) here ![alt][ref]", "here"),
        ("[![alt](i.png)](x) here", "here"),
        ("[a [b] c](<a b> 'title')", "a [b] c"),
        ("[page]({{ base }}about)", "page"),
        ("<https://example.org> <a@example.org>", "https://example.org a@example.org"),
        ("x <b>bold</b> <!-- no --> 3 < 4 > 2", "x bold 3 < 4 > 2"),
        ("5 &lt; 6 &amp; more &copy;", "5 < 6 & more \u00a9"),
        ("no note[^2]", "no note[^2]"),
        ("a_b_ c", "a_b_ c"),
        ("p < 0.05 and \ue000", "p < 0.05 and \u25a1"),
    ],
)
def test_a_line_is_read_as_it_is_shown(line: str, seen: str) -> None:
    document = read(read_markdown(f"{line}\n\n[ref]: https://example.org 'title'\n".encode()))
    assert document.text == f"{seen}\n"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("para\n- item", ["paragraph", "list-item"]),
        ("para\n2. no item", ["paragraph"]),
        ("para\n1. item", ["paragraph", "list-item"]),
        ("para\n# head\nafter", ["paragraph", "heading", "paragraph"]),
        ("para\n***\nafter", ["paragraph", "paragraph"]),
        ("- a\n- b\n\n  more\nend", ["list-item"] * 3),
        ("- a\n\nend.", ["list-item", "paragraph"]),
        ("- a\n# head\n\nafter it.", ["list-item", "heading", "paragraph"]),
        ("> quote\n\nend.", ["quote", "paragraph"]),
        ("> quote\n# head\n\nx.", ["quote", "heading", "paragraph"]),
        ("~~~\nopen", ["code"]),
        ("a | b\nno table", ["paragraph"]),
        ("a | b", ["paragraph"]),
        ("|a|\n|b|", ["paragraph"]),
        ("para\n    goes on", ["paragraph"]),
        ("# \n\ntext.", ["paragraph"]),
        ("text\n===", ["heading"]),
        ("[^n]: note\n\nend.", ["footnote", "paragraph"]),
        ("<pre>a\n\nb</pre>\n\nend.", ["code", "paragraph"]),
        ("<ul><li><p>one</p></li><li>two</ul>", ["list-item", "list-item"]),
        ("<table><tr><td>a<td>b</table>", ["table-cell", "table-cell"]),
        ("<svg><title>x</title></svg>\nbare <embed> x.", ["paragraph"]),
        ("<style>p {}\n\nq {}</style>\n\nend.", ["paragraph"]),
        ("<p>a <b>b</b> <embed> c</p>", ["paragraph"]),
        ("-\n\nend.", ["paragraph"]),
        ("text[a]\n[a]: b\nmore", ["paragraph"]),
    ],
)
def test_blocks_begin_and_end_as_in_commonmark(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in blocks(read(read_markdown(text.encode())))] == kinds


def test_lists_and_quotations_nest_only_so_deep() -> None:
    document = read(read_markdown(b"> " * 5000 + b"deep"))
    assert document.text.endswith("deep\n")
    assert document.blocks[0].kind == "quote"


def test_what_holds_no_words_is_refused() -> None:
    assert refused(read_markdown(b"---\n")) == "there are no words in the file"
    assert refused(read_markdown(b"\x00\x01\x02")) == "the file is no text"


@pytest.mark.parametrize("piece", ["*a ", "[a", "![", "`a", "> ", "<a ", "- ", "[a](b ", "**", "_a*"])
def test_hostile_repeats_take_no_long_time(piece: str) -> None:
    began = time.process_time()
    read_markdown((piece * 5000).encode())
    assert time.process_time() - began < 3


@given(st.text(st.sampled_from("ab1 \n#*_-[]()<>`|!\\:^~")))
def test_blocks_of_any_markdown_hold_its_letters(text: str) -> None:
    """In order, not overlapping; every letter and digit of the text is inside one, bullets may be outside."""
    made = read_markdown(text.encode())
    if isinstance(made, Document):
        check_blocks(made)
