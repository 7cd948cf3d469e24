"""T-21: every way round the record that Wagtail's own features offer, tried on a text in force."""

from contextlib import suppress

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import ProtectedError
from wagtail.models import GroupPagePermission, Page, Revision

from documents import queries
from documents.errors import LegalCMSError
from documents.models import Entry, Place, Policy, PublisherPage, Version
from legalcms import clock
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    """Version 1 in force, and a draft that has moved on."""
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.write(policy, MATERIAL_TEXT, admin)
    return Policy.objects.get(pk=policy.pk)


def record(policy, client):
    """What binds, and what the public reads."""
    page = client.get(f"/{policy.publisher.slug}/{policy.slug}/").content.decode()
    return (
        queries.in_force(policy, clock.now()).computed_sha256(),
        [*Version.objects.values()],
        [*Place.objects.values()],
        Entry.objects.count(),
        page,
    )


def purge_revisions(policy, admin):
    call_command("purge_revisions", verbosity=0)


def publish_scheduled(policy, admin):
    Revision.objects.filter(object_id=str(policy.pk)).update(approved_go_live_at=clock.now())
    call_command("publish_scheduled", verbosity=0)


def expire(policy, admin):
    Page.objects.filter(pk=policy.pk).update(expire_at=clock.now())
    call_command("publish_scheduled", verbosity=0)


def unpublish(policy, admin):
    policy.unpublish(user=admin)


def delete_page(policy, admin):
    policy.delete(user=admin)


def delete_page_in_code(policy, admin):
    policy.delete()


def delete_publisher_page(policy, admin):
    PublisherPage.objects.get(publisher=policy.publisher).delete(user=admin)


def delete_publisher(policy, admin):
    policy.publisher.delete()


def delete_revisions(policy, admin):
    Page.objects.filter(pk=policy.pk).update(latest_revision=None, live_revision=None)
    Revision.objects.filter(object_id=str(policy.pk)).delete()


def publish_the_latest_revision(policy, admin):
    policy.get_latest_revision().publish(user=admin, skip_permission_checks=True)


def revert_and_publish(policy, admin):
    first = Revision.objects.filter(object_id=str(policy.pk)).order_by("pk").first()
    page = first.as_object()
    page.save_revision(user=admin).publish(user=admin, skip_permission_checks=True)


def rewrite_the_page(policy, admin):
    Page.objects.filter(pk=policy.pk).update(title="Something else", live=False, slug="gone")
    Page.objects.filter(pk=policy.pk).update(title=policy.title, live=True, slug=policy.slug)


def copy_with_its_revisions(policy, admin):
    policy.copy(user=admin, keep_live=True, recursive=True)


def alias(policy, admin):
    policy.create_alias(user=admin)


def translate(policy, admin):
    policy.copy_for_translation(policy.locale)


def move(policy, admin):
    policy.move(Page.objects.get(depth=1), user=admin)


def cancel_and_finish_a_workflow(policy, admin):
    state = policy.get_workflow().start(policy, admin)
    state.cancel(user=admin)
    state = policy.get_workflow().start(policy, admin)
    state.current_task_state.approve(user=admin)


def grant_every_page_permission(policy, admin):
    for permission in GroupPagePermission.objects.all()[:1]:
        for codename in ("publish_page", "bulk_delete_page", "unlock_page"):
            found = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
            GroupPagePermission.objects.get_or_create(
                group=permission.group, page=policy, permission=found
            )
    policy.get_latest_revision().publish(user=admin)


WAYS = [
    purge_revisions,
    publish_scheduled,
    expire,
    unpublish,
    delete_page,
    delete_page_in_code,
    delete_publisher_page,
    delete_publisher,
    delete_revisions,
    publish_the_latest_revision,
    revert_and_publish,
    rewrite_the_page,
    copy_with_its_revisions,
    alias,
    translate,
    move,
    cancel_and_finish_a_workflow,
    grant_every_page_permission,
]


@pytest.mark.parametrize("way", WAYS)
def test_t21_it_changes_nothing_that_binds_and_nothing_that_readers_see(policy, admin, client, way):
    before = record(policy, client)
    with suppress(LegalCMSError, ProtectedError, PermissionDenied):
        way(policy, admin)
    assert record(Policy.objects.get(pk=policy.pk), client) == before
