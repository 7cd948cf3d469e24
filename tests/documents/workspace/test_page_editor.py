"""Wagtail's own editor of a policy, and what its explorer shows to whom."""

import pytest
from django.urls import reverse

from documents.actions.edit_clause import ClauseContent
from documents.actions.insert_clause import insert_clause
from documents.models import Role
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
FORM = {"title": "Privacy, newly named", "slug": "privacy", "kind": "rules", "contact": "us"}
NEW = ClauseContent(level=1, number="9", heading="Only in the draft", body="<p>Words.</p>")


def edit_url(policy):
    return reverse("wagtailadmin_pages:edit", args=[policy.pk])


def states(policy):
    return policy.draft().states()


@pytest.fixture(params=["announced", "not announced"])
def either(request, admin, policy):
    """A policy with a clause that exists in its draft alone."""
    either = (
        policy if request.param == "announced" else factories.policy(admin, of=policy.publisher)
    )
    insert_clause(policy=either, content=NEW, after=None, by=admin)
    either.refresh_from_db()
    return either


def test_the_editor_leads_to_the_clauses_and_to_publishing(client, policy, publisher):
    client.force_login(publisher)
    page = client.get(edit_url(policy)).content.decode()
    assert reverse("documents_workspace:outline", args=[policy.pk]) in page
    assert reverse("documents_workspace:publish", args=[policy.pk]) in page
    assert 'name="contact"' in page


def test_the_editor_offers_an_editor_no_publishing(client, policy, editor):
    client.force_login(editor)
    page = client.get(edit_url(policy)).content.decode()
    assert reverse("documents_workspace:outline", args=[policy.pk]) in page
    assert reverse("documents_workspace:publish", args=[policy.pk]) not in page


@pytest.mark.parametrize("role", ["superuser", "publisher"])
def test_the_action_menu_has_nothing_that_binds(client, admin, publisher, policy, role):
    client.force_login(admin if role == "superuser" else publisher)
    for address in (
        edit_url(policy),
        reverse("wagtailadmin_pages:add", args=["documents", "policy", policy.get_parent().pk]),
    ):
        page = client.get(address).content.decode()
        assert "action-publish" not in page
        assert "Save draft" in page
        for name in ("unpublish", "delete", "copy", "move"):
            parameter = "page_to_move_id" if name == "move" else "page_id"
            refused = reverse(f"wagtailadmin_pages:{name}", kwargs={parameter: policy.pk})
            assert refused not in page


def test_saving_title_and_contact_keeps_every_clause_and_key(client, publisher, either):
    client.force_login(publisher)
    before = states(either)
    for number in range(3):
        assert client.post(edit_url(either), FORM | {"contact": f"us {number}"}).status_code == 302
        assert states(either) == before
    assert either.draft().title == "Privacy, newly named"
    assert either.draft().contact == "us 2"


def test_autosave_keeps_every_clause_and_key(client, publisher, either):
    client.force_login(publisher)
    before = states(either)
    revision = either.get_latest_revision()
    first = client.post(
        edit_url(either),
        FORM
        | {
            "loaded_revision_id": revision.pk,
            "loaded_revision_created_at": revision.created_at.isoformat(),
        },
        headers={"accept": "application/json"},
    ).json()
    assert first["success"]
    again = FORM | {"contact": "them", "overwrite_revision_id": first["revision_id"]}
    second = client.post(edit_url(either), again, headers={"accept": "application/json"}).json()
    assert second["revision_id"] == first["revision_id"]
    assert states(either) == before
    assert either.draft().contact == "them"


def test_autosave_does_not_write_over_a_clause_that_somebody_edited(
    client, admin, publisher, policy
):
    client.force_login(publisher)
    revision = policy.get_latest_revision()
    factories.write(policy, MATERIAL_TEXT, admin)
    edited = states(policy)
    stale = FORM | {"overwrite_revision_id": revision.pk}
    response = client.post(edit_url(policy), stale, headers={"accept": "application/json"})
    assert response.status_code == 400
    assert states(policy) == edited
    assert policy.draft().title == "Privacy"


def test_a_page_edit_after_publishing_leaves_the_version_alone(client, admin, publisher, policy):
    client.force_login(publisher)
    version = policy.versions.get()
    client.post(edit_url(policy), FORM)
    version.refresh_from_db()
    assert version.title == "Privacy"
    assert version.computed_sha256() == version.sha256


def test_the_explorer_shows_a_team_its_own_pages_alone(client, admin, policy, publisher):
    other = factories.publisher(admin, name="Somebody Else")
    secret = factories.policy(admin, of=other)
    secret.title = "Not announced yet"
    secret.save_revision(user=admin)
    secret.save()
    client.force_login(publisher)
    home = policy.get_parent().get_parent()
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[home.pk]),
        reverse("wagtailadmin_explore", args=[policy.get_parent().pk]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[home.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=announced",
        reverse("wagtailadmin_pages:search") + "?q=announced",
        reverse("wagtailadmin_pages:type_use", args=["documents", "policy"]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_api:pages:listing"),
    ):
        page = client.get(address, follow=True).content.decode()
        assert "Not announced yet" not in page, address
        assert "Somebody Else" not in page, address
    assert (
        policy.title
        in client.get(
            reverse("wagtailadmin_choose_page_child", args=[policy.get_parent().pk])
        ).content.decode()
    )


def test_roles_without_the_draft_see_no_pages_at_all(client, policy):
    for role in (Role.AUDITOR, Role.RECIPIENTS):
        client.force_login(factories.member(policy.publisher, role))
        assert client.get(edit_url(policy)).status_code == 302
        assert client.post(edit_url(policy), FORM).status_code == 302
    assert policy.draft().title == "Privacy"
