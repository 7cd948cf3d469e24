"""The log and the tables tell on whoever gets past the triggers."""

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from documents import queries
from documents.actions.hold_publication import hold_publication
from documents.actions.motions import refuse
from documents.actions.override_date import ask_earlier_date, confirm_earlier_date
from documents.actions.publish_version import publish_version
from documents.actions.remove_by_order import ask_removal, confirm_removal
from documents.actions.sign_off_failures import sign_off_failures
from documents.actions.withdraw_publication import withdraw_publication
from documents.evidence.canonical import digest
from documents.evidence.timestamps import check, request
from documents.models import (
    Approval,
    Chain,
    ClauseText,
    Entry,
    Motion,
    Place,
    Publication,
    Removal,
    Role,
    SealedText,
    SignOff,
    TimeStamp,
    Version,
)
from documents.models.publishers import TwoPersonRule
from documents.promises import Channel, Effect
from documents.verification import watching
from legalcms import clock
from notifications.models import Attempt, Delivery, Display, Notice, NoticeMessage
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db
LONG_AGO = "'2020-01-01 00:00:00+00:00'"


@pytest.fixture
def policy():
    """Version 1 in force; version 2 announced, told to three people, and cleared."""
    admin = factories.admin()
    made = factories.policy(admin)
    factories.publish(made, admin)
    factories.recipients(made.publisher, admin)
    factories.publish(made, admin, MATERIAL_TEXT)
    factories.work()
    return made


def pending(policy):
    return queries.pending(policy, clock.now()).publication


def tamper(model, statement=None):
    """Do as the owner of the tables could: drop the guards, then change the record."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            for (trigger,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}"')
        if statement:
            cursor.execute(statement.format(table=f'"{table}"'))


def found():
    """What the command says of a record that does not hold."""
    with pytest.raises(CommandError) as problem:
        call_command("verify_evidence")
    return str(problem.value)


@contextmanager
def undone():
    """What is done inside is undone, triggers included."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def assert_each_is_found(*cases, where=""):
    """cases: (model, statement, what the command says of it), each tried on the sound record."""
    call_command("verify_evidence")
    for model, statement, says in cases:
        with undone():
            tamper(model, statement)
            said = found()
            assert says in said, statement
            assert where in said, statement


# The log


def test_an_intact_record_verifies(policy, capsys):
    call_command("verify_evidence")
    said = capsys.readouterr().out
    assert f"entries: {Entry.objects.count()}" in said
    assert "versions: 2" in said
    assert "notices: 1" in said
    assert "deliveries: 3" in said


def test_r61_a_changed_log_is_found(policy):
    assert_each_is_found(
        (Entry, "UPDATE {table} SET actor = 'x' WHERE seq = 3", "entry 3 does not match its hash"),
        (Entry, f"UPDATE {{table}} SET at = {LONG_AGO} WHERE seq = 3", "entry 3 does not match"),
        (Entry, "UPDATE {table} SET payload = '1.5' WHERE seq = 3", "entry 3 does not match"),
        (Entry, "UPDATE {table} SET payload = '[]' WHERE seq = 3", "entry 3 does not match"),
        (Entry, "DELETE FROM {table} WHERE seq = 3", "entry 3 is not there: entry 4"),
        (Entry, "DELETE FROM {table} WHERE seq > 5", "the log does not reach its head"),
        (Entry, "DELETE FROM {table}", "the log does not reach its head"),
        (Chain, "UPDATE {table} SET sha256 = 'x'", "the log does not reach its head"),
        (Chain, "UPDATE {table} SET seq = 5", "the log does not reach its head 5"),
        (Chain, "DELETE FROM {table}", "the log does not reach its head"),
    )


