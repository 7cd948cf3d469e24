"""Files that are no Word documents, damaged ones and hostile ones: refused, and quickly."""

import time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from documents.importing import errors
from documents.importing.word import read_word
from documents.importing.word.package import MAX_BYTES, MAX_ENTRIES, MAX_XML

from .building import SPACES, docx, p, zipped

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DOCUMENT = "word/document.xml"
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


def nested(depth):
    return "<w:tbl><w:tr><w:tc>" * depth + p("x") + "</w:tc></w:tr></w:tbl>" * depth


def truncated(data):
    return data[: len(data) // 2]


def with_bad_checksum():
    data = bytearray(zipped({DOCUMENT: "x" * 20_000}))
    at = data.index(b"document.xml") + 20
    data[at] ^= 0xFF
    return bytes(data)


def with_two_documents():
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr(DOCUMENT, "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(DOCUMENT, "<b/>")
    return data.getvalue()


def packed_otherwise():
    data = BytesIO()
    with ZipFile(data, "w", ZIP_BZIP2) as archive:
        archive.writestr(DOCUMENT, "<a/>")
    return data.getvalue()


def with_password():
    data = bytearray(docx(p("x")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def bomb(name, size):
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive, archive.open(name, "w") as entry:
        for _ in range(size // 2**20):
            entry.write(b" " * 2**20)
    return data.getvalue()


def lying_bomb():
    """Declares one byte where much more comes out."""
    data = bytearray(bomb(DOCUMENT, MAX_XML + 2**20))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(data)


CASES = {
    "nothing": (lambda: b"", errors.EmptyFile, "holds no text"),
    "a PDF": (lambda: b"%PDF-1.7 ...", errors.IsPdf, "PDF"),
    "an old Word file": (lambda: OLD, errors.IsOldOffice, "Save it from there as .docx"),
    "one that needs a password": (
        lambda: OLD + "EncryptedPackage".encode("utf-16-le"),
        errors.ProtectedFile,
        "take the password off",
    ),
    "a rich text file": (lambda: b"{\\rtf1 x}", errors.IsRichText, "RTF"),
    "a page": (lambda: b"\xef\xbb\xbf \n<html><body>x", errors.IsPage, "web page"),
    "plain text": (lambda: b"1. Scope", errors.NotWordDocument, "but plain text"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0", errors.NotWordDocument, "but a picture"),
    "something": (lambda: b"\x01\x02\x03", errors.NotWordDocument, "a file of another kind"),
    "a spreadsheet": (lambda: zipped({"xl/workbook.xml": "<a/>"}), errors.NotWordDocument,
                      "a spreadsheet"),
    "a presentation": (lambda: zipped({"ppt/presentation.xml": "<a/>"}), errors.NotWordDocument,
                       "a presentation"),
    "an OpenDocument file": (lambda: zipped({"mimetype": "x", "content.xml": "<a/>"}),
                             errors.IsOpenDocument, "OpenDocument"),
    "an archive": (lambda: zipped({"a.txt": "x"}), errors.IsArchive, "ZIP"),
    "macros": (lambda: docx(p("x"), parts={"word/vbaProject.bin": b"x"}), errors.HoldsMacros,
               "without macros (.docx)"),
    "a macro type": (lambda: docx(p("x"), types="application/vnd.ms-word.document.macroEnabled."),
                     errors.HoldsMacros, "macros"),
    "half a file": (lambda: truncated(docx(p("x" * 5_000))), errors.DamagedFile, "damaged"),
    "a bad checksum": (with_bad_checksum, errors.DamagedFile, "damaged"),
    "two equal names": (with_two_documents, errors.DamagedFile, "damaged"),
    "another packing": (packed_otherwise, errors.DamagedFile, "damaged"),
    "encrypted entries": (with_password, errors.ProtectedFile, "password"),
    "broken XML": (lambda: docx("<w:p>"), errors.DamagedFile, "damaged (word/document.xml)"),
    "empty XML": (lambda: docx(p("x"), numbers=""), errors.DamagedFile, "(word/numbering.xml)"),
    "entities": (lambda: zipped({DOCUMENT: LAUGHS}), errors.HoldsDefinitions, "DTD"),
    "entities from outside": (lambda: zipped({DOCUMENT: OUTSIDE}), errors.HoldsDefinitions, "DTD"),
    "entities in UTF-16": (lambda: zipped({DOCUMENT: LAUGHS.encode("utf-16")}),
                           errors.HoldsDefinitions, "DTD"),
    "a bomb": (lambda: bomb(DOCUMENT, 2 * MAX_XML), errors.UnpacksTooLarge, "16777216 bytes"),
    "a larger bomb": (lambda: bomb("word/media/a.bmp", 101 * 2**20), errors.UnpacksTooLarge,
                      "104857600 bytes"),
    "a lying bomb": (lying_bomb, errors.DamagedFile, "damaged"),
    "too many entries": (lambda: zipped({f"{n}.xml": "" for n in range(MAX_ENTRIES + 1)}),
                         errors.UnpacksTooLarge, "2000 parts"),
    "a large file": (lambda: b"PK\x03\x04" + b"\0" * MAX_BYTES, errors.FileTooLarge, "limit"),
    "deep tables": (lambda: docx(nested(80)), errors.NestedTooDeep, "too deep"),
    "tables as deep as may be": (lambda: docx(nested(30)), errors.NestedTooDeep, "too deep"),
    "no words": (lambda: docx(p(), p()), errors.EmptyFile, "holds no text"),
    "pictures only": (
        lambda: docx(p('<w:r><w:drawing><wp:inline><wp:docPr descr="a page"/><a:blip/></wp:inline>'
                       "</w:drawing></w:r>")),
        errors.OnlyImages, "pictures"),
    "too many paragraphs": (lambda: docx("<w:p/>" * 20_001), errors.TooManyLines, "20000"),
    "too many elements": (lambda: docx("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 300_001 + "</w:p>"),
                          errors.UnpacksTooLarge, "600000 elements"),
    "too many elements that matter": (
        lambda: docx(f"<w:p>{'<w:r><w:t>x</w:t></w:r><w:r><w:dayLong/></w:r>' * 60_000}</w:p>"),
        errors.UnpacksTooLarge, "80000 elements"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_cannot_be_read_is_refused_with_advice(case):
    build, error, says = case
    data = build()
    before = time.process_time()
    with pytest.raises(errors.UnreadableFile) as raised:
        read_word(data)
    assert raised.type is error
    raised.value.data["name"] = "a.docx"
    assert str(raised.value).startswith("a.docx: ")
    assert says in str(raised.value)
    assert time.process_time() - before < 10  # of the processor: a hang, not a figure


def test_tables_in_tables_are_read():
    assert read_word(docx(p("Hello."), nested(12))).clauses[0].body.count("<table>") == 12


def test_the_strict_format_is_read():
    data = docx(p("Scope", style="Heading1", num=(1, 0)), p("All of it.", num=(1, 1)))
    strict = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            strict[name] = (
                archive.read(name)
                .replace(b"schemas.openxmlformats.org/wordprocessingml/2006/main",
                         b"purl.oclc.org/ooxml/wordprocessingml/main")
                .replace(b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                         b"purl.oclc.org/ooxml/officeDocument/relationships")
            )  # fmt: skip
    assert b"purl.oclc.org" in strict[DOCUMENT]
    assert read_word(zipped(strict)) == read_word(data)


def test_a_document_may_lie_elsewhere_in_the_archive():
    with ZipFile(BytesIO(docx(p("Hello there.")))) as archive:
        moved = {
            name.replace("word/document", "word/document2"): archive.read(name).replace(
                b"word/document.xml", b"word/document2.xml"
            )
            for name in archive.namelist()
        }
    assert read_word(zipped(moved)).clauses[0].body == "<p>Hello there.</p>"
