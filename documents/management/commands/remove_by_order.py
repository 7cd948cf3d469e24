"""Ask for a removal by order, or carry out one that another person has asked for."""

from django.core.management.base import BaseCommand, CommandError

from documents.actions.remove_by_order import ask_removal, confirm_removal, open_removal
from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.reporting import plain_errors, report
from documents.removal_map import BEYOND_REACH


class Command(BaseCommand):
    help = (
        "Take the words of one clause out of a policy's record, as a court or authority orders. "
        "Run it with --clause, --order and --reason to ask; another person runs it with --motion."
    )

    def add_arguments(self, parser):
        parser.add_argument("--motion", metavar="ID", help="confirm what was asked under this id")
        parser.add_argument("--clause", metavar="KEY", help="as in the link to it: #c-KEY")
        parser.add_argument("--order", help="who gave it, when, its number; public")
        parser.add_argument("--reason", help="for the person who confirms")
        parser.add_argument("--destroy", action="store_true", help="keep no sealed original")
        add_policy_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            facts = (
                confirm(policy, user, options) if options["motion"] else ask(policy, user, options)
            )
        report(self.stdout, facts, as_json=options["json"])


def ask(policy, user, options):
    missing = [f"--{name}" for name in ("clause", "order", "reason") if options[name] is None]
    if missing:
        raise CommandError(f"To ask, name {', '.join(missing)}; to confirm, name --motion.")
    motion = ask_removal(
        policy=policy,
        key=options["clause"],
        order=options["order"],
        reason=options["reason"],
        destroy=options["destroy"],
        by=user,
    )
    return {"motion": motion.pk, "waits for": "another person with the role Publisher"}


def confirm(policy, user, options):
    motion = open_removal(policy, options["motion"])
    done = confirm_removal(motion_id=motion.pk, by=user)
    return {
        "removal": done.removal.pk,
        "texts": len(done.removal.texts),
        "original": "destroyed" if done.removal.is_destroyed else "kept sealed",
        "words may still stand in": list(done.still),
        "out of reach": [str(place) for place in BEYOND_REACH],
    }