def rewrite(publisher, change):
    """Write the log anew, with all hashes and the head, as a patient forger would."""
    entries = list(publisher.entries.order_by("seq"))
    change(entries)
    tamper(Entry)
    previous = "0" * 64
    for entry in entries:
        entry.previous = previous
        entry.sha256 = previous = entry.link.sha256
        Entry._base_manager.filter(pk=entry.pk).update(
            at=entry.at, payload=entry.payload, previous=f"x{entry.pk}", sha256=entry.sha256
        )
    for entry in entries:
        Entry._base_manager.filter(pk=entry.pk).update(previous=entry.previous)
    Chain.objects.filter(publisher=publisher).update(sha256=previous)


def test_r61_a_clock_that_went_back_is_found_in_a_log_that_is_hashed_anew(policy):
    def change(entries):
        entries[-1].at = entries[-2].at - timedelta(seconds=1)

    rewrite(policy.publisher, change)
    last = policy.publisher.chain.seq
    assert f"entry {last} is dated before entry {last - 1}" in found()


def test_another_slug_is_found(policy):
    tamper(type(policy.publisher), "UPDATE {table} SET slug = 'another'")
    assert "another: entry 1 does not match its hash" in found()


def test_the_first_thing_is_said_as_json_too(policy, capsys):
    tamper(Entry, "UPDATE {table} SET actor = 'x' WHERE seq = 3")
    with pytest.raises(CommandError):
        call_command("verify_evidence", json=True)
    said = json.loads(capsys.readouterr().out)
    assert said == {"problem": f"{policy.publisher.slug}: entry 3 does not match its hash."}


def test_a_long_check_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(watching, "EVERY", 0)
    shown = []
    watch = watching.Watch(shown.append)
    assert list(watch.over("abc", "letters")) == ["a", "b", "c"]
    assert shown == [f"letters: {count} so far" for count in (1, 2, 3)]
    assert watch.counts == {"letters": 3}


# Texts


def test_a_changed_text_is_found(policy):
    assert_each_is_found(
        (ClauseText, "UPDATE {table} SET body = '<p>Nothing.</p>'", "does not match its hash"),
        (ClauseText, "UPDATE {table} SET sha256 = id", "does not match its hash"),
        (Version, "UPDATE {table} SET title = 'Another title'", "Another title 1: the text does"),
        (Version, "UPDATE {table} SET promise_record = '1.5'", "Privacy 1: the text does not"),
        (Version, "UPDATE {table} SET outline = '[]'", "Privacy 1: the text does not match"),
        (
            Version,
            "UPDATE {table} SET outline = '[0]'",
            "Privacy 1: its clause in row 0 is missing",
        ),
        (Version, "UPDATE {table} SET outline = '[null]'", "Privacy 1: its clause in row None is"),
        (Version, "UPDATE {table} SET outline = '7'", "Privacy 1: its clause in row"),
        (Place, "UPDATE {table} SET number = '9'", "Privacy 1: the text does not match its hash"),
        (Place, "UPDATE {table} SET text_id = NULL", "Privacy 1: its clause in row"),
        (Place, "DELETE FROM {table}", "Privacy 1: its clause in row"),
    )


def test_what_a_version_says_beside_its_text_is_that_of_the_log(policy):
    first = policy.versions.get(number=1).publication_id
    row = "UPDATE {table} SET %s WHERE number = 2"
    assert_each_is_found(
        (Version, row % "draft_sha256 = 'x'", "draft_sha256 is not what entry"),
        (Version, row % f"frozen_at = {LONG_AGO}", "frozen_at is not what entry"),
        (Version, row % f"publication_id = {first}", "publication is not what entry"),
        where="Privacy 2: ",
    )


def test_a_version_rewritten_with_a_new_hash_of_its_own_is_found(policy):
    version = policy.versions.get(number=1)
    version.title = "Another title"
    tamper(
        Version,
        f"UPDATE {{table}} SET title = 'Another title', sha256 = '{version.computed_sha256()}' "
        f"WHERE id = {version.pk}",
    )
    assert "the log did not announce this text" in found()


