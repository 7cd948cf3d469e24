"""How many test mails somebody has had lately: no record of a notice, only a limit."""

from django.conf import settings
from django.db import models


class Trials(models.Model):
    """Test mails of one user since ``begun_at``. Gone with the user."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    begun_at = models.DateTimeField()
    count = models.PositiveSmallIntegerField(default=0)

    def __str__(self):
        return f"{self.user_id} {self.count}"
