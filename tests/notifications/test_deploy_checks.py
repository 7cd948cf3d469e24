"""``check --deploy`` on mail: a real name server for what DNS says, and for none."""

import socket
import threading
import time

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from django.core.checks import run_checks

from notifications import deploy_checks
from tests import factories
from tests.mail_server import free_port

pytestmark = pytest.mark.django_db
DOMAIN = "acme.example"


class NameServer(threading.Thread):
    """Answers TXT questions on a UDP port. texts: name → record."""

    def __init__(self, texts):
        super().__init__(daemon=True)
        self.texts = texts
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self):
        while True:
            try:
                data, client = self.socket.recvfrom(4096)
            except OSError:
                return
            asked = dns.message.from_wire(data)
            answer = dns.message.make_response(asked)
            name = asked.question[0].name
            text = self.texts.get(str(name).rstrip("."))
            if text:
                answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", f'"{text}"'))
            if not self.texts:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            self.socket.sendto(answer.to_wire(), client)


@pytest.fixture
def asked_at(monkeypatch):
    """A function that sends all questions to a port of this machine."""

    def use(port):
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], port
        monkeypatch.setattr(dns.resolver, "default_resolver", resolver)

    return use


@pytest.fixture
def name_server(asked_at):
    def start(texts):
        server = NameServer(texts)
        server.start()
        asked_at(server.port)
        servers.append(server)

    servers = []
    yield start
    for server in servers:
        server.socket.close()


@pytest.fixture
def acme(settings):
    settings.DEFAULT_FROM_EMAIL = f"Legal CMS <legalcms@{DOMAIN}>"
    settings.SMTP = {"host": "smtp.acme.example", "use_tls": True}
    settings.DKIM_SELECTORS = ["s1"]
    return factories.publisher(factories.admin(), contact=f"legal@{DOMAIN}")


def found():
    return {each.id for each in deploy_checks.check_mail()}


def test_a_domain_that_has_what_it_takes_passes(acme, name_server):
    key = {f"s1._domainkey.{DOMAIN}": "v=DKIM1; p=abc"}
    name_server({DOMAIN: "v=spf1 -all", f"_dmarc.{DOMAIN}": "v=DMARC1; p=none"} | key)
    assert found() == set()


def test_what_a_domain_lacks_is_named(acme, name_server):
    name_server({DOMAIN: "unrelated"})
    assert found() == {"legalcms.W003", "legalcms.W004", "legalcms.W005"}


def test_a_domain_that_nobody_knows_is_said_to_be_unknown(acme, name_server):
    name_server({})
    assert found() == {"legalcms.W006"}


def test_without_a_selector_it_says_that_dkim_was_not_looked_for(acme, name_server, settings):
    settings.DKIM_SELECTORS = []
    name_server({DOMAIN: "v=spf1 -all", f"_dmarc.{DOMAIN}": "v=DMARC1; p=none"})
    assert found() == {"legalcms.I001"}


def test_without_dns_it_says_so_within_seconds(acme, asked_at):
    asked_at(free_port())
    begun = time.monotonic()
    assert found() == {"legalcms.I002"}
    assert time.monotonic() - begun < 2 * deploy_checks.TIMEOUT


def test_mail_without_tls_and_a_sender_at_localhost_are_warned_of(settings):
    settings.SMTP = {"host": "smtp.acme.example"}
    settings.DEFAULT_FROM_EMAIL = "Legal CMS <legalcms@localhost>"
    assert found() == {"legalcms.W001", "legalcms.W002"}


def test_a_mail_server_on_this_machine_needs_no_tls(settings):
    settings.SMTP = {"host": "127.0.0.1"}
    settings.DEFAULT_FROM_EMAIL = "Legal CMS <legalcms@localhost>"
    assert found() == {"legalcms.W002"}


def test_nothing_is_asked_at_start_up(acme, monkeypatch):
    def fail(*arguments, **named):
        raise AssertionError("DNS was asked")

    monkeypatch.setattr(dns.resolver, "resolve", fail)
    run_checks()
