"""Dead-man checks: each finds its trouble, and is silent without it."""

from datetime import timedelta

import pytest
import time_machine

from documents.models import Entry
from legalcms import clock
from notifications import breaker, watching
from notifications.actions.note_verification import note_verification
from notifications.models import Beat, Delivery, Notice
from notifications.watching.notices import Recent
from tests import factories

pytestmark = pytest.mark.django_db


def found(after=timedelta(0)):
    """The names of the checks that find something, so long from now."""
    return {finding.check.name for finding in watching.found(clock.now() + after)}


def words(name, after=timedelta(0)):
    findings = watching.found(clock.now() + after)
    return next(finding.words for finding in findings if finding.check.name == name)


def minutes(count):
    return timedelta(minutes=count)


@pytest.fixture
def far(db):
    """A material change, announced to three people for a day that is 60 days off."""
    admin = factories.admin()
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    day = clock.now().date() + timedelta(days=60)
    return factories.publish(policy, admin, factories.MATERIAL_TEXT, on=day)


def test_a_new_installation_is_in_no_trouble(db):
    assert found() == set()


def test_a_notice_that_goes_out_as_it_should_is_no_trouble(far, smtp):
    factories.work()
    assert found() == set()


def test_r65_nobody_starts_the_worker(far):
    assert "worker" in found()
    assert "overdue" not in found()
    assert "overdue" in found(minutes(31))
    assert "“Privacy”" in words("overdue", minutes(31))


def test_a_worker_that_stopped_is_missed_after_some_minutes(far, smtp):
    factories.work()
    assert "worker" not in found(minutes(9))
    assert "worker" in found(minutes(11))


def test_a_notice_that_moves_is_not_overdue_however_much_is_left(far, smtp):
    smtp.answer = lambda server, envelope: "450 later"
    factories.work()
    Delivery.objects.update(due_at=clock.now() - minutes(45))
    assert "overdue" not in found()
    assert "overdue" in found(minutes(31))


def test_a_notice_behind_a_more_urgent_one_that_moves_is_not_overdue():
    soon, later = clock.now(), clock.now() + minutes(60)
    moving = Recent(1.0, frozenset({(7, soon)}))
    for pk, deadline, is_served in [(7, None, True), (8, later, True), (8, None, True)]:
        assert moving.serves(Notice(pk=pk, deadline_at=deadline)) is is_served
    assert not moving.serves(Notice(pk=8, deadline_at=soon - minutes(1)))
    assert not Recent(1.0, frozenset({(7, None)})).serves(Notice(pk=8, deadline_at=later))


def test_a_paused_notice_waits_for_a_person(far):
    far.notices.update(paused_at=clock.now())
    assert "paused" in found()
    assert "resume_notices" in words("paused")


def test_a_notice_that_is_too_slow_for_its_deadline_is_at_risk(announced, smtp):
    """Three messages within 25 minutes; thirty people are left, and two and a half hours."""
    factories.work()
    assert "at_risk" not in found()
    factories.recipients(announced.publisher, announced.admin, 30)
    announced.publisher.recipients.update(joined_at=clock.now() - timedelta(days=1))
    Notice.objects.update(
        closed_at=None,
        fanned_out_at=None,
        opened_at=clock.now() - minutes(30),
        deadline_at=clock.now() + timedelta(hours=3),
    )
    with time_machine.travel(clock.now() + minutes(25), tick=False):
        assert "30 people are still to be told of version 2" in words("at_risk")
    Notice.objects.update(deadline_at=clock.now() + timedelta(hours=9))
    with time_machine.travel(clock.now() + minutes(25), tick=False):
        assert "at_risk" not in found()


def test_a_notice_without_a_pace_is_at_risk_only_near_its_deadline(far):
    deadline = far.notices.get().deadline_at - clock.now()
    assert "at_risk" not in found(deadline - timedelta(hours=25))
    assert "at_risk" in found(deadline - timedelta(hours=23))


def test_a_publication_about_to_be_held_is_told_while_there_is_time(far):
    left = far.deadline_at - clock.now()
    assert "holding" not in found(left - timedelta(hours=25))
    assert "holding" in found(left - timedelta(hours=23))


def test_a_publication_with_hours_to_go_is_warned_of_in_the_middle(announced):
    left = announced.publication.deadline_at - clock.now()
    assert "holding" not in found()
    assert "holding" in found(left * 0.6)


def test_a_mail_server_that_is_down_is_trouble_after_a_while(far):
    breaker.trip(breaker.SERVER, "connection refused")
    assert "mail_server" not in found()
    assert "mail_server" in found(minutes(31))
    assert "connection refused" in words("mail_server", minutes(31))


def test_a_refused_sender_is_the_trouble_of_its_publisher(far):
    breaker.trip(far.publisher.sender_email, "sender refused (550)")
    finding = next(
        each
        for each in watching.found(clock.now() + minutes(31))
        if each.check.name == "mail_server"
    )
    assert finding.trouble.publisher == far.publisher


def test_a_mailbox_that_was_read_once_must_be_read_again(db):
    assert "bounces" not in found()
    Beat.objects.create(name=Beat.BOUNCES, at=clock.now())
    assert "bounces" not in found(timedelta(hours=5))
    assert "bounces" in found(timedelta(hours=7))


def test_a_copy_of_the_database_is_in_trouble(far, settings):
    factories.work()
    assert "installation" not in found()
    settings.INSTANCE = "another-machine"
    assert "installation" in found()


def test_a_record_that_nobody_verifies_is_trouble(far):
    assert "verified" not in found(timedelta(days=6))
    assert "verified" in found(timedelta(days=8))
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        note_verification(publisher=far.publisher, problem="")
        assert "verified" not in found(timedelta(days=6))
        assert "record" not in found()


def test_a_record_that_does_not_hold_is_trouble_at_once(far):
    note_verification(publisher=far.publisher, problem="entry 3 was changed")
    assert "entry 3 was changed" in words("record")


def test_a_log_without_a_time_stamp_is_trouble_only_where_an_authority_is_set(far, settings):
    assert Entry.objects.exists()
    assert "time_stamps" not in found(timedelta(days=4))
    settings.TSA_URL = "https://stamps.example"
    assert "time_stamps" not in found(timedelta(days=2))
    assert "time_stamps" in found(timedelta(days=4))


def test_every_check_has_a_name_of_its_own():
    names = [check.name for check in watching.CHECKS]
    assert len(set(names)) == len(names)
