"""Yearly reminders of a text that did not change."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from documents import queries
from documents.actions.set_promise import set_promise
from documents.errors import AlreadyPending, NotAllowed
from documents.models import Entry, Role
from documents.verification.watching import Watch
from documents.verification.whole_record import first_problem
from legalcms import clock
from notifications import evidence, reminders
from notifications.actions.open_reminder import open_reminder
from notifications.errors import NoReminderDue
from notifications.models import Beat, Reminder
from notifications.models.notices import Kind
from tests import factories
from tests.factories import EMAIL_PROMISE, MATERIAL_TEXT

pytestmark = pytest.mark.django_db
CALIFORNIA = "us-ca-ccpa"


@pytest.fixture
def policy(db):
    """A text in force, with a rule that asks for a reminder every year, and three people."""
    admin = factories.admin()
    policy = factories.policy(admin)
    set_promise(policy=policy, promise=EMAIL_PROMISE, presets=[CALIFORNIA], by=admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    policy.admin = admin
    return policy


@pytest.fixture
def in_a_year(policy):
    """Eleven and a half months on, with workers that went round."""
    with time_machine.travel(clock.now() + timedelta(days=350), tick=True):
        Beat.objects.create(name=Beat.WORKER, at=clock.now())
        yield


def test_a_reminder_is_due_a_year_after_the_text_took_effect(policy):
    owed = reminders.owed(policy, clock.now())
    assert owed.due_on.year == clock.now().year + 1
    assert [rule.id for rule in owed.presets] == [CALIFORNIA]
    assert reminders.due([policy.publisher], clock.now()) == []
    assert len(reminders.due([policy.publisher], clock.now() + timedelta(days=340))) == 1


def test_a_policy_without_a_yearly_rule_owes_none(policy):
    set_promise(policy=policy, promise=EMAIL_PROMISE, presets=[], by=policy.admin)
    assert reminders.owed(policy, clock.now()) is None
    with pytest.raises(NoReminderDue, match="No rule"):
        open_reminder(policy=policy, by=policy.admin)


def test_nobody_is_reminded_by_workers_alone(policy, in_a_year, smtp):
    factories.work()
    assert smtp.messages == []


def test_a_person_lets_it_go_to_everyone_with_evidence_and_no_clearance(policy, in_a_year, smtp):
    version = queries.in_force(policy, clock.now())
    counted = evidence.of(version.publication)
    notice = open_reminder(policy=policy, by=policy.admin)
    factories.work()
    assert len(smtp.messages) == 3
    text = smtp.messages[0].get_body(("plain",)).get_content()
    assert "Nothing has changed: version 1" in " ".join(text.split())
    assert "yearly reminder" in str(smtp.messages[0]["Subject"])
    assert "[[address:" not in text
    notice.refresh_from_db()
    assert notice.sealed_at
    opened = Entry.objects.get(kind="notice.opened", payload__notice_kind="reminder")
    assert opened.actor == str(policy.admin.actor.key)
    assert Entry.objects.filter(kind="notice.settled", payload__round=notice.round).exists()
    assert evidence.of(version.publication) == counted
    assert queries.in_force(policy, clock.now()) == version
    assert first_problem(policy.publisher, Watch()) is None


def test_it_is_never_sent_twice_a_year(policy, in_a_year, smtp):
    open_reminder(policy=policy, by=policy.admin)
    with pytest.raises(NoReminderDue, match="The next may be sent from"):
        open_reminder(policy=policy, by=policy.admin)
    made = Reminder.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.bulk_create(
            [
                Reminder(
                    policy=policy, due_on=made.due_on, opened_on=made.opened_on, notice=made.notice
                )
            ]
        )
    with time_machine.travel(clock.now() + timedelta(days=340), tick=True):
        open_reminder(policy=policy, by=policy.admin)
    assert Reminder.objects.count() == 2


def test_while_a_change_is_pending_its_notice_tells_people(policy, in_a_year):
    factories.publish(policy, policy.admin, MATERIAL_TEXT)
    with pytest.raises(AlreadyPending):
        open_reminder(policy=policy, by=policy.admin)


def test_only_who_may_publish_may_remind(policy, in_a_year):
    editor = factories.member(policy.publisher, Role.EDITOR)
    with pytest.raises(NotAllowed):
        open_reminder(policy=policy, by=editor)


def test_it_is_proposed_on_the_first_page_and_sent_by_a_button(policy, in_a_year, client):
    client.force_login(factories.member(policy.publisher, Role.PUBLISHER))
    url = reverse("notifications_workspace:remind", args=[policy.publisher.slug, policy.slug])
    assert url in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(url).content.decode()
    assert "Remind 3 people by e-mail" in page
    assert "Cal. Civ. Code" in page
    assert not Reminder.objects.exists()
    assert client.post(url).status_code == 302
    assert Reminder.objects.get().notice.kind == Kind.REMINDER
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()
    again = client.post(url)
    assert again.status_code == 200
    assert "No yearly reminder is due." in again.content.decode()


def test_the_command_says_who_does_it(policy, in_a_year, capsys):
    slugs = ["--publisher", policy.publisher.slug, "--policy", policy.slug]
    call_command("open_reminder", *slugs, "--by", policy.admin.username, "--json")
    assert json.loads(capsys.readouterr().out)["notice"] == Reminder.objects.get().notice_id
