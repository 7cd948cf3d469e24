"""What keeps watch: when periodic work is due, what the record was found to be, and alarms."""

from django.db import models
from django.db.models import Q

from documents.models import Publisher


class Duty(models.Model):
    """When a piece of periodic work is next due. Whoever moves ``due_at`` on does the work."""

    name = models.CharField(primary_key=True, max_length=50)
    due_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.due_at}"


class Verification(models.Model):
    """How a publisher's record was last found. ``problem``: the first thing that does not hold."""

    publisher = models.OneToOneField(
        Publisher, primary_key=True, on_delete=models.PROTECT, related_name="verification"
    )
    verified_at = models.DateTimeField()
    problem = models.TextField(blank=True)

    def __str__(self):
        return f"{self.publisher_id} {self.verified_at}"


class Alarm(models.Model):
    """One trouble, from when it was first seen until it has been over for a while.

    publisher: None for what concerns the whole installation. about: tells two
    troubles of one check apart, such as ``publication 12``.
    """

    check_name = models.CharField(max_length=40)
    publisher = models.ForeignKey(
        Publisher, null=True, on_delete=models.PROTECT, related_name="alarms"
    )
    about = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=100)
    words = models.TextField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_name", "publisher", "about"],
                condition=Q(closed_at__isnull=True, publisher__isnull=False),
                name="one_open_alarm_per_trouble",
            ),
            # NULLs are distinct to a database: without a publisher it takes a rule of its own.
            models.UniqueConstraint(
                fields=["check_name", "about"],
                condition=Q(closed_at__isnull=True, publisher__isnull=True),
                name="one_open_alarm_for_all",
            ),
        ]

    def __str__(self):
        return f"{self.check_name} {self.about}".strip()


class AlarmLetter(models.Model):
    """One mail about an alarm, that it began or that it is over, to one reader.

    reader: ``user 5`` or ``contact 3``; never an address. answer: what the mail
    server said last.
    """

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="letters")
    is_end = models.BooleanField()
    reader = models.CharField(max_length=30)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alarm", "is_end", "reader"], name="one_letter_per_reader"
            )
        ]

    def __str__(self):
        return f"{self.alarm_id} {self.reader}"
