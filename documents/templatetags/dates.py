"""Instants as people read them: in the publisher's zone, and saying which."""

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.simple_tag
def legal_day(instant, zone):
    """1 March 2026"""
    return date_format(instant.astimezone(zone), "j F Y", use_l10n=False)


@register.simple_tag
def moment(instant, zone):
    """1 March 2026, 00:00 (Europe/Paris)"""
    if instant is None:
        return ""
    local = instant.astimezone(zone)
    return f"{date_format(local, 'j F Y, H:i', use_l10n=False)} ({zone.key})"
