"""Whatever a person gets wrong at the command line: one clear message, and nothing half-done."""

import pytest

from .acme import OURS, TEXT, in_days, standing, write

pytestmark = pytest.mark.slow


def put(acme, name, data):
    file = acme.folder / name
    file.write_bytes(data)
    return file


def test_files_that_cannot_be_imported_create_nothing(acme):
    for name, data, says in (
        ("empty.txt", b" \n", "holds no text"),
        ("letter.pdf", b"%PDF-1.7", "cannot be imported"),
        ("binary.txt", b"\x00\x01\xff", "no text"),
    ):
        assert says in acme.refusal("import_policy", put(acme, name, data), *OURS)
    assert "cannot be read" in acme.refusal("import_policy", acme.folder / "none.txt", *OURS)
    assert "no policy" in acme.refusal("show_policy", *OURS)


def test_names_that_do_not_exist_are_answered_with_those_that_do(acme):
    file = put(acme, "text.md", TEXT.encode())
    answer = acme.refusal("import_policy", file, "--publisher", "acne", *OURS[2:])
    assert "no publisher “acne”" in answer
    assert "acme" in answer
    answer = acme.refusal("import_policy", file, *OURS[:4], "--by", "nobody")
    assert "no user “nobody”" in answer


def test_nothing_is_published_twice(acme):
    write(acme, TEXT)
    acme.manage("publish_version", *OURS)
    assert "nothing to publish" in acme.refusal("publish_version", *OURS)
    assert standing(acme)["in force"] == 1


def test_dates_that_cannot_be_kept_are_refused_and_publish_nothing(acme):
    write(acme, TEXT)
    for asked, says in (
        (in_days(acme, -2), "has passed"),
        ("0001-01-01", "This year is outside the calendar"),
        ("9999-12-31", "This year is outside the calendar"),
        ("1/3/2026", "not a date"),
    ):
        assert says in acme.refusal("publish_version", "--effective-on", asked, *OURS)
    for asked in ("yesterday", "2026-13-01", "2026-03-29T02:30", "0001-01-01T00:00+14:00"):
        assert "at: " in acme.refusal("show_policy", "--at", asked, *OURS)
    assert standing(acme) == {"in force": None}


def test_one_bad_address_adds_nobody(acme):
    to_acme = ("--publisher", "acme", "--by", "lena")
    for bad in ("dev@example.org\r\nBcc: eve@example.org", "not an address"):
        answer = acme.refusal("add_recipients", "eli@example.org", bad, *to_acme)
        assert "address 2" in answer
    assert acme.report("add_recipients", "eli@example.org", *to_acme)["added"] == 1
    assert acme.report("add_recipients", "eli@EXAMPLE.org", *to_acme)["added"] == 0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://localhost/x", "DATABASE_URL is malformed"),
        ("DATABASE_URL", "postgresql://localhost:port/x", "DATABASE_URL is malformed"),
        ("PORT", "eighty", "PORT is malformed"),
        ("LEGALCMS_EMAIL_URL", "mail.example.org", "LEGALCMS_EMAIL_URL is malformed"),
        ("LEGALCMS_BASE_URL", "example.org", "LEGALCMS_BASE_URL is malformed"),
        ("LEGALCMS_CLOCK_OFFSET", "yesterday", "LEGALCMS_CLOCK_OFFSET is malformed"),
        ("LEGALCMS_CLOCK_OFFSET", "P36500D", "LEGALCMS_CLOCK_OFFSET is malformed"),
        ("DATA", "/dev/null/data", "Environment variable DATA"),
        ("LEGALCMS_SECRETKEY", "x", "Unknown environment variable LEGALCMS_SECRETKEY"),
    ],
)
def test_a_wrong_setting_stops_start_up_with_its_name(installation, name, value, says):
    result = installation.run("check", **{name: value})
    assert result.returncode
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_name_in_another_encoding_is_refused(installation):
    answer = installation.refusal(
        *("create_publisher", "acme", "--name", "Caf\udce9", "--contact", "legal@acme.example"),
        *("--by", "lena"),
    )
    assert "not UTF-8" in answer


@pytest.mark.parametrize(
    ("command", "url"),
    [
        (("show_policy", *OURS), "sqlite:////dev/null/none.sqlite3"),
        (("show_policy", *OURS), "postgresql://nobody@127.0.0.1:1/none"),
        (("show_policy", *OURS), "sqlite:///:memory:"),  # nothing is migrated
        (("run_worker", "--until-idle"), "sqlite:///:memory:"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_one_line(installation, command, url):
    result = installation.run(*command, DATABASE_URL=url)
    assert result.returncode == 1
    assert "The database cannot be used" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_mail_server_says_that_its_port_is_taken(installation):
    port = installation.mail.port
    answer = installation.refusal("run_mail_server", "--port", port)
    assert f"Port {port} cannot be used" in answer


@pytest.mark.parametrize(
    "variable",
    ["LEGALCMS_SECRET_KEY", "LEGALCMS_BASE_URL", "LEGALCMS_EMAIL_URL", "LEGALCMS_ALLOWED_HOSTS"],
)
def test_production_refuses_to_start_without_its_settings(installation, variable):
    complete = {
        "DJANGO_SETTINGS_MODULE": "legalcms.settings.production",
        "LEGALCMS_SECRET_KEY": "x" * 60,
        "LEGALCMS_BASE_URL": "https://legal.example.org",
        "LEGALCMS_EMAIL_URL": "smtp://127.0.0.1:25",
        "LEGALCMS_ALLOWED_HOSTS": "legal.example.org",
        "LEGALCMS_CLOCK_OFFSET": "PT0S",
    }
    assert installation.run("check", **complete).returncode == 0
    answer = installation.run("check", **(complete | {variable: ""}))
    assert f"{variable} must be set" in answer.stderr
    moved = installation.run("check", **(complete | {"LEGALCMS_CLOCK_OFFSET": "P1D"}))
    assert "never for production" in moved.stderr
    assert "development settings only" in installation.run("load_demo", **complete).stderr
