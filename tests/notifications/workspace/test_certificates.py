"""The certificate’s screen, its PDF, its proofs and its salt: who opens them, and what they say."""

import hashlib
import json
import logging
import shutil
import subprocess
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from documents.evidence.commitment import commitment
from documents.evidence.pack import verify_receipt
from documents.evidence.receipt import included
from documents.models import Role
from legalcms import clock
from notifications.actions.add_recipients import add_recipients
from notifications.actions.fan_out import fan_out_notices
from notifications.models import Delivery, Recipient
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db

READERS = [Role.RECIPIENTS, Role.AUDITOR, Role.PUBLISHER]
OTHERS = [role for role in Role if role not in READERS]
HOSTILE = '#panic("x") $y$ `z` [b] @c <d> \\e'


@pytest.fixture
def told(announced, smtp):
    """All were told, and version 2 is in force."""
    factories.work()
    announced.publication.refresh_from_db()
    announced.person = Recipient.objects.get(email=announced.emails[0])
    with time_machine.travel(announced.publication.effective_at + timedelta(hours=9), tick=False):
        yield announced


@pytest.fixture
def auditor(client, told):
    user = factories.member(told.publisher, Role.AUDITOR)
    client.force_login(user)
    return user


def url(name, told, *args):
    where = [told.publisher.slug, told.person.pk, *args]
    return reverse(f"notifications_workspace:{name}", args=where)


def page(client, told, **query):
    response = client.get(url("certificate", told), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("role", READERS)
def test_those_who_audit_or_manage_recipients_read_it(client, told, role):
    client.force_login(factories.member(told.publisher, role))
    said = page(client, told)
    assert told.person.email in said
    assert "The exact message was made again from the record" in said
    assert "Accepted is not read" in said
    assert "Download the proof" in said


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_does(client, told, role):
    client.force_login(factories.member(told.publisher, role))
    for name in ("certificate", "certificate_pdf"):
        assert client.get(url(name, told)).status_code == 302
        assert told.person.email not in client.get(url(name, told)).content.decode()


def test_another_publishers_person_does_not_exist(client, told, auditor):
    other = factories.publisher(told.admin)
    factories.recipients(other, told.admin, 1)
    told.person = Recipient.objects.get(publisher=other)
    for name in ("certificate", "certificate_pdf"):
        assert client.get(url(name, told)).status_code == 404
    assert client.post(url("certificate_salt", told)).status_code == 404
    told.publisher = other
    assert client.get(url("certificate", told)).status_code == 404


def test_an_erased_person_does_not_exist(client, told, auditor):
    Recipient.objects.filter(pk=told.person.pk).update(erased_at=clock.now())
    assert client.get(url("certificate", told)).status_code == 404


def test_it_opens_with_today_and_the_first_policy(client, told, auditor):
    said = page(client, told)
    assert f'value="{clock.now().date()}"' in said
    assert "version 2 of “Privacy” was in force" in said


def test_another_day_is_asked_for(client, told, auditor):
    on = clock.now().date() - timedelta(days=1)
    said = page(client, told, policy=told.policy.pk, on=on)
    assert "version 1 of “Privacy” was in force" in said
    assert f"on={on}" in said, "the link to the PDF is about the same day"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"on": "soon"}, "Enter a valid date."),
        ({"on": ""}, "This field is required."),
        ({"on": "9999-12-31"}, "This day has not come yet."),
        ({"on": "0001-01-01"}, "Choose a day after 1970."),
        ({"policy": "x"}, "Select a valid choice."),
        ({"policy": "999999"}, "Select a valid choice."),
    ],
)
def test_a_query_that_cannot_be_used_gets_a_clear_message(client, told, auditor, query, message):
    said = page(client, told, **query)
    assert message in said
    assert "In short" not in said
    response = client.get(url("certificate_pdf", told), query, follow=True)
    assert message in response.content.decode()


def test_a_publisher_without_announcements_says_so(client, told):
    other = factories.publisher(told.admin)
    factories.recipients(other, told.admin, 1)
    told.publisher, told.person = other, Recipient.objects.get(publisher=other)
    client.force_login(factories.member(other, Role.AUDITOR))
    assert "has announced nothing yet" in page(client, told)
    assert client.get(url("certificate_pdf", told)).status_code == 302


def test_the_pdf_says_the_same(client, told, auditor):
    response = client.get(url("certificate_pdf", told))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert f"certificate-{told.person.pk}-{told.policy.slug}" in response["Content-Disposition"]
    assert told.person.email not in response["Content-Disposition"]
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=response.content, capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert "The exact message was made again from the record" in text
    assert "Accepted is not read: a mail server took the message over." in text
    assert "[-two-]{+ten+} years" in text, "the mail itself"
    assert told.person.email in text
    assert Delivery.objects.get(recipient=told.person).attempts.get().sent_sha256 in text


def test_what_somebody_wrote_is_shown_on_the_page_and_on_paper(client, told, auditor):
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        other = factories.policy(told.admin, of=told.publisher)
        factories.publish(other, told.admin)
        add_recipients(
            publisher=told.publisher, people=[("eve@example.org", HOSTILE)], by=told.admin
        )
        told.person = Recipient.objects.get(email="eve@example.org")
        text = MATERIAL_TEXT.replace("your name", HOSTILE)
        factories.publish(other, told.admin, text, summary=HOSTILE)
        factories.work()
        query = {"policy": other.pk}
        said = page(client, told, **query)
        assert "#panic(&quot;x&quot;) $y$ `z` [b] @c &lt;d&gt; \\e" in said
        assert "<d>" not in said
        assert client.get(url("certificate_pdf", told), query).content.startswith(b"%PDF")


