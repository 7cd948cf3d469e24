"""A certificate on paper: what somebody wrote is shown, never carried out."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
import typst

from notifications.certificates import paper
from notifications.certificates.blocks import (
    Attached,
    Fact,
    Facts,
    Quote,
    Row,
    Said,
    Section,
    Sheet,
    Table,
)

MADE_AT = datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC)
HOSTILE = (
    '#panic("run") #eval("1+1") #sys.inputs.sheet $x^2$ `raw` [b] @ref <label> \\u{41} *s* _e_ '
    "= h // c /* d */ ~ -- --- ... 'q' \"q\" {+a+} [-b-] & % \\"
)
# Words that typst would have made of it.
CARRIED_OUT = ("#panic", "#eval", "$x^2$", "`raw`", "@ref", "<label>", "\\u{41}", "*s*", "// c")


def sheet_of(text, title="", **values):
    """A sheet that shows a text in every place that there is."""
    title = title or text
    facts = Facts((Fact(text, text), Fact(text, text, "code"), Fact(text, text, "link")))
    table = Table(text, (text, "b"), (Row((text, "b"), (Fact(text, text),)), Row(("a", text))))
    blocks = (facts, table, Quote(text, text, "en"), Quote(text, text, is_code=True), Said(text))
    findings = Section(title, (Said(text, "proven"), Said(text, "proven")))
    broken = Section(title, (Said(text, "broken"),))
    values = {"files": (), "language": "en"} | values
    return Sheet(
        title=title,
        subtitle=text,
        author=text,
        made_at=MADE_AT,
        sections=(Section(title, blocks, (Section(title, blocks),)), findings, broken),
        **values,
    )


def on_paper(pdf, *options):
    """The text of a PDF on one line."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_it_is_a_pdf_that_can_be_archived_and_read_aloud():
    pdf = paper.pdf(sheet_of("Hello"))
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>3<" in pdf
    assert b"pdfuaid:part>1<" in pdf
    assert b"/Lang" in pdf


def test_equal_sheets_make_equal_bytes():
    assert paper.pdf(sheet_of("Hello")) == paper.pdf(sheet_of("Hello"))
    assert paper.pdf(sheet_of("Hello")) != paper.pdf(sheet_of("Hallo"))


def test_the_date_in_the_file_is_the_given_one():
    assert b"2026-03-01T12:30:05" in paper.pdf(sheet_of("Hello"))


def test_what_somebody_wrote_is_shown_to_the_letter_and_not_carried_out():
    text = on_paper(paper.pdf(sheet_of(HOSTILE)), "-raw")
    for words in CARRIED_OUT:
        assert text.count(words) >= 15, words


@pytest.mark.parametrize("part", HOSTILE.split())
def test_no_part_of_it_breaks_the_paper(part):
    assert paper.pdf(sheet_of(part)).startswith(b"%PDF")


def test_empty_words_break_nothing():
    for text in ("", " ", "\n \n"):
        assert paper.pdf(sheet_of(text, title="Hello")).startswith(b"%PDF")


def test_a_word_longer_than_a_line_is_broken_and_can_be_copied_whole():
    word = "0123456789abcdef" * 20
    pdf = paper.pdf(sheet_of(word))
    assert re.sub(r"\s", "", on_paper(pdf, "-raw")).count(word) >= 10


def test_characters_that_hide_or_reorder_others_are_spelled_out():
    pdf = paper.pdf(sheet_of("a\u202eb\x07c\u2066d"))
    assert "a‹U+202E›b‹U+0007›c‹U+2066›d" in on_paper(pdf)
    assert b"pdfaid:part" in pdf


def test_other_scripts_are_shown():
    text = on_paper(paper.pdf(sheet_of("Ελλάδα Україна Éclair straße", language="fr")))
    assert "Ελλάδα Україна Éclair straße" in text


def test_a_character_that_no_font_has_costs_the_standard_and_is_said():
    pdf = paper.pdf(sheet_of("a \U00012000 b"))  # cuneiform
    assert pdf.startswith(b"%PDF")
    assert b"pdfaid:part" not in pdf
    assert "are missing from this PDF" in on_paper(pdf)


def test_another_error_of_the_template_is_not_swallowed(monkeypatch, tmp_path):
    template = tmp_path / "broken.typ"
    template.write_text("#nothing")
    monkeypatch.setattr(paper, "TEMPLATE", template)
    with pytest.raises(typst.TypstError, match="unknown variable"):
        paper.pdf(sheet_of("Hello"))


def test_a_long_table_keeps_each_row_with_what_stands_under_it():
    rows = tuple(
        Row((f"began{n}", "b"), (Fact("SHA-256", f"{n:064}", "code"),)) for n in range(200)
    )
    sheet = sheet_of("Hello")
    long = Section("Long", (Table("Attempts", ("Began", "Ended"), rows),))
    pdf = paper.pdf(Sheet(**(vars(sheet) | {"sections": (long,)})))
    pages = on_paper(pdf, "-raw").split("Page ")
    assert len(pages) > 5
    for page in pages:
        for n in re.findall(r"began(\d+)", page):
            assert f"{int(n):064}" in page, "a page cuts the row from its hash"


def test_the_proofs_are_attached_to_the_letter(tmp_path):
    content = json.dumps({"leaf": "a\u202eb\x07", "size": 3})
    file = Attached("proof-1-1.json", "Proof", content)
    pdf = tmp_path / "c.pdf"
    pdf.write_bytes(paper.pdf(sheet_of("Hello", files=(file,))))
    if shutil.which("pdfdetach") is None:
        pytest.skip("pdfdetach is not installed: apt-get install poppler-utils")
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, pdf], check=True, capture_output=True)
    assert (tmp_path / "proof-1-1.json").read_text() == content
