"""There is one door to publishing: every way of Wagtail’s own is refused, with where to go."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Locale, Page, PageViewRestriction, WorkflowState

from documents import queries
from documents.errors import WagtailPublishingRefused
from documents.models import Policy, PublisherPage, Role
from legalcms import clock
from tests import factories
from tests.documents.workspace.saying import said
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
EDIT = {"title": "Taken over", "slug": "taken-over", "kind": "rules", "contact": ""}


@pytest.fixture(params=["superuser", "publisher"])
def user(request, client, admin, policy):
    """Who might be expected to be allowed. Logged in."""
    user = (
        admin if request.param == "superuser" else factories.member(policy.publisher, "publisher")
    )
    client.force_login(user)
    return user


@pytest.fixture
def draft(admin, policy):
    """A draft that differs from the text in force: something to publish."""
    factories.write(policy, MATERIAL_TEXT, admin)
    policy.refresh_from_db()
    return policy


def url(name, page):
    """Wagtail’s screen of this name about a page."""
    parameter = "page_to_move_id" if name in {"move", "set_page_position"} else "page_id"
    return reverse(f"wagtailadmin_pages:{name}", kwargs={parameter: page.pk})


def standing(policy):
    """What Wagtail must not decide: what is public, where, and under which name."""
    stored = Policy.objects.get(pk=policy.pk)
    version = queries.in_force(policy, clock.now())
    return (
        [*policy.versions.values_list("number", "sha256")],
        version and version.number,
        stored.live,
        stored.title,
        stored.slug,
        stored.path,
        stored.locked,
        stored.go_live_at,
        stored.expire_at,
        Policy.objects.count(),
        PageViewRestriction.objects.count(),
    )


def assert_refused(response, words):
    assert response.status_code == 302
    assert words in said(response)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("unpublish", "publish a version that replaces it"),
        ("delete", "publish a version that replaces the text"),
        ("copy", "Start a new policy in the list of policies"),
        ("convert_alias", "Start a new policy in the list of policies"),
        ("move", "moved in the policy’s outline"),
        ("set_page_position", "moved in the policy’s outline"),
        ("set_privacy", "choose “Publish version”"),
    ],
)
def test_a_screen_of_wagtail_that_binds_says_where_to_go(client, user, draft, name, words):
    before = standing(draft)
    for method in (client.get, client.post):
        response = method(url(name, draft))
        assert_refused(response, words)
        assert response.url == reverse("documents_workspace:outline", args=[draft.pk])
    assert standing(draft) == before


@pytest.mark.parametrize("name", ["unpublish", "delete", "copy", "move", "set_privacy"])
def test_the_pages_above_are_kept_as_well(client, user, policy, name):
    page = policy.get_parent()
    assert client.post(url(name, page)).status_code == 302
    assert PublisherPage.objects.get(pk=page.pk).live
    assert standing(policy)[2]


def test_a_request_of_a_script_is_refused_in_its_own_terms(client, user, policy):
    response = client.post(
        url("set_privacy", policy), headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert response.status_code == 403
    assert "No privacy setting" in response.json()["detail"]


def test_move_to_another_place_is_refused(client, user, admin, policy):
    elsewhere = factories.publisher(admin).pages.get() if user.is_superuser else policy.get_parent()
    before = standing(policy)
    address = reverse("wagtailadmin_pages:move_confirm", args=[policy.pk, elsewhere.pk])
    assert_refused(client.post(address), "moved in the policy’s outline")
    assert standing(policy) == before


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}, {"publish_copies": "on"}])
def test_a_copy_is_refused_whatever_it_asks_for(client, user, policy, alias):
    before = standing(policy)
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": policy.get_parent().pk}
    assert_refused(client.post(url("copy", policy), data | alias), "are not copied")
    assert standing(policy) == before


def test_publishing_from_the_page_editor_is_refused(client, user, draft):
    before = standing(draft)
    response = client.post(url("edit", draft), EDIT | {"action-publish": "1"})
    assert_refused(response, "Publish version")
    assert standing(draft) == before
    assert draft.draft().title == before[3]


def test_publishing_while_creating_is_refused(client, user, policy):
    parent, before = policy.get_parent(), standing(policy)
    address = reverse("wagtailadmin_pages:add", args=["documents", "policy", parent.pk])
    response = client.post(address, EDIT | {"action-publish": "1"})
    assert_refused(response, "Publish version")
    assert standing(policy) == before


def test_a_schedule_cannot_be_set_from_the_page_editor(client, user, draft):
    before = standing(draft)
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    client.post(url("edit", draft), EDIT | {"go_live_at": tomorrow, "expire_at": tomorrow})
    assert standing(draft) == before
    call_command("publish_scheduled")
    assert standing(draft) == before


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
@pytest.mark.parametrize("chosen", ["this one", "all"])
def test_bulk_actions_are_refused(client, user, draft, action, chosen):
    before = standing(draft)
    ids = "id=all" if chosen == "all" else f"id={draft.pk}"
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for method in (client.get, client.post):
        response = method(f"{address}?{ids}&childOf={draft.get_parent().pk}")
        assert_refused(response, "olicies" if action == "move" else "ublish")
    assert standing(draft) == before


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("publish", {}),
        ("unpublish", {"recursive": False}),
        ("delete", {}),
        ("move", {"destination_page_id": 2}),
        ("copy", {"keep_live": True, "slug": "copy", "title": "Copy"}),
        ("create_alias", {"update_slug": "alias"}),
        ("convert_alias", {}),
        ("copy_for_translation", {"locale": "fr", "copy_parents": True}),
    ],
)
def test_the_interface_behind_wagtails_screens_refuses_too(client, user, draft, action, data):
    Locale.objects.get_or_create(language_code="fr")
    before = standing(draft)
    address = reverse("wagtailadmin_api:pages:action", args=[draft.pk, action])
    response = client.post(address, json.dumps(data), content_type="application/json")
    assert response.status_code == 403
    assert response.json()["detail"]
    assert standing(draft) == before


def test_going_back_to_an_older_draft_neither_publishes_it_nor_loses_clauses(client, user, draft):
    older = draft.revisions.order_by("pk").first()
    before, clauses = standing(draft), draft.draft().states()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[draft.pk, older.pk])
    assert_refused(client.get(address), "import the older text")
    data = EDIT | {"revision": older.pk}
    assert_refused(
        client.post(url("edit", draft), data | {"action-publish": "1"}), "Publish version"
    )
    client.post(url("edit", draft), data)
    assert standing(draft) == before
    assert draft.draft().states() == clauses


def test_an_approved_workflow_does_not_put_the_text_into_force(client, user, admin, draft):
    workflow = draft.get_workflow()
    workflow.tasks.get().specific.groups.set(user.groups.all() or admin.groups.all())
    before = standing(draft)
    client.post(url("edit", draft), EDIT | {"title": "Privacy", "action-submit": "1"})
    state = WorkflowState.objects.get()
    task = state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk])
    assert client.post(address, {"comment": ""}).status_code in {200, 302}
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED
    assert standing(draft) == before
    assert queries.in_force(draft, clock.now()).clauses() != draft.draft().states()


@pytest.mark.parametrize("by_whom", ["nobody", "superuser"])
def test_a_revision_published_in_code_stays_a_draft(admin, draft, by_whom):
    before = standing(draft)
    changed = draft.draft()
    changed.title = "Taken over"
    revision = changed.save_revision(user=admin)
    with pytest.raises((WagtailPublishingRefused, PublishPagePermissionError)):
        revision.publish(user=admin if by_whom == "superuser" else None)
    assert standing(draft) == before


def test_code_cannot_schedule_unpublish_or_delete(draft):
    before = standing(draft)
    scheduled = draft.draft()
    scheduled.go_live_at = clock.now() + timedelta(days=1)
    with pytest.raises(WagtailPublishingRefused):
        scheduled.save_revision()
    with pytest.raises(WagtailPublishingRefused):
        Policy.objects.get(pk=draft.pk).unpublish()
    with pytest.raises(Exception, match="protected"):
        Policy.objects.get(pk=draft.pk).delete()
    assert standing(draft) == before


@pytest.fixture
def unannounced(admin, policy):
    return factories.policy(admin, of=policy.publisher)


def test_before_it_is_announced_nothing_makes_a_policy_public(client, user, unannounced):
    before = standing(unannounced)
    client.post(url("edit", unannounced), EDIT | {"action-publish": "1"})
    with pytest.raises(WagtailPublishingRefused):
        unannounced.get_latest_revision().publish()
    with pytest.raises(WagtailPublishingRefused):
        unannounced.copy(update_attrs={"slug": "copy", "live": True}, keep_live=True)
    assert standing(unannounced) == before
    assert client.get(f"/{unannounced.publisher.slug}/{unannounced.slug}/").status_code == 404


def test_before_it_is_announced_title_and_slug_follow_the_page_editor(client, user, unannounced):
    assert client.post(url("edit", unannounced), EDIT).status_code == 302
    stored = Policy.objects.get(pk=unannounced.pk)
    assert (stored.title, stored.slug, stored.live) == ("Taken over", "taken-over", False)


def test_after_it_is_announced_title_and_slug_change_in_the_draft_alone(client, user, policy):
    before = standing(policy)
    assert client.post(url("edit", policy), EDIT).status_code == 302
    assert policy.draft().title == "Taken over"
    assert standing(policy) == before
    stored = Policy.objects.get(pk=policy.pk)
    for field, value in (("title", "Taken over"), ("slug", "taken-over"), ("live", False)):
        changed = Policy.objects.get(pk=policy.pk)
        setattr(changed, field, value)
        with pytest.raises(WagtailPublishingRefused):
            changed.save()
    assert Policy.objects.get(pk=policy.pk).slug == stored.slug


def test_what_is_not_legal_text_is_left_to_wagtail(client, admin):
    client.force_login(admin)
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="About", slug="about"))
    assert client.get(url("delete", page)).status_code == 200
    response = client.post(url("delete", page))
    assert response.status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()


def test_pages_of_another_publisher_do_not_exist_for_a_team(client, admin, policy):
    other = factories.policy(admin, of=factories.publisher(admin))
    client.force_login(factories.member(policy.publisher, Role.PUBLISHER))
    parent = other.get_parent()
    for address in (
        url("edit", other),
        url("history", other),
        url("delete", other),
        reverse("wagtailadmin_explore", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={other.pk}",
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={other.pk}",
        reverse("wagtailadmin_api:pages:detail", args=[other.pk]),
    ):
        assert client.get(address).status_code == 404, address


ALLOWED = {
    "can_edit",
    "can_lock",
    "can_unlock",
    "can_submit_for_moderation",
    "can_view_revisions",
}


def test_every_permission_that_wagtail_knows_is_refused_or_named_here(admin, policy):
    """A new one in a later Wagtail fails here until somebody has thought about it."""
    tester = policy.permissions_for_user(admin)
    names = {name for name in dir(tester) if name.startswith("can_")} - {"can_add_subpage"}
    needs_page = {"can_move_to", "can_copy_to"}
    granted = {name for name in names - needs_page if getattr(tester, name)()}
    assert granted <= ALLOWED
    assert "can_edit" in granted
    assert not any(getattr(tester, name)(policy.get_parent()) for name in needs_page)
    for page in (policy.get_parent(), policy.get_parent().get_parent()):
        above = page.specific.permissions_for_user(admin)
        assert not above.can_publish_subpage()
        assert not above.can_reorder_children()


def test_without_the_explanations_wagtail_still_changes_nothing(client, settings, user, draft):
    """The messages are a courtesy of the middleware; what holds are the permissions."""
    ours = "documents.workspace.refusals.RefuseWagtailPublishing"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != ours]
    before, parent = standing(draft), draft.get_parent()
    for name in ("unpublish", "delete", "move", "set_page_position", "copy", "set_privacy"):
        client.post(url(name, draft), {"new_title": "x", "new_slug": "x", "position": 0})
    address = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, parent.get_parent().pk])
    client.post(address)
    client.post(url("edit", draft), EDIT | {"action-publish": "1"})
    for action in ("publish", "unpublish", "delete", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id={draft.pk}", {"chooser": parent.pk})
    for action in ("publish", "unpublish", "delete", "move", "copy", "create_alias"):
        address = reverse("wagtailadmin_api:pages:action", args=[draft.pk, action])
        client.post(address, {"destination_page_id": parent.pk}, content_type="application/json")
    assert standing(draft) == before
