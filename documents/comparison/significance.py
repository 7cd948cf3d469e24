"""How much a change seems to matter: a proposal that a person confirms or overrides.

It errs towards material: any other word in a body is material. What it calls
editorial leaves every word, number and sign with a meaning of its own as it was.
"""

import re
from collections.abc import Iterator

from .vocabulary import ClauseChange, ClauseState, Outcome, Proposal, Redline, Significance
from .words import tokens

_LEVELS = {
    "clause_added": Significance.MATERIAL,
    "clause_removed": Significance.MATERIAL,
    "words_changed": Significance.MATERIAL,
    "heading_changed": Significance.MINOR,
    "link_changed": Significance.MINOR,
    "punctuation_or_case": Significance.EDITORIAL,
    "formatting": Significance.EDITORIAL,
    "renumbered": Significance.EDITORIAL,
    "moved": Significance.EDITORIAL,
}
_WITHOUT_MEANING = set(".,;:!?'\"‘’‚“”„«»‹›()[]•…—|\u00ad\u200b\u2060\ufeff")
_DASH = re.compile(r"(?<!\d)(?<!\d\s)[-‐‑–](?!\s?\d)")  # beside a number: a range or minus
_HREF = re.compile(r'href="([^"]*)"')


def propose(change: ClauseChange) -> Proposal:
    """The significance of one clause's change, with the code of each reason, gravest first."""
    reasons = sorted(dict.fromkeys(_reasons(change)), key=list(_LEVELS).index)
    levels = [_LEVELS[reason] for reason in reasons]
    return Proposal(max(levels, default=Significance.EDITORIAL), tuple(reasons))


def highest(redline: Redline) -> Significance:
    """The significance of a version: the highest of its changes."""
    levels = (propose(change).level for change in redline.changed)
    return max(levels, default=Significance.EDITORIAL)


def _reasons(change: ClauseChange) -> Iterator[str]:
    old, new = change.old, change.new
    if old is None or new is None:
        yield "clause_added" if old is None else "clause_removed"
        return
    if Outcome.CHANGED in change.outcomes:
        is_same = _meaning(old.body_text) == _meaning(new.body_text)
        yield "punctuation_or_case" if is_same else "words_changed"
    if Outcome.RETITLED in change.outcomes:
        is_same = _meaning(old.heading) == _meaning(new.heading)
        yield "punctuation_or_case" if is_same else "heading_changed"
    if _links(old) != _links(new):
        yield "link_changed"
    elif Outcome.FORMATTING in change.outcomes:
        yield "formatting"
    if Outcome.RENUMBERED in change.outcomes:
        yield "renumbered"
    if Outcome.MOVED in change.outcomes:
        yield "moved"


def _meaning(text: str) -> list[str]:
    """What is left without spacing, letter case and punctuation."""
    spaced = _DASH.sub(" ", text)
    return [
        token.casefold()
        for token in tokens(spaced)
        if token not in _WITHOUT_MEANING and not token.isspace()
    ]


def _links(clause: ClauseState) -> list[str]:
    return _HREF.findall(clause.body)
