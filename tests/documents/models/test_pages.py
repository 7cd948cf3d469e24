"""Pages that Wagtail may not multiply or move, from code either."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Locale, Page

from documents.errors import WagtailPublishingRefused
from documents.models import HomePage, Policy
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    return factories.policy(factories.admin())


def test_code_cannot_copy_alias_translate_or_move_a_retained_page(policy):
    elsewhere = Page.objects.get(depth=1)
    french = Locale.objects.get_or_create(language_code="fr")[0]
    before = Page.objects.count()
    for page in (policy, policy.get_parent().specific, HomePage.objects.get()):
        for attempt in (
            lambda page=page: page.copy(update_attrs={"slug": "copy"}, keep_live=False),
            lambda page=page: page.create_alias(update_slug="alias"),
            lambda page=page: page.copy_for_translation(french),
            lambda page=page: page.move(elsewhere, pos="last-child"),
        ):
            with pytest.raises(WagtailPublishingRefused):
                attempt()
    assert Page.objects.count() == before


def test_there_is_one_home_page():
    assert not HomePage.can_create_at(Page.objects.get(depth=1))


def test_a_key_is_one_policys_alone(policy):
    other = factories.policy(factories.admin())
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(pk=other.pk).update(key=policy.key)
    assert "key" in Policy.exclude_fields_in_copy
