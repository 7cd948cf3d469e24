"""The rank of each heading, and tables that scroll."""

from types import SimpleNamespace

import pytest

from documents.templatetags.clauses import ranked, readable


def place(level, heading="Heading"):
    return SimpleNamespace(level=level, text=SimpleNamespace(heading=heading))


@pytest.mark.parametrize(
    ("levels", "ranks"),
    [
        ([1, 2, 3, 1], [2, 3, 4, 2]),
        ([2, 2, 1, 2], [2, 2, 2, 3]),
        ([1, 3, 3, 2], [2, 3, 3, 3]),
        ([1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 6, 6]),
        ([], []),
    ],
)
def test_ranks_follow_the_outline_and_skip_nothing(levels, ranks):
    assert [rank for _, rank in ranked(map(place, levels))] == ranks


def test_a_clause_without_heading_raises_no_rank_below_it():
    places = [place(1, ""), place(2), place(1), place(2, ""), place(3)]
    assert [rank for _, rank in ranked(places) if _.text.heading] == [2, 2, 3]


def test_a_table_stands_in_a_box_and_other_text_as_it_is():
    table = "<table><tr><td>a</td></tr></table>"
    html = readable(f"<p>&lt;table&gt;</p>{table}")
    assert html.startswith("<p>&lt;table&gt;</p><div ")
    assert html.endswith(f"{table}</div>")
    assert html.count("<div") == 1
