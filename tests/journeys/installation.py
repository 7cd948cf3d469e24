"""A whole installation to drive from outside: commands, processes, HTTP, a mail server.

Each has its own folder and its own database, copied from a migrated template.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.mail_server import MailServer, free_port

ROOT = Path(__file__).resolve().parents[2]
DAY = 86_400


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
        """Run a management command; returns its CompletedProcess whatever it answers."""
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
        result = self.run(*arguments)
        if result.returncode:
            raise CommandFailed(arguments, result)
        return result.stdout

    def report(self, *arguments):
        """The facts that a command reports."""
        return json.loads(self.manage(*arguments, "--json"))

    def refusal(self, *arguments):
        """The message of a command that must fail, without a traceback."""
        result = self.run(*arguments)
        assert result.returncode, f"{arguments} succeeded: {result.stdout}"
        assert "Traceback" not in result.stderr, result.stderr
        return result.stderr

    def create_user(self, username, password="quiet-harbour-42"):
        """An administrator; returns the password."""
        result = self.run(
            "createsuperuser",
            "--noinput",
            "--username",
            username,
            "--email",
            f"{username}@example.org",
            DJANGO_SUPERUSER_PASSWORD=password,
        )
        assert result.returncode == 0, result.stderr
        return password

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
        """The site, by the same server as ``make run``."""
        command = [sys.executable, "-m", "gunicorn", "legalcms.wsgi", "--worker-class", "gthread"]
        command += ["--threads", "4", "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT, env=self.environ())
        try:
            wait_for_port(self.port, server)
            yield self
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


class SqliteTemplate:
    """Copies of a migrated database file."""

    def __init__(self, folder):
        self.file = folder / "template.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def copy(self, folder):
        target = folder / "legalcms.sqlite3"
        shutil.copy(self.file, target)
        return f"sqlite:///{target}"

    def drop(self, url):
        """The file goes with its folder."""


class PostgresTemplate:
    """Copies of a migrated database, beside the one that DATABASE_URL names."""

    def __init__(self, url):
        self.server = url
        self.name = f"legalcms_template_{os.getpid()}"
        self.count = 0
        self._execute(f'DROP DATABASE IF EXISTS "{self.name}"')
        self._execute(f'CREATE DATABASE "{self.name}"')
        self.url = self._url(self.name)

    def copy(self, folder):
        self.count += 1
        name = f"{self.name}_{self.count}"
        self._execute(f'DROP DATABASE IF EXISTS "{name}"')
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return self._url(name)

    def drop(self, url):
        name = urlsplit(url).path.strip("/")
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _url(self, name):
        return urlsplit(self.server)._replace(path=f"/{name}").geturl()

    def _execute(self, statement):
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)
