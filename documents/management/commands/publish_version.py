"""Publish the draft of a policy as its next version."""

from django.core.management.base import BaseCommand
from django.db import transaction

from documents import queries
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.comparison import Significance
from documents.management.arguments import add_policy_arguments, legal_day, policy_and_user
from documents.management.facts import facts_of
from documents.management.reporting import plain_errors, report
from legalcms import clock


class Command(BaseCommand):
    help = "Freeze the draft, announce it and open its notice: the one door to publishing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--effective-on",
            type=legal_day,
            metavar="DATE",
            help="legal day such as 2026-03-01; default: the earliest allowed",
        )
        parser.add_argument("--summary", default="", help="what changes, for readers")
        parser.add_argument(
            "--significance",
            choices=[item.value for item in Significance],
            help="default: as proposed from the changes",
        )
        add_policy_arguments(parser)

    def handle(self, *, effective_on, summary, significance, **options):
        with plain_errors(), transaction.atomic():
            policy, user = policy_and_user(options)
            draft = policy.draft()
            chosen = Significance(significance) if significance else proposed(draft)
            proposal = propose_publication(
                policy=policy,
                significance=chosen,
                summary=summary,
                draft_sha256=draft.draft_sha256(),
                effective_on=effective_on,
                by=user,
            )
            publication = publish_version(proposal_id=proposal.pk, by=user)
        report(self.stdout, facts_of(publication), as_json=options["json"])


def proposed(draft):
    """The significance that this draft's changes propose now."""
    now = clock.now()
    return queries.proposed_significance(draft, queries.draft_redline(draft, now), now)
