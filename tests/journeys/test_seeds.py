"""Five real policies, each kept to its own promise, from outside: commands, HTTP, SMTP, time.

What each promises about its own changes stands in its text, or is an
interpretation that somebody answers for by name.
"""

import re

import pytest

from .acme import (
    COUNSEL,
    OURS,
    PEOPLE,
    addressees,
    begin_of,
    in_days,
    need_one_person,
    notices,
    promise,
    publish_by_two,
    standing,
    subjects,
    words_of,
    write,
)

pytestmark = pytest.mark.slow

READ_BY = ("--interpretation-by", COUNSEL)
HOUSE_DAYS = 31  # the house minimum of 30 whole days, and the day on which people are told
SEED_000 = (
    *("--trigger", "material", "--channel", "email", "--consent", "where_required"),
    *("--words", "We’ll notify you if we make a significant change", *READ_BY),
)
SEED_002 = (
    *("--trigger", "any", "--channel", "posting", "--consent", "deemed"),
    "--words",
    "Changes to this Privacy Policy are effective when they are posted on this page.",
)
SEED_003 = (
    *("--trigger", "material", "--channel", "email", "--channel", "site_notice"),
    *("--consent", "deemed", *READ_BY),
    "--words",
    "If we make material changes, we will notify you by means of an email or a notice on this "
    "site before the change is implemented.",
)
SEED_004 = (
    *("--trigger", "material", "--channel", "email"),
    *("--words", "we commit to notifying you via your email address", *READ_BY),
)
CHANGES = {
    "000": ("Content for up to one year", "Content for up to ten years"),
    "001": ("up to 30 days to delete", "up to 60 days to delete"),
    "002": ("such as company name, role,", "such as company name, role, salary,"),
    "003": ("We will never, without your prior consent,", "We may, without your prior consent,"),
    "004": ("common law period of 5 years", "common law period of 10 years"),
}


