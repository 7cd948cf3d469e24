"""Send the yearly reminder of a policy, where one is due."""

from django.core.management.base import BaseCommand

from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.reporting import plain_errors, report
from notifications.actions.open_reminder import open_reminder


class Command(BaseCommand):
    help = "Tell everyone of the text in force, as a rule chosen for the policy asks every year."

    def add_arguments(self, parser):
        add_policy_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            notice = open_reminder(policy=policy, by=user)
        facts = {"notice": notice.pk, "due": notice.reminder.due_on.isoformat()}
        report(self.stdout, facts, as_json=options["json"])
