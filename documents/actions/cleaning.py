"""Turning a model's validation errors into one error with one clear sentence."""

from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from documents.errors import InvalidInput


@contextmanager
def clear_errors():
    """Raise InvalidInput naming the first wrong field instead of ValidationError."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise InvalidInput(field=_("input"), problem=error.messages[0]) from None
        field, problems = next(iter(error.message_dict.items()))
        name = _("input") if field == NON_FIELD_ERRORS else field
        raise InvalidInput(field=name, problem=problems[0]) from None


def clean(instance):
    """Check a row against its model; raises InvalidInput."""
    with clear_errors():
        instance.full_clean()
