"""Installations for journeys, on the database that the run was started for."""

import os
from contextlib import contextmanager

import pytest

from . import acme as at_acme
from .installation import Installation, PostgresDatabases, SqliteDatabases


@pytest.fixture(scope="session")
def databases():
    url = os.environ.get("DATABASE_URL", "")
    return PostgresDatabases(url) if url.startswith("postgres") else SqliteDatabases()


@pytest.fixture(scope="session")
def migrated(databases, tmp_path_factory):
    """The URL of a database without a publisher; journeys use copies of it."""
    folder = tmp_path_factory.mktemp("migrated")
    url = databases.create(folder)
    with using(folder, url) as made:
        made.manage("migrate", "--verbosity", "0")
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def founded(databases, migrated, tmp_path_factory):
    """The same with Acme: two people who may publish, three recipients, no policy."""
    folder = tmp_path_factory.mktemp("founded")
    url = databases.copy(migrated, folder)
    with using(folder, url) as made:
        at_acme.found(made)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def published(databases, founded, tmp_path_factory):
    """The same with a first text in force."""
    folder = tmp_path_factory.mktemp("published")
    url = databases.copy(founded, folder)
    with using(folder, url) as made:
        at_acme.publish_first(made)
    yield url
    databases.drop(url)


@pytest.fixture
def installation(databases, migrated, tmp_path):
    """An installation without a publisher, its mail server running."""
    with opened(databases, migrated, tmp_path) as made:
        yield made


@pytest.fixture
def acme(databases, founded, tmp_path):
    """Acme, where a material change takes two people; no policy yet."""
    with opened(databases, founded, tmp_path) as made:
        yield made


@pytest.fixture
def acme_in_force(databases, published, tmp_path):
    """Acme with a first text in force."""
    with opened(databases, published, tmp_path) as made:
        yield made


@contextmanager
def opened(databases, url, folder):
    """An installation on a copy of a database, its mail server running."""
    url = databases.copy(url, folder)
    with using(folder, url) as made:
        made.mail.start()
        yield made
        made.mail.stop()
    databases.drop(url)


@contextmanager
def using(folder, url):
    made = Installation(folder, url)
    try:
        yield made
    finally:
        made.close()
