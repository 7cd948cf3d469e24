"""A redline in marks and words."""

import re
import unicodedata
from html import escape
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from documents.arranging import arrange, cell_changes, link_changes
from documents.comparison import (
    ClauseChange,
    ClauseState,
    Edit,
    EditKind,
    Outcome,
    Redline,
    Significance,
    compare,
)
from documents.templatetags.redline import (
    marked_body,
    marked_heading,
    marked_words,
    new_words,
    old_words,
    outcome_words,
    plain_edits,
    redline_summary,
    replaced,
)


def clause(key="1", number="1", heading="Names", body="<p>Kept for two years.</p>"):
    return ClauseState(key=key, level=1, number=number, heading=heading, body=body)


def only_change(old, new):
    (change,) = compare(old, new).changed
    return change


CHANGED = only_change([clause()], [clause(body="<p>Kept for ten years.</p>")])


def test_words_are_marked_bare_for_mail_and_with_their_ends_for_pages():
    assert marked_body(CHANGED) == "Kept for <del>two</del><ins>ten</ins> years."
    assert marked_body(CHANGED, spoken=True) == (
        'Kept for <del data-opens="taken out:" data-closes="end of words taken out">two</del>'
        '<ins data-opens="added:" data-closes="end of words added">ten</ins> years.'
    )
    assert plain_edits(CHANGED) == "Kept for [-two-]{+ten+} years."


def test_markup_in_words_is_escaped_inside_the_marks():
    change = only_change([clause()], [clause(heading="<b>Names", body="<p>&lt;script&gt;</p>")])
    assert "<ins>&lt;b&gt;" in marked_heading(change)
    assert "&lt;script&gt;" in marked_body(change)
    assert "<script" not in marked_body(change, spoken=True)


def test_a_changed_number_shows_both_sides():
    change = only_change([clause()], [clause(number="2")])
    assert marked_heading(change) == "<del>1</del><ins>2</ins> Names"
    assert outcome_words(change) == "renumbered, was 1"
    assert marked_body(change) == ""


def test_a_new_or_removed_clause_is_marked_whole():
    assert marked_heading(only_change([], [clause()])) == "<ins>1</ins> <ins>Names</ins>"
    assert marked_heading(only_change([clause()], [])) == "<del>1</del> <del>Names</del>"


def test_a_clause_with_neither_number_nor_heading_has_no_words_here():
    assert marked_heading(only_change([], [clause(number="", heading="")])) == ""
    assert marked_heading(only_change([], [clause(number="")])) == "<ins>Names</ins>"


def test_the_summary_counts_each_kind_of_change_in_whole_words():
    old = [clause(), clause("2", "2", "Old", "<p>It ends.</p>"), clause("3", "3", "Stays")]
    new = [
        clause(body="<p>Kept.</p>"),
        clause("4", "4", "Courts", "<p>Those of Berlin decide.</p>"),
        clause("3", "5", "Stays"),
    ]
    assert redline_summary(compare(old, new)) == (
        "1 clause changed, 1 clause added, 1 clause removed, 1 clause renumbered"
    )
    assert redline_summary(compare(old, old)) == "No clause differs"
    assert redline_summary(compare([], old)) == "3 clauses added"


# Splits, merges, and what is said of them

FIRST = "We collect names and addresses of our customers every single day."
SECOND = "We keep logs for ninety days in our own centre near Berlin."
ONE = [clause(number="3", body=f"<p>{FIRST} {SECOND}</p>")]
TWO = [
    clause(number="3.1", body=f"<p>{FIRST}</p>"),
    clause("2", "3.2", "Logs", f"<p>{SECOND}</p>"),
]


def test_a_split_names_the_clauses_on_the_other_side():
    redline = compare(ONE, TWO)
    assert [outcome_words(change) for change in redline.changes] == [
        "split into 3.1 and 3.2, text changed, renumbered, was 3",
        "split off from 3",
    ]
    assert "1 clause split" in redline_summary(redline)


def test_a_merge_names_the_clauses_on_the_other_side():
    redline = compare(TWO, ONE)
    assert [outcome_words(change) for change in redline.changes] == [
        "merged from 3.1 and 3.2, text changed, renumbered, was 3.1",
        "merged into 3",
    ]
    assert "1 clause merged from several" in redline_summary(redline)


def test_a_clause_without_a_number_is_named_by_its_heading_or_its_first_words():
    part = ClauseChange(
        None, clause(), (Outcome.SPLIT,), kin=(clause(number=""), clause(number="", heading=""))
    )
    assert outcome_words(part) == "split off from “Names” and “Kept for two years.”"


