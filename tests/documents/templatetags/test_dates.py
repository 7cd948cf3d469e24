"""Instants as people read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.utils import translation

from documents.templatetags.dates import legal_day, moment, time_of_day

PARIS = ZoneInfo("Europe/Paris")
MIDNIGHT_IN_PARIS = datetime(2026, 2, 28, 23, tzinfo=UTC)


def test_a_legal_day_is_the_day_in_the_publishers_zone():
    assert legal_day(MIDNIGHT_IN_PARIS, PARIS) == '<time datetime="2026-03-01">1 March 2026</time>'


def test_a_moment_says_its_zone():
    assert moment(MIDNIGHT_IN_PARIS, PARIS) == (
        '<time datetime="2026-03-01T00:00:00+01:00">1 March 2026, 00:00 (Europe/Paris)</time>'
    )


def test_a_time_of_day_is_read_in_the_publishers_zone_and_says_its_instant():
    assert time_of_day(MIDNIGHT_IN_PARIS, PARIS) == (
        '<time datetime="2026-03-01T00:00:00+01:00">00:00</time>'
    )


def test_no_moment_is_no_words():
    assert moment(None, PARIS) == ""


def test_months_speak_the_language_of_the_page():
    with translation.override("fr"):
        assert "1 mars 2026" in legal_day(MIDNIGHT_IN_PARIS, PARIS)


def test_a_day_keeps_its_element_inside_a_translated_sentence():
    template = Template(
        "{% load dates i18n %}{% legal_day at zone as day %}"
        "{% blocktranslate %}In force since {{ day }}{% endblocktranslate %}"
    )
    html = template.render(Context({"at": MIDNIGHT_IN_PARIS, "zone": PARIS}))
    assert html == 'In force since <time datetime="2026-03-01">1 March 2026</time>'
