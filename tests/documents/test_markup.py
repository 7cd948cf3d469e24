"""The canonical form of a clause's body: examples, attacks, and what always holds."""

import time
import unicodedata
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.markup import MAX_CHARACTERS, MarkupTooDeep, MarkupTooLong, canonical, to_text

ELEMENTS = {
    *("p", "ul", "ol", "li", "table", "tr", "th", "td"),
    *("strong", "em", "a", "br", "small"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}}
ATTRIBUTES["th"] = ATTRIBUTES["td"]

EXAMPLES = {
    "draftail paragraph": (
        '<p data-block-key="x1">You <b>must</b> <i>not</i><br/>pay.</p>',
        "<p>You <strong>must</strong> <em>not</em><br/>pay.</p>",
    ),
    "loose text": ("We may <b>end</b> it.", "<p>We may <strong>end</strong> it.</p>"),
    "other blocks": (
        "<h2>Fees</h2><div>One<blockquote>Two</blockquote></div>",
        "<p>Fees</p><p>One</p><p>Two</p>",
    ),
    "white space": ("<p>\n  a \t b\r\n <br> c </p>\n", "<p>a b<br/>c</p>"),
    "no-break space is kept": ("<p>10&nbsp;EUR</p>", "<p>10\u00a0EUR</p>"),
    "zero-width characters are kept": ("<p>a\u200bb\u2060c</p>", "<p>a\u200bb\u2060c</p>"),
    "NFC": ("<p>cafe\u0301</p>", "<p>caf\u00e9</p>"),
    "NFC across a tag": ("<p><b>x</b>\u0338</p>", "<p><strong>x</strong>&#824;</p>"),
    "neighbours of one mark join": ("<b>a</b><b>b</b> <b>c</b>", "<p><strong>ab c</strong></p>"),
    "marks have one order": (
        "<b><i>a</i></b> <em><strong>b</strong></em>",
        "<p><em><strong>a b</strong></em></p>",
    ),
    "space leaves a mark's edge": ("a<b> b </b>c", "<p>a <strong>b</strong> c</p>"),
    "empty marks go": ("<p>a<b></b><i> </i>b<a href='/x'></a></p>", "<p>a b</p>"),
    "empty blocks go": ("<p></p><p> <br></p><ul><li></li></ul><p>a</p>", "<p>a</p>"),
    "mark across blocks": (
        "<b><p>a</p><p>b</p></b>",
        "<p><strong>a</strong></p><p><strong>b</strong></p>",
    ),
    "nested lists": (
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "first paragraph of an item stands bare": (
        "<ol><li><p>a</p><p>b</p></li></ol>",
        "<ol><li>a<p>b</p></li></ol>",
    ),
    "list loose in a list joins the item before": (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "start of a numbered list": (
        '<ol start="4" type="a" class="x"><li>d</li></ol><ol start="1"><li>a</li></ol>',
        '<ol start="4"><li>d</li></ol><ol><li>a</li></ol>',
    ),
    "table is flat": (
        "<table><caption>Rates</caption><colgroup><col></colgroup><thead><tr><th>A</th></tr>"
        "</thead><tbody><tr><td rowspan=2 colspan='1'>b</td><td></td></tr></tbody></table>",
        '<p>Rates</p><table><tr><th>A</th></tr><tr><td rowspan="2">b</td><td></td></tr></table>',
    ),
    "tables do not nest": (
        "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>",
        "<table><tr><td>a<p>b</p><p>c</p></td></tr></table>",
    ),
    "empty table goes": ("<table><tr><td></td></tr></table>a", "<p>a</p>"),
    "footnote stands outside the marks": (
        "<b>a<small>see <i>b</i></small> c</b>",
        "<p><strong>a</strong><small>see <em>b</em></small> <strong>c</strong></p>",
    ),
    "two footnotes stay two": (
        "a<small>x</small><small>y</small>",
        "<p>a<small>x</small><small>y</small></p>",
    ),
    "footnote keeps its line in one": (
        "<li>a<small><div>b</div><div>c</div></small>d</li>",
        "<p>a<small>b<br/>c</small>d</p>",
    ),
    "escapes": (
        '<p>a &lt;b&gt; &amp; "c" <a href=\'/x?a=1&b="\'>d</a></p>',
        '<p>a &lt;b&gt; &amp; "c" <a href="/x?a=1&amp;b=&quot;">d</a></p>',
    ),
    "control characters go": ("<p>a&#1;b\x02c\ufffed</p>", "<p>abcd</p>"),
    "lone surrogate": ("<p>a\ud800b</p>", "<p>a\ufffdb</p>"),
    "nothing": (" <!-- x --> ", ""),
}

LINKS = {
    "HTTPS://Example.org/A b": "https://Example.org/A%20b",
    "http://example.org": "http://example.org",
    "mailto:dpo@example.org": "mailto:dpo@example.org",
    "#fees": "#fees",
    "/terms": "/terms",
}
NO_LINKS = [
    *("javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x"),
    *("//example.org", "/\\example.org", "/\t/example.org", "terms", "ftp://x", "https://", ""),
]

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<script src=//evil.example></script>",
    "<SCRIPT>alert(1)//",
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1) style='background:url(javascript:alert(1))'>x</p>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='https://x\" onmouseover=\"alert(1)'>x</a>",
    "<a href='https://x' target=_blank onfocus=alert(1) autofocus>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x&gt;'>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=//evil.example>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<p title='`><img src=x onerror=alert(1)>'",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><base href=//evil.example>",
    "<ol start='1 onclick=alert(1)'><li>x</li></ol>",
    "<td colspan='2\" onclick=\"alert(1)'>x</td>",
    "<ul><li>&lt;script&gt;alert(1)&lt;/script&gt;</li></ul>",
]

