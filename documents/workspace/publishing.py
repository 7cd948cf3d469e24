"""Publish version: what changes, what the promise demands, from when, and who will be told."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import queries, wording
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.actions.requirements import is_approved, needs_second_person
from documents.actions.timetable import chosen, earliest_effect
from documents.comparison import Significance, compare
from documents.errors import StaleDraft
from documents.models.publications import State
from documents.models.publishers import TwoPersonRule
from documents.promises import TELLING, legal_day
from documents.templatetags.redline import clause_title
from documents.workflow import ask_for_approval
from legalcms import clock

from .base import PolicyForm, panels
from .forms import ProposeForm, plan_name


class PublishVersion(PolicyForm):
    """Proposes; what nobody else has to approve is published with the same press of the button."""

    act = "publish"
    template_name = "documents/workspace/publish.html"
    page_title = gettext_lazy("Publish version")
    form_class = ProposeForm
    submit = gettext_lazy("Publish, or ask for approval")

    @cached_property
    def draft_sha256(self):
        """Of the draft that this screen shows. Publishing any other is refused."""
        return self.draft.draft_sha256()

    @cached_property
    def current(self):
        return queries.in_force(self.policy, self.now)

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
        return queries.proposed_significance(self.draft, self.redline, self.now)

    @cached_property
    def now(self):
        return clock.now()

    @cached_property
    def presets(self):
        return queries.presets_of(self.policy)

    def demands(self, significance):
        return queries.demands(self.policy, significance, self.now, self.presets)

    def get_form_kwargs(self):
        owed = [demands for each in Significance if (demands := self.demands(each)).rules]
        plans = dict.fromkeys(plan for demands in owed for plan in demands.plans)
        changed = [
            ((change.new or change.old).key, clause_title(change))
            for change in self.redline.changed
        ]
        return super().get_form_kwargs() | {"plans": tuple(plans), "changed": changed}

    def get_initial(self):
        effect = earliest_effect(self.policy, self.proposed, self.presets, self.now)
        return {
            "significance": self.proposed.value,
            "effective_on": effect.on,
            "channels": plan_name(self.demands(self.proposed).plans[0]),
            "draft_sha256": self.draft_sha256,
        }

    def perform(self, data):
        """In no transaction of its own: asking for approval has Wagtail mail the reviewers."""
        form, significance = self.form, Significance(data["significance"])
        channels = form.chosen_channels
        if not self.demands(significance).rules:
            channels = None  # nobody has to be told: the choice above was for another significance
        proposal = propose_publication(
            policy=self.policy,
            significance=significance,
            summary=data["summary"],
            draft_sha256=data["draft_sha256"],
            effect=form.effect,
            channels=channels,
            exception=form.exception,
            by=self.request.user,
        )
        if needs_second_person(proposal, self.now) and not is_approved(proposal):
            ask_for_approval(self.policy, by=self.request.user)
            return proposal
        return publish_version(proposal_id=proposal.pk, by=self.request.user)

    def refuse(self, form, error):
        if isinstance(error, StaleDraft):
            # The new draft's changes are shown now; publishing again is then a decision.
            form.data = form.data.copy()
            form.data["draft_sha256"] = self.draft_sha256
        return super().refuse(form, error)

    def success_message(self, publication):
        if publication.state(self.now) == State.PROPOSED:
            return _("Proposed. Another person must approve it before it is announced.")
        number = publication.versions.get().number
        return _("Version %(number)s is announced.") % {"number": number}

    def success_url(self, publication):
        name = "proposal" if publication.announced_at is None else "publication"
        return self.url(name, publication.pk)

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
        """What is demanded for a change of this significance, and by whom."""
        demands, told_on = (
            self.demands(significance),
            legal_day(self.now, self.draft.publisher.zone),
        )
        rule = self.draft.publisher.two_person_rule
        material = rule == TwoPersonRule.MATERIAL and significance is Significance.MATERIAL
        return {
            "significance": significance,
            "earliest": wording.day(demands.earliest_effective_on(told_on)),
            "latest": (last := demands.latest_effective_on(told_on)) and wording.day(last),
            "why": wording.why_this_early(self.promise, demands, told_on),
            "sentences": [wording.rule_sentence(each) for each in demands.rules],
            "channels": demands.rules and wording.formula_words(demands.channels),
            "told": bool(demands.rules) and bool(TELLING.intersection(chosen(demands, None))),
            "second_person": rule == TwoPersonRule.ALWAYS or (material and self.current),
        }

    def get_context_data(self, **kwargs):
        current = self.current
        newest = queries.history(self.policy).first()
        rules = [self.rule(significance) for significance in reversed(Significance)]
        audience = queries.audience_size(self.policy)
        return super().get_context_data(**kwargs) | {
            "panels": panels("construct_proposal_panels", self.request, self.policy),
            "redline": self.redline,
            "details": self.details(),
            "current": current,
            "is_in_force": current and current.draft_sha256 == self.draft_sha256,
            "next_number": newest.number + 1 if newest else 1,
            "pending": queries.pending(self.policy, self.now),
            "proposal": queries.proposals(self.policy).first(),
            "is_empty": not self.draft.ordered_clauses(),
            "edited": queries.cited_clauses_edited(self.draft),
            "rules": rules,
            "proposed": self.proposed,
            "audience": audience,
            "nobody_to_tell": not audience and any(rule["told"] for rule in rules),
        }
