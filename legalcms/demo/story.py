"""The demo's history, played through the product's own actions with the clock set back.

Nothing is written behind the actions' backs: past versions were announced,
mailed over SMTP and cleared like any other.
"""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from wagtail.models import PageLogEntry

from documents.actions.approve_proposal import approve_proposal
from documents.actions.create_policy import create_policy
from documents.actions.create_publisher import create_publisher
from documents.actions.import_policy import import_policy
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.actions.set_promise import set_promise
from documents.comparison import Significance
from documents.models import Role
from documents.promises import (
    Basis,
    Channel,
    Consent,
    ConsentKind,
    Period,
    Promise,
    Term,
    Timing,
    Trigger,
    When,
    resting_on,
)
from documents.workflow import ask_for_approval
from notifications.actions.add_recipients import add_recipients
from notifications.worker import run_round

TEXTS = Path(__file__).parent
PEOPLE = [
    ("amina.berger@example.org", "Amina Berger"),
    ("bo.lindqvist@example.org", "Bo Lindqvist"),
    ("chiara.neri@example.net", "Chiara Neri"),
    ("dev.patel@example.net", "Dev Patel"),
    ("edith.moreau@example.com", "Édith Moreau"),
    ("farid.haddad@example.com", "Farid Haddad"),
]


@contextmanager
def days_ago(days):
    """Play what stands inside as if it happened so many days ago."""
    before, began_at = settings.CLOCK_OFFSET, timezone.now()
    settings.CLOCK_OFFSET = before - timedelta(days=days)
    try:
        yield
    finally:
        settings.CLOCK_OFFSET = before
    # Wagtail dates its log of edits by the machine's own clock.
    edits = PageLogEntry.objects.filter(timestamp__gte=began_at)
    edits.update(timestamp=F("timestamp") - timedelta(days=days))


def tell(by, colleague):
    """Found the publisher and play its history. Needs a mail server to deliver to.

    by proposes and publishes, colleague approves; the last proposal is the
    colleague's own, and waits for somebody else.
    """
    with days_ago(400):
        publisher = create_publisher(
            slug="brindle",
            name="Brindle & Wick",
            legal_entity="Brindle & Wick SAS, Lyon",
            contact="privacy@brindle.example",
            sender_email="legal@brindle.example",
            time_zone="Europe/Paris",
            by=by,
        )
        colleague.groups.add(publisher.teams.get(role=Role.PUBLISHER).group)
        add_recipients(publisher=publisher, people=PEOPLE, by=by)
        privacy = new_policy(publisher, "privacy", "Privacy notice", "privacy_notice", by)
        terms = new_policy(publisher, "terms", "Terms of sale", "contract", by)
        write(privacy, "privacy-1.md", by)
        set_promise(policy=privacy, promise=mailed(privacy), by=by)
        publish(privacy, "", by, colleague)
        write(terms, "terms-1.md", by)
        set_promise(policy=terms, promise=posted(terms), by=by)
        publish(terms, "", by, colleague)
    with days_ago(200):
        write(privacy, "privacy-2.md", by)
        publish(
            privacy,
            "We keep orders for ten years instead of six, and we "
            "may ask for your telephone number, so that the carrier can reach you.",
            by,
            colleague,
        )
        deliver()
    write(privacy, "privacy-3.md", by)
    publish(
        privacy,
        "If you ask for our newsletter, the company that runs "
        "it sees your e-mail address. Unused accounts are deleted after two years.",
        by,
        colleague,
    )
    write(terms, "terms-2.md", colleague)
    propose(terms, "You have thirty days to change your mind instead of fourteen.", colleague)
    ask_for_approval(terms, by=colleague)


def new_policy(publisher, slug, title, kind, by):
    return create_policy(publisher=publisher, slug=slug, title=title, kind=kind, by=by)


def write(policy, file, by):
    import_policy(policy=policy, data=(TEXTS / file).read_bytes(), name=file, by=by)


def mailed(policy):
    """The privacy notice's promise: its own words for what, how and when."""
    words = "we tell you by e-mail at least 14 days before it takes effect"
    return Promise(
        Trigger.MATERIAL,
        Channel.EMAIL,
        Timing(When.BEFORE_EFFECT, Period(14)),
        resting_on(
            said(policy, words), {Term.AUDIENCE: Basis(interpretation_by="Brindle & Wick, legal")}
        ),
    )


def posted(policy):
    """The terms' promise: posting, and nothing before it."""
    words = "We post new terms on this page"
    return Promise(
        Trigger.ANY,
        Channel.POSTING,
        Timing(When.ON_POSTING),
        resting_on(said(policy, words)),
        consent=Consent(ConsentKind.NONE),
    )


def said(policy, words):
    """The Basis of these words of the draft."""
    key = next(state.key for state in policy.draft().states() if words in state.text)
    return Basis(clause_key=key, words=words)


def propose(policy, summary, by):
    return propose_publication(
        policy=policy,
        significance=Significance.MATERIAL,
        summary=summary,
        draft_sha256=policy.draft().draft_sha256(),
        by=by,
    )


def publish(policy, summary, by, colleague):
    proposal = propose(policy, summary, by)
    approve_proposal(
        proposal_id=proposal.pk, proposal_sha256=proposal.proposal_sha256, by=colleague
    )
    return publish_version(proposal_id=proposal.pk, by=by)


def deliver():
    """Run the worker's rounds until nothing is due."""
    while any(run_round().values()):
        pass