def test_the_proof_is_the_file_that_the_verifier_takes(client, told, auditor, tmp_path):
    response = client.get(url("certificate_proof", told, told.notice.pk))
    file = tmp_path / "proof.json"
    file.write_bytes(response.content)
    assert "of 3 is under the root" in included(file)
    assert set(json.loads(response.content)) == {"leaf", "index", "size", "path", "root"}
    assert told.person.salt not in response.content.decode()
    assert told.person.email not in response.content.decode()


def test_proof_and_salt_pass_against_an_exported_log(client, told, auditor, tmp_path):
    folder, file = tmp_path / "folder", tmp_path / "proof.json"
    call_command(
        "export_evidence",
        f"{told.policy.slug}@2",
        publisher=told.publisher.slug,
        to=folder,
        by=auditor.username,
    )
    file.write_bytes(client.get(url("certificate_proof", told, told.notice.pk)).content)
    given = json.loads(client.post(url("certificate_salt", told)).content)
    report = verify_receipt(folder, file, person=(given["address"], given["salt"]))
    assert report.holds, str(report)
    assert not verify_receipt(folder, file, person=("eve@example.org", given["salt"])).holds


def test_a_tampered_proof_does_not_pass(client, told, auditor, tmp_path):
    file = tmp_path / "proof.json"
    content = client.get(url("certificate_proof", told, told.notice.pk)).content
    file.write_bytes(content.replace(b"250", b"251"))
    with pytest.raises(Exception, match="not under the root"):
        included(file)


def test_a_line_that_does_not_fit_its_root_gives_no_proof(client, told, auditor, monkeypatch):
    monkeypatch.setattr("notifications.evidence.leaves", lambda notice: iter([b"other"]))
    response = client.get(url("certificate_proof", told, told.notice.pk))
    assert response.status_code == 409
    assert "do not make the root" in response.content.decode()
    assert "Download the proof" not in page(client, told)
    assert "do not make this root" in page(client, told)


def test_before_the_sealing_there_is_no_proof(client, announced):
    fan_out_notices()
    client.force_login(factories.member(announced.publisher, Role.AUDITOR))
    announced.person = Recipient.objects.get(email=announced.emails[0])
    address = url("certificate_proof", announced, announced.notice.pk)
    assert client.get(address).status_code == 404


def test_the_salt_is_for_auditors_on_request_and_links_the_line(client, told, auditor):
    assert client.get(url("certificate_salt", told)).status_code == 405
    assert told.person.salt not in page(client, told)
    given = json.loads(client.post(url("certificate_salt", told)).content)
    made = commitment(given["address"], given["salt"])
    assert made == Delivery.objects.get(recipient=told.person).commitment
    client.force_login(factories.member(told.publisher, Role.RECIPIENTS))
    assert client.post(url("certificate_salt", told)).status_code == 302
    assert "Download the salt" not in page(client, told)


def test_no_cache_keeps_any_of_it(client, told, auditor):
    for response in (
        client.get(url("certificate", told)),
        client.get(url("certificate_pdf", told)),
        client.get(url("certificate_proof", told, told.notice.pk)),
        client.post(url("certificate_salt", told)),
    ):
        assert "no-store" in response["Cache-Control"]


def test_each_reading_is_noted_without_the_address(client, told, auditor, caplog):
    with caplog.at_level(logging.INFO, logger="notifications"):
        page(client, told)
        client.get(url("certificate_pdf", told))
        client.get(url("certificate_proof", told, told.notice.pk))
        client.post(url("certificate_salt", told))
    said = [record.getMessage() for record in caplog.records if record.name == "notifications"]
    whom = f"of recipient {told.person.pk}"
    assert said == [
        f"User {auditor.pk} read the {what} {whom}"
        for what in ("certificate", "certificate as PDF", "proof of a delivery", "salt")
    ]
    assert told.person.email not in caplog.text


def test_the_list_of_recipients_leads_to_it(client, told):
    client.force_login(factories.member(told.publisher, Role.RECIPIENTS))
    address = reverse("notifications_workspace:recipients", args=[told.publisher.slug])
    assert url("certificate", told) in client.get(address).content.decode()


def test_an_auditor_finds_a_person_by_the_whole_address_alone(client, told, auditor):
    start = client.get(reverse("notifications_workspace:publishers")).content.decode()
    address = reverse("notifications_workspace:find", args=[told.publisher.slug])
    assert address in start
    assert reverse("notifications_workspace:publishers") in client.get("/admin/").content.decode()
    found = client.post(address, {"address": told.person.email.replace("example", "EXAMPLE")})
    assert found.url == url("certificate", told)
    for wrong in (told.person.email[1:], "person", told.person.email.split("@")[1]):
        response = client.post(address, {"address": wrong})
        assert "Nobody with this address" in response.content.decode()
        assert told.emails[1] not in response.content.decode()


def test_the_page_shows_the_hash_of_the_bytes_that_went_over_the_wire(client, told, auditor, smtp):
    sent = [e for e in smtp.received if e.rcpt_tos == [told.person.email]]
    assert hashlib.sha256(sent[0].original_content).hexdigest() in page(client, told)
