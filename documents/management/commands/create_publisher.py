"""Found a publisher with its page, teams and evidence log."""

from django.core.management.base import BaseCommand

from documents.actions.create_publisher import create_publisher
from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.models.publishers import TwoPersonRule
from documents.permissions import user_named


class Command(BaseCommand):
    help = "Found a publisher: an organisation with its sender, time zone and team."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--name", required=True)
        parser.add_argument("--contact", required=True, help="e-mail address for questions")
        parser.add_argument("--legal-entity", default="")
        parser.add_argument("--sender-email", default="", help="default: the contact")
        parser.add_argument("--time-zone", default="UTC", help="such as Europe/Paris")
        parser.add_argument(
            "--two-person-rule",
            choices=TwoPersonRule.values,
            default=TwoPersonRule.MATERIAL.value,
            help="when somebody else must approve what one person proposes; default: %(default)s",
        )
        add_by_argument(parser)

    def handle(self, **options):
        with plain_errors():
            publisher = create_publisher(
                slug=options["slug"],
                name=options["name"],
                contact=options["contact"],
                legal_entity=options["legal_entity"],
                sender_email=options["sender_email"],
                time_zone=options["time_zone"],
                two_person_rule=options["two_person_rule"],
                by=user_named(options["by"]),
            )
        report(self.stdout, {"publisher": publisher.slug}, as_json=options["json"])
