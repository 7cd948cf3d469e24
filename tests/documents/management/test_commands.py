"""What a person can get wrong at the command line ends in one message, before anything is done."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError

import manage
from documents.management.facts import facts_of
from legalcms.environment import read_environment
from notifications.models import Recipient
from tests import factories


@pytest.mark.parametrize("interval", ["inf", "nan", "-1", "0", "1e9", "soon"])
def test_a_worker_refuses_an_interval_that_it_cannot_wait(interval):
    with pytest.raises(CommandError, match="is not a number of seconds"):
        call_command("run_worker", f"--interval={interval}")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "smtp", "٣"])
def test_a_mail_server_refuses_what_is_no_port(port):
    with pytest.raises(CommandError, match="is not a port"):
        call_command("run_mail_server", f"--port={port}")


def test_a_mail_server_says_that_its_folder_is_none(tmp_path):
    file = tmp_path / "mail"
    file.touch()
    with pytest.raises(CommandError, match="cannot be made"):
        call_command("run_mail_server", f"--folder={file}")


@pytest.mark.parametrize("error", [OperationalError, ProgrammingError])
def test_a_database_that_cannot_be_used_is_said_in_one_line(monkeypatch, error):
    def fail(argv):
        raise error("no such table: policies\nLINE 1: SELECT")

    monkeypatch.setattr(manage, "execute_from_command_line", fail)
    with pytest.raises(SystemExit, match=r"cannot be used \(no such table: policies\)\. Is it run"):
        manage.main(["manage.py", "show_policy"])
    with pytest.raises(error):
        manage.main(["manage.py", "show_policy", "--traceback"])


def test_arguments_that_are_no_text_are_refused_before_the_command():
    with pytest.raises(SystemExit, match=r"not UTF-8 text: 'Caf\\udce9'"):
        manage.main(["manage.py", "create_publisher", "acme", "--name", "Caf\udce9"])


@pytest.mark.parametrize("offset", ["P3651D", "-P3651D", "P99999999D"])
def test_a_clock_is_not_moved_out_of_the_calendar(monkeypatch, offset):
    monkeypatch.setenv("LEGALCMS_CLOCK_OFFSET", offset)
    with pytest.raises(Exception, match="LEGALCMS_CLOCK_OFFSET is malformed"):
        read_environment()


def test_data_that_is_a_file_is_said_with_its_name(monkeypatch, tmp_path):
    (tmp_path / "data").touch()
    for folder in (tmp_path / "data", tmp_path / "data" / "below"):
        monkeypatch.setenv("DATA", str(folder))
        with pytest.raises(Exception, match="Environment variable DATA"):
            read_environment()


def test_a_time_stamp_authority_without_trusted_roots_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("LEGALCMS_TSA_URL", "https://tsa.example/stamp")
    for roots in (None, ""):
        if roots is not None:
            monkeypatch.setenv("LEGALCMS_TSA_ROOTS", roots)
        with pytest.raises(ImproperlyConfigured, match="LEGALCMS_TSA_ROOTS must name a file"):
            read_environment()
    file = tmp_path / "roots.pem"
    monkeypatch.setenv("LEGALCMS_TSA_ROOTS", str(file))
    with pytest.raises(ImproperlyConfigured, match="LEGALCMS_TSA_ROOTS is malformed"):
        read_environment()
    file.touch()
    assert file == read_environment().LEGALCMS_TSA_ROOTS


@pytest.mark.parametrize("url", ["tsa.example", "ftp://tsa.example", "https://", "file:///etc"])
def test_an_authority_that_is_no_web_address_is_refused(monkeypatch, url):
    monkeypatch.setenv("LEGALCMS_TSA_URL", url)
    with pytest.raises(ImproperlyConfigured, match="LEGALCMS_TSA_URL is malformed"):
        read_environment()


@pytest.mark.django_db
class TestAddRecipients:
    @pytest.fixture
    def to_acme(self):
        self.admin = factories.admin()
        publisher = factories.publisher(self.admin)
        return ("--publisher", publisher.slug, "--by", self.admin.username)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("nobody\n", 1),
            ("email,name\n\nada@example.org,Ada\n , \nnobody,Bo\n", 5),
            ('ada@example.org,Ada,"a remark\non two lines"\nnobody,Bo\n', 3),
        ],
    )
    def test_the_line_named_is_the_one_of_the_file(self, to_acme, tmp_path, text, line):
        file = tmp_path / "people.csv"
        file.write_text(text)
        with pytest.raises(CommandError, match=rf"people\.csv, line {line}: .*nobody"):
            call_command("add_recipients", "chi@example.org", "--file", file, *to_acme)
        assert not Recipient.objects.exists()

    def test_an_argument_is_named_by_its_place(self, to_acme):
        with pytest.raises(CommandError, match="address 2"):
            call_command("add_recipients", "ada@example.org", "nobody", *to_acme)

    @pytest.mark.parametrize("text", ["", "email,name\n", "\n , \n"])
    def test_a_file_without_an_address_is_an_error(self, to_acme, tmp_path, text):
        file = tmp_path / "people.csv"
        file.write_text(text)
        with pytest.raises(CommandError, match="There is no address"):
            call_command("add_recipients", "--file", file, *to_acme)

    def test_no_address_at_all_is_an_error(self, to_acme):
        with pytest.raises(CommandError, match="There is no address"):
            call_command("add_recipients", *to_acme)


@pytest.mark.django_db
def test_the_facts_of_a_publication_that_takes_effect_at_once_name_no_deadline():
    admin = factories.admin()
    publication = factories.publish(factories.policy(admin), admin)
    facts = facts_of(publication)
    assert facts["state"] == "effective"
    assert "everyone told before" not in facts
    assert "held because" not in facts
