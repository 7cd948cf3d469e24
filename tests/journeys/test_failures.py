"""What must hold when something breaks or is missing; numbered as in the list of failure cases."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from .acme import (
    OURS,
    PEOPLE,
    TEXT,
    addressees,
    begin_of,
    in_days,
    leave,
    need_one_person,
    notices,
    of,
    standing,
    words_of,
    write,
)
from .installation import Installation

pytestmark = pytest.mark.slow

TEN_YEARS = TEXT.replace("two years", "ten years")
PROMISED_DAYS = 11  # the 10 whole days of Acme's promise, and the day on which people are told
LENA = ("--publisher", "acme", "--by", "lena")


@pytest.fixture
def acme(acme_in_force):
    """A first text in force, and one person who may publish."""
    need_one_person(acme_in_force)
    return acme_in_force


def announce(acme, *terms):
    write(acme, TEN_YEARS)
    return acme.report("publish_version", *terms, *OURS)


def test_r01_killed_between_version_and_notice_nothing_is_announced_and_it_works_once_more(acme):
    write(acme, TEN_YEARS)
    killed = acme.python(f"""
import os, signal
from django.core.management import call_command
from notifications import receivers
receivers.open_notice = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
call_command("publish_version", *{OURS!r})
""")
    assert killed.returncode == -signal.SIGKILL
    assert "announced" not in standing(acme)
    assert acme.deliver()["sent"] == 0
    second = acme.report("publish_version", *OURS)
    assert (second["version"], second["state"]) == (2, "pending")
    acme.deliver()
    assert addressees(acme) == PEOPLE
    assert acme.report("verify_evidence")["versions"] == 2
    acme.pass_days(PROMISED_DAYS)
    assert standing(acme)["in force"] == 2


def test_r08_one_text_is_in_force_whenever_the_site_is_killed_around_the_effective_instant(acme):
    second = announce(acme)
    acme.deliver()  # no worker runs after this
    effective_at = datetime.fromisoformat(second["effective at"])
    with acme.serving():
        ahead = timedelta(seconds=2) + 1.5 * time_until_it_answers(acme)
    acme.offset = int((effective_at - ahead - datetime.now(UTC)).total_seconds())
    seen = set()
    with acme.serving() as server:
        time_until_it_answers(acme)
        while now(acme) < effective_at + timedelta(seconds=1):
            began = now(acme)
            number = shown(acme)
            if number is not None:
                assert number == 1 or now(acme) >= effective_at
                assert number == 2 or began < effective_at
                seen.add(number)
            if effective_at - timedelta(seconds=1) < began:
                kill(children(server.pid))  # the server starts others
        server.send_signal(signal.SIGSTOP)  # or it would start others meanwhile
        kill([*children(server.pid), server.pid])
        server.wait(10)
    assert seen == {1, 2}
    with acme.serving():
        time_until_it_answers(acme)
        assert shown(acme) == 2
    assert standing(acme)["in force"] == 2
    before = (effective_at - timedelta(seconds=1)).isoformat()
    assert standing(acme, "--at", before)["in force"] == 1


def now(acme):
    return datetime.now(UTC) + timedelta(seconds=acme.offset)


def time_until_it_answers(acme):
    """How long a site takes to start that has just been told to."""
    began = now(acme)
    while shown(acme) is None:
        time.sleep(0.05)
    return now(acme) - began


def shown(acme):
    """The number of the text that the page shows; None while the site does not answer."""
    try:
        page = acme.page("/acme/privacy/")
    except OSError:
        return None
    numbers = {number for number, years in ((1, "two years"), (2, "ten years")) if years in page}
    (number,) = numbers
    return number


def children(pid):
    """The ids of a process's children."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_r41_a_copy_of_the_database_elsewhere_sends_nothing_until_it_is_adopted(
    acme, databases, tmp_path_factory
):
    acme.deliver()  # the first worker of a database makes it its own
    announce(acme)
    acme.close()
    folder = tmp_path_factory.mktemp("restored")
    url = databases.copy(acme.environment["DATABASE_URL"], folder)
    restored = Installation(folder, url)
    restored.environment["LEGALCMS_EMAIL_URL"] = acme.environment["LEGALCMS_EMAIL_URL"]
    acme.deliver()
    assert addressees(acme) == PEOPLE
    refusal = restored.refusal("run_worker", "--until-idle")
    assert "adopt_database" in refusal
    assert addressees(acme) == PEOPLE
    assert "administrator" in restored.refusal("adopt_database", "--by", "rosa")
    restored.manage("adopt_database", "--by", "lena")
    assert restored.deliver()["sent"] == len(PEOPLE)
    assert addressees(acme) == sorted(2 * PEOPLE)
    restored.close()
    databases.drop(url)


def test_r41_a_worker_that_was_away_for_a_day_waits_for_a_person_before_it_sends(acme):
    announce(acme, "--effective-on", in_days(acme, 20))
    acme.pass_days(1)
    back = acme.deliver()
    assert (back["paused"], back["sent"]) == (1, 0)
    assert acme.deliver()["sent"] == 0
    assert "role" in acme.refusal("resume_notices", "--publisher", "acme", "--by", outsider(acme))
    assert acme.report("resume_notices", *LENA)["resumed"] == 1
    assert acme.report("resume_notices", *LENA)["resumed"] == 0
    assert acme.deliver()["sent"] == len(PEOPLE)


