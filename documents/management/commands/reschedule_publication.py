"""Give the pending or held publication of a policy a new date."""

from django.core.management.base import BaseCommand

from documents.actions.reschedule_publication import reschedule_publication
from documents.management.arguments import (
    add_effect_arguments,
    add_policy_arguments,
    effect_of,
    policy_and_user,
)
from documents.management.facts import facts_of
from documents.management.pending import pending_publication
from documents.management.reporting import plain_errors, report


class Command(BaseCommand):
    help = "Give a pending or held publication another date; everyone is told of it."

    def add_arguments(self, parser):
        add_effect_arguments(parser, required=True)
        add_policy_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            publication = reschedule_publication(
                publication_id=pending_publication(policy).pk, effect=effect_of(options), by=user
            )
        report(self.stdout, facts_of(publication), as_json=options["json"])
