"""Inputs that we write: a long text with its next version, growing ones, hostile ones."""

import math
from dataclasses import dataclass
from statistics import median

from bench import redline_corpus as corpus
from bench.redline_corpus import Pair
from bench.redline_peers import engine_named
from bench.redline_running import TimeOut, apart, in_turns, limited, stopwatch
from bench.reporting import Figure, table

TINY = Pair("tiny", "One line of words.\nAnother one.", "One line of some words.\nAnother one.")
GIVEN = "ours, clauses given"
GIT = "git --word-diff"
DIFFLIB = "difflib, words"
FOR_EDITED = ("ours", GIVEN, GIT, "rapidfuzz Indel, words", "fast-diff-match-patch, words", DIFFLIB)
CLOSE = ("ours", GIVEN, GIT)
ROUNDS = 7  # of these in turns
REPEATS = 3  # of what takes less than REPEATED seconds
REPEATED = 1
MARGIN = 60  # seconds that a process may take to build its input and load its libraries
DIFFLIB_FASTER = 30  # times, at least
MAX_MEMORY = 25  # MB more than the inputs, on any input
MAX_GROWTH = 1.25  # 1, and the noise of the machine


@dataclass(frozen=True)
class Measured:
    """seconds: median; None if it was stopped, and memory then is None too. memory: MB."""

    seconds: float | None
    memory: float | None
    remark: str = ""


def measured_apart(engine_name, pair_name, limit):
    """Measured, in a fresh process, for nothing else is in its memory."""
    found = apart(_measured, engine_name, pair_name, limit, limit=2 * limit + MARGIN)
    return found or Measured(None, None)


def _measured(engine_name, pair_name, limit):
    """Loading is over before time and memory are taken."""
    engine, pair = engine_named(engine_name), corpus.named(pair_name)
    engine.compare(engine.prepare(TINY))
    prepared = engine.prepare(pair)
    try:
        with limited(limit):
            seconds, memory, result = engine.weighed(prepared)
    except TimeOut:
        return Measured(None, None)
    if seconds < REPEATED:
        repeated = (stopwatch(engine.compare, prepared)[0] for _ in range(REPEATS - 1))
        seconds = median([seconds, *repeated])
    return Measured(seconds, memory, engine.remark(result))


def compare(engines, pair_name, limit):
    """Prints time and memory of each engine; Measured by its name.

    What is CLOSE to one another is measured in turns as well.
    """
    found = {engine.name: measured_apart(engine.name, pair_name, limit) for engine in engines}
    close = [engine for engine in engines if engine.name in CLOSE]
    times = in_turns(close, [corpus.named(pair_name)], ROUNDS, limit)
    for name, own in times.items():
        found[name] = Measured(own.of(pair_name), found[name].memory, found[name].remark)
    rows = [
        [name, _seconds(one.seconds, limit), _megabytes(one.memory), one.remark]
        for name, one in found.items()
    ]
    table(f"synthetic pair: {pair_name}", ["engine", "seconds", "extra memory (MB)", ""], rows)
    return found


def _seconds(value, limit):
    return f"over {limit}" if value is None else f"{value:,.3f}"


def _megabytes(value):
    return "" if value is None else f"{value:,.1f}"


def synthetic_figures(found):
    peer = found[GIT].seconds * 1000 if GIT in found else None
    ours, given = (found[name].seconds * 1000 for name in ("ours", GIVEN))
    return [
        Figure("synthetic pair, against git", ours, "ms", peer, 1.5),
        Figure("synthetic pair, clauses given, against git", given, "ms", peer),
    ]


def every_edited_figures(found, limit):
    """A difflib that was stopped counts as the limit: that may keep the target, not miss it."""
    seconds = found["ours"].seconds
    figures = [Figure("every clause edited", seconds, "s", None, 0.2)]
    if DIFFLIB in found:
        peer = found[DIFFLIB].seconds
        factor = (peer or limit) / seconds
        target = None if peer is None and factor < DIFFLIB_FASTER else DIFFLIB_FASTER
        name = "every clause edited, faster than difflib" + ("" if peer else ", at least")
        figures.append(Figure(name, factor, "×", None, target, True))
    return figures


def measure_growth(sizes, limit):
    """Prints the curve; the figure is how n log n grew between the two largest."""
    ours = engine_named("ours")
    pairs = [corpus.named(corpus.GROWTH[size]) for size in sizes]
    times = in_turns([ours], pairs, REPEATS, limit)[ours.name]
    seconds = {size: times.of(corpus.GROWTH[size]) for size in sizes}
    shares = {size: seconds[size] / (size * math.log2(size)) * 1e6 for size in sizes}
    rows = [[f"{size:,}", f"{seconds[size]:.4f}", f"{shares[size]:.3f}"] for size in sizes]
    table("growth of ours", ["clauses", "seconds", "µs / (n log2 n)"], rows)
    *_, large, largest = sizes
    growth = shares[largest] / shares[large]
    return [Figure(f"n log n, {large:,} to {largest:,} clauses", growth, "×", None, MAX_GROWTH)]


def measure_hostile(engine_names, pair_names, limit):
    """Prints what each input takes; MB by name of the pair, when our clauses are given."""
    rows, memory = [], {}
    for pair_name in pair_names:
        found = {name: measured_apart(name, pair_name, limit) for name in engine_names}
        memory[pair_name] = found[GIVEN].memory
        row = [pair_name]
        for one in found.values():
            row += [_seconds(one.seconds, limit), _megabytes(one.memory)]
        rows.append([*row, found[GIVEN].remark])
    header = [f"{name} ({unit})" for name in engine_names for unit in ("s", "MB")]
    table("hostile inputs", ["", *header, "ours says"], rows)
    return memory


def memory_figure(memory):
    """The most of any input; one that was stopped has no bound."""
    name, most = max(
        ((name, math.inf if value is None else value) for name, value in memory.items()),
        key=lambda item: item[1],
    )
    return Figure(f"extra memory, most: {name}", most, "MB", None, MAX_MEMORY)
