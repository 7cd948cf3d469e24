"""Take in a file of recipients: every line or none, whatever its size.

stage    each line is checked against the file and against whom we hold, and
         kept beside the recipients, some hundred to a transaction. Nobody else
         changes recipients meanwhile, so what was checked stays true
accept   one small transaction: from this instant everyone in the file has
         joined. A file with a single line that cannot be used never gets here
take in  staged rows become recipients, some hundred to a transaction, each
         deleted as it is taken in; a notice opened meanwhile lists nobody
         before that is done

Whatever is killed goes on or is discarded by a query: see recover_imports.
"""

from datetime import timedelta
from itertools import islice

from django.db import IntegrityError, transaction

from documents.models import Actor
from documents.permissions import require
from legalcms import clock
from notifications.actions.add_recipients import create_many, lock_recipients, save_many
from notifications.actions.staging import readable, stage_lines
from notifications.errors import ImportUnderWay, LinesRejected
from notifications.models import Recipient, RecipientImport, StagedRecipient
from notifications.models.imports import TAKEN

BATCH = 100  # so many rows, with their history, fit into 200 ms on SQLite
LEASE = timedelta(minutes=5)
RETURNING = ("left_at", "purged_at", "joined_at")


def unwatched(lines):
    """Nobody wants to know how far it is."""


def import_recipients(*, publisher, lines, by, watch=unwatched):
    """lines: an iterable of recipient_csv.Line; read once. Returns the RecipientImport, finished.

    watch: called with the number of lines of each step; each line is staged, then taken in.
    Raises LinesRejected, ImportUnderWay, NotAllowed, and whatever ``lines``
    raises; then nobody was added or changed.
    """
    batch = begin(publisher, by)
    try:
        lines = iter(lines)
        while some := list(islice(lines, BATCH)):
            stage(batch, readable(batch, some))
            watch(len(some))
        accept(batch)
    except BaseException:
        discard(batch)
        raise
    while taken := take_in(batch.pk):
        watch(taken)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def begin(publisher, by):
    require(by, "manage_recipients", publisher)
    lock_recipients(publisher)
    now = clock.now()
    try:
        with transaction.atomic():
            return RecipientImport.objects.create(
                publisher=publisher,
                started_at=now,
                started_by=Actor.of(by).key,
                lease_until=now + LEASE,
            )
    except IntegrityError:
        raise ImportUnderWay(publisher=publisher.name) from None


@transaction.atomic
def stage(batch, read):
    """read: as staging.readable has it, which takes its time before the transaction."""
    held(batch)
    wanted, rejected = read
    batch.lines += len(wanted) + len(rejected)
    batch.rejected += stage_lines(batch, wanted, rejected)
    batch.lease_until = clock.now() + LEASE
    batch.save(update_fields=["lines", "rejected", "lease_until"])


@transaction.atomic
def accept(batch):
    """The switch. Raises LinesRejected."""
    lock_recipients(batch.publisher)
    held(batch)
    if batch.rejected:
        raise LinesRejected(count=batch.rejected, batch=batch)
    batch.accepted_at = clock.now()
    batch.save(update_fields=["accepted_at"])


def held(batch):
    """Raises ImportUnderWay for somebody who was away for so long that the import was discarded."""
    if not RecipientImport.objects.select_for_update().filter(
        pk=batch.pk, discarded_at__isnull=True
    ):
        raise ImportUnderWay(publisher=batch.publisher.name)


@transaction.atomic
def take_in(batch_id):
    """Make recipients of some staged rows. Returns how many; 0 when the import is finished."""
    batch = RecipientImport.objects.select_for_update().get(pk=batch_id)
    staged = list(batch.staged.select_related("recipient").order_by("pk")[:BATCH])
    user = Actor.objects.select_related("user").get(key=batch.started_by).user
    new, changed = [], []
    for row in staged:
        if row.recipient is None:
            values = {name: getattr(row, name) for name in TAKEN}
            new.append(
                Recipient(publisher_id=batch.publisher_id, joined_at=batch.accepted_at, **values)
            )
        elif row.recipient.erased_at is None and differs(row, batch.accepted_at):
            changed.append(row.recipient)
    create_many(new, user)
    save_many(changed, [*TAKEN, *RETURNING], user)
    StagedRecipient.objects.filter(pk__in=[row.pk for row in staged]).delete()
    batch.added += len(new)
    batch.changed += len(changed)
    batch.lease_until = clock.now() + LEASE
    if not staged:
        batch.finished_at = clock.now()
    batch.save()
    return len(staged)


def differs(row, accepted_at):
    """Bring a staged row's recipient up to date. Returns whether anything differs."""
    person = row.recipient
    wanted = {name: getattr(row, name) for name in TAKEN} | {"purged_at": None}
    if person.left_at is not None or not person.roles:
        wanted |= {"left_at": None, "joined_at": accepted_at}
    is_new = {name for name, value in wanted.items() if getattr(person, name) != value}
    for name in is_new:
        setattr(person, name, wanted[name])
    return bool(is_new)


def discard(batch):
    """Leave nothing of an import that was not accepted, but its lines’ reasons."""
    while discard_some(batch.pk):
        continue


@transaction.atomic
def discard_some(batch_id):
    batch = RecipientImport.objects.select_for_update().get(pk=batch_id)
    if batch.accepted_at is not None or batch.finished_at is not None:
        return 0
    now = clock.now()
    some = list(batch.staged.values_list("pk", flat=True)[: 4 * BATCH])
    batch.staged.filter(pk__in=some).delete()
    batch.discarded_at = batch.discarded_at or now
    batch.finished_at = None if some else now
    batch.save(update_fields=["discarded_at", "finished_at"])
    return len(some)


def recover_imports():
    """End what a killed process left: take in what was accepted, discard the rest. Their number."""
    left = RecipientImport.objects.filter(finished_at__isnull=True, lease_until__lt=clock.now())
    batches = list(left)
    for batch in batches:
        discard(batch)
        while batch.accepted_at and take_in(batch.pk):
            continue
    return len(batches)
