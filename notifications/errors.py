"""What can go wrong in the notifications app; the base is in documents/errors.py.

Refused
├── RestoredCopy         this database belongs to another installation
├── NoticeUnderWay       people are being told of a change that waits for it
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
