"""Publish version: what changes, what the promise demands, from when, and who will be told."""

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import queries, wording
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.comparison import Significance, compare
from documents.errors import StaleDraft
from documents.promises import earliest_effective_on, notice_required
from legalcms import clock

from .base import PolicyForm
from .forms import PublishForm


class PublishVersion(PolicyForm):
    act = "publish"
    template_name = "documents/workspace/publish.html"
    page_title = gettext_lazy("Publish version")
    form_class = PublishForm
    submit = gettext_lazy("Publish version")

    @cached_property
    def draft_sha256(self):
        """Of the draft that this screen shows. Publishing any other is refused."""
        return self.draft.draft_sha256()

    @cached_property
    def current(self):
        return queries.in_force(self.policy, clock.now())

    @cached_property
    def redline(self):
        """Of the very draft whose hash the form carries."""
        return compare(self.current.clauses() if self.current else (), self.draft.states())

    @cached_property
    def promise(self):
        return self.current.promise if self.current else None

    @cached_property
    def proposed(self):
        """The significance that the changes propose."""
        return queries.proposed_significance(self.draft, self.redline, clock.now())

    def earliest(self, significance):
        zone = self.policy.publisher.zone
        return earliest_effective_on(self.promise, significance, clock.now(), zone)

    def get_initial(self):
        return {
            "significance": self.proposed.value,
            "effective_on": self.earliest(self.proposed),
            "draft_sha256": self.draft_sha256,
        }

    def perform(self, data):
        with transaction.atomic():
            proposal = propose_publication(
                policy=self.policy,
                significance=Significance(data["significance"]),
                summary=data["summary"],
                draft_sha256=data["draft_sha256"],
                effective_on=data["effective_on"],
                by=self.request.user,
            )
            return publish_version(proposal_id=proposal.pk, by=self.request.user)

    def refuse(self, form, error):
        if isinstance(error, StaleDraft):
            # The new draft's changes are shown now; publishing again is then a decision.
            form.data = form.data.copy()
            form.data["draft_sha256"] = self.draft_sha256
        return super().refuse(form, error)

    def success_message(self, publication):
        number = publication.versions.get().number
        return _("Version %(number)s is announced.") % {"number": number}

    def success_url(self, publication):
        return self.url("publication", publication.pk)

    def details(self):
        """What the version will say differently outside its clauses: (what, old, new) of each."""
        old, new, publisher = self.current, self.draft, self.policy.publisher
        if old is None:
            return []
        details = [
            (_("Title"), old.title, new.title),
            (_("Legal entity"), old.legal_entity, publisher.legal_entity),
            (_("Contact"), old.contact, new.contact or publisher.contact),
            (
                _("How changes are told"),
                wording.promise_sentence(old.promise),
                wording.promise_sentence(new.recorded_promise),
            ),
        ]
        return [detail for detail in details if detail[1] != detail[2]]

    def rule(self, significance):
        """What the promise in force demands for a change of this significance."""
        return {
            "significance": significance,
            "earliest": wording.day(self.earliest(significance)),
            "why": wording.why_this_early(self.promise, significance),
            "told": notice_required(self.promise, significance),
        }

    def get_context_data(self, **kwargs):
        current = self.current
        newest = queries.history(self.policy).first()
        rules = [self.rule(significance) for significance in reversed(Significance)]
        audience = queries.audience_size(self.policy)
        return super().get_context_data(**kwargs) | {
            "redline": self.redline,
            "details": self.details(),
            "current": current,
            "is_in_force": current and current.draft_sha256 == self.draft_sha256,
            "next_number": newest.number + 1 if newest else 1,
            "pending": queries.pending(self.policy, clock.now()),
            "is_empty": not self.draft.ordered_clauses(),
            "rules": rules,
            "proposed": self.proposed,
            "audience": audience,
            "nobody_to_tell": not audience and any(rule["told"] for rule in rules),
        }
