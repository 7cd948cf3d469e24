"""Remove a text by order: who asks, who decides, what is said, and what the public reads then."""

import pytest
from django.urls import reverse

from documents.actions.remove_by_order import ask_removal
from documents.models import Motion, Removal, Role
from tests import factories
from tests.documents.workspace.saying import said

pytestmark = pytest.mark.django_db
ORDER = "Court of Paris, 26/123"


def url(name, policy, *args):
    return reverse(f"documents_workspace:{name}", args=[policy.pk, *args])


@pytest.fixture
def second(policy):
    return factories.member(policy.publisher, Role.PUBLISHER)


@pytest.fixture
def key(policy):
    return str(policy.draft().ordered_clauses()[0].key)


@pytest.fixture
def motion(policy, second, key):
    """Asked for by the second person."""
    return ask_removal(
        policy=policy, key=key, order=ORDER, reason="It names her.", destroy=False, by=second
    )


def test_the_outline_leads_publishers_there_and_nobody_else(client, policy, publisher, editor):
    for user, leads in ((publisher, True), (editor, False)):
        client.force_login(user)
        page = client.get(url("outline", policy)).content.decode()
        assert (url("removal", policy) in page) is leads


def test_a_policy_without_versions_has_nothing_to_remove(client, admin, policy, publisher):
    client.force_login(publisher)
    draft = factories.policy(admin, of=policy.publisher)
    assert url("removal", draft) not in client.get(url("outline", draft)).content.decode()
    assert client.get(url("removal", draft)).status_code == 200


def test_every_clause_ever_published_can_be_chosen(client, admin, policy, publisher):
    factories.write(policy, "# Privacy\n\n## 9. All new\n\nNothing is as it was.\n", admin)
    factories.publish(policy, admin)
    client.force_login(publisher)
    choices = client.get(url("removal", policy)).context["form"].fields["key"].choices
    assert [title for _key, title in choices][1:] == ["1 What we keep", "2 Changes", "9 All new"]


def test_asking_removes_nothing_yet(client, policy, publisher, key):
    client.force_login(publisher)
    data = {"key": key, "order": ORDER, "reason": "It names her.", "destroy": "on"}
    response = client.post(url("removal", policy), data)
    assert response.url == url("removal", policy)
    assert said(response).startswith("Asked.")
    assert Motion.objects.get().terms == {"key": key, "order": ORDER, "destroy": True}
    assert not Removal.objects.exists()
    page = client.get(url("removal", policy)).content.decode()
    assert "The original is destroyed." in page
    assert "Another person must confirm it." in page
    assert "Confirm: remove the text" not in page
    assert "Take it back" in page


@pytest.mark.parametrize("field", ["key", "order", "reason"])
def test_what_is_missing_is_said_next_to_it(client, policy, publisher, key, field):
    client.force_login(publisher)
    data = {"key": key, "order": ORDER, "reason": "It names her."} | {field: ""}
    response = client.post(url("removal", policy), data)
    assert field in response.context["form"].errors
    assert not Motion.objects.exists()


def test_another_person_confirms_and_reads_what_is_left(client, policy, publisher, motion):
    client.force_login(publisher)
    page = client.get(url("removal", policy)).content.decode()
    assert f"asks to remove the text of “1 What we keep”, as ordered by {ORDER}" in page
    assert "It names her." in page
    response = client.post(url("removal_confirm", policy, motion.pk))
    assert said(response) == "Removed. Read below where words may still stand."
    page = client.get(response.url).content.decode()
    assert "Kept sealed" in page
    assert "Nothing that was searched" in page
    assert "Out of reach: mails and notices that people have received" in page
    assert "Confirm: remove the text" not in page
    assert "two years" not in page


def test_who_asked_cannot_confirm_but_can_take_it_back(client, policy, second, motion):
    client.force_login(second)
    response = client.post(url("removal_confirm", policy, motion.pk))
    assert "another person must decide" in said(response)
    assert not Removal.objects.exists()
    response = client.post(url("removal_refuse", policy, motion.pk))
    assert said(response).endswith("Refused. Nothing changes.")
    motion.refresh_from_db()
    assert motion.settled_at
    assert not motion.is_carried


def test_deciding_answers_post_alone(client, policy, publisher, motion):
    client.force_login(publisher)
    for answer in ("confirm", "refuse"):
        assert client.get(url(f"removal_{answer}", policy, motion.pk)).status_code == 405
    assert not Removal.objects.exists()


def test_a_motion_of_another_policy_is_not_found_here(client, admin, policy, publisher, motion):
    client.force_login(publisher)
    other = factories.policy(admin, of=policy.publisher)
    assert client.post(url("removal_confirm", other, motion.pk)).status_code == 404
    assert not Removal.objects.exists()


def test_deciding_twice_is_deciding_once(client, policy, publisher, motion):
    client.force_login(publisher)
    client.post(url("removal_confirm", policy, motion.pk))
    response = client.post(url("removal_confirm", policy, motion.pk))
    assert said(response).endswith("This was already decided.")
    assert Removal.objects.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.AUDITOR])
def test_other_roles_neither_see_nor_decide(client, policy, motion, role):
    client.force_login(factories.member(policy.publisher, role))
    assert client.get(url("removal", policy)).status_code == 302
    client.post(url("removal_confirm", policy, motion.pk))
    assert not Removal.objects.exists()


def test_the_public_reads_the_marker_with_its_number_and_why_the_hash_stands(
    client, policy, publisher, motion
):
    address = reverse("version", args=[policy.publisher.slug, policy.slug, 1])
    assert "was removed by order" not in client.get(address).content.decode()
    client.force_login(publisher)
    client.post(url("removal_confirm", policy, motion.pk))
    page = client.get(address).content.decode()
    assert f"<p>This text was removed by order: {ORDER}.</p>" in page
    assert '<span class="number' in page or '<p class="number' in page
    assert "two years" not in page
    assert "The text of 1 clause was removed by order: the SHA-256 is that of the whole" in page


def test_the_history_of_the_draft_names_the_removal(client, admin, policy, publisher, motion):
    client.force_login(admin)
    client.post(url("removal_confirm", policy, motion.pk))
    page = client.get(reverse("wagtailadmin_pages:history", args=[policy.pk])).content.decode()
    assert "Text removed by order" in page
