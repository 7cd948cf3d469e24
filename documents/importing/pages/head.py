"""What the head of a page says about it: its title, site, language and address."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..decoding import one_line
from ..outline import MAX_HEADING
from .marks import absolute
from .tree import Node, nodes

_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?")
_SEPARATOR = re.compile(r"\s[|·•–—:»«-]+\s")
_WEB = ("http://", "https://")


@dataclass(frozen=True)
class Head:
    """Each is empty if the page does not say it. language: two letters. address: where relative
    links start.
    """

    title: str
    site: str
    language: str
    address: str


def head_of(root: Node, address: str) -> Head:
    """address: where the page was found, if that is known."""
    found = list(nodes(root))
    site = _first(node.get("content") for node in found if node.get("property") == "og:site_name")
    titles = (node.get("content") for node in found if node.tag == "title")
    languages = (_language(node.get("lang")) for node in found if node.tag == "html")
    return Head(
        _without_site(_first(titles), site),
        site,
        _first(languages),
        _base(found, address),
    )


def names_in(title: str) -> list[str]:
    """The parts of a page's title: "Privacy notice" and "Example Ltd"."""
    return _SEPARATOR.split(title)


def _first(texts: Iterable[str]) -> str:
    """The first that says something; a longer one than a heading is no name."""
    return next(filter(None, (one_line(text) for text in texts if len(text) <= MAX_HEADING)), "")


def _language(tag: str) -> str:
    found = _LANGUAGE.fullmatch(tag.strip().lower())
    return found[1] if found else ""


def _base(found: Iterable[Node], address: str) -> str:
    address = address or next(_canonical_addresses(found), "")
    bases = (node.get("href") for node in found if node.tag == "base" and node.get("href"))
    base = absolute(next(bases, ""), address) or address
    return base if base.startswith(_WEB) else ""


def _canonical_addresses(found: Iterable[Node]) -> Iterator[str]:
    for node in found:
        href = node.get("href").strip()
        if node.tag == "link" and node.get("rel").lower() == "canonical" and href.startswith(_WEB):
            yield href


def _without_site(title: str, site: str) -> str:
    """The title without the site's name, where a mark stands between the two."""
    parts = names_in(title)
    if site and len(parts) > 1:
        if parts[-1].casefold() == site.casefold():
            return _SEPARATOR.split(title[::-1], maxsplit=1)[1][::-1]
        if parts[0].casefold() == site.casefold():
            return _SEPARATOR.split(title, maxsplit=1)[1]
    return title
