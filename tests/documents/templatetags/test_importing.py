"""What an import came upon, in words."""

from documents.importing.lints import CODES
from documents.importing.outline import Finding
from documents.templatetags.importing import CODE_WORDS, finding_words


def test_every_code_has_words_and_no_other_has():
    assert {*CODE_WORDS} == {*CODES}


def test_the_words_in_question_are_named():
    words = "A number is left out before this clause: 4"
    assert finding_words(Finding("number_gap", (1, 1), "4")) == words
    assert finding_words(Finding("images", (1, 1))) == "The file holds images; they are left out"
