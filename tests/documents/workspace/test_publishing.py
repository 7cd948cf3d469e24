"""Publish version, and what can be done with a publication afterwards."""

from datetime import timedelta
from itertools import chain

import pytest
import time_machine
from django.urls import reverse

from documents import queries
from documents.actions.create_policy import create_policy
from documents.actions.set_promise import set_promise
from documents.models import Publication, Role
from documents.models.publications import State
from documents.wording import day
from legalcms import clock
from tests import factories
from tests.documents.workspace.saying import said
from tests.factories import MATERIAL_TEXT, POSTING_PROMISE

pytestmark = pytest.mark.django_db


def url(name, policy, *args):
    return reverse(f"documents_workspace:{name}", args=[policy.pk, *args])


def today(policy):
    return clock.now().astimezone(policy.publisher.zone).date()


def errors(response):
    return " ".join(chain.from_iterable(response.context["form"].errors.values()))


@pytest.fixture
def changed(admin, policy):
    """A material change waits in the draft, and there are three people to tell."""
    factories.recipients(policy.publisher, admin)
    factories.write(policy, MATERIAL_TEXT, admin)
    return policy


@pytest.fixture
def logged_in(client, publisher):
    client.force_login(publisher)
    return publisher


@pytest.fixture
def pending(changed, admin):
    return factories.publish(changed, admin)


def decided(client, policy, **values):
    """What the screen sends if nothing is altered on it, but for ``values``."""
    initial = client.get(url("publish", policy)).context["form"].initial
    sent = {**initial, "summary": "We keep it longer.", **values}
    return {name: "" if value is None else value for name, value in sent.items()}


def test_the_screen_shows_what_changes_from_when_why_and_who_is_told(client, logged_in, changed):
    response = client.get(url("publish", changed))
    page = response.content.decode()
    assert ">ten</ins>" in page
    assert ">two</del>" in page
    assert "1 clause changed" in page
    earliest = today(changed) + timedelta(days=11)
    assert day(earliest) in page
    assert "at least 10 days before it takes effect" in page
    assert "3 people" in page
    assert response.context["form"].initial["effective_on"] == earliest
    assert response.context["form"].initial["significance"] == "material"


def test_each_significance_has_its_own_earliest_date(client, logged_in, changed):
    rules = client.get(url("publish", changed)).context["rules"]
    by_name = {rule["significance"].value: rule for rule in rules}
    assert by_name["editorial"]["earliest"] == day(today(changed))
    assert by_name["material"]["earliest"] == day(today(changed) + timedelta(days=11))
    assert "does not cover this change" in by_name["editorial"]["why"]
    assert [rule["told"] for rule in rules] == [True, False, False]


def test_publishing_announces_the_version_and_opens_its_notice(client, logged_in, changed):
    response = client.post(url("publish", changed), decided(client, changed))
    publication = Publication.objects.get(versions__number=2)
    assert response.url == url("publication", changed, publication.pk)
    assert said(response) == "Version 2 is announced."
    assert publication.versions.get().summary == "We keep it longer."
    assert publication.notices.count() == 1
    assert queries.in_force(changed, clock.now()).number == 1


def test_a_first_text_says_which_version_it_becomes(client, admin, policy, logged_in):
    new = factories.policy(admin, of=policy.publisher)
    assert "becomes version 1" in client.get(url("publish", new)).content.decode()
    client.post(url("publish", new), decided(client, new))
    assert queries.in_force(new, clock.now()).number == 1


def test_title_contact_and_promise_are_part_of_what_changes(client, logged_in, changed):
    assert ">Title:" not in client.get(url("publish", changed)).content.decode()
    draft = changed.draft()
    draft.title, draft.contact = "Privacy notice", "ask@acme.example"
    draft.save_revision(user=logged_in)
    set_promise(policy=changed, promise=POSTING_PROMISE, by=logged_in)
    page = client.get(url("publish", changed)).content.decode()
    assert "Title: <del>Privacy</del> <ins>Privacy notice</ins>" in page
    assert "Contact: <del>legal@acme.example</del> <ins>ask@acme.example</ins>" in page
    assert "<ins>Any change is told by posting the new text.</ins>" in page


