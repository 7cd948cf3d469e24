"""When a worker must not send on its own."""

from datetime import timedelta

import pytest
import time_machine

from documents.actions.reschedule_publication import reschedule_publication
from documents.promises import Effect
from legalcms import clock
from notifications.actions.pause_notice import resume_notice
from notifications.actions.standing_by import adopt_database
from notifications.errors import NotAnAdministrator, RestoredCopy
from notifications.models import Beat
from tests import factories

pytestmark = pytest.mark.django_db


def test_r41_a_database_restored_elsewhere_sends_nothing_until_it_is_adopted(
    announced, smtp, settings
):
    factories.work()
    sent = len(smtp.messages)
    settings.INSTANCE = "another-machine"
    with pytest.raises(RestoredCopy, match="adopt_database"):
        factories.work()
    assert len(smtp.messages) == sent
    with pytest.raises(NotAnAdministrator):
        adopt_database(by=factories.member(announced.publisher, "publisher"))
    adopt_database(by=announced.admin)
    factories.work()


def test_r41_a_worker_that_was_away_for_long_waits_for_a_person(announced, smtp):
    day = clock.now().date() + timedelta(days=30)
    reschedule_publication(
        publication_id=announced.publication.pk, effect=Effect(day), by=announced.admin
    )
    notice = announced.publication.notices.get(round=2)
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False):
        factories.work()
        assert smtp.messages == []
        notice.refresh_from_db()
        assert notice.paused_at
        resume_notice(notice_id=notice.pk, by=announced.admin)
        factories.work()
    assert len(smtp.messages) == 3


def test_a_worker_that_goes_round_pauses_nothing_however_long_mail_is_down(announced, smtp):
    smtp.stop()
    for hours in range(0, 30, 6):
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            factories.work()
            assert Beat.objects.get().at
    announced.notice.refresh_from_db()
    assert announced.notice.paused_at is None
