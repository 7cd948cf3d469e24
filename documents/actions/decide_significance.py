"""Judge how much a change of the draft matters; lowering a material one takes a second person."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents import queries
from documents.actions.editing import lock_policy
from documents.actions.requirements import require_other_person, require_text
from documents.comparison import Significance
from documents.errors import NothingToDecide, StaleChange
from documents.models import Actor, SignificanceDecision
from documents.permissions import require
from legalcms import clock


@transaction.atomic
def decide_significance(*, policy, key, change_sha256, level: Significance, reason, by):
    """key, change_sha256: of the Judgement that the person saw. Returns the SignificanceDecision.

    Raises StaleChange where the change is another by now.
    """
    require(by, "edit", policy.publisher)
    reason = require_text(reason, "reason", _("Say why: whoever approves will ask."))
    draft, now = lock_policy(policy.pk).draft(), clock.now()
    judged = queries.judged_changes(draft, now)
    seen = [each for each in judged if (each.key, each.change_sha256) == (key, change_sha256)]
    if not seen:
        raise StaleChange()
    decision, _is_new = SignificanceDecision.objects.update_or_create(
        policy=policy,
        key=key,
        change_sha256=change_sha256,
        defaults={
            "proposed": seen[0].proposal.level.value,
            "level": level.value,
            "reason": reason,
            "decided_at": now,
            "decided_by": Actor.of(by).key,
            "confirmed_at": None,
            "confirmed_by": None,
        },
    )
    return decision


@transaction.atomic
def confirm_decision(*, decision_id, decided_at, by):
    """The second person's yes. decided_at: of the decision that the person saw.

    Raises SamePerson, StaleChange where it was decided anew, or NothingToDecide.
    """
    decision = SignificanceDecision.objects.select_for_update().get(pk=decision_id)
    require(by, "approve", decision.policy.publisher)
    actor = Actor.of(by)
    if decision.decided_at != decided_at:
        raise StaleChange()
    if not decision.is_waiting:
        raise NothingToDecide()
    require_other_person(actor, decision.decided_by)
    decision.confirmed_at, decision.confirmed_by = clock.now(), actor.key
    decision.save()
    return decision