def test_a_version_that_is_gone_is_found(policy):
    version = policy.versions.get(number=2)
    with connection.constraint_checks_disabled():
        tamper(Version, f"DELETE FROM {{table}} WHERE id = {version.pk}")
        assert f"version 2 of policy {policy.key} was announced and is missing" in found()


# Timetables


def test_a_changed_timetable_is_found(policy):
    pk = pending(policy).pk
    row = f"UPDATE {{table}} SET %s WHERE id = {pk}"
    assert_each_is_found(
        (Publication, row % "cleared_at = NULL", "cleared_at is empty, but entry"),
        (Publication, row % "cleared_at = announced_at", "cleared_at is not what entry"),
        (
            Publication,
            row % "effective_at = '2099-01-01 00:00:00+00:00'",
            "effective_at is not what the log says",
        ),
        (
            Publication,
            row % "effective_local = '2099-01-01'",
            "effective_local is not what the log says",
        ),
        (Publication, row % "time_zone = 'Asia/Tokyo'", "time_zone is not what the log says"),
        (Publication, row % "withdrawn_at = announced_at", "and no entry says so"),
        (Publication, row % "cleared_at = NULL, held_at = announced_at", "cleared_at is empty"),
        (Publication, row % "channels = '[\"posting\"]'", "channels is not what the log says"),
        (Publication, row % "promise_kept = FALSE", "promise_kept is not what the log says"),
        (Publication, row % "notice_required = FALSE", "notice_required is not what the log says"),
        (Publication, row % "ground = 'security'", "ground is not what the log says"),
        (Publication, row % "ground_source = 'A law'", "ground_source is not what was proposed"),
        (Publication, row % "deadline_at = NULL", "deadline_at is not what the log says"),
        (Publication, row % "carries_id = id", "carries is not what the log says"),
        (Publication, row % f"announced_at = {LONG_AGO}", "announced_at is not what entry"),
        (Publication, row % "announced_at = NULL, cleared_at = NULL", "announced_at is empty"),
        (Publication, row % "proposal = '{{}}'", "the proposal is not the one that was announced"),
        (
            Publication,
            row % "proposal_sha256 = 'x'",
            "the proposal is not the one that was announced",
        ),
        where=f"publication {pk}: ",
    )


def test_what_was_never_told_cannot_be_cleared_by_hand(policy):
    admin = factories.admin()
    other = factories.policy(admin, of=policy.publisher)
    factories.publish(other, admin)
    waiting = factories.publish(other, admin, MATERIAL_TEXT)
    tamper(Publication, f"UPDATE {{table}} SET cleared_at = announced_at WHERE id = {waiting.pk}")
    assert f"publication {waiting.pk}: cleared_at is" in found()


@pytest.mark.parametrize(
    ("act", "name"), [(withdraw_publication, "withdrawn"), (hold_publication, "held")]
)
def test_what_was_taken_back_or_held_cannot_be_let_go_by_hand(policy, act, name):
    publication = act(publication_id=pending(policy).pk, reason="x", by=factories.admin())
    call_command("verify_evidence")
    tamper(Publication, f"UPDATE {{table}} SET {name}_at = NULL")
    assert f"publication {publication.pk}: {name}_at is empty, but entry" in found()


def test_what_the_log_did_not_announce_is_found(policy):
    admin = factories.admin()
    factories.write(policy, TEXT.replace("two", "nine"), admin)
    proposal = factories.propose(policy, admin, exception=factories.urgent(policy))
    row = f"UPDATE {{table}} SET %s WHERE id = {proposal.pk}"
    announced = row % "announced_at = proposed_at, effective_at = proposed_at"
    assert_each_is_found(
        (Publication, announced, "the log did not announce it"),
        (Publication, row % "proposal = '{{}}'", "does not match its hash"),
        where=f"publication {proposal.pk}",
    )


