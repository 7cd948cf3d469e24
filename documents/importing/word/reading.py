"""Word documents to outlines, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..about import about_itself
from ..decoding import MAX_LINES, one_line
from ..errors import EmptyFile, OnlyImages, TooManyLines
from ..outline import Finding, LineRange, Outline, Residue
from .folding import folded
from .handing import html_of, mark
from .looking import looks
from .notes import KINDS, settle_references
from .numbering import read_numbering
from .outlining import clauses_of
from .package import Package, Part, open_package
from .properties import file_title, spelling_language
from .roles import Paragraph, Role, roles
from .sightings import take_sightings
from .simplifying import has_words, simplify
from .styles import Styles, read_styles
from .tracked import resolve_changes
from .xml import Element, found, remove, text_of


@dataclass(frozen=True)
class _Text:
    """A document's paragraphs, each with its line as people read it, and what was met in them.

    outer: the lines of page headers and footers, which count on after the text's.
    """

    paragraphs: Sequence[Paragraph]
    printed: Sequence[str]
    findings: Sequence[Finding]
    outer: Sequence[str]

    @property
    def source(self) -> tuple[str, ...]:
        return (*filter(None, self.printed), *self.outer)

    @property
    def outer_lines(self) -> LineRange:
        return len(self.source) - len(self.outer) + 1, len(self.source)

    def lines(self, *among: Role) -> list[tuple[int, str]]:
        pairs = zip(self.paragraphs, self.printed, strict=True)
        return [(it.look.line, text) for it, text in pairs if it.role in among and it.look.line]


def read_word(data: bytes, *, accept_changes: bool = False) -> Outline:
    """The outline of a .docx; bodies are HTML, not yet canonical.

    accept_changes: whether tracked changes are read as accepted, not as if
    never made. Each paragraph with words is a line; page headers and footers
    come last. Raises UnreadableFile.
    """
    package = open_package(data)
    styles = read_styles(_root(package.of_kind("styles")))
    parts = {"document": package.document(), **_notes(package)}
    for part in parts.values():
        resolve_changes(part.root, accept=accept_changes)
        simplify(part, styles)
    _require_words(parts["document"].root)
    text = _text(package, styles, parts, _outer(package, accept_changes))
    return _outline(package, text, folded(html_of(parts), text.paragraphs))


def _root(parts: Sequence[Part]) -> Element | None:
    return parts[0].root if parts else None


def _notes(package: Package) -> dict[str, Part]:
    found = {kind: package.of_kind(kind) for kind in KINDS}
    return {kind: parts[0] for kind, parts in found.items() if parts}


def _require_words(root: Element) -> None:
    count = len(found(root, "w:p"))
    if count > MAX_LINES:
        raise TooManyLines(count=count, limit=MAX_LINES)
    if not has_words(root):
        raise OnlyImages if next(root.iter("sighting"), None) is not None else EmptyFile


def _text(
    package: Package, styles: Styles, parts: Mapping[str, Part], outer: Sequence[str]
) -> _Text:
    """Decides on each paragraph; leaves in the tree those that are text, marked."""
    body = parts["document"].root
    words = settle_references(body, {kind: parts[kind] for kind in KINDS if kind in parts})
    numbering = read_numbering(_root(package.of_kind("numbering")), styles)
    elements = found(body, "w:p")
    seen = list(looks(body, styles, numbering, words))
    lines = {element: look.line for element, (look, _) in zip(elements, seen, strict=True)}
    findings = list(take_sightings(body, lines.get))
    paragraphs = roles([look for look, _ in seen])
    for place, (element, it) in enumerate(zip(elements, paragraphs, strict=True)):
        if it.look.line is None or it.role == "aside":
            remove(element)
        else:
            mark(element, place)
    return _Text(paragraphs, [text for _, text in seen], findings, outer)


def _outer(package: Package, accept_changes: bool) -> list[str]:
    """The words of page headers and footers; the same words on several pages are one line."""
    lines = []
    for part in package.of_kind("header") + package.of_kind("footer"):
        resolve_changes(part.root, accept=accept_changes)
        lines.append(one_line(text_of(part.root)))
    return list(filter(None, dict.fromkeys(lines)))


def _outline(package: Package, text: _Text, tree: Element) -> Outline:
    title = text.lines("title")
    publisher = text.lines("organisation")
    body = text.lines("clause", "text", "item")
    said = about_itself([(words, (line, line)) for line, words in body], [w for _, w in body])
    metadata = {
        "title": "" if title else file_title(package),
        "language": spelling_language(package),
        **said.metadata,
    }
    if publisher:
        metadata["organisation"] = " ".join(words for _, words in publisher)
    origins = {"title": _range(title), "organisation": _range(publisher)}
    outer = Finding("headers_and_footers", text.outer_lines, str(len(text.outer)))
    return Outline(
        " ".join(words for _, words in title),
        tuple(clauses_of(tree, text.paragraphs)),
        {name: value for name, value in metadata.items() if value},
        tuple(_residue(text)),
        origins={**said.origins, **{name: lines for name, lines in origins.items() if lines}},
        source=text.source,
        findings=(*text.findings, *([outer] if text.outer else [])),
    )


def _range(lines: Sequence[tuple[int, str]]) -> LineRange | None:
    return (lines[0][0], lines[-1][0]) if lines else None


def _residue(text: _Text) -> Iterator[Residue]:
    """Asides, those that follow one another as one; then page headers and footers."""
    group: list[tuple[int, str]] = []
    for line, words in text.lines("aside"):
        if group and line != group[-1][0] + 1:
            yield _as_residue(group)
            group = []
        group.append((line, words))
    if group:
        yield _as_residue(group)
    if text.outer:
        yield Residue(text.outer_lines, "\n".join(text.outer))


def _as_residue(group: Sequence[tuple[int, str]]) -> Residue:
    return Residue((group[0][0], group[-1][0]), "\n".join(words for _, words in group))
