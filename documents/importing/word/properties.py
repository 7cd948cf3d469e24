"""What a Word file says about itself outside of its text."""

from ..decoding import one_line
from .package import Package
from .xml import child, value

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def file_title(package: Package) -> str:
    for part in package.of_kind("core-properties", of=""):
        title = part.root.findtext(f"{_DUBLIN_CORE}title")
        return one_line(title or "")
    return ""


def spelling_language(package: Package) -> str:
    """Two letters: the language in which Word checks the spelling of most of the text."""
    for part in package.of_kind("styles"):
        defaults = child(part.root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")
        return (value(defaults) or "")[:2].lower()
    return ""
