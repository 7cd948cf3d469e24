"""The labels that Word prints, case by case."""

import pytest
from lxml import etree

from documents.importing.word.formats import letters, ordinal, roman
from documents.importing.word.numbering import read_numbering
from documents.importing.word.styles import read_styles

from .building import level, numbering, outline, p, style

LEGAL = "<w:isLgl/>"


def override(at, start=None, inner=""):
    starts = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{at}">{starts}{inner}</w:lvlOverride>'


def restart(after):
    return f'<w:lvlRestart w:val="{after}"/>'


CASES = {
    "counts on": (
        {"0": level(0)},
        {"1": "0"},
        [("1", 0), ("1", 0), ("1", 0)],
        ["1.", "2.", "3."],
    ),
    "restarts after a higher level": (
        {"0": level(0) + level(1, text="%1.%2")},
        {"1": "0"},
        [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)],
        ["1.", "1.1", "1.2", "2.", "2.1"],
    ),
    "two levels down restart together": (
        {"0": level(0) + level(1, text="%1.%2") + level(2, text="%1.%2.%3")},
        {"1": "0"},
        [("1", 0), ("1", 1), ("1", 2), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 2)],
        ["1.", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2.", "2.1.1"],
    ),
    "lists of one definition share their count": (
        {"0": level(0)},
        {"1": "0", "2": "0"},
        [("1", 0), ("2", 0), ("1", 0)],
        ["1.", "2.", "3."],
    ),
    "lists of two definitions do not": (
        {"0": level(0), "5": level(0, text="%1)")},
        {"1": "0", "2": "5"},
        [("1", 0), ("2", 0), ("1", 0)],
        ["1.", "1)", "2."],
    ),
    "startOverride restarts once": (
        {"0": level(0)},
        {"1": "0", "2": ("0", override(0, 1))},
        [("1", 0), ("1", 0), ("2", 0), ("2", 0), ("1", 0)],
        ["1.", "2.", "1.", "2.", "3."],
    ),
    "startOverride may start later": (
        {"0": level(0)},
        {"2": ("0", override(0, 7))},
        [("2", 0), ("2", 0)],
        ["7.", "8."],
    ),
    "an override may change how a level prints": (
        {"0": level(0)},
        {"1": "0", "2": ("0", override(0, 1, level(0, "upperRoman", "%1)")))},
        [("1", 0), ("2", 0), ("2", 0)],
        ["1.", "I)", "II)"],
    ),
    "lvlRestart 0 never restarts": (
        {"0": level(0) + level(1, text="%1.%2", more=restart(0))},
        {"1": "0"},
        [("1", 0), ("1", 1), ("1", 0), ("1", 1)],
        ["1.", "1.1", "2.", "2.2"],
    ),
    "lvlRestart 1 restarts after the outermost only": (
        {"0": level(0) + level(1, text="%1.%2") + level(2, "lowerLetter", "(%3)", more=restart(1))},
        {"1": "0"},
        [("1", 0), ("1", 1), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 2)],
        ["1.", "1.1", "(a)", "1.2", "(b)", "2.", "(a)"],
    ),
    "isLgl prints outer numbers in digits": (
        {"0": level(0, "upperRoman", "Article %1") + level(1, text="%1.%2", more=LEGAL)},
        {"1": "0"},
        [("1", 0), ("1", 0), ("1", 1)],
        ["Article I", "Article II", "2.1"],
    ),
    "without isLgl they print as they are": (
        {"0": level(0, "upperRoman") + level(1, text="%1.%2")},
        {"1": "0"},
        [("1", 0), ("1", 1)],
        ["I.", "I.1"],
    ),
    "an outer level not yet used counts as begun": (
        {"0": level(0) + level(1, text="%1.%2")},
        {"1": "0"},
        [("1", 1), ("1", 1), ("1", 0)],
        ["1.1", "1.2", "1."],
    ),
    "a bullet among outer levels prints nothing": (
        {"0": level(0) + level(1, "bullet", "-") + level(2, text="%1.%2%3")},
        {"1": "0"},
        [("1", 0), ("1", 1), ("1", 2)],
        ["1.", "", "1.1"],
    ),
    "a start of its own": ({"0": level(0, start=4)}, {"1": "0"}, [("1", 0)] * 2, ["4.", "5."]),
    "no format": ({"0": level(0, "none", "Note:")}, {"1": "0"}, [("1", 0)], ["Note:"]),
    "leading zero": (
        {"0": level(0, "decimalZero", start=9)},
        {"1": "0"},
        [("1", 0), ("1", 0)],
        ["09.", "10."],
    ),
    "an unknown format is decimal": ({"0": level(0, "chicago")}, {"1": "0"}, [("1", 0)], ["1."]),
    "no such list": ({"0": level(0)}, {"1": "0"}, [("8", 0), ("1", 5), ("0", 0)], [None] * 3),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_labels_are_those_of_word(case):
    definitions, lists, places, expected = case
    counter = read_numbering(etree.fromstring(numbering(definitions, lists)), read_styles(None))
    labels = [counter.label(*place) for place in places]
    assert [label.text if label else None for label in labels] == expected