def text_of(seeds, number):
    return next(seeds.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def put_in_force(acme, seeds, number, terms=None):
    """The seed as version 1, its promise recorded. Returns what recording it said."""
    write(acme, text_of(seeds, number), name="seed.txt")
    said = promise(acme, *terms) if terms else None
    assert acme.report("publish_version", *OURS)["state"] == "effective"
    return said


def change(acme, seeds, number, old="", new=""):
    """Some words of the file changed: one clause differs, and all are known."""
    old, new = (old, new) if old else CHANGES[number]
    text = text_of(seeds, number)
    assert old in text
    imported = write(acme, text.replace(old, new), name="seed.txt")
    assert (imported["added"], imported["removed"]) == (0, 0)


def announce(acme, seeds, number, *terms):
    """One material change of a seed announced by one person, for the earliest day."""
    change(acme, seeds, number)
    second = acme.report("publish_version", *terms, *OURS)
    assert second["significance"] == "material"
    return second


def test_seed_004_a_substantial_change_is_told_to_each_by_email_before_it_takes_effect(acme, seeds):
    said = put_in_force(acme, seeds, "004", SEED_004)
    assert "The number of days is our house minimum, not the policy’s." in said["basis"]
    assert f"Interpretation by {COUNSEL}." in said["basis"]
    change(acme, seeds, "004")
    second = publish_by_two(acme, "--summary", "We keep proofs for ten years.")
    assert (second["state"], second["significance"]) == ("pending", "material")
    assert second["effective at"] == begin_of(in_days(acme, HOUSE_DAYS))
    assert second["recipients"] == len(PEOPLE)
    assert acme.deliver()["sent"] == len(PEOPLE)
    assert addressees(acme) == PEOPLE
    mail = words_of(notices(acme)[0])
    assert "[-5-]{+10+} years" in mail
    assert "We keep proofs for ten years." in mail
    with acme.serving():
        page = acme.page("/acme/privacy/")
        assert "period of 5 years" in page
        assert "We keep proofs for ten years." in page
        assert "period of 510 years" in acme.page("/acme/privacy/compare/1..2/")
    acme.pass_days(HOUSE_DAYS)
    with acme.serving():  # no worker has run since
        assert "period of 10 years" in acme.page("/acme/privacy/")
        assert "period of 5 years" in acme.page("/acme/privacy/versions/1/")
    assert acme.report("verify_evidence")["versions"] == 2


def test_seed_004_is_held_while_mail_is_down_and_takes_effect_on_a_new_day(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "004", SEED_004)
    acme.mail.stop()
    announce(acme, seeds, "004")
    assert acme.deliver()["sent"] == 0
    acme.pass_days(HOUSE_DAYS)
    acme.deliver()
    held = standing(acme)
    assert (held["in force"], held["state"]) == (1, "held")
    assert held["held because"]
    with acme.serving():
        page = acme.page("/acme/privacy/")
        assert "period of 5 years" in page
        assert "has not taken effect" in page
    acme.mail.start()
    acme.deliver()
    assert notices(acme) == []  # nothing goes out with a date that is lost
    early = acme.refusal("reschedule_publication", "--effective-on", in_days(acme, 5), *OURS)
    assert "house minimum" in early
    new_day = in_days(acme, HOUSE_DAYS)
    moved = acme.report("reschedule_publication", "--effective-on", new_day, *OURS)
    assert (moved["state"], moved["effective at"]) == ("pending", begin_of(new_day))
    assert acme.deliver()["sent"] == len(PEOPLE)
    assert addressees(acme) == PEOPLE
    assert all("new date" in subject for subject in subjects(acme))
    before = in_days(acme, HOUSE_DAYS - 1)
    acme.pass_days(HOUSE_DAYS)
    assert standing(acme)["in force"] == 2
    assert standing(acme, "--at", before)["in force"] == 1


def test_seed_000_a_significant_change_is_held_under_its_interpretation_while_mail_is_down(
    acme, seeds
):
    need_one_person(acme)
    said = put_in_force(acme, seeds, "000", SEED_000)
    assert f"Interpretation by {COUNSEL}." in said["basis"]
    acme.mail.stop()
    second = announce(acme, seeds, "000")
    assert second["effective at"] == begin_of(in_days(acme, HOUSE_DAYS))
    acme.pass_days(HOUSE_DAYS)
    acme.deliver()
    held = standing(acme)
    assert (held["in force"], held["state"]) == (1, "held")
    assert COUNSEL in held["basis"]
    with acme.serving():
        page = acme.page("/acme/privacy/")
    assert CHANGES["000"][0] in page
    assert CHANGES["000"][1] not in page


def test_seed_003_told_by_email_is_held_while_mail_is_down(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "003", SEED_003)
    acme.mail.stop()
    second = announce(acme, seeds, "003", "--channel", "email")
    assert second["told by"] == "email, posting"
    acme.pass_days(HOUSE_DAYS)
    acme.deliver()
    held = standing(acme)
    assert (held["in force"], held["state"]) == (1, "held")


def test_seed_003_told_on_the_site_is_cleared_once_the_banner_is_seen(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "003", SEED_003)
    second = announce(acme, seeds, "003", "--channel", "site_notice")
    assert (second["told by"], second["recipients"]) == ("site_notice, posting", 0)
    with acme.serving():
        done = acme.deliver()
        assert (done["looked"], done["planned"], done["sent"]) == (1, 0, 0)
        _status, html = acme.get("/acme/privacy/")
        assert re.search(r'data-notice="[0-9a-f]{64}"', html)
        assert CHANGES["003"][0] in html
    assert standing(acme)["cleared"] is True
    acme.pass_days(HOUSE_DAYS)
    with acme.serving():
        assert CHANGES["003"][1] in acme.page("/acme/privacy/")
    assert notices(acme) == []


def test_seed_003_told_on_a_site_that_is_not_served_is_held_at_its_deadline(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "003", SEED_003)
    announce(acme, seeds, "003", "--channel", "site_notice")
    assert acme.deliver()["looked"] == 1
    assert standing(acme)["cleared"] is False
    acme.pass_days(HOUSE_DAYS)
    acme.deliver()
    held = standing(acme)
    assert (held["in force"], held["state"]) == (1, "held")


def test_seed_003_is_not_kept_by_posting_alone(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "003", SEED_003)
    change(acme, seeds, "003")
    answer = acme.refusal("publish_version", "--channel", "posting", *OURS)
    assert "e-mail or a notice on the site" in answer
    assert "announced" not in standing(acme)


def test_seed_002_a_change_is_posted_and_takes_effect_when_posted(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "002", SEED_002)
    second = announce(acme, seeds, "002")
    assert (second["state"], second["notice required"]) == ("effective", False)
    assert second["told by"] == "posting"
    with acme.serving():
        assert "role, salary, team-size" in acme.page("/acme/privacy/")
    acme.deliver()
    assert notices(acme) == []


def test_seed_001_that_promises_nothing_is_told_by_the_house_default(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "001")
    assert "house default" in standing(acme)["basis"]
    change(acme, seeds, "001")
    early = acme.refusal("publish_version", "--effective-on", in_days(acme, 30), *OURS)
    assert "house default" in early
    second = acme.report("publish_version", *OURS)
    assert second["told by"] == "email, posting"
    assert second["effective at"] == begin_of(in_days(acme, HOUSE_DAYS))
    acme.deliver()
    assert addressees(acme) == PEOPLE
    acme.pass_days(HOUSE_DAYS)
    assert standing(acme)["in force"] == 2


def test_a_change_of_the_promise_is_told_by_the_old_promise(acme, seeds):
    need_one_person(acme)
    put_in_force(acme, seeds, "004", SEED_004)
    words = "changes take effect when we post them on this page"
    change(acme, seeds, "004", "we commit to notifying you via your email address", words)
    stale = acme.refusal("publish_version", *OURS)
    assert "Review the promise" in stale
    promise(acme, "--trigger", "any", "--channel", "posting", "--words", words)
    early = acme.refusal("publish_version", "--effective-on", in_days(acme, 0), *OURS)
    assert "we commit to notifying you via your email address" in early
    second = acme.report("publish_version", *OURS)
    assert second["effective at"] == begin_of(in_days(acme, HOUSE_DAYS))
    acme.deliver()
    assert addressees(acme) == PEOPLE
    acme.pass_days(HOUSE_DAYS)
    now = standing(acme)
    assert now["in force"] == 2
    assert "posting" in now["promise"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_seed_is_imported_and_read(acme, seeds, number):
    imported = write(acme, text_of(seeds, number), name="seed.txt")
    assert len(imported["clauses"]) >= 13
    assert len(imported["copies"]) == (3 if number == "004" else 0)
    again = write(acme, text_of(seeds, number), name="seed.txt")
    assert (again["added"], again["removed"], again["changed"]) == (0, 0, False)
    acme.manage("publish_version", *OURS)
    with acme.serving():
        assert acme.get("/acme/privacy/")[0] == 200


def test_a_draft_cannot_be_read(acme, seeds):
    write(acme, text_of(seeds, "000"), name="seed.txt")
    with acme.serving():
        assert acme.get("/acme/privacy/")[0] == 404
        assert acme.get("/acme/privacy/versions/1/")[0] == 404
        assert "privacy" not in acme.get("/acme/")[1]
