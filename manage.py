#!/usr/bin/env python3
"""The project's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError


def main(argv):
    """Run one command. What a person can put right ends in one message."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legalcms.settings.dev")
    for argument in argv[1:]:
        if not is_text(argument):
            sys.exit(f"This argument is not UTF-8 text: {argument!a}")
    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration: {error}")
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in argv:
            raise
        sys.exit(
            f"The database cannot be used ({first_line(error)}). "
            "Is it running, and has `manage.py migrate` been run?"
        )


def is_text(argument):
    """False where the shell passed bytes that are no UTF-8: Python keeps them as surrogates."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True


def first_line(error):
    return str(error).strip().partition("\n")[0]


if __name__ == "__main__":
    main(sys.argv)
