"""Change the rules that a publisher's team works under. Administrators only, and on record."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.cleaning import clean
from documents.errors import NotAllowed
from documents.models import Actor, Publisher


@transaction.atomic
def set_publisher_rules(*, publisher_id, two_person_rule, failures_allowed, by):
    """two_person_rule: a TwoPersonRule; failures_allowed: percent. Returns the Publisher."""
    publisher = Publisher.objects.select_for_update().get(pk=publisher_id)
    if not by.is_superuser:
        raise NotAllowed(user=by.get_username(), publisher=publisher.name, role=_("administrator"))
    publisher.two_person_rule = two_person_rule
    publisher.failures_allowed = failures_allowed
    clean(publisher)
    publisher.save()
    append_entry(
        publisher=publisher,
        kind="publisher.rules_set",
        payload={
            "two_person_rule": publisher.two_person_rule,
            "failures_allowed": publisher.failures_allowed,
        },
        actor=Actor.of(by),
    )
    return publisher
