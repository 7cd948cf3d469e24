"""Change when a publisher's team needs a second person, and how many failures go unsigned."""

from django.core.management.base import BaseCommand

from documents.actions.set_publisher_rules import set_publisher_rules
from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.models.publishers import TwoPersonRule
from documents.permissions import user_named
from documents.queries import publisher_named


class Command(BaseCommand):
    help = "Set the rules of a publisher; administrators only. What is not named stays."

    def add_arguments(self, parser):
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--two-person-rule", choices=TwoPersonRule.values)
        parser.add_argument("--failures-allowed", type=int, metavar="PERCENT")
        add_by_argument(parser)

    def handle(self, *, two_person_rule, failures_allowed, **options):
        with plain_errors():
            publisher = publisher_named(options["publisher"])
            if failures_allowed is None:
                failures_allowed = publisher.failures_allowed
            publisher = set_publisher_rules(
                publisher_id=publisher.pk,
                two_person_rule=two_person_rule or publisher.two_person_rule,
                failures_allowed=failures_allowed,
                by=user_named(options["by"]),
            )
        facts = {
            "two person rule": publisher.two_person_rule,
            "failures allowed": publisher.failures_allowed,
        }
        report(self.stdout, facts, as_json=options["json"])
