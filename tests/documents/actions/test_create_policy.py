"""Starting a policy."""

import pytest

from documents.actions.create_policy import create_policy
from documents.errors import InvalidInput
from documents.models import Policy
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"slug": "My Policy"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"slug": "été"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"slug": "a" * 300}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"kind": "poem"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "a" * 300}, "title"),
    ],
)
def test_values_that_cannot_be_used_are_named_and_nothing_is_created(values, field):
    admin = factories.admin()
    publisher = factories.publisher(admin)
    create_policy(publisher=publisher, slug="taken", title="Privacy", by=admin)
    asked = {"slug": "privacy", "title": "Privacy"} | values
    with pytest.raises(InvalidInput) as caught:
        create_policy(publisher=publisher, by=admin, **asked)
    assert caught.value.data["field"] == field
    assert Policy.objects.get().slug == "taken"
