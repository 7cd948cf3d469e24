"""The screens of one person."""

import csv

import pytest
from django.urls import reverse

from documents.models import Role
from notifications.models import Recipient
from tests import factories
from tests.documents.workspace.saying import said

pytestmark = pytest.mark.django_db
FIELDS = {"email": "ada@example.org", "name": "Ada", "is_end_user": "on"}


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def publisher(admin):
    return factories.publisher(admin)


@pytest.fixture
def person(client, publisher, admin):
    factories.recipients(publisher, admin, 1)
    client.force_login(factories.member(publisher, Role.RECIPIENTS))
    return Recipient.objects.get()


def url(name, person, *args):
    return reverse(f"notifications_workspace:{name}", args=[person.publisher.slug, *args])


def test_roles_address_and_names_are_corrected_and_the_history_says_by_whom(client, person):
    page = url("person", person, person.pk)
    assert said(client.post(page, FIELDS)) == "Saved."
    after = Recipient.objects.get()
    assert (after.email, after.name, after.roles) == ("ada@example.org", "Ada", ["end_user"])
    shown = client.get(page).content.decode()
    assert person.email in shown  # as it was
    assert str(after.history.first().history_user) in shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"is_end_user": ""}, "is_account_holder"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(client, person, change, field):
    response = client.post(url("person", person, person.pk), FIELDS | change)
    assert field in response.context["form"].errors
    assert Recipient.objects.get().email == person.email


def test_an_address_is_suppressed_with_a_reason_and_lifted(client, person):
    response = client.post(url("suppress", person, person.pk), {"reason": ""})
    assert "reason" in response.context["form"].errors
    client.post(url("suppress", person, person.pk), {"reason": "Bounced."})
    assert Recipient.objects.get().suppressed_reason == "Bounced."
    assert "Bounced." in client.get(url("recipients", person)).content.decode()
    client.post(url("lift", person, person.pk))
    assert Recipient.objects.to_be_told().count() == 1


def test_who_is_erased_is_gone_from_the_screens(client, person):
    assert person.email in client.get(url("erase", person, person.pk)).content.decode()
    assert client.post(url("erase", person, person.pk)).url == url("recipients", person)
    assert person.email not in client.get(url("recipients", person)).content.decode()
    assert client.get(url("person", person, person.pk)).status_code == 404


def test_the_list_comes_out_as_csv(client, person):
    client.post(url("person", person, person.pk), FIELDS | {"name": "=1+1"})
    response = client.get(url("export", person))
    rows = list(csv.DictReader(response.getvalue().decode().splitlines()))
    assert rows[0]["email"] == "ada@example.org"
    assert rows[0]["name"] == "'=1+1"
    assert "no-store" in response["Cache-Control"]


def test_people_are_found_by_the_publishers_own_id(client, person):
    client.post(url("person", person, person.pk), FIELDS | {"external_id": "id-7"})
    assert "ada@" in client.get(url("results", person), {"q": "id-7"}).content.decode()
