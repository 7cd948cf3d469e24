"""An Occasion in words, in one language. Each kind of notice has a subject and a lead of its own.

``templates/notifications/mail/KIND/`` holds them, and ``mail.html`` and ``mail.txt`` where a kind
needs more than other words at the top; ``change.html`` and ``change.txt`` serve the others.
"""

import gettext
import secrets

from django.conf import settings
from django.template.loader import render_to_string, select_template
from django.utils import translation
from django.utils.translation import to_locale

from documents import wording
from documents.templatetags.redline import changed_details, redline_summary

from .changes import told_changes
from .rights import effect_words, ways
from .wording import SLOTS, Wording, slot

FOLDER = "notifications/mail"
MAX_BYTES = 90_000  # of HTML: Gmail shows 102 kB and cuts off the rest
MAX_TEXT = 3_000  # characters of what people wrote themselves; the rest stands at the link
RENUMBERED = 20  # clauses named; the others are counted


def languages(version):
    """The languages of a notice: the policy's own first, then the others of the interface."""
    own = _spoken(version.language)
    return [version.language, *(each for each in _interface_languages() if each != own)]


def render(occasion, language):
    """The Wording in a language, slots open. The words of the policy stay in its own."""
    spoken, token = _spoken(language), secrets.token_hex(8)
    with translation.override(spoken):
        context = _context(occasion, spoken) | {f"{name}_slot": slot(name, token) for name in SLOTS}
        folder = f"{FOLDER}/{occasion.kind}"
        for part in ("subject", "lead"):
            context[part] = _one_line(render_to_string(f"{folder}/{part}.txt", context))
        html, text = (_template(folder, suffix) for suffix in ("html", "txt"))
        if occasion.tells_changes:
            room = MAX_BYTES - len(html.render(context).encode())
            context["changes"] = told_changes(
                occasion.arrangement, context["urls"]["compare"], occasion.version.language, room
            )
        return Wording(context["subject"], text.render(context), html.render(context), token)


def _template(folder, suffix):
    return select_template([f"{folder}/mail.{suffix}", f"{FOLDER}/change.{suffix}"])


def _context(occasion, language):
    version, publication = occasion.version, occasion.publication
    return {
        "occasion": occasion,
        "publication": publication,
        "publisher": publication.publisher,
        "version": version,
        "language": language,
        "direction": _direction(language),
        "effect": effect_words(occasion),
        "effective_day": wording.day(publication.effective_at.astimezone(occasion.zone)),
        "summary": _cut(version.summary),
        "ground_source": _cut(publication.ground_source),
        "override_reason": _cut(publication.override_reason),
        "urls": occasion.urls,
        "entry": occasion.entry,
    } | (_of_changes(occasion) if occasion.tells_changes else {})


def _of_changes(occasion):
    """What is told of the changes beside the clauses one by one."""
    renumbered = [entry.change for entry in occasion.arrangement.renumbered]
    return {
        "details": changed_details(occasion.old, occasion.version),
        "counted": redline_summary(occasion.redline),
        "renumbered": renumbered[:RENUMBERED],
        "more_renumbered": len(renumbered[RENUMBERED:]),
        "ways": ways(occasion),
    }


def _cut(text):
    """(text, whether words were cut off its end)."""
    if len(text) <= MAX_TEXT:
        return text, False
    return text[:MAX_TEXT].rsplit(" ", 1)[0] + " …", True


def _interface_languages():
    """Those that the interface is written in: its own, and those with a catalogue."""
    known = [settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)]
    return [each for each in dict.fromkeys(known) if _has_catalogue(each)]


def _spoken(language):
    """The language of the interface for readers of this one."""
    found = (each for each in (language, language.partition("-")[0]) if _has_catalogue(each))
    return next(found, settings.LANGUAGE_CODE)


def _has_catalogue(language):
    if language == settings.LANGUAGE_CODE:
        return True
    locale = to_locale(language)
    return any(gettext.find("django", path, [locale]) for path in settings.LOCALE_PATHS)


def _direction(language):
    try:
        return "rtl" if translation.get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def _one_line(text):
    return " ".join(text.split())
