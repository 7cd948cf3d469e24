"""The same long text of ours as a file of every kind that can be imported."""

import io
import zipfile
from html import escape

from bench.redline_writer import Writer

WORDS = 100  # in a clause
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>"""
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def sections(count):
    """(number, heading, text) of each clause: the same for every kind of file."""
    writer = Writer(seed=count)
    return [
        (f"{at // 100 + 1}.{at % 100 + 1}", writer.clause(2).rstrip(".,;"), writer.clause(WORDS))
        for at in range(count)
    ]


def written(kind, count):
    """The bytes of a file with so many numbered clauses."""
    return _WRITERS[kind](sections(count))


def _text(found):
    parts = (f"{number}. {heading}\n\n{text}\n" for number, heading, text in found)
    return "\n".join(["Terms of Service\n", *parts]).encode()


def _markdown(found):
    parts = (f"## {number}. {heading}\n\n{text}\n" for number, heading, text in found)
    return "\n".join(["# Terms of Service\n", *parts]).encode()


def _page(found):
    parts = (
        f"<h2>{number}. {escape(heading)}</h2>\n<p>{escape(text)}</p>"
        for number, heading, text in found
    )
    menu = "<nav><a href='/'>Home</a> <a href='/terms'>Terms</a></nav>"
    body = f"{menu}<main><h1>Terms of Service</h1>{''.join(parts)}</main><footer>Imprint</footer>"
    return f"<!doctype html><html lang=en><title>Terms</title><body>{body}</body></html>".encode()


def _word(found):
    paragraphs = [_paragraph("Terms of Service", "Title")]
    for number, heading, text in found:
        paragraphs += [_paragraph(f"{number}. {heading}", "Heading1"), _paragraph(text)]
    document = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": TYPES.format(kind=KIND),
        "_rels/.rels": RELATIONS.format(kind=RELATION),
        "word/document.xml": document,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _paragraph(text, style=""):
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{escape(text, quote=False)}</w:t></w:r></w:p>"


_WRITERS = {"txt": _text, "md": _markdown, "html": _page, "docx": _word}
KINDS = tuple(_WRITERS)
