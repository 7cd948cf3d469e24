"""R-55: what a provider reports is believed with its secret, once, in the order of its events."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from legalcms import clock
from legalcms.environment import read_environment
from notifications.actions.fan_out import fan_out_notices
from notifications.models import Attempt, Delivery, DeliveryEvent, Recipient, Unreached
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "hook:correct horse battery"
KEY = "signing-key"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.WEBHOOK_PROVIDER = "brevo"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


@pytest.fixture
def relayed(announced, smtp, settings):
    settings.RELAY_QUIET_DAYS = 2
    factories.work()
    announced.delivery = Delivery.objects.order_by("pk").first()
    return announced


def post(client, body, secret=SECRET, provider="brevo"):
    headers = {}
    if secret is not None:
        headers["authorization"] = f"Basic {base64.b64encode(secret.encode()).decode()}"
    return client.post(
        f"/feedback/{provider}/", body, content_type="application/json", headers=headers
    )


def said(delivery, event="delivered", at=None, **values):
    """What Brevo posts of one message."""
    at = at or clock.now()
    return {
        "event": event,
        "message-id": delivery.message_id,
        "email": delivery.recipient.email,
        "ts_epoch": int(at.timestamp() * 1000),
        "ts_event": int(at.timestamp()),
        "reason": "",
    } | values


def state(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_delivered_settles_that_person(client, relayed):
    assert post(client, said(relayed.delivery)).status_code == 200
    assert state(relayed.delivery) == "accepted"


@pytest.mark.parametrize("secret", [None, "hook:wrong", "", ":"])
def test_a_wrong_secret_is_refused_and_nothing_is_recorded(client, relayed, secret):
    assert post(client, said(relayed.delivery), secret=secret).status_code == 400
    assert not DeliveryEvent.objects.exists()


def test_a_bounce_fails_that_person_and_spares_a_dead_address(client, relayed):
    body = said(relayed.delivery, "hard_bounce", reason="550 5.1.1 User unknown")
    assert post(client, body).status_code == 200
    assert state(relayed.delivery) == "failed"
    assert relayed.delivery.reason == "bounced 5.1.1"
    person = Recipient.objects.get(pk=relayed.delivery.recipient_id)
    assert person.suppressed_at


def test_r58_what_the_provider_suppresses_counts_as_failed(client, relayed):
    assert post(client, said(relayed.delivery, "blocked")).status_code == 200
    assert state(relayed.delivery) == "failed"
    assert Unreached.objects.get().why == "rejected"
    assert not Recipient.objects.filter(suppressed_at__isnull=False).exists()


def test_a_complaint_is_recorded_and_stops_nothing(client, relayed):
    assert post(client, said(relayed.delivery, "spam")).status_code == 200
    assert state(relayed.delivery) == "relayed"
    assert Unreached.objects.get().why == "complained"
    assert not Recipient.objects.filter(suppressed_at__isnull=False).exists()


@pytest.mark.parametrize("event", ["unsubscribed", "opened", "click", "request", "something new"])
def test_what_is_no_news_of_a_delivery_is_ignored(client, relayed, event):
    assert post(client, said(relayed.delivery, event)).status_code == 200
    assert not DeliveryEvent.objects.exists()


def test_a_deferral_is_kept(client, relayed):
    assert post(client, said(relayed.delivery, "deferred")).status_code == 200
    assert relayed.delivery.events.get().kind == "deferred"
    assert state(relayed.delivery) == "relayed"


def test_a_replay_is_one_event(client, relayed):
    body = said(relayed.delivery, "soft_bounce")
    assert [post(client, body).status_code for _ in range(3)] == [200] * 3
    assert DeliveryEvent.objects.count() == 1


def test_an_event_told_again_after_a_week_is_ignored(client, relayed):
    body = said(relayed.delivery, "hard_bounce")
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert post(client, body).status_code == 200
    assert not DeliveryEvent.objects.exists()


def test_events_out_of_order_are_ordered_by_their_time(client, relayed):
    now = clock.now()
    post(client, said(relayed.delivery, "delivered", now))
    post(client, said(relayed.delivery, "soft_bounce", now - timedelta(hours=1)))
    kinds = [event.kind for event in relayed.delivery.events.all()]
    assert kinds == ["bounced", "delivered"]
    assert state(relayed.delivery) == "accepted"
    assert not Unreached.objects.exists()


def test_an_event_before_our_own_commit_is_asked_for_again(client, announced):
    fan_out_notices()
    delivery = Delivery.objects.first()
    Attempt.objects.create(delivery=delivery, started_at=clock.now())
    response = post(client, said(delivery))
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert not DeliveryEvent.objects.exists()
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert post(client, said(delivery)).status_code == 200
    assert delivery.events.count() == 1


def test_an_event_of_a_message_that_was_never_tried_is_ignored(client, announced):
    fan_out_notices()
    delivery = Delivery.objects.first()
    body = said(delivery, "hard_bounce", reason="550 5.1.1")
    assert post(client, body).status_code == 200
    assert not Recipient.objects.filter(suppressed_at__isnull=False).exists()
    assert not DeliveryEvent.objects.exists()


def test_an_unknown_message_is_ignored(client, relayed):
    for message_id in ("<unknown@x>", "", None, "\0", "\ud800", "<a b>"):
        body = said(relayed.delivery) | {"message-id": message_id}
        assert post(client, body).status_code == 200
    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b'{"event": []}'])
def test_what_cannot_be_read_is_refused(client, relayed, body):
    assert post(client, body).status_code in {200, 400}
    assert not DeliveryEvent.objects.exists()


def test_only_the_provider_that_is_set_has_an_address_and_only_by_post(client, relayed, settings):
    assert client.get("/feedback/brevo/").status_code == 405
    assert client.head("/feedback/brevo/").status_code == 200
    assert post(client, said(relayed.delivery), provider="mailgun").status_code == 404
    settings.WEBHOOK_PROVIDER = ""
    assert post(client, said(relayed.delivery)).status_code == 404


def test_mailgun_must_sign_as_well(client, relayed, settings):
    settings.WEBHOOK_PROVIDER = "mailgun"
    token, at = "t" * 50, str(int(clock.now().timestamp()))
    signature = hmac.new(KEY.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    body = {
        "signature": {"token": token, "timestamp": at, "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "timestamp": float(at),
            "recipient": relayed.delivery.recipient.email,
            "message": {"headers": {"message-id": relayed.delivery.message_id.strip("<>")}},
            "delivery-status": {"code": 550, "message": "5.7.1 refused"},
        },
    }
    forged = json.loads(json.dumps(body))
    forged["signature"]["signature"] = "0" * 64
    assert post(client, forged, provider="mailgun").status_code == 400
    assert post(client, body, provider="mailgun").status_code == 200
    assert state(relayed.delivery) == "failed"
    assert relayed.delivery.reason == "bounced 5.7.1"


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"LEGALCMS_WEBHOOK_PROVIDER": "pigeon"}, "LEGALCMS_WEBHOOK_PROVIDER"),
        ({"LEGALCMS_WEBHOOK_PROVIDER": "brevo"}, "LEGALCMS_WEBHOOK_SECRET"),
        ({"LEGALCMS_WEBHOOK_SECRET": "short:x"}, "LEGALCMS_WEBHOOK_SECRET"),
        (
            {"LEGALCMS_WEBHOOK_PROVIDER": "mailgun", "LEGALCMS_WEBHOOK_SECRET": SECRET},
            "LEGALCMS_WEBHOOK_SIGNING_KEY",
        ),
        ({"LEGALCMS_RETURN_PATH": "bounces"}, "LEGALCMS_RETURN_PATH"),
        ({"LEGALCMS_BOUNCES_URL": "imap://x"}, "LEGALCMS_BOUNCES_URL"),
    ],
)
def test_a_setting_that_would_let_anybody_report_stops_the_start(monkeypatch, values, named):
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=named):
        read_environment()
