"""Whatever a person gets wrong at the command line: one clear message, and nothing half-done."""

import pytest

pytestmark = pytest.mark.slow

OURS = ("--publisher", "acme", "--policy", "privacy", "--by", "lena")
TEXT = "# Privacy\n\n## 1. Storage\n\nWe keep your name for two years.\n"


@pytest.fixture
def acme(installation):
    installation.create_user("lena")
    installation.manage(
        *("create_publisher", "acme", "--name", "Acme", "--contact", "legal@acme.example"),
        *("--by", "lena"),
    )
    return installation


def write(acme, name, data):
    file = acme.folder / name
    file.write_bytes(data)
    return file


def test_files_that_cannot_be_imported_create_nothing(acme):
    for name, data, says in (
        ("empty.txt", b" \n", "holds no text"),
        ("letter.docx", b"PK\x03\x04", "cannot be imported yet"),
        ("binary.txt", b"\x00\x01\xff", "no text"),
    ):
        assert says in acme.refusal("import_policy", write(acme, name, data), *OURS)
    assert "cannot be read" in acme.refusal("import_policy", acme.folder / "none.txt", *OURS)
    assert "no policy" in acme.refusal("show_policy", *OURS)


def test_names_that_do_not_exist_are_answered_with_those_that_do(acme):
    file = write(acme, "text.md", TEXT.encode())
    answer = acme.refusal("import_policy", file, "--publisher", "acne", *OURS[2:])
    assert "no publisher “acne”" in answer
    assert "acme" in answer
    answer = acme.refusal("import_policy", file, *OURS[:4], "--by", "nobody")
    assert "no user “nobody”" in answer


def test_publishing_without_anyone_to_tell_is_refused_and_leaves_the_draft(acme):
    file = write(acme, "text.md", TEXT.encode())
    acme.manage("import_policy", file, *OURS)
    assert "nothing to publish" in _published_twice(acme)
    acme.manage("import_policy", write(acme, "text.md", TEXT.replace("two", "ten").encode()), *OURS)
    assert "no recipients" in acme.refusal("publish_version", *OURS)
    assert acme.report("show_policy", *OURS) == {"in force": 1}


def _published_twice(acme):
    acme.manage("publish_version", *OURS)
    return acme.refusal("publish_version", *OURS)


def test_one_bad_address_adds_nobody(acme):
    to_acme = ("--publisher", "acme", "--by", "lena")
    for bad in ("ada@example.org\r\nBcc: eve@example.org", "not an address"):
        answer = acme.refusal("add_recipients", "bo@example.org", bad, *to_acme)
        assert "address 2" in answer
    assert acme.report("add_recipients", "bo@example.org", *to_acme)["added"] == 1
    assert acme.report("add_recipients", "bo@EXAMPLE.org", *to_acme)["added"] == 0


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
