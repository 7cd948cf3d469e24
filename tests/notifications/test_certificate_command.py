"""The command that tells and writes a certificate."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import Role
from legalcms import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(announced, smtp):
    """Run the command on the first recipient, as an auditor; returns what it prints."""
    factories.work()
    auditor = factories.member(announced.publisher, Role.AUDITOR)

    def run(*options, address=announced.emails[0], by=auditor.username, on=None):
        out = StringIO()
        call_command(
            "certificate",
            address,
            f"--publisher={announced.publisher.slug}",
            f"--policy={announced.policy.slug}",
            f"--on={on or clock.now().date()}",
            f"--by={by}",
            *options,
            stdout=out,
        )
        return out.getvalue()

    run.announced = announced
    return run


def test_it_tells_what_the_page_tells(run):
    said = run()
    assert said.startswith("Certificate\n")
    assert "The exact message was made again from the record" in said
    assert "    “Privacy” by" in said, "the mail itself, set in"
    assert "Accepted is not read" in said


def test_it_tells_it_to_programs(run):
    told = json.loads(run("--json"))
    assert told["at_start"] is None
    assert told["changes"][0]["number"] == 1
    assert told["mails"][0]["tries"][0]["is_remade"] is True
    assert told["mails"][0]["proof"]["holds"] is True
    assert {"tone": "open"}.items() <= told["findings"][-1].items()


def test_it_writes_a_pdf(run, tmp_path):
    file = tmp_path / "c.pdf"
    assert str(file) in run(f"--pdf={file}")
    assert file.read_bytes().startswith(b"%PDF")


def test_the_address_is_taken_in_any_case_of_its_domain(run):
    address = run.announced.emails[0].replace("example", "EXAMPLE")
    assert "Certificate" in run(address=address)


def test_what_cannot_be_done_is_said_in_one_line(run, tmp_path):
    with pytest.raises(CommandError, match="There is no recipient “nobody@example"):
        run(address="nobody@example.org")
    with pytest.raises(CommandError, match="has not come yet"):
        run(on="9999-01-01")
    with pytest.raises(CommandError, match="is not a date"):
        run(on="soon")
    with pytest.raises(CommandError, match="cannot be written"):
        run(f"--pdf={tmp_path / 'no' / 'c.pdf'}")
    editor = factories.member(run.announced.publisher, Role.EDITOR)
    with pytest.raises(CommandError, match="may not do this"):
        run(by=editor.username)
