"""The screens of the recipients."""

import pytest
from django.urls import reverse

from documents.models import Role
from notifications.models import Recipient
from notifications.workspace import recipients as screens
from tests import factories
from tests.documents.workspace.saying import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def publisher(admin):
    return factories.publisher(admin)


@pytest.fixture
def manager(client, publisher):
    """Who manages this publisher's recipients. Logged in."""
    user = factories.member(publisher, Role.RECIPIENTS)
    client.force_login(user)
    return user


def url(name, publisher, *args):
    return reverse(f"notifications_workspace:{name}", args=[publisher.slug, *args])


def add(client, publisher, text):
    return client.post(url("add", publisher), {"people": text})


def addresses(publisher):
    return [*Recipient.objects.filter(publisher=publisher).values_list("email", "name")]


def test_people_are_added_one_a_line_with_or_without_a_name(client, publisher, manager):
    response = add(client, publisher, "ada@example.org, Ada Lovelace\r\n\r\nbo@example.org\r\n")
    assert response.url == url("recipients", publisher)
    assert said(response) == "2 people added."
    assert addresses(publisher) == [("ada@example.org", "Ada Lovelace"), ("bo@example.org", "")]
    page = client.get(response.url).content.decode()
    assert "Ada Lovelace" in page
    assert "2 people" in page


def test_who_is_known_already_is_counted_apart(client, publisher, manager):
    add(client, publisher, "ada@example.org")
    response = add(client, publisher, "ada@EXAMPLE.org\nbo@example.org")
    assert "1 person added." in said(response)
    assert "1 line names somebody who is in the list already." in said(response)
    assert len(addresses(publisher)) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ada@example.org\n\nnot an address\nbo@example.org", "Line 3, “not an address”"),
        ("ada@example.org\r\nx@y", "Line 2, “x@y”"),
        ("ada@example.org\n, Nobody", "Line 2"),
        ("ada@example.org\nbo@example.org\u2028Bcc: eve@example.org", "Line 2"),
        ("ada@example.org\nbo@example.org, Bo\u0085Bcc: eve@example.org", "Line 2"),
        (f"ada@example.org\nbo@example.org, {'x' * 201}", "Line 2"),
        ("", "This field is required."),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nobody_is_added(
    client, publisher, manager, text, says
):
    response = add(client, publisher, text)
    assert response.status_code == 200
    assert says in response.context["form"].errors["people"][0]
    assert "Nothing was changed." in said(response)
    assert addresses(publisher) == []


def test_every_wrong_line_is_named_at_once(client, publisher, manager):
    problems = add(client, publisher, "a\nok@example.org\nb").context["form"].errors["people"]
    assert [problem.split(",")[0] for problem in problems] == ["Line 1", "Line 3"]


def test_who_has_left_is_marked_after_a_question_and_told_nothing_more(client, publisher, manager):
    add(client, publisher, "ada@example.org\nbo@example.org")
    ada = Recipient.objects.get(email="ada@example.org")
    assert (
        "Has ada@example.org left?" in client.get(url("left", publisher, ada.pk)).content.decode()
    )
    assert Recipient.objects.to_be_told().count() == 2
    response = client.post(url("left", publisher, ada.pk))
    assert said(response) == "ada@example.org will get no further notices."
    assert [person.email for person in Recipient.objects.to_be_told()] == ["bo@example.org"]
    page = client.get(url("recipients", publisher)).content.decode()
    assert "Left on" in page
    assert url("left", publisher, ada.pk) not in page


def test_a_recipient_of_another_publisher_is_not_found_here(client, admin, publisher, manager):
    other = factories.publisher(admin)
    factories.recipients(other, admin, 1)
    stranger = Recipient.objects.get(publisher=other)
    assert client.post(url("left", publisher, stranger.pk)).status_code == 404
    assert Recipient.objects.to_be_told().filter(pk=stranger.pk).exists()
    assert stranger.email not in client.get(url("recipients", publisher)).content.decode()


def test_people_are_found_by_address_and_by_name(client, publisher, manager):
    add(client, publisher, "ada@example.org, Ada\nbo@example.org, Bo")
    for wanted, found, other in (("ADA@", "ada@", "bo@example"), ("bo", "bo@", "ada@example")):
        for name in ("recipients", "results"):
            page = client.get(url(name, publisher), {"q": wanted}).content.decode()
            assert found in page
            assert other not in page
    assert (
        "Nobody matches “zoe”."
        in client.get(url("results", publisher), {"q": "zoe"}).content.decode()
    )


def test_a_long_list_comes_in_pages(client, publisher, manager, monkeypatch):
    monkeypatch.setattr(screens, "PAGE_SIZE", 2)
    add(client, publisher, "a@example.org\nb@example.org\nc@example.org")
    first = client.get(url("recipients", publisher)).content.decode()
    assert "b@example.org" in first
    assert "c@example.org" not in first
    assert "Page 1 of 2" in first
    assert "c@example.org" in client.get(url("recipients", publisher), {"p": 2}).content.decode()
    assert "c@example.org" in client.get(url("recipients", publisher), {"p": "99"}).content.decode()


def test_the_list_of_publishers_counts_those_to_be_told(client, admin, publisher, manager):
    factories.recipients(publisher, admin, 3)
    client.post(url("left", publisher, Recipient.objects.first().pk))
    page = client.get(reverse("notifications_workspace:publishers")).content.decode()
    assert publisher.name in page
    assert "<td>2</td>" in page


def test_the_menu_shows_recipients_to_those_who_manage_them(client, publisher, manager):
    address = reverse("notifications_workspace:publishers")
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(factories.member(publisher, Role.EDITOR))
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
