"""The door: formats, limits, repeated text, and that nothing else ever comes out of it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.importing import errors
from documents.importing.decoding import MAX_BYTES, MAX_LINES
from documents.importing.errors import UnreadableFile
from documents.importing.outline import MAX_HEADING, MAX_LEVEL, Outline
from documents.importing.reading import MAX_CLAUSES, read_outline
from documents.markup import canonical

TEXT = "1. Scope\nAll of it applies.\n2. Law\nOurs.\n"


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.md", "a.b.markdown"])
def test_known_formats_are_read(name):
    assert read_outline(b"Hello there, reader.", name).clauses[0].body == (
        "<p>Hello there, reader.</p>"
    )


def test_a_byte_order_mark_and_any_line_end_are_read():
    plain = read_outline(TEXT.encode(), "a.txt")
    assert read_outline(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), "a.txt") == plain
    assert read_outline(TEXT.replace("\n", "\r").encode(), "a.txt") == plain


@pytest.mark.parametrize(
    ("data", "name", "error", "says"),
    [
        (b"x", "a.docx", errors.UnknownFormat, "a.docx: this kind of file cannot be imported yet"),
        (b"x", "", errors.UnknownFormat, "save it as .txt or .md"),
        (b"", "a.txt", errors.EmptyFile, "holds no text"),
        (b" \n\t\n", "a.md", errors.EmptyFile, "holds no text"),
        (b"\xef\xbb\xbf", "a.md", errors.EmptyFile, "holds no text"),
        (b"x" * (MAX_BYTES + 1), "a.txt", errors.FileTooLarge, "the limit of 5242880"),
        (b"a\n" * MAX_LINES, "a.txt", errors.TooManyLines, "the limit of 20000"),
        (b"a\nb\0c", "a.txt", errors.NotText, "line 2 holds bytes that are no text (byte 3 "),
        (b"a\nb\xff", "a.md", errors.NotText, "line 2 holds bytes that are no text (byte 3 "),
        ("Policy".encode("utf-16"), "a.txt", errors.NotText, "save it as plain text in UTF-8"),
        (b"Privacy policy", "a.txt", errors.NoClauses, "no clause was found"),
        (b"# Privacy policy", "a.md", errors.NoClauses, "no clause was found"),
        (b"-----\n", "a.txt", errors.NoClauses, "no clause was found"),
        (b"a\n\n" + b"word " * 300_000, "a.md", errors.ClauseTooLong, "the clause at line 1 "),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(data, name, error, says):
    with pytest.raises(error) as raised:
        read_outline(data, name)
    assert says in str(raised.value)
    assert raised.value.data["name"] == name


def test_too_many_clauses_are_refused():
    source = "\n".join(f"{n % 999}. Part {n}\nText {n}." for n in range(MAX_CLAUSES + 1))
    with pytest.raises(errors.TooManyClauses):
        read_outline(source.encode(), "a.txt")


def test_too_many_open_tags_are_refused():
    with pytest.raises(errors.NestedTooDeep):
        read_outline(b"<div>\n" * 5_000 + b"x", "a.md")


def test_a_pile_of_combining_marks_is_refused():
    with pytest.raises(errors.NotText):
        read_outline(("a" + "\u0300\u0316" * 100_000).encode(), "a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_equal_copies_are_read_once(name):
    once = "\n".join(f"{'##' if name == 'a.md' else '1.'} Part {n}\nText {n}.\n" for n in "ABC")
    found = read_outline(f"{once}\n\n{once}  \n{once}".encode(), name)
    assert len(found.clauses) == 3
    assert found.copies == ((1, 8), (11, 18), (20, 27))


def test_copies_that_differ_are_refused():
    other = TEXT.replace("Ours", "Theirs")
    with pytest.raises(errors.CopiesDiffer) as raised:
        read_outline(f"{TEXT}\n{other}".encode(), "a.txt")
    assert raised.value.data == {"name": "a.txt", "copies": 2, "line": 4, "other_line": 9}


def test_a_cut_copy_differs():
    with pytest.raises(errors.CopiesDiffer):
        read_outline(f"{TEXT}\n{TEXT.rpartition('Ours')[0]}".encode(), "a.txt")


def test_a_page_header_makes_no_copies():
    source = "Acme\nOne is this.\nTwo is this.\nAcme\nThree is this.\nFour is this.\n"
    assert read_outline(source.encode(), "a.txt").copies == ()


FRAGMENTS = st.sampled_from(
    ["1. ", "2.1 ", "A. ", "# ", "## ", "- ", "  • ", "    ", "  1. ", "> ", "\n", "\n\n", "\n\n\n",
     "Privacy Policy", "What is it? ", "lower ", "PURPOSE processes", "July 1, 2020", "updated ",
     "---", "title: x", ":", ".", "<b>", "<!--", "<script>", "</", "&#13;", "|", "[a]: b", "[x](y)",
     "![i](j)", "`", "```", "\t", "\r", "\x0b", "\u2028", "\u00a0", "e\u0301", "\ufeff", "İ", "²"]
)  # fmt: skip
SOURCES = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)).map(
    lambda text: text.encode("utf-8", "replace")
)


@given(st.one_of(SOURCES, st.binary()), st.sampled_from(["a.txt", "a.md", "a.markdown", "a", ""]))
@settings(deadline=None, max_examples=500)
def test_any_bytes_give_an_outline_or_an_error_that_explains(data, name):
    result = outline_or_message(data, name)
    if isinstance(result, Outline):
        assert_sound(result)
    else:
        assert result.startswith(f"{name}: ")


def outline_or_message(data, name):
    try:
        return read_outline(data, name)
    except UnreadableFile as error:
        return str(error)


def assert_sound(found):
    assert found.clauses
    for before, after in pairwise(found.clauses):
        assert before.lines[1] <= after.lines[0]
    for clause in found.clauses:
        assert 1 <= clause.level <= MAX_LEVEL
        assert clause.lines[0] <= clause.lines[1]
        assert clause.heading or clause.body
        assert clause.body == canonical(clause.body)
        assert len(clause.heading) <= MAX_HEADING
        assert len(clause.heading.splitlines()) <= 1


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    ("piece", "size", "seconds"),
    [
        ("1.1.1.", 1 << 20, 3),
        ("1.1.1.\n", 7 * MAX_LINES - 7, 3),
        ("word ", MAX_BYTES, 5),
        ("w", MAX_BYTES, 5),
        ("Why? ", MAX_BYTES, 5),
        ("1. CAPITALS ", MAX_BYTES, 5),
        ("# a\n", 4 * MAX_LINES - 4, 5),
        ("- a\n", 4 * MAX_LINES - 4, 5),
        ("<!-- a ", MAX_BYTES, 5),
    ],
)
def test_hostile_files_take_no_longer_than_their_size(name, piece, size, seconds):
    source = (piece * (size // len(piece))).encode()
    start = time.process_time()
    outline_or_message(source, name)
    assert time.process_time() - start < seconds
