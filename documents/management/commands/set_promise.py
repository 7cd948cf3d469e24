"""Record what a policy promises about its own changes."""

from django.core.management.base import BaseCommand

from documents.actions.set_promise import set_promise
from documents.errors import NotFound
from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.reporting import plain_errors, report
from documents.promises import Basis, Channel, Promise, Trigger
from documents.wording import basis_sentence, promise_sentence


class Command(BaseCommand):
    help = (
        "Record the promise: --words finds the clause that says it; where none does, "
        "--interpretation-by names who decided."
    )

    def add_arguments(self, parser):
        parser.add_argument("--trigger", required=True, choices=[item.value for item in Trigger])
        parser.add_argument("--channel", required=True, choices=[item.value for item in Channel])
        parser.add_argument("--days", type=int, default=None, help="only if the policy names them")
        parser.add_argument("--words", default="", help="the words of the policy, exactly")
        parser.add_argument("--interpretation-by", default="", metavar="NAME")
        add_policy_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            basis = Basis(
                clause_key=clause_with(policy, options["words"]) if options["words"] else "",
                words=options["words"],
                interpretation_by=options["interpretation_by"],
            )
            promise = Promise(
                Trigger(options["trigger"]), Channel(options["channel"]), options["days"], basis
            )
            set_promise(policy=policy, promise=promise, by=user)
        facts = {"promise": promise_sentence(promise), "basis": basis_sentence(promise)}
        report(self.stdout, facts, as_json=options["json"])


def clause_with(policy, words):
    """The key of the first clause of the draft that holds these words. Raises NotFound."""
    for state in policy.draft().states():
        if words in state.text:
            return state.key
    raise NotFound(what="clause with the words", name=words, known="see the draft’s clauses")
