"""Every address of ours is classified by who may open it. A new one fails until it is, too."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from documents import queries
from documents.actions.decide_significance import decide_significance
from documents.actions.override_date import ask_earlier_date
from documents.actions.upload_file import upload_file
from documents.comparison import Significance
from documents.models import (
    Approval,
    Entry,
    ImportedFile,
    Motion,
    Policy,
    PromiseSetting,
    Publication,
    Role,
    SignificanceDecision,
)
from documents.permissions import MAY
from documents.promises import Effect
from legalcms import clock
from notifications import tokens
from notifications.models import Follow, FollowRequest, Notice, Recipient
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db

PUBLIC = "public"
ADMINISTRATOR = "administrator"
CERTIFIES = "audit or manage_recipients"
PROVIDER = "the mail provider, by its secret"  # tests/notifications/feedback/test_webhooks.py
ACCESS = {
    "home": PUBLIC,
    "publisher": PUBLIC,
    "policy": PUBLIC,
    "versions": PUBLIC,
    "version": PUBLIC,
    "compare": PUBLIC,
    "health": PUBLIC,
    "health_live": PUBLIC,
    "notices": PUBLIC,
    "notice": PUBLIC,
    "notice_message": PUBLIC,
    "notice_messages:next": "view",
    "notice_messages:stored": "view",
    "notice_messages:withdrawal": "view",
    "follow": PUBLIC,
    "follow_confirm": PUBLIC,
    "follow_stop": PUBLIC,
    "documents_workspace:policies": "view",
    "documents_workspace:outline": "view",
    "documents_workspace:story": "view",
    "documents_workspace:compare": "view",
    "documents_workspace:publication": "view",
    "documents_workspace:import": "edit",
    "documents_workspace:import_review": "edit",
    "documents_workspace:import_file": "edit",
    "documents_workspace:import_matches": "edit",
    "documents_workspace:import_number": "edit",
    "documents_workspace:import_take_in": "edit",
    "documents_workspace:import_accept": "edit",
    "documents_workspace:import_again": "edit",
    "documents_workspace:import_discard": "edit",
    "documents_workspace:import_clause": "edit",
    "documents_workspace:import_join": "edit",
    "documents_workspace:import_split": "edit",
    "documents_workspace:insert": "edit",
    "documents_workspace:insert_after": "edit",
    "documents_workspace:clause": "edit",
    "documents_workspace:clause_up": "edit",
    "documents_workspace:clause_down": "edit",
    "documents_workspace:clause_remove": "edit",
    "documents_workspace:promise": "publish",
    "documents_workspace:publish": "publish",
    "documents_workspace:reschedule": "publish",
    "documents_workspace:withdraw": "publish",
    "documents_workspace:hold": "publish",
    "documents_workspace:sign_off": "publish",
    "documents_workspace:earlier_date": "publish",
    "documents_workspace:evidence": "audit",
    "documents_workspace:motion_confirm": "publish",
    "documents_workspace:motion_refuse": "publish",
    "documents_workspace:proposal": "view",
    "documents_workspace:proposal_approve": "approve",
    "documents_workspace:proposal_publish": "publish",
    "documents_workspace:proposal_discard": "publish",
    "documents_workspace:removal": "publish",
    "documents_workspace:removal_confirm": "publish",
    "documents_workspace:removal_refuse": "publish",
    "documents_workspace:restore": "edit",
    "documents_workspace:review": "view",
    "documents_workspace:judge": "edit",
    "documents_workspace:judge_details": "edit",
    "documents_workspace:confirm_decision": "approve",
    "documents_workspace:rules": ADMINISTRATOR,
    "notifications_workspace:publishers": CERTIFIES,
    "notifications_workspace:recipients": "manage_recipients",
    "notifications_workspace:results": "manage_recipients",
    "notifications_workspace:add": "manage_recipients",
    "notifications_workspace:left": "manage_recipients",
    "notifications_workspace:remind": "publish",
    "notifications_workspace:export": "manage_recipients",
    "notifications_workspace:person": "manage_recipients",
    "notifications_workspace:suppress": "manage_recipients",
    "notifications_workspace:lift": "manage_recipients",
    "notifications_workspace:erase": "manage_recipients",
    "notifications_workspace:find": CERTIFIES,
    "notifications_workspace:certificate": CERTIFIES,
    "notifications_workspace:certificate_pdf": CERTIFIES,
    "notifications_workspace:certificate_proof": CERTIFIES,
    "notifications_workspace:certificate_salt": "audit",
    "notices_workspace:notices": "view",
    "notices_workspace:notice": "view",
    "notices_workspace:progress": "view",
    "notices_workspace:pause": "publish",
    "notices_workspace:resume": "publish",
    "notices_workspace:retry": "publish",
    "notices_workspace:cancel": "publish",
    "notices_workspace:gaps": "view",
    "notices_workspace:gaps_csv": "view",
    "notices_workspace:gaps_json": "view",
    "feedback": PROVIDER,
}
POST_ONLY = {
    "documents_workspace:clause_up",
    "documents_workspace:clause_down",
    "documents_workspace:import_matches",
    "documents_workspace:import_number",
    "documents_workspace:import_take_in",
    "documents_workspace:import_accept",
    "documents_workspace:import_join",
    "documents_workspace:import_split",
    "documents_workspace:motion_confirm",
    "documents_workspace:motion_refuse",
    "notifications_workspace:certificate_salt",
    "documents_workspace:removal_confirm",
    "documents_workspace:removal_refuse",
    "notices_workspace:pause",
    "notices_workspace:resume",
    "notices_workspace:retry",
}
OUR_CODE = ("documents.", "notifications.", "legalcms.")
PUBLIC_ONES = [name for name, act in ACCESS.items() if act == PUBLIC]
ADMIN = sorted(name for name, act in ACCESS.items() if act not in {PUBLIC, PROVIDER})
ALLOWED = MAY | {
    ADMINISTRATOR: set(),
    CERTIFIES: MAY["audit"] | MAY["manage_recipients"],
}
ABOUT_ONE_PERSON = {
    "notifications_workspace:person",
    "notifications_workspace:suppress",
    "notifications_workspace:lift",
    "notifications_workspace:erase",
    "notifications_workspace:left",
    "notifications_workspace:certificate",
    "notifications_workspace:certificate_pdf",
    "notifications_workspace:certificate_proof",
    "notifications_workspace:certificate_salt",
}
# A proof: nothing has been sent here, so that nothing is sealed. And the title stands as it was.
NOT_YET = {"notifications_workspace:certificate_proof", "documents_workspace:judge_details"}
# No worker has gone round here, and the health page says so.
ANSWERS = dict.fromkeys(POST_ONLY, 405) | dict.fromkeys(NOT_YET, 404) | {"health": 503}
ABOUT_ONE_PUBLISHER = [
    name for name in ADMIN if not name.endswith((":policies", ":publishers", ":notices"))
]


def our_patterns(resolver, namespace=""):
    """(name, parameters) of every address that leads into our own code."""
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLPattern):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from our_patterns(pattern, inner)
        elif pattern.callback.__module__.startswith(OUR_CODE):
            yield f"{namespace}{pattern.name}", [*pattern.pattern.converters]


PARAMETERS = dict(our_patterns(get_resolver()))


def test_every_address_of_ours_is_classified():
    assert set(PARAMETERS) == set(ACCESS)


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    """Version 1 in force, version 2 announced, a draft that has moved on, a file that waits."""
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    factories.write(policy, MATERIAL_TEXT.replace("your name", "your full name"), admin)
    factories.propose(policy, admin, exception=factories.urgent(policy))
    ask_earlier_date(
        publication_id=policy.versions.get(number=2).publication_id,
        effect=Effect(clock.now().date() + timedelta(days=2)),
        reason="A court asks for it.",
        by=admin,
    )
    change = queries.judged_changes(policy.draft(), clock.now())[0]
    decide_significance(
        policy=policy,
        key=change.key,
        change_sha256=change.change_sha256,
        level=Significance.MINOR,
        reason="It says the same.",
        by=admin,
    )
    factories.followers(policy, admin, count=1)
    upload_file(policy=policy, data=MATERIAL_TEXT.encode(), name="waits.md", by=admin)
    return policy


TOKENS = {"follow_confirm": tokens.CONFIRM, "follow_stop": tokens.STOP}


def token_for(name, policy):
    """Of somebody who follows the policy, and of whoever asked to."""
    asked = FollowRequest.objects.filter(policy=policy).first()
    follow = policy.follows.first()
    row = asked if name == "follow_confirm" else follow
    return tokens.token(TOKENS[name], row.pk, clock.now())


def address(name, policy):
    key = policy.draft().ordered_clauses()[0].key
    recipients = Recipient.objects.filter(publisher=policy.publisher)
    values = {
        "publisher": policy.publisher.slug,
        "policy": policy.slug,
        "number": 1,
        "old": 1,
        "new": 2,
        "pk": policy.pk,
        "key": key,
        "after": key,
        "publication": Publication.objects.get(versions__policy=policy, versions__number=2).pk,
        "motion": Motion.objects.get(policy=policy, kind="earlier_date").pk,
        "imported": policy.imported_files.get(accepted_at__isnull=True).pk,
        "at": 1,
        "language": "en",
        "notice": Notice.objects.get(publication__versions__policy=policy).pk,
    }
    if name in TOKENS:
        values["token"] = token_for(name, policy)
    decision = SignificanceDecision.objects.get(policy=policy)
    values["decision"] = decision.pk
    if name == "documents_workspace:judge":
        values["key"] = decision.key
    if name.startswith("documents_workspace:proposal"):
        values["publication"] = queries.proposals(policy).get().pk
    if name in ABOUT_ONE_PERSON:
        values["pk"] = recipients.first().pk
    return reverse(name, kwargs={each: values[each] for each in PARAMETERS[name]})


def record():
    """Everything that a request might have changed."""
    return [
        [policy.draft().draft_sha256() for policy in Policy.objects.order_by("pk")],
        [*PromiseSetting.objects.order_by("pk").values()],
        [*Publication.objects.order_by("pk").values()],
        [*Recipient.objects.order_by("pk").values()],
        [*Notice.objects.order_by("pk").values()],
        [*Follow.objects.order_by("pk").values()],
        [*FollowRequest.objects.order_by("pk").values()],
        [*Motion.objects.order_by("pk").values()],
        [*SignificanceDecision.objects.order_by("pk").values()],
        [*ImportedFile.objects.order_by("pk").values()],
        Approval.objects.count(),
        Entry.objects.count(),
    ]


def is_denied(response):
    """Wagtail's own way to say no: back to the start, with a message."""
    said = [str(message) for message in get_messages(response.wsgi_request)]
    return response.status_code == 302 and response.url == "/admin/" and "permission" in said[-1]


