"""How fast notices go out, against the same mail server over a bare connection, and against peers.

The mail server is bench/mail_sink.py, once with PIPELINING and once without;
the peer of each figure is smtplib in a loop on one connection with bytes made
before, measured right before it. BENCH_POSTGRES=postgresql://…/name measures
PostgreSQL too: that database is dropped and made anew. NUMBER sets the size of
the long run (100,000; ``--all``: 1,000,000), SHORT that of the others.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from bench.reporting import Figure, report

ROOT = Path(__file__).resolve().parents[1]
NUMBER = 1_000_000 if "--all" in sys.argv else int(os.environ.get("NUMBER", "100000"))
SHORT = int(os.environ.get("SHORT", "20000"))
PEER = 2000
POSTGRES = os.environ.get("BENCH_POSTGRES", "")


def main():
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for name, url in databases(folder):
            bench = Bench(folder, name, url)
            figures += bench.speed() + bench.peers() + bench.long_run()
    report("mail", figures)


def databases(folder):
    yield "SQLite", f"sqlite:///{folder}/mail.sqlite3"
    if POSTGRES:
        yield "PostgreSQL", POSTGRES
    else:
        print("PostgreSQL is not measured: set BENCH_POSTGRES to a database that may be dropped.")


class Bench:
    """The figures on one database."""

    def __init__(self, folder, name, url):
        self.name, self.url = name, url
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("LEGALCMS_")},
            "DATA": folder,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "legalcms.settings.dev",
        }
        self.work("sample")

    def speed(self):
        """One worker with and without PIPELINING, and two."""
        with self.sink():
            raw, one = self.against_raw(workers=1)
            plain = Figure(f"{self.name}: one worker, no PIPELINING", one, "/s", raw, 0.8, True)
        with self.sink("--pipelining"):
            raw, one, runs = self.against_raw(workers=1, detailed=True)
            cpu, ledger = runs[0]["cpu_us"], runs[0]["ledger_us"]
            raw_again, two = self.against_raw(workers=2)
        return [
            plain,
            Figure(f"{self.name}: one worker", one, "/s", raw, 2, True),
            Figure(f"{self.name}: two workers", two, "/s", raw_again, 3.5, True),
            Figure(f"{self.name}: two workers to one", two, "/s", one, 1.7, True),
            Figure(f"{self.name}: CPU of the worker per message", cpu, "µs", None, 150),
            Figure(f"{self.name}: of it for the ledger", ledger, "µs", None, 15),
        ]

    def against_raw(self, workers, detailed=False):
        """(messages a second by smtplib, by ours): the two right after each other."""
        self.prepare(SHORT)
        self.work("fan_out")
        raw = rate([self.work("raw", 5000)])
        runs = self.side_by_side("send", workers)
        require(sum(run["number"] for run in runs) == SHORT)
        return (raw, rate(runs), runs) if detailed else (raw, rate(runs))

    def peers(self):
        figures = []
        for step, module, least in (("post_office", "post_office", 3), ("mailer", "mailer", 6)):
            if find_spec(module) is None:
                print(f"{module} is not measured: it is not installed (requirements-bench.txt).")
                continue
            with self.sink("--pipelining"):
                _raw, ours = self.against_raw(workers=1)
                self.empty()
                theirs = rate([self.work(step, PEER, DJANGO_SETTINGS_MODULE="bench.mail_peers")])
            name = f"{self.name}: one worker to {step}"
            figures.append(Figure(name, ours, "/s", theirs, least, True))
        return figures

    def long_run(self):
        self.prepare(NUMBER)
        fanned = self.work("fan_out")
        with self.sink("--pipelining"):
            run = self.work("send")
        require(run["number"] == NUMBER)
        tenths = last_tenth(run["marks"]) / first_tenth(run["marks"])
        return [
            Figure(f"{self.name}: fan-out of {NUMBER:,}", fanned["seconds"], "s", None, 60),
            Figure(f"{self.name}: longest transaction", fanned["longest_ms"], "ms", None, 200),
            Figure(f"{self.name}: memory of the fan-out", fanned["MB"], "MB", None, 300),
            Figure(f"{self.name}: delivery of {NUMBER:,}", rate([run]), "/s"),
            Figure(f"{self.name}: memory of the delivery", run["MB"], "MB", None, 300),
            Figure(
                f"{self.name}: rate of the last tenth to the first", tenths, "", None, 0.9, True
            ),
        ]

    def prepare(self, number):
        self.empty()
        self.work("prepare", number)

    def empty(self):
        if self.url.startswith("sqlite"):
            for file in Path(self.environment["DATA"]).glob("mail.sqlite3*"):
                file.unlink()
            return
        import psycopg

        server, _slash, name = self.url.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')

    @contextmanager
    def sink(self, *offers):
        command = [sys.executable, "-m", "bench.mail_sink", *offers]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        port = int(process.stdout.readline())
        self.environment["LEGALCMS_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        try:
            yield
        finally:
            process.terminate()
            process.communicate()

    def work(self, *step, **more):
        return finished(self._start(*step, **more))

    def side_by_side(self, step, number):
        return [finished(process) for process in [self._start(step) for _ in range(number)]]

    def _start(self, *step, **more):
        return subprocess.Popen(
            [sys.executable, "-m", "bench.mail_work", *map(str, step)],
            cwd=ROOT,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            text=True,
        )


def finished(process):
    out, _err = process.communicate()
    if process.returncode:
        raise SystemExit(f"{process.args}: {out}")
    return json.loads(out.splitlines()[-1])


def require(all_were_sent):
    if not all_were_sent:
        raise SystemExit("Not every message was sent once; a rate of that means nothing.")


def rate(runs):
    """Messages a second from the first one's begin to the last one's end."""
    number = sum(run["number"] for run in runs)
    return number / (max(run["ended"] for run in runs) - min(run["began"] for run in runs))


def first_tenth(marks):
    """marks: (number sent, seconds since the begin). Messages a second of the first tenth."""
    sent, seconds = next(mark for mark in marks if mark[0] >= marks[-1][0] / 10)
    return sent / seconds


def last_tenth(marks):
    total, end = marks[-1]
    earlier = [mark for mark in marks if mark[0] <= total * 0.9] or [(0, 0.0)]
    sent, seconds = earlier[-1]
    return (total - sent) / (end - seconds)


if __name__ == "__main__":
    main()
