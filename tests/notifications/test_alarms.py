"""Alarms: the team is told once when trouble begins, and once when it is over."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from documents.models import Role
from legalcms import clock
from notifications import breaker, duties
from notifications.errors import RestoredCopy
from notifications.models import Alarm, AlarmLetter, Beat, Duty
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(announced):
    """Who may publish, and has an address."""
    user = factories.member(announced.publisher, Role.PUBLISHER)
    user.email = "rosa@acme.example"
    user.save()
    return user


def watch(**later):
    """Let somebody keep watch, so much later."""
    with time_machine.travel(clock.now() + timedelta(**later), tick=False):
        return duties.keep("watch")


def told(smtp):
    return sorted((str(each["To"]), str(each["Subject"])) for each in smtp.messages)


def test_the_team_is_told_once_and_once_when_it_is_over(announced, rosa, smtp):
    for minutes in (0, 2, 4):
        watch(minutes=minutes)
    started = [
        ("legal@acme.example", "No worker runs"),
        ("rosa@acme.example", "No worker runs"),
    ]
    assert told(smtp) == started
    assert announced.emails[0] not in str(smtp.messages[0])
    Beat.objects.create(name=Beat.WORKER, at=clock.now() + timedelta(minutes=29))
    watch(minutes=6)
    assert told(smtp) == started  # it may come back in a moment
    for minutes in (20, 25):
        watch(minutes=minutes)
    over = [(address, f"Over: {title}") for address, title in started]
    about_workers = [each for each in told(smtp) if "No worker" in each[1]]
    assert about_workers == sorted(started + over)
    assert Alarm.objects.get(check_name="worker").closed_at


def test_others_of_the_team_and_other_publishers_are_not_told_of_a_publishers_trouble(
    announced, smtp
):
    other = factories.publisher(announced.admin, contact="other@elsewhere.example")
    editor = factories.member(announced.publisher, Role.EDITOR)
    editor.email = "editor@acme.example"
    editor.save()
    Beat.objects.create(name=Beat.WORKER, at=clock.now())
    announced.notice.paused_at = clock.now()
    announced.notice.save()
    watch()
    assert other.contact not in str(told(smtp))
    [(address, title)] = told(smtp)
    assert address == "legal@acme.example"
    assert "A notice waits for you" in title


def test_while_the_mail_server_is_the_trouble_letters_stay_due_and_it_is_shown(
    announced, rosa, smtp, client
):
    smtp.stop()
    watch()
    assert Alarm.objects.get().check_name == "worker"
    assert not AlarmLetter.objects.filter(ended_at__isnull=False).exists()
    client.force_login(rosa)
    assert "No worker runs" in client.get(reverse("wagtailadmin_home")).content.decode()
    smtp.start()
    watch(minutes=30)
    assert ("rosa@acme.example", "No worker runs") in told(smtp)
    assert breaker.current(breaker.SERVER) is None


def test_an_alarm_that_nobody_was_told_of_ends_without_a_letter(announced, smtp):
    smtp.stop()
    watch()
    Beat.objects.create(name=Beat.WORKER, at=clock.now() + timedelta(minutes=39))
    smtp.start()
    watch(minutes=40)
    assert Alarm.objects.get(check_name="worker").closed_at
    assert not [title for _address, title in told(smtp) if "No worker" in title]


def test_a_watcher_that_died_with_a_letter_leaves_it_to_the_next(announced, smtp):
    smtp.answer = lambda server, envelope: "451 later"
    watch()
    letter = AlarmLetter.objects.get()
    assert letter.ended_at is None
    smtp.answer = None
    watch(minutes=2)
    assert smtp.messages == []  # still claimed
    watch(minutes=8)
    assert len(smtp.messages) >= 1


def test_a_restored_copy_tells_nobody(announced, smtp, settings):
    factories.work()
    sent = len(smtp.messages)
    settings.INSTANCE = "another-machine"
    with pytest.raises(RestoredCopy):
        watch(minutes=30)
    assert len(smtp.messages) == sent


def test_a_duty_is_done_by_one_of_many_and_again_when_it_is_due(announced, smtp):
    assert watch()
    assert not watch(seconds=30)
    assert watch(minutes=2)
    assert Duty.objects.get().name == "watch"


def test_a_duty_that_failed_comes_back_when_its_lease_is_over(announced, monkeypatch):
    def fail():
        raise OSError

    duty = duties.DUTIES["watch"]
    monkeypatch.setitem(duties.DUTIES, "watch", duties.Periodic(fail, duty.every, duty.lease))
    with pytest.raises(OSError):  # noqa: PT011
        watch()
    assert not watch(minutes=4)
    with pytest.raises(OSError):  # noqa: PT011
        watch(minutes=6)


def test_the_record_is_verified_every_day_and_what_was_found_is_kept(announced):
    assert duties.keep("verify")
    assert announced.publisher.verification.problem == ""
    assert not duties.keep("verify")


def test_the_first_page_shows_troubles_of_ones_own_publishers_only(announced, client):
    announced.notice.paused_at = clock.now()
    announced.notice.save()
    Beat.objects.create(name=Beat.WORKER, at=clock.now())
    for of, is_shown in [
        (announced.publisher, True),
        (factories.publisher(announced.admin), False),
    ]:
        client.force_login(factories.member(of, Role.PUBLISHER))
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert ("A notice waits for you" in page) is is_shown