def test_moved_words_have_marks_and_spoken_words_of_their_own():
    whole, part = compare(ONE, TWO).changes
    assert f'<del class="moved">{SECOND}</del>' in marked_body(whole)
    assert marked_body(part, spoken=True) == (
        '<ins class="moved" data-opens="moved here:" data-closes="end of words moved here">'
        f"{SECOND}</ins>"
    )
    assert 'data-opens="moved away:"' in marked_body(whole, spoken=True)


def test_a_coarse_comparison_says_so():
    change = ClauseChange(clause(), clause(), (Outcome.CHANGED,), is_coarse=True)
    assert outcome_words(change) == (
        "text changed, too long or too different to compare word by word: shown as replaced"
    )


# Hidden characters


def change_of(*edits):
    return ClauseChange(clause(), clause(), (Outcome.CHANGED,), marked_body=edits)


def deleted(text):
    return Edit(EditKind.DELETE, text)


def inserted(text):
    return Edit(EditKind.INSERT, text)


@pytest.mark.parametrize(
    "character", "\u200b\u200d\u2060\ufeff\u00ad\u202e\u2066\u061c\u2028\x7f\u3164\u2800\U000e0041"
)
def test_an_unseen_character_is_spelled_out_in_a_mark(character):
    page = marked_body(change_of(deleted("pay"), inserted(f"p{character}ay")))
    name = unicodedata.name(character, "hidden character")
    sign = f'<span class="hidden-sign" title="{name}">[U+{ord(character):04X}]</span>'
    assert page == f"<del>pay</del><ins>p{sign}ay</ins>"
    assert plain_edits(change_of(inserted(character))) == f"{{+[U+{ord(character):04X}]+}}"


def test_an_unusual_blank_is_spelled_out_where_it_replaced_another_or_came_alone():
    sign = '<span class="hidden-sign" title="NO-BREAK SPACE">[U+00A0]</span>'
    assert (
        marked_body(change_of(deleted(" "), inserted("\xa0"))) == f"<del> </del><ins>{sign}</ins>"
    )
    assert marked_body(change_of(deleted("\xa0"))) == f"<del>{sign}</del>"
    assert marked_body(change_of(deleted("5 %"), inserted("5\xa0%"))) == (
        f"<del>5 %</del><ins>5{sign}%</ins>"
    )
    assert "[U+0009]" in marked_body(change_of(inserted("\t")))
    assert marked_body(change_of(inserted("It costs 5\xa0%."))) == "<ins>It costs 5\xa0%.</ins>"


def test_a_line_break_that_changed_alone_is_shown_and_still_breaks():
    sign = '<span class="hidden-sign" title="line break">↵</span>\n'
    assert marked_body(change_of(deleted(" "), inserted("\n"))) == f"<del> </del><ins>{sign}</ins>"
    assert marked_body(change_of(inserted("\nNew line."))) == "<ins>\nNew line.</ins>"


def test_a_hidden_character_many_times_over_has_one_sign():
    page = marked_body(change_of(inserted("\u200b" * 200_000)))
    assert page.count("[U+200B]×200000") == 1
    assert len(page) < 200
    assert plain_edits(change_of(inserted("\t\t"))) == "{+[U+0009]×2+}"


def test_a_hidden_character_that_stood_is_left_alone():
    page = marked_body(change_of(Edit(EditKind.EQUAL, "a\u200bb"), inserted("c")))
    assert page == "a\u200bb<ins>c</ins>"


# Nothing runs, and nothing is lost

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</ins></del></div><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "&lt;b&gt;&#x3c;script>",
    "\u202e<script>\u200b</script>",
    "<!-- --><![CDATA[ ]]>",
]
TAGS = {
    *("section", "h3", "a", "p", "span", "div", "ul", "li", "ins", "del"),
    *("details", "summary"),
}
ATTRIBUTES = {
    *("class", "id", "href", "title", "dir", "lang", "aria-label"),
    *("data-opens", "data-closes", "data-stop"),
}


class Read(HTMLParser):
    """A piece of a page: its tags, attributes, and its text without those tags' elements."""

    def __init__(self, page, without=""):
        super().__init__()
        self.tags, self.names, self.without = set(), set(), without
        self.open, self.text = [], ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.names |= {name for name, _ in attributes}
        assert not any((value or "").startswith("javascript:") for _, value in attributes)
        self.open.append("sign" if ("class", "hidden-sign") in attributes else tag)

    def handle_endtag(self, tag):
        assert self.open.pop() in {tag, "sign"}

    def handle_data(self, data):
        if self.without not in self.open:
            self.text += unsigned(data) if self.open[-1:] == ["sign"] else data


