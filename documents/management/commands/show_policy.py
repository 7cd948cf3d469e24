"""Tell what is in force for a policy, and what is announced."""

from django.core.management.base import BaseCommand

from documents import queries
from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.facts import why_held
from documents.management.reporting import plain_errors, report
from documents.models.publications import State
from documents.permissions import require
from legalcms import clock


class Command(BaseCommand):
    help = "Tell which version is in force now, which is pending or held, and why."

    def add_arguments(self, parser):
        add_policy_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            require(user, "view", policy.publisher)
        now = clock.now()
        current, pending = queries.in_force(policy, now), queries.pending(policy, now)
        facts = {"in force": current.number if current else None}
        if pending:
            state = pending.publication.state(now)
            facts |= {
                "announced": pending.number,
                "state": state.value,
                "effective at": pending.publication.effective_at.isoformat(),
            }
            if state == State.HELD:
                facts["held because"] = why_held(pending.publication)
        report(self.stdout, facts, as_json=options["json"])
