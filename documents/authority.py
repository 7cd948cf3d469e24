"""The time stamp authority (RFC 3161): the only place that asks it, and whom it is trusted by."""

import time
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from documents.errors import AuthorityFailed, RootsUnreadable

TIMEOUT = 10  # seconds without a byte
LONGEST = 30  # seconds for the whole answer
MAX_BYTES = 100_000  # an answer with its certificates has some 5000
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def ask(query):
    """The authority's answer to a time stamp query, both in DER. Raises AuthorityFailed.

    Takes up to LONGEST seconds: not for inside a transaction. The address is the
    administrator's setting, http or https by its check.
    """
    request = urllib.request.Request(settings.TSA_URL, data=query, headers=HEADERS)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            return _all_of(response)
    except urllib.error.HTTPError as error:
        error.close()
        raise AuthorityFailed(problem=_("it answered %(code)s") % {"code": error.code}) from None
    except (OSError, ValueError, HTTPException) as error:
        why = str(error) or type(error).__name__
        raise AuthorityFailed(problem=_("it does not answer (%(why)s)") % {"why": why}) from None


def _all_of(response):
    """Bounded in size and in time: an authority may send one byte now and then for ever."""
    until, answer = time.monotonic() + LONGEST, b""
    while part := response.read1(65_536):
        answer += part
        if len(answer) > MAX_BYTES:
            raise AuthorityFailed(problem=_("its answer is too long"))
        if time.monotonic() > until:
            raise AuthorityFailed(problem=_("its answer takes too long"))
    return answer


def trusted_roots():
    """The certificates that authorities are trusted by, in PEM, or None if none are set.

    Raises RootsUnreadable.
    """
    path = settings.TSA_ROOTS
    if path is None:
        return None
    try:
        roots = path.read_bytes()
        x509.load_pem_x509_certificates(roots)
    except OSError as error:
        raise RootsUnreadable(path=path, problem=error.strerror) from None
    except ValueError:
        problem = _("it holds no certificate in PEM")
        raise RootsUnreadable(path=path, problem=problem) from None
    return roots


def name():
    """The authority's address without what only we should know, for the record."""
    parts = urlsplit(settings.TSA_URL)
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"
