"""Record what a policy promises about its own changes. Versions to come will freeze it."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.editing import lock_policy
from documents.actions.timetable import require_possible
from documents.errors import InvalidInput
from documents.evidence.canonical import digest
from documents.models import Actor, PromiseSetting
from documents.models.clauses import text_sha256
from documents.permissions import require
from documents.promises import (
    Demands,
    Period,
    UnknownPreset,
    legal_day,
    preset,
    to_record,
    uncited,
)
from documents.promises.dates import MAX_COUNT, knows_calendar
from documents.promises.demands import rule_of
from legalcms import clock

MAX_WORDS = 10_000
MAX_NAME = 200


@transaction.atomic
def set_promise(*, policy, promise, by, presets=()):
    """promise: a promises.Promise; presets: ids of statutory rules to keep beside it.

    Saving it, changed or not, also says that its cited clauses were looked at.
    """
    require(by, "publish", policy.publisher)
    draft = lock_policy(policy.pk).draft()
    require_grounds(promise, draft)
    require_usable_periods(promise)
    require_presets(promise, presets, policy)
    setting = PromiseSetting.objects.filter(policy=policy).first()
    setting = setting or PromiseSetting(policy=policy)
    setting.record, setting.presets = to_record(promise), list(presets)
    setting.cited = cited_texts(promise, draft)
    setting.save()
    append_entry(
        publisher=policy.publisher,
        kind="promise.set",
        payload={
            "policy": str(policy.key),
            "promise": without_words(promise),
            "presets": list(presets),
        },
        actor=Actor.of(by),
    )
    return setting


def require_grounds(promise, draft):
    """Each term cites words that stand in the draft, or names who reads it into the policy."""
    for basis in promise.bases.values():
        if not basis.interpretation_by and not (basis.words and basis.clause_key):
            raise InvalidInput(
                field="basis",
                problem=_("Either cite a clause and its words, or name who interprets the policy."),
            )
        if len(basis.words) > MAX_WORDS or len(basis.interpretation_by) > MAX_NAME:
            raise InvalidInput(field="words", problem=_("This is too long."))
        if not basis.interpretation_by.isprintable():
            raise InvalidInput(
                field="interpretation_by",
                problem=_("Line breaks and control characters are not allowed here."),
            )
    if uncited(promise, draft.states()):
        raise InvalidInput(
            field="words", problem=_("The cited clause does not contain these words.")
        )


def require_usable_periods(promise):
    timing, consent = promise.timing, promise.consent
    for field, period in (
        ("at_least", timing.at_least),
        ("at_most", timing.at_most),
        ("object_within", consent.object_within),
    ):
        if period is not None:
            require_usable_period(field, period)


def require_usable_period(field, period: Period):
    most = MAX_COUNT[period.unit]
    if not 0 <= period.count <= most:
        problem = _("This must be a whole number from 0 to %(most)s.") % {"most": most}
        raise InvalidInput(field=field, problem=problem)
    if not knows_calendar(period.calendar):
        raise InvalidInput(
            field="calendar",
            problem=_(
                "There is no calendar “%(name)s”. Write a country, or a country and region, such "
                "as FR or DE-BY."
            )
            % {"name": period.calendar},
        )


def require_presets(promise, presets, policy):
    """The rules exist, and together leave a day. Raises InvalidInput, ConflictingRules."""
    try:
        rules = [preset(each).rule for each in presets]
    except UnknownPreset as unknown:
        problem = _("There is no statutory rule “%(name)s”.") % {"name": unknown}
        raise InvalidInput(field="presets", problem=problem) from None
    today = legal_day(clock.now(), policy.publisher.zone)
    require_possible(Demands((rule_of(promise), *filter(None, rules))), today)


def cited_texts(promise, draft):
    """Clause key → hash of its text, of every clause that the promise cites."""
    cited = {basis.clause_key for basis in promise.bases.values()}
    return {
        str(clause.key): text_sha256(clause.heading, clause.body)
        for clause in draft.ordered_clauses()
        if str(clause.key) in cited
    }


def without_words(promise):
    """The promise for a log that is never erased: hashes stand for names and for cited words."""
    record = to_record(promise)
    for basis in record["bases"]:
        for field in ("words", "interpretation_by"):
            text = basis.pop(field)
            basis[f"{field}_sha256"] = digest(text) if text else ""
    return record
