"""What a body is made of: blocks, and runs of text in them."""

from dataclasses import dataclass, field

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 16  # lists and tables inside one another; what lies deeper is flattened

MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
INLINE = {*MARKS, "a", "br", "small"}
LISTS = {"ul", "ol"}
FLOW = {"body", "li", "td", "th"}
PARENTS = {"li": LISTS, "tr": {"table"}, "td": {"tr"}, "th": {"tr"}}
CONTAINERS = {*LISTS, "table", *PARENTS}
NUMBERS = {"ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


class MarkupTooLong(ValueError):
    """The body, as given or as it would be stored, is longer than MAX_CHARACTERS."""

    def __init__(self, characters: int) -> None:
        super().__init__(f"a clause may hold {MAX_CHARACTERS:,} characters, not {characters:,}")
        self.characters = characters


class MarkupTooDeep(ValueError):
    """So many tags stand open around one another that reading them would take too long."""

    def __init__(self) -> None:
        super().__init__("the markup of a clause is nested too deep, or its tags are not closed")


@dataclass(frozen=True)
class Run:
    """Text under the same marks, or a footnote, which is a run without text.

    text: a break is a newline; no other white space than that and the space.
    marks: opening tags, outermost first.
    """

    text: str
    marks: tuple[str, ...] = ()
    footnote: "tuple[Run, ...]" = ()


@dataclass
class Block:
    """A paragraph holds runs; any other block holds blocks.

    numbers: the attributes in NUMBERS, in the order in which they are written.
    """

    tag: str
    numbers: dict[str, int] = field(default_factory=dict)
    children: "list[Block]" = field(default_factory=list)
    runs: tuple[Run, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when it shows nothing; an empty cell still holds its place."""
        if self.tag == "table":
            return not any(cell.children for row in self.children for cell in row.children)
        return self.tag not in {"td", "th"} and not self.children and not self.runs

    @property
    def bare_runs(self) -> tuple[Run, ...]:
        """The runs of the first paragraph, which a container shows bare."""
        return self.children[0].runs if self.children else ()

    @property
    def further_children(self) -> "list[Block]":
        """The blocks after the bare runs."""
        return self.children[1:] if self.bare_runs else self.children


def mark_name(mark: str) -> str:
    """The element that a mark opens: "a" for '<a href="/terms">'."""
    return mark[1:-1].split(" ")[0]
