"""Start a policy: a page with an empty draft, invisible to the public."""

from django.db import transaction
from wagtail.models import Locale

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from documents.models import Policy
from documents.permissions import require


@transaction.atomic
def create_policy(*, publisher, slug, title, by, kind="privacy_notice", language=""):
    """Returns the Policy, not announced, with a first draft."""
    require(by, "edit", publisher)
    if Policy.objects.filter(publisher=publisher, slug=slug).exists():
        raise InvalidInput(field="slug", problem=f"{slug} is taken by another policy")
    parent = publisher.pages.get()
    locale = Locale.objects.get(language_code=language) if language else parent.locale
    policy = Policy(
        publisher=publisher, slug=slug, title=title, kind=kind, locale=locale, live=False, owner=by
    )
    with clear_errors():
        parent.add_child(instance=policy)
    policy.save_revision(user=by, log_action="wagtail.create")
    return policy
