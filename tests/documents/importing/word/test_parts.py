"""What a Word document holds besides plain paragraphs: none of its words is lost."""

import pytest

from documents.importing.outline import Residue

from .building import SPACES, bold, codes, outline, p, row, run, seen, style, table

PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Our seal"/><a:graphic><a:graphicData>'
    '<a:blip r:embed="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def body(*paragraphs, **more):
    """The body of the one clause that the paragraphs make, under a title."""
    ((_, _, _, html),) = seen(outline(p("Terms", style="Title"), *paragraphs, **more))
    return html


def field(instruction, result):
    return (
        FIELD.format("begin")
        + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        + FIELD.format("separate")
        + run(result)
        + FIELD.format("end")
    )


def notes(kind, *inner):
    written = "".join(f'<w:{kind} w:id="{n}">{one}</w:{kind}>' for n, one in enumerate(inner, 1))
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    return {f"word/{kind}s.xml": f"<w:{kind}s {SPACES}>{separator}{written}</w:{kind}s>"}


def reference(kind, key):
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


NOTE = p("<w:r><w:footnoteRef/></w:r>" + run(" See ") + bold("above") + run("."))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_where_its_mark_stands(kind):
    found = outline(p(run("Fees") + reference(kind, 1) + run(" are due.")), parts=notes(kind, NOTE))
    assert seen(found)[0][3] == ("<p>Fees<small>See <strong>above</strong>.</small> are due.</p>")
    assert found.source == ("Fees are due. [See above.]",)


def test_paragraphs_of_a_note_are_lines():
    parts = notes("footnote", p("One") + p("Two"))
    html = body(p(run("A sentence") + reference("footnote", 1)), parts=parts)
    assert html == "<p>A sentence<small>One<br/>Two</small></p>"


def test_a_note_at_a_heading_or_title_is_kept():
    parts = notes("footnote", p("One"), p("Two"))
    found = outline(
        p(run("Terms") + reference("footnote", 1), style="Title"),
        p(run("Scope") + reference("footnote", 2), style="Heading1"),
        p("All."),
        parts=parts,
    )
    assert [html for _, _, _, html in seen(found)] == [
        "<p><small>One</small></p>",
        "<p><small>Two</small></p><p>All.</p>",
    ]


def test_references_without_a_note_or_to_the_same_note_are_no_error():
    parts = notes("footnote", p("One"))
    inner = run("A sentence") + reference("footnote", 1) * 3 + reference("footnote", 7)
    assert body(p(inner), parts=parts) == "<p>A sentence<small>One</small></p>"


def test_links_to_the_web_and_to_mail_survive():
    links = {
        "w": ("hyperlink", "https://example.org/a"),
        "m": ("hyperlink", "mailto:a@example.org"),
        "j": ("hyperlink", "javascript:alert(1)"),
    }
    inner = "".join(
        f'<w:hyperlink r:id="{key}" w:anchor="x">{run(key)}</w:hyperlink>' for key in "wmj?"
    )
    inner += f'<w:hyperlink w:anchor="x">{run("in")}</w:hyperlink>'
    html = body(p(run("See: ") + inner), links=links)
    assert html == (
        '<p>See: <a href="https://example.org/a#x">w</a>'
        '<a href="mailto:a@example.org#x">m</a>j?in</p>'
    )


def test_a_link_made_by_a_field_survives():
    inner = field('HYPERLINK "https://example.org/" \\o "Our site"', "here")
    assert body(p(run("See ") + inner)) == '<p>See <a href="https://example.org/">here</a></p>'


def test_the_printed_result_of_a_field_is_kept():
    simple = f'<w:fldSimple w:instr="REF b">{run("3.1")}</w:fldSimple>'
    inner = run("clauses ") + simple + run(" and ") + field(" REF _Ref1 \\r ", "4.2")
    assert body(p(inner)) == "<p>clauses 3.1 and 4.2</p>"


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:smartTag>{}</w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        '<w:bdo w:val="ltr">{}</w:bdo>',
        "<w:ruby><w:rubyBase>{}</w:rubyBase></w:ruby>",
        "<m:oMath><m:r><m:t>word</m:t></m:r></m:oMath>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
    ],
)
def test_words_in_wrappers_are_kept(wrapped):
    inner = wrapped.replace("{}", run("word"))
    assert body(p(run("A ") + inner + run(" here."))) == "<p>A word here.</p>"


def test_symbols_breaks_and_boxes_are_kept():
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    hyphen = "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:cr/><w:t>C</w:t></w:r>"
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
        "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText>"
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert body(p(symbol + hyphen + box)) == "<p>✓A\u2011B<br/>C☒</p>"


def test_a_symbol_that_nobody_knows_is_reported():
    found = outline(p('<w:r><w:t>a</w:t><w:sym w:font="Mine" w:char="F012"/></w:r>'))
    assert seen(found)[0][3] == "<p>a\ufffd</p>"
    assert codes(found) == {"unknown_symbols": ((1, 1), "1")}


