"""The review: every change with its significance, judged one by one."""

import pytest
from django.urls import reverse

from documents.models import Role, SignificanceDecision
from tests import factories
from tests.documents.workspace.saying import said
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


def url(name, policy, *args):
    return reverse(f"documents_workspace:{name}", args=[policy.pk, *args])


@pytest.fixture
def changed(policy, admin):
    factories.write(policy, MATERIAL_TEXT, admin)
    return policy


def judge(client, policy, **values):
    (key,) = [each.key for each, _actor in client.get(url("review", policy)).context["judged"]]
    address = url("judge", policy, key)
    sent = client.get(address).context["form"].initial | values
    return client.post(address, sent, follow=True)


def test_review_shows_each_change_with_its_reasons(client, changed, editor):
    client.force_login(editor)
    page = client.get(url("review", changed)).content.decode()
    assert "Proposed: Material" in page
    assert "Judge" in page


def test_a_decision_is_made_and_a_second_person_confirms_it(client, changed, editor):
    client.force_login(editor)
    response = judge(client, changed, level="minor", reason="Said elsewhere <b>already</b>.")
    assert "until a second person confirms" in said(response)
    page = client.get(url("review", changed)).content.decode()
    assert "Waits for a second person" in page
    assert "&lt;b&gt;already" in page
    decision = SignificanceDecision.objects.get()
    client.force_login(factories.member(changed.publisher, Role.REVIEWER))
    address = url("confirm_decision", changed, decision.pk)
    asked = client.get(address)
    assert "Said elsewhere &lt;b&gt;already" in asked.content.decode()
    assert "<ins" in asked.content.decode()  # whoever confirms sees the change
    confirmed = client.post(address, asked.context["form"].initial, follow=True)
    assert "Confirmed." in said(confirmed)
    decision.refresh_from_db()
    assert not decision.is_waiting


def test_a_change_that_is_another_by_now_is_shown_as_it_is(client, changed, editor, admin):
    client.force_login(editor)
    response = judge(client, changed, level="minor", reason="x", change_sha256="0" * 64)
    assert "Look at it as it is now" in response.content.decode()
    assert not SignificanceDecision.objects.exists()
    again = {name: response.context["form"][name].value() for name in ("level", "reason")}
    again["change_sha256"] = response.context["form"]["change_sha256"].value()
    client.post(response.request["PATH_INFO"], again)
    assert SignificanceDecision.objects.get().reason == "x"


def test_a_decision_of_another_policy_does_not_exist_here(client, changed, admin, publisher):
    other = factories.policy(admin, of=changed.publisher)
    factories.publish(other, admin)
    factories.write(other, MATERIAL_TEXT, admin)
    client.force_login(publisher)
    judge(client, other, level="minor", reason="x")
    decision = SignificanceDecision.objects.get()
    assert client.get(url("confirm_decision", changed, decision.pk)).status_code == 404


def test_an_unchanged_draft_has_nothing_to_judge(client, policy, editor):
    client.force_login(editor)
    page = client.get(url("review", policy)).content.decode()
    assert "The draft does not differ" in page


def test_references_that_lead_astray_are_pointed_out(client, policy, admin, editor):
    text = "# Privacy\n\n## 1. One\n\nSee section 2.\n\n## {}. Two\n\nWe pay.\n"
    other = factories.policy(admin, of=policy.publisher, text=text.format(2), promise=None)
    factories.publish(other, admin)
    factories.write(other, text.format(3), admin)
    client.force_login(editor)
    page = client.get(url("review", other)).content.decode()
    assert "“section 2” – 1 One (now 3)" in " ".join(page.split())
