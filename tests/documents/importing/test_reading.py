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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_what_its_byte_order_mark_declares_is_decoded(encoding):
    source = "1. Café\r\nIt is 5 €."
    found = read_outline(source.encode(encoding), "a.txt")
    assert (found.clauses[0].heading, found.clauses[0].body) == ("Café", "<p>It is 5 €.</p>")
    assert found.source == ("1. Café", "It is 5 €.")


@pytest.mark.parametrize(
    ("data", "name", "error", "says"),
    [
        (b"x", "a.pdf", errors.UnknownFormat, "a.pdf: this kind of file cannot be imported"),
        (b"x", "", errors.UnknownFormat, "save it as .docx, .html, .md or .txt"),
        (b"", "a.txt", errors.EmptyFile, "holds no text"),
        (b" \n\t\n", "a.md", errors.EmptyFile, "holds no text"),
        (b"\xef\xbb\xbf", "a.md", errors.EmptyFile, "holds no text"),
        (b"x" * (MAX_BYTES + 1), "a.txt", errors.FileTooLarge, "the limit of 5242880"),
        (b"a\n" * MAX_LINES, "a.txt", errors.TooManyLines, "the limit of 20000"),
        (b"a\nb\0c", "a.txt", errors.NotText, "line 2 holds bytes that are no text (byte 3 "),
        (b"a\nb\xff", "a.md", errors.NotText, "line 2 holds bytes that are no text (byte 3 "),
        ("Café au lait".encode("cp1252"), "a.txt", errors.OtherEncoding, "saved as Windows-1252"),
        ("Policy".encode("utf-16-le"), "a.txt", errors.OtherEncoding, "saved as UTF-16"),
        (b"a\x81\xffb", "a.txt", errors.NotText, "save it as plain text in UTF-8"),
        (b"\xff\xfea", "a.txt", errors.NotText, "line 1 holds bytes that are no text"),
        (b"%PDF-1.7\n", "a.txt", errors.IsPdf, "a.txt: this is a PDF file"),
        (b"PK\x03\x04..word/document.xml", "a.md", errors.IsWord, "so that it ends in .docx"),
        (b"PK\x03\x04..x", "a.md", errors.IsArchive, "this is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", errors.IsOldOffice, "Save it from there"),
        (b"{\\rtf1 a}", "a.txt", errors.IsRichText, "this is an RTF file"),
        (
            b"PK\x03\x04.mimetypeapplication/vnd.oasis.opendocument.text",
            "a.txt",
            errors.IsOpenDocument,
            "this is an OpenDocument file",
        ),
        (b"\n<!DOCTYPE html><p>a", "a.txt", errors.IsPage, "so that it ends in .html"),
        (b"<html lang='en'>", "a.md", errors.IsPage, "this is a web page"),
        (b"[ " * 100_001, "a.md", errors.TooManyMarks, "the limit of 100000"),
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
    assert len(found.source) == 28


def test_copies_that_differ_are_refused():
    other = TEXT.replace("Ours", "Theirs")
    with pytest.raises(errors.CopiesDiffer) as raised:
        read_outline(f"{TEXT}\n{other}".encode(), "a.txt")
    places = {"copies": 2, "line": 4, "other_line": 9}
    shown = "4: Ours.\n9: Theirs."
    assert raised.value.data == {"name": "a.txt", **places, "shown": shown}
    assert str(raised.value).endswith(shown)
    assert raised.value.differences == (errors.Difference(4, 9),)


def test_every_difference_of_copies_is_named_and_a_line_more_shifts_none():
    lines = [f"This is the line {n} of it." for n in range(40)]
    other = [*lines[:5], "One more.", *lines[5:30], "Another.", *lines[31:]]
    with pytest.raises(errors.CopiesDiffer) as raised:
        read_outline("\n".join(lines + other).encode(), "a.txt")
    assert raised.value.differences == (errors.Difference(None, 46), errors.Difference(31, 72))


def test_the_copy_that_was_cut_is_the_one_that_is_named():
    with pytest.raises(errors.CopiesDiffer) as raised:
        read_outline(f"{TEXT}{TEXT}{TEXT.rpartition('Ours')[0]}".encode(), "a.txt")
    assert (raised.value.data["line"], raised.value.data["other_line"]) == (4, 11)


def test_no_more_differences_than_can_be_shown_are_kept():
    lines = [f"This is the line {n} of it." for n in range(80)]
    other = [f"{line} Now." if n % 3 == 1 else line for n, line in enumerate(lines)]
    with pytest.raises(errors.CopiesDiffer) as raised:
        read_outline("\n".join(lines + other).encode(), "a.txt")
    assert len(raised.value.differences) == 20


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
        ("[ ", 100_000, 5),
        ("[ ", MAX_BYTES, 5),
    ],
)
def test_hostile_files_take_no_longer_than_their_size(name, piece, size, seconds):
    source = (piece * (size // len(piece))).encode()
    start = time.process_time()
    outline_or_message(source, name)
    assert time.process_time() - start < seconds
