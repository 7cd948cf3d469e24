"""The gap report: everybody once, whatever happened in whatever order."""

import csv
import io
import json
import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from documents.errors import LegalCMSError
from documents.models import Role
from legalcms import clock
from notifications import gap_report as reporting
from notifications.actions.begin_attempts import begin_attempts
from notifications.actions.claim import claim
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.leave import leave
from notifications.actions.record_answer import record_answers
from notifications.actions.record_event import record_event
from notifications.gap_export import csv_pieces, json_pieces, safe
from notifications.gap_report import Group, gap_report, group_of, rows
from notifications.mailer import Answer, Letter
from notifications.models import Delivery, Recipient
from notifications.models.deliveries import EventKind, Outcome
from tests import factories
from tests.factories import MATERIAL_TEXT

PEOPLE = 4
KINDS = st.sampled_from([kind.value for kind in EventKind])
ANSWERS = st.sampled_from(
    [
        Answer(Outcome.ACCEPTED, "250"),
        Answer(Outcome.DEFERRED, "451"),
        Answer(Outcome.FAILED, "550"),
        Answer(Outcome.UNKNOWN, "connection lost"),
        Answer(Outcome.NOT_SENT, ""),
    ]
)
WHO = st.integers(0, PEOPLE - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), WHO, ANSWERS),
        st.tuples(st.just("begin"), WHO, st.none()),
        st.tuples(st.just("event"), WHO, st.tuples(KINDS, st.integers(0, 60))),
        st.tuples(st.just("leave"), WHO, st.none()),
    ),
    max_size=20,
)


def announce():
    admin = factories.admin()
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin, PEOPLE)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    fan_out_notices()
    return admin, publication.notices.get()


def take(step, who, what, admin, deliveries):
    """One thing that may happen to one delivery; what the rules refuse does not."""
    delivery = deliveries[who]
    if step == "leave":
        leave(recipient_id=delivery.recipient_id, by=admin)
    elif step == "event":
        kind, minutes = what
        try:
            record_event(
                message_id=delivery.message_id,
                kind=kind,
                happened_at=clock.now() - timedelta(minutes=minutes),
            )
        except LegalCMSError:
            return
    else:
        Delivery.objects.filter(pk=delivery.pk, settled_at=None).update(due_at=clock.now())
        claimed = [each for each in claim(limit=PEOPLE) if each.pk == delivery.pk]
        letters = [Letter(b"mail", "", "", each) for each in claimed]
        if begin_attempts(letters, clock.now()) and step == "answer":
            record_answers([(claimed[0], what)])


