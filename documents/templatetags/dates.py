"""Instants as people read them: in the publisher's zone. For HTML: each is a <time> element."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def legal_day(instant, zone):
    """<time datetime="2026-03-01">1 March 2026</time>"""
    local = instant.astimezone(zone)
    day = date_format(local, "j F Y", use_l10n=False)
    return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), day)


@register.simple_tag
def time_of_day(instant, zone):
    """<time datetime="2026-03-01T09:00:00+01:00">09:00</time>"""
    local = instant.astimezone(zone).replace(microsecond=0)
    time = date_format(local, "H:i", use_l10n=False)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), time)


@register.simple_tag
def moment(instant, zone):
    """<time datetime="2026-03-01T00:00:00+01:00">1 March 2026, 00:00 (Europe/Paris)</time>"""
    if instant is None:
        return ""
    local = instant.astimezone(zone).replace(microsecond=0)
    words = f"{date_format(local, 'j F Y, H:i', use_l10n=False)} ({zone.key})"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)
