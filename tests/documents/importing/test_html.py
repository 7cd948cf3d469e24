"""Web pages: where the text is, what it becomes, and that nothing is lost."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.importing.accounting import UNACCOUNTED, account
from documents.importing.errors import OnlyImages
from documents.importing.pages import outline_of_html
from documents.markup import canonical, to_text

SENTENCE = "We keep what you send us for as long as the law asks, and then delete it. "


def outline(markup, is_whole_page=True, **options):
    found = outline_of_html(markup, is_whole_page=is_whole_page, **options)
    clauses = (replace(clause, body=canonical(clause.body)) for clause in found.clauses)
    return replace(found, clauses=tuple(clauses))


def page(body, head="<title>Terms</title>"):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def headings(found):
    return [(clause.level, clause.number, clause.heading) for clause in found.clauses]


def bodies(found):
    return [clause.body for clause in found.clauses]


def left_out(found):
    return [residue.text for residue in found.residue]


def lost(found):
    return [found.source[one.line - 1] for one in account(found) if one.kind == UNACCOUNTED]


FULL_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Privacy notice | Example</title><meta property="og:site_name" content="Example">
<style>p { color: red }</style><script>track("all")</script>
</head><body>
<header><a href="/">Example</a><nav><ul><li><a href="/shop">Shop</a><li><a href="/help">Help</a>
</ul></nav></header>
<div class="cookie-banner"><p>May we set cookies on your device?</p><button>Accept</button></div>
<main>
  <h1>Privacy notice</h1>
  <p>Last updated: 3 May 2024</p>
  <nav><a href="#a">Who we are</a></nav>
  <section><h2 id="a">1. Who we are</h2><div><p>Example is <b>ours</b>.</p></div></section>
  <!-- to do -->
  <section id="cookies"><div><h2>2. Cookies</h2><h3>2.1 Kinds</h3></div>
    <p>Two kinds.</p><aside>Cookies are small.</aside></section>
  <p style="display: none">Not for you</p>
</main>
<footer><p>Imprint</p><p>Jobs</p></footer>
</body></html>"""


def test_the_text_of_a_page_is_told_from_what_stands_around_it():
    found = outline(FULL_PAGE)
    assert found.title == "Privacy notice"
    assert headings(found) == [
        (1, "", ""),
        (1, "1", "Who we are"),
        (1, "2", "Cookies"),
        (2, "2.1", "Kinds"),
    ]
    assert bodies(found) == [
        "<p>Last updated: 3 May 2024</p>",
        "<p>Example is <strong>ours</strong>.</p>",
        "",
        "<p>Two kinds.</p>",
    ]


def test_what_is_left_out_is_residue_but_scripts_styles_and_comments_are_no_text():
    assert left_out(outline(FULL_PAGE)) == [
        "Example",
        "Shop\nHelp",
        "May we set cookies on your device?",
        "Accept",
        "Who we are",
        "Cookies are small.",
        "Not for you",
        "Imprint",
        "Jobs",
    ]


def test_every_line_of_a_page_is_accounted_for():
    found = outline(FULL_PAGE)
    assert found.source[5] == "Privacy notice"
    assert found.origins == {"title": (6, 6), "amended_on": (7, 7)}
    assert lost(found) == []


def test_a_page_says_its_date_language_and_publisher():
    assert outline(FULL_PAGE).metadata == {
        "amended_on": "2024-05-03",
        "language": "en",
        "organisation": "Example",
    }


def test_hidden_text_is_pointed_out():
    found = outline(FULL_PAGE)
    (finding,) = found.findings
    assert finding.code == "hidden_text"
    assert found.source[finding.lines[0] - 1] == "Not for you"


def test_struck_text_is_left_out_and_pointed_out():
    found = outline(
        page(
            "<h2>A</h2><p>We <del>never</del> <s>ever</s> tell "
            "<span style='text-decoration:line-through'>you</span> all.</p>"
        )
    )
    assert bodies(found) == ["<p>We tell all.</p>"]
    assert left_out(found) == ["never", "ever", "you"]
    assert [one.code for one in found.findings] == ["tracked_changes"] * 3


def test_a_printed_publisher_goes_before_the_name_of_the_site():
    head = "<meta property='og:site_name' content='acme.example'>"
    found = outline(page("<h1>Terms</h1><p>Acme GmbH (“Acme”) offers this to you.</p>", head=head))
    assert found.metadata["organisation"] == "Acme GmbH"
    found = outline(page("<p>Acme</p><p>Terms</p><h2>A</h2>b", head=head))
    assert found.metadata["organisation"] == "Acme"


