"""Management commands, without waiting for Django to load each time.

A process that has loaded and checked it forks for every command. The fork does
what ``manage.py`` does from there on, and is a process of its own: its
arguments, output, exit code and database connections are of that command alone.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import gc, json, os, sys
from datetime import timedelta
import django
import manage
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.db import connections
import notifications.worker
run_checks()
gc.freeze()
for line in sys.stdin:
    asked = json.loads(line)
    if os.fork() == 0:
        break
    _pid, status = os.wait()
    print(os.waitstatus_to_exitcode(status), flush=True)
else:
    sys.exit()
settings.CLOCK_OFFSET = timedelta(seconds=asked["offset"])
for name, number in (("stdout", 1), ("stderr", 2)):
    with open(asked[name], "wb") as file:
        os.dup2(file.fileno(), number)
if "code" in asked:
    exec(asked["code"], {})
    connections.close_all()
else:
    manage.main(["manage.py", *asked["arguments"], "--skip-checks"])
"""


class Commands:
    """Runs commands in one environment. ``folder``: for what they print."""

    def __init__(self, folder, environment):
        self.environment = environment.copy()
        self._files = {name: folder / f"command.{name}" for name in ("stdout", "stderr")}
        self._process = subprocess.Popen(
            [sys.executable, "-c", LOADED],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, offset, **asked):
        """``arguments`` of manage.py, or ``code``. Returns its CompletedProcess."""
        asked |= {"offset": offset} | {name: str(file) for name, file in self._files.items()}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        printed = {name: file.read_text(encoding="utf-8") for name, file in self._files.items()}
        return subprocess.CompletedProcess(asked, code, **printed)

    def close(self):
        self._process.communicate()  # the end of its input ends it
