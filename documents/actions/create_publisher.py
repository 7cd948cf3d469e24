"""Found a publisher: its row, its page, its teams and its evidence chain."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from documents.actions.append_entry import append_entry
from documents.actions.cleaning import clean
from documents.errors import NotAllowed
from documents.models import Actor, Chain, HomePage, Publisher, PublisherPage, Role, Team
from documents.models.publishers import TwoPersonRule
from documents.workflow import create_workflow

PAGE_PERMISSIONS = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.REVIEWER: ("add_page", "change_page"),
    Role.PUBLISHER: ("add_page", "change_page", "lock_page", "unlock_page"),
}


@transaction.atomic
def create_publisher(
    *,
    slug,
    name,
    contact,
    by,
    legal_entity="",
    sender_email="",
    sender_name="",
    time_zone="UTC",
    two_person_rule=TwoPersonRule.MATERIAL,
):
    """Returns the Publisher. The sender defaults to the contact and the name."""
    if not by.is_superuser:
        raise NotAllowed(user=by.get_username(), publisher=name, role=_("administrator"))
    publisher = Publisher(
        slug=slug,
        name=name,
        legal_entity=legal_entity,
        contact=contact,
        sender_name=sender_name or name,
        sender_email=sender_email or contact,
        time_zone=time_zone,
        two_person_rule=two_person_rule,
    )
    clean(publisher)
    publisher.save()
    page = PublisherPage(publisher=publisher, title=name, slug=slug)
    HomePage.objects.order_by("depth").first().add_child(instance=page)
    for role in Role:
        _create_team(publisher, role, page)
    create_workflow(publisher, page)
    Chain.objects.create(publisher=publisher)
    append_entry(
        publisher=publisher,
        kind="publisher.created",
        payload={
            "name": name,
            "legal_entity": legal_entity,
            "two_person_rule": two_person_rule,
        },
        actor=Actor.of(by),
    )
    return publisher


def _create_team(publisher, role, page):
    group = Group.objects.create(name=f"{publisher.slug}: {role.label}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in PAGE_PERMISSIONS.get(role, ()):
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    Team.objects.create(publisher=publisher, role=role, group=group)
