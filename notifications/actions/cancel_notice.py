"""Cancel a notice that is under way: it is closed for good, with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.hold_publication import hold_publication
from documents.actions.requirements import require_text
from documents.evidence.canonical import digest
from legalcms import clock
from notifications.actions.close_notice import close, exclude_waiting
from notifications.actions.open_notice import waits
from notifications.actions.pause_notice import lock_open_notice, record_step


@transaction.atomic
def cancel_notice(*, notice_id, reason, by):
    """Stop it for good. A version that waits for it is held, by the rules for that. Returns it.

    reason: free text for the team; the log holds its hash.
    """
    notice = lock_open_notice(notice_id, by)
    reason = require_text(reason, "reason", _("Say why it is cancelled."))
    now = clock.now()
    notice.close_note = reason
    notice.save(update_fields=["close_note"])
    close(notice, "cancelled", now)
    exclude_waiting(notice, now)
    record_step(notice, "notice.cancelled", by, note_sha256=digest(reason))
    publication = notice.publication
    if waits(notice) and publication.held_at is None:
        hold_publication(publication_id=publication.pk, reason=reason, by=by)
    return notice
