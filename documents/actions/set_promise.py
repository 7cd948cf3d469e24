"""Record what a policy promises about its own changes. Versions to come will freeze it."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.cleaning import clean
from documents.actions.editing import lock_policy
from documents.errors import InvalidInput
from documents.evidence.canonical import digest
from documents.models import Actor, PromiseSetting
from documents.permissions import require
from documents.promises import cites, to_record


@transaction.atomic
def set_promise(*, policy, promise, by):
    """promise: a promises.Promise whose basis cites a clause's words or names an interpreter."""
    require(by, "publish", policy.publisher)
    draft = lock_policy(policy.pk).draft()
    _require_ground(promise.basis, draft)
    setting = _setting(policy, promise)
    clean(setting)
    setting.save()
    append_entry(
        publisher=policy.publisher,
        kind="promise.set",
        payload={"policy": str(policy.key), "promise": _without_name(promise)},
        actor=Actor.of(by),
    )
    return setting


def _require_ground(basis, draft):
    if not basis.interpretation_by and not (basis.words and basis.clause_key):
        raise InvalidInput(
            field="basis",
            problem=_("Either cite a clause and its words, or name who interprets the policy."),
        )
    if basis.clause_key and not cites(basis, draft.states()):
        raise InvalidInput(
            field="words", problem=_("The cited clause does not contain these words.")
        )


def _setting(policy, promise):
    """The policy's row with this promise in it, not saved."""
    setting = PromiseSetting.objects.filter(policy=policy).first()
    setting = setting or PromiseSetting(policy=policy)
    setting.trigger, setting.channel = promise.trigger.value, promise.channel.value
    setting.notice_days = promise.notice_days
    setting.clause_key, setting.words = promise.basis.clause_key or None, promise.basis.words
    setting.interpretation_by = promise.basis.interpretation_by
    return setting


def _without_name(promise):
    """The promise for a log that is never erased: a hash stands for the interpreter's name."""
    record = to_record(promise)
    name = record["basis"].pop("interpretation_by")
    record["basis"]["interpretation_by_sha256"] = digest(name) if name else ""
    return record
