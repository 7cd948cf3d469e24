"""Proposing from the command line: the arguments of a proposal, and what they say."""

from documents import queries
from documents.actions.propose_publication import ClaimedException, propose_publication
from documents.actions.requirements import needs_second_person
from documents.comparison import Significance
from documents.management.arguments import add_effect_arguments, add_policy_arguments, effect_of
from documents.promises import URGENT_GROUNDS, Channel, Ground
from documents.workflow import ask_for_approval
from legalcms import clock

# What a person decides about a proposal, beside its text.
TERMS = ("effective_on", "effective_time", "summary", "significance", "channel", "ground", "source")


def add_proposal_arguments(parser):
    add_effect_arguments(parser)
    parser.add_argument("--summary", default="", help="what changes, for readers")
    parser.add_argument(
        "--significance",
        choices=[item.value for item in Significance],
        help="default: as proposed from the changes",
    )
    parser.add_argument(
        "--channel",
        action="append",
        choices=[channel.value for channel in Channel],
        help="how people are told, where the promise leaves a choice; may be repeated",
    )
    parser.add_argument(
        "--ground",
        choices=[ground.value for ground in Ground],
        help="why the promised notice is not waited for; with "
        f"{', '.join(URGENT_GROUNDS)} the change may take effect at once",
    )
    parser.add_argument("--source", default="", help="the law, order or finding behind --ground")
    add_policy_arguments(parser)


def propose(policy, user, options):
    """The proposal that the arguments describe. With --ground every changed clause is affected."""
    draft, now = policy.draft(), clock.now()
    redline = queries.draft_redline(draft, now)
    if options["significance"]:
        significance = Significance(options["significance"])
    else:
        significance = queries.proposed_significance(draft, redline, now)
    exception = None
    if options["ground"]:
        affected = tuple((change.new or change.old).key for change in redline.changed)
        exception = ClaimedException(Ground(options["ground"]), options["source"], affected)
    channels = options["channel"]
    proposal = propose_publication(
        policy=policy,
        significance=significance,
        summary=options["summary"],
        draft_sha256=draft.draft_sha256(),
        effect=effect_of(options),
        channels=channels and tuple(map(Channel, channels)),
        exception=exception,
        by=user,
    )
    if needs_second_person(proposal, now):
        ask_for_approval(policy, by=user)
    return proposal
