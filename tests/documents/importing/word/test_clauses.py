"""Which paragraphs of a Word document open clauses, and what stays a list."""

import pytest

from .building import BULLETS, bold, level, numbering, outline, p, run, seen, style, table

SENTENCE = "The Customer shall pay all fees within thirty days of the date of the invoice."
OUTER = '<w:outlineLvl w:val="0"/>'


def test_a_contract_without_heading_styles_has_clauses_by_its_numbers():
    found = outline(
        p("Services Agreement"),
        p("This agreement is made between the parties named below, on the date of signature."),
        p("Fees", num=(1, 0)),
        p(SENTENCE, num=(1, 1)),
        p("The Customer may not:", num=(1, 1)),
        p("set off; or", num=(1, 2)),
        p("withhold,", num=(1, 2)),
        p("save as the law requires.", num=(1, 3)),
        p("Law", num=(1, 0)),
    )
    assert found.title == "Services Agreement"
    assert seen(found) == [
        (1, "", "", "<p>This agreement is made between the parties named below, on the date of "
         "signature.</p>"),
        (1, "1", "Fees", ""),
        (2, "1.1", "", f"<p>{SENTENCE}</p>"),
        (2, "1.2", "", "<p>The Customer may not:</p><ul><li>(a) set off; or</li>"
         "<li>(b) withhold,<ul><li>(i) save as the law requires.</li></ul></li></ul>"),
        (1, "2", "Law", ""),
    ]  # fmt: skip


def test_headings_take_their_printed_number():
    found = outline(
        p("Scope", style="Heading1", num=(1, 0)),
        p("All of it."),
        p("Who may use it", style="Heading2", num=(1, 1)),
        p("You."),
    )
    assert seen(found) == [
        (1, "1", "Scope", "<p>All of it.</p>"),
        (2, "1.1", "Who may use it", "<p>You.</p>"),
    ]


def test_a_sentence_in_a_heading_style_is_a_clause_without_heading():
    found = outline(
        p("Fees", style="Heading1", num=(1, 0)), p(SENTENCE, style="Heading2", num=(1, 1))
    )
    assert seen(found)[1] == (2, "1.1", "", f"<p>{SENTENCE}</p>")


def test_a_heading_may_end_with_a_full_stop():
    found = outline(p("Definitions.", style="Heading1", num=(1, 0)), p("None."))
    assert seen(found)[0][1:3] == ("1", "Definitions.")


def test_an_outline_level_makes_a_heading_in_any_style():
    found = outline(
        p("Scope", properties=OUTER), p("All."), p("Law", style="Mine"), p("Ours."),
        styles=style("Mine", properties=OUTER),
    )  # fmt: skip
    assert [heading for _, _, heading, _ in seen(found)] == ["Scope", "Law"]


def test_levels_have_no_gaps():
    found = outline(*(p(f"Part {n}", style=f"Heading{n}") for n in (2, 5, 3, 9, 2)))
    assert [c.level for c in found.clauses] == [1, 2, 2, 3, 1]


def test_a_numbered_list_under_headings_is_a_list():
    numbers = numbering({"0": level(0, start=3)}, {"1": "0"})
    found = outline(
        p("Scope", style="Heading1"), p("You may:"), p("look;", num=(1, 0)), p("buy.", num=(1, 0)),
        p("But:"), p("not sell.", num=(1, 0)), numbers=numbers,
    )  # fmt: skip
    assert seen(found)[0][3] == (
        '<p>You may:</p><ol start="3"><li>look;</li><li>buy.</li></ol>'
        '<p>But:</p><ol start="5"><li>not sell.</li></ol>'
    )


def test_a_list_that_restarts_is_another_list():
    overrides = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = numbering({"0": level(0)}, {"1": "0", "2": ("0", overrides)})
    found = outline(
        p("Scope", style="Heading1"), p("a", num=(1, 0)), p("b", num=(1, 0)), p("c", num=(2, 0)),
        numbers=numbers,
    )  # fmt: skip
    assert seen(found)[0][3] == ("<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>")


def test_bullets_nest():
    found = outline(
        p("Scope", style="Heading1"), p("a", num=(9, 0)), p("b", num=(9, 1)), p("c", num=(9, 0)),
        numbers=numbering(BULLETS, {"9": "9"}),
    )  # fmt: skip
    assert seen(found)[0][3] == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_a_short_bold_numbered_line_is_a_heading():
    numbers = numbering({"0": level(0)}, {"1": "0"})
    found = outline(
        p(bold("Scope"), num=(1, 0)), p("All of it."), p(bold("Law"), num=(1, 0)), p("Ours."),
        numbers=numbers,
    )  # fmt: skip
    assert seen(found) == [(1, "1", "Scope", "<p>All of it.</p>"), (1, "2", "Law", "<p>Ours.</p>")]


