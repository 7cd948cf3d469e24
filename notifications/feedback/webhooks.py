"""What the mail provider reports of our messages, as anymail understands it.

anymail checks the secret, in constant time, and gives every provider's events
one form; which of them count, and once, is decided here. Only providers that
name a message by our own Message-ID are here: others name it by an id of theirs.
"""

import json
import logging
from datetime import timedelta

from anymail.signals import EventType
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from documents.errors import NotFound
from legalcms import clock
from notifications.actions.record_event import record_event
from notifications.errors import AnswerOutstanding
from notifications.feedback.reports import Report, message_id_in, named
from notifications.models.deliveries import EventKind
from notifications.status_codes import code_in

logger = logging.getLogger(__name__)

PROVIDERS = {"brevo": BrevoTrackingWebhookView, "mailgun": MailgunTrackingWebhookView}
# What is not here is no news of a delivery: queued, sent, opened, clicked, an automatic answer;
# and who unsubscribes from mail that people must be sent is sent it all the same.
KINDS = {
    EventType.DELIVERED: EventKind.DELIVERED,
    EventType.BOUNCED: EventKind.BOUNCED,
    EventType.REJECTED: EventKind.REJECTED,
    EventType.FAILED: EventKind.REJECTED,
    EventType.DEFERRED: EventKind.DEFERRED,
    EventType.COMPLAINED: EventKind.COMPLAINED,
}
REPLAYED_AFTER = timedelta(days=7)  # providers give up telling us after a day or three
RETRY_IN = 60  # seconds


@csrf_exempt  # a provider has no cookie of ours; its secret stands in for it
@require_http_methods(["HEAD", "POST"])
def webhook(request, provider):
    """400 for a wrong secret or what cannot be read; 503 for news that comes too early."""
    if provider != settings.WEBHOOK_PROVIDER:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    view = PROVIDERS[provider]()
    view.run_validators(request)
    try:
        events = view.parse_events(request)
        reports = [report_of(event, provider) for event in events if event.event_type in KINDS]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        logger.warning("An event from %s cannot be read", provider)
        return HttpResponse(status=400)
    try:
        for report in reports:
            take(report)
    except AnswerOutstanding:
        return HttpResponse(status=503, headers={"Retry-After": str(RETRY_IN)})
    return HttpResponse()


def report_of(event, provider):
    """The Report of an anymail event. It is named by the provider's id, else by all it says."""
    said = event.mta_response or event.description or ""
    own_name = event.event_id or json.dumps(event.esp_event, sort_keys=True, default=str)
    message_id = message_id_in(f"<{(event.message_id or '').strip().strip('<>')}>")
    return Report(
        kind=KINDS[event.event_type],
        code=code_in(said) or event.reject_reason or "",
        happened_at=event.timestamp,
        told_as=named(provider, own_name, message_id),
        message_id=message_id,
    )


def take(report):
    """Record one report. Raises AnswerOutstanding."""
    now = clock.now()
    if report.happened_at and report.happened_at < now - REPLAYED_AFTER:
        logger.info("An event of %s was told again too late", report.happened_at.date())
        return
    try:
        record_event(
            message_id=report.message_id,
            kind=report.kind,
            happened_at=report.happened_at or now,
            code=report.code,
            told_as=report.told_as,
        )
    except NotFound:
        logger.info("An event is about a message that was not sent from here")
