"""All checks, each with its words. The names are part of the health page's answer."""

from django.utils.translation import gettext_lazy as _

from . import machines, notices, record
from .vocabulary import Check, Finding

CHECKS = (
    Check(
        "worker",
        machines.no_worker,
        _("No worker runs"),
        _("No worker has gone round since %(since)s: nobody is told, and what waits is held."),
    ),
    Check(
        "installation",
        machines.other_installation,
        _("The database belongs to another installation"),
        _(
            "Nothing is sent from here. If this is now the one that sends, an administrator runs: "
            "manage.py adopt_database --by USER"
        ),
    ),
    Check(
        "mail_server",
        machines.mail_server,
        _("The mail server takes nothing"),
        _("No mail has gone out since %(since)s: %(problem)s"),
    ),
    Check(
        "bounces",
        machines.bounces_unread,
        _("The mailbox of returned mail is not read"),
        _("It was last read on %(since)s. What comes back meanwhile is not known."),
    ),
    Check(
        "overdue",
        notices.overdue,
        _("A notice stands still"),
        _("Messages about version %(number)s of “%(title)s” are due, and none was tried for long."),
    ),
    Check(
        "paused",
        notices.waits_for_person,
        _("A notice waits for you"),
        _(
            "The notice of version %(number)s of “%(title)s” was paused on %(since)s, because no "
            "worker had run for long. If what it says is still true, let it go: "
            "manage.py resume_notices"
        ),
    ),
    Check(
        "at_risk",
        notices.at_risk,
        _("A notice will miss its date"),
        _(
            "%(left)s people are still to be told of version %(number)s of “%(title)s” by "
            "%(deadline)s, at about %(an_hour)s messages an hour for all notices."
        ),
    ),
    Check(
        "holding",
        notices.about_to_be_held,
        _("A publication is about to be held"),
        _(
            "Version %(number)s of “%(title)s” is not cleared. Unless everyone is told, or "
            "somebody answers for those who could not be, it is held on %(until)s."
        ),
    ),
    Check(
        "verified",
        record.unverified,
        _("The record is not verified"),
        _("The evidence log and the tables were last checked: %(last)s. Run verify_evidence."),
    ),
    Check(
        "record",
        record.broken_record,
        _("The record does not hold"),
        _("The last verification found: %(problem)s."),
    ),
    Check(
        "time_stamps",
        record.unstamped,
        _("The log is not dated from outside"),
        _("Entries of the evidence log have waited for a time stamp since %(since)s."),
    ),
)


def found(at):
    """Every Finding at an instant, in the order of CHECKS."""
    return [Finding(check, trouble) for check in CHECKS for trouble in check.find(at)]
