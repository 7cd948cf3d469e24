"""Edits as plain text."""

from documents.comparison import compare
from documents.comparison.render import marked

from .clauses import clause


def test_edits_read_as_plain_text():
    old, new = [clause("a", "You pay 30.", heading="Fees")], [clause("a", "You pay 40.")]
    change = compare(old, new).changes[0]
    assert marked(change.edits) == "[-Fees\n-]You pay [-30-]{+40+}."


def test_equal_texts_carry_no_marks():
    change = compare([clause("a", "x")], [clause("a", "x")]).changes[0]
    assert marked(change.edits) == "x"
