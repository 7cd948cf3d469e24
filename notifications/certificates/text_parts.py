"""The texts of a certificate in words: those in force, and those announced and not yet."""

from django.utils.translation import gettext as _

from .blocks import Fact, Facts, Said, Section
from .words import channels, entry_fact


def texts_section(certificate, times):
    parts = [_text(text, times) for text in certificate.texts]
    blocks = [Said(_announced(each, times)) for each in certificate.announced]
    if certificate.at_start is None:
        words = _("No text of this policy was in force when the day began.")
        blocks.insert(0, Said(words))
    return Section(_("The text in force"), tuple(blocks), tuple(parts))


def _text(text, times):
    rows = [
        Fact(_("Title"), text.title),
        Fact(_("In force from"), times.instant(text.effective_at)),
        Fact(_("Announced"), times.instant(text.announced_at)),
        Fact(_("Told by"), _told_by(text)),
        Fact(_("Public page"), text.url, "link"),
        Fact(_("SHA-256 of this version"), text.sha256, "code"),
    ]
    lines = {line.seq: line for line in text.log_lines}
    rows += [entry_fact(lines[seq]) for seq in sorted(lines)]
    blocks = [Facts(tuple(rows))]
    if text.is_redacted:
        blocks.append(
            Said(
                _(
                    "Some of its words were taken out by order since. The hash is that of the "
                    "words as they were."
                )
            )
        )
    return Section(_("Version %(number)s") % {"number": text.number}, tuple(blocks))


def _told_by(text):
    if text.carries:
        return _("the notice of version %(number)s") % {"number": text.carries}
    return channels(text.told_by) or _("posting the new text")


def _announced(each, times):
    names = {
        "number": each.number,
        "announced": times.instant(each.announced_at),
        "effective": times.instant(each.effective_at),
        "changed": times.instant(each.changed_at) if each.changed_at else "",
    }
    sentences = {
        "pending": _(
            "Version %(number)s was announced on %(announced)s to take effect on %(effective)s, "
            "and was not in force yet."
        ),
        "withdrawn": _(
            "Version %(number)s, announced on %(announced)s, was withdrawn on %(changed)s before "
            "it took effect."
        ),
        "held": _(
            "Version %(number)s, announced on %(announced)s for %(effective)s, was held on "
            "%(changed)s: its promise of notice was not kept, and it did not take effect."
        )
        if each.changed_at
        else _(
            "Version %(number)s, announced on %(announced)s for %(effective)s, did not take "
            "effect: not everyone was told in time."
        ),
    }
    return sentences[each.state] % names
