"""Removal by order: the words go, the record verifies, and what stays is said."""

import json
from itertools import chain

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models
from django.utils import translation
from wagtail.models import Comment, PageLogEntry, Revision

from documents import markup, queries, removal_map
from documents.actions import motions
from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.hold_publication import hold_publication
from documents.actions.publish_version import publish_version
from documents.actions.remove_by_order import ask_removal, confirm_removal
from documents.actions.restore_version import restore_version
from documents.actions.set_promise import set_promise
from documents.actions.upload_file import upload_file
from documents.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NothingToRemove,
    PromiseNeedsReview,
    SamePerson,
    Settled,
)
from documents.models import (
    Actor,
    ClauseText,
    Entry,
    Place,
    Policy,
    PromiseSetting,
    Removal,
    Role,
    SealedText,
)
from documents.models.clauses import text_sha256
from documents.promises import Basis, Channel, Promise, Timing, Trigger, When, resting_on
from legalcms import clock
from notifications.errors import NoticeUnderWay
from notifications.models import Delivery, NoticeMessage
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db
ORDER = "Court of Paris, 3 May 2026, 26/123"
MARKER = f"<p>This text was removed by order: {ORDER}.</p>"
SECRET = "We keep your name for two years."
LATER = "We keep your name for ten years."


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    """Versions 1 and 2, whose first clause differs; the draft is version 2."""
    policy = factories.policy(admin, promise=factories.POSTING_PROMISE)
    factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    return policy


def key_of(policy, place=0):
    return policy.draft().ordered_clauses()[place].key


def shows_marker(clause):
    """clause: a ClauseState, or a clause in a revision's content."""
    heading, body = (
        (clause["heading"], clause["body"])
        if isinstance(clause, dict)
        else (clause.heading, clause.body)
    )
    return heading == "" and body.startswith(MARKER)


def ask(policy, by=None, **values):
    values = {
        "key": key_of(policy),
        "order": ORDER,
        "reason": "It names a person.",
        "destroy": False,
    } | values
    return ask_removal(policy=policy, by=by or publisher(policy), **values)


def remove(policy, **values):
    """Ask and confirm by two people. Returns what the action returns."""
    return confirm_removal(motion_id=ask(policy, **values).pk, by=publisher(policy))


def publisher(policy):
    return factories.member(policy.publisher, Role.PUBLISHER)