def test_numbers_of_one_level_open_clauses_where_nothing_else_does():
    numbers = numbering({"0": level(0)}, {"1": "0"})
    found = outline(p(SENTENCE, num=(1, 0)), p(SENTENCE, num=(1, 0)), numbers=numbers)
    assert [c.number for c in found.clauses] == ["1", "2"]


def test_articles_and_sections_keep_their_names():
    numbers = numbering(
        {
            "0": level(0, "upperRoman", "Article %1")
            + level(1, text="Section %1.%2", more="<w:isLgl/>")
        },
        {"1": "0"},
    )
    found = outline(p("Fees", num=(1, 0)), p(SENTENCE, num=(1, 1)), numbers=numbers)
    assert [c.number for c in found.clauses] == ["Article I", "Section 1.1"]


def test_typed_numbers_open_clauses():
    found = outline(
        p("1. Fees"), p(run("1.1") + "<w:r><w:tab/></w:r>" + bold("The") + run(" Customer pays."))
    )
    assert seen(found) == [
        (1, "1", "Fees", ""),
        (2, "1.1", "", "<p><strong>The</strong> Customer pays.</p>"),
    ]


def test_bold_lines_are_headings_where_nothing_else_is():
    found = outline(
        p(bold("Privacy Policy")), p(SENTENCE), p(bold("Cookies")), p("None are set."),
        p(bold("Law")), p("Ours."),
    )  # fmt: skip
    assert found.title == "Privacy Policy"
    assert [heading for _, _, heading, _ in seen(found)] == ["", "Cookies", "Law"]


def test_nothing_in_a_table_opens_a_clause():
    found = outline(
        p("Fees", num=(1, 0)),
        p(SENTENCE, num=(1, 1)),
        table([p("Setup", style="Heading1"), p("100", num=(1, 1))], [p("", num=(1, 1)), p("x")]),
    )
    assert len(found.clauses) == 2
    assert "<td><p>1.2 100</p></td>" in found.clauses[1].body


@pytest.mark.parametrize(
    ("body", "title", "headings"),
    [
        ([p("Terms", style="Title"), p("A", style="Heading1"), p("x")], "Terms", ["A"]),
        ([p("Terms", style="Heading1"), p("A", style="Heading2"), p("x")], "Terms", ["A"]),
        ([p("A", style="Heading1"), p("x"), p("B", style="Heading1"), p("y")], "", ["A", "B"]),
        ([p("A", style="Heading1", num=(1, 0)), p("B", style="Heading2", num=(1, 1))], "",
         ["A", "B"]),
        ([p("Terms of Use"), p("A", style="Heading1"), p("x"), p("B", style="Heading1")],
         "Terms of Use", ["A", "B"]),
    ],
)  # fmt: skip
def test_the_title_is_found(body, title, headings):
    found = outline(*body)
    assert (found.title, [c.heading for c in found.clauses]) == (title, headings)
    assert found.origins == ({"title": (1, 1)} if title else {})


def test_the_publisher_above_the_title_is_no_clause():
    found = outline(p("Acme Ltd"), p("Privacy Policy"), p("A", style="Heading1"), p("x"))
    assert (found.title, found.metadata["organisation"]) == ("Privacy Policy", "Acme Ltd")
    assert found.origins == {"organisation": (1, 1), "title": (2, 2)}


def test_empty_paragraphs_are_counted_by_lists_and_not_by_lines():
    found = outline(p("Fees", num=(1, 0)), p("", num=(1, 0)), p(), p("Law", num=(1, 0)),
                    p(SENTENCE, num=(1, 1)))  # fmt: skip
    assert [(c.number, c.lines) for c in found.clauses] == [("1", (1, 1)), ("3", (2, 2)),
                                                            ("3.1", (3, 3))]  # fmt: skip


def test_the_source_is_what_people_read():
    found = outline(p("Fees", num=(1, 0)), p(SENTENCE, num=(1, 1)), p("now", num=(1, 2)))
    assert found.source == ("1. Fees", f"1.1 {SENTENCE}", "(a) now")
