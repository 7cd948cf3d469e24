"""Saved pages as bytes: their encoding, pages saved in one file, and hostile ones."""

import time
from contextlib import suppress
from email.message import EmailMessage

import pytest

from documents.importing import errors
from documents.importing.decoding import MAX_BYTES
from documents.importing.errors import UnreadableFile
from documents.importing.pages import read_html, read_mhtml
from documents.markup import MarkupTooLong, canonical

PAGE = "<html><head>{}</head><body><h1>Règles</h1><h2>Portée</h2><p>Tout – à “vous”.</p></body>"


def heading(found):
    return found.title, found.clauses[0].heading, found.clauses[0].body


READ = ("Règles", "Portée", "<p>Tout – à “vous”.</p>")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=iso-8859-1>", "utf-8-sig"),
        ("<meta charset='latin1'>", "windows-1252"),
        ('<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        ("<meta charset=windows-1252>", "cp1252"),
        ("<meta charset=macintosh>", "macintosh"),
        ("<meta charset=utf-16>", "utf-8"),
        ("", "utf-16"),
        ("<meta charset=gb2312>", "gb18030"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(head, encoding):
    assert heading(read_html(PAGE.format(head).encode(encoding))) == READ


@pytest.mark.parametrize(
    ("data", "encoding", "line"),
    [
        (PAGE.format("\n").encode("cp1252"), "utf-8", 2),
        (PAGE.format("<meta charset=cp1252>").encode("utf-8") + b"\x81", "windows-1252", 1),
        (b"<meta charset=koi8-x><p>a", "koi8-x", 1),
        (b"<meta charset=punycode><p>a", "punycode", 1),
        ("<p>\na".encode("utf-16-le"), "utf-8", 1),
    ],
)
def test_bytes_that_are_not_in_it_are_refused(data, encoding, line):
    with pytest.raises(errors.WrongEncoding, match="copy the text and paste that") as raised:
        read_html(data)
    assert raised.value.data["encoding"] == encoding
    assert raised.value.data["line"] == line


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b" \n", errors.EmptyFile),
        (b"\xef\xbb\xbf", errors.EmptyFile),
        (b"a" * (MAX_BYTES + 1), errors.FileTooLarge),
        (b"%PDF-1.7 ...", errors.IsPdf),
    ],
)
def test_a_file_that_holds_no_page_is_refused(data, error):
    with pytest.raises(error):
        read_html(data)


def test_a_saved_page_that_is_too_large_is_refused():
    with pytest.raises(errors.FileTooLarge):
        read_mhtml(b"a" * (MAX_BYTES + 1))


def saved(content, charset, transfer="quoted-printable"):
    message = EmailMessage()
    message["Subject"] = "Règles"
    message["MIME-Version"] = "1.0"
    message.set_content("The page follows.")
    message.add_related(
        content.encode(charset), "text", "html", cte=transfer, params={"charset": charset}
    )
    (page,) = (part for part in message.walk() if part.get_content_type() == "text/html")
    page["Content-Location"] = "https://a.example/legal/terms"
    message.add_related(b"\x89PNG", "image", "png")
    return bytes(message)


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_saved_in_one_file_is_read(charset, transfer):
    assert heading(read_mhtml(saved(PAGE.format(""), charset, transfer))) == READ


def test_a_page_as_a_browser_saves_it_is_read():
    found = read_mhtml(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/x\r\n"
        b"Subject: =?utf-8?Q?R=C3=A8gles?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--a--1--"\r\n\r\n'
        b"\r\n----a--1--\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/x\r\n"
        b'\r\n<h1>R=C3=A8gles</h1><h2>Port=C3=A9e</h2><p>Tout =E2=80=93 =C3=A0 =\r\n<a href=3D"y">'
        b"lui</a>.\r\n----a--1--\r\nContent-Type: text/css\r\n\r\np {}\r\n----a--1----\r\n"
    )
    assert heading(found) == (
        "R\u00e8gles",
        "Port\u00e9e",
        '<p>Tout \u2013 \u00e0 <a href="https://a.example/y">lui</a>.</p>',
    )


def test_the_address_of_a_page_saved_in_one_file_completes_its_links():
    markup = "<h1>Terms</h1><h2>A</h2><p><a href=privacy>b</a></p>"
    (clause,) = read_mhtml(saved(markup, "utf-8")).clauses
    assert clause.body == '<p><a href="https://a.example/legal/privacy">b</a></p>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"From: a\n\nNo page.",
        b"<html><p>A page, but not saved in one file.",
        b"\x00\xff" * 99,
        b"MIME-Version: 1.0\nContent-Type: a/b; charset*=utf-8''%ff; charset*0=x\n\n",
    ],
)
def test_a_file_without_a_page_in_it_says_how_to_save_one(data):
    with pytest.raises(errors.NotSavedPage, match="save it again, in one file"):
        read_mhtml(data)


def test_parts_inside_one_another_without_end_are_refused():
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(20_000)
    )
    started = time.process_time()
    with pytest.raises(errors.NotSavedPage):
        read_mhtml(parts)
    assert time.process_time() - started < 5


def test_a_page_too_deep_or_too_large_to_read_says_what_to_do():
    for markup in (b"<div>" * 3_000 + b"a", b"<br>" * 60_001):
        with pytest.raises(errors.PageTooComplex, match="copy the text of the policy"):
            read_html(markup)


def test_no_entity_reads_a_file():
    found = read_html(
        b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><h1>T</h1><p>&a; b"
    )
    assert found.source[-1] == "&a; b"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "deep" + "</div>" * 100_000,
        "<div>" * 2_000 + "deep" + "<p>a</p>" * 15_000,
        "<p>" + "word " * 1_000_000,
        "<p>a<b>b</b></p>" * 14_000,
        "<p>a</p>" * 29_000,
        "<b>" * 1_700_000,
        "<" * 5_000_000,
        "<ul><li>a" * 990,
        "<ol type=a><li>" * 990 + "<h2>a</h2>",
        "a<br>" * 59_000,
        "<b><i><a href=a>" * 600 + "a<u></u>" * 28_000,
        "<pre>" + "\n" * 5_000_000,
        "<pre>" + "a\n\n" * 1_700_000,
        "<p>a" + "&#x301;" * 700_000,
        "<div class=consent>" * 1_000 + "<button>a</button>" * 19_000,
        "<title>" + "a - " * 1_000_000 + "</title><p>Hello.",
        "<p class='" + "a-b " * 1_200_000 + "'>a",
        "<ol style='" + "list-style:" * 400_000 + "'><li>a",
        "<table><tr><td>" * 600 + "a",
        "<p><b>a</b></p><p>b</p>" * 9_000,
        "<title>a" + "&#x301;" * 700_000 + "</title><p>Hello.",
        "<a href='" + "x" * 4_000_000 + "'>" + "a<u></u>" * 29_000,
        "<p style='mso-list:l0 level9'><span style='mso-list:ignore'>o</span>a</p>" * 14_000,
    ],
    ids=range(23),
)
def test_a_hostile_page_is_answered_in_time(markup):
    started = time.process_time()
    with suppress(UnreadableFile, MarkupTooLong):
        for clause in read_html(markup.encode()[:MAX_BYTES]).clauses:
            canonical(clause.body)
    assert time.process_time() - started < 5