def test_readers_need_no_account(client, policy):
    before = record()
    for name in PUBLIC_ONES:
        assert client.get(address(name, policy)).status_code == ANSWERS.get(name, 200), name
        assert client.head(address(name, policy)).status_code == ANSWERS.get(name, 200), name
    assert record() == before


def test_who_is_not_logged_in_is_sent_to_the_login(client, policy):
    before = record()
    for name in ADMIN:
        for method in (client.get, client.post):
            response = method(address(name, policy))
            assert response.status_code == 302, name
            assert response.url.startswith("/admin/login/"), name
    assert record() == before


@pytest.mark.parametrize("role", Role)
def test_the_team_of_another_publisher_finds_nothing(client, admin, policy, role):
    client.force_login(factories.member(factories.publisher(admin), role))
    before = record()
    for name in ABOUT_ONE_PUBLISHER:
        assert client.get(address(name, policy)).status_code == 404, name
        assert client.post(address(name, policy)).status_code == 404, name
    assert record() == before


@pytest.mark.parametrize("role", Role)
def test_the_team_does_what_its_role_allows_and_no_more(client, policy, role):
    client.force_login(factories.member(policy.publisher, role))
    before = record()
    for name in ADMIN:
        response = client.get(address(name, policy))
        if role in ALLOWED[ACCESS[name]]:
            assert response.status_code == ANSWERS.get(name, 200), name
        else:
            assert is_denied(response), name
            assert is_denied(client.post(address(name, policy))), name
    assert record() == before


