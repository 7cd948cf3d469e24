"""Who did it, kept apart so that a name can be erased while the record stands.

Frozen rows and log entries hold an actor's key, never a user.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Actor(models.Model):
    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="actor"
    )
    name = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = _("actor")

    def __str__(self):
        return self.name or str(_("a former member of the team"))

    @classmethod
    def of(cls, user):
        """The actor of a user; made at the first act."""
        actor, _created = cls.objects.get_or_create(
            user=user, defaults={"name": user.get_full_name() or user.get_username()}
        )
        return actor
