"""Pasted text: what Word and Google Docs add to it, and that all of it is text."""

from dataclasses import replace

from documents.importing.pages import outline_of_html
from documents.markup import canonical


def outline(markup):
    found = outline_of_html(markup, is_whole_page=False)
    clauses = (replace(clause, body=canonical(clause.body)) for clause in found.clauses)
    return replace(found, clauses=tuple(clauses))


def shown(found):
    return [(clause.level, clause.number, clause.heading, clause.body) for clause in found.clauses]


def bullet(level, sign, text):
    return (
        f"<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span>"
        f"<![endif]>{text}<o:p></o:p></p>\n"
    )


def test_everything_that_was_pasted_is_text():
    found = outline("<header>One.</header><nav>Two.</nav><footer>Three.</footer>")
    assert not found.residue
    assert found.source == ("One.", "Two.", "Three.")


def test_only_what_is_hidden_is_left_out():
    found = outline("<p>Shown to all.<span style='mso-hide:all;display:none'>Not.</span></p>")
    assert [residue.text for residue in found.residue] == ["Not."]
    assert [one.code for one in found.findings] == ["hidden_text"]


def test_words_headings_and_bullets_are_known():
    found = outline(
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p {} --></style>"
        "</head><body><!--StartFragment--><p class=MsoTitle>Terms<o:p></o:p></p>"
        "<h1 style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; "
        "</span></span>Scope</h1><p class=MsoNormal>These <b>apply</b>:</p>"
        + bullet(1, "·", "one")
        + bullet(2, "o", "two")
        + bullet(2, "o", "three")
        + bullet(1, "·", "<i>four</i>")
        + "<p class=MsoHeading2>Law</p>"
        + bullet(1, "1.", "Ours.")
        + "<!--EndFragment--></body></html>"
    )
    assert found.title == "Terms"
    assert shown(found) == [
        (
            1,
            "1",
            "Scope",
            "<p>These <strong>apply</strong>:</p>"
            "<ul><li>one<ul><li>two</li><li>three</li></ul></li><li><em>four</em></li></ul>",
        ),
        (2, "", "Law", "<p>1.\u00a0\u00a0 Ours.</p>"),
    ]


def test_a_list_in_word_that_begins_deep_ends_where_it_rises():
    found = outline("<p>A:</p>" + bullet(2, "o", "one") + bullet(1, "·", "two"))
    assert found.clauses[-1].body.endswith("<ul><li>one</li></ul><ul><li>two</li></ul>")


def test_the_bold_element_around_a_google_document_is_not_bold():
    found = outline(
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">'
        '<h1 dir="ltr"><span style="font-weight:400">Terms</span></h1>'
        '<ol><li dir="ltr"><h2><span>Scope</span></h2></li></ol>'
        '<p dir="ltr"><span style="font-weight:700">All</span><span> of </span>'
        '<span style="font-style:italic">it</span>.</p>'
        '<ol start="2"><li><h2>Law</h2></li></ol>'
        '<ul><li dir="ltr"><p role="presentation">Ours</p></li><ul><li>alone</li></ul></ul></b>'
    )
    assert found.title == "Terms"
    assert shown(found) == [
        (1, "1", "Scope", "<p><strong>All</strong> of <em>it</em>.</p>"),
        (1, "2", "Law", "<ul><li>Ours<ul><li>alone</li></ul></li></ul>"),
    ]


def test_text_without_any_element_is_a_paragraph():
    assert shown(outline("we keep nothing & ask nothing")) == [
        (1, "", "", "<p>we keep nothing &amp; ask nothing</p>")
    ]


def test_nothing_gives_nothing():
    for markup in ("", " ", "<!-- a -->", "<p></p>", "<p>&nbsp;</p>", "<ul><li></ul>"):
        assert outline(markup).source == ()
        assert outline(markup).clauses == ()
