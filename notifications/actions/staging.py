"""Check some lines of a file and keep them beside the recipients, or say why they are no use."""

from django.utils.translation import gettext as _

from notifications.models import Recipient, RecipientRole, RejectedLine, StagedRecipient
from notifications.models.imports import TAKEN
from notifications.recipient_csv import Unusable, recipient_of


class Known:
    """Rows that some wanted people may be: by the publisher's id, and by address."""

    def __init__(self, rows, wanted):
        ids = {each.external_id for each in wanted if each.external_id}
        keys = {each.email_key for each in wanted}
        self.by_id = {row.external_id: row for row in rows.filter(external_id__in=ids)}
        self.by_key = {row.email_key: row for row in rows.filter(email_key__in=keys)}

    @property
    def keys(self):
        return {row.pk for row in (*self.by_id.values(), *self.by_key.values())}

    def add(self, row):
        self.by_key[row.email_key] = row
        if row.external_id:
            self.by_id[row.external_id] = row

    def find(self, wanted, otherwise):
        """The row that both id and address lead to, or None. Raises Unusable if they are two."""
        by_id = self.by_id.get(wanted.external_id) if wanted.external_id else None
        by_key = self.by_key.get(wanted.email_key)
        if by_id is None and by_key is None:
            return None
        if by_key is None:
            return by_id
        strangers = wanted.external_id and by_key.external_id not in ("", wanted.external_id)
        if strangers or (by_id is not None and by_id.pk != by_key.pk):
            raise Unusable(otherwise)
        return by_key


def stage_lines(batch, wanted, rejected):
    """wanted, rejected: as ``readable`` has them. Returns the number of lines that are no use."""
    rejected = list(rejected)
    people = [person for _number, person in wanted]
    ours = Recipient.objects.filter(publisher=batch.publisher_id, erased_at__isnull=True)
    held, staged = Known(ours, people), Known(batch.staged.all(), people)
    about = set(batch.staged.filter(recipient__in=held.keys).values_list("recipient", flat=True))
    new, widened = [], []
    for number, person in wanted:
        try:
            before = said_before(person, staged)
            if before is not None:
                widen(before, person)
                if before.pk:
                    widened.append(before)
                continue
            known = held.find(person, _("email: this address is another person’s."))
            if known and known.pk in about:
                raise Unusable(_("An earlier line is about the same person."))
        except Unusable as problem:
            rejected.append((number, str(problem)))
            continue
        if known:
            about.add(known.pk)
        row = StagedRecipient(batch=batch, recipient=known, line=number, **values(person, known))
        staged.add(row)
        new.append(row)
    StagedRecipient.objects.bulk_create(new)
    StagedRecipient.objects.bulk_update(widened, ["is_account_holder", "is_end_user"])
    RejectedLine.objects.bulk_create(
        RejectedLine(batch=batch, line=number, reason=reason[:255]) for number, reason in rejected
    )
    return len(rejected)


def readable(batch, lines):
    """([(number, unsaved Recipient)], [(number, reason)]) of some recipient_csv.Lines."""
    wanted, rejected = [], []
    for line in lines:
        try:
            wanted.append((line.number, recipient_of(line, batch.publisher, batch.started_at)))
        except Unusable as problem:
            rejected.append((line.number, str(problem)))
    return wanted, rejected


def said_before(person, staged):
    """The row of an earlier line about this very person, or None."""
    before = staged.find(person, _("This line and an earlier one share an id or an address."))
    if before is None:
        return None
    if (before.external_id, before.email_key) != (person.external_id, person.email_key):
        raise Unusable(_("This line and an earlier one share an id or an address."))
    return before


def widen(row, person):
    """One person on two lines has the roles of both."""
    row.is_account_holder |= person.is_account_holder
    row.is_end_user |= person.is_end_user


def values(person, known):
    """What is to stand in the row: what a line leaves empty stays as we have it.

    But for the roles of somebody who was a follower alone: they have none to keep.
    """
    stated = set(TAKEN) if known is None else set(person.stated)
    if known is not None and not known.roles:
        stated.update(role.field for role in RecipientRole)
    kept = [name for name in TAKEN if name not in stated]
    return {name: getattr(person, name) for name in TAKEN} | {
        name: getattr(known, name) for name in kept
    }
