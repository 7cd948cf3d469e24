"""How commands report: lines for people, JSON for programs; and errors without a traceback."""

import json
from contextlib import contextmanager

from django.core.management.base import CommandError

from documents.errors import LegalCMSError


def report(stdout, facts, *, as_json):
    """Print facts (name → value) as ``name: value`` lines or as one JSON object."""
    if as_json:
        stdout.write(json.dumps(facts, default=str, ensure_ascii=False))
        return
    for name, value in facts.items():
        stdout.write(f"{name}: {value}")


@contextmanager
def plain_errors():
    """Turn our errors into the command's own: one clear message, exit code 1."""
    try:
        yield
    except LegalCMSError as error:
        raise CommandError(str(error)) from error
