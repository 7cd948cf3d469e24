"""Finds the publisher's name where the text itself gives it.

Only three forms are taken: 'Acme ("we")', 'Acme GmbH (“Acme”)' and "operated by
Acme Ltd". A wrong name would stand on every page of the policy.
"""

import re
from collections.abc import Iterable
from itertools import dropwhile, islice

MAX_STATEMENTS = 15  # from the top; a name further down is that of a partner
MAX_CHARACTERS = 2_000

_WORD = r"[A-Z0-9][\w&’'-]*(?:\.\w+)*"
_FORM = (
    r"(?:GmbH(?: & Co\. KG)?|AG|KG|UG|SE|Ltd\.?|Limited|LLC|LLP|Inc\.?|Corp\.?|PLC|plc"
    r"|SAS|SARL|SA|S\.A\.S?\.|S\.à r\.l\.|B\.V\.|BV|N\.V\.|S\.p\.A\.|S\.r\.l\.|S\.L\.)"
)
_LEGAL = rf"(?:(?:SAS|SARL|SA) {_WORD}(?: {_WORD}){{0,3}}|{_WORD}(?: {_WORD}){{0,4}},? {_FORM})"
_QUOTE = r"[\"“„«]"
_FORMS = [
    re.compile(rf"(?<!\S)(?P<name>{_LEGAL}) \([^()]{{0,40}}{_QUOTE}"),
    re.compile(rf"(?<!\S)(?P<name>{_WORD}(?: {_WORD}){{0,4}}),? \({_QUOTE}(?:we|us|our)\b"),
    re.compile(rf"\b(?:operated|published|provided) by (?P<name>{_LEGAL})(?=[\s,;.)]|$)"),
]
_LEADS = {"Between", "Among", "From", "With"}
_ARTICLES = {"The", "This", "We", "Our", "In", "At", "By", "For"}


def named_publisher(texts: Iterable[str]) -> str:
    """The name, or "" where it is not said in one of the forms."""
    for text in islice(texts, MAX_STATEMENTS):
        for form in _FORMS:
            found = form.search(text[:MAX_CHARACTERS])
            if found and _is_one_name(found, text):
                return " ".join(dropwhile(_LEADS.__contains__, found["name"].split()))
    return ""


def _is_one_name(found: re.Match[str], text: str) -> bool:
    before = text[: found.start("name")].rstrip()
    words = found["name"].split()
    return not before.endswith((" or", " and")) and words[0] not in _ARTICLES
