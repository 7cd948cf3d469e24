"""Give the pending or held publication of a policy a new date."""

from django.core.management.base import BaseCommand

from documents.actions.reschedule_publication import reschedule_publication
from documents.management.arguments import add_policy_arguments, legal_day, policy_and_user
from documents.management.facts import facts_of
from documents.management.pending import pending_publication
from documents.management.reporting import plain_errors, report


class Command(BaseCommand):
    help = "Give a pending or held publication a new, later date; everyone is told of it."

    def add_arguments(self, parser):
        parser.add_argument("--effective-on", type=legal_day, required=True, metavar="DATE")
        add_policy_arguments(parser)

    def handle(self, *, effective_on, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            publication = reschedule_publication(
                publication_id=pending_publication(policy).pk, effective_on=effective_on, by=user
            )
        report(self.stdout, facts_of(publication), as_json=options["json"])
