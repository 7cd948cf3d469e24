"""Clauses to compare, and the strategies that make any."""

from html import escape

from hypothesis import strategies as st

from documents.comparison import ClauseState
from documents.markup import canonical


def clause(key, body="", *, heading="", number="", level=1):
    """A clause whose body is one paragraph of plain text for each line."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in body.splitlines())
    return ClauseState(key, level, number, heading, canonical(paragraphs))


characters = st.characters(exclude_categories=["Cs"])
few_words = st.lists(
    st.sampled_from(["we", "may", "not", "pay", "30", "days", ".", ",", " ", "\n", "’s"]),
    max_size=40,
).map("".join)
any_text = few_words | st.text(characters, max_size=60) | st.text(max_size=20)
any_clause = st.builds(
    clause,
    st.sampled_from("abcdefgh"),
    any_text,
    heading=few_words | any_text,
    number=st.sampled_from(["", "1", "2", "A"]),
    level=st.integers(1, 3),
)
any_clauses = st.lists(any_clause, max_size=8, unique_by=lambda one: one.key)
