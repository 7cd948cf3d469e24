"""Record what a policy promises about its own changes."""

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand

from documents.actions.set_promise import set_promise
from documents.errors import InvalidInput, NotFound
from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.reporting import plain_errors, report
from documents.promises import (
    AnyOf,
    Basis,
    Channel,
    ClockStart,
    Consent,
    ConsentKind,
    Ground,
    Period,
    Promise,
    Timing,
    Trigger,
    Unit,
    UnusablePromise,
    When,
    resting_on,
)
from documents.wording import basis_sentence, promise_sentence, unusable_promise


class Command(BaseCommand):
    help = (
        "Record the promise: --words finds the clause that says it; where none does, "
        "--interpretation-by names who decided. Terms that rest on words of their own are "
        "recorded in the admin."
    )

    def add_arguments(self, parser):
        parser.add_argument("--trigger", required=True, choices=[item.value for item in Trigger])
        parser.add_argument(
            "--channel",
            required=True,
            action="append",
            choices=[item.value for item in Channel],
            help="repeated: any of them",
        )
        period = parser.add_mutually_exclusive_group()
        period.add_argument("--days", type=int, default=None, help="only if the policy names them")
        period.add_argument("--at-least", type=period_of, help="such as “2 months”")
        parser.add_argument("--at-most", type=period_of, help="such as “2 months”")
        parser.add_argument("--clock-start", choices=list(ClockStart), default=ClockStart.ACCEPTED)
        parser.add_argument("--exception", action="append", default=[], choices=list(Ground))
        parser.add_argument("--consent", choices=list(ConsentKind), default=ConsentKind.NONE)
        parser.add_argument("--preset", action="append", default=[], metavar="ID")
        parser.add_argument("--words", default="", help="the words of the policy, exactly")
        parser.add_argument("--interpretation-by", default="", metavar="NAME")
        add_policy_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            promise = promise_of(policy, options)
            set_promise(policy=policy, promise=promise, presets=options["preset"], by=user)
        facts = {"promise": promise_sentence(promise), "basis": basis_sentence(promise)}
        report(self.stdout, facts, as_json=options["json"])


def promise_of(policy, options):
    """The Promise that the arguments describe. Raises InvalidInput, NotFound."""
    basis = Basis(
        clause_key=clause_with(policy, options["words"]) if options["words"] else "",
        words=options["words"],
        interpretation_by=options["interpretation_by"],
    )
    channels = tuple(map(Channel, options["channel"]))
    days = options["days"]
    at_least = options["at_least"] or (None if days is None else Period(days))
    at_once = channels == (Channel.POSTING,) and not (at_least and at_least.count)
    try:
        return Promise(
            trigger=Trigger(options["trigger"]),
            channels=channels[0] if len(channels) == 1 else AnyOf(channels),
            timing=Timing(When.ON_POSTING)
            if at_once
            else Timing(When.BEFORE_EFFECT, at_least, options["at_most"]),
            bases=resting_on(basis),
            clock_start=ClockStart(options["clock_start"]),
            exceptions=tuple(map(Ground, options["exception"])),
            consent=Consent(ConsentKind(options["consent"])),
        )
    except UnusablePromise as error:
        raise InvalidInput(field="promise", problem=unusable_promise(error)) from error


def period_of(text):
    """A period such as “30 days”, “10 working_days FR” or “2 months”. Raises ArgumentTypeError."""
    try:
        count, unit, *calendar = text.split()
        return Period(int(count), Unit(unit if unit.endswith("s") else f"{unit}s"), *calendar)
    except (ValueError, TypeError):
        raise ArgumentTypeError(
            f"“{text}” is not a period; write it as 30 days, 10 working_days FR, or 2 months"
        ) from None


def clause_with(policy, words):
    """The key of the first clause of the draft that holds these words. Raises NotFound."""
    for state in policy.draft().states():
        if words in state.text:
            return state.key
    raise NotFound(what="clause with the words", name=words, known="see the draft’s clauses")
