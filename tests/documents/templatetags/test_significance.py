"""Reasons and tags in words."""

import pytest

from documents.comparison import Reason
from documents.comparison.significance import REASONS, TAGS
from documents.templatetags.significance import REASON_WORDS, TAG_WORDS, reason_words, tag_words


def test_every_reason_and_tag_has_words():
    assert set(REASON_WORDS) == set(REASONS)
    assert set(TAG_WORDS) == set(TAGS)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("may", "must", "what must or may be done changes (“may” → “must”)"),
        ("", "must", "what must or may be done changes (new: “must”)"),
        ("may", "", "what must or may be done changes (out: “may”)"),
        ("", "", "what must or may be done changes"),
    ],
)
def test_a_reason_quotes_the_words_that_tell(old, new, words):
    assert reason_words(Reason("obligation", old, new)) == words


def test_tags_are_listed():
    assert tag_words(("retention", "price")) == "how long data is kept, prices and payment"
