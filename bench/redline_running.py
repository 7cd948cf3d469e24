"""Runs comparisons and takes their time and memory.

Times of engines that are compared with one another are taken in turns on the
same pair, so that whatever else the machine does hits all of them. Memory is
taken in a fresh process: in an old one a peak hides in what is free already.
"""

import ctypes
import gc
import multiprocessing
import signal
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

STATUS = Path("/proc/self/status")
RESET_PEAK = Path("/proc/self/clear_refs"), "5"  # proc(5): makes VmHWM the size of now


class TimeOut(BaseException):
    """A comparison took longer than it may. No engine should catch it, hence no Exception."""


@contextmanager
def limited(seconds):
    """Raises TimeOut after so many seconds, as soon as the engine runs Python again."""

    def stop(_signal, _frame):
        raise TimeOut

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def stopwatch(call, *args):
    """(seconds, result)."""
    begin = time.perf_counter()
    result = call(*args)
    return time.perf_counter() - begin, result


@dataclass
class Times:
    """Seconds that an engine took for each pair, by the pair's name, in every round.

    timed_out: pairs that it was stopped at; their seconds are the limit.
    """

    rounds: dict[str, list[float]] = field(default_factory=dict)
    timed_out: set[str] = field(default_factory=set)

    def add(self, name, seconds):
        self.rounds.setdefault(name, []).append(seconds)

    def of(self, name):
        """Median seconds for a pair."""
        return median(self.rounds[name])

    def total(self, names=None):
        """Of the medians, for these pairs or for all."""
        return sum(self.of(name) for name in (self.rounds if names is None else names))


def in_turns(engines, pairs, rounds, limit, results=None):
    """Times of each engine, by its name: every round takes every pair, every pair every engine.

    limit: seconds for one comparison. results: called with (engine, pair,
    result) once for each, outside the measured time.
    """
    times = {engine.name: Times() for engine in engines}
    gc.collect()
    gc.freeze()
    for number in range(rounds):
        for at, pair in enumerate(pairs):
            for engine in _turned(engines, number + at):
                if at % engine.every or (number and engine.is_slow):
                    continue
                result = _measured(engine, pair, limit, times[engine.name])
                if results and not number and result is not None:
                    results(engine, pair, result)
    gc.unfreeze()
    return times


def _turned(engines, by):
    by %= len(engines)
    return engines[by:] + engines[:by]


def _measured(engine, pair, limit, times):
    """The engine's result; None if it was stopped."""
    prepared = engine.prepare(pair)
    try:
        with limited(limit):
            seconds, result = stopwatch(engine.compare, prepared)
    except TimeOut:
        times.add(pair.name, limit)
        times.timed_out.add(pair.name)
        return None
    times.add(pair.name, seconds)
    return result


def apart(measure, *args, limit):
    """What measure(*args) returns in a fresh process; None after `limit` seconds."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, measure, args))
    process.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(limit) else None
    except EOFError:
        raise RuntimeError(f"a process ended without a result: {measure.__name__}{args}") from None
    finally:
        process.kill()
        process.join()


def _send(sender, measure, args):
    sender.send(measure(*args))


def extra_memory(call, *args):
    """(MB, result): how much the resident memory grew at most during the call.

    Linux only. The peak of a child process, if the engine is one, is not in it.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    path, sign = RESET_PEAK
    path.write_text(sign)
    before = _status("VmRSS")
    result = call(*args)
    return (_status("VmHWM") - before) / 1024, result


def _status(name):
    """A figure of this process in kB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])