def unsigned(sign):
    """The characters behind a sign; line breaks stand after theirs."""
    point, times = re.fullmatch(r"(?:\[U\+([0-9A-F]+)\]|↵)(?:×(\d+))?", sign).groups()
    return chr(int(point, 16)) * int(times or 1) if point else ""


def edited(payload):
    """The change of each mark with a payload in it, in every part of a clause."""
    body = f"<p>{escape(payload)} stays, and this too for a while.</p>"
    link = f'<p><a href="https://a.example/{escape(payload)}">{escape(payload)}</a></p>'
    table = "<table><tr><td>{}</td><td>{}</td></tr></table>"
    states = [
        clause(body=body),
        clause("2", payload[:9], payload, body),
        clause("3", "3", "Links", link),
        clause("4", "4", "Table", table.format(escape(payload), "one")),
    ]
    others = [
        clause(body=body.replace("too", escape(payload)), heading=f"Names {payload}"),
        clause("2", "7", f"{payload} x", f"<p>{escape(payload)}</p>"),
        clause("3", "8", "Links", link.replace("a.example", "b.example")),
        clause("4", "4", "Table", table.format(escape(payload), escape(payload))),
        clause(f"9{len(payload)}", payload, payload, body),
    ]
    return compare(states, others)


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("sides", [None, (1, 2)])
def test_a_payload_in_any_mark_is_text(payload, sides):
    redline = edited(payload)
    context = {"redline": redline, "sides": sides, "choices": True, "language": "en"}
    read = Read(render_to_string("documents/redline.html", context))
    assert read.tags <= TAGS
    assert read.names <= ATTRIBUTES
    marks = change_of(deleted(payload), inserted(payload), Edit(EditKind.INSERT, payload, True))
    for page in (marked_body(marks, spoken=True), replaced(payload, payload)):
        assert Read(page).tags <= {"ins", "del", "span"}


TEXTS = st.text(st.sampled_from("ab <>&'\"\n\t\xa0\u200b\u202e5."), max_size=30)


@given(st.lists(st.builds(Edit, st.sampled_from(EditKind), TEXTS, st.booleans()), max_size=6))
def test_a_page_without_its_insertions_is_the_old_text_and_without_deletions_the_new(edits):
    change = change_of(*edits)
    old = "".join(edit.text for edit in edits if edit.kind is not EditKind.INSERT)
    new = "".join(edit.text for edit in edits if edit.kind is not EditKind.DELETE)
    page = marked_words(change)
    assert Read(page, without="ins").text == Read(old_words(change)).text == old
    assert Read(page, without="del").text == Read(new_words(change)).text == new


# Links, cells, form

SITE = '<p>See <a href="https://{}.example/">{}</a> now.</p>'


def test_a_link_is_listed_with_where_it_led_and_where_it_leads():
    change = only_change(
        [clause(body=SITE.format("a", "ours"))], [clause(body=SITE.format("b", "ours"))]
    )
    assert link_changes(change) == [("ours", "https://a.example/", "https://b.example/")]
    page = render_to_string("documents/redline.html", {"redline": Redline((change,))})
    assert "Link on “ours”:" in page
    assert ">https://a.example/</del> → <ins" in page
    assert "See ours now." not in page


def test_a_link_that_went_or_came_is_listed_and_one_with_other_words_is_not():
    with_link, without = SITE.format("a", "ours"), "<p>See ours now.</p>"
    assert link_changes(only_change([clause(body=without)], [clause(body=with_link)])) == [
        ("ours", "", "https://a.example/")
    ]
    assert link_changes(only_change([clause(body=with_link)], [clause(body=without)])) == [
        ("ours", "https://a.example/", "")
    ]
    other = only_change([clause(body=with_link)], [clause(body=SITE.format("a", "theirs"))])
    assert link_changes(other) == []