def test_a_page_without_main_part_gives_its_smallest_element_with_nearly_all_words():
    found = outline(
        page(
            "<div><div><a href=/>Home</a> <a href=/b>Prices and offers</a></div><div>"
            f"<div><h1>Terms</h1><h2>Scope</h2>{SENTENCE * 3}<div>{SENTENCE}</div></div></div>"
            "<div>All rights reserved.</div></div>"
        )
    )
    assert found.title == "Terms"
    assert headings(found) == [(1, "", "Scope")]
    assert left_out(found) == ["Home Prices and offers", "All rights reserved."]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Scope</h2><div>{}</div>",
        "<div><h2>Scope</h2></div><div>{}</div>",
        "<div>{}</div><div><h2>Law</h2></div>",
        "<p>Ours.</p><div>{}</div>",
        "Ours.<div>{}</div>",
        "<form>{}</form>",
        "<div style='display:none'>{}</div>",
        "<div class='sidebar'>{}</div>",
        "<table><tr><td>{}</table>",
        "<ul><li>{}</ul>",
        "<article>{}</article><article>Ours.</article><article>Yours.</article>",
    ],
)
def test_headings_and_paragraphs_beside_the_bulk_of_the_text_stay_with_it(body):
    found = outline(page(body.format(SENTENCE * 6), head=""))
    assert not found.residue
    assert lost(found) == []


def test_a_heading_above_the_text_is_the_title():
    found = outline(page(f"<div><h1>Our terms</h1></div><div>{SENTENCE * 9}<p>x</p></div>"))
    assert found.title == "Our terms"
    assert found.origins["title"] == (1, 1)


def test_a_header_within_the_article_is_text():
    found = outline(
        page(f"<article><header><h1>Terms</h1><p>For all.</p></header>{SENTENCE}</article>")
    )
    assert bodies(found)[0].startswith("<p>For all.</p><p>We keep")


@pytest.mark.parametrize(
    ("body", "title", "clauses"),
    [
        ("<h1>Terms</h1><h1>Scope</h1>a<h1>Law</h1>b", "Terms", ["Scope", "Law"]),
        ("<h1>Scope</h1>a<h1>Law</h1>b", "Terms", ["Scope", "Law"]),
        ("<h2>Terms</h2><h2>Scope</h2>a", "Terms", ["Scope"]),
        ("<h2>Scope</h2>a<h2>Law</h2>b", "Terms", ["Scope", "Law"]),
        ("<p>Terms</p><h2>Scope</h2>a", "Terms", ["Scope"]),
        ("<p>Acme</p><p>Terms</p><h2>Scope</h2>a", "Terms", ["Scope"]),
    ],
)
def test_the_title_is_what_the_page_is_named_after(body, title, clauses):
    found = outline(page(body))
    assert found.title == title
    assert [clause.heading for clause in found.clauses] == clauses


def test_the_only_heading_of_a_page_without_a_name_is_its_title():
    markup = "<h2>Terms</h2><p>1. Scope</p><p>All.</p>"
    assert outline(page(markup, head="")).title == "Terms"
    assert outline(markup, is_whole_page=False).title == ""


def test_the_name_of_the_site_is_no_title():
    head = "<title>Acme - Terms - Acme</title><meta property='og:site_name' content='ACME'>"
    assert outline(page(f"<p>{SENTENCE}</p>", head=head)).title == "Acme - Terms"
    head = "<title>Acme | Terms</title><meta property='og:site_name' content='Acme'>"
    assert outline(page(f"<p>{SENTENCE}</p>", head=head)).title == "Terms"


def test_bold_paragraphs_are_headings_where_there_are_no_others():
    found = outline(
        page(
            "<h1>Terms</h1><p><b>1. Scope</b></p><p>All <i>of</i> it.</p>"
            "<p><strong>1.1 Law</strong></p><ul><li>Ours<ul><li>alone</ul></ul>"
            "<b>2. Fees</b><br>None.<p><b>This is a sentence.</b></p>"
        )
    )
    assert headings(found) == [(1, "1", "Scope"), (2, "1.1", "Law"), (1, "2", "Fees")]
    assert bodies(found) == [
        "<p>All <em>of</em> it.</p>",
        "<ul><li>Ours<ul><li>alone</li></ul></li></ul>",
        "<p>None.</p><p><strong>This is a sentence.</strong></p>",
    ]


def test_failing_these_the_rules_of_plain_text_find_clauses_and_keep_the_markup():
    found = outline(
        page(
            "<h1>Terms</h1><p>1. Scope</p><p>All <i>of</i> it.</p>"
            "<p>2. We <b>do</b> what we <a href=https://a.example>say</a> to every one of you, "
            "and nothing else that anybody else may have said.</p>"
        )
    )
    assert headings(found) == [(1, "1", "Scope"), (1, "2", "")]
    assert bodies(found) == [
        "<p>All <em>of</em> it.</p>",
        '<p>We <strong>do</strong> what we <a href="https://a.example">say</a> to every one of '
        "you, and nothing else that anybody else may have said.</p>",
    ]


