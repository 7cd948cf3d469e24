"""The one canonical form of a clause's body: a small fixed HTML subset.

Hash, redline, mail and exports work on this form alone, so two bodies that
say the same are spelled the same. The grammar of a canonical body:

    body   = block*
    block  = p | ul | ol | table
    ul, ol = li+                    ol may carry start
    table  = tr+                    tables do not nest
    tr     = (td | th)+             which may carry colspan, rowspan
    li, td, th = [inline] block*    the first paragraph stands bare
    inline = text | br | a | em | strong | small       nested in that order

`small` is a footnote, standing where its mark stands. Nothing stands between
blocks. What an editor stores besides (links to pages, pictures) is not known
here: convert it first.
"""

from .cleaning import canonical
from .plain_text import blocks, links, tables, text_around_tables, to_text
from .vocabulary import MAX_CHARACTERS, MAX_DEPTH, MarkupTooDeep, MarkupTooLong

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MarkupTooDeep",
    "MarkupTooLong",
    "blocks",
    "canonical",
    "links",
    "tables",
    "text_around_tables",
    "to_text",
]
