"""Rows that are written once.

The model and its querysets refuse changes with a clear error; the database
refuses them too (see documents/triggers.py), for whoever goes round the models.
"""

from django.db import models

from documents.errors import FrozenRecord


class FrozenQuerySet(models.QuerySet):
    """Refuses every bulk call that would change or delete a row."""

    def _refuse(self):
        raise FrozenRecord(record=self.model._meta.verbose_name)

    def update(self, **kwargs):
        self._refuse()

    def delete(self):
        self._refuse()

    def _raw_delete(self, using):
        self._refuse()

    def bulk_update(self, objs, fields, batch_size=None):
        self._refuse()

    def update_or_create(self, defaults=None, create_defaults=None, **kwargs):
        self._refuse()


class FrozenModel(models.Model):
    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FrozenRecord(record=self._meta.verbose_name)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise FrozenRecord(record=self._meta.verbose_name)
