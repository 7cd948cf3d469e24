"""Choose whom to tell of a policy beside those whom its promise names."""

from django.core.management.base import BaseCommand

from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.reporting import plain_errors, report
from notifications import audiences
from notifications.actions.choose_audience import choose_audience
from notifications.models import Recipient, RecipientRole


class Command(BaseCommand):
    help = "Tell these roles too, and people of these languages or none alone."

    def add_arguments(self, parser):
        parser.add_argument("--role", action="append", choices=RecipientRole.values, default=[])
        parser.add_argument("--language", action="append", default=[], metavar="TAG")
        add_policy_arguments(parser)

    def handle(self, *, role, language, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            choose_audience(policy=policy, roles=role, languages=language, by=user)
        everyone = Recipient.objects.to_be_told().filter(publisher=policy.publisher).count()
        told = audiences.for_policy(policy).count()
        facts = {"told": told, "left_out": everyone - told}
        report(self.stdout, facts, as_json=options["json"])
