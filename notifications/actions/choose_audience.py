"""Choose whom to tell of a policy beside those whom its promise names, and in which languages."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from documents.permissions import require
from notifications.models import AudienceChoice, RecipientRole
from notifications.models.recipients import LANGUAGE_TAG


@transaction.atomic
def choose_audience(*, policy, roles, languages, by):
    """roles: of RecipientRole, told beside those of the promise. languages: empty means all.

    Returns the AudienceChoice. Raises InvalidInput.
    """
    require(by, "publish", policy.publisher)
    if not set(roles) <= set(RecipientRole.values):
        raise InvalidInput(field="roles", problem=_("There is no such role."))
    with clear_errors():
        for language in languages:
            LANGUAGE_TAG(language)
    choice, _is_new = AudienceChoice.objects.select_for_update().get_or_create(policy=policy)
    choice.roles, choice.languages = sorted(set(roles)), sorted(set(languages))
    choice._history_user = by
    choice.save()
    return choice
