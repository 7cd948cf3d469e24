"""Test data, built through the product's own actions."""

import itertools

from django.contrib.auth import get_user_model

from documents import queries
from documents.actions.approve_proposal import approve_proposal
from documents.actions.create_policy import create_policy
from documents.actions.create_publisher import create_publisher
from documents.actions.decide_significance import confirm_decision, decide_significance
from documents.actions.import_policy import import_policy
from documents.actions.propose_publication import ClaimedException, propose_publication
from documents.actions.publish_version import publish_version
from documents.actions.set_promise import set_promise
from documents.comparison import Significance
from documents.models import Role
from documents.models.publishers import TwoPersonRule
from documents.promises import (
    Basis,
    Channel,
    Effect,
    Ground,
    Period,
    Promise,
    Timing,
    Trigger,
    When,
    resting_on,
)
from legalcms import clock
from notifications.actions.add_recipients import add_recipients
from notifications.actions.ask_to_follow import ask_to_follow
from notifications.actions.confirm_follow import confirm_follow
from notifications.actions.offer_following import offer_following
from notifications.worker import run_round

numbers = itertools.count(1)

TEXT = """# Privacy

## 1. What we keep

We keep your name for two years.

## 2. Changes

We tell you of material changes by e-mail.
"""
MATERIAL_TEXT = TEXT.replace("two years", "ten years")

READ_IN = resting_on(Basis(interpretation_by="the tests"))
EMAIL_PROMISE = Promise(
    Trigger.MATERIAL, Channel.EMAIL, Timing(When.BEFORE_EFFECT, Period(10)), READ_IN
)
POSTING_PROMISE = Promise(Trigger.ANY, Channel.POSTING, Timing(When.ON_POSTING), READ_IN)


def admin():
    return get_user_model().objects.create_superuser(f"admin{next(numbers)}", password="x")


def publisher(by, **values):
    """A publisher whose team needs no second person, unless a rule is given."""
    number = next(numbers)
    defaults = {
        "slug": f"acme{number}",
        "name": f"Acme {number}",
        "contact": "legal@acme.example",
        "time_zone": "Europe/Paris",
        "two_person_rule": TwoPersonRule.NEVER,
    }
    return create_publisher(**(defaults | values), by=by)


def member(of, role):
    """A user with one role for one publisher."""
    user = get_user_model().objects.create_user(f"{Role(role).value}{next(numbers)}", password="x")
    user.groups.add(of.teams.get(role=role).group)
    return user


def policy(by, of=None, text=TEXT, promise=EMAIL_PROMISE):
    """A policy with a draft and, unless None is given, a promise."""
    made = create_policy(
        publisher=of or publisher(by), slug=f"privacy{next(numbers)}", title="Privacy", by=by
    )
    write(made, text, by)
    if promise:
        set_promise(policy=made, promise=promise, by=by)
    made.refresh_from_db()
    return made


def write(policy, text, by):
    """Make this Markdown the draft."""
    return import_policy(policy=policy, data=text.encode(), name="text.md", by=by)


def confirm(decision, by):
    return confirm_decision(decision_id=decision.pk, decided_at=decision.decided_at, by=by)


def judge(policy, level, by):
    """Have two people agree that no change of the draft matters more than ``level``."""
    judged = queries.judged_changes(policy.draft(), clock.now())
    for each in [one for one in judged if level < one.level]:
        decision = decide_significance(
            policy=policy,
            key=each.key,
            change_sha256=each.change_sha256,
            level=level,
            reason="It is so.",
            by=by,
        )
        if decision.is_waiting:
            confirm(decision, admin())


def propose(
    policy, by, text=None, significance=Significance.MATERIAL, on=None, judged=True, **values
):
    """Propose the draft, or ``text`` as the draft; for the earliest day unless ``on`` is given.

    judged: people have agreed to the significance before.
    """
    if text:
        write(policy, text, by)
    if judged:
        judge(policy, significance, by)
    return propose_publication(
        policy=policy,
        significance=significance,
        summary=values.pop("summary", ""),
        draft_sha256=policy.draft().draft_sha256(),
        effect=values.pop("effect", None) or (Effect(on) if on else None),
        by=by,
        **values,
    )


def publish(policy, by, *args, **values):
    """Propose and publish: takes what ``propose`` takes."""
    return publish_version(proposal_id=propose(policy, by, *args, **values).pk, by=by)


def urgent(policy, ground=Ground.SECURITY, source="CVE-2026-1"):
    """An exception that covers every clause that the draft changes now."""
    changed = queries.draft_redline(policy.draft(), clock.now()).changed
    return ClaimedException(ground, source, tuple((c.new or c.old).key for c in changed))


def approve(proposal, by):
    return approve_proposal(
        proposal_id=proposal.pk, proposal_sha256=proposal.proposal_sha256, by=by
    )


def recipients(of, by, count=3):
    people = [(f"person{next(numbers)}@example.org", "") for _ in range(count)]
    add_recipients(publisher=of, people=people, by=by)
    return [email for email, _name in people]


def followers(of, by, count=3):
    """People who confirmed that they follow a policy. Returns their addresses."""
    offer_following(publisher=of.publisher, sender_email="updates@acme.example", by=by)
    emails = [f"reader{next(numbers)}@example.org" for _ in range(count)]
    for number, email in enumerate(emails):
        asked = ask_to_follow(policy=of, email=email, ip=f"192.0.2.{number}")
        confirm_follow(request_id=asked.pk)
    return emails


def work():
    """Let a worker do all that is due."""
    total = {}
    while any((done := run_round()).values()):
        for step, count in done.items():
            total[step] = total.get(step, 0) + count
    return total