@pytest.mark.parametrize(("days", "says"), [(-1, "has passed"), (10, "too early")])
def test_a_date_that_cannot_be_is_refused_with_the_reason(client, logged_in, changed, days, says):
    date = today(changed) + timedelta(days=days)
    response = client.post(url("publish", changed), decided(client, changed, effective_on=date))
    assert says in response.context["form"].errors["effective_on"][0]
    if days > 0:
        assert day(today(changed) + timedelta(days=11)) in errors(response)
        assert "at least 10 days" in errors(response)
    assert "Nothing was changed." in said(response)
    assert changed.versions.count() == 1
    assert "We keep it longer." in response.content.decode()


def test_a_draft_that_changed_since_it_was_shown_is_not_published(
    client, logged_in, admin, changed
):
    data = decided(client, changed)
    factories.write(changed, MATERIAL_TEXT.replace("ten years", "twelve years"), admin)
    response = client.post(url("publish", changed), data)
    assert "The draft changed after you looked at it" in said(response)
    assert ">twelve</ins>" in response.content.decode()
    assert changed.versions.count() == 1

    seen = data | {"draft_sha256": response.context["form"]["draft_sha256"].value()}
    assert client.post(url("publish", changed), seen).status_code == 302
    assert changed.versions.count() == 2


def test_a_change_that_nobody_is_there_to_be_told_of_waits_for_a_signature(
    client, logged_in, admin, policy
):
    factories.write(policy, MATERIAL_TEXT, admin)
    assert "has no recipients" in client.get(url("publish", policy)).content.decode()
    response = client.post(url("publish", policy), decided(client, policy))
    factories.work()
    page = client.get(response.url).content.decode()
    assert "only if somebody signs for them before its date" in page
    publication = policy.versions.get(number=2).publication
    sign_off = url("sign_off", policy, publication.pk)
    assert "Nobody was to be told" in client.get(sign_off).content.decode()
    client.post(sign_off, {"reason": "We have no customers yet."})
    publication.refresh_from_db()
    assert publication.cleared_at


def test_while_a_version_is_pending_the_screen_says_what_to_do(client, logged_in, changed):
    data = decided(client, changed)
    client.post(url("publish", changed), data)
    response = client.get(url("publish", changed))
    publication = Publication.objects.get(versions__number=2)
    assert "Give it a new date or withdraw it first." in response.content.decode()
    assert url("publication", changed, publication.pk) in response.content.decode()
    assert (
        "Only an urgent fix under a named exception may go before it" in response.content.decode()
    )
    assert "already announced" in errors(client.post(url("publish", changed), data))
    assert changed.versions.count() == 2


def test_where_nothing_changed_there_is_nothing_to_publish(client, logged_in, policy):
    response = client.get(url("publish", policy))
    assert "there is nothing to publish" in response.content.decode()
    assert 'name="effective_on"' not in response.content.decode()
    data = {
        "significance": "material",
        "effective_on": today(policy),
        "draft_sha256": policy.draft().draft_sha256(),
    }
    assert "there is nothing to publish" in errors(client.post(url("publish", policy), data))
    assert policy.versions.count() == 1


def test_an_empty_draft_is_not_published(client, logged_in, admin, policy):
    empty = create_policy(publisher=policy.publisher, slug="new", title="New", by=admin)
    assert "The draft has no clauses" in client.get(url("publish", empty)).content.decode()
    data = {
        "significance": "material",
        "effective_on": today(empty),
        "draft_sha256": empty.draft().draft_sha256(),
    }
    assert "The draft has no clauses" in errors(client.post(url("publish", empty), data))
    assert not empty.versions.exists()


