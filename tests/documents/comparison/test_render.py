"""A redline as plain text."""

from documents.comparison import compare
from documents.comparison.render import plain_text

from .clauses import clause


def test_redline_reads_as_plain_text():
    old = [clause("a", "You pay 30.", heading="Fees", number="1"), clause("b", "Gone.")]
    new = [clause("a", "You pay 40.", heading="Fees", number="2"), clause("c", "More.", number="3")]
    assert plain_text(compare(old, new)).split("\n") == [
        "1 -> 2 (changed, renumbered)",
        "Fees",
        "You pay [-30-]{+40+}.",
        "",
        "(removed)",
        "[-Gone.-]",
        "",
        "3 (added)",
        "{+More.+}",
    ]


def test_equal_texts_read_as_nothing():
    assert plain_text(compare([clause("a", "x")], [clause("a", "x")])) == ""
