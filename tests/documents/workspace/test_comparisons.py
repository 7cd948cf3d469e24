"""Comparing texts in the admin: the screen for any two, and the history's comparison of drafts."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.admin.views.pages.revisions import RevisionsCompareView
from wagtail.models import GroupPagePermission

from documents.actions.create_policy import create_policy
from documents.actions.edit_clause import ClauseContent
from documents.actions.insert_clause import insert_clause
from documents.models import Role
from documents.workspace.comparisons import CompareRevisions
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
THIRD_TEXT = MATERIAL_TEXT.replace("your name", "your full name")


@pytest.fixture
def drafts(policy, admin):
    """Version 1 in force, and two later drafts: each clause text in its own revision."""
    factories.write(policy, MATERIAL_TEXT, admin)
    factories.write(policy, THIRD_TEXT, admin)
    policy.refresh_from_db()
    return [*policy.revisions.order_by("created_at", "id")]


def screen(policy):
    return reverse("documents_workspace:compare", args=[policy.pk])


def of_revisions(policy, old, new):
    return reverse("wagtailadmin_pages:revisions_compare", args=[policy.pk, old, new])


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def sections(tree):
    return tree.select("section[aria-labelledby^=comparison-]")


def marks(element, tag):
    return [each.get_text() for each in element.select(f".legalcms-redline {tag}")]


def test_the_outline_leads_whoever_may_view_it_to_the_comparison(client, policy):
    for role in Role:
        client.force_login(factories.member(policy.publisher, role))
        outline = reverse("documents_workspace:outline", args=[policy.pk])
        assert screen(policy) in client.get(outline).content.decode()


def test_at_first_the_draft_is_compared_with_the_text_in_force_and_the_draft_before(
    client, policy, editor, drafts
):
    client.force_login(editor)
    tree = page(client, screen(policy))
    in_force, before = sections(tree)
    assert (
        "From the text in force" in in_force.h2.get_text() or "in force" in in_force.h2.get_text()
    )
    assert marks(in_force, "ins") == ["full ", "ten"] or "ten" in "".join(marks(in_force, "ins"))
    assert "ten" not in "".join(marks(before, "ins"))
    assert "full" in "".join(marks(before, "ins"))
    chosen = tree.select_one("select[name=earlier] option[selected]")
    assert chosen["value"] == str(drafts[-2].pk)


def test_another_earlier_draft_can_be_chosen(client, policy, editor, drafts):
    client.force_login(editor)
    of_version_1 = next(
        each for each in reversed(drafts) if "two years" in str(each.content["clauses"])
    )
    _first, earlier = sections(page(client, screen(policy), earlier=of_version_1.pk))
    assert "ten" in "".join(marks(earlier, "ins"))


def test_no_earlier_draft_need_be_chosen(client, policy, editor, drafts):
    client.force_login(editor)
    assert len(sections(page(client, screen(policy), earlier=""))) == 1


def test_addresses_within_the_page_are_unique(client, policy, editor, drafts):
    client.force_login(editor)
    tree = page(client, screen(policy))
    names = [each["id"] for each in tree.select("section [id]")]
    assert names
    assert len(names) == len(set(names))


def test_any_two_versions_are_compared(client, policy, admin, editor):
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    client.force_login(editor)
    (there,) = sections(page(client, screen(policy), old="1", new="2"))
    assert marks(there, "ins") == ["ten"]
    assert "From version 1 to version 2" in there.h2.get_text()
    (back,) = sections(page(client, screen(policy), old="2", new="1"))
    assert marks(back, "del") == ["ten"]
    (same,) = sections(page(client, screen(policy), old="in-force", new="1"))
    assert "No clause differs" in same.get_text()


def test_what_changed_outside_the_clauses_is_shown(client, policy, editor):
    draft = policy.draft()
    draft.title, draft.contact = "Privacy <b>anew</b>", "them@acme.example"
    draft.save_revision()
    client.force_login(editor)
    for address in (screen(policy), of_revisions(policy, "live", "latest")):
        told = sections(page(client, address))[0]
        assert "Privacy <b>anew</b>" in marks(told, "ins")
        assert "them@acme.example" in marks(told, "ins")
        assert "How changes are told" not in told.get_text()


def test_a_comparison_can_be_seen_side_by_side_and_kept_to_one_significance(
    client, policy, editor, drafts
):
    client.force_login(editor)
    sides = page(client, screen(policy), old="in-force", new="draft", layout="sides")
    names = [name.get_text() for name in sides.select(".side-name")]
    assert names[:2] == ["version 1 (in force)", "the draft"]
    assert not sides.select(".sides-of-text .side:first-child ins")
    kept = page(client, screen(policy), old="in-force", new="draft", level="editorial")
    assert not sections(kept)[0].select(".change")
    assert "not listed" in sections(kept)[0].get_text()
    ways = [link["href"] for link in kept.select(".legalcms-choices a")]
    assert all("old=in-force&new=draft" in way for way in ways)


def test_before_the_first_version_the_whole_draft_is_new(client, admin):
    policy = factories.policy(admin)
    client.force_login(admin)
    for address in (screen(policy), of_revisions(policy, "live", "latest")):
        told = sections(page(client, address))[0]
        assert "no text in force" in told.h2.get_text()
        assert "We keep your name for two years." in marks(told, "ins")
        assert not told.select("del")


def test_a_policy_without_clauses_can_be_looked_at(client, admin):
    publisher = factories.publisher(admin)
    policy = create_policy(publisher=publisher, slug="empty", title="Empty", by=admin)
    client.force_login(admin)
    assert "No clause differs" in sections(page(client, screen(policy)))[0].get_text()


@pytest.mark.parametrize("field", ["old", "new", "earlier"])
@pytest.mark.parametrize(
    "asked",
    [
        "99999",
        "0",
        "-1",
        "9" * 40,
        "latest",
        "1 ",
        "٣",
        "<script>alert(1)</script>",
        "a\0b",
        "' or 1=1 --",
        "{{ 7|add:1 }}",
        "1&new=1",
    ],
)
def test_an_invalid_choice_is_said_beside_its_field(client, policy, editor, drafts, field, asked):
    client.force_login(editor)
    response = client.get(screen(policy), {field: asked})
    assert response.status_code == 200
    tree = BeautifulSoup(response.content, "html.parser")
    assert not sections(tree)
    assert "Select a valid choice" in tree.select_one(".error-message").get_text()
    assert b"<script>alert(1)" not in response.content


@pytest.mark.parametrize("field", ["old", "new"])
def test_an_empty_choice_is_an_error_too(client, policy, editor, field):
    client.force_login(editor)
    assert not sections(page(client, screen(policy), **{field: ""}))


def test_a_draft_of_another_policy_is_no_choice(client, policy, admin, editor):
    other = factories.policy(admin, of=policy.publisher)
    client.force_login(editor)
    tree = page(client, screen(policy), earlier=other.latest_revision_id)
    assert not sections(tree)


@pytest.mark.parametrize("role", Role)
def test_another_team_finds_no_such_screen(client, policy, admin, role):
    client.force_login(factories.member(factories.publisher(admin), role))
    assert client.get(screen(policy)).status_code == 404


def test_texts_are_escaped_on_both_screens(client, policy, admin, editor):
    content = ClauseContent(1, "<i>9</i>", "<script>alert(1)</script>", "<p>&lt;img src=x&gt;</p>")
    insert_clause(policy=policy, content=content, after=None, by=admin)
    client.force_login(editor)
    for address in (screen(policy), of_revisions(policy, "live", "latest")):
        tree = page(client, address)
        (section, *_rest) = sections(tree)
        assert not section.select("script, img, i")
        assert "<script>alert(1)</script>" in section.get_text()
        assert "<img src=x>" in section.get_text()


def test_the_history_compares_two_drafts_clause_by_clause(client, policy, editor, drafts):
    client.force_login(editor)
    tree = page(client, of_revisions(policy, drafts[-2].pk, drafts[-1].pk))
    (section,) = sections(tree)
    assert "1 clause changed" in section.get_text()
    assert "full" in "".join(marks(section, "ins"))
    assert "ten" not in "".join(marks(section, "ins"))
    assert not tree.select(".comparison")
    history = reverse("wagtailadmin_pages:history", args=[policy.pk])
    assert tree.select(f'a[href="{history}"]')


def test_the_history_knows_wagtails_words(client, policy, editor, drafts):
    client.force_login(editor)
    (section,) = sections(page(client, of_revisions(policy, "earliest", "latest")))
    assert "full" in "".join(marks(section, "ins"))
    (section,) = sections(page(client, of_revisions(policy, "live", "latest")))
    assert "version 1 (in force)" in section.h2.get_text()
    assert "ten" in "".join(marks(section, "ins"))
    (section,) = sections(page(client, of_revisions(policy, drafts[-1].pk, "live")))
    assert "ten" in "".join(marks(section, "del"))


def test_live_is_the_text_in_force_whatever_the_page_row_holds(client, policy, editor, admin):
    """Before the first announcement a draft reaches the row; the public never reads it there."""
    factories.write(policy, MATERIAL_TEXT, admin)
    policy.refresh_from_db()
    policy.contact = "row@acme.example"
    policy.save()
    client.force_login(editor)
    (section,) = sections(page(client, of_revisions(policy, "live", "live")))
    assert "No clause differs" in section.get_text()
    assert "row@acme.example" not in section.get_text()


@pytest.mark.parametrize("asked", ["0", "999999", "9" * 30])
def test_a_draft_that_does_not_exist_is_not_found(client, policy, editor, asked):
    client.force_login(editor)
    assert client.get(of_revisions(policy, asked, "latest")).status_code == 404
    assert client.get(of_revisions(policy, "earliest", asked)).status_code == 404


def test_a_draft_of_another_page_is_not_found(client, policy, editor, admin):
    other = factories.policy(admin, of=policy.publisher)
    client.force_login(editor)
    revision = other.latest_revision_id
    assert client.get(of_revisions(policy, revision, "latest")).status_code == 404
    assert client.get(of_revisions(policy, "earliest", revision)).status_code == 404


def test_a_policy_whose_drafts_are_gone_has_nothing_to_compare(client, policy, admin):
    client.force_login(admin)
    policy.revisions.all().delete()
    assert client.get(of_revisions(policy, "earliest", "latest")).status_code == 404


EDITING = {Role.EDITOR, Role.REVIEWER, Role.PUBLISHER}


@pytest.mark.parametrize("role", Role)
def test_the_history_is_for_those_who_may_edit_the_page(client, policy, role):
    client.force_login(factories.member(policy.publisher, role))
    response = client.get(of_revisions(policy, "earliest", "latest"))
    assert response.status_code == (200 if role in EDITING else 302)
    if role not in EDITING:
        assert response.url == "/admin/"


@pytest.mark.parametrize("role", Role)
def test_to_the_team_of_another_publisher_the_history_does_not_exist(client, policy, admin, role):
    client.force_login(factories.member(factories.publisher(admin), role))
    assert client.get(of_revisions(policy, "earliest", "latest")).status_code == 404


def test_the_history_is_for_nobody_without_an_account(client, policy):
    response = client.get(of_revisions(policy, "earliest", "latest"))
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_access_to_the_admin_alone_opens_no_comparison(client, policy):
    client.force_login(visitor())
    assert client.get(of_revisions(policy, "earliest", "latest")).status_code == 404
    assert client.get(screen(policy)).status_code == 404


def test_wagtails_right_to_change_a_page_does_not_open_it_to_who_is_on_no_team(client, policy):
    user = visitor()
    group = Group.objects.create(name="Outsiders")
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=policy.page_ptr, permission=change)
    user.groups.add(group)
    client.force_login(user)
    assert client.get(of_revisions(policy, "earliest", "latest")).status_code == 404


def test_wagtails_own_checks_hold_where_no_other_stands_before_them(rf, policy):
    """The same answers as from its own view, for everybody on the team."""
    people = {role: factories.member(policy.publisher, role) for role in Role}
    for role, user in people.items():
        for view in (CompareRevisions, RevisionsCompareView):
            request = rf.get("/")
            request.user = user
            if role in EDITING:
                assert view.as_view()(request, policy.pk, "earliest", "latest").status_code == 200
            else:
                with pytest.raises(PermissionDenied):
                    view.as_view()(request, policy.pk, "earliest", "latest")


def visitor():
    user = get_user_model().objects.create_user("visitor", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_other_pages_keep_wagtails_comparison(client, policy, admin):
    home = policy.get_parent().specific
    home.save_revision(user=admin)
    client.force_login(admin)
    response = client.get(of_revisions(home, "earliest", "latest"))
    assert response.status_code == 200
    assert "documents/workspace/comparison.html" not in [t.name for t in response.templates]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_looking_is_all_that_can_be_done(client, policy, editor, method):
    client.force_login(editor)
    for address in (screen(policy), of_revisions(policy, "earliest", "latest")):
        assert getattr(client, method)(address).status_code == 405