MARKS = ["b", "strong", "i", "em", "small", 'a href="https://example.org"']
BLOCKS = ["p", "ul", "ol", "li", "table", "tr", "td", "th", "div", "h2", "blockquote"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def _element(contents: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag.split()[0]}>",
        st.sampled_from(MARKS + BLOCKS),
        st.lists(contents, max_size=4),
    )


escaped = texts.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
bodies = st.recursive(escaped | st.just("<br>"), _element, max_leaves=20)
tag_soup = st.lists(
    texts
    | st.sampled_from([f"<{tag}>" for tag in MARKS + BLOCKS])
    # ends in any order, and what often breaks parsers
    | st.sampled_from([f"</{tag.split()[0]}>" for tag in MARKS + BLOCKS])
    | st.sampled_from(["<", "&", "&#x338;", "<!--", "-->", "<script>", "</script>", "<svg>", "\0"]),
    max_size=25,
).map("".join)


class Reading(HTMLParser):
    """What a browser would meet: elements with their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, unicodedata.normalize("NFD", text)))


def require_harmless(body: str) -> None:
    elements = Reading(body).elements
    for tag, attributes in elements:
        assert tag in ELEMENTS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert attributes.get("href", "/").startswith(("https://", "http://", "mailto:", "/", "#"))
    assert body.count("<") == len(elements) + body.count("</")


@pytest.mark.parametrize(("html", "body"), EXAMPLES.values(), ids=EXAMPLES)
def test_body_has_one_spelling(html, body):
    assert canonical(html) == body
    assert canonical(body) == body


@pytest.mark.parametrize(("href", "kept"), LINKS.items())
def test_link_to_a_known_kind_of_address_is_kept(href, kept):
    assert canonical(f'<a href="{href}">x</a>') == f'<p><a href="{kept}">x</a></p>'


@pytest.mark.parametrize("href", NO_LINKS)
def test_other_link_is_dropped_and_its_text_stays(href):
    assert canonical(f'<a href="{href}">x</a>') == "<p>x</p>"


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_leaves_nothing_but_the_subset(attack):
    for html in (attack, f"<p>{attack}</p>", f"<table><tr><td>{attack}", unescape(attack)):
        body = canonical(html)
        require_harmless(body)
        assert canonical(body) == body


def test_script_style_and_drawing_go_with_their_content():
    html = "a<script>b</script><style>c</style><svg><text>d</text></svg>e"
    assert canonical(html) == "<p>ae</p>"


def test_text_shows_blocks_lists_tables_breaks_and_footnotes():
    body = canonical(
        "<p>One<br>two<small>or <b>three</b></small>.</p>"
        "<ul><li>a<p>more</p><ol start=3><li>b<br>c</li><li>d</li></ol></li><li><ul><li>e</ul></ul>"
        "<table><tr><th>Who</th><th>Why</th></tr><tr><td>x</td><td>y<p>z</p></td></tr></table>"
    )
    assert to_text(body).split("\n") == [
        *("One", "two [or three]."),
        *("• a", "  more", "  3. b", "    c", "  4. d", "•", "  • e"),
        *("Who | Why", "x | y z"),
    ]


def test_text_of_nothing_is_empty():
    assert to_text("") == ""


def test_body_that_is_too_long_is_refused():
    with pytest.raises(MarkupTooLong, match="1,000,000 characters, not 1,000,001"):
        canonical("x" * (MAX_CHARACTERS + 1))


def test_body_that_grows_too_long_is_refused():
    with pytest.raises(MarkupTooLong):
        canonical("<" * (MAX_CHARACTERS // 3))


def test_deep_lists_are_flattened_and_keep_their_text():
    body = canonical("".join(f"<ul><li>x{n}" for n in range(100)))
    assert all(f"x{n}" in to_text(body) for n in range(100))
    assert canonical(body) == body


@pytest.mark.parametrize("tags", ["<b>", "<div>", "<ul><li>", "<table><tr><td>", "<small>", "<x>"])
def test_hundred_thousand_nested_tags_are_refused_at_once(tags):
    started = time.perf_counter()
    with pytest.raises(MarkupTooDeep):
        canonical(tags * (100_000 // tags.count("<")) + "x")
    assert time.perf_counter() - started < 1


@settings(max_examples=300)
@given(bodies | tag_soup)
def test_canonical_form_is_stable_normal_and_harmless(html):
    body = canonical(html)
    assert canonical(body) == body
    assert unicodedata.is_normalized("NFC", body)
    require_harmless(body)


@settings(max_examples=300)
@given(bodies)
def test_text_is_never_lost(html):
    body = canonical(html)
    assert letters(Reading(body).text) == letters(Reading(html).text)
    assert letters(to_text(body)) >= letters(Reading(body).text)  # numbers of items come in
