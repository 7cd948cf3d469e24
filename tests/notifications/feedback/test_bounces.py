"""From a mail that came back to what the record says of a person."""

import json
import mailbox
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from documents import queries
from documents.models import Entry
from documents.promises import AllOf, Channel
from legalcms import clock
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.record_event import record_event
from notifications.actions.send_batch import send_batch
from notifications.feedback.hearing import EARLY, FORGED, IGNORED, RECORDED, UNKNOWN, hear
from notifications.models import Attempt, Delivery, DeliveryEvent, Recipient, Unreached
from notifications.models.deliveries import EventKind
from notifications.return_path import ForgedReturnPath, delivery_behind, return_path
from tests import factories
from tests.factories import EMAIL_PROMISE, MATERIAL_TEXT
from tests.notifications.feedback.mails import answer, arf, dsn

pytestmark = pytest.mark.django_db
BOTH = AllOf((Channel.EMAIL, Channel.SITE_NOTICE))


@pytest.fixture(autouse=True)
def bounces(settings):
    settings.RETURN_PATH = "bounces@acme.example"


@pytest.fixture
def relayed(announced, smtp, settings):
    settings.RELAY_QUIET_DAYS = 2
    factories.work()
    announced.delivery = Delivery.objects.order_by("pk").first()
    return announced


def bounce(delivery, at=None, **form):
    form = {"to": return_path(delivery), "date": format_datetime(at or clock.now())} | form
    return dsn(**form)


def fresh(row):
    row.refresh_from_db()
    return row


def test_a_bounce_to_the_return_path_fails_that_person_alone(relayed):
    assert hear(bounce(relayed.delivery)) == RECORDED
    delivery = fresh(relayed.delivery)
    assert (delivery.state, delivery.reason) == ("failed", "bounced 5.1.1")
    assert Delivery.objects.filter(state="relayed").count() == 2


def test_without_a_return_path_the_returned_message_id_says_whose_it_is(relayed, settings):
    settings.RETURN_PATH = ""
    assert return_path(relayed.delivery) == relayed.publisher.sender_email
    assert hear(dsn(message_id=relayed.delivery.message_id)) == RECORDED
    assert fresh(relayed.delivery).state == "failed"


def test_the_return_path_is_bound_to_delivery_purpose_and_message(relayed, settings):
    path = return_path(relayed.delivery)
    assert delivery_behind(path) == relayed.delivery
    assert delivery_behind(path.upper()) == relayed.delivery, "servers change capitals"
    assert len(path.partition("@")[0]) <= 64, "RFC 5321"
    other = Delivery.objects.order_by("pk").last()
    swapped = path.replace(f"+{relayed.delivery.pk}.", f"+{other.pk}.")
    for forged in (swapped, path.replace("+", "+9" * 8 + "+", 1).replace("+", "", 1)):
        if forged.count("+") == 1:
            with pytest.raises(ForgedReturnPath):
                delivery_behind(forged)
    relayed.delivery.message_id = "<of-another-database@acme.example>"
    relayed.delivery.save()
    with pytest.raises(ForgedReturnPath):
        delivery_behind(path)


def test_a_return_path_outlives_a_change_of_the_secret_key(relayed, settings):
    path = return_path(relayed.delivery)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert delivery_behind(path) == relayed.delivery
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ForgedReturnPath):
        delivery_behind(path)


def test_r53_a_forged_return_path_is_not_believed_whatever_else_the_report_says(relayed):
    forged = f"bounces+{relayed.delivery.pk}.{'a' * 16}@acme.example"
    assert hear(dsn(to=forged, message_id=relayed.delivery.message_id)) == FORGED
    assert fresh(relayed.delivery).state == "relayed"
    assert hear(dsn(to=f"bounces+{'9' * 19}.{'a' * 16}@acme.example")) == FORGED


def test_r53_a_report_of_an_unknown_message_changes_nothing(relayed):
    assert hear(dsn(message_id="<unknown@acme.example>")) == UNKNOWN
    assert hear(dsn(message_id="")) == UNKNOWN
    assert not DeliveryEvent.objects.exists()


def test_an_event_never_suppresses_without_an_attempt_of_ours(announced):
    fan_out_notices()
    delivery = Delivery.objects.first()
    assert hear(bounce(delivery)) == UNKNOWN
    assert not Unreached.objects.exists()
    assert not Recipient.objects.filter(suppressed_at__isnull=False).exists()


def test_r53_the_same_report_twice_is_one_event(relayed):
    raw = bounce(relayed.delivery)
    later = bounce(relayed.delivery, at=clock.now() + timedelta(hours=1))
    assert [hear(each) for each in (raw, raw, later)] == [RECORDED] * 3
    assert DeliveryEvent.objects.count() == 1