def test_a_publication_of_another_publisher_is_found(policy):
    other, publication = factories.publisher(factories.admin()), pending(policy)
    tamper(
        Publication, f"UPDATE {{table}} SET publisher_id = {other.pk} WHERE id = {publication.pk}"
    )
    assert f"publication {publication.pk} was announced and is missing" in found()


# What people decided


@pytest.fixture
def decided():
    """An approval, a motion carried and one refused, and a signature for nobody told."""
    admin = factories.admin()
    publisher = factories.publisher(admin, two_person_rule=TwoPersonRule.ALWAYS)
    ada, bo = (factories.member(publisher, Role.PUBLISHER) for _ in range(2))
    policy = factories.policy(admin, of=publisher)
    for text in (TEXT, MATERIAL_TEXT):
        proposal = factories.propose(policy, ada, text)
        factories.approve(proposal, bo)
        publication = publish_version(proposal_id=proposal.pk, by=ada)
        factories.work()
    sign_off_failures(publication_id=publication.pk, reason="Nobody to tell.", by=ada)
    sooner = Effect(clock.now().date() + timedelta(days=3))
    for answer in (lambda pk: refuse(motion_id=pk, by=bo), carry(bo)):
        motion = ask_earlier_date(
            publication_id=publication.pk, effect=sooner, reason="A court.", by=ada
        )
        answer(motion.pk)
    factories.work()
    return policy


def carry(by):
    return lambda pk: confirm_earlier_date(motion_id=pk, by=by)


def test_what_people_decided_verifies(decided, capsys):
    call_command("verify_evidence")
    assert "acts: 7" in capsys.readouterr().out


def test_a_changed_decision_is_found(decided):
    proposer = Approval.objects.first().publication.proposed_by
    literal = proposer if connection.vendor == "postgresql" else proposer.hex
    assert_each_is_found(
        (
            Approval,
            f"UPDATE {{table}} SET approved_by = '{literal}'",
            "the log does not tell of it",
        ),
        (Approval, "UPDATE {table} SET proposal_sha256 = 'x'", "the log does not tell of it"),
        (Approval, f"UPDATE {{table}} SET approved_at = {LONG_AGO}", "its instant is not what"),
        (Approval, "DELETE FROM {table}", "(proposal.approved) tells of what is missing"),
        (SignOff, "UPDATE {table} SET reason = 'Another'", "the log does not tell of it"),
        (SignOff, "UPDATE {table} SET counted = '{{}}'", "the log does not tell of it"),
        (SignOff, "UPDATE {table} SET counted = '[1.5]'", "the log does not tell of it"),
        (SignOff, "DELETE FROM {table}", "(publication.signed_off) tells of what is missing"),
        (Motion, "UPDATE {table} SET reason = 'Another'", "the log does not tell of it"),
        (Motion, "UPDATE {table} SET is_carried = FALSE", "the log does not tell of it"),
        (Motion, "UPDATE {table} SET is_carried = TRUE", "the log does not tell of it"),
        (Motion, "UPDATE {table} SET settled_at = NULL", "tells of what is missing"),
        (Motion, "DELETE FROM {table}", "(motion.asked) tells of what is missing"),
    )


def test_an_approval_that_nobody_gave_is_found(policy):
    admin, publication = factories.admin(), pending(policy)
    actor = Approval.objects.create(
        publication=publication,
        proposal_sha256=publication.proposal_sha256,
        approved_at=clock.now(),
        approved_by=publication.proposed_by,
    )
    assert admin
    assert f"approval {actor.pk}: the log does not tell of it" in found()


# Texts removed by order


@pytest.fixture
def removed(policy):
    """The first clause, whose words changed, is removed from both versions."""
    ada, bo = (factories.member(policy.publisher, Role.PUBLISHER) for _ in range(2))
    motion = ask_removal(
        policy=policy,
        key=policy.draft().ordered_clauses()[0].key,
        order="Court of Paris, 26/123",
        reason="It names a person.",
        destroy=False,
        by=ada,
    )
    return confirm_removal(motion_id=motion.pk, by=bo).removal


