"""Tell what is in force for a policy, now or at another instant, and what is announced."""

from django.core.management.base import BaseCommand

from documents import queries
from documents.management.arguments import (
    add_policy_arguments,
    instant_named,
    policy_and_user,
)
from documents.management.facts import facts_of_waiting, why_held
from documents.management.reporting import plain_errors, report
from documents.models.publications import State
from documents.permissions import require
from documents.wording import basis_sentence, promise_sentence
from legalcms import clock


class Command(BaseCommand):
    help = (
        "Tell which version is in force now, by which promise a change of it is judged, and which "
        "is pending or held, and why. With --at: which was in force at that instant."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--at",
            metavar="INSTANT",
            help="a date (its first instant) or a time such as 2026-03-01T09:00, in the "
            "publisher’s zone unless it names an offset; for the future: as things stand",
        )
        add_policy_arguments(parser)

    def handle(self, *, at, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            require(user, "view", policy.publisher)
            instant = instant_named(at, policy.publisher.zone) if at else clock.now()
        facts = {"at": instant.isoformat()} if at else {}
        facts |= facts_in_force(queries.in_force(policy, instant))
        if not at:
            facts |= facts_announced(queries.pending(policy, instant), instant)
        report(self.stdout, facts, as_json=options["json"])


def facts_in_force(version):
    """The version in force and its promise; None: there is none."""
    if version is None:
        return {"in force": None}
    given_on = version.publication.given_on
    return {
        "in force": version.number,
        **({"recorded later, given as applied from": given_on.isoformat()} if given_on else {}),
        "since": version.publication.effective_at.isoformat(),
        "sha256": version.sha256,
        "promise": promise_sentence(version.promise),
        "basis": basis_sentence(version.promise),
    }


def facts_announced(version, now):
    """The version that is pending or held, if there is one."""
    if version is None:
        return {}
    publication = version.publication
    state = publication.state(now)
    facts = {
        "announced": version.number,
        "state": state.value,
        "cleared": publication.cleared_at is not None,
        "effective at": publication.effective_at.isoformat(),
    }
    if state == State.HELD:
        facts["held because"] = why_held(publication)
    return facts | facts_of_waiting(publication)