def test_bold_and_italic_come_from_runs_and_their_styles():
    styles = style("Term", type="character", looks="<w:b/><w:i/>")
    inner = run("A ") + run("b", '<w:rStyle w:val="Term"/>') + run(" c", "<w:i/>")
    assert body(p(inner), styles=styles) == ("<p>A <em><strong>b</strong> c</em></p>")


def test_merged_cells_keep_their_spans():
    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    html = body(
        p("Fees:"),
        table(
            [('<w:gridSpan w:val="2"/>', p("Head"))],
            [(start, p("Left")), p("1")],
            [(more, p()), p("2")],
        ),
    )
    assert html == (
        '<p>Fees:</p><table><tr><td colspan="2">Head</td></tr>'
        '<tr><td rowspan="2">Left</td><td>1</td></tr><tr><td>2</td></tr></table>'
    )


def test_a_header_row_has_header_cells():
    html = body(p("Fees:"), f"<w:tbl>{row([p('H')], '<w:tblHeader/>')}{row([p('x')])}</w:tbl>")
    assert "<th>H</th>" in html


def test_a_picture_becomes_its_description_and_is_reported():
    found = outline(p(run("It is signed: ") + PICTURE + run(".")))
    assert seen(found)[0][3] == "<p>It is signed: Our seal.</p>"
    assert codes(found) == {"images": ((1, 1), "1")}


def test_comments_are_reported_and_never_text():
    comments = f'<w:comments {SPACES}><w:comment w:id="1">{p("Too much?")}</w:comment></w:comments>'
    found = outline(
        p("A"),
        p(run("Fees.") + '<w:r><w:commentReference w:id="1"/></w:r>'),
        parts={"word/comments.xml": comments},
        links={"c": ("comments", "comments.xml")},
    )
    assert codes(found) == {"comments": ((2, 2), "1")}
    assert "Too much" not in str(found)


def test_a_text_box_becomes_paragraphs_after_the_one_it_hangs_on():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    ).format(p("In the box") + p("and more"))
    found = outline(p(run("Text.") + box), p("After."))
    assert seen(found)[0][3] == "<p>Text.</p><p>In the box</p><p>and more</p><p>After.</p>"
    assert codes(found) == {"text_boxes": ((1, 1), "1")}


def test_hidden_words_are_residue():
    found = outline(
        p(run("Pay ") + run("secretly ", "<w:vanish/>") + run("now.")),
        p(run("Never shown.", "<w:vanish/>"), mark="<w:vanish/>"),
        p("After."),
    )
    assert seen(found)[0][3] == "<p>Pay now.</p><p>After.</p>"
    assert found.residue == (Residue((2, 3), "secretly\nNever shown."),)
    assert found.source == ("Pay now.", "secretly", "Never shown.", "After.")
    assert codes(found) == {"hidden_text": ((1, 3), "2")}


def test_a_hidden_paragraph_takes_no_number():
    found = outline(
        p("A", num=(1, 0)),
        p(run("Hidden", "<w:vanish/>"), num=(1, 0), mark="<w:vanish/>"),
        p("B", num=(1, 0)),
        p("This is a sentence of its own.", num=(1, 1)),
    )
    assert [c.number for c in found.clauses] == ["1", "2", "2.1"]


def test_a_contents_list_is_residue():
    styles = style("TOC1", "toc 1") + style("Heading1", "heading 1")
    found = outline(
        p("Scope 1", style="TOC1"), p("Law 2", style="TOC1"), p("Scope", style="Heading1"),
        p("All."), styles=styles,
    )  # fmt: skip
    assert found.residue == (Residue((1, 2), "Scope 1\nLaw 2"),)
    assert [(c.heading, c.lines) for c in found.clauses] == [("Scope", (3, 4))]


def test_page_headers_and_footers_are_residue_after_the_text():
    parts = {
        f"word/{name}.xml": f"<w:hdr {SPACES}>{p(words)}</w:hdr>"
        for name, words in {"header1": "Draft", "header2": "Draft", "footer1": "Page 1"}.items()
    }
    links = {name: (name[:-1], f"{name}.xml") for name in ("header1", "header2", "footer1")}
    found = outline(p("A sentence."), parts=parts, links=links)
    assert found.residue == (Residue((2, 3), "Draft\nPage 1"),)
    assert codes(found) == {"headers_and_footers": ((2, 3), "2")}
    assert found.source == ("A sentence.", "Draft", "Page 1")


def test_struck_words_stay_and_are_reported():
    found = outline(p(run("Pay ") + run("now.", "<w:strike/>")))
    assert seen(found)[0][3] == "<p>Pay now.</p>"
    assert codes(found) == {"struck_text": ((1, 1), "1")}


def test_a_document_put_inside_is_reported():
    found = outline(p("A sentence."), '<w:altChunk r:id="x"/>')
    assert codes(found) == {"embedded_documents": ((1, 1), "1")}


def test_the_file_tells_title_and_language_where_the_text_does_not():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Our  Terms'
        "</dc:title></cp:coreProperties>"
    )
    language = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
    found = outline(
        p("Oui."), parts={"docProps/core.xml": core}, styles=language + "</w:docDefaults>"
    )
    assert found.title == ""
    assert found.metadata == {"title": "Our Terms", "language": "fr"}
