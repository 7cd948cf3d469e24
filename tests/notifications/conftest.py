"""A policy with people to tell, and a real mail server to tell them by."""

from types import SimpleNamespace

import django
import pytest

from tests import factories
from tests.factories import MATERIAL_TEXT
from tests.mail_server import MailServer, free_port


@pytest.fixture
def smtp(settings):
    """A running SMTP server that Django's mail settings point to."""
    server = MailServer(free_port()).start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    else:
        settings.EMAIL_BACKEND = backend
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
    yield server
    server.stop()


@pytest.fixture
def announced(db):
    """A material change, announced to three recipients, nothing sent yet."""
    admin = factories.admin()
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    emails = factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT, summary="Ten years now.")
    return SimpleNamespace(
        admin=admin,
        policy=policy,
        publisher=policy.publisher,
        emails=emails,
        publication=publication,
        notice=publication.notices.get(),
    )
