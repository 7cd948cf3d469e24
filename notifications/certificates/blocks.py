"""What a certificate on a page or on paper is made of. All of it is plain text, never markup."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class Fact:
    """form: how the value is written: "" plain, "code" a hash or identifier, "link" an address."""

    label: str
    value: str
    form: str = ""


@dataclass(frozen=True)
class Facts:
    rows: tuple[Fact, ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True)
class Row:
    """under: what belongs to the row and is too long for its columns."""

    cells: tuple[str, ...]
    under: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Said:
    """One sentence. tone: a findings.Tone, or empty."""

    words: str
    tone: str = ""
    kind: ClassVar[str] = "said"


@dataclass(frozen=True)
class Quote:
    """Words of the record, line by line. is_code: not in a language that people speak."""

    title: str
    words: str
    language: str = ""
    is_code: bool = False
    kind: ClassVar[str] = "quote"


@dataclass(frozen=True)
class Section:
    """notice: the Notice whose proof may be downloaded with it."""

    title: str
    blocks: tuple = ()
    parts: tuple["Section", ...] = ()
    notice: int | None = None

    @property
    def is_list(self):
        """Whether its blocks are sentences that are read one by one."""
        toned = (isinstance(block, Said) and block.tone for block in self.blocks)
        return bool(self.blocks) and all(toned)


@dataclass(frozen=True)
class Attached:
    """A file that goes with the sheet."""

    name: str
    about: str
    text: str


@dataclass(frozen=True)
class Sheet:
    title: str
    subtitle: str
    author: str
    language: str
    made_at: datetime
    sections: tuple[Section, ...]
    files: tuple[Attached, ...] = ()


def plain(value):
    """A Sheet or a part of it as JSON values; each block tells its kind."""
    if isinstance(value, Facts | Table | Said | Quote):
        return {"kind": value.kind, **asdict(value)}
    if isinstance(value, Section):
        return {
            "title": value.title,
            "is_list": value.is_list,
            "blocks": [plain(block) for block in value.blocks],
            "parts": [plain(part) for part in value.parts],
        }
    return asdict(value)