def test_headings_in_tables_lists_and_quotations_are_text():
    found = outline(
        page(
            "<h2>Scope</h2><table><tr><td><h3>a</h3><td>b</table><ul><li>c<h3>d</h3></ul>"
            "<blockquote><h3>e</h3></blockquote>"
        )
    )
    assert headings(found) == [(1, "", "Scope")]
    assert bodies(found) == [
        "<table><tr><td>a</td><td>b</td></tr></table><ul><li>c<p>d</p></li></ul><p>e</p>"
    ]


def test_a_role_makes_a_heading():
    found = outline(page("<h2>A</h2><div role=heading aria-level=3>B</div>x"))
    assert headings(found) == [(1, "", "A"), (2, "", "B")]


@pytest.mark.parametrize(
    ("list_tag", "numbers"),
    [
        ("ol", ["1", "2"]),
        ("ol start=4", ["4", "5"]),
        ("ol type=a", ["a", "b"]),
        ("ol type=A start=26", ["Z", "AA"]),
        ("ol style='list-style: upper-roman' start=3", ["III", "IV"]),
        ("ul", ["", ""]),
    ],
)
def test_a_list_of_sections_gives_clauses_and_their_numbers(list_tag, numbers):
    name = list_tag[:2]
    found = outline(
        page(
            f"<{list_tag}><li><h2>Scope</h2><p>All.</p><ul><li>one</ul>"
            f"<li><div><h2>Law</h2></div><p>Ours.</p></{name}>"
        )
    )
    assert headings(found) == [(1, numbers[0], "Scope"), (1, numbers[1], "Law")]
    assert bodies(found)[0] == "<p>All.</p><ul><li>one</li></ul>"


def test_a_printed_number_goes_before_the_counted_one():
    found = outline(page("<ol start=3><li><h2>7. Scope</h2>All.</ol>"))
    assert headings(found) == [(1, "7", "Scope")]


def test_lists_keep_what_they_print():
    found = outline(
        page(
            "<h2>A</h2><ol start=3><li>three<li><p>four</p><ol type=a><li>one<li value=4>two</ol>"
            "</ol>"
        )
    )
    assert bodies(found) == [
        '<ol start="3"><li>three</li><li>four<ul><li>a. one</li><li>d. two</li></ul></li></ol>'
    ]


def test_terms_and_their_definitions_become_items():
    found = outline(page("<h2>A</h2><dl><dt>Site</dt><dd>Ours.</dd><dt>You<dd>A<dd>B</dl>"))
    assert bodies(found) == ["<ul><li>Site<p>Ours.</p></li><li>You<p>A</p><p>B</p></li></ul>"]
    assert found.source == ("A", "Site", "Ours.", "You", "A", "B")


def test_a_table_is_kept_and_each_cell_is_a_line():
    found = outline(
        page(
            "<h2>A</h2><table><caption>Kinds</caption><thead><tr><th>b<th>c</thead>"
            "<tr><td colspan=2>d<br>e</table>"
        )
    )
    assert bodies(found) == [
        "<p>Kinds</p><table><tr><th>b</th><th>c</th></tr>"
        '<tr><td colspan="2">d<br/>e</td></tr></table>'
    ]
    assert found.source == ("A", "Kinds", "b", "c", "d e")


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>{}<td>x</table>",
        "<table><tr><td>{}</table>",
        "<table><tr><td>{}<td><table><tr><td>x</table></table>",
    ],
)
def test_a_table_for_looks_is_looked_through(table):
    assert headings(outline(page(table.format("<h2>A</h2>b<h2>C</h2>")))) == [
        (1, "", "A"),
        (1, "", "C"),
    ]


def test_two_breaks_end_a_paragraph():
    found = outline(page("<h2>A</h2>one<br>two<br> <br>three"))
    assert bodies(found) == ["<p>one<br/>two</p><p>three</p>"]
    assert found.source == ("A", "one two", "three")


def test_a_break_after_a_heading_by_its_looks_ends_its_line():
    found = outline(page("<h1>Terms</h1><p>1. Scope<br>All<br>of it.</p><p><b>2. Law</b><br>Ours."))
    assert headings(found) == [(1, "1", "Scope"), (1, "2", "Law")]
    assert bodies(found) == ["<p>All<br/>of it.</p>", "<p>Ours.</p>"]


def test_preformatted_text_keeps_its_lines_and_paragraphs():
    found = outline(page("<h2>A</h2><pre>one\n two\n\nthree &lt;</pre>"))
    assert bodies(found) == ["<p>one<br/>two</p><p>three &lt;</p>"]


