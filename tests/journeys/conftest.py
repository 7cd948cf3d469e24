"""Installations for journeys, on the database that the run was started for."""

import os
import subprocess
import sys

import pytest

from .installation import ROOT, Installation, PostgresTemplate, SqliteTemplate


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A migrated database that each journey copies."""
    url = os.environ.get("DATABASE_URL", "")
    folder = tmp_path_factory.mktemp("template")
    made = PostgresTemplate(url) if url.startswith("postgres") else SqliteTemplate(folder)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "legalcms.settings.dev",
        "DATA": str(folder),
        "DATABASE_URL": made.url,
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    yield made
    made.drop(made.url)


@pytest.fixture
def installation(tmp_path, template):
    """An empty installation with its mail server running."""
    url = template.copy(tmp_path)
    made = Installation(tmp_path, url)
    made.mail.start()
    yield made
    made.mail.stop()
    template.drop(url)
