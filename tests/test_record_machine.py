"""The record under a long run of legal and illegal acts, with a clock that moves.

After every step: for no instant two texts in force, no answer about the past
changed, nothing in force whose promise was not kept or openly overridden by two
people, the log whole, and every version's words as they were hashed.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from documents import queries
from documents.actions import motions
from documents.actions.hold_publication import hold_publication
from documents.actions.override_date import ask_earlier_date, confirm_earlier_date
from documents.actions.publish_version import publish_version
from documents.actions.requirements import is_approved, needs_second_person
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.restore_version import restore_version
from documents.actions.set_promise import set_promise
from documents.actions.sign_off_failures import sign_off_failures
from documents.actions.withdraw_publication import withdraw_publication
from documents.comparison import Significance
from documents.errors import LegalCMSError
from documents.evidence.chain import first_break
from documents.models import Entry, Motion, Publication, Role, Version
from documents.models.publishers import TwoPersonRule
from documents.promises import Effect, Ground
from legalcms import clock
from notifications.models import Delivery, Recipient
from tests import factories
from tests.conftest import NOON
from tests.factories import EMAIL_PROMISE, POSTING_PROMISE, TEXT

WORKING = "django.core.mail.backends.locmem.EmailBackend"
BROKEN = "tests.test_record_machine.BrokenBackend"
YEARS = ["two", "three", "five", "ten", "twenty"]
days = st.integers(-2, 40)
people = st.sampled_from(["ada", "bo", "reviewer", "editor"])
# What somebody at the database's prompt might try, as the application's role.
ATTACKS = [
    "UPDATE documents_version SET title = 'x'",
    "UPDATE documents_clausetext SET body = 'x'",
    "UPDATE documents_place SET level = 2",
    "UPDATE documents_entry SET payload = '{}'",
    "DELETE FROM documents_entry",
    "DELETE FROM documents_version",
    "DELETE FROM documents_approval",
    "UPDATE documents_approval SET proposal_sha256 = 'x'",
    "DELETE FROM documents_motion",
    "UPDATE documents_publication SET announced_at = NULL WHERE announced_at IS NOT NULL",
    "UPDATE documents_publication SET proposal_sha256 = 'x' WHERE announced_at IS NOT NULL",
    "UPDATE documents_publication SET cleared_at = effective_at"
    " WHERE cleared_at IS NOT NULL AND cleared_at > announced_at",
    "UPDATE notifications_noticemessage SET text = 'x'",
    "DELETE FROM notifications_delivery",
]


class BrokenBackend:
    """A mail server that is out of reach."""

    def __init__(self, **options):
        pass

    def open(self):
        raise OSError("no route")

    def close(self):
        pass


class Record(RuleBasedStateMachine):
    """One policy, its team, its recipients, and a day that goes by."""

    site = None  # Django's settings fixture

    def __init__(self):
        super().__init__()
        self.mail(is_up=True)
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.travel = time_machine.travel(NOON, tick=False)
        self.now = self.travel.start()
        admin = factories.admin()
        publisher = factories.publisher(admin, two_person_rule=TwoPersonRule.MATERIAL)
        self.policy = factories.policy(admin, of=publisher)
        factories.recipients(publisher, admin)
        roles = {"ada": Role.PUBLISHER, "bo": Role.PUBLISHER}
        roles |= {"reviewer": Role.REVIEWER, "editor": Role.EDITOR}
        self.team = {name: factories.member(publisher, role) for name, role in roles.items()}
        factories.publish(self.policy, self.team["ada"])
        self.past, self.hashes = {}, {}

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        self.travel.stop()

    def attempt(self, act, *args, **values):
        """Whatever is refused must say why, and leave nothing half done."""
        try:
            with transaction.atomic():
                return act(*args, **values)
        except LegalCMSError as error:
            refusal = str(error)
        assert refusal
        return None

    @property
    def open(self):
        """The publication on its way, or any that there is: acts on the past must be refused."""
        version = queries.pending(self.policy, clock.now()) or queries.history(self.policy).first()
        return version.publication_id

    def on(self, number):
        today = clock.now().astimezone(self.policy.publisher.zone).date()
        return Effect(today + timedelta(days=number))

    # Legal acts, at times when they are and at times when they are not

    @rule(years=st.sampled_from(YEARS), how=st.sampled_from(["by e-mail", "by e-mail, always"]))
    def edit(self, years, how):
        text = TEXT.replace("two years", f"{years} years").replace("by e-mail", how)
        self.attempt(factories.write, self.policy, text, self.team["editor"])

    @rule(who=people, significance=st.sampled_from(Significance), number=days | st.none())
    def propose(self, who, significance, number):
        effect = None if number is None else self.on(number)
        self.attempt(
            factories.propose,
            self.policy,
            self.team[who],
            significance=significance,
            effect=effect,
            judged=False,
        )

    @rule(who=people, ground=st.sampled_from(Ground))
    def propose_under_an_exception(self, who, ground):
        exception = factories.urgent(self.policy, ground=ground)
        self.attempt(factories.propose, self.policy, self.team[who], exception=exception)

    @rule(who=people)
    def approve(self, who):
        for proposal in queries.proposals(self.policy):
            self.attempt(factories.approve, proposal, self.team[who])

    @rule(who=people)
    def publish(self, who):
        for proposal in queries.proposals(self.policy):
            needs = needs_second_person(proposal, clock.now())
            approved = is_approved(proposal)
            done = self.attempt(publish_version, proposal_id=proposal.pk, by=self.team[who])
            assert done is None or approved or not needs

    @rule(who=people, number=days)
    def reschedule(self, who, number):
        self.attempt(
            reschedule_publication,
            publication_id=self.open,
            effect=self.on(number),
            by=self.team[who],
        )

    @rule(who=people)
    def withdraw(self, who):
        self.attempt(withdraw_publication, publication_id=self.open, reason="x", by=self.team[who])

    @rule(who=people)
    def hold(self, who):
        self.attempt(hold_publication, publication_id=self.open, reason="x", by=self.team[who])

    @rule(who=people, number=days)
    def ask_for_an_earlier_date(self, who, number):
        self.attempt(
            ask_earlier_date,
            publication_id=self.open,
            effect=self.on(number),
            reason="x",
            by=self.team[who],
        )

    @rule(who=people, carry=st.booleans())
    def decide_a_motion(self, who, carry):
        for motion in Motion.objects.all():
            act = confirm_earlier_date if carry else motions.refuse
            self.attempt(act, motion_id=motion.pk, by=self.team[who])

    @rule(who=people)
    def sign(self, who):
        self.attempt(sign_off_failures, publication_id=self.open, reason="x", by=self.team[who])

    @rule(who=people, number=st.integers(1, 5))
    def start_from_an_earlier_text(self, who, number):
        version = self.policy.versions.filter(number=number).first()
        if version:
            self.attempt(restore_version, policy=self.policy, version=version, by=self.team[who])

    @rule(who=people, promise=st.sampled_from([EMAIL_PROMISE, POSTING_PROMISE]))
    def promise_something_else(self, who, promise):
        self.attempt(set_promise, policy=self.policy, promise=promise, by=self.team[who])

    # The world

    @rule()
    def work(self):
        factories.work()

    @rule(is_up=st.booleans())
    def mail(self, is_up):
        backend = WORKING if is_up else BROKEN
        self.site.EMAIL_BACKEND = backend
        self.site.MAILERS = {"default": {"BACKEND": backend}}

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 3, 24 * 11, 24 * 31]))
    def let_time_pass(self, hours):
        self.now.shift(timedelta(hours=hours))

    # Attacks

    @rule(statement=st.sampled_from(ATTACKS))
    def attack_by_sql(self, statement):
        before = self.rows()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            pass
        assert self.rows() == before

    @rule()
    def publish_in_wagtail(self):
        before = self.rows()
        self.attempt(self.policy.draft().get_latest_revision().publish)
        assert self.rows() == before

    def rows(self):
        return [
            [*model.objects.order_by("pk").values()]
            for model in (Version, Entry, Publication, Motion, Delivery)
        ]

    # What must hold

    @invariant()
    def the_past_stays(self):
        """What was answered for an instant is answered again, however often it is asked."""
        version = queries.in_force(self.policy, clock.now())
        self.past[clock.now()] = version.number
        for at, number in self.past.items():
            assert queries.in_force(self.policy, at).number == number

    @invariant()
    def what_is_in_force_kept_its_promise_or_says_that_it_did_not(self):
        publication = queries.in_force(self.policy, clock.now()).publication
        assert publication.cleared_at <= publication.effective_at
        if not publication.promise_kept:
            carried = publication.motions.filter(is_carried=True)
            two_asked = any(motion.asked_by != motion.settled_by for motion in carried)
            assert two_asked or is_approved(publication)
        elif publication.cleared_at > publication.announced_at:
            kinds = publication.entries.values_list("kind", flat=True)
            assert "publication.cleared" in kinds
            told = Delivery.objects.filter(
                notice__publication=publication,
                accepted_at__lt=publication.deadline_at,
                notice__round=publication.notices.exclude(kind="withdrawal").count(),
            )
            assert told.count() == Recipient.objects.count()

    @invariant()
    def one_version_is_on_its_way_at_most(self):
        waiting = [
            version
            for version in queries.history(self.policy)
            if version.publication.state(clock.now()) in {"pending", "held"}
        ]
        assert len(waiting) <= 1

    @invariant()
    def the_log_is_whole(self):
        entries = Entry.objects.filter(publisher=self.policy.publisher).order_by("seq")
        assert first_break((entry.link, entry.sha256) for entry in entries) is None
        times = [entry.at for entry in entries]
        assert times == sorted(times)

    @invariant()
    def every_version_is_as_it_was(self):
        for version in Version.objects.all():
            assert version.computed_sha256() == version.sha256
            assert self.hashes.setdefault(version.pk, version.sha256) == version.sha256


@pytest.mark.slow
@pytest.mark.django_db
def test_the_record_holds_whatever_people_clocks_and_servers_do(settings):
    run(settings, examples=15, steps=25)


@pytest.mark.django_db
def test_the_record_holds_for_a_short_while(settings):
    run(settings, examples=3, steps=12)


def run(site, examples, steps):
    Record.site = site
    run_state_machine_as_test(
        Record,
        settings=hypothesis_settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=[*HealthCheck],
        ),
    )