def test_a_button_inside_an_item_does_not_tear_it():
    found = outline(page("<h2>A</h2><ul><li>one <button>Copy</button> two<li>three</ul>"))
    assert bodies(found) == ["<ul><li>one two</li><li>three</li></ul>"]
    assert left_out(found) == ["Copy"]
    assert lost(found) == []


def test_a_list_of_links_into_the_page_is_left_out():
    found = outline(
        page(
            "<h1>Terms</h1><ul><li><a href=#a>A</a><li><a href=#b>B</a><li><a href=#c>C</a></ul>"
            "<h2>A</h2>x<ul><li><a href=#b>B</a></ul>"
        )
    )
    assert left_out(found) == ["A\nB\nC"]
    assert bodies(found) == ['<p>x</p><ul><li><a href="#b">B</a></li></ul>']


@pytest.mark.parametrize(
    ("head", "address", "target"),
    [
        ("<base href='https://a.example/b/'>", "", "https://a.example/b/c"),
        ("<link rel=canonical href='https://a.example/b/x'>", "", "https://a.example/b/c"),
        ("", "https://a.example/b/x", "https://a.example/b/c"),
        ("<base href='/d/'>", "https://a.example/b/x", "https://a.example/d/c"),
    ],
)
def test_links_are_absolute_where_the_page_says_its_address(head, address, target):
    found = outline(
        page("<h2>A</h2><a href=c>b</a> <a href='#e'>d</a> <a href='//['>f</a>", head),
        address=address,
    )
    (body,) = bodies(found)
    assert body.startswith(f'<p><a href="{target}">b</a> <a href="#e">d</a> ')
    assert to_text(body) == "b d f"


def test_nothing_that_runs_reaches_a_body():
    found = outline(
        page(
            "<h2 onclick=run()>A</h2><p onmouseover='run()'>b<script>run()</script></p>"
            "<svg onload=run()><script>run()</script></svg><iframe src='javascript:run()'></iframe>"
            "<a href=' java\tscript:run()'>c</a> <a href=\"x&quot; onclick=&quot;run()\">d</a>"
            "<img src=x onerror=run() alt='&lt;script&gt;e'>&lt;script&gt;f"
        )
    )
    (body,) = bodies(found)
    assert "run" not in body
    assert not re.search(r"<(?!/?(p|a)\b)", body)
    assert to_text(body).split() == ["b", "c", "d", "<script>e", "<script>f"]


def test_a_picture_is_told_by_its_description():
    found = outline(
        page("<h2>A</h2><p>See<img src=a.png alt='our seal'>here.<img src=b.png><img alt=''></p>")
    )
    assert bodies(found) == ["<p>See our seal here.</p>"]
    assert [(one.code, one.lines, one.words) for one in found.findings] == [
        ("images", (2, 2), "our seal"),
        ("images", (2, 2), "b.png"),
    ]


@pytest.mark.parametrize("body", ["<img src=a>", "<h1>Terms</h1><img src=a alt='Page one of two'>"])
def test_a_page_of_pictures_says_what_to_do(body):
    with pytest.raises(OnlyImages, match="Import the file that the pictures were made from"):
        outline(page(f"{body}<footer>Imprint</footer>"))


def test_an_attribute_with_any_name_is_read():
    assert outline(page("<h2>A</h2><p {b=c} :d @e {f}g='' >h</p>")).source == ("A", "h")


def test_invisible_characters_are_kept():
    found = outline(page("<h2>A\u200b</h2><p>b\u202ec\u00add</p>"))
    assert headings(found) == [(1, "", "A\u200b")]
    assert bodies(found) == ["<p>b\u202ec\u00add</p>"]


_WORDS = st.sampled_from(["one", "1. two", "(a)", "Thr ee", "é", "<b>four</b>", "five<br>six", ""])
_TAGS = st.sampled_from(
    (
        *("div", "p", "section", "main", "h1", "h2", "h3", "ul", "ol", "li", "table", "tr", "td"),
        *("b", "span", "nav", "header", "footer", "dl", "dt", "dd", "pre", "blockquote", "button"),
        *("article", "form"),
    )
)
_MARKUP = st.recursive(
    _WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", _TAGS, st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_MARKUP, max_size=6).map("".join), st.booleans())
def test_no_word_of_a_page_is_lost(markup, is_whole_page):
    shown = re.sub(r"<[^>]*>", lambda tag: "" if tag[0] in {"<b>", "</b>"} else " ", markup)
    found = outline(f"<body>{markup}", is_whole_page)
    words = Counter("".join(shown.split()))
    assert Counter("".join("".join(found.source).split())) == words
    assert lost(found) == []
    kept = [found.title if "title" in found.origins else "", *left_out(found)]
    for clause in found.clauses:
        kept += [clause.number, clause.heading, to_text(clause.body)]
    missing = words - Counter("".join(kept))
    assert not [character for character in missing if character.isalnum()]
