"""Record what a policy promises about its own changes. Versions to come will freeze it."""

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.actions.cleaning import clean
from documents.errors import InvalidInput
from documents.models import Actor, PromiseSetting
from documents.permissions import require
from documents.promises import to_record


@transaction.atomic
def set_promise(*, policy, promise, by):
    """promise: a promises.Promise whose basis cites a clause's words or names an interpreter."""
    require(by, "publish", policy.publisher)
    basis = promise.basis
    if not basis.interpretation_by and not (basis.words and basis.clause_key):
        raise InvalidInput(
            field="basis", problem="cite a clause and its words, or name who interprets the policy"
        )
    if basis.clause_key:
        _require_words_in_clause(policy, basis)
    setting, _created = PromiseSetting.objects.select_for_update().get_or_create(policy=policy)
    setting.trigger, setting.channel = promise.trigger.value, promise.channel.value
    setting.notice_days = promise.notice_days
    setting.clause_key, setting.words = basis.clause_key or None, basis.words
    setting.interpretation_by = basis.interpretation_by
    clean(setting)
    setting.save()
    append_entry(
        publisher=policy.publisher,
        kind="promise.set",
        payload={"policy": str(policy.key), "promise": to_record(promise)},
        actor=Actor.of(by),
    )
    return setting


def _require_words_in_clause(policy, basis):
    for state in policy.draft().states():
        if state.key == basis.clause_key and basis.words in state.text:
            return
    raise InvalidInput(field="words", problem="the cited clause does not contain these words")
