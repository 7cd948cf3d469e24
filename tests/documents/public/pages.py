"""Public pages as the tests read them: their address, their words, their elements."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br"}
KEYS_SCRIPT = ("script", {"src": "/static/documents/redline.js", "defer": None})  # of redlines


def address(policy, rest=""):
    return f"/{policy.publisher.slug}/{policy.slug}/{rest}"


def words(response):
    """What a reader sees: tags and repeated spaces removed."""
    text = response.content.decode().partition("<body>")[2].replace("</dt>", " ")
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


class Outline(HTMLParser):
    """The elements of a page, as (tag, attributes) in order; refuses tags that do not match."""

    def __init__(self, response):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(response.content.decode())
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def tags(self, *names):
        return [tag for tag, _ in self.elements if tag in names]

    def attributes(self, name):
        return [values[name] for _, values in self.elements if name in values]
