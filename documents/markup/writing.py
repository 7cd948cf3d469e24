"""Spells blocks as HTML: safe by construction, for it can write nothing else."""

from collections.abc import Iterator
from html import escape
from itertools import takewhile

from .vocabulary import Block, Run, mark_name


def block_html(block: Block) -> Iterator[str]:
    """The pieces of a block's HTML, in order, without a limit to their sum."""
    numbers = "".join(f' {name}="{number}"' for name, number in block.numbers.items())
    yield f"<{block.tag}{numbers}>"
    yield from _inline_html(block.runs or block.bare_runs)
    for child in block.further_children:
        yield from block_html(child)
    yield f"</{block.tag}>"


def _inline_html(runs: tuple[Run, ...]) -> Iterator[str]:
    """Closes only the marks that differ between neighbours."""
    around: tuple[str, ...] = ()
    for run in (*runs, Run("")):
        pairs = zip(around, run.marks, strict=False)
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        yield from (f"</{mark_name(mark)}>" for mark in reversed(around[kept:]))
        yield from run.marks[kept:]
        around = run.marks
        if run.footnote:
            yield from ("<small>", *_inline_html(run.footnote), "</small>")
        yield escape(run.text, quote=False).replace("\n", "<br/>")
