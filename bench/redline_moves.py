"""Moves whose truth is known: real texts in which we moved clauses ourselves.

The clauses have no keys, so only their texts tell which is which. A draw is
taken only if it has one reading: if the clauses that were left alone are the
heaviest common order, by count and by characters before and after. Otherwise
one could say as well that the others moved.
"""

import random
from dataclasses import dataclass, replace

from bench.redline_corpus import clauses_of
from bench.redline_measures import WORD, words_of
from bench.reporting import Figure, table
from documents.comparison import ClauseState, Outcome, compare

MOVES = 20
MISSED = 1  # of them, at most
MIN_WORDS = 12  # of a clause that is moved; a shorter one may be anybody's
EDITED_WORDS = 0.1  # share of its words
DRAWS = 1_000


@dataclass(frozen=True)
class Kind:
    """What happens beside the moves.

    is_renumbered: all clauses are numbered by their place. is_edited:
    EDITED_WORDS of the words of each moved clause are others; are_all_edited:
    of each other clause too, so that few texts are found again as they were.
    """

    name: str
    is_renumbered: bool = False
    is_edited: bool = False
    are_all_edited: bool = False
    is_promised: bool = True


KINDS = (
    Kind("plain"),
    Kind("renumbered", is_renumbered=True),
    Kind("edited", is_edited=True),
    Kind("renumbered and edited", is_renumbered=True, is_edited=True),
    Kind("every clause edited", is_edited=True, are_all_edited=True, is_promised=False),
)


@dataclass(frozen=True)
class Truth:
    """Two texts, and which clause of the new one is which of the old one.

    origins: for each new clause the index of its old one. moved: indices of
    the new clauses that were moved.
    """

    old: list[ClauseState]
    new: list[ClauseState]
    origins: list[int]
    moved: set[int]

    @property
    def renumbered(self):
        """Indices of the new clauses that have another number than their old one."""
        return {
            at
            for at, origin in enumerate(self.origins)
            if self.new[at].number != self.old[origin].number
        }


@dataclass(frozen=True)
class Found:
    """found, wrong: moves reported that were made, or not, or of another clause.

    missed: texts of the moved clauses that were not found. mistaken: clauses
    taken for others. renumbered, renumberings: reported and made, both.
    """

    found: int
    wrong: int
    missed: list[str]
    mistaken: int
    renumbered: int
    renumberings: int


def truth(text, kind, seed):
    """A real text with MOVES of its clauses moved; None if it is too short or has two readings.

    kind: of KINDS. seed: another one draws other moves.
    """
    chance = random.Random(f"{seed} {kind.name}")  # noqa: S311
    lines = [line for line in text.split("\n") if line.strip()]
    eligible = [at for at, line in enumerate(lines) if _is_eligible(line, lines)]
    if len(eligible) < 2 * MOVES:
        return None
    for _ in range(DRAWS):
        origins, moved = _drawn(len(lines), eligible, chance)
        texts = _texts(lines, origins, moved, kind, chance)
        if _has_one_reading(lines, texts, origins, moved):
            return _made(lines, texts, origins, moved, kind)
    return None


def _drawn(size, eligible, chance):
    moved = set(chance.sample(eligible, MOVES))
    origins = [at for at in range(size) if at not in moved]
    for at in sorted(moved):
        origins.insert(chance.randrange(len(origins) + 1), at)
    return origins, moved


def _texts(lines, origins, moved, kind, chance):
    """The new lines; a word is replaced by another one of the text."""
    vocabulary = sorted(filter(str.isalpha, WORD.findall("\n".join(lines))))
    edited = moved if kind.is_edited else set()
    edited = {*origins} if kind.are_all_edited else edited
    texts = (lines[origin] for origin in origins)
    return [
        _edited(text, vocabulary, chance) if origin in edited else text
        for origin, text in zip(origins, texts, strict=True)
    ]


def _is_eligible(line, lines):
    return len(words_of(line).words) >= MIN_WORDS and lines.count(line) == 1