def everything():
    """Every text and JSON value of every table, with the table's name."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField | models.TextField | models.JSONField):
                    cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
                    for (value,) in cursor.fetchall():
                        text = value if isinstance(value, str) else json.dumps(value)
                        yield f"{model._meta.label}.{field.name}", text


def where(words):
    return {name for name, text in everything() if words in text}


def test_a_marker_takes_the_place_of_the_words_in_every_version(policy):
    done = remove(policy)
    for number in (1, 2):
        clause = policy.versions.get(number=number).clauses()[0]
        assert shows_marker(clause)
        assert clause.number == "1"
    assert sorted(done.removal.texts) == sorted(
        text_sha256("What we keep", f"<p>{words}</p>") for words in (SECRET, LATER)
    )


def test_the_other_clauses_keep_their_words(policy):
    remove(policy)
    assert "by e-mail" in policy.versions.get(number=1).clauses()[1].body


def test_the_words_stand_nowhere_but_under_seal(policy):
    assert len(where(SECRET)) > 1
    remove(policy)
    assert where(SECRET) == where(LATER) == {"documents.SealedText.body"}
    assert {seal.body for seal in SealedText.objects.all()} == {
        f"<p>{SECRET}</p>",
        f"<p>{LATER}</p>",
    }


def test_an_order_to_destroy_leaves_nothing(policy):
    assert remove(policy, destroy=True).removal.is_destroyed
    assert where(SECRET) == where(LATER) == set()


def test_hashes_stay_and_the_record_verifies(policy, capsys):
    before = list(policy.versions.order_by("number").values_list("sha256", flat=True))
    remove(policy)
    assert list(policy.versions.order_by("number").values_list("sha256", flat=True)) == before
    assert [version.computed_sha256() for version in policy.versions.order_by("number")] == before
    call_command("verify_evidence")


def test_the_log_says_what_was_removed_and_by_whom(policy):
    done = remove(policy)
    entry = Entry.objects.get(kind="text.removed")
    assert entry.payload["policy"] == str(policy.key)
    assert entry.payload["key"] == str(done.removal.key)
    assert entry.payload["texts"] == done.removal.texts
    assert entry.payload["destroyed"] is False
    assert entry.payload["motion"] == policy.motions.get().pk
    assert entry.actor == str(done.removal.removed_by) != str(done.removal.asked_by)
    assert policy.motions.get().is_carried


def test_another_policy_keeps_the_same_words(admin, policy):
    other = factories.policy(admin, of=policy.publisher, promise=factories.POSTING_PROMISE)
    factories.publish(other, admin)
    done = remove(policy)
    assert SECRET in other.versions.get().clauses()[0].body
    assert f"clause 1 of “{other.title}”, since version 1" in done.still
    call_command("verify_evidence")


def test_the_draft_gets_the_marker_and_so_does_its_history(policy):
    remove(policy)
    assert shows_marker(policy.draft().states()[0])
    revisions = [each.content["clauses"] for each in Revision.objects.for_instance(policy)]
    assert all(shows_marker(clauses[0]) for clauses in revisions if clauses)


def test_new_words_in_the_draft_stay_and_are_named(admin, policy):
    factories.write(policy, TEXT.replace("two years", "as long as a court allows"), admin)
    done = remove(policy)
    assert "as long as a court allows" in policy.draft().states()[0].body
    assert "clause 1 of the draft, which has been rewritten" in done.still


def test_a_locked_draft_is_no_obstacle(admin, policy):
    Policy.objects.filter(pk=policy.pk).update(locked=True, locked_by=admin)
    remove(policy)
    assert shows_marker(policy.draft().states()[0])


def test_the_marker_is_published_as_a_text_of_its_own(admin, policy):
    remove(policy)
    clause = policy.draft().ordered_clauses()[1]
    edit_clause(
        policy=policy,
        key=clause.key,
        content=ClauseContent(1, clause.number, clause.heading, "<p>By letter.</p>"),
        base_sha256=clause_sha256(clause),
        by=admin,
    )
    factories.publish(policy, admin)
    newest = policy.versions.get(number=3)
    assert shows_marker(newest.clauses()[0])
    assert newest.sha256 == newest.computed_sha256()
    redline = queries.redline(policy.versions.get(number=2), newest)
    assert [change.new.number for change in redline.changed] == ["2"]


def test_words_that_come_back_are_new_words_and_can_be_removed_again(admin, policy):
    remove(policy)
    restore_version(policy=policy, version=policy.versions.get(number=2), by=admin)
    clause = policy.draft().ordered_clauses()[0]
    edit_clause(
        policy=policy,
        key=clause.key,
        content=ClauseContent(1, "1", "What we keep", f"<p>{SECRET}</p>"),
        base_sha256=clause_sha256(clause),
        by=admin,
    )
    factories.publish(policy, admin)
    assert SECRET in policy.versions.get(number=3).clauses()[0].body
    assert shows_marker(policy.versions.get(number=1).clauses()[0])
    remove(policy)
    assert shows_marker(policy.versions.get(number=3).clauses()[0])
    call_command("verify_evidence")


def test_a_redline_tells_texts_that_differed_from_texts_that_did_not(admin, policy):
    factories.publish(policy, admin, MATERIAL_TEXT.replace("by e-mail", "by letter"))
    remove(policy)
    first, second, third = policy.versions.order_by("number")
    changed = [change.new.number for change in queries.redline(first, second).changed]
    assert changed == ["1"]
    changed = [change.new.number for change in queries.redline(second, third).changed]
    assert changed == ["2"]


def test_the_marker_escapes_the_order_and_names_the_hash(policy):
    removal = remove(policy, order="Court <A> & B.").removal
    text = policy.versions.get(number=1).places()[0].text
    assert text.body == (
        "<p>This text was removed by order: Court &lt;A&gt; &amp; B.</p>"
        f"<p>SHA-256 of the text: {text.sha256[:16]}…</p>"
    )
    assert text.body == removal.marker_body(text.sha256) == markup.canonical(text.body)


def test_the_marker_is_in_the_language_of_the_policy(policy, monkeypatch):
    policy.locale.language_code = "fr"
    policy.locale.save()
    spoken = []
    words = "documents.models.removals.gettext"
    monkeypatch.setattr(words, lambda text: spoken.append(translation.get_language()) or text)
    remove(policy)
    assert {*spoken} == {"fr"}


def test_only_another_person_confirms(policy):
    somebody = publisher(policy)
    motion = ask(policy, by=somebody)
    with pytest.raises(SamePerson):
        confirm_removal(motion_id=motion.pk, by=somebody)
    assert not Removal.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.AUDITOR, Role.RECIPIENTS])
def test_only_publishers_ask_and_confirm(policy, role):
    member = factories.member(policy.publisher, role)
    with pytest.raises(NotAllowed):
        ask(policy, by=member)
    with pytest.raises(NotAllowed):
        confirm_removal(motion_id=ask(policy).pk, by=member)


def test_what_was_refused_is_not_carried_out(policy):
    motion = ask(policy)
    motions.refuse(motion_id=motion.pk, by=publisher(policy))
    with pytest.raises(Settled):
        confirm_removal(motion_id=motion.pk, by=publisher(policy))
    assert where(SECRET)


@pytest.mark.parametrize("key", ["3d6a2c6e-0000-4000-8000-000000000000", "", "clause 1"])
def test_an_unknown_clause_is_named_with_those_that_exist(policy, key):
    with pytest.raises(NotFound, match=str(key_of(policy))):
        ask(policy, key=key)


def test_a_clause_of_the_draft_alone_has_nothing_to_remove(admin, policy):
    factories.write(policy, MATERIAL_TEXT + "\n## 3. New\n\nNot published.\n", admin)
    with pytest.raises(NotFound):
        ask(policy, key=key_of(policy, 2))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"order": " "}, "order"),
        ({"order": "x" * 501}, "order"),
        ({"order": "a\nb"}, "order"),
        ({"reason": " "}, "reason"),
    ],
)
def test_an_order_and_a_reason_are_owed(policy, values, field):
    with pytest.raises(InvalidInput) as refused:
        ask(policy, **values)
    assert refused.value.data["field"] == field
    assert not policy.motions.exists()


def test_what_is_removed_cannot_be_removed_again(policy):
    first, second = ask(policy), ask(policy)
    confirm_removal(motion_id=first.pk, by=publisher(policy))
    with pytest.raises(NothingToRemove):
        confirm_removal(motion_id=second.pk, by=publisher(policy))
    with pytest.raises(NothingToRemove):
        ask(policy)
    assert Removal.objects.count() == 1


def citing(policy, words):
    """A promise by posting whose every term cites the first clause."""
    basis = resting_on(Basis(clause_key=str(key_of(policy)), words=words))
    return Promise(Trigger.ANY, Channel.POSTING, Timing(When.ON_POSTING), basis)


def test_citations_of_the_promise_become_the_marker_and_ask_for_a_review(admin, policy):
    set_promise(policy=policy, promise=citing(policy, "for ten years"), by=admin)
    remove(policy)
    setting = PromiseSetting.objects.get(policy=policy)
    for record in [setting.record, *setting.history.values_list("record", flat=True)]:
        assert "for ten years" not in json.dumps(record)
    assert ORDER in setting.promise.bases["trigger"].words
    with pytest.raises(PromiseNeedsReview):
        factories.propose(policy, admin)


def test_the_files_that_the_text_came_from_are_destroyed(admin, policy):
    waiting = upload_file(policy=policy, data=MATERIAL_TEXT.encode(), name="a.md", by=admin)
    accepted = policy.imported_files.filter(accepted_at__isnull=False)
    before = set(accepted.values_list("sha256", flat=True))
    remove(policy)
    assert before
    assert {(each.data, each.sha256 in before) for each in accepted.all()} == {(b"", True)}
    assert not policy.imported_files.filter(pk=waiting.pk).exists()


def test_words_that_are_hashed_are_found_and_named(admin):
    policy = factories.policy(admin, promise=None)
    set_promise(policy=policy, promise=citing(policy, SECRET), by=admin)
    factories.publish(policy, admin, summary=f"Read this: {SECRET.upper()}")
    Comment.objects.create(page=policy, user=admin, text=f"Is “{SECRET}” right?", contentpath="x")
    still = remove(policy).still
    assert "summary of version 1" in still
    assert "promise record of version 1" in still
    assert SECRET not in str(Entry.objects.get(kind="promise.set").payload)
    assert any(place.startswith("text of comment") for place in still)
    assert not any("two years" in place for place in still)


def test_the_report_is_kept(policy):
    done = remove(policy)
    line = PageLogEntry.objects.get(page=policy.pk, action="documents.removal")
    assert line.data == {"removal": done.removal.pk, "still": list(done.still)}


def test_six_words_in_a_row_are_a_quotation_and_five_are_not():
    words = removal_map.Words(
        [ClauseText(heading="Our data", body="<p>One two three four five six seven.</p>")]
    )
    assert words.stand_in("He said: two THREE, four five “six” seven")
    assert words.stand_in("about our data")
    assert not words.stand_in("two three four five six")
    assert not words.stand_in("data")


def test_a_marker_that_the_log_does_not_name_is_tampering(policy):
    actor = Actor.of(publisher(policy))
    place = policy.versions.get(number=1).places()[0]
    removal = Removal.objects.create(
        policy=policy,
        key=place.key,
        texts=[place.text.sha256],
        order="none",
        reason="none",
        removed_at=clock.now(),
        asked_by=actor.key,
        removed_by=actor.key,
    )
    marker = ClauseText.objects.create(
        publisher=policy.publisher, sha256=place.text.sha256, body="<p></p>", removal=removal
    )
    Place._base_manager.filter(pk=place.pk).update(text=marker)
    with pytest.raises(CommandError, match="knows of no order"):
        call_command("verify_evidence")


@pytest.fixture
def told(admin):
    """Version 2 was told by e-mail, changes the first clause, and is pending and cleared."""
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    return policy


def test_the_notice_that_showed_the_words_becomes_a_marker_and_keeps_its_hash(told):
    before = NoticeMessage.objects.get()
    assert "ten" in before.text
    remove(told)
    after = NoticeMessage.objects.get()
    assert after.text == f"This message held words that were removed by order: {ORDER}."
    assert after.html == f"<p>{after.text}</p>"
    assert (after.sha256, after.subject) == (before.sha256, before.subject)
    assert Entry.objects.get(kind="text.removed").payload["messages"] == [before.sha256]


def test_a_notice_about_other_clauses_stays_as_it_was_sent(told):
    before = NoticeMessage.objects.get().text
    remove(told, key=key_of(told, 1))
    assert NoticeMessage.objects.get().text == before


def test_a_notice_that_a_version_waits_for_is_stopped_first(admin, told):
    policy = factories.policy(admin, of=told.publisher)
    factories.publish(policy, admin)
    pending = factories.publish(policy, admin, MATERIAL_TEXT)
    motion = ask(policy)
    with pytest.raises(NoticeUnderWay, match="version 2"):
        confirm_removal(motion_id=motion.pk, by=publisher(policy))
    assert not Removal.objects.exists()
    hold_publication(publication_id=pending.pk, reason="An order.", by=admin)
    confirm_removal(motion_id=motion.pk, by=publisher(policy))
    assert ORDER in pending.notices.get().messages.get().text


def test_a_notice_that_nothing_waits_for_stops_and_says_why(admin, told):
    policy = factories.policy(admin, of=told.publisher)
    factories.publish(policy, admin)
    factories.write(policy, MATERIAL_TEXT, admin)
    proposal = factories.propose(policy, admin, exception=factories.urgent(policy))
    factories.approve(proposal, publisher(policy))
    notice = publish_version(proposal_id=proposal.pk, by=admin).notices.get()
    assert notice.closed_at is None
    remove(policy)
    notice.refresh_from_db()
    assert notice.close_reason == "text removed"
    assert ORDER in notice.messages.get().text
    factories.work()
    assert not Delivery.objects.filter(notice=notice, accepted_at__isnull=False).exists()


def test_every_column_that_can_hold_words_is_in_the_map():
    """A new one fails until documents/removal_map.py says what a removal does there."""
    fields = chain.from_iterable(
        model._meta.local_concrete_fields
        for app in ("documents", "notifications")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    )
    columns = {f"{field.model._meta.label}.{field.name}" for field in fields if holds_words(field)}
    named = {name for name in removal_map.named_columns() if not name.startswith("wagtail")}
    assert columns == named


def holds_words(field):
    if isinstance(field, models.JSONField):
        return True
    texts = isinstance(field, models.CharField | models.TextField)
    return texts and not field.choices and (field.max_length is None or field.max_length > 64)


def command(policy, by, *arguments):
    slugs = ["--publisher", policy.publisher.slug, "--policy", policy.slug]
    call_command("remove_by_order", *arguments, *slugs, "--by", by.username, "--json")


def test_the_command_asks_and_confirms(policy, capsys):
    first, second = publisher(policy), publisher(policy)
    arguments = [f"--clause={key_of(policy)}", f"--order={ORDER}", "--reason=It must go."]
    command(policy, first, *arguments)
    motion = json.loads(capsys.readouterr().out)["motion"]
    command(policy, second, f"--motion={motion}")
    said = json.loads(capsys.readouterr().out)
    assert (said["texts"], said["original"]) == (2, "kept sealed")
    assert shows_marker(policy.versions.get(number=1).clauses()[0])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--order=x"], "name --clause, --reason"),
        (["--motion=99"], "There is no open motion “99”"),
        (["--motion=first"], "There is no open motion “first”"),
        (["--clause=x", "--order=x", "--reason=x"], "There is no published clause “x”"),
    ],
)
def test_the_command_says_what_is_missing(policy, arguments, says):
    with pytest.raises(CommandError, match=says):
        command(policy, publisher(policy), *arguments)