def test_looking_changes_nothing(client, admin, policy):
    client.force_login(admin)
    before = record()
    for name in ADMIN:
        client.get(address(name, policy))
        client.head(address(name, policy))
        assert record() == before, name


def test_a_post_from_another_site_changes_nothing(admin, policy):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    before = record()
    for name in ADMIN:
        assert client.post(address(name, policy)).status_code in {403, 405}, name
    assert record() == before


@pytest.mark.parametrize(
    "name",
    [
        "documents_workspace:policies",
        "notifications_workspace:publishers",
        "notices_workspace:notices",
    ],
)
def test_lists_name_no_other_publisher(client, admin, policy, name):
    other = factories.publisher(admin, name="Somebody Else")
    factories.policy(admin, of=other)
    user = factories.member(policy.publisher, Role.RECIPIENTS)
    client.force_login(user)
    page = client.get(reverse(name)).content.decode()
    assert policy.publisher.name in page
    assert "Somebody Else" not in page


def test_wagtails_public_interfaces_to_pages_are_not_mounted():
    """Neither its API nor its translation copies; the admin's own API is behind the login."""
    namespaces = set(get_resolver().namespace_dict)
    assert "wagtailapi" not in namespaces
    assert "wagtailapi_v3" not in namespaces
    assert "simple_translation" not in namespaces
