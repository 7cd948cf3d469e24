"""``check --deploy``: whether mail from here has a chance to arrive.

DNS is asked here alone, for some seconds, and never at start-up. Where it does
not answer the check says that it could not look.
"""

from contextlib import suppress
from email.utils import parseaddr

import dns.exception
import dns.resolver
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from documents.models import Publisher

TIMEOUT = 3.0  # seconds for one name
MOST_DOMAINS = 10
LOCAL = {"localhost", "127.0.0.1", "::1"}


class Unreachable(Exception):
    """No name server answered."""


def check_mail(app_configs=None, **kwargs):
    found = [*check_transport(), *check_software_sender()]
    for domain in sender_domains()[:MOST_DOMAINS]:
        try:
            found += check_domain(domain)
        except Unreachable:
            return [*found, not_looked(domain)]
    return found


def check_transport():
    smtp = settings.SMTP
    if smtp["host"] in LOCAL or smtp.get("use_tls") or smtp.get("use_ssl"):
        return
    yield checks.Warning(
        f"Mail goes to {smtp['host']} without TLS: anyone on the way can read and change it.",
        hint="Begin LEGALCMS_EMAIL_URL with smtp+tls:// or smtps://.",
        id="legalcms.W001",
    )


def check_software_sender():
    if domain_of(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]) == "localhost":
        yield checks.Warning(
            "Alarms come from an address at localhost, which mail servers may refuse.",
            hint="Set LEGALCMS_FROM_EMAIL, such as: Legal CMS <legalcms@example.org>.",
            id="legalcms.W002",
        )


def sender_domains():
    """The domains that mail comes from, in order; only the software's own without a database."""
    addresses = [parseaddr(settings.DEFAULT_FROM_EMAIL)[1]]
    with suppress(DatabaseError):
        addresses += Publisher.objects.order_by("pk").values_list("sender_email", flat=True)
    return [name for name in dict.fromkeys(map(domain_of, addresses)) if name not in LOCAL]


def domain_of(address):
    return address.rpartition("@")[2].lower()


def check_domain(domain):
    """What is missing of SPF, DMARC and DKIM. Raises Unreachable."""
    if texts(domain) is None:
        yield unknown(domain)
        return
    if not has_record(domain, "v=spf1"):
        yield missing("SPF", domain, "W003")
    if not has_record(f"_dmarc.{domain}", "v=DMARC1"):
        yield missing("DMARC", f"_dmarc.{domain}", "W004")
    keys = [f"{selector}._domainkey.{domain}" for selector in settings.DKIM_SELECTORS]
    if keys and not any(has_record(name, "p=") for name in keys):
        yield missing("DKIM", " or ".join(keys), "W005")
    if not keys:
        yield checks.Info(
            f"The DKIM key of {domain} was not looked for: its selector is not known here.",
            hint="Set LEGALCMS_DKIM_SELECTORS to what your mail server signs with.",
            id="legalcms.I001",
        )


def missing(what, name, code):
    return checks.Warning(
        f"There is no {what} record at {name}: large mail services refuse or hide such mail.",
        id=f"legalcms.{code}",
    )


def unknown(domain):
    return checks.Warning(
        f"The name server here does not know {domain}: nobody could check mail from it.",
        hint="Where it answers for this network alone, run this check elsewhere.",
        id="legalcms.W006",
    )


def not_looked(domain):
    return checks.Info(
        f"SPF, DKIM and DMARC of {domain} were not read: no name server answers from here.",
        id="legalcms.I002",
    )


def has_record(name, mark):
    return any(mark.lower() in text.lower() for text in texts(name) or ())


def texts(name):
    """The TXT records of a name; None if there is no such name. Raises Unreachable."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=TIMEOUT)
    except dns.resolver.NXDOMAIN:
        return None
    except dns.resolver.NoAnswer:
        return []
    except (dns.exception.DNSException, OSError):
        raise Unreachable from None
    return [b"".join(record.strings).decode(errors="replace") for record in answer]
