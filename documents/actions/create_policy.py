"""Start a policy: a page with an empty draft, invisible to the public."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from documents.models import Policy
from documents.permissions import require

# Wagtail leaves most fields of a draft unchecked until its first revision.
GIVEN = {"slug", "title", "kind"}


@transaction.atomic
def create_policy(*, publisher, slug, title, by, kind="privacy_notice", language=""):
    """Returns the Policy, not announced, with a first draft. Raises InvalidInput."""
    require(by, "edit", publisher)
    _require_slug(slug)
    if Policy.objects.filter(publisher=publisher, slug=slug).exists():
        problem = _("“%(slug)s” is taken by another policy.") % {"slug": slug}
        raise InvalidInput(field="slug", problem=problem)
    parent = publisher.pages.get()
    locale = Locale.objects.get(language_code=language) if language else parent.locale
    policy = Policy(
        publisher=publisher, slug=slug, title=title, kind=kind, locale=locale, live=False, owner=by
    )
    with clear_errors():
        policy.clean_fields(exclude={field.name for field in Policy._meta.fields} - GIVEN)
        parent.add_child(instance=policy)
        policy.save_revision(user=by, log_action="wagtail.create")
    return policy


# What the site itself has below a publisher's address.
RESERVED_SLUGS = {"notices"}


def _require_slug(slug):
    """ASCII, as the public addresses match. Wagtail would make up an empty one from the title."""
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise InvalidInput(field="slug", problem=error.messages[0]) from None
    if slug in RESERVED_SLUGS:
        problem = _("“%(slug)s” is used by the site itself.") % {"slug": slug}
        raise InvalidInput(field="slug", problem=problem)