def table(*rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


HEAD = ("Name", "Life")


def changed_table(old, new):
    return only_change([clause(body=table(*old))], [clause(body=table(*new))])


def test_a_changed_cell_is_listed_by_its_row_and_column():
    change = changed_table([HEAD, ("csrf", "1 day")], [HEAD, ("csrf", "2 days")])
    assert outcome_words(change) == "table cells changed"
    assert cell_changes(change) == [("csrf", "Life", "1 day", "2 days")]
    page = render_to_string("documents/redline.html", {"redline": Redline((change,))})
    assert "csrf · Life:" in page
    assert "csrf | " not in page


def test_an_unusual_blank_in_a_cell_is_spelled_out():
    assert "5[U+00A0]%" in re.sub("<[^>]+>", "", replaced("5 %", "5\xa0%"))


def test_a_row_whose_first_cell_changed_is_found_by_its_place():
    change = changed_table([HEAD, ("csrf", "1 day")], [HEAD, ("token", "1 day")])
    assert cell_changes(change) == [("token", "Name", "csrf", "token")]


@pytest.mark.parametrize(
    "new",
    [
        [HEAD, ("csrf", "1 day"), ("lang", "1 year")],
        [HEAD, ("csrf", "1 day", "x")],
        [("csrf", "2 days"), HEAD],
        [HEAD],
    ],
)
def test_tables_of_another_shape_or_order_are_shown_as_marked_text(new):
    change = changed_table([HEAD, ("csrf", "1 day")], new)
    assert cell_changes(change) == []
    page = render_to_string("documents/redline.html", {"redline": Redline((change,))})
    assert '<div class="words"' in page
    assert re.search("<ins|<del", page)


def test_a_change_of_form_says_that_it_is_no_more():
    change = only_change([clause()], [clause(body="<p>Kept for <em>two</em> years.</p>")])
    page = render_to_string("documents/redline.html", {"redline": Redline((change,))})
    assert "formatting changed" in page
    assert "Only the form differs" in page


# Arrangement


def renumbered(n, start=1):
    return [clause(f"k{at}", str(at + start), f"H{at}", f"<p>Body {at}</p>") for at in range(n)]


def test_clauses_with_another_number_alone_are_one_closed_list():
    new = [clause("x", "1", "First", "<p>Before all.</p>"), *renumbered(3, start=2)]
    redline = compare(renumbered(3), new)
    assert redline_summary(redline) == "1 clause added, 3 clauses renumbered"
    arrangement = arrange(redline)
    assert [entry.anchor for entry in arrangement.listed] == ["c-x"]
    assert [entry.anchor for entry in arrangement.renumbered] == ["c-k0", "c-k1", "c-k2"]
    page = render_to_string("documents/redline.html", {"redline": redline})
    assert page.count("<section") == 1
    assert '<details class="renumbered">' in page
    assert "3 clauses only have another number" in page


def test_each_change_knows_the_one_before_and_the_one_after():
    old = [clause(str(at), str(at), f"H{at}", f"<p>Body {at} stays.</p>") for at in range(3)]
    new = [clause(str(at), str(at), f"H{at}", f"<p>Body {at} goes.</p>") for at in range(3)]
    ways = [(e.previous, e.next) for e in arrange(compare(old, new)).stops]
    assert ways == [("", "c-1"), ("c-0", "c-2"), ("c-1", "")]


def test_a_filter_hides_changes_but_in_a_whole_text_it_only_passes_over_them():
    old = [clause(), clause("2", "2", "Form", "<p>Read this.</p>"), clause("3", "3", "Same")]
    new = [
        clause(body="<p>Not kept.</p>"),
        clause("2", "2", "Form", "<p>Read <em>this</em>.</p>"),
        clause("3", "3", "Same"),
    ]
    redline = compare(old, new)
    level = Significance.EDITORIAL
    kept = arrange(redline, level)
    assert [entry.anchor for entry in kept.listed] == ["c-2"]
    assert kept.hidden == 1
    assert sum(kept.levels.values()) == 2
    whole = arrange(redline, level, is_whole=True)
    assert [entry.anchor for entry in whole.listed] == ["c-1", "c-2", "c-3"]
    assert [entry.anchor for entry in whole.stops] == ["c-2"]
    assert all(entry.shows_words for entry in whole.listed)


def test_clauses_without_a_key_have_anchors_of_their_own():
    redline = compare([], [clause("", "1"), clause("", "2", "Other", "<p>Else.</p>")])
    assert len({entry.anchor for entry in arrange(redline).listed}) == 2


def test_two_redlines_on_a_page_have_anchors_of_their_own():
    redline = compare([], [clause()])
    anchors = {
        entry.anchor for prefix in ("", "b-") for entry in arrange(redline, prefix=prefix).listed
    }
    assert anchors == {"c-1", "b-c-1"}


def test_a_reference_that_follows_its_clause_has_the_level_that_the_review_shows():
    old = [clause("a", "1", "A", "<p>See section 2.</p>"), clause("b", "2", "B", "<p>We pay.</p>")]
    new = [clause("a", "1", "A", "<p>See section 3.</p>"), clause("x", "2", "X", "<p>New.</p>")]
    new.append(clause("b", "3", "B", "<p>We pay.</p>"))
    assert arrange(compare(old, new)).listed[0].level is Significance.EDITORIAL
