"""What notices said, where words in them were removed by order: a marker takes their place."""

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from documents import queries
from documents.models import Place
from notifications.actions.close_notice import close_open_notices
from notifications.errors import NoticeUnderWay
from notifications.models import NoticeMessage
from notifications.models.notices import NO_CLEARANCE


def replace_messages(*, removal, words):
    """Put a marker where a message shows the clause or quotes its words. Returns their hashes.

    A notice that is still being sent stops. Raises NoticeUnderWay where a version waits for it.
    """
    replaced = []
    for message in messages_with(removal, words):
        stop(message.notice)
        # Past the model, which refuses; the database lets this pass and nothing else.
        NoticeMessage._base_manager.filter(pk=message.pk).update(**marked(message, removal, words))
        replaced.append(message.sha256)
    return replaced


def messages_with(removal, words):
    """The messages that hold words of the clause: their redline shows it, or they quote it."""
    policy = removal.policy
    places = Place.objects.filter(policy=policy, key=removal.key).values_list("pk", flat=True)
    places = set(places)
    messages = NoticeMessage.objects.filter(notice__publication__versions__policy=policy)
    # A withdrawal and a reminder show no words of the policy.
    messages = messages.exclude(notice__kind__in=NO_CLEARANCE).select_related("notice__publication")
    return [
        message
        for message in messages.distinct().order_by("pk")
        if shows(message.notice, policy, places)
        or words.stand_in(f"{message.subject}\n{message.text}")
    ]


def shows(notice, policy, places):
    """Whether the redline in a notice has this clause. places: ids of all Places of the clause.

    A change with immediate effect was in force when it was announced, so both are looked at.
    """
    version = notice.publication.versions.get(policy=policy)
    at = notice.publication.announced_at
    compared = (queries.in_force(policy, at), queries.predecessor(version))
    after = places.intersection(version.outline)
    return any(after != places.intersection(old.outline if old else ()) for old in compared)


def stop(notice):
    publication = notice.publication
    if notice.closed_at is None and publication.cleared_at is None:
        raise NoticeUnderWay(number=publication.versions.get().number)
    close_open_notices(publication=publication, reason="text removed")


def marked(message, removal, words):
    with translation.override(message.language):
        order = {"order": removal.order}
        text = _("This message held words that were removed by order: %(order)s.") % order
        subject = _("Removed by order") if words.stand_in(message.subject) else message.subject
    return {"subject": subject, "text": text, "html": f"<p>{escape(text)}</p>"}