def test_a_record_verifies_after_a_removal(removed, capsys):
    call_command("verify_evidence")
    said = capsys.readouterr().out
    assert "removals: 1" in said


def test_a_text_that_no_order_removed_is_found(policy, removed):
    place = Place.objects.filter(policy=policy, text__removal__isnull=True).first()
    marker = ClauseText.objects.create(
        publisher=policy.publisher,
        sha256=place.text.sha256,
        body=removed.marker_body(place.text.sha256),
        removal=removed,
    )
    tamper(Place, f"UPDATE {{table}} SET text_id = {marker.pk} WHERE id = {place.pk}")
    assert "the log knows of no order to remove it" in found()


def test_a_removed_text_that_is_back_is_found(policy, removed):
    seal = removed.sealed.first()
    text = ClauseText.objects.create(
        publisher=policy.publisher, sha256=seal.sha256, heading=seal.heading, body=seal.body
    )
    marker = removed.markers.get(sha256=seal.sha256)
    tamper(Place, f"UPDATE {{table}} SET text_id = {text.pk} WHERE text_id = {marker.pk}")
    assert "was removed by order and is back" in found()


def test_a_changed_removal_is_found(removed):
    assert_each_is_found(
        (ClauseText, "UPDATE {table} SET body = '<p>x</p>' WHERE removal_id > 0", "the order"),
        (ClauseText, "UPDATE {table} SET heading = 'x' WHERE removal_id > 0", "the order"),
        (SealedText, "UPDATE {table} SET body = 'x'", "does not match its hash"),
        (SealedText, "DELETE FROM {table}", "the sealed originals are not the texts"),
        (Removal, "UPDATE {table} SET is_destroyed = TRUE", "the sealed originals are not"),
        (Removal, "UPDATE {table} SET \"order\" = '26/123'", "the log does not tell of it"),
        (NoticeMessage, "UPDATE {table} SET text = 'Nothing.'", "does not match its hash"),
    )


# Notices


def test_a_changed_notice_is_found(policy):
    assert_each_is_found(
        (NoticeMessage, "UPDATE {table} SET html = 'x'", "its message in “en” does not match"),
        (NoticeMessage, "UPDATE {table} SET sha256 = 'x'", "its message in “en” does not match"),
        (NoticeMessage, "DELETE FROM {table}", "messages is not what entry"),
        (Notice, "UPDATE {table} SET kind = 'correction'", "notice_kind is not what entry"),
        (Notice, "UPDATE {table} SET audience = '{{}}'", "audience is not what entry"),
        (Notice, "UPDATE {table} SET round = 2", "the log does not tell of it"),
        (Notice, "UPDATE {table} SET sealed_at = NULL", "sealed_at is empty, but entry"),
        (Notice, "UPDATE {table} SET close_reason = 'x'", "closed is not what entry"),
        (Delivery, "UPDATE {table} SET state = 'failed'", "accepted is not what entry"),
        (Delivery, "UPDATE {table} SET commitment = 'x'", "deliveries_root is not what entry"),
        (Delivery, "UPDATE {table} SET sent_sha256 = 'x'", "deliveries_root is not what entry"),
        (Attempt, "UPDATE {table} SET sent_sha256 = 'x'", "no accepted attempt sent these bytes"),
        (Attempt, "UPDATE {table} SET outcome = 'failed'", "no accepted attempt sent these bytes"),
        (Attempt, "DELETE FROM {table}", "no accepted attempt sent these bytes"),
        where=f"notice {pending(policy).pk}/",
    )


def test_a_message_that_was_rewritten_with_its_hash_is_found(policy):
    words = {"subject": "All is well", "text": "x", "html": "x"}
    tamper(
        NoticeMessage,
        "UPDATE {table} SET subject = 'All is well', text = 'x', html = 'x', "
        f"sha256 = '{digest(words)}'",
    )
    assert "messages is not what entry" in found()


