"""A certificate says what the record shows for one person, policy and day, and no more."""

import hashlib
import json
from datetime import time, timedelta

import pytest
import time_machine

from documents.actions.remove_by_order import ask_removal, confirm_removal
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.withdraw_publication import withdraw_publication
from documents.errors import InvalidInput
from documents.evidence import merkle
from documents.evidence.receipt import included
from documents.models import Entry, Publication, Role
from documents.promises import AllOf, Channel, Effect, Period, Promise, Timing, Trigger, When
from legalcms import clock
from notifications import evidence
from notifications.actions.displays import record_sighting
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.leave import leave
from notifications.actions.record_event import record_event
from notifications.certificates import certificate
from notifications.certificates.blocks import plain
from notifications.certificates.findings import Tone, findings
from notifications.certificates.mails import Senders, candidates
from notifications.certificates.proofs import proof_file
from notifications.certificates.sheet import sheet
from notifications.certificates.words import outcome, times_of
from notifications.models import Delivery, Display, Recipient
from notifications.models.deliveries import EventKind
from tests import factories
from tests.factories import MATERIAL_TEXT, READ_IN

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span), tick=False)


def legal_day(policy, at):
    return at.astimezone(policy.publisher.zone).date()


def today(policy):
    return legal_day(policy, clock.now())


def made(announced, on=None, **options):
    """The certificate of the first recipient, for today unless another day is given."""
    person = Recipient.objects.get(email=announced.emails[0])
    on = on or today(announced.policy)
    return certificate(person, announced.policy, on, clock.now(), **options)


def words(certificate):
    """Every sentence of its sheet on one line."""
    shown = sheet(certificate)
    sections = [plain(section) for section in shown.sections]
    return " ".join(f"{shown.subtitle} {json.dumps(sections, ensure_ascii=False)}".split())


def found(certificate, tone):
    said = findings(certificate, times_of(certificate))
    return " ".join(each.words for each in said if each.tone is tone)


def became(certificate, mail=0):
    return outcome(certificate.mails[mail], times_of(certificate))


@pytest.fixture
def told(announced, smtp):
    """Everyone has been told over SMTP, and it is the day on which version 2 takes effect."""
    factories.work()
    announced.publication.refresh_from_db()
    announced.smtp = smtp
    with time_machine.travel(announced.publication.effective_at + timedelta(hours=9), tick=False):
        yield announced


def test_it_names_the_text_that_was_in_force_when_the_day_began(told):
    made_now = made(told)
    text = made_now.at_start
    assert (text.number, text.sha256) == (2, told.publication.versions.get().sha256)
    assert text.entry.sha256 == told.publication.entries.get(kind="version.published").sha256
    assert text.is_intact
    assert text.cleared.kind == "publication.cleared"
    cleared = f"entries {text.entry.seq}, {text.cleared.seq} of the log announced its hash"
    assert cleared in found(made_now, Tone.PROVEN)
    assert text.url.endswith("/versions/2/")
    assert made_now.changes == ()
    assert made(told, today(told.policy) - DAY).at_start.number == 1


def test_a_text_that_took_effect_during_the_day_is_named_with_its_instant(announced, smtp):
    day = announced.publication.effective_at.date() + 2 * DAY
    effect = Effect(day, time(9))
    reschedule_publication(
        publication_id=announced.publication.pk, effect=effect, by=announced.admin
    )
    factories.work()
    announced.publication.refresh_from_db()
    with time_machine.travel(announced.publication.effective_at + DAY, tick=False):
        during = made(announced, day)
        assert during.at_start.number == 1
        assert [text.number for text in during.changes] == [2]
        assert "09:00:00" in words(during)
        assert made(announced, day + DAY).at_start.number == 2
        assert made(announced, day + DAY).changes == ()


def test_before_the_first_version_no_text_was_in_force(told):
    first = legal_day(told.policy, told.policy.versions.get(number=1).publication.effective_at)
    before = made(told, first - DAY)
    assert (before.at_start, before.texts, before.mails) == (None, (), ())
    assert "no text of this policy was in force" in words(before)
    assert [text.number for text in made(told, first).changes] == [1]


