"""What can go wrong in the notifications app; the base is in documents/errors.py.

Refused
├── RestoredCopy         this database belongs to another installation
├── NoticeUnderWay       people are being told of a change that waits for it
├── NoReminderDue        no yearly duty was chosen, or its day has not come
├── NoticeClosed         it was sent, or stopped, before
├── AnswerOutstanding    a report came before our own record of the message
├── NoAddress            the user has none that a test could go to
├── TooManyTrials
├── TrialNotSent         the mail server did not take a test
├── ImportUnderWay       a file of recipients is being taken in
├── LinesRejected        a file of recipients holds lines that cannot be used
├── AddressesMissing     people who must be told were purged and not sent again
├── ManifestDiffers      we do not hold the people whom the source system names
├── NothingDiffers
├── StillNeeded          addresses that an open notice needs
└── NotAnAdministrator
"""

from django.utils.translation import gettext_lazy as _

from documents.errors import Refused


class RestoredCopy(Refused):
    message = _(
        "This database belongs to another installation, so nothing is sent from it: a restored "
        "copy would mail people again. If this is now the one that sends, run: manage.py "
        "adopt_database --by USER"
    )


class NotAnAdministrator(Refused):
    message = _("%(user)s is no administrator: only one may do this.")


class NoticeUnderWay(Refused):
    message = _(
        "A notice with these words is being sent, and version %(number)s waits for it. Hold or "
        "withdraw that version first, so that no more of them go out; then confirm."
    )


class NoReminderDue(Refused):
    """data: why, a sentence."""

    message = _("No yearly reminder is due. %(why)s")


class NoticeClosed(Refused):
    message = _("This notice is closed: there is nothing left to stop, to resume or to try again.")


class AnswerOutstanding(Refused):
    message = _("This message is being sent right now. Report it again in some minutes.")


class NoAddress(Refused):
    message = _("Your account has no e-mail address that a test could go to.")


class TooManyTrials(Refused):
    message = _("At most %(limit)s tests an hour. Wait a while.")


class TrialNotSent(Refused):
    message = _("The mail server did not take the test: %(why)s")


class ImportUnderWay(Refused):
    message = _(
        "A file of recipients of %(publisher)s is being taken in. Try again when that is done."
    )


class LinesRejected(Refused):
    """data: count; batch, the RecipientImport that keeps each line's number and reason."""

    message = _("%(count)s lines of the file cannot be used, so nothing was taken in.")


class AddressesMissing(Refused):
    message = _(
        "%(count)s people who must be told have no address here: theirs were purged. Send them "
        "again from the system that knows them; then publish."
    )


class ManifestDiffers(Refused):
    message = _(
        "The people we hold are not those whom the source system named: %(difference)s. Send the "
        "missing ones, or let somebody sign for the difference (manage.py sign_off_manifest)."
    )


class NothingDiffers(Refused):
    message = _("There is no difference to sign for.")


class StillNeeded(Refused):
    message = _(
        "A notice of %(publisher)s is still open or a change pending: addresses are kept until "
        "nobody needs them."
    )