def test_a_pending_publication_shows_its_timetable_and_its_evidence(
    client, logged_in, admin, changed, pending
):
    page = client.get(url("publication", changed, pending.pk)).content.decode()
    assert "Pending" in page
    assert "not yet" in page
    assert f"{admin} published version 2 as a material change" in page
    assert url("reschedule", changed, pending.pk) in page
    assert url("withdraw", changed, pending.pk) in page


def test_a_publication_in_force_can_no_longer_be_moved(client, logged_in, policy):
    publication = Publication.objects.get(versions__policy=policy)
    page = client.get(url("publication", policy, publication.pk)).content.decode()
    assert "Took effect" in page
    assert url("reschedule", policy, publication.pk) not in page
    data = {"effective_on": today(policy) + timedelta(days=30)}
    response = client.post(url("reschedule", policy, publication.pk), data)
    assert "cannot be moved or withdrawn" in errors(response)
    response = client.post(url("withdraw", policy, publication.pk), {"reason": "x"})
    assert "cannot be moved or withdrawn" in errors(response)


def test_a_held_publication_says_why_and_what_to_do(client, logged_in, changed, pending):
    with time_machine.travel(pending.effective_at + timedelta(hours=1), tick=False):
        client.force_login(logged_in)
        page = client.get(url("publication", changed, pending.pk)).content.decode()
        assert "the promise is not kept" in page
        assert "Is a worker running?" in page
        factories.work()
        page = client.get(url("publication", changed, pending.pk)).content.decode()
        assert "The time to tell people passed before it was done." in page
        assert "give this publication a new date" in page
        assert "Held" in client.get(reverse("documents_workspace:policies")).content.decode()
        assert "Held" in client.get(url("outline", changed)).content.decode()

        form = client.get(url("reschedule", changed, pending.pk)).context["form"]
        response = client.post(url("reschedule", changed, pending.pk), form.initial)
        assert said(response) == "The new date is set, and everyone is told of it."
        pending.refresh_from_db()
        assert pending.state(clock.now()) == State.PENDING


def test_a_new_date_before_the_announced_one_is_refused(client, logged_in, changed, pending):
    before = pending.effective_at
    data = {"effective_on": today(changed) + timedelta(days=3)}
    response = client.post(url("reschedule", changed, pending.pk), data)
    assert "too early" in response.context["form"].errors["effective_on"][0]
    pending.refresh_from_db()
    assert pending.effective_at == before


def test_a_withdrawn_publication_shows_the_reason_and_frees_the_way(
    client, logged_in, changed, pending
):
    address = url("withdraw", changed, pending.pk)
    assert "This field is required." in errors(client.post(address, {"reason": ""}))
    response = client.post(address, {"reason": "A mistake in clause 1."})
    assert said(response) == "Version 2 is withdrawn."
    page = client.get(url("publication", changed, pending.pk)).content.decode()
    assert "Withdrawn" in page
    assert "A mistake in clause 1." in page
    assert url("withdraw", changed, pending.pk) not in page
    assert 'name="effective_on"' in client.get(url("publish", changed)).content.decode()


def test_who_may_not_publish_sees_the_publication_without_its_levers(client, changed, pending):
    client.force_login(factories.member(changed.publisher, Role.AUDITOR))
    page = client.get(url("publication", changed, pending.pk)).content.decode()
    assert url("reschedule", changed, pending.pk) not in page
    assert url("withdraw", changed, pending.pk) not in page


def test_a_publication_of_another_policy_is_not_found_here(client, logged_in, admin, policy):
    other = factories.policy(admin, of=policy.publisher)
    publication = factories.publish(other, admin)
    assert client.get(url("publication", policy, publication.pk)).status_code == 404
    assert client.get(url("publication", other, publication.pk)).status_code == 200


def test_where_no_mail_was_owed_there_is_nothing_to_sign(client, logged_in, policy):
    publication = Publication.objects.get(versions__policy=policy)
    address = url("sign_off", policy, publication.pk)
    assert "Nothing waits for a signature here" in client.get(address).content.decode()
    response = client.post(address, {"reason": "x"})
    assert "cannot be moved or withdrawn" in errors(response)