def test_every_hop_is_told_with_its_answer_and_its_times(told):
    (mail,) = made(told).mails
    (attempt,) = mail.tries
    assert (attempt.outcome, attempt.code) == ("accepted", "250")
    assert attempt.hop == f"127.0.0.1:{told.smtp.port}"
    assert attempt.started_at <= attempt.finished_at <= mail.accepted_at
    assert mail.message_id in {message["Message-ID"] for message in told.smtp.messages}
    assert "That was 11 days before it took effect." in words(made(told))


def test_the_exact_message_is_made_again_and_its_hash_is_that_of_the_wire(told):
    made_now = made(told)
    (attempt,) = made_now.mails[0].tries
    assert attempt.is_remade
    on_the_wire = {hashlib.sha256(e.original_content).hexdigest() for e in told.smtp.received}
    assert attempt.sha256 in on_the_wire
    sentence = "The exact message was made again from the record; its hash is the recorded one."
    assert sentence in found(made_now, Tone.PROVEN)
    sent = next(m for m in told.smtp.messages if m["To"] == told.emails[0])
    plain = sent.get_body(("plain",)).get_content()
    assert made_now.mails[0].text.split() == plain.split()


def test_the_inclusion_path_leads_to_the_root_in_the_log(told, tmp_path):
    proof = made(told).mails[0].proof
    sealed = Entry.objects.get(kind="notice.settled")
    assert (proof.root, proof.size) == (sealed.payload["deliveries_root"], 3)
    assert (proof.sealed.seq, proof.sealed.sha256) == (sealed.seq, sealed.sha256)
    place = (proof.index, proof.size, proof.path, proof.root)
    assert merkle.verify_inclusion(proof.leaf.encode(), *place)
    tampered = proof.leaf.replace('"accepted"', '"excluded"')
    assert not merkle.verify_inclusion(tampered.encode(), *place)
    file = tmp_path / "proof.json"
    file.write_bytes(proof_file(proof))
    assert "line 1 of 3" in included(file)
    assert Recipient.objects.get(email=told.emails[0]).salt not in file.read_text()


def test_a_line_that_was_changed_after_the_sealing_is_said_to_be_broken(told, monkeypatch):
    real = evidence.leaves

    def tampered(notice):
        return (leaf.replace(b'"250"', b'"251"') for leaf in real(notice))

    monkeypatch.setattr(evidence, "leaves", tampered)
    made_now = made(told)
    assert made_now.mails[0].proof.holds is False
    assert "do not make the root" in found(made_now, Tone.BROKEN)
    assert "under the root" not in found(made_now, Tone.PROVEN)
    assert sheet(made_now).files == ()


def test_a_page_reads_no_more_lines_than_it_may(told):
    made_now = made(told, most_lines=2)
    assert made_now.mails[0].proof.holds is None
    assert "was not looked for here among 3 lines" in found(made_now, Tone.OPEN)
    assert made(told, most_lines=3).mails[0].proof.holds


def test_a_date_that_the_log_did_not_set_is_said_to_be_broken(announced, smtp):
    factories.work()
    earlier = announced.publication.effective_at - 2 * DAY
    Publication.objects.filter(pk=announced.publication.pk).update(effective_at=earlier)
    with time_machine.travel(earlier + DAY, tick=False):
        made_now = made(announced)
        assert made_now.at_start.number == 2
        assert "The log does not say that version 2 took effect" in found(made_now, Tone.BROKEN)
        assert "was in force from" not in found(made_now, Tone.PROVEN)


def test_an_entry_that_does_not_make_its_hash_is_said_to_be_broken(told, monkeypatch):
    monkeypatch.setattr(
        "documents.models.Entry.link", property(lambda entry: type("X", (), {"sha256": "0" * 64}))
    )
    assert "does not make its own hash" in found(made(told), Tone.BROKEN)


def test_what_cannot_be_known_is_said(told):
    said = found(made(told), Tone.OPEN)
    assert "Accepted is not read" in said
    assert "it is not signed" in said
    assert "no outside authority has dated" in said
    head = told.publisher.chain
    assert f"entry {head.seq} when this was made, with the hash {head.sha256}" in said
    assert "The day was not over" in said
    assert "The day was not over" not in found(made(told, today(told.policy) - DAY), Tone.OPEN)
    assert found(made(told), Tone.BROKEN) == ""


def test_a_day_that_has_not_come_is_refused(told):
    with pytest.raises(InvalidInput, match="has not come yet"):
        made(told, today(told.policy) + DAY)


