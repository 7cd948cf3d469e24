"""Two real policies, each kept to its own promise, from the outside: commands, HTTP, SMTP, time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.slow

PEOPLE = ["ada@example.org", "bo@example.org", "chi@example.net"]
OURS = ("--publisher", "acme", "--policy", "privacy", "--by", "lena")


@pytest.fixture
def acme(installation):
    """An installation with a publisher, its administrator and three recipients."""
    installation.create_user("lena")
    installation.manage(
        *("create_publisher", "acme", "--name", "Acme", "--contact", "legal@acme.example"),
        *("--time-zone", "Europe/Paris", "--by", "lena"),
    )
    installation.manage("add_recipients", *PEOPLE, "--publisher", "acme", "--by", "lena")
    return installation


def by_email(acme, seeds):
    """Seed 004 in force: a substantial modification is told by e-mail."""
    acme.seed = next(seeds.glob("004_*.txt"))
    imported = acme.report("import_policy", acme.seed, "--title", "Privacy policy", *OURS)
    assert imported["clauses"] == 17
    assert imported["copies left out"] == 2
    words = "we commit to notifying you via your email address"
    promise = ("--trigger", "material", "--channel", "email", "--words", words)
    acme.manage("set_promise", *promise, *OURS)
    first = acme.report("publish_version", *OURS)
    assert (first["version"], first["state"]) == (1, "effective")


def change(acme, old, new):
    """Change some words of the file and import it again: one clause differs, all are known."""
    text = acme.seed.read_text(encoding="utf-8")
    assert old in text
    file = acme.folder / "changed.txt"
    file.write_text(text.replace(old, new), encoding="utf-8")
    imported = acme.report("import_policy", file, *OURS)
    assert (imported["added"], imported["removed"]) == (0, 0)


def announce(acme):
    """Seed 004 with one material change announced."""
    change(acme, "common law period of 5 years", "common law period of 10 years")
    second = acme.report("publish_version", "--summary", "We keep proofs for ten years.", *OURS)
    assert second["significance"] == "material"
    assert second["notice required"] is True
    assert second["recipients"] == len(PEOPLE)
    return second


def in_days(acme, days):
    """A legal day in Paris, so many days after the installation's today."""
    now = datetime.now(UTC) + timedelta(seconds=acme.offset)
    return (now.astimezone(ZoneInfo("Europe/Paris")).date() + timedelta(days=days)).isoformat()


def test_seed_004_a_material_change_is_told_by_email_and_then_takes_effect(acme, seeds):
    by_email(acme, seeds)
    second = announce(acme)
    assert second["state"] == "pending"
    assert acme.deliver()["sent"] == len(PEOPLE)
    assert sorted(message["To"] for message in acme.mail.messages) == PEOPLE
    text = acme.mail.messages[0].get_body(("plain",)).get_content()
    assert "[-5-]{+10+} years" in text
    assert "We keep proofs for ten years." in text
    with acme.serving():
        page = acme.page("/acme/privacy/")
        assert "period of 5 years" in page
        assert "We keep proofs for ten years." in page
        redline = acme.page("/acme/privacy/compare/1..2/")
        assert "period of 510 years" in redline
    acme.pass_days(32)
    with acme.serving():  # no worker has run since
        assert "period of 10 years" in acme.page("/acme/privacy/")
        assert "period of 5 years" in acme.page("/acme/privacy/versions/1/")
    assert acme.report("show_policy", *OURS)["in force"] == 2
    assert acme.report("verify_evidence")["versions"] == 2


def test_seed_004_is_held_while_mail_is_down_and_completes_with_a_new_date(acme, seeds):
    by_email(acme, seeds)
    acme.mail.stop()
    announce(acme)
    assert acme.deliver()["sent"] == 0
    acme.pass_days(32)
    acme.deliver()
    held = acme.report("show_policy", *OURS)
    assert (held["in force"], held["state"]) == (1, "held")
    assert held["held because"]
    with acme.serving():
        page = acme.page("/acme/privacy/")
        assert "period of 5 years" in page
        assert "has not taken effect" in page

    acme.mail.start()
    acme.pass_days(1)
    acme.deliver()
    assert acme.mail.messages == []  # nothing goes out with a date that is lost
    too_early = acme.refusal("reschedule_publication", "--effective-on", in_days(acme, 5), *OURS)
    assert "house minimum" in too_early
    moved = acme.report("reschedule_publication", "--effective-on", in_days(acme, 40), *OURS)
    assert moved["state"] == "pending"
    assert acme.deliver()["sent"] == len(PEOPLE)
    assert sorted(message["To"] for message in acme.mail.messages) == PEOPLE
    assert "new date" in acme.mail.messages[0]["Subject"]
    acme.pass_days(41)
    with acme.serving():
        assert "period of 10 years" in acme.page("/acme/privacy/")
    assert acme.report("show_policy", *OURS)["in force"] == 2
    acme.manage("verify_evidence")


def test_seed_002_a_change_is_posted_and_takes_effect_when_posted(acme, seeds):
    acme.seed = next(seeds.glob("002_*.txt"))
    acme.manage("import_policy", acme.seed, *OURS)
    words = "Changes to this Privacy Policy are effective when they are posted on this page."
    acme.manage("set_promise", "--trigger", "any", "--channel", "posting", "--words", words, *OURS)
    acme.manage("publish_version", *OURS)
    change(acme, "such as company name, role,", "such as company name, role, salary,")
    second = acme.report("publish_version", *OURS)
    assert second["significance"] == "material"
    assert (second["state"], second["notice required"]) == ("effective", False)
    with acme.serving():
        assert "role, salary, team-size" in acme.page("/acme/privacy/")
        assert "salary" in acme.page("/acme/privacy/compare/1..2/")
    acme.deliver()
    assert acme.mail.messages == []


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_seed_is_imported_and_read(acme, seeds, number):
    seed = next(seeds.glob(f"{number}_*.txt"))
    imported = acme.report("import_policy", seed, *OURS)
    assert imported["clauses"] >= 13
    again = acme.report("import_policy", seed, *OURS)
    assert (again["added"], again["removed"]) == (0, 0)
    acme.manage("publish_version", *OURS)
    with acme.serving():
        assert acme.get("/acme/privacy/")[0] == 200


def test_a_draft_cannot_be_read(acme, seeds):
    acme.manage("import_policy", next(seeds.glob("000_*.txt")), *OURS)
    with acme.serving():
        assert acme.get("/acme/privacy/")[0] == 404
        assert acme.get("/acme/privacy/versions/1/")[0] == 404
        assert "privacy" not in acme.get("/acme/")[1]


def test_dates_are_read_as_legal_days(acme, seeds):
    acme.manage("import_policy", next(seeds.glob("000_*.txt")), *OURS)
    yesterday = (date.today() - timedelta(days=2)).isoformat()  # noqa: DTZ011
    refusal = acme.refusal("publish_version", "--effective-on", yesterday, *OURS)
    assert "has passed" in refusal
    assert "not a date" in acme.refusal("publish_version", "--effective-on", "1/3/2026", *OURS)
