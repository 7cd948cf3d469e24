"""Tracked changes: before them, and with all accepted."""

import pytest

from .building import codes, level, numbering, outline, p, row, run, seen


def ins(inner):
    return f'<w:ins w:id="1" w:author="A">{inner}</w:ins>'


def gone(text):
    return f'<w:del w:id="2"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def move(kind, inner):
    start, end = f"<w:{kind}RangeStart/>", f"<w:{kind}RangeEnd/>"
    return f"{start}<w:{kind}>{inner}</w:{kind}>{end}"


INSERTED, DELETED = "<w:ins/>", "<w:del/>"
CASES = {
    "words": (
        [p(run("Pay ") + gone("now") + ins(run("later")) + run("."))],
        "<p>Pay now.</p>",
        "<p>Pay later.</p>",
    ),
    "moved words": (
        [p(run("A") + move("moveFrom", run("x"))), p(run("B") + move("moveTo", run("x")))],
        "<p>Ax</p><p>B</p>",
        "<p>A</p><p>Bx</p>",
    ),
    "words inserted, then deleted by another": (
        [p(run("A") + ins(run("b") + gone("c")))],
        "<p>A</p>",
        "<p>Ab</p>",
    ),
    "a paragraph inserted": (
        [p("A"), p(ins(run("new")), mark=INSERTED), p("B")],
        "<p>A</p><p>B</p>",
        "<p>A</p><p>new</p><p>B</p>",
    ),
    "a paragraph deleted": (
        [p("A"), p(gone("old"), mark=DELETED), p("B")],
        "<p>A</p><p>old</p><p>B</p>",
        "<p>A</p><p>B</p>",
    ),
    "a paragraph divided": (
        [p("One ", mark=INSERTED), p("two")],
        "<p>One two</p>",
        "<p>One</p><p>two</p>",
    ),
    "paragraphs joined": (
        [p("One ", mark=DELETED), p("two ", mark=DELETED), p("three")],
        "<p>One</p><p>two</p><p>three</p>",
        "<p>One two three</p>",
    ),
    "rows": (
        [f"<w:tbl>{row([p('a')], INSERTED)}{row([p('b')])}{row([p('c')], DELETED)}</w:tbl>"],
        "<table><tr><td>b</td></tr><tr><td>c</td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
    ),
    "a whole table inserted": (
        [p("A"), f"<w:tbl>{row([p(ins(run('a')), mark=INSERTED)], INSERTED)}</w:tbl>"],
        "<p>A</p>",
        "<p>A</p><table><tr><td>a</td></tr></table>",
    ),
    "looks": (
        [p('<w:r><w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'
           "<w:t>A</w:t></w:r>")],
        "<p><em>A</em></p>",
        "<p><strong>A</strong></p>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_changes_are_refused_or_accepted(case):
    body, before, after = case
    top = p("Scope", style="Heading1")
    for accepted, expected in ((False, before), (True, after)):
        found = outline(top, *body, accept_changes=accepted)
        assert seen(found) == [(1, "", "Scope", expected)]
        assert "tracked_changes" in codes(found)


def test_an_inserted_clause_takes_no_number_before_it_is_accepted():
    body = [p("A", num=(1, 0)), p(ins(run("New")), num=(1, 0), mark=INSERTED), p("B", num=(1, 0)),
            p("All of this applies.", num=(1, 1))]  # fmt: skip
    assert [c.number for c in outline(*body).clauses] == ["1", "2", "2.1"]
    accepted = outline(*body, accept_changes=True)
    assert [c.number for c in accepted.clauses] == ["1", "2", "3", "3.1"]


def test_a_changed_numbering_is_the_old_one_until_accepted():
    change = (
        '<w:pPrChange w:id="1"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:pPrChange>"
    )
    numbers = numbering({"0": level(0), "1": level(0, "upperLetter")}, {"1": "0", "2": "1"})
    body = [p("First of all.", num=(2, 0), properties=change), p("Second.", num=(1, 0))]
    assert outline(*body, numbers=numbers).source == ("1. First of all.", "2. Second.")
    accepted = outline(*body, numbers=numbers, accept_changes=True)
    assert accepted.source == ("A. First of all.", "1. Second.")


def test_changes_are_counted_where_they_stand():
    found = outline(p("A"), p(run("B") + ins(run("x"))), p("C"), p(gone("D") + run("E")))
    assert codes(found) == {"tracked_changes": ((2, 4), "2")}


def test_a_document_without_changes_has_no_finding():
    assert outline(p("A sentence.")).findings == ()