def test_r53_a_bounce_after_delivered_moves_nothing_back_and_is_kept(relayed):
    record_event(
        message_id=relayed.delivery.message_id,
        kind=EventKind.DELIVERED,
        happened_at=clock.now() - timedelta(minutes=10),
    )
    assert hear(bounce(relayed.delivery)) == RECORDED
    assert fresh(relayed.delivery).state == "accepted"
    assert relayed.delivery.events.count() == 2
    assert Entry.objects.filter(kind="delivery.bounced").count() == 1


def test_r55_what_happened_last_counts_in_whatever_order_it_is_told(relayed):
    now = clock.now()
    record_event(message_id=relayed.delivery.message_id, kind=EventKind.DELIVERED, happened_at=now)
    hear(bounce(relayed.delivery, at=now - timedelta(hours=1)))
    assert relayed.delivery.events.count() == 2
    assert not Unreached.objects.exists(), "it was delivered after that"
    assert not Entry.objects.filter(kind="delivery.bounced").exists()


def test_a_final_failure_stays_one_when_delivery_is_reported_later(relayed):
    hear(bounce(relayed.delivery))
    record_event(
        message_id=relayed.delivery.message_id, kind=EventKind.DELIVERED, happened_at=clock.now()
    )
    assert fresh(relayed.delivery).state == "failed"
    assert relayed.delivery.events.count() == 2


def test_a_delay_is_kept_and_settles_nothing(relayed):
    assert hear(bounce(relayed.delivery, action="delayed", status="4.4.1")) == RECORDED
    assert fresh(relayed.delivery).state == "relayed"
    assert relayed.delivery.events.get().kind == "deferred"


def test_r54_an_automatic_answer_to_the_return_path_is_nothing(relayed):
    raw = answer(To=return_path(relayed.delivery), Auto_Submitted="auto-replied", Return_Path="<>")
    assert hear(raw) == IGNORED
    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize(
    ("status", "is_suppressed"), [("5.1.1", True), ("5.7.1", False), ("5.2.2", False)]
)
def test_r13_a_dead_address_is_spared_later_notices_and_refused_content_is_not(
    relayed, status, is_suppressed
):
    hear(bounce(relayed.delivery, status=status))
    person = Recipient.objects.get(pk=relayed.delivery.recipient_id)
    assert bool(person.suppressed_at) is is_suppressed
    listed = Unreached.objects.get()
    assert (listed.why, listed.code, listed.suppresses) == ("bounced", status, is_suppressed)


def test_the_bounce_of_an_earlier_address_does_not_make_the_new_one_dead(relayed):
    person = Recipient.objects.get(pk=relayed.delivery.recipient_id)
    person.email = "new@example.org"
    person.save()
    hear(bounce(relayed.delivery))
    assert fresh(person).suppressed_at is None
    assert Unreached.objects.get().suppresses is False


def test_a_complaint_is_listed_and_stops_no_mandatory_mail(relayed):
    assert hear(arf(sender=return_path(relayed.delivery))) == RECORDED
    assert fresh(relayed.delivery).state == "relayed"
    assert Unreached.objects.get().why == "complained"
    assert not Recipient.objects.filter(suppressed_at__isnull=False).exists()


def test_whoever_the_mail_server_refused_is_listed_too(announced, smtp):
    gone = announced.emails[0]
    smtp.recipient_answer = lambda address: "550 5.2.1 no" if address == gone else None
    factories.work()
    listed = Unreached.objects.get()
    assert (listed.why, listed.fallback) == ("refused", "")
    assert fresh(announced.notice).unreached_listed_at
    factories.work()
    assert Unreached.objects.count() == 1


def test_the_site_notice_stands_in_where_it_was_chosen(db, smtp):
    admin = factories.admin()
    policy = factories.policy(admin, promise=replace(EMAIL_PROMISE, channels=BOTH))
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT, channels=(Channel.EMAIL, Channel.SITE_NOTICE))
    fan_out_notices()
    send_batch()
    hear(bounce(Delivery.objects.first()))
    assert Unreached.objects.get().fallback == "site_notice"


def test_a_report_before_our_own_record_is_taken_the_next_time(announced, smtp):
    fan_out_notices()
    delivery = Delivery.objects.first()
    attempt = Attempt.objects.create(delivery=delivery, started_at=clock.now())
    assert hear(bounce(delivery)) == EARLY
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert hear(bounce(delivery)) == RECORDED
    assert attempt.delivery.events.count() == 1


