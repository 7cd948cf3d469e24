"""The promise of a policy as the team has recorded it. What binds is the copy in each Version."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents import promises


class PromiseSetting(models.Model):
    """``record``: promises.to_record; ``presets``: ids of the statutory rules chosen beside it.

    cited: clause key → SHA-256 of the clause's text when the promise was last
    reviewed, so that an edit of it asks for another look.
    """

    policy = models.OneToOneField(
        "documents.Policy", on_delete=models.PROTECT, related_name="promise_setting"
    )
    record = models.JSONField()
    presets = models.JSONField(default=list)
    cited = models.JSONField(default=dict)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("promise")

    def __str__(self):
        return str(self.policy)

    @property
    def promise(self):
        return promises.from_record(self.record)
