"""The list of policies, and promise."""

import pytest
from django.urls import reverse

from documents.models import PromiseSetting, Role
from documents.promises import Period
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


def url(name, policy):
    return reverse(f"documents_workspace:{name}", args=[policy.pk])


def test_the_list_says_what_is_in_force_and_what_is_announced(client, admin, policy, publisher):
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    client.force_login(publisher)
    page = client.get(reverse("documents_workspace:policies")).content.decode()
    assert "Version 1" in page
    assert "Version 2" in page
    assert "Pending" in page
    assert url("publish", policy) in page


def test_the_list_offers_only_what_a_role_may_do(client, policy):
    client.force_login(factories.member(policy.publisher, Role.AUDITOR))
    page = client.get(reverse("documents_workspace:policies")).content.decode()
    assert url("outline", policy) in page
    assert url("publish", policy) not in page
    assert "New policy" not in page


def test_a_new_policy_starts_as_a_draft_that_nobody_sees(client, policy, editor):
    client.force_login(editor)
    parent = policy.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["documents", "policy", parent.pk])
    assert address in client.get(reverse("documents_workspace:policies")).content.decode()
    data = {"title": "Terms", "slug": "terms", "kind": "contract", "contact": ""}
    client.post(address, data)
    made = policy.publisher.policies.get(slug="terms")
    assert not made.live
    assert client.get(url("outline", made)).status_code == 200
    assert client.get(f"/{made.publisher.slug}/terms/").status_code == 404


PROMISE = {
    "trigger": "any",
    "channels": "email",
    "when": "stated",
    "at_least": "7",
    "at_least_unit": "days",
    "clock_start": "accepted",
    "consent": "none",
    "audience": ["account_holders", "end_users"],
    "availability": "not_stated",
    "clause_key": "",
    "words": "",
    "interpretation_by": "Ada",
}


def test_a_promise_is_recorded_for_versions_to_come(client, policy, publisher):
    client.force_login(publisher)
    assert client.post(url("promise", policy), PROMISE).url == url("outline", policy)
    assert PromiseSetting.objects.get(policy=policy).promise.timing.at_least == Period(7)
    page = client.get(url("outline", policy)).content.decode()
    assert "Any change is told by e-mail at least 7 days" in page
    assert policy.versions.get().promise.timing.at_least == Period(10)


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"interpretation_by": ""}, "__all__", "cite a clause and its words"),
        ({"words": "we never said this"}, "words", "does not contain these words"),
        ({"trigger": "sometimes"}, "trigger", "valid choice"),
        ({"at_least": "-1"}, "at_least", "greater than or equal to 0"),
        ({"at_least": ""}, "at_least", "Say how long"),
        ({"at_least": "200", "at_least_unit": "months"}, "at_least", "from 0 to 120"),
        ({"when": "on_posting"}, "__all__", "only where posting is how it is told"),
        ({"calendar": "XX", "at_least_unit": "working_days"}, "calendar", "no calendar “XX”"),
        ({"audience": []}, "audience", "required"),
        (
            {"presets": ["eu-psd2-54", "de-tkg-57"]},
            "__all__",
            "No date keeps both rules",
        ),
        ({"interpretation_by": "Ada\u2028Lovelace"}, "interpretation_by", "Line breaks"),
        ({"clause_key": "3d6a2c6e-0000-4000-8000-000000000000"}, "clause_key", "valid choice"),
    ],
)
def test_a_promise_without_ground_is_refused_next_to_its_cause(
    client, policy, publisher, values, field, says
):
    client.force_login(publisher)
    before = PromiseSetting.objects.values().get(policy=policy)
    if "words" in values:
        values = values | {"clause_key": policy.draft().ordered_clauses()[1].key}
    response = client.post(url("promise", policy), PROMISE | values)
    assert response.status_code == 200
    assert says in response.context["form"].errors[field][0]
    assert PromiseSetting.objects.values().get(policy=policy) == before


def test_the_words_that_a_clause_holds_are_a_ground(client, policy, publisher):
    client.force_login(publisher)
    key = policy.draft().ordered_clauses()[1].key
    ground = {"clause_key": key, "words": "material changes by e-mail", "interpretation_by": ""}
    assert client.post(url("promise", policy), PROMISE | ground).status_code == 302
    assert "material changes by e-mail" in client.get(url("outline", policy)).content.decode()
