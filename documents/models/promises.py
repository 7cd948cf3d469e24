"""The promise of a policy as the team has recorded it. What binds is the copy in each Version."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.promises import Basis, Channel, Promise, Trigger

from .publishers import ONE_LINE

MAX_NOTICE_DAYS = 3650


class TriggerChoice(models.TextChoices):
    ANY = Trigger.ANY.value, _("Any change")
    MATERIAL = Trigger.MATERIAL.value, _("Material changes")


class ChannelChoice(models.TextChoices):
    EMAIL = Channel.EMAIL.value, _("By e-mail, before the change takes effect")
    POSTING = Channel.POSTING.value, _("By posting the new text")


class PromiseSetting(models.Model):
    policy = models.OneToOneField(
        "documents.Policy", on_delete=models.PROTECT, related_name="promise_setting"
    )
    trigger = models.CharField(_("what must be told"), max_length=20, choices=TriggerChoice)
    channel = models.CharField(_("how"), max_length=20, choices=ChannelChoice)
    notice_days = models.PositiveSmallIntegerField(
        _("days before effect"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MAX_NOTICE_DAYS)],
        help_text=_(
            "Leave empty where the policy names no number: for e-mail the house minimum applies "
            "then, and is labelled as ours."
        ),
    )
    clause_key = models.UUIDField(_("clause"), null=True, blank=True)
    words = models.TextField(_("words of the clause"), blank=True)
    interpretation_by = models.CharField(
        _("interpretation by"),
        max_length=200,
        blank=True,
        validators=[ONE_LINE],
        help_text=_("Where no clause says it: who decided that this is what is promised."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("promise")

    def __str__(self):
        return f"{self.get_trigger_display()}: {self.get_channel_display()}"

    @property
    def promise(self):
        return Promise(
            Trigger(self.trigger),
            Channel(self.channel),
            self.notice_days,
            Basis(
                clause_key=str(self.clause_key or ""),
                words=self.words,
                interpretation_by=self.interpretation_by,
            ),
        )
