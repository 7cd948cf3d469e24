"""Acts of people: every approval, sign-off, motion and removal has its entry, and the reverse."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from documents.evidence.canonical import instant
from documents.evidence.reading import Unsound
from documents.evidence.timetable import Fact
from documents.models import Approval, Motion, Removal, SignOff

from .log import name_of, sign_of


@dataclass(frozen=True)
class Act:
    """What a row says that somebody did, as its entry must say it."""

    row: Any
    kind: str
    actor: uuid.UUID
    at: datetime

    @property
    def sign(self):
        """As log.sign_of makes it; None if the row was changed into what no entry can say."""
        try:
            return sign_of(self.kind, self.actor, self.row.logged())
        except (AttributeError, KeyError, TypeError, ValueError):
            return None


def check_acts(publisher, log, watch):
    left = {sign: list(links) for sign, links in log.acts.items()}
    for act in watch.over(acts_of(publisher), "acts"):
        links = left.get(act.sign)
        if not links:
            raise Unsound(_("%(row)s: the log does not tell of it") % {"row": name_of(act.row)})
        Fact(links.pop(0)).confirm(instant(act.at), _("its instant"), name_of(act.row))
    untold = sorted(chain.from_iterable(left.values()), key=lambda link: link.seq)
    for link in untold:
        raise Unsound(
            _("entry %(seq)s (%(kind)s) tells of what is missing")
            % {"seq": link.seq, "kind": link.kind}
        )


def acts_of(publisher):
    yield from _approvals(publisher)
    yield from _sign_offs(publisher)
    yield from _motions(publisher)
    yield from _removals(publisher)


def _approvals(publisher):
    rows = Approval.objects.filter(publication__publisher=publisher).select_related("publication")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield Act(row, "proposal.approved", row.approved_by, row.approved_at)


def _sign_offs(publisher):
    rows = SignOff.objects.filter(publication__publisher=publisher)
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield Act(row, "publication.signed_off", row.signed_by, row.signed_at)


def _motions(publisher):
    rows = Motion.objects.filter(publisher=publisher).select_related("policy").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        yield Act(row, "motion.asked", row.asked_by, row.asked_at)
        if row.settled_at is not None:
            kind = "motion.carried" if row.is_carried else "motion.refused"
            yield Act(row, kind, row.settled_by, row.settled_at)


def _removals(publisher):
    rows = Removal.objects.filter(policy__publisher=publisher).select_related("policy")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        yield Act(row, "text.removed", row.removed_by, row.removed_at)