def _has_one_reading(lines, texts, origins, moved):
    staying = [origin for origin in origins if origin not in moved]
    counts = [1] * len(origins)
    lengths = [len(lines[origin]) for origin in origins]
    new_lengths = [*map(len, texts)]
    weights = counts, lengths, new_lengths
    return all(_heaviest(origins, weight) == staying for weight in weights)


def _heaviest(origins, weights):
    """The increasing subsequence with the greatest weight, by comparing all with all."""
    best = []  # (weight, where the one before it is) of the heaviest that ends here
    for at, origin in enumerate(origins):
        chains = ((best[other][0], other) for other in range(at) if origins[other] < origin)
        heaviest, before = max(chains, default=(0, None))
        best.append((heaviest + weights[at], before))
    at = max(range(len(best)), key=lambda at: best[at][0])
    chain = []
    while at is not None:
        chain.append(origins[at])
        at = best[at][1]
    return chain[::-1]


def _made(lines, texts, origins, moved, kind):
    old, new = (clauses_of("\n".join(side)) for side in (lines, texts))
    if kind.is_renumbered:
        old, new = _numbered(old), _numbered(new)
    return Truth(old, new, origins, {origins.index(at) for at in moved})


def _numbered(clauses):
    return [replace(clause, number=f"{at}.") for at, clause in enumerate(clauses, 1)]


def _edited(line, vocabulary, chance):
    spans = [span for span in words_of(line).spans if line[slice(*span)].isalpha()]
    for start, end in sorted(chance.sample(spans, round(EDITED_WORDS * len(spans))), reverse=True):
        line = line[:start] + chance.choice(vocabulary) + line[end:]
    return line


def found_in(truth):
    """What our comparison finds of a truth."""
    old_at = {id(clause): at for at, clause in enumerate(truth.old)}
    new_at = {id(clause): at for at, clause in enumerate(truth.new)}
    pairs = {
        new_at[id(change.new)]: (old_at[id(change.old)], change.outcomes)
        for change in compare(truth.old, truth.new).changes
        if change.old and change.new
    }
    right = {at for at, (origin, _) in pairs.items() if truth.origins[at] == origin}
    moved = {at for at, (_, outcomes) in pairs.items() if Outcome.MOVED in outcomes}
    numbered = {at for at, (_, outcomes) in pairs.items() if Outcome.RENUMBERED in outcomes}
    found = moved & truth.moved & right
    return Found(
        found=len(found),
        wrong=len(moved - found),
        missed=[truth.old[truth.origins[at]].text for at in sorted(truth.moved - found)],
        mistaken=len(pairs) - len(right),
        renumbered=len(numbered & truth.renumbered & right),
        renumberings=len(truth.renumbered),
    )


def measure(documents, draws):
    """Prints what is found in so many draws of the last version of each document; the figures."""
    rows, figures = [], []
    for kind in KINDS:
        found = [found_in(truth) for truth in _truths(documents, kind, draws)]
        rows.append(_row(kind, found))
        if kind.is_promised:
            fewest = min(one.found for one in found)
            wrong = sum(one.wrong for one in found)
            name = f"moves {kind.name}: found in the worst draw"
            figures.append(Figure(name, fewest, f"of {MOVES}", None, MOVES - MISSED, True))
            figures.append(Figure(f"moves {kind.name}: wrong in all draws", wrong, "", None, 0))
    header = ["draws", "found", "worst draw", "wrong", "mistaken", "renumberings"]
    table(f"{MOVES} moves of known truth", ["", *header], rows)
    print(
        "wrong: reported moves that nobody made. mistaken: clauses taken for others, moved or not."
    )
    return figures


def _truths(documents, kind, draws):
    for name, texts in documents.items():
        for draw in range(draws):
            if drawn := truth(texts[-1], kind, f"{name} {draw}"):
                yield drawn


def _row(kind, found):
    return [
        kind.name,
        str(len(found)),
        f"{sum(one.found for one in found)} of {MOVES * len(found)}",
        str(min(one.found for one in found)),
        str(sum(one.wrong for one in found)),
        str(sum(one.mistaken for one in found)),
        f"{sum(o.renumbered for o in found):,} of {sum(o.renumberings for o in found):,}",
    ]
