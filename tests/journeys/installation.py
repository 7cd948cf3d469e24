"""A whole installation to drive from outside: commands, processes, HTTP, a mail server.

Each has its own folder and its own database, copied from one that is prepared once.
"""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg

from tests.mail_server import MailServer, free_port

from .commands import ROOT, Commands

DAY = 86_400
PASSWORD = "quiet-harbour-42"


class CommandFailed(AssertionError):
    def __init__(self, arguments, result):
        super().__init__(f"{arguments}: {result.stdout}{result.stderr}")
        self.stderr = result.stderr


class Installation:
    """One installation. ``offset``: how far its clock is moved, in seconds."""

    def __init__(self, folder, database_url):
        self.folder = folder
        self.port = free_port()
        self.offset = 0
        self._commands = None
        self.mail = MailServer(free_port())
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("LEGALCMS_")},
            "DJANGO_SETTINGS_MODULE": "legalcms.settings.dev",
            "DATA": str(folder),
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "LEGALCMS_EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
        }

    def environ(self, **more):
        return self.environment | {"LEGALCMS_CLOCK_OFFSET": f"PT{self.offset}S"} | more

    def run(self, *arguments, **more):
        """A management command as a shell starts it, whatever it answers, with more environment.

        Returns its CompletedProcess.
        """
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environ(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def manage(self, *arguments):
        """Run a management command that must succeed; returns its output."""
        result = self._command(arguments=[*map(str, arguments)])
        if result.returncode:
            raise CommandFailed(arguments, result)
        return result.stdout

    def report(self, *arguments):
        """The facts that a command reports."""
        return json.loads(self.manage(*arguments, "--json"))

    def refusal(self, *arguments):
        """The message of a command that must fail, without a traceback."""
        result = self._command(arguments=[*map(str, arguments)])
        assert result.returncode > 0, f"{arguments} succeeded: {result.stdout}"
        assert "Traceback" not in result.stderr, result.stderr
        return result.stderr

    def python(self, code):
        """Run code where the product's would run; returns its CompletedProcess."""
        return self._command(code=code)

    def _command(self, **asked):
        if self._commands is None or self._commands.environment != self.environment:
            self.close()
            self._commands = Commands(self.folder, self.environment)
        return self._commands.run(self.offset, **asked)

    def close(self):
        """End what waits for commands."""
        if self._commands:
            self._commands.close()
        self._commands = None

    def create_user(self, username):
        """An administrator."""
        done = self.python(
            "from django.contrib.auth import get_user_model\n"
            f"get_user_model().objects.create_superuser({username!r}, password={PASSWORD!r})"
        )
        assert done.returncode == 0, done.stderr

    def pass_days(self, days):
        self.offset += days * DAY

    def deliver(self):
        """Let a worker do all that is due."""
        return self.report("run_worker", "--until-idle")

    def start(self, *arguments):
        """A management command in the background; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environ(),
            stdout=subprocess.DEVNULL,
        )

    @contextmanager
    def serving(self):
        """The site, by the same server as ``make run``. Yields its process."""
        command = [sys.executable, "-m", "gunicorn", "legalcms.wsgi", "--worker-class", "gthread"]
        command += ["--threads", "4", "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT, env=self.environ())
        try:
            wait_for_port(self.port, server)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)

    def get(self, path):
        """(status, text) of a public page."""
        try:
            with urllib.request.urlopen(self.base_url + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def page(self, path):
        """The words of a public page that must exist: tags and repeated spaces removed."""
        status, text = self.get(path)
        assert status == 200, f"{path}: {status}"
        return plain(text)


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def wait_for_port(port, process, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")


class SqliteDatabases:
    """Database files, each in a folder."""

    def create(self, folder):
        return f"sqlite:///{folder / 'legalcms.sqlite3'}"

    def copy(self, url, folder):
        copy = self.create(folder)
        with closing(self._open(url)) as source, closing(self._open(copy)) as target:
            source.backup(target)
        return copy

    def drop(self, url):
        """The file goes with its folder."""

    def _open(self, url):
        return sqlite3.connect(url.removeprefix("sqlite:///"))


class PostgresDatabases:
    """Databases beside the one that DATABASE_URL names."""

    def __init__(self, url):
        self.server = url
        self.count = 0

    def create(self, folder):
        return self._create("")

    def copy(self, url, folder):
        """Of a database that nobody uses."""
        return self._create(f'TEMPLATE "{name_of(url)}"')

    def drop(self, url):
        self._execute(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')

    def _create(self, template):
        self.count += 1
        name = f"legalcms_journey_{os.getpid()}_{self.count}"
        self._execute(f'DROP DATABASE IF EXISTS "{name}"')
        self._execute(f'CREATE DATABASE "{name}" {template}')
        return urlsplit(self.server)._replace(path=f"/{name}").geturl()

    def _execute(self, statement):
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def name_of(url):
    return urlsplit(url).path.strip("/")
