"""Real policies with changes of known truth, and how many of these an import finds.

Every clause of a real text gets a key; then some clauses are changed in one way.
The new text carries no keys: which clause is which has to be found by what it says.
"""

import random
import re
from dataclasses import dataclass, replace

from bench.redline_measures import WORD
from documents.comparison import Outcome, compare
from documents.importing.matching import match, state_of
from documents.importing.outline import OutlineClause
from documents.markup import blocks, to_text

SHARE = 0.15  # of the clauses that can be changed in this way
MIN_WORDS = 12  # of a clause that is changed; a shorter one may be anybody's


@dataclass(frozen=True)
class Made:
    """A clause of the new text. origins: the keys of which it should keep one; none if it is new.

    is_changed: whether it was changed, and so counts.
    """

    clause: OutlineClause
    origins: frozenset[str] = frozenset()
    is_changed: bool = False


@dataclass
class Score:
    """changed: clauses changed. found: of them rightly known again for certain. asked: put to a
    person, rightly. wrong: of all clauses those taken for another for certain. told: of the
    changed ones shown as what was done to them.
    """

    changed: int = 0
    found: int = 0
    asked: int = 0
    wrong: int = 0
    told: int = 0

    def __add__(self, other):
        return Score(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


class Draw:
    """A text to be changed, and the chance that changes it."""

    def __init__(self, clauses, kind, seed):
        self.chance = random.Random(f"{kind} {seed}")  # noqa: S311
        self.clauses = clauses
        words = {word for each in clauses for word in WORD.findall(to_text(each.body))}
        self.vocabulary = sorted(filter(str.isalpha, words))

    def chosen(self, can_change):
        found = [at for at, clause in enumerate(self.clauses) if can_change(clause)]
        return {*self.chance.sample(found, max(round(SHARE * len(found)), min(1, len(found))))}

    def words(self, count):
        return " ".join(self.chance.choice(self.vocabulary) for _ in range(count))

    def made(self, changed=None):
        """The clauses as they are, but for those changed: {place: clause}."""
        changed = changed or {}
        return [
            Made(changed.get(at, clause), frozenset([key(at)]), at in changed)
            for at, clause in enumerate(self.clauses)
        ]

    def edited(self, html, share):
        """With that share of the words between tags replaced by others of the same text."""
        pieces = re.split(r"(<[^>]+>)", html)
        spans = [
            (at, word.span())
            for at, piece in enumerate(pieces)
            if not piece.startswith("<")
            for word in WORD.finditer(piece)
            if word[0].isalpha()
        ]
        chosen = self.chance.sample(spans, min(max(round(share * len(spans)), 1), len(spans)))
        for at, (start, end) in sorted(chosen, reverse=True):
            word = self.chance.choice(self.vocabulary)
            pieces[at] = pieces[at][:start] + word + pieces[at][end:]
        return "".join(pieces)


def key(at):
    return f"key-{at}"


def score(clauses, kind, seed):
    """What an import finds of one draw."""
    numbered = [replace(each, number=each.number or str(at)) for at, each in enumerate(clauses, 1)]
    draw = Draw(numbered if kind == "renumbered" else clauses, kind, seed)
    old = [replace(state_of(each), key=key(at)) for at, each in enumerate(draw.clauses)]
    made = KINDS[kind](draw)
    matches = match([each.clause for each in made], old)
    texts = {each.key: (each.heading, each.body) for each in old}
    told = _told(old, made, matches)
    found = Score()
    for at, (each, one) in enumerate(zip(made, matches, strict=True)):
        is_right = one is not None and _is_right(one.key, each.origins, texts)
        found.wrong += bool(one and one.is_sure and not is_right)
        if each.is_changed:
            found.changed += 1
            found.found += is_right and one.is_sure
            found.asked += is_right and not one.is_sure
            found.told += TOLD.get(kind, Outcome.UNCHANGED) in told[at]
    return found


def _is_right(found, origins, texts):
    """Whether it is the key of the same clause, or of one that says the very same."""
    return found in origins or any(texts[found] == texts[origin] for origin in origins)


def _told(old, made, matches):
    """The outcomes of each new clause in the redline that the import shows."""
    new = [
        replace(state_of(each.clause), key=one.key if one and one.is_sure else f"new-{at}")
        for at, (each, one) in enumerate(zip(made, matches, strict=True))
    ]
    found = {id(change.new): change.outcomes for change in compare(old, new).changes}
    return [found[id(each)] for each in new]


def _is_long(clause):
    return _count(clause.body) >= MIN_WORDS


def _count(body):
    return len(WORD.findall(to_text(body)))


def _move(draw):
    moved = draw.chosen(_is_long)
    made = draw.made({at: draw.clauses[at] for at in moved})
    new = [each for at, each in enumerate(made) if at not in moved]
    for at in sorted(moved):
        new.insert(draw.chance.randrange(len(new) + 1), made[at])
    return new


def _renumber(draw):
    """A new clause near the top, and every number after it one more."""
    at = draw.chance.randrange(min(5, len(draw.clauses)))
    later = range(at, len(draw.clauses))
    made = draw.made({each: replace(draw.clauses[each], number=str(each + 2)) for each in later})
    fresh = OutlineClause(1, str(at + 1), draw.words(3), f"<p>{draw.words(40)}</p>", (1, 1))
    return [*made[:at], Made(fresh), *made[at:]]


def _retitle(draw):
    chosen = draw.chosen(lambda clause: clause.heading and _is_long(clause))
    return draw.made({at: replace(draw.clauses[at], heading=draw.words(3)) for at in chosen})


def _split(draw):
    """Each part may keep the key, but only one of them can: the other counts as new."""
    chosen = draw.chosen(lambda clause: _halves(clause.body))
    new = []
    for at, each in enumerate(draw.made()):
        if at not in chosen:
            new.append(each)
            continue
        first, second = _halves(each.clause.body)
        part = replace(each.clause, number="", heading=draw.words(2), body=second)
        whole = Made(replace(each.clause, body=first), each.origins, is_changed=True)
        new += [whole, Made(part, each.origins)]
    return new


def _halves(body):
    """Two parts of its blocks, each long enough to be known again; else nothing."""
    parts = blocks(body)
    for at in range(1, len(parts)):
        halves = "".join(parts[:at]), "".join(parts[at:])
        if all(_count(half) >= MIN_WORDS for half in halves):
            return halves
    return ()


def _merge(draw):
    clauses, made, left = draw.clauses, draw.made(), set()
    pairs = [at for at in range(len(clauses) - 1) if all(map(_is_long, clauses[at : at + 2]))]
    for at in draw.chance.sample(pairs, round(SHARE * len(pairs))):
        if left & {at - 1, at, at + 1, at + 2}:
            continue
        left.add(at + 1)
        whole = replace(clauses[at], body=clauses[at].body + clauses[at + 1].body)
        made[at] = Made(whole, frozenset([key(at), key(at + 1)]), is_changed=True)
    return [each for at, each in enumerate(made) if at not in left]


def _edit(share):
    def edit(draw):
        chosen = draw.chosen(_is_long)
        bodies = {at: draw.edited(draw.clauses[at].body, share) for at in sorted(chosen)}
        return draw.made({at: replace(draw.clauses[at], body=bodies[at]) for at in chosen})

    return edit


def _replace(draw):
    """Another provision in the place of an old one, under its number: nothing of it is kept."""
    chosen = draw.chosen(_is_long)
    made = draw.made()
    for at in sorted(chosen):
        text = f"<p>{draw.words(_count(draw.clauses[at].body))}</p>"
        made[at] = Made(replace(draw.clauses[at], heading=draw.words(3), body=text))
    return made


KINDS = {
    "moved": _move,
    "renumbered": _renumber,
    "retitled": _retitle,
    "split": _split,
    "merged": _merge,
    "5 % of words edited": _edit(0.05),
    "20 % of words edited": _edit(0.2),
    "40 % of words edited": _edit(0.4),
    "60 % of words edited": _edit(0.6),
    "replaced": _replace,
}
TOLD = {
    "moved": Outcome.MOVED,
    "renumbered": Outcome.RENUMBERED,
    "retitled": Outcome.RETITLED,
    "split": Outcome.SPLIT,
    "merged": Outcome.MERGED,
} | {kind: Outcome.CHANGED for kind in KINDS if "edited" in kind}
