"""Which clause of the draft a clause of a new file is, so that it keeps its key.

The comparison core aligns them; here is said how sure that is. Sure is what has
the same key or the same text, and what is much alike while nothing else is nearly
as much so. A person decides on the rest: a lost key is a smaller harm than a wrong one,
for every redline after it would tell of a change that nobody made.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from documents.comparison import ClauseState
from documents.comparison.align import How, Pair, align
from documents.comparison.families import families
from documents.comparison.likeness import COMMON, Bag, bag, words_of

from .outline import OutlineClause

SURE = 0.6  # confidence from which nobody is asked
EVEN = 0.5  # confidence where another clause is just as like
SAME_HEADING, SAME_NUMBER, SAME_NEIGHBOUR = 0.2, 0.1, 0.1
RIVALS = 3  # looked at for each clause
MAX_WORDS = 2_000  # of a clause; what comes after them is not looked at


@dataclass(frozen=True, slots=True)
class Match:
    """The clause of the draft that a clause of a file seems to be.

    key: of that clause. confidence: 0 to 1; 1 for the same key or text.
    """

    key: str
    how: How
    confidence: float

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


def match(new: Sequence[OutlineClause], old: Sequence[ClauseState]) -> list[Match | None]:
    """For each clause of ``new`` its Match among those of ``old``; no clause is matched twice.

    old: with keys. None: nothing in ``old`` is like it.
    """
    states = [state_of(clause) for clause in new]
    pairs = [*align(old, states)]
    confidence = _Confidence(old, states, pairs)
    found = {
        id(pair.new): Match(pair.old.key, how, confidence.of(pair))
        for pair in pairs
        if pair.old and (how := pair.how)
    }
    return [found.get(id(state)) for state in states]


def state_of(clause: OutlineClause) -> ClauseState:
    """The clause as the comparison takes it, with the key that its file carries, if any."""
    return ClauseState(clause.key, clause.level, clause.number, clause.heading, clause.body)


class _Confidence:
    """How sure each pair is, seen beside all other clauses that are not known for certain.

    The clauses of a split or merge are no rivals of one another: their words are
    taken together.
    """

    def __init__(
        self, old: Sequence[ClauseState], new: Sequence[ClauseState], pairs: Sequence[Pair]
    ) -> None:
        self.before = _before(old) | _before(new)
        self.old_of = {id(pair.new): id(pair.old) for pair in pairs if pair.sides}
        unsure = [pair for pair in pairs if pair.how in {How.LIKENESS, None}]
        self.olds = _Crowd([pair.old for pair in unsure if pair.old])
        self.news = _Crowd([pair.new for pair in unsure if pair.new])
        self.kin = {
            id(pairs[family.whole].new): [pairs[at] for at in family.members]
            for family in families(pairs)
        }

    def of(self, pair: Pair) -> float:
        if not pair.sides or pair.how is not How.LIKENESS:
            return 1
        old, new = pair.sides
        kin = self.kin.get(id(new), [pair])
        olds, news = [each.old for each in kin if each.old], [each.new for each in kin if each.new]
        score = self.score(olds, news)
        rivals = [self.score([each], news) for each in self.olds.like(self.news.bag(news), olds)]
        rivals += [self.score(olds, [each]) for each in self.news.like(self.olds.bag(olds), news)]
        lead = score - max(rivals, default=0)
        return max(0, min(1, score + SAME_NEIGHBOUR * self.follows(old, new), EVEN + lead))

    def score(self, olds: Sequence[ClauseState], news: Sequence[ClauseState]) -> float:
        old, new = olds[0], news[0]
        score = self.olds.bag(olds).likeness(self.news.bag(news))
        score += SAME_HEADING * (old.heading != "" and old.heading == new.heading)
        return score + SAME_NUMBER * (old.number != "" and old.number == new.number)

    def follows(self, old: ClauseState, new: ClauseState) -> bool:
        """Whether both stand behind one and the same clause, or both at the start."""
        before = self.before[id(new)]
        return self.before[id(old)] == (before and self.old_of.get(before))


def _before(clauses: Sequence[ClauseState]) -> dict[int, int]:
    """The id of each clause → that of the clause before it; 0 for the first."""
    ids = [*map(id, clauses)]
    return dict(zip(ids, [0, *ids], strict=False))


class _Crowd:
    """Clauses, to be searched for those that are like another one."""

    def __init__(self, clauses: Sequence[ClauseState]) -> None:
        self.clauses = clauses
        self.bags = {id(each): bag(words_of(each.text, MAX_WORDS)) for each in clauses}
        self.holders: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, each in enumerate(clauses):
            for couple in self.bags[id(each)].couples:
                self.holders[couple].append(at)

    def bag(self, clauses: Sequence[ClauseState]) -> Bag:
        """The words of these, taken together."""
        bags = [self.bags[id(each)] for each in clauses]
        words, couples = ([getattr(each, name) for each in bags] for name in ("words", "couples"))
        return Bag(frozenset().union(*words), frozenset().union(*couples))

    def like(self, sought: Bag, but: Sequence[ClauseState]) -> list[ClauseState]:
        """The few, but for those, which share the most of what few have."""
        holders = (self.holders.get(couple, ()) for couple in sought.couples)
        shared = Counter(chain.from_iterable(few for few in holders if len(few) <= COMMON))
        best = nsmallest(RIVALS + len(but), shared, key=lambda at: (-shared[at], at))
        left_out = set(map(id, but))
        return [self.clauses[at] for at in best if id(self.clauses[at]) not in left_out]
