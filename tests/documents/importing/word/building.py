"""Builds .docx files for tests by writing their XML."""

from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from documents.importing.word import read_word
from documents.markup import canonical

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def run(text, looks=""):
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bold(text):
    return run(text, "<w:b/>")


def p(content="", *, style="", num=None, properties="", mark=""):
    """A paragraph. content: text or XML; num: (list, level); mark: properties of its mark."""
    inner = content if content.startswith("<") else run(content) if content else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = ""
    if num:
        numbered = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{styled}{numbered}{properties}{marked}</w:pPr>{inner}</w:p>"


def table(*rows):
    """Rows of cells; a cell is the XML of its paragraphs, or (properties, XML)."""
    return f"<w:tbl><w:tblPr/>{''.join(map(row, rows))}</w:tbl>"


def row(cells, properties=""):
    written = [("", cell) if isinstance(cell, str) else cell for cell in cells]
    inner = "".join(f"<w:tc><w:tcPr>{own}</w:tcPr>{cell}</w:tc>" for own, cell in written)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def level(at, format="decimal", text=None, start=1, more=""):
    shown = f"%{at + 1}." if text is None else text
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def numbering(definitions, lists):
    """definitions: XML of levels by id. lists: id to definition, or (definition, overrides)."""
    written = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
        for key, levels in definitions.items()
    )
    for key, one in lists.items():
        definition, overrides = one if isinstance(one, tuple) else (one, "")
        written += (
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
        )
    return f"<w:numbering {SPACES}>{written}</w:numbering>"


def style(key, name="", based_on="", properties="", looks="", type="paragraph"):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{type}" w:styleId="{key}"><w:name w:val="{name or key}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{looks}</w:rPr></w:style>"
    )


HEADINGS = "".join(style(f"Heading{n}", f"heading {n}") for n in range(1, 10)) + style(
    "Title", "Title"
)
CONTRACT = numbering(  # 1. / 1.1 / (a) / (i), as law firms number
    {
        "0": level(0)
        + level(1, text="%1.%2")
        + level(2, "lowerLetter", "(%3)")
        + level(3, "lowerRoman", "(%4)")
    },
    {"1": "0"},
)
BULLETS = {"9": level(0, "bullet", "·") + level(1, "bullet", "o")}


def docx(*body, styles=HEADINGS, numbers=CONTRACT, parts=None, links=None, types=""):
    """The bytes of a document. parts: further XML by name; links: (kind, target) by id."""
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{types or CONTENT}main+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": relations(
            {
                "rId1": ("officeDocument", "word/document.xml"),
                "rId2": ("metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "word/document.xml": (
            f"<w:document {SPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
        ),
        "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        "word/numbering.xml": numbers,
        "word/_rels/document.xml.rels": relations(
            {
                "s": ("styles", "styles.xml"),
                "n": ("numbering", "numbering.xml"),
                "f": ("footnotes", "footnotes.xml"),
                "e": ("endnotes", "endnotes.xml"),
                **(links or {}),
            }
        ),
        **(parts or {}),
    }
    return zipped(files)


def relations(links):
    written = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if kind == "hyperlink" else "/>")
        for key, (kind, target) in links.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{written}</Relationships>"
    )


def zipped(files):
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def outline(*body, accept_changes=False, **more):
    return read_word(docx(*body, **more), accept_changes=accept_changes)


def seen(found):
    """(level, number, heading, canonical body) of each clause."""
    return [(c.level, c.number, c.heading, canonical(c.body)) for c in found.clauses]


def codes(found):
    return {finding.code: (finding.lines, finding.words) for finding in found.findings}
