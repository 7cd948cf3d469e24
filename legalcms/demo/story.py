"""The demo's history, played through the product's own actions with the clock set back.

Nothing is written behind the actions' backs: past versions were announced,
mailed over SMTP and cleared like any other.
"""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from documents.actions.create_policy import create_policy
from documents.actions.create_publisher import create_publisher
from documents.actions.import_policy import import_policy
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.actions.set_promise import set_promise
from documents.comparison import Significance
from documents.promises import Basis, Channel, Promise, Trigger
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
    before = settings.CLOCK_OFFSET
    settings.CLOCK_OFFSET = before - timedelta(days=days)
    try:
        yield
    finally:
        settings.CLOCK_OFFSET = before


def tell(by):
    """Found the publisher and play its history. Needs a mail server to deliver to."""
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
        add_recipients(publisher=publisher, people=PEOPLE, by=by)
        privacy = new_policy(publisher, "privacy", "Privacy notice", "privacy_notice", by)
        terms = new_policy(publisher, "terms", "Terms of sale", "contract", by)
        publish(
            privacy,
            "privacy-1.md",
            "",
            by,
            words="at least 14 days before it takes effect",
            channel=Channel.EMAIL,
            days=14,
        )
        publish(
            terms,
            "terms-1.md",
            "",
            by,
            words="We post new terms on this page",
            channel=Channel.POSTING,
        )
    with days_ago(200):
        publish(
            privacy,
            "privacy-2.md",
            "We keep orders for ten years instead of six, and we "
            "may ask for your telephone number, so that the carrier can reach you.",
            by,
        )
        deliver()
    publish(
        privacy,
        "privacy-3.md",
        "If you ask for our newsletter, the company that runs "
        "it sees your e-mail address. Unused accounts are deleted after two years.",
        by,
    )


def new_policy(publisher, slug, title, kind, by):
    return create_policy(publisher=publisher, slug=slug, title=title, kind=kind, by=by)


def publish(policy, file, summary, by, *, words="", channel=None, days=None):
    """Import a text, record its promise where ``words`` are given, and publish it."""
    import_policy(policy=policy, data=(TEXTS / file).read_bytes(), name=file, by=by)
    if words:
        key = next(state.key for state in policy.draft().states() if words in state.text)
        promise = Promise(
            Trigger.MATERIAL if channel is Channel.EMAIL else Trigger.ANY,
            channel,
            days,
            Basis(clause_key=key, words=words),
        )
        set_promise(policy=policy, promise=promise, by=by)
    proposal = propose_publication(
        policy=policy,
        significance=Significance.MATERIAL,
        summary=summary,
        draft_sha256=policy.draft().draft_sha256(),
        effective_on=None,
        by=by,
    )
    return publish_version(proposal_id=proposal.pk, by=by)


def deliver():
    """Run the worker's rounds until nothing is due."""
    while any(run_round().values()):
        pass
