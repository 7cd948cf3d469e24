"""A Sheet as PDF, by typst.

The template is fixed. All that it shows reaches it as one JSON value and is
put on the page as text, never as markup: whatever somebody wrote in a policy or
a name can be read there and does nothing. Equal sheets give equal bytes where the
same fonts are installed; with the fonts that typst brings along, everywhere.
"""

import json
import logging
import unicodedata
from datetime import UTC
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from .blocks import plain

logger = logging.getLogger("notifications")
TEMPLATE = Path(__file__).with_name("certificate.typ")
# Archivable with the proofs attached (ISO 19005-3), and readable aloud (ISO 14289-1).
STANDARDS = ["a-3a", "ua-1"]
# Both standards refuse a character that no font has. Then the fonts of this machine are
# tried; and last a plain PDF, which says what is missing.
WAYS = (
    {"pdf_standards": STANDARDS, "ignore_system_fonts": True},
    {"pdf_standards": STANDARDS, "ignore_system_fonts": False},
    {"pdf_standards": [], "ignore_system_fonts": False},
)


def pdf(sheet):
    """The bytes of the PDF. Raises typst.TypstError only if the template itself is at fault."""
    *strict, last = WAYS
    for way in strict:
        try:
            return _compiled(sheet, way)
        except typst.TypstError as error:
            if "could not be displayed" not in error.message:
                raise
    logger.warning("Certificate without PDF/A: no font of this machine has all its characters")
    note = _("Characters that no font of this machine has are missing from this PDF.")
    return _compiled(sheet, last, note)


def _compiled(sheet, way, note=""):
    return typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"sheet": json.dumps(paper_of(sheet, note))},
        timestamp=int(sheet.made_at.timestamp()),
        **way,
    )


def paper_of(sheet, note=""):
    """The JSON value that the template takes. note: what the reader must know of this PDF."""
    made = sheet.made_at.astimezone(UTC)
    return {
        "title": shown(sheet.title),
        "subtitle": shown(sheet.subtitle),
        "author": shown(sheet.author),
        "language": sheet.language,
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "page": [_("Page"), _("of")],
        "note": note,
        "sections": shown([plain(section) for section in sheet.sections]),
        "files": [plain(file) for file in sheet.files],
    }


def shown(value):
    """The same value with every character that could hide or reorder others spelled out."""
    if isinstance(value, str):
        return "".join(map(_spelled, value))
    if isinstance(value, list | tuple):
        return [shown(item) for item in value]
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    return value


# Embeddings, overrides and isolates: they put the characters after them in another order.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPELLED = {"Cc", "Cs", "Cn", "Zl", "Zp"}  # control, surrogate, unassigned, line breaks


def _spelled(character):
    if character in "\n\t":
        return character
    if character in REORDERING or unicodedata.category(character) in SPELLED:
        return f"‹U+{ord(character):04X}›"
    return character
