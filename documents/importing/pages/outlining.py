"""Pages and pasted text to outlines."""

from collections.abc import Sequence
from itertools import takewhile

from ..about import About, about_itself
from ..errors import OnlyImages
from ..outline import LineRange, Outline, Residue
from .blocks import Block
from .charsets import markup_of
from .furniture import left_out_of
from .head import Head, head_of
from .main_text import main_text
from .sections import clauses_of
from .titles import PageTop, top_of
from .tree import parsed
from .walking import page_blocks
from .word_lists import nest_word_lists


def read_html(data: bytes) -> Outline:
    """The outline of a saved page. Raises UnreadableFile."""
    return outline_of_html(markup_of(data), is_whole_page=True)


def outline_of_html(markup: str, *, is_whole_page: bool, address: str = "") -> Outline:
    """The outline of a page or of a fragment such as pasted text; bodies are not yet canonical.

    is_whole_page: whether menus, banners and the like are to be told from the
    text; of a fragment everything that can be seen is text. address: where the
    page stands on the web, if known, for its relative links.
    Raises PageTooComplex, TooManyLines, NotText or OnlyImages.
    """
    root = parsed(markup)
    nest_word_lists(root)
    head = head_of(root, address)
    left_out = left_out_of(root, is_whole_page=is_whole_page)
    main = main_text(root, left_out) if is_whole_page else root
    found = page_blocks(root, main, left_out, head.address)
    if found.is_pictures:
        raise OnlyImages
    top = top_of(found.blocks, head.title, is_whole_page=is_whole_page)
    rest = [block for block in found.blocks if block not in top.blocks]
    text, left = _parted(rest)
    said = about_itself(_statements(found.blocks), [block.text for block in text])
    return Outline(
        top.title,
        clauses_of(text),
        _metadata(head, said, top),
        tuple(Residue(block.lines, block.text) for block in left),
        origins={**said.origins, **top.origins},
        source=found.source,
        findings=found.findings,
    )


def _parted(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """What is text, and what is left out: on a page of ours all that is in no marked clause."""
    is_ours = any(block.clause for block in blocks)
    parts: tuple[list[Block], list[Block]] = [], []
    for block in blocks:
        is_text = block.clause is not None if is_ours else block.is_text
        parts[0 if is_text else 1].append(block)
    return parts


def _metadata(head: Head, said: About, top: PageTop) -> dict[str, str]:
    """What is printed goes before the head's name of the site, but the head knows the language."""
    organisation = top.organisation or said.metadata.get("organisation") or head.site
    language = head.language or said.metadata.get("language", "")
    named = {"organisation": organisation, "language": language}
    return {**said.metadata, **{name: value for name, value in named.items() if value}}


def _statements(blocks: Sequence[Block]) -> list[tuple[str, LineRange]]:
    """The paragraphs of the text, and those above it, where a page likes to put its date."""
    above = takewhile(lambda block: not block.is_text, blocks)
    text = (block for block in blocks if block.is_text)
    return [(block.text, block.lines) for block in (*text, *above) if not block.is_compound]
