"""Our redline beside its peers: time, memory, and what a reader gets to see.

Every figure is of this run. Real pairs come from ../shared/histories; without
that folder only what we write ourselves is compared. Options, as in
`make bench-redline ARGS=--quick`: --quick takes few pairs and stops slow peers
soon; --all takes every peer through every pair. Each target
stands beside its figure.
"""

import argparse
import os
import platform
import time
from dataclasses import dataclass
from importlib.metadata import version

from bench import redline_corpus as corpus
from bench import redline_moves as moves
from bench import redline_real as real
from bench import redline_written as written
from bench.redline_peers import Ours, OursGiven, OursMinimal, installed_peers
from bench.reporting import report

NO_HISTORIES = "skipped: real pairs and moves in them (../shared/histories is missing)"
NO_OPTIMUM = "skipped: cost and marks over their optimum (numpy or rapidfuzz is missing)"


@dataclass(frozen=True)
class Plan:
    """How much is done.

    step: of the real pairs one in so many is taken. rounds: of these, for fast
    engines. limit, written_limit: seconds for one real pair and for a written
    one. sizes: of the growing texts, in clauses. draws: of moves, for each document.
    """

    step: int = 1
    rounds: int = 5
    limit: int = 5
    written_limit: int = 30
    sizes: tuple[int, ...] = (100, 1_000, 10_000)
    draws: int = 5
    is_all: bool = False


DEFAULT = Plan()
QUICK = Plan(step=8, rounds=3, limit=2, written_limit=10, draws=2)
ALL = Plan(limit=45, written_limit=300, draws=25, is_all=True)


def main():
    begin = time.monotonic()
    reports = os.environ.get("DATA", "var")
    plan = _plan()
    peers, missing = installed_peers()
    engines = [Ours(), OursMinimal(), *peers]
    _introduce(engines, missing)
    documents = corpus.histories()
    if not documents:
        print(NO_HISTORIES)
    figures = _real(engines, documents, plan) if documents else []
    figures += _written(engines, documents, plan)
    figures += moves.measure(documents, plan.draws) if documents else []
    os.environ["DATA"] = reports
    report("redline", figures)
    print(f"\ntook {time.monotonic() - begin:.0f} s")


def _plan():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--quick", dest="plan", action="store_const", const=QUICK)
    choice.add_argument("--all", dest="plan", action="store_const", const=ALL)
    parser.set_defaults(plan=DEFAULT)
    return parser.parse_args().plan


def _introduce(engines, missing):
    versions = [f"{one.package} {version(one.package)}" for one in engines if one.package]
    print(f"Python {platform.python_version()}; {'; '.join(dict.fromkeys(versions))}")
    for line in missing:
        print(line)


def _real(engines, documents, plan):
    """Consecutive pairs, for which there are targets, and distant ones."""
    if plan.is_all:
        for engine in engines:
            engine.every = 1
    pairs = corpus.consecutive_pairs(documents)
    title = f"consecutive real versions: {len(pairs)} pairs"
    title += f", of which one in {plan.step} is taken" if plan.step > 1 else ""
    pairs = pairs[:: plan.step]
    times, judge = real.compare_real(engines, pairs, plan.rounds, plan.limit, title)
    figures = real.time_figures(times)
    figures += _readings("what readers see of them", judge, pairs)
    distant = corpus.distant_pairs(documents)
    title = f"distant real versions: {len(distant)} pairs"
    _, judge = real.compare_real(engines, distant, 1, plan.limit, title)
    _readings("what readers see of distant ones", judge, distant)
    return figures


def _readings(title, judge, pairs):
    if not real.has_optimum():
        print(NO_OPTIMUM)
        return []
    return real.reading_figures(judge, *real.print_readings(title, judge, pairs))


def _written(engines, documents, plan):
    """Texts of ours. The memory that the longest real pair takes counts as well."""
    limit = plan.written_limit
    one_view = [OursGiven(), *(engine for engine in engines if engine.name != real.MINIMAL)]
    once = written.compare(one_view, corpus.SYNTHETIC, limit)
    fast = [engine for engine in one_view if plan.is_all or engine.name in written.FOR_EDITED]
    everywhere = written.compare(fast, corpus.EVERY_EDITED, limit)
    figures = written.synthetic_figures(once) + written.every_edited_figures(everywhere, limit)
    figures += written.measure_growth(plan.sizes, limit)
    names = [*corpus.HOSTILE]
    if documents:
        names.append(max(corpus.distant_pairs(documents), key=lambda pair: len(pair.new)).name)
    beside = [engine.name for engine in one_view if engine.name in written.CLOSE]
    memory = written.measure_hostile(beside, names, limit)
    memory |= {corpus.SYNTHETIC: once[written.GIVEN].memory}
    memory |= {corpus.EVERY_EDITED: everywhere[written.GIVEN].memory}
    return [*figures, written.memory_figure(memory)]


if __name__ == "__main__":
    main()