def outsider(acme):
    """A user without any role."""
    done = acme.python(
        "from django.contrib.auth import get_user_model\n"
        "get_user_model().objects.create_user('eve', password=None)"
    )
    assert done.returncode == 0, done.stderr
    return "eve"


def have_left(acme):
    """Nobody is in the audience."""
    leave(acme, PEOPLE)
    announce(acme)
    acme.deliver()


def leave_before_they_are_told(acme):
    acme.mail.stop()
    announce(acme)
    acme.deliver()
    leave(acme, PEOPLE)
    acme.mail.start()
    acme.offset += 600  # the mail server is tried again
    acme.deliver()


def is_one_person_who_is_refused(acme):
    leave(acme, PEOPLE[1:])
    acme.mail.recipient_answer = lambda address: "550 5.1.1 No such user"
    announce(acme)
    acme.deliver()


@pytest.mark.parametrize(
    ("audience", "why", "counts"),
    [
        (have_left, "there was nobody to be told", (0, 0, 0)),
        (leave_before_they_are_told, "there was nobody to be told", (0, 0, 3)),
        (is_one_person_who_is_refused, "could not be told", (0, 1, 0)),
    ],
)
def test_r59_where_nobody_was_told_it_waits_for_a_signature_and_then_takes_effect(
    acme, audience, why, counts
):
    audience(acme)
    waiting = standing(acme)
    assert (waiting["state"], waiting["cleared"]) == ("pending", False)
    assert why in waiting["waits for"]
    assert tuple(waiting[name] for name in ("told", "not reached", "excluded")) == counts
    assert "Say why" in acme.refusal("sign_off_failures", "--reason", " ", *OURS)
    acme.manage("sign_off_failures", "--reason", "Nobody uses the service yet.", *OURS)
    assert standing(acme)["cleared"] is True
    acme.pass_days(PROMISED_DAYS)
    assert standing(acme)["in force"] == 2


def test_r59_where_nobody_was_told_and_nobody_signs_it_is_held(acme):
    leave(acme, PEOPLE)
    announce(acme)
    acme.deliver()
    acme.pass_days(PROMISED_DAYS)
    acme.deliver()
    held = standing(acme)
    assert (held["in force"], held["state"]) == (1, "held")


def test_r59_one_person_who_is_told_is_enough(acme):
    leave(acme, PEOPLE[1:])
    announce(acme)
    acme.deliver()
    assert addressees(acme) == PEOPLE[:1]
    assert standing(acme)["cleared"] is True


def test_one_failure_among_few_waits_for_a_signature(acme):
    refused = PEOPLE[0]
    acme.mail.recipient_answer = lambda address: "550 No" if address == refused else None
    announce(acme)
    acme.deliver()
    waiting = standing(acme)
    assert (waiting["told"], waiting["not reached"]) == (2, 1)
    assert waiting["cleared"] is False
    acme.manage("sign_off_failures", "--reason", "We wrote to her by post.", *OURS)
    assert standing(acme)["cleared"] is True


def test_r60_two_policies_take_effect_at_the_same_instant(acme):
    terms = of("terms")
    write(acme, TEXT, policy="terms")
    acme.manage("publish_version", *terms)
    write(acme, TEN_YEARS, policy="terms")
    day = in_days(acme, 40)
    for second in (
        announce(acme, "--effective-on", day),
        acme.report("publish_version", "--effective-on", day, *terms),
    ):
        assert (second["state"], second["effective at"]) == ("pending", begin_of(day))
    acme.deliver()
    assert addressees(acme) == sorted(2 * PEOPLE)
    acme.pass_days(40)
    for policy in ("privacy", "terms"):
        assert standing(acme, policy=policy)["in force"] == 2
        assert standing(acme, "--at", day, policy=policy)["in force"] == 2
        assert standing(acme, "--at", in_days(acme, -1), policy=policy)["in force"] == 1


def test_r60_another_change_waits_until_the_pending_one_is_withdrawn(acme):
    announce(acme)
    write(acme, TEXT.replace("two years", "fifty years"))
    for command in ("propose_publication", "publish_version"):
        assert "Version 2 is already announced" in acme.refusal(command, *OURS)
    acme.manage("withdraw_publication", "--reason", "Fifty years instead.", *OURS)
    third = acme.report("publish_version", *OURS)
    assert (third["version"], third["state"]) == (3, "pending")
    acme.deliver()
    assert addressees(acme) == PEOPLE  # nobody had been told of what was withdrawn
    assert "[-two-]{+fifty+} years" in words_of(notices(acme)[0])


def test_r60_another_change_waits_until_the_pending_one_is_in_force(acme):
    announce(acme)
    acme.deliver()
    acme.mail.received.clear()
    write(acme, TEXT.replace("two years", "fifty years"))
    assert "Version 2 is already announced" in acme.refusal("publish_version", *OURS)
    acme.pass_days(PROMISED_DAYS)
    assert acme.report("publish_version", *OURS)["version"] == 3
    acme.deliver()
    assert "[-ten-]{+fifty+} years" in words_of(notices(acme)[0])
