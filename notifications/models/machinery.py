"""State that all workers share, as rows."""

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
    """When a worker last went round, so that its absence shows."""

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