def test_who_left_before_the_sending_is_excluded_and_the_reason_is_told(announced, smtp):
    fan_out_notices()
    leave(recipient_id=Recipient.objects.get(email=announced.emails[0]).pk, by=announced.admin)
    factories.work()
    made_now = made(announced)
    assert became(made_now) == "It was not sent: this person had left."
    assert made_now.mails[0].tries == ()
    assert made_now.mails[0].proof.holds
    assert '"excluded"' in made_now.mails[0].proof.leaf
    assert "Accepted is not read" not in words(made_now)


def test_who_had_left_before_the_listing_was_not_addressed(announced, smtp):
    leave(recipient_id=Recipient.objects.get(email=announced.emails[0]).pk, by=announced.admin)
    factories.work()
    assert made(announced).mails == ()
    assert [each.reason for each in made(announced).untold] == ["had_left"]
    assert "this person had left" in words(made(announced))


def test_who_joined_later_is_told_how_many_notices_went_before(announced, smtp):
    factories.work()
    with later(hours=1):
        (email,) = factories.recipients(announced.publisher, announced.admin, count=1)
        announced.emails = [email]
        assert [each.reason for each in made(announced).untold] == ["joined_later"]
        assert "1 notice was opened before this person joined" in words(made(announced))


def test_before_anything_was_sent_nothing_is_claimed(announced):
    assert [each.reason for each in made(announced).untold] == ["not_listed_yet"]
    fan_out_notices()
    made_now = made(announced)
    assert became(made_now) == "It has not been sent yet."
    assert made_now.mails[0].proof is None
    assert "is not sealed in the log yet" in found(made_now, Tone.OPEN)
    assert "The exact message" not in words(made_now)


def test_version_2_is_only_announced_until_its_day(announced, smtp):
    factories.work()
    (waiting,) = made(announced).announced
    assert (waiting.number, waiting.state) == (2, "pending")
    assert waiting.effective_at == announced.publication.effective_at


def test_on_a_day_in_a_held_period_the_old_text_was_in_force(announced, smtp):
    smtp.stop()
    with time_machine.travel(announced.publication.deadline_at, tick=False):
        factories.work()
    smtp.start()
    day = legal_day(announced.policy, announced.publication.effective_at)
    with time_machine.travel(announced.publication.effective_at + 2 * DAY, tick=False):
        before = made(announced, day)
        assert before.at_start.number == 1
        assert [(each.number, each.state) for each in before.announced] == [(2, "held")]
        assert "its promise of notice was not kept" in words(before)
        reschedule_publication(
            publication_id=announced.publication.pk,
            effect=Effect(day + 30 * DAY),
            by=announced.admin,
        )
        assert made(announced, day).announced == before.announced
        assert made(announced).announced[0].state == "pending"


def test_a_date_that_came_without_clearance_holds_with_no_entry(announced):
    with time_machine.travel(announced.publication.effective_at + DAY, tick=False):
        (waiting,) = made(announced).announced
        assert (waiting.state, waiting.changed_at) == ("held", None)
        assert "not everyone was told in time" in words(made(announced))


def test_a_withdrawal_is_told_of_the_day_and_to_the_person(announced, smtp):
    factories.work()
    withdraw_publication(
        publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
    )
    factories.work()
    made_now = made(announced)
    assert [mail.kind for mail in made_now.mails] == ["announcement", "withdrawal"]
    assert made_now.announced[0].state == "withdrawn"
    with later(days=1):
        assert made(announced).announced == ()


def test_a_new_date_is_a_notice_of_its_own(announced, smtp):
    factories.work()
    day = announced.publication.effective_at.date() + 30 * DAY
    with later(days=1):
        reschedule_publication(
            publication_id=announced.publication.pk, effect=Effect(day), by=announced.admin
        )
        factories.work()
        made_now = made(announced)
        assert [mail.kind for mail in made_now.mails] == ["announcement", "correction"]
        assert all(mail.is_remade and mail.proof.holds for mail in made_now.mails)
    with time_machine.travel(announced.publication.effective_at + 60 * DAY, tick=False):
        first = legal_day(announced.policy, announced.publication.announced_at)
        assert len(made(announced, first).mails) == 1, "told on a later day"
        assert "2 notices of version 2 were addressed to this person" in words(made(announced))


