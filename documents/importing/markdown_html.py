"""Writes Markdown tokens as HTML from which canonical() loses no word.

The library's own renderer, but: an image becomes its description, code becomes
lines of text, and of raw HTML only tags that cannot swallow what follows them
are passed on. What looks like a tag but is none in HTML, as "<your name>", is
text. Comments, scripts and styles are not; is_hidden_html finds them.
"""

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .decoding import one_line

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")

_KEPT = {
    "a", "b", "strong", "i", "em", "small", "br", "p", "div", "ul", "ol", "li", "table", "thead",
    "tbody", "tfoot", "caption", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "section", "article", "figure", "figcaption", "details", "summary",
    "dl", "dt", "dd", "hr", "center", "address",
}  # fmt: skip
_LEFT_OUT = {
    "abbr", "area", "aside", "audio", "bdi", "bdo", "big", "body", "button", "cite", "code",
    "col", "colgroup", "data", "del", "dfn", "embed", "fieldset", "font", "footer", "form",
    "head", "header", "hgroup", "html", "iframe", "img", "input", "ins", "kbd", "label",
    "legend", "link", "main", "map", "mark", "meta", "nav", "noscript", "object", "optgroup",
    "option", "param", "picture", "q", "s", "samp", "script", "select", "source", "span",
    "strike", "style", "sub", "sup", "svg", "template", "textarea", "time", "title", "track",
    "tt", "u", "var", "video", "wbr",
}  # fmt: skip
_ELEMENTS = _KEPT | _LEFT_OUT
_TAG = re.compile(r"(<!--|-->|</?[A-Za-z][^<>]*>)")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_HIDDEN = re.compile(r"\s*<(?:!|\?|script\b|style\b)", re.IGNORECASE)


def html_of(tokens: Sequence[Token]) -> str:
    """HTML of the tokens; not yet canonical."""
    html: str = PARSER.renderer.render(list(tokens), PARSER.options, {})
    return html


def plain_of(inline: Token) -> str:
    """The words of a heading or paragraph on one line."""
    return one_line(_words(inline))


def is_hidden_html(token: Token) -> bool:
    """Whether it is a comment, script or style, which no reader is shown."""
    is_html = token.type in {"html_block", "html_inline"}
    return is_html and _HIDDEN.match(token.content) is not None


def _words(token: Token) -> str:
    return "".join(map(_plain, token.children or []))


def _plain(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "image":
        return _words(token)
    is_text = token.type in {"text", "code_inline"} or _is_placeholder(token)
    return token.content if is_text else ""


def _is_placeholder(token: Token) -> bool:
    return token.type == "html_inline" and _element(token.content) is None


def _shown_html(html: str) -> str:
    """Raw HTML without hidden parts and without the tags that are left out."""
    if _HIDDEN.match(html):
        return ""
    return "".join(map(_shown_piece, _TAG.split(html)))


def _shown_piece(piece: str) -> str:
    element = _element(piece)
    if element is None:
        return piece.replace("<", "&lt;")
    return piece if element in _KEPT else ""


def _element(piece: str) -> str | None:
    """The HTML element whose tag this is, "" for a mark of a comment, None for text."""
    if piece.startswith("<!--") or piece == "-->":
        return ""
    tag = _TAG_NAME.match(piece) if piece.endswith(">") else None
    name = tag[1].lower() if tag else ""
    return name if name in _ELEMENTS else None


def _raw(
    _: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return _shown_html(tokens[at].content)


def _description(
    _: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return escape(_words(tokens[at]))


def _code(
    _: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return f"<p>{'<br/>'.join(map(escape, tokens[at].content.strip().splitlines()))}</p>"


PARSER.add_render_rule("html_block", _raw)
PARSER.add_render_rule("html_inline", _raw)
PARSER.add_render_rule("image", _description)
PARSER.add_render_rule("fence", _code)
PARSER.add_render_rule("code_block", _code)
