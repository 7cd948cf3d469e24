"""Makes the canonical body of whatever an editor, a paste or an import holds.

nh3 repairs what is malformed and removes what is dangerous; reading and writing
then leave nothing that the grammar does not name.
"""

import re
from itertools import chain

import nh3

from .reading import read
from .vocabulary import CONTAINERS, INLINE, MAX_CHARACTERS, NUMBERS, MarkupTooDeep, MarkupTooLong
from .writing import block_html

MAX_NESTED_TAGS = 3_000_000  # for each tag those open around it; the parser's work grows with it

_PARAGRAPHS = {
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "main", "nav", "option", "p", "pre",
    "section", "summary",
}  # fmt: skip
_NOT_TEXT = {"script", "style", "svg", "template", "iframe", "noembed", "noframes", "title"}
_NEED_NO_END = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "colgroup", "dd", "dt", "li", "optgroup", "option", "p", "tbody", "td",
    "tfoot", "th", "thead", "tr",
}  # fmt: skip

_TAG_OR_COMMENT = re.compile(r"<!--(?:.*?-->|.*)|<(/?)([a-z][^\s/>]*)", re.DOTALL)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def canonical(html: str) -> str:
    """The canonical body that says what html says.

    html: any HTML, well formed or not. Idempotent; the result is NFC and safe
    to show. No text is lost but that of scripts, styles and drawings; control
    characters are dropped, a lone surrogate becomes U+FFFD.
    Raises MarkupTooLong above MAX_CHARACTERS, before or after, and
    MarkupTooDeep above MAX_NESTED_TAGS.
    """
    _require_size(len(html))
    _require_shallow(html)
    pieces, characters = [], 0
    for piece in chain.from_iterable(map(block_html, read(_sanitised(html)))):
        pieces.append(piece)
        characters += len(piece)
        _require_size(characters)
    # A stroke that overlays what stands before it would melt into a tag's ">" under NFC.
    return "".join(pieces).replace(">\u0338", ">&#824;")


def _sanitised(html: str) -> str:
    return nh3.clean(
        _LONE_SURROGATE.sub("\ufffd", html),
        tags=INLINE | CONTAINERS | _PARAGRAPHS,
        clean_content_tags=_NOT_TEXT,
        attributes={"a": {"href"}, **NUMBERS},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _require_size(characters: int) -> None:
    if characters > MAX_CHARACTERS:
        raise MarkupTooLong(characters)


def _require_shallow(html: str) -> None:
    """Adds up the open tags; one that is closed out of turn counts as open."""
    open_tags: list[str] = []
    nested = 0
    for slash, tag in _TAG_OR_COMMENT.findall(html.lower()):
        if slash and open_tags and open_tags[-1] == tag:
            open_tags.pop()
        elif tag and not slash and tag not in _NEED_NO_END:
            open_tags.append(tag)
        nested += len(open_tags)
        if nested > MAX_NESTED_TAGS:
            raise MarkupTooDeep
