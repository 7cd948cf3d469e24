"""Where the words of a clause may stand, and what a removal by order does there.

frozen versions   a marker takes the place of the text (actions/remove_by_order.py)
the draft         so it does in all Wagtail revisions and Clause rows (actions/scrubbing.py)
citations         and in those of the recorded promise and its history (the same)
notices           the whole message gives way to a marker (notifications: replace_messages.py)
other texts       people's own words, most of them hashed: searched here, and what is found is
                  reported to the person who confirms
redline caches    there are none: a redline is made for each page
search index      Wagtail indexes the title of a policy, and no clause
imported files    the bytes of all of them for this policy are destroyed, and what was read from
                  them; their hashes stay (actions/remove_by_order.py)
copies outside    are out of reach, and the person is told so: BEYOND_REACH

A column of our own that can hold a sentence is named below, or tests fail: any JSON or text, but
for choices and what is limited to 64 characters (hashes, codes, names of zones).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import markup
from documents.comparison.words import is_word, tokens
from documents.models import Place, Policy

RUN = 6  # words in a row that make a quotation

BEYOND_REACH = (
    gettext_lazy("mails and notices that people have received"),
    gettext_lazy("evidence folders, pages and prints that somebody keeps, web archives"),
    gettext_lazy("backups and logs of this installation’s database and mail server"),
)

REPLACED = {
    "documents.ClauseText.heading",
    "documents.ClauseText.body",
    "documents.Clause.heading",
    "documents.Clause.body",
    "documents.ImportedFile.outline",
    "documents.ImportedFile.choices",
    "notifications.NoticeMessage.subject",
    "notifications.NoticeMessage.text",
    "notifications.NoticeMessage.html",
}
KEPT_ON_PURPOSE = {"documents.SealedText.heading", "documents.SealedText.body"}
# Names, addresses, figures, keys and problems of machines.
WITHOUT_WORDS = {
    "documents.Actor.name",
    "documents.HistoricalPromiseSetting.cited",
    "documents.HistoricalPromiseSetting.history_change_reason",
    "documents.HistoricalPromiseSetting.presets",
    "documents.HistoricalPublication.channels",
    "documents.HistoricalPublication.history_change_reason",
    "documents.HistoricalPublisher.contact",
    "documents.HistoricalPublisher.history_change_reason",
    "documents.HistoricalPublisher.legal_entity",
    "documents.HistoricalPublisher.name",
    "documents.HistoricalPublisher.sender_email",
    "documents.HistoricalPublisher.sender_name",
    "documents.HistoricalSignificanceDecision.history_change_reason",
    "documents.ImportedFile.name",
    "documents.Policy.contact",
    "documents.PromiseSetting.cited",
    "documents.PromiseSetting.presets",
    "documents.Publication.channels",
    "documents.Publisher.contact",
    "documents.Publisher.legal_entity",
    "documents.Publisher.name",
    "documents.Publisher.sender_email",
    "documents.Publisher.sender_name",
    "documents.Removal.texts",
    "documents.SignOff.counted",
    "documents.TimeStamp.authority",
    "documents.Version.contact",
    "documents.Version.legal_entity",
    "documents.Version.outline",
    "notifications.Alarm.title",
    "notifications.Alarm.words",
    "notifications.Attempt.hop",
    "notifications.Breaker.name",
    "notifications.Breaker.problem",
    "notifications.Delivery.message_id",
    "notifications.Display.url",
    "notifications.AudienceChoice.languages",
    "notifications.AudienceChoice.roles",
    "notifications.FollowRequest.email",
    "notifications.FollowerStream.sender_email",
    "notifications.HistoricalAudienceChoice.history_change_reason",
    "notifications.HistoricalAudienceChoice.languages",
    "notifications.HistoricalAudienceChoice.roles",
    "notifications.HistoricalRecipient.email",
    "notifications.HistoricalRecipient.email_key",
    "notifications.HistoricalRecipient.external_id",
    "notifications.HistoricalRecipient.history_change_reason",
    "notifications.HistoricalRecipient.name",
    "notifications.HistoricalRecipient.suppressed_reason",
    "notifications.Manifest.counted",
    "notifications.Manifest.signed_for",
    "notifications.Manifest.signed_reason",
    "notifications.Notice.audience",
    "notifications.Rate.domain",
    "notifications.Recipient.email",
    "notifications.Recipient.email_key",
    "notifications.Recipient.external_id",
    "notifications.Recipient.name",
    "notifications.Recipient.suppressed_reason",
    "notifications.RejectedLine.reason",
    "notifications.Sighting.problem",
    "notifications.StagedRecipient.email",
    "notifications.StagedRecipient.email_key",
    "notifications.StagedRecipient.external_id",
    "notifications.StagedRecipient.name",
    "notifications.Verification.problem",
}


@dataclass(frozen=True)
class Searched:
    """Columns in which people may have quoted a clause.

    rows: the filter for the rows about one policy. name: the attribute that people know a row by.
    """

    model: str
    columns: tuple[str, ...]
    rows: Callable[[Policy], dict]
    name: str = "pk"

    def found(self, policy, words):
        """What quotes the words, such as "summary of version 3"."""
        model = apps.get_model(self.model)
        for row in model._base_manager.filter(**self.rows(policy)).order_by("pk"):
            for column in self.columns:
                if words.stand_in(" ".join(strings(getattr(row, column)))):
                    yield _("%(column)s of %(kind)s %(name)s") % {
                        "column": model._meta.get_field(column).verbose_name,
                        "kind": model._meta.verbose_name,
                        "name": getattr(row, self.name),
                    }


def _of_policy(policy):
    return {"policy": policy.pk}


def _proposed_for(policy):
    return {"proposal__policy": str(policy.key)}


PUBLICATION = ("proposal", "ground_source", "override_reason", "hold_note", "withdrawal_reason")
SEARCHED = (
    Searched("documents.Version", ("title", "summary", "promise_record"), _of_policy, "number"),
    Searched("documents.Publication", PUBLICATION, _proposed_for),
    Searched("documents.HistoricalPublication", PUBLICATION, _proposed_for, "id"),
    Searched("documents.PromiseSetting", ("record",), _of_policy),
    Searched("documents.HistoricalPromiseSetting", ("record",), _of_policy, "id"),
    Searched("documents.Motion", ("terms", "reason"), _of_policy),
    Searched("documents.Removal", ("order", "reason"), _of_policy),
    Searched(
        "documents.SignOff",
        ("reason",),
        lambda policy: {"publication__proposal__policy": str(policy.key)},
    ),
    Searched(
        "documents.Entry",
        ("payload",),
        lambda policy: {"publisher": policy.publisher_id, "payload__policy": str(policy.key)},
        "seq",
    ),
    Searched(
        "notifications.Notice",
        ("close_note",),
        lambda policy: {"publication__versions__policy": policy.pk},
    ),
    # Wagtail's own tables.
    Searched(
        "wagtailcore.Page", ("seo_title", "search_description"), lambda policy: {"pk": policy.pk}
    ),
    Searched("wagtailcore.Comment", ("text",), lambda policy: {"page": policy.pk}),
    Searched("wagtailcore.CommentReply", ("text",), lambda policy: {"comment__page": policy.pk}),
    Searched(
        "wagtailcore.TaskState",
        ("comment",),
        lambda policy: {"workflow_state__object_id": str(policy.pk)},
    ),
    Searched("documents.SignificanceDecision", ("reason",), _of_policy),
    Searched("documents.HistoricalSignificanceDecision", ("reason",), _of_policy),
    Searched("wagtailcore.PageLogEntry", ("data",), lambda policy: {"page": policy.pk}),
)


class Words:
    """The words of some texts, to be found where they are quoted: RUN in a row, or a whole text."""

    def __init__(self, texts):
        passages = [words for text in texts for words in (text.heading, markup.to_text(text.body))]
        self.runs = {
            run
            for passage in map(plain_words, passages)
            for run in runs(passage, min(RUN, len(passage)))
        }

    @cached_property
    def lengths(self):
        """One word alone is no quotation."""
        return {len(run) for run in self.runs} - {0, 1}

    def stand_in(self, text):
        """text: plain text. Cases and signs do not count."""
        words = plain_words(text)
        return any(run in self.runs for length in self.lengths for run in runs(words, length))


def plain_words(text):
    return tuple(token.casefold() for token in tokens(text) if is_word(token))


def runs(words, length):
    return (words[start : start + length] for start in range(len(words) - length + 1))


def strings(value):
    """The texts in a JSON value, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def still_standing(removal, words):
    """Where the words still stand after a removal, in words for people.

    The same text under another key or in another policy is that one's own; the rest is quoted.
    """
    others = Place.objects.filter(
        policy__publisher=removal.policy.publisher_id,
        text__removal__isnull=True,
        text__sha256__in=removal.texts,
    )
    same = [
        _("clause %(clause)s of “%(policy)s”, since version %(number)s")
        % {"clause": place.number or place.key, "policy": place.policy, "number": place.since}
        for place in others.select_related("policy").order_by("policy", "since", "pk")
    ]
    quoted = [place for each in SEARCHED for place in each.found(removal.policy, words)]
    return [*same, *dict.fromkeys(quoted)]


def named_columns():
    """Every column that the map knows, as app.Model.column."""
    searched = {f"{each.model}.{column}" for each in SEARCHED for column in each.columns}
    return REPLACED | KEPT_ON_PURPOSE | WITHOUT_WORDS | searched
