"""Markdown to clauses: headings, front matter, and what HTML in it becomes."""

import pytest

from documents.importing.errors import NestedTooDeep
from documents.importing.reading import read_outline


def outline(source):
    return read_outline(source.encode(), "policy.md")


def headings(source):
    return [(c.level, c.number, c.heading) for c in outline(source).clauses]


def body(source):
    (clause,) = outline(source).clauses
    return clause.body


def test_headings_are_clauses_and_the_first_is_the_title():
    found = outline(
        "# Terms\n\nHello.\n\n## 1. Scope\n\nAll.\n\n### 1.2 Payment\n\nNow.\n\nEnd\n---\n\nBye."
    )
    assert found.title == "Terms"
    assert [(c.level, c.number, c.heading, c.body, c.lines) for c in found.clauses] == [
        (1, "", "", "<p>Hello.</p>", (3, 3)),
        (1, "1", "Scope", "<p>All.</p>", (5, 7)),
        (2, "1.2", "Payment", "<p>Now.</p>", (9, 11)),
        (1, "", "End", "<p>Bye.</p>", (13, 16)),
    ]


def test_levels_have_no_gaps():
    assert headings("### A\n##### B\n#### C\n### D") == [
        (1, "", "A"),
        (2, "", "B"),
        (2, "", "C"),
        (1, "", "D"),
    ]


@pytest.mark.parametrize(
    ("heading", "number", "rest"),
    [
        ("A. Definitions", "A", "Definitions"),
        ("IV. Fees", "IV", "Fees"),
        ("4.Limits", "4", "Limits"),
        ("1\\. Scope", "1", "Scope"),
        ("U.S. Data Privacy", "", "U.S. Data Privacy"),
        ("30 days", "", "30 days"),
        ("**Cookies** & [more](/x) `now`", "", "Cookies & more now"),
        ("Dear <your name>", "", "Dear <your name>"),
    ],
)
def test_the_number_is_split_off_the_heading(heading, number, rest):
    assert headings(f"## {heading}\n\nText.") == [(1, number, rest)]


def test_front_matter_is_metadata_and_no_text():
    found = outline('---\ntitle: "Our Terms"\nlist:\n  - a\n\nlayout: sheet\n---\nHello.\n')
    assert found.title == "Our Terms"
    assert found.metadata == {"title": "Our Terms", "layout": "sheet"}
    assert [(c.body, c.lines) for c in found.clauses] == [("<p>Hello.</p>", (8, 8))]


def test_text_between_two_rules_is_no_front_matter():
    assert "No setting" in outline("---\nNo setting at all.\n---\n\nHello.").clauses[0].heading


def test_front_matter_cannot_pose_as_a_date():
    found = outline("---\namended_on: soon\n---\n*Last updated: [May 7, 2020](/x)*\n")
    assert found.metadata == {"amended_on": "2020-05-07"}
    assert found.origins == {"front_matter": (1, 3), "amended_on": (4, 4)}


def test_several_top_headings_under_a_named_title_are_clauses():
    source = "---\ntitle: Terms\n---\n# Scope\n\nAll.\n\n# Law\n\nOurs."
    assert outline(source).title == "Terms"
    assert [heading for _, _, heading in headings(source)] == ["Scope", "Law"]


def test_lists_tables_and_links_are_kept():
    assert body("## A\n\n1. one\n   - two\n\n| a | b |\n|---|---|\n| c | [d][r] |\n\n[r]: /x") == (
        "<ol><li>one<ul><li>two</li></ul></li></ol>"
        '<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td><a href="/x">d</a></td></tr></table>'
    )


def test_code_images_and_quotations_become_text():
    assert body("A `b` ![c *d*](e.png)\n\n> F\n> # G\n\n```\nh\n<i>\n```") == (
        "<p>A b c d</p><p>F</p><p>G</p><p>h<br/>&lt;i&gt;</p>"
    )


def test_html_is_reduced_to_text_and_allowed_tags():
    assert body("One<br>two <b>three</b> <span>four</span> <sup>5</sup>\n\n<div>six</div>") == (
        "<p>One<br/>two <strong>three</strong> four 5</p><p>six</p>"
    )


def test_a_tag_cannot_swallow_what_follows():
    found = outline(
        "## A\n\n<textarea>\none\n</textarea>\n\n<title>\n\ntwo <svg> three\n\n## B\n\nfour"
    )
    assert [c.body for c in found.clauses] == ["<p>one</p><p>two three</p>", "<p>four</p>"]


def test_a_placeholder_in_angle_brackets_is_text():
    assert body("Write to <your name> or\n\n<company name>") == (
        "<p>Write to &lt;your name&gt; or</p><p>&lt;company name&gt;</p>"
    )


def test_a_comment_is_residue():
    found = outline("<!-- to do -->\n\nHello.\n\n<script>\nrun()\n</script>")
    assert [(r.lines, r.text) for r in found.residue] == [
        ((1, 1), "<!-- to do -->"),
        ((5, 7), "<script>\nrun()\n</script>"),
    ]
    assert [c.body for c in found.clauses] == ["<p>Hello.</p>"]


@pytest.mark.parametrize("source", ["> " * 40 + "deep", "- " * 40 + "deep"])
def test_what_the_parser_would_leave_out_is_refused(source):
    with pytest.raises(NestedTooDeep):
        outline(source)


def test_lists_nest_as_deep_as_any_policy_does():
    source = "\n".join("  " * depth + f"- item{depth}" for depth in range(8))
    assert "item7" in body(source)


def test_the_source_is_kept_with_its_front_matter_and_the_title_has_its_place():
    source = "---\nlayout: a\n---\nHello.\n\nTerms\n=====\n\nBye."
    found = outline(source)
    assert found.source == tuple(source.split("\n"))
    assert found.origins == {"front_matter": (1, 3), "title": (6, 7)}


def test_pictures_and_comments_inside_a_clause_are_reported():
    found = outline("# A\n\nOne ![two](three.png) <!-- four -->\n\n- a\n\n  <!-- five -->\n")
    assert [(one.code, one.lines, one.words) for one in found.findings] == [
        ("images", (3, 3), "three.png"),
        ("hidden_text", (3, 3), "<!-- four -->"),
        ("hidden_text", (5, 7), "<!-- five -->"),
    ]
    assert outline('# A\n\n<p>d <img alt="b" src="c"></p>').findings[0].code == "images"