def test_a_mail_that_was_put_off_shows_both_attempts(announced, smtp):
    smtp.recipient_answer = lambda address: "451 later"
    factories.work()
    assert became(made(announced)) == "The mail server put it off; it is tried again."
    smtp.recipient_answer = None
    with later(minutes=2):
        factories.work()
        (mail,) = made(announced).mails
    assert [(each.outcome, each.code) for each in mail.tries] == [
        ("deferred", "451"),
        ("accepted", "250"),
    ]
    assert mail.is_remade, "each attempt has a date of its own, and is made again with it"


def test_what_was_refused_is_told_with_the_code(announced, smtp):
    smtp.recipient_answer = lambda address: "550 5.1.1 no such user"
    factories.work()
    made_now = made(announced)
    assert became(made_now) == "The mail server refused it for good: 550 5.1.1."
    with time_machine.travel(announced.publication.effective_at, tick=False):
        assert made(announced).at_start.number == 1


def test_an_answer_that_was_lost_twice_proves_no_arrival(announced, smtp):
    def drop(server, envelope):
        smtp.received.append(envelope)
        server.transport.abort()
        return "250 never arrives"

    smtp.answer = drop
    factories.work()
    with later(minutes=10):
        factories.work()
        made_now = made(announced)
    assert "the answer was lost both times" in became(made_now)
    assert "nothing shows that the message arrived" in found(made_now, Tone.OPEN)
    assert "Taken over by" not in found(made_now, Tone.PROVEN)
    assert "Accepted is not read" not in found(made_now, Tone.OPEN)


@pytest.fixture
def relayed(announced, smtp, settings):
    settings.RELAY_QUIET_DAYS = 2
    factories.work()
    announced.delivery = Delivery.objects.get(recipient__email=announced.emails[0])
    return announced


def report(announced, kind, code=""):
    record_event(
        publisher=announced.publisher,
        message_id=announced.delivery.message_id,
        kind=kind,
        happened_at=clock.now(),
        code=code,
    )


def test_a_relays_word_is_told_as_such(relayed):
    assert "is not confirmed yet" in became(made(relayed))
    assert "A relay accepted a message for another server" in found(made(relayed), Tone.OPEN)


def test_a_relay_that_reports_the_delivery_is_quoted(relayed):
    report(relayed, EventKind.DELIVERED)
    assert "reported it delivered on" in became(made(relayed))
    assert [each.kind for each in made(relayed).mails[0].reports] == ["delivered"]


def test_a_relay_that_was_quiet_is_not_said_to_have_reported(relayed):
    with later(days=2):
        factories.work()
        assert "nothing had come back until" in became(made(relayed))


def test_what_came_back_was_not_told(relayed):
    report(relayed, EventKind.BOUNCED, "5.1.1")
    assert "it came back: bounced 5.1.1" in became(made(relayed))


def test_what_came_back_after_the_acceptance_is_told_even_of_an_earlier_day(told):
    told.delivery = Delivery.objects.get(recipient__email=told.emails[0])
    report(told, EventKind.BOUNCED, "5.2.1")
    accepted_on = legal_day(told.policy, told.delivery.accepted_at)
    made_now = made(told, accepted_on)
    assert "and it came back on" in became(made_now)
    assert "(after this day)" in became(made_now)
    assert "this person was not reached by it" in found(made_now, Tone.OPEN)
    assert "Nothing shows that a mail server took a message" in found(made(told), Tone.OPEN)
    assert "before it took effect" not in words(made(told))


def test_an_address_that_changed_since_is_said_and_not_papered_over(told):
    Recipient.objects.filter(email=told.emails[0]).update(email="new@example.org")
    told.emails[0] = "new@example.org"
    made_now = made(told)
    assert not made_now.mails[0].is_remade
    assert not made_now.mails[0].is_about_person
    assert "cannot be made again to the byte" in found(made_now, Tone.OPEN)
    assert "no longer holds the address" in found(made_now, Tone.OPEN)
    assert "made again" not in found(made_now, Tone.PROVEN)
    assert made_now.mails[0].proof.holds, "the line does not need the address"


def test_of_an_erased_person_the_line_is_left(told):
    people = Recipient.objects.filter(email=told.emails[0])
    pk = people.get().pk
    people.update(email="", email_key="", name="", salt="", erased_at=clock.now())
    person = Recipient.objects.get(pk=pk)
    made_now = certificate(person, told.policy, today(told.policy), clock.now())
    assert "the address was erased" in found(made_now, Tone.OPEN)
    assert made_now.mails[0].proof.holds
    assert told.emails[0] not in words(made_now)


