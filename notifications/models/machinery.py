"""State that all workers share, as rows."""

from django.core.validators import MinValueValidator
from django.db import models


class Breaker(models.Model):
    """Keeps workers off a mail server that does not answer, or a sender that it refuses."""

    name = models.CharField(primary_key=True, max_length=254)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.name


class Beat(models.Model):
    """When a worker last went round, so that its absence shows.

    BOUNCES: when the mailbox of what came back was last read, where one is read.
    """

    WORKER = "worker"
    BOUNCES = "bounces"

    name = models.CharField(primary_key=True, max_length=50)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.at}"


class Installation(models.Model):
    """Which installation this database belongs to: a restored copy elsewhere must not send."""

    name = models.CharField(primary_key=True, max_length=50)
    key = models.CharField(max_length=64)

    def __str__(self):
        return self.name


class Rate(models.Model):
    """At most ``most`` messages in any ``seconds``: in all, or to one domain.

    domain: in lower case and ASCII, or ALL; free_at: when the next message may go.
    """

    ALL = "*"

    domain = models.CharField(primary_key=True, max_length=254)
    most = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    seconds = models.PositiveIntegerField(default=60, validators=[MinValueValidator(1)])
    free_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.domain}: {self.most} in {self.seconds} s"


class WarmUpDay(models.Model):
    """A day, in UTC, on which a new sender sends no more than ``most`` messages in all."""

    on = models.DateField(primary_key=True)
    most = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.on}: {self.used} of {self.most}"
