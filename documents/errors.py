"""What can go wrong in the documents app. Errors carry data; views translate them to HTTP.

LegalCMSError
├── NotAllowed            this person may not do this
├── NotFound              no such publisher, policy or version
├── InvalidInput          a value that cannot be used
├── FileUnreadable        a file that cannot be imported
└── Refused               the state of the record does not allow it
    ├── FrozenRecord      frozen rows never change
    ├── WagtailPublishingRefused
    ├── DraftLocked
    ├── StaleDraft        the draft changed since the person looked at it
    ├── StaleClause       one clause of it did
    ├── StaleChange       what somebody judges or confirms is another by now
    ├── MatchesUndecided  which clause is which, nobody has decided
    ├── EmptyDraft
    ├── PromiseNotInText  the recorded promise cites words that are not there
    ├── NothingChanged
    ├── AlreadyPending
    ├── NotPending
    ├── DateInThePast
    ├── DateTooEarly
    ├── DateTooLate
    ├── ConflictingRules  two rules that no date can keep
    ├── ChannelsNotEnough
    ├── PromiseNeedsReview
    ├── WholeTextNotAffected
    ├── SecondPersonNeeded
    ├── SignificanceTooLow
    ├── NothingToDecide   a decision that nobody waits for
    ├── SamePerson        one person may not be both
    ├── StaleProposal
    ├── NothingToSignOff
    ├── Settled           a motion that was carried or refused
    ├── NothingToRemove
    ├── ClockWentBack
    ├── NoAuthority       nobody is set who could time-stamp a head
    ├── AuthorityFailed
    └── RootsUnreadable
"""

from django.utils.translation import gettext_lazy as _


class LegalCMSError(Exception):
    """Base of all errors that a person can cause. ``str(error)`` is written for that person."""

    message = _("Something is wrong with this request.")

    def __init__(self, message=None, **data):
        self.data = data
        if message is not None:
            self.message = message
        super().__init__(message, data)

    def __str__(self):
        text = str(self.message)
        return text % self.data if self.data else text


class NotAllowed(LegalCMSError):
    message = _(
        "%(user)s may not do this for %(publisher)s. Ask an administrator for the role “%(role)s”."
    )


class NotFound(LegalCMSError):
    message = _("There is no %(what)s “%(name)s”. Known: %(known)s.")


class InvalidInput(LegalCMSError):
    message = _("%(field)s: %(problem)s")


class FileUnreadable(LegalCMSError):
    """The message is the one of documents/importing/errors.py, translated."""


class Refused(LegalCMSError):
    pass


class MatchesUndecided(Refused):
    """data: count; clauses, their names. Which clause is which, nobody has decided."""


class FrozenRecord(Refused):
    message = _("%(record)s is part of the legal record: it can be neither changed nor deleted.")


class WagtailPublishingRefused(Refused):
    message = _(
        "Legal texts do not go live this way. Open the policy’s clauses and choose "
        "“Publish version”: it freezes the text, sets its date and tells whoever must be told."
    )


class StaleDraft(Refused):
    message = _(
        "The draft changed after you looked at it. Look at the changes again, then publish."
    )


class NothingChanged(Refused):
    message = _("The draft does not differ from version %(number)s: there is nothing to publish.")


class EmptyDraft(Refused):
    message = _("The draft has no clauses: add or import some before publishing.")


class PromiseNotInText(Refused):
    message = _(
        "The recorded promise cites words that its clause no longer holds: “%(words)s”. "
        "Review the promise, then publish."
    )


class AlreadyPending(Refused):
    message = _(
        "Version %(number)s is already announced and not yet in force. Wait until it takes "
        "effect, give it a new date, or withdraw it."
    )


class DateTooEarly(Refused):
    message = _("%(asked)s is too early: the earliest date is %(earliest)s. %(why)s")


class DateTooLate(Refused):
    message = _("%(asked)s is too late: the latest date is %(latest)s. %(why)s")


class ConflictingRules(Refused):
    message = _(
        "No date keeps both rules. %(least)s %(most)s Take one of them off the policy’s promise, "
        "or split the change."
    )


class ChannelsNotEnough(Refused):
    message = _("Telling people this way does not keep the promise. It asks for: %(needed)s.")


class PromiseNeedsReview(Refused):
    message = _(
        "The clause that the promise rests on was edited: “%(clause)s”. Look at the promise "
        "again and save it, changed or not; then publish."
    )


class WholeTextNotAffected(Refused):
    message = _(
        "Immediate effect is for the affected clauses only. These changed as well: %(clauses)s. "
        "Confirm that each is affected, or take its change out of the draft."
    )


class SecondPersonNeeded(Refused):
    message = _(
        "This needs a second person: somebody with the role Reviewer or Publisher, other than who "
        "proposed it, must approve it first."
    )


class SignificanceTooLow(Refused):
    message = _(
        "The changes are judged %(judged)s, and cannot be published as less. Either publish them "
        "as %(judged)s, or judge them anew, one by one, in the review."
    )


class NothingToDecide(Refused):
    message = _("This decision does not wait for a second person.")


class SamePerson(Refused):
    message = _("You asked for this yourself: another person must decide on it.")


class StaleProposal(Refused):
    message = _("The proposal changed after you looked at it. Look at it again, then approve.")


class NothingToSignOff(Refused):
    message = _("Nothing waits for a signature here: nobody who had to be told is missing.")


class Settled(Refused):
    message = _("This was already decided.")


class NothingToRemove(Refused):
    message = _("No version holds the words of this clause any more: they were removed by order.")


class ClockWentBack(Refused):
    message = _(
        "This machine’s clock is behind the last entry of the evidence log (%(last)s). Set the "
        "clock, then try again: nothing is dated backwards."
    )


class NoAuthority(Refused):
    message = _(
        "No time stamp authority is set. Name one in LEGALCMS_TSA_URL, and in LEGALCMS_TSA_ROOTS "
        "the certificates that it is trusted by."
    )


class AuthorityFailed(Refused):
    message = _(
        "The time stamp authority gave no stamp: %(problem)s. The head stays without one; run "
        "this again later."
    )


class RootsUnreadable(Refused):
    message = _("LEGALCMS_TSA_ROOTS: %(path)s cannot be used (%(problem)s).")


class DraftLocked(Refused):
    message = _(
        "%(policy)s is locked for editing. Ask whoever locked it to unlock it; if it waits for "
        "approval, discard the proposal first."
    )


class StaleClause(Refused):
    message = _(
        "Somebody else changed this clause after you opened it. Your text is still below: "
        "compare it with theirs, then save again."
    )


class StaleChange(Refused):
    message = _(
        "This change, or the decision about it, is another since you opened this page. "
        "Look at it as it is now, then decide."
    )


class DateInThePast(Refused):
    message = _("%(asked)s has passed. Choose today or a later day.")


class NotPending(Refused):
    message = _(
        "This publication cannot be moved or withdrawn (it is: %(state)s). Only one that is "
        "announced and not yet in force can be."
    )
