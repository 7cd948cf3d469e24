"""What Celery is told to do: nothing about anybody, and everything twice without harm."""

import inspect
import json
import os
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps

from legalcms import clock
from legalcms.environment import ROOT
from notifications.models import Attempt, Beat, Duty
from tests import factories

OURS = "notifications."


@pytest.fixture
def celery(settings):
    """The application on a broker in memory, with our tasks by name."""
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # configured, and never connected to
    module = import_module("legalcms.celery")
    import_module("notifications.tasks")
    module.app.conf.broker_url = "memory://"
    tasks = {name: task for name, task in module.app.tasks.items() if name.startswith(OURS)}
    return SimpleNamespace(app=module.app, queue=module.QUEUE, tasks=tasks)


def rows():
    """Everything that both apps hold, but for signs of life and due-times."""
    return {
        model._meta.label: [*model._base_manager.order_by("pk").values()]
        for app in ("documents", "notifications")
        for model in apps.get_app_config(app).get_models()
        if model not in {Beat, Duty}
    }


@pytest.mark.django_db
def test_every_task_can_run_twice(celery, announced, smtp):
    for name in sorted(celery.tasks):
        celery.tasks[name]()
    before, sent = rows(), len(smtp.messages)
    assert sent == 3
    for name in sorted(celery.tasks):
        celery.tasks[name]()
    assert rows() == before
    assert len(smtp.messages) == sent


@pytest.mark.django_db
def test_beside_run_worker_nobody_is_told_twice(celery, announced, smtp):
    celery.tasks["notifications.send"]()
    factories.work()
    celery.tasks["notifications.go_round"]()
    celery.tasks["notifications.send"]()
    assert len(smtp.messages) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("task", ["send", "go_round", "watch"])
def test_r41_a_restored_copy_does_nothing(celery, announced, smtp, settings, task):
    factories.work()
    before, sent = rows(), len(smtp.messages)
    settings.INSTANCE = "another-machine"
    celery.tasks[OURS + task]()
    assert rows() == before
    assert len(smtp.messages) == sent


@pytest.mark.django_db
def test_r41_after_a_long_pause_the_first_message_sends_nothing(celery, announced, smtp):
    celery.tasks["notifications.send"]()  # nothing is planned yet: a sign of life
    announced.notice.deadline_at = None
    announced.notice.save()
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False):
        celery.tasks["notifications.send"]()
        celery.tasks["notifications.go_round"]()
        celery.tasks["notifications.send"]()
    announced.notice.refresh_from_db()
    assert announced.notice.paused_at
    assert not Attempt.objects.exists()


def test_a_message_holds_a_task_and_nothing_else(celery):
    assert celery.tasks
    for task in celery.tasks.values():
        assert not inspect.signature(task.run).parameters, task.name
    for entry in celery.app.conf.beat_schedule.values():
        assert set(entry) == {"task", "schedule", "options"}
        celery.app.send_task(entry["task"], **entry["options"])
        with celery.app.connection_for_read() as connection:
            message = connection.default_channel.basic_get(celery.queue, no_ack=True)
        arguments, named, _rest = json.loads(message.body)
        assert (arguments, named) == ([], {})


def test_every_task_is_ticked_and_ticks_that_nobody_takes_are_dropped(celery):
    schedule = celery.app.conf.beat_schedule.values()
    assert {entry["task"] for entry in schedule} == set(celery.tasks)
    assert all(entry["options"]["expires"] <= entry["schedule"] for entry in schedule)


def test_a_task_that_dies_comes_back_and_none_runs_for_ever(celery):
    conf = celery.app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.task_time_limit
    assert conf.result_backend is None
    assert all(task.time_limit for task in celery.tasks.values() if task.name.endswith("verify"))


def started(code, **more):
    """The output of code in a process of its own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "legalcms.settings.test", **more}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("broker", ["", "amqp://guest:guest@127.0.0.1:5672//"])
def test_the_site_and_its_commands_start_without_celery(broker):
    code = (
        "import sys, django; django.setup(); import legalcms.urls, legalcms.wsgi;"
        "from notifications.management.commands import run_worker, run_watch;"
        "print([name for name in sys.modules if name.split('.')[0] in ('celery', 'kombu')])"
    )
    done = started(code, CELERY_BROKER_URL=broker)
    assert done.stdout.strip() == "[]", done.stderr


def test_without_a_broker_celery_says_what_is_missing():
    done = started("import legalcms.celery", CELERY_BROKER_URL="")
    assert "CELERY_BROKER_URL must be set" in done.stderr


def test_a_malformed_broker_stops_start_up_with_its_name():
    done = started("import django; django.setup()", CELERY_BROKER_URL="http://broker")
    assert "CELERY_BROKER_URL is malformed" in done.stderr
