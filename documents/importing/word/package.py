"""Opens the archive that a .docx is, and takes the parts that hold text out of it.

Sizes are checked twice: as the archive declares them, then as they come out.
Nothing is written to a disk, so the names of entries do no harm.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath, split
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ..errors import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    HoldsMacros,
    ProtectedFile,
    UnpacksTooLarge,
)
from .strangers import not_word, require_archive
from .xml import SPACES, Element, parse

MAX_BYTES = 20 * 1024 * 1024  # of the file, pictures included
MAX_ENTRIES = 2_000
MAX_UNPACKED = 100 * 1024 * 1024  # of all entries, as declared
MAX_XML = 16 * 1024 * 1024  # of the parts that are read; a novel has about 5

_ENTRY = b"PK\x01\x02"  # stands before each entry in the archive's directory
_MACROS = {"vbaproject.bin", "vbadata.xml"}
_RELATIONS = "_rels"


@dataclass(frozen=True)
class Link:
    """One relationship of a part. kind: the last word of its type, such as "footnotes"."""

    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True)
class Part:
    """The parsed root of a part, and its relationships by their id."""

    root: Element
    links: dict[str, Link]


@dataclass(frozen=True)
class Package:
    """The parts of a checked archive. main: the name of the part that holds the document."""

    parts: dict[str, bytes]
    main: str

    def document(self) -> Part:
        return self._part(self.main)

    def of_kind(self, kind: str, of: str | None = None) -> list[Part]:
        """The parts that the document, or else the package (""), refers to as that kind."""
        return [self._part(name) for name in self.names_of_kind(kind, of)]

    def names_of_kind(self, kind: str, of: str | None = None) -> list[str]:
        links = self._links(self.main if of is None else of).values()
        names = [link.target for link in links if link.kind == kind and not link.is_external]
        return [name for name in dict.fromkeys(names) if name in self.parts]

    def _part(self, name: str) -> Part:
        return Part(parse(self.parts[name], name), self._links(name))

    def _links(self, part: str) -> dict[str, Link]:
        at = _relations_of(part)
        return _links(self.parts[at], at, split(part)[0]) if at in self.parts else {}


def open_package(data: bytes) -> Package:
    """The parts of a .docx. Raises UnreadableFile, as its subclasses say."""
    _require_size(data)
    require_archive(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            _require_fair(archive.infolist(), len(entries))
            parts = dict(_parts(archive, entries))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise DamagedFile(part="ZIP") from error
    package = Package(parts, _main(parts, entries))
    _require_no_macros(package, entries)
    return package


def _require_size(data: bytes) -> None:
    if not data.strip():
        raise EmptyFile
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size=len(data), limit=MAX_BYTES)
    if data.count(_ENTRY) > MAX_ENTRIES:  # before zipfile makes an object for each
        raise UnpacksTooLarge(limit=MAX_ENTRIES, unit="parts")


def _require_fair(entries: list[ZipInfo], names: int) -> None:
    if len(entries) != names:  # programs differ in which of two equal names they take
        raise DamagedFile(part="ZIP")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ProtectedFile
    if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
        raise DamagedFile(part="ZIP")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnpacksTooLarge(limit=MAX_UNPACKED, unit="bytes")


def _parts(archive: ZipFile, entries: dict[str, ZipInfo]) -> Iterator[tuple[str, bytes]]:
    left = MAX_XML
    for name, entry in entries.items():
        if name.endswith((".xml", ".rels")) and _may_hold_text(name):
            with archive.open(entry) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise UnpacksTooLarge(limit=MAX_XML, unit="bytes")
            yield name, content


def _may_hold_text(name: str) -> bool:
    """Whether the part may be of use: pages of charts and of embedded sheets are none."""
    folder = split(name)[0]
    return not folder.endswith(("/theme", "/charts", "/diagrams", "/embeddings", "customXml"))


def _main(parts: dict[str, bytes], entries: dict[str, ZipInfo]) -> str:
    found = Package(parts, "").names_of_kind("officeDocument", of="")
    main = next(iter(found), "word/document.xml")
    if main not in parts or not parse(parts[main], main).tag == f"{{{SPACES['w']}}}document":
        raise not_word(entries)
    return main


def _require_no_macros(package: Package, entries: dict[str, ZipInfo]) -> None:
    types = package.parts.get("[Content_Types].xml", b"").lower()
    if b"macroenabled" in types or any(split(name)[1].lower() in _MACROS for name in entries):
        raise HoldsMacros


def _relations_of(part: str) -> str:
    folder, file = split(part)
    return join(folder, _RELATIONS, file + ".rels")


def _links(data: bytes, part: str, folder: str) -> dict[str, Link]:
    links = {}
    for one in parse(data, part):
        given = {key: one.get(key) or "" for key in ("Id", "Type", "Target", "TargetMode")}
        is_external = given["TargetMode"] == "External"
        target = given["Target"] if is_external else _part_name(folder, given["Target"])
        links[given["Id"]] = Link(split(given["Type"])[1], target, is_external)
    return links


def _part_name(folder: str, target: str) -> str:
    return normpath(join("/" + folder, target)).lstrip("/")