class TestSums(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.by, cls.notice = announce()

    @settings(max_examples=60)
    @given(steps=STEPS, quiet_days=st.sampled_from([0, 2]))
    def test_the_sums_equal_the_snapshot_whatever_happened(self, steps, quiet_days):
        deliveries = list(Delivery.objects.filter(notice=self.notice).order_by("pk"))
        with self.settings(RELAY_QUIET_DAYS=quiet_days):
            for step in steps:
                take(*step, self.by, deliveries)
                # A claim takes its neighbours along; give them back for the next step.
                Delivery.objects.filter(state="claimed").update(
                    state="planned", token="", lease_until=None
                )
        report = gap_report(self.notice)
        assert report.adds_up
        assert report.snapshot == PEOPLE
        listed = list(rows(self.notice))
        for group in Group:
            of_group = list(rows(self.notice, group))
            assert [row for row in listed if row.group == group] == of_group
            assert report.count(group) == len(of_group)


pytestmark = pytest.mark.django_db


def test_every_state_is_in_a_group():
    for state in Delivery._meta.get_field("state").choices:
        assert group_of(state[0], "") in Group


@pytest.fixture
def told(announced, smtp):
    """One accepted and bounced afterwards, one delivered, one refused."""
    refused = announced.emails[2]
    smtp.recipient_answer = lambda address: "550 no" if address == refused else None
    factories.work()
    first, second, third = Delivery.objects.order_by("pk")
    for delivery, kind, code in ((first, "bounced", "5.1.1"), (second, "delivered", "")):
        record_event(message_id=delivery.message_id, kind=kind, code=code, happened_at=clock.now())
    announced.deliveries = (first, second, third)
    return announced


def test_it_says_what_became_of_whom_and_why(told):
    lines = [(line.group, line.reason, line.count) for line in gap_report(told.notice).lines]
    assert lines == [("delivered", "", 1), ("returned", "bounced 5.1.1", 1), ("failed", "550", 1)]
    assert gap_report(told.notice).suppressed == 1


def test_rows_are_read_in_pages_that_leave_nobody_out(told, monkeypatch):
    monkeypatch.setattr(reporting, "PAGE", 2)
    assert [row.delivery.pk for row in rows(told.notice)] == [d.pk for d in told.deliveries]


def test_csv_and_json_say_the_same_and_hold_addresses_only_where_allowed(told):
    for with_addresses in (True, False):
        table = "".join(csv_pieces(told.notice, with_addresses=with_addresses))
        report = gap_report(told.notice)
        said = json.loads("".join(json_pieces(told.notice, report, with_addresses=with_addresses)))
        people = list(csv.DictReader(io.StringIO(table)))
        assert [each["group"] for each in people] == ["returned", "delivered", "failed"]
        assert [each["group"] for each in said["people"]] == ["returned", "delivered", "failed"]
        assert said["snapshot"] == sum(each["count"] for each in said["groups"]) == 3
        for email in told.emails:
            assert (email in table) is with_addresses
            assert (email in str(said)) is with_addresses


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(told, cell):
    assert safe(cell).startswith("'")
    Recipient.objects.filter(pk=told.deliveries[0].recipient_id).update(email=f"{cell}@x.example")
    table = "".join(csv_pieces(told.notice, with_addresses=True))
    for row in csv.reader(io.StringIO(table)):
        assert not any(each.startswith(("=", "+", "-", "@", "\t", "\r")) for each in row)


def url(name, told):
    return reverse(f"notices_workspace:{name}", args=[told.notice.pk])


@pytest.mark.parametrize("role", Role)
def test_addresses_are_for_those_who_manage_recipients_and_the_look_is_logged(
    client, told, role, caplog, monkeypatch
):
    monkeypatch.setattr(logging.getLogger("notifications"), "propagate", True)
    caplog.set_level(logging.INFO, "notifications")
    user = factories.member(told.publisher, role)
    client.force_login(user)
    refused = told.emails[2]
    page = client.get(url("gaps", told)).content.decode()
    table = client.get(url("gaps_csv", told)).getvalue().decode()
    said = client.get(url("gaps_json", told)).getvalue().decode()
    sees = role == Role.RECIPIENTS
    assert [refused in text for text in (page, table, said)] == [sees] * 3
    assert f"User {user.pk} read addresses" in caplog.text or not sees
    assert refused not in caplog.text
    assert "as in the snapshot of the audience" in page


def test_the_people_of_a_group_lead_to_their_certificates(client, told):
    client.force_login(told.admin)
    page = client.get(url("gaps", told), {"group": "returned"}).content.decode()
    person = told.deliveries[0].recipient
    assert person.email in page
    certificate = reverse(
        "notifications_workspace:certificate", args=[told.publisher.slug, person.pk]
    )
    assert f"{certificate}?policy={told.policy.pk}" in page


def test_whoever_was_not_reached_or_complained_is_listed_with_what_stands_in(client, told):
    record_event(
        message_id=told.deliveries[1].message_id, kind="complained", happened_at=clock.now()
    )
    client.force_login(told.admin)
    page = client.get(url("gaps", told)).content.decode()
    assert "Came back (5.1.1)" in page
    assert "Refused by the mail server (550)" in page
    assert "Reported as unwanted" in page
    assert page.count("None: no notice on the site was chosen") == 3
    for email in told.emails:
        assert email in page


@pytest.mark.parametrize("query", [{"group": "<b>"}, {"after": "x"}, {"after": "9" * 30}])
def test_a_query_that_cannot_be_used_shows_the_first_page(client, told, query):
    client.force_login(told.admin)
    assert client.get(url("gaps", told), query).status_code == 200


def run(told, capsys, *arguments, by=None):
    call_command(
        "gap_report",
        str(told.publication.pk),
        *arguments,
        publisher=told.publisher.slug,
        by=(by or told.admin).username,
    )
    return capsys.readouterr().out


def test_the_command_counts_and_writes(told, capsys, tmp_path):
    table, people = tmp_path / "gaps.csv", tmp_path / "gaps.json"
    said = json.loads(run(told, capsys, "--json", "--csv", str(table), "--json-file", str(people)))
    assert (said["snapshot"], said["round"]) == (3, 1)
    assert told.emails[0] in table.read_text()
    assert len(json.loads(people.read_text())["people"]) == 3
    assert "failed (550): 1" in run(told, capsys)


def test_the_command_hides_addresses_and_other_publishers(told, capsys, tmp_path):
    table = tmp_path / "gaps.csv"
    run(told, capsys, "--csv", str(table), by=factories.member(told.publisher, Role.AUDITOR))
    assert told.emails[0] not in table.read_text()
    other = factories.publisher(told.admin)
    told.publisher = other
    with pytest.raises(CommandError, match="There is no notice"):
        run(told, capsys)
