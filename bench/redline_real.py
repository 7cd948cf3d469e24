"""Real histories: time of every engine, and what its reader sees."""

from collections import Counter
from dataclasses import dataclass, field

from bench import redline_measures as measures
from bench.redline_running import in_turns
from bench.reporting import Figure, table

MINIMAL = "ours, minimal view"
GIT = "git --word-diff"
LEAST_FASTER = 20  # times, than each of:
SLOWER = ("redlines", "diff-match-patch, words", "lxml.html.diff", "wagtail diff_text")
PER = 50  # pairs that islands are counted for


def has_optimum():
    """Whether the libraries are there that compute what could be shown at least."""
    return None not in (measures.numpy, measures.Indel)


@dataclass
class Judgement:
    """What an engine showed: a Score for each pair, by its name.

    free: the same if what moved is not marked. wrong: pairs of which it showed
    another text. inexact: pairs that its edits do not rebuild byte for byte;
    None if they hold words only.
    """

    charged: dict[str, measures.Score] = field(default_factory=dict)
    free: dict[str, measures.Score] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    inexact: set[str] | None = field(default_factory=set)


class Judge:
    """Takes results as they come and keeps nothing of them but counts."""

    def __init__(self):
        self.judgements = {}

    def __call__(self, engine, pair, result):
        judgement = self.judgements.setdefault(engine.name, Judgement())
        reading = engine.reading(result, pair)
        if reading is None:
            judgement.wrong.add(pair.name)
            judgement.inexact.add(pair.name)
            return
        texts = pair.old, pair.new
        judgement.charged[pair.name] = measures.score(reading, *texts)
        judgement.free[pair.name] = measures.score(reading, *texts, is_move_free=True)
        if reading.is_exact is None:
            judgement.inexact = None
        elif not reading.is_exact:
            judgement.inexact.add(pair.name)

    def least_costs(self, pairs):
        """The optimum of each pair for which it can be computed, by name."""
        bounds = {
            pair.name: min(
                judgement.charged[pair.name].cost
                for judgement in self.judgements.values()
                if pair.name in judgement.charged
            )
            for pair in pairs
        }
        costs = {
            pair.name: measures.least_cost(pair.old, pair.new, bounds[pair.name]) for pair in pairs
        }
        return {name: cost for name, cost in costs.items() if cost is not None}


def compare_real(engines, pairs, rounds, limit, title):
    """Prints both tables for these pairs; (Times by engine, Judge)."""
    judge = Judge()
    times = in_turns(engines, pairs, rounds, limit, judge)
    _print_times(title, engines, times, limit)
    return times, judge


def _print_times(title, engines, times, limit):
    ours = times["ours"]
    rows = []
    for engine in engines:
        own = times[engine.name]
        each = sorted(map(own.of, own.rounds))
        rows.append(
            [
                engine.name,
                str(len(own.rounds)),
                f"{own.total() * 1000:,.1f}",
                f"{each[int(0.95 * len(each))] * 1000:,.2f}",
                str(len(own.timed_out)),
                f"{faster(times, engine.name):,.2f}",
            ]
        )
    table(title, ["engine", "pairs", "total (ms)", "p95 (ms)", "timed out", "× ours"], rows)
    print("× ours: its total over ours on the same pairs.", end=" ")
    print(f"A pair that timed out counts as {limit} s, so there the factor is too small.")
    sampled = [f"{engine.name} 1 in {engine.every}" for engine in engines if engine.every > 1]
    if sampled:
        print(f"Sampled: {', '.join(sampled)}; all others took all {len(ours.rounds)}.")


def faster(times, name):
    """How many times faster than the engine of that name ours was, on the pairs that it took."""
    return times[name].total() / times["ours"].total(times[name].rounds)


def print_readings(title, judge, pairs):
    """What readers see of each engine; (optimum, fewest marks) by the pair's name."""
    least = judge.least_costs(pairs)
    fewest = {pair.name: measures.fewest_marks(pair.old, pair.new) for pair in pairs}
    ours = judge.judgements["ours"].charged
    rows = []
    for name, judgement in judge.judgements.items():
        shown = {name: judgement.charged}
        if judgement.free != judgement.charged:
            shown[f"{name}, moves free"] = judgement.free
        for name, scores in shown.items():
            same = {name: ours[name] for name in scores}
            figures = _reading_figures(scores, least, fewest) if scores else [""] * 4
            there = f"{over_least(same, least):.3f}"
            rows.append([name, str(len(scores)), *figures, *_faults(judgement), there])
    header = ["engine", "pairs", "cost/optimum", "marks/fewest", "fragments", "islands/50"]
    header += ["not exact", "wrong text", "cost of ours there"]
    table(title, header, sorted(rows, key=lambda row: row[2]))
    print(
        f"cost = marked words + {measures.FRAGMENT} × fragments; the optimum is exact on "
        f"{len(least)} of {len(pairs)} pairs, the others are too large and left out of cost."
    )
    print("A move is charged as a deletion and an insertion, unless it says: moves free.")
    return least, fewest


def _reading_figures(scores, least, fewest):
    return [
        f"{over_least(scores, least):.3f}",
        f"{over_fewest(scores, fewest):.3f}",
        f"{sum(score.fragments for score in scores.values()):,}",
        f"{islands(scores):.1f}",
    ]


def _faults(judgement):
    inexact = "words only" if judgement.inexact is None else str(len(judgement.inexact))
    return [inexact, str(len(judgement.wrong))]


def over_least(scores, least):
    """Total cost over total optimum, on the pairs that have both."""
    both = [name for name in scores if name in least]
    return _share(sum(scores[name].cost for name in both), sum(least[name] for name in both))


def over_fewest(scores, fewest):
    """Total marked words over the fewest."""
    return _share(sum(score.marks for score in scores.values()), sum(map(fewest.get, scores)))


def _share(part, whole):
    return part / whole if whole else 1.0


def islands(scores):
    """Per PER pairs."""
    return PER * sum(score.islands for score in scores.values()) / len(scores)


def time_figures(times):
    figures = []
    if GIT in times:
        total, git = (times[name].total() * 1000 for name in ("ours", GIT))
        figures.append(Figure("real pairs, total, against git", total, "ms", git, 1))
    for name in SLOWER:
        if name in times:
            factor = faster(times, name)
            figures.append(
                Figure(f"real pairs, faster than {name}", factor, "×", None, LEAST_FASTER, True)
            )
    return figures


def reading_figures(judge, least, fewest):
    reader, minimal = judge.judgements["ours"], judge.judgements[MINIMAL]
    inexact = Counter(reader.inexact | minimal.inexact | reader.wrong | minimal.wrong)
    return [
        Figure(
            "reader's view, cost over optimum", over_least(reader.charged, least), "", None, 1.02
        ),
        Figure("reader's view, the same, moves free", over_least(reader.free, least), ""),
        Figure(f"islands per {PER} pairs", islands(reader.charged), "", None, 10),
        Figure(
            "minimal view, marks over fewest", over_fewest(minimal.charged, fewest), "", None, 1.015
        ),
        Figure(
            "minimal view, the same, moves free", over_fewest(minimal.free, fewest), "", None, 0.98
        ),
        Figure("pairs not rebuilt byte for byte", len(inexact), "", None, 0),
    ]