def test_a_publisher_that_signs_otherwise_since_changes_no_proof(told):
    told.publisher.sender_name, told.publisher.contact = "Acme Legal", "new@acme.example"
    told.publisher.save()
    told.policy.refresh_from_db()
    assert made(told).mails[0].is_remade
    delivery = Delivery.objects.get(recipient__email=told.emails[0])
    attempt = delivery.attempts.get()
    raw = next(candidates(delivery, attempt, Senders(told.publisher)))
    assert b"Acme Legal" in raw, "today's signature comes first, and was not the one"


def test_the_wording_is_the_one_that_the_log_names(told, monkeypatch):
    assert made(told).mails[0].is_announced_wording
    monkeypatch.setattr("notifications.certificates.mails.digest", lambda words: "0" * 64)
    assert "are not those that the log names" in found(made(told), Tone.BROKEN)


def test_what_an_order_took_out_is_said_and_is_no_forgery(told):
    ada, bo = (factories.member(told.publisher, Role.PUBLISHER) for _ in range(2))
    key = told.policy.draft().ordered_clauses()[0].key
    order = {"order": "Court, 1", "reason": "a name", "destroy": True}
    motion = ask_removal(policy=told.policy, key=key, **order, by=ada)
    confirm_removal(motion_id=motion.pk, by=bo)
    made_now = made(told)
    assert found(made_now, Tone.BROKEN) == ""
    assert (made_now.at_start.is_intact, made_now.at_start.is_redacted) == (True, True)
    assert "words were taken out of it by order" in found(made_now, Tone.OPEN)
    assert "Some of its words were taken out by order since" in words(made_now)
    assert "two" not in made_now.mails[0].text
    assert made_now.mails[0].proof.holds


def test_a_notice_on_the_site_is_told_with_its_words_and_what_was_seen(smtp):
    admin = factories.admin()
    timing = Timing(When.BEFORE_EFFECT, Period(10))
    channels = AllOf((Channel.EMAIL, Channel.SITE_NOTICE))
    promise = Promise(Trigger.MATERIAL, channels, timing, READ_IN)
    policy = factories.policy(admin, promise=promise)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin, count=1)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    person = Recipient.objects.get()
    display = Display.objects.get()
    assert "No check saw the site notice" in words(
        certificate(person, policy, today(policy), clock.now())
    )
    for problem in ("the page does not answer", "", ""):
        record_sighting(display_id=display.pk, problem=problem)
    with later(hours=1):
        effect = Effect(publication.effective_at.date() + 30 * DAY)
        reschedule_publication(publication_id=publication.pk, effect=effect, by=admin)
        made_now = certificate(person, policy, today(policy), clock.now())
    first, second = made_now.site_notices
    assert (first.seen, first.missed) == (2, 1)
    assert first.first_seen_at < first.closed_at
    assert first.words.startswith("“Privacy” changes on ")
    assert second.words.startswith("“Privacy” changes on ")
    assert first.words != second.words, "each round has the date that it told of"
    assert first.opened.seq < second.opened.seq
    said = words(made_now)
    assert "seen 2 times, missed 1 time" in said
    assert "whether this person saw it is not known" in said


def test_what_is_posted_only_is_not_said_to_have_been_told(told):
    first = legal_day(told.policy, told.policy.versions.get(number=1).publication.effective_at)
    assert "Nobody was told of version 1 but by its posting." in found(made(told, first), Tone.OPEN)


def test_another_policy_and_another_person_stay_out(told):
    other = factories.policy(told.admin, of=told.publisher)
    factories.publish(other, told.admin)
    factories.publish(other, told.admin, MATERIAL_TEXT)
    factories.work()
    made_now = made(told)
    assert len(made_now.mails) == 1
    assert [text.number for text in made_now.texts] == [2]
    assert told.emails[1] not in words(made_now)


def test_more_notices_cost_no_more_queries_but_for_their_proofs(
    told, django_assert_max_num_queries
):
    with django_assert_max_num_queries(24):
        made(told)
    day = today(told.policy) + 30 * DAY
    publication = factories.publish(told.policy, told.admin, MATERIAL_TEXT.replace("ten", "six"))
    factories.work()
    reschedule_publication(publication_id=publication.pk, effect=Effect(day), by=told.admin)
    factories.work()
    with django_assert_max_num_queries(24 + 2 * 3):
        assert len(made(told).mails) == 3