def test_a_delivery_of_an_open_notice_counts_too(policy):
    """Not sealed, so not in the log yet; but sent is what an attempt sent."""
    admin = factories.admin()
    other = factories.policy(admin, of=policy.publisher)
    factories.publish(other, admin)
    factories.publish(other, admin, MATERIAL_TEXT)
    delivery = Delivery.objects.filter(notice__sealed_at__isnull=False).first()
    notice = Notice.objects.get(sealed_at__isnull=True)
    tamper(Delivery, f"UPDATE {{table}} SET notice_id = {notice.pk} WHERE id = {delivery.pk}")
    assert "is not what entry" in found()


def test_a_notice_that_is_gone_is_found(policy):
    for model in (Attempt, Delivery, NoticeMessage, Notice):
        tamper(model, "DELETE FROM {table}")
    assert "(notice.opened) tells of what is missing" in found()


def test_a_changed_site_notice_is_found():
    admin = factories.admin()
    policy = factories.policy(
        admin, promise=replace(factories.EMAIL_PROMISE, channels=Channel.SITE_NOTICE)
    )
    factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    assert_each_is_found(
        (Display, "UPDATE {table} SET url = 'x'", "url is not what entry"),
        (Display, "UPDATE {table} SET notice_sha256 = 'x'", "notice_sha256 is not what entry"),
        (Display, "DELETE FROM {table}", "(site_notice.opened) tells of what is missing"),
    )


# Time stamps


@pytest.fixture
def stamp(policy, authority):
    head = policy.publisher.chain
    asked = request(head.sha256)
    made = check(authority.answer(asked.body), asked, authority.roots)
    return TimeStamp.objects.create(
        publisher=policy.publisher,
        seq=head.seq,
        sha256=head.sha256,
        authority="https://tsa.example",
        stamped_at=made.gen_time,
        token=made.token,
    )


@pytest.fixture
def roots(settings, authority):
    settings.TSA_ROOTS = authority.folder / "root.pem"


def test_r63_a_kept_stamp_is_checked_once_more(stamp, roots, capsys):
    call_command("verify_evidence")
    said = capsys.readouterr().out
    assert "time stamps: 1" in said
    assert "notes: none" in said


def test_without_trusted_roots_it_is_said_that_stamps_were_not_looked_into(stamp, capsys):
    call_command("verify_evidence")
    assert "1 time stamp was not looked into" in capsys.readouterr().out


def test_r63_a_head_without_a_stamp_is_listed(policy, capsys):
    call_command("verify_evidence", json=True)
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert notes == f"{policy.publisher.slug}: head {policy.publisher.chain.seq} has no time stamp"


def test_r63_a_changed_stamp_is_found(stamp, roots):
    assert_each_is_found(
        (TimeStamp, "UPDATE {table} SET token = 'x'", "no answer of a time stamp authority"),
        (TimeStamp, f"UPDATE {{table}} SET stamped_at = {LONG_AGO}", "stamped_at is not what"),
        (TimeStamp, "UPDATE {table} SET sha256 = 'x'", "is of another entry"),
        (TimeStamp, "UPDATE {table} SET seq = 1", "is of another entry 1 than the log holds"),
    )


def test_r63_a_stamp_by_somebody_else_is_found(stamp, stranger, settings):
    settings.TSA_ROOTS = stranger.folder / "root.pem"
    assert "cannot be trusted" in found()


def test_r63_a_log_that_was_written_anew_fails_against_a_kept_stamp(stamp, policy):
    def change(entries):
        entries[0].payload = {**entries[0].payload, "name": "Another"}

    rewrite(policy.publisher, change)
    assert f"time stamp {stamp.pk} is of another entry {stamp.seq} than the log holds" in found()