def test_a_bounce_that_came_while_the_answer_was_lost_is_not_undone_by_quiet_days(relayed):
    """The event was recorded before the delivery was relayed."""
    DeliveryEvent.objects.create(
        delivery=relayed.delivery,
        kind=EventKind.BOUNCED,
        happened_at=clock.now(),
        recorded_at=clock.now(),
    )
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        factories.work()
    assert fresh(relayed.delivery).state == "failed"
    assert Delivery.objects.filter(state="accepted").count() == 2


def test_a_late_bounce_takes_no_clearance_back(announced, smtp):
    factories.work()
    delivery = Delivery.objects.first()
    assert hear(bounce(delivery)) == RECORDED
    assert fresh(announced.publication).cleared_at
    with time_machine.travel(announced.publication.effective_at, tick=False):
        assert queries.in_force(announced.policy, clock.now()).number == 2
    assert Unreached.objects.get().delivery == delivery


def reading(url, capsys):
    call_command("read_bounces", url, "--json")
    return json.loads(capsys.readouterr().out)


@pytest.fixture(params=["maildir", "mbox"])
def box(request, tmp_path):
    path = tmp_path / "reports"
    made = mailbox.Maildir(path) if request.param == "maildir" else mailbox.mbox(path)
    made.flush()
    if request.param == "mbox":
        path.touch()

    def aside():
        """The subjects of the mails that were set aside."""
        if request.param == "maildir":
            kept = mailbox.Maildir(path).get_folder("not-understood")
        else:
            kept = mailbox.mbox(tmp_path / "reports.not-understood")
        subjects = [mail["Subject"] for mail in kept]
        kept.close()
        return subjects

    def put(*mails):
        made.lock()
        for each in mails:
            made.add(each)
        made.flush()
        made.unlock()

    made.url, made.aside, made.put = f"{request.param}://{path}", aside, put
    yield made
    made.close()


def test_a_mailbox_is_emptied_of_what_is_recorded_and_keeps_the_rest_aside(relayed, box, capsys):
    strange = answer(Subject="Hello?")
    box.put(bounce(relayed.delivery), answer(Auto_Submitted="auto-replied"), strange)
    assert reading(box.url, capsys) == {
        "recorded": 1,
        "automatic answers": 1,
        "not understood": 1,
    }
    assert box.aside() == ["Hello?"]
    assert reading(box.url, capsys) == {"recorded": 0, "not understood": 0}
    assert len(box.aside()) == 1, "what is set aside is not read again"


def test_a_report_that_comes_too_early_stays_for_the_next_reading(announced, box, capsys):
    fan_out_notices()
    delivery = Delivery.objects.first()
    Attempt.objects.create(delivery=delivery, started_at=clock.now())
    box.put(bounce(delivery))
    assert reading(box.url, capsys)["too early"] == 1
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert reading(box.url, capsys)["recorded"] == 1


def test_a_mail_on_which_the_reading_fails_is_kept_and_the_others_are_read(
    relayed, box, capsys, monkeypatch
):
    def read(raw):
        if b"Hello" in raw:
            raise RuntimeError
        return real(raw)

    from notifications.feedback import hearing

    real = hearing.read
    monkeypatch.setattr(hearing, "read", read)
    box.put(answer(Subject="Hello"), bounce(relayed.delivery))
    assert reading(box.url, capsys) == {"recorded": 1, "not understood": 1}
    assert len(box.aside()) == 1


def test_a_mail_that_is_too_large_is_set_aside_unread(relayed, box, capsys, monkeypatch):
    monkeypatch.setattr("notifications.feedback.mailboxes.MAX_BYTES", 100)
    box.put(bounce(relayed.delivery))
    assert reading(box.url, capsys) == {"recorded": 0, "not understood": 1}
    assert len(box.aside()) == 1


def test_a_restored_copy_leaves_the_mailbox_alone(relayed, box, settings):
    box.put(bounce(relayed.delivery))
    settings.INSTANCE = "another-machine"
    with pytest.raises(CommandError, match="adopt_database"):
        call_command("read_bounces", box.url)
    assert len(box) == 1


def test_two_reports_that_go_by_one_name_are_about_two_people(relayed):
    """As of a mail system that numbers its reports badly."""
    for delivery in Delivery.objects.all():
        assert hear(bounce(delivery)) == RECORDED
    assert DeliveryEvent.objects.count() == 3


@pytest.mark.parametrize("url", ["", "maildir:///nowhere", "mbox:///nowhere", "pop3://x", "imaps:"])
def test_a_mailbox_that_is_not_there_ends_in_one_message(db, url):
    with pytest.raises(CommandError, match="mailbox"):
        call_command("read_bounces", url)
