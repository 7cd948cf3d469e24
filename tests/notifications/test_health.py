"""The health page, for machines."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError

from legalcms import clock
from notifications import watching
from notifications.health import views
from notifications.models import Alarm
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()
    yield
    cache.clear()


def test_a_healthy_installation_answers_200(client, announced, smtp):
    factories.work()
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {check.name: "ok" for check in watching.CHECKS},
    }


def test_r65_without_a_worker_the_page_is_red_and_names_nobody(client, announced):
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == "trouble"
    said = json.dumps(answer.json())
    for name in [announced.publisher.name, announced.publisher.contact, *announced.emails]:
        assert name not in said


def test_the_answer_is_kept_for_seconds(client, announced, django_assert_num_queries):
    client.get("/health/")
    with django_assert_num_queries(0):
        assert client.get("/health/").status_code == 503


def test_a_check_that_fails_is_red_and_the_others_are_told(client, announced, monkeypatch):
    def fail(at):
        raise DatabaseError

    broken = watching.CHECKS[0].__class__("worker", fail, "", "")
    monkeypatch.setattr(views, "CHECKS", (broken, *watching.CHECKS[1:]))
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == "failed"
    assert answer.json()["checks"]["installation"] == "ok"


def test_a_load_balancer_asks_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live/").content == b"ok"


def test_asking_is_safe(client):
    assert client.post("/health/").status_code == 405
    assert client.post("/health/live/").status_code == 405


def test_the_command_does_once_what_is_due(announced, smtp, capsys):
    call_command("run_watch", "--once", "--json")
    done = json.loads(capsys.readouterr().out)
    assert done["watch"] is True
    assert done["troubles"] == 1


def test_a_record_that_nobody_has_verified_is_verified_before_anybody_is_told(announced, smtp):
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        call_command("run_watch", "--once", "--json")
    assert not Alarm.objects.filter(check_name="verified").exists()