@pytest.mark.parametrize(
    ("number", "letter", "numeral", "first"),
    [
        (1, "a", "i", "1st"),
        (2, "b", "ii", "2nd"),
        (4, "d", "iv", "4th"),
        (11, "k", "xi", "11th"),
        (23, "w", "xxiii", "23rd"),
        (26, "z", "xxvi", "26th"),
        (27, "aa", "xxvii", "27th"),
        (28, "bb", "xxviii", "28th"),
        (53, "aaa", "liii", "53rd"),
        (99, "uuuu", "xcix", "99th"),
        (1994, "1994", "mcmxciv", "1994th"),
    ],
)
def test_numbers_print_in_letters_and_numerals(number, letter, numeral, first):
    assert (letters(number), roman(number), ordinal(number)) == (letter, numeral, first)


def test_huge_numbers_print_in_digits():
    assert roman(10**9) == letters(10**9) == str(10**9)


def test_a_definition_may_be_that_of_a_numbering_style():
    numbers = numbering(
        {"0": '<w:numStyleLink w:val="Legal"/>', "1": level(0) + level(1, text="%1.%2")},
        {"1": "0", "2": "1"},
    )
    legal = style("Legal", type="numbering", properties='<w:numPr><w:numId w:val="2"/></w:numPr>')
    found = outline(
        p("Scope", num=(1, 0)),
        p("It applies to you.", num=(2, 1)),
        styles=legal,
        numbers=numbers,
    )
    assert [c.number for c in found.clauses] == ["1", "1.1"]


STYLED = numbering(
    {
        "0": level(0, more='<w:pStyle w:val="L1"/>')
        + level(1, text="%1.%2", more='<w:pStyle w:val="L2"/>')
    },
    {"1": "0"},
)
LIST = '<w:numPr><w:numId w:val="1"/></w:numPr>'


def test_a_style_numbers_its_paragraphs_on_the_level_that_names_it():
    styles = style("L1", properties=LIST) + style("L2", properties=LIST)
    found = outline(
        p("Scope", style="L1"), p("It applies.", style="L2"), p("To all.", style="L2"),
        styles=styles, numbers=STYLED,
    )  # fmt: skip
    assert [(c.level, c.number) for c in found.clauses] == [(1, "1"), (2, "1.1"), (2, "1.2")]


def test_a_style_inherits_the_number_of_the_one_it_builds_on():
    styles = style("L1", properties=LIST) + style("L2", properties=LIST)
    styles += style("Mine", based_on="L2")
    found = outline(
        p("Scope", style="L1"), p("It applies.", style="Mine"), styles=styles, numbers=STYLED
    )
    assert [c.number for c in found.clauses] == ["1", "1.1"]


def test_list_zero_takes_the_number_of_a_style_away():
    styles = style("L1", properties=LIST) + style("L2", properties=LIST)
    found = outline(
        p("Scope", style="L1"), p("It applies.", style="L2"),
        p("A remark.", style="L2", num=(0, 0)), p("To all.", style="L2"),
        styles=styles, numbers=STYLED,
    )  # fmt: skip
    assert [(c.number, c.body) for c in found.clauses][1:] == [
        ("1.1", "<p>It applies.</p><p>A remark.</p>"),
        ("1.2", "<p>To all.</p>"),
    ]


def test_styles_that_build_on_one_another_in_a_circle_end():
    styles = style("A", based_on="B") + style("B", based_on="A")
    assert outline(p("Hello there.", style="A"), styles=styles).clauses
