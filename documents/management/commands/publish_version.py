"""Publish the draft of a policy as its next version."""

from django.core.management.base import BaseCommand
from django.db import transaction

from documents import queries
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.comparison import Significance
from documents.comparison.significance import highest
from documents.management.arguments import add_policy_arguments, legal_day, policy_and_user
from documents.management.reporting import plain_errors, report
from documents.models.publications import State
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
            help="default: as proposed from the redline",
        )
        add_policy_arguments(parser)

    def handle(self, *, effective_on, summary, significance, **options):
        with plain_errors(), transaction.atomic():
            policy, user = policy_and_user(options)
            chosen = significance or highest(queries.draft_redline(policy, clock.now())).value
            proposal = propose_publication(
                policy=policy,
                significance=Significance(chosen),
                summary=summary,
                draft_sha256=policy.draft().draft_sha256(),
                effective_on=effective_on,
                by=user,
            )
            publication = publish_version(proposal_id=proposal.pk, by=user)
        report(self.stdout, facts_of(publication), as_json=options["json"])


def facts_of(publication):
    """What a command says about one publication."""
    version = publication.versions.get()
    state = publication.state(clock.now())
    facts = {
        "publication": publication.pk,
        "version": version.number,
        "sha256": version.sha256,
        "significance": version.significance,
        "state": state.value,
        "effective at": publication.effective_at.isoformat(),
        "notice required": publication.notice_required,
        "recipients": queries.audience_size(version.policy) if publication.notice_required else 0,
    }
    if publication.deadline_at:
        facts["everyone told before"] = publication.deadline_at.isoformat()
    if state == State.HELD:
        facts["held because"] = str(publication.get_hold_reason_display())
    return facts
