"""What we hold of the people whom a source system knows, in the form of its manifest.

Counted are people with an id of the source who have not left, suppressed ones
included: the source cannot know of those. The hash is SHA-256 over their ids,
each with a line feed, in the order of their UTF-8 bytes; and it is of ids, so
that it holds when addresses are purged.
"""

import hashlib

from django.db import connection
from django.db.models.functions import Collate

from notifications.models import Recipient, RecipientRole

BYTEWISE = {"postgresql": "C", "sqlite": "BINARY"}


def known_people(publisher):
    people = Recipient.objects.filter(
        publisher=publisher, erased_at__isnull=True, left_at__isnull=True
    )
    return people.exclude(external_id="")


def held(publisher):
    """{"people", "account_holder", "end_user", "sha256"} as we have it now."""
    people = known_people(publisher)
    counts = {role.value: people.filter(**{role.field: True}).count() for role in RecipientRole}
    return {"people": people.count(), **counts, "sha256": hash_of(people)}


def hash_of(people):
    by_bytes = Collate("external_id", BYTEWISE[connection.vendor])
    ids = people.order_by(by_bytes).values_list("external_id", flat=True)
    found = hashlib.sha256()
    for external_id in ids.iterator(chunk_size=2000):
        found.update(f"{external_id}\n".encode())
    return found.hexdigest()


def difference(manifest):
    """Name → (as the source says, as we hold it), of what differs. Empty: all agrees."""
    ours = held(manifest.publisher)
    return {
        name: (said, ours[name]) for name, said in manifest.counted.items() if said != ours[name]
    }


def in_words(found):
    """Such as “people: 12 there, 11 here”."""
    return "; ".join(f"{name}: {said} there, {ours} here" for name, (said, ours) in found.items())
