"""The mails of the demo in the browser, and nowhere else."""

import os
import subprocess
import sys
from email.message import EmailMessage

import pytest
from django.urls import NoReverseMatch, reverse

from legalcms.environment import ROOT
from tests import factories

pytestmark = pytest.mark.django_db

NAME = "20260301T090000000001-000001"
START = "/admin/demo-mails/"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "legalcms.settings.production",
    "LEGALCMS_SECRET_KEY": "x" * 60,
    "LEGALCMS_BASE_URL": "https://legal.example.org",
    "LEGALCMS_EMAIL_URL": "smtp://mail.example.org",
    "LEGALCMS_ALLOWED_HOSTS": "legal.example.org",
}
ASKED = """
import django; django.setup()
from django.urls import reverse
try:
    print(reverse("demo_mails:list"))
except Exception as error:
    print(type(error).__name__)
"""


@pytest.fixture
def kept(settings, tmp_path, client):
    """A function that keeps a mail as the demo's mail server does; an administrator looks."""
    settings.DATA, settings.ROOT_URLCONF = tmp_path, "tests.demo.urls"
    (tmp_path / "mail").mkdir()
    client.force_login(factories.admin())

    def keep(name=NAME, html="<html><head></head><body>Hello</body></html>", subject="Terms <b>"):
        mail = EmailMessage()
        mail["Subject"], mail["To"], mail["From"] = subject, "ada@example.org", "legal@acme.example"
        mail.set_content("Plain words")
        mail.add_alternative(html, subtype="html")
        (tmp_path / "mail" / f"{name}.eml").write_bytes(mail.as_bytes())

    return keep


def test_every_mail_is_listed_and_can_be_opened(client, kept):
    kept()
    kept(NAME.replace("0301", "0302"), subject="Newer")
    page = client.get(START).content.decode()
    assert page.index("Newer") < page.index("Terms &lt;b&gt;")
    page = client.get(f"{START}{NAME}/").content.decode()
    for told in ("Terms &lt;b&gt;", "ada@example.org", "legal@acme.example", "Plain words"):
        assert told in page
    assert "<iframe" in page


def test_a_mail_acts_on_nothing(client, kept):
    kept(html="<html><head></head><body><script>alert(1)</script></body></html>")
    framed = client.get(f"{START}{NAME}/?html")
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "allow-scripts" not in framed["Content-Security-Policy"]
    assert "alert(1)" not in client.get(f"{START}{NAME}/").content.decode()


@pytest.mark.parametrize("name", ["20260301T090000000001-000009", "login", "x"])
def test_what_is_no_mail_is_not_found(client, kept, name):
    kept()
    assert client.get(f"{START}{name}/").status_code == 404


def test_other_files_are_not_listed(client, kept, settings):
    (settings.DATA / "mail" / "secret.eml").write_text("Subject: secret\n\n")
    assert "secret" not in client.get(START).content.decode()


def test_only_administrators_read_them(client, kept):
    kept()
    team = factories.member(factories.publisher(factories.admin()), "publisher")
    client.force_login(team)
    for address in (START, f"{START}{NAME}/", f"{START}{NAME}/?html"):
        response = client.get(address)
        assert response.status_code == 403
        assert b"Plain words" not in response.content


def test_without_the_demo_there_is_no_such_address(client):
    client.force_login(factories.admin())
    assert client.get(START).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo_mails:list")


@pytest.mark.parametrize(("module", "answer"), [("production", "NoReverseMatch"), ("dev", START)])
def test_the_address_exists_with_development_settings_alone(tmp_path, module, answer):
    environment = PRODUCTION if module == "production" else {}
    environment = {**os.environ, **environment, "DATA": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = f"legalcms.settings.{module}"
    environment.pop("DATABASE_URL", None)
    asked = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert asked.stdout.split() == [answer], asked.stderr
